"""Wiring: the one file that sees everything. Arguments → language → command line, window, tour or reader child."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from crm_app import crashes, i18n, platform, settings
from crm_app.collecting import uncollected
from crm_app.i18n import _

READER_FLAG = "--reader"
TOUR_FOLDER = "tour"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    platform.leave_no_core()
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [READER_FLAG]:
        # Before the rest of the program loads: the child that reads untrusted files stays small.
        return int(_face("files.child").main())
    _speak_utf8()
    i18n.set_language(settings.Settings().language)
    asked = _window_asked(words)
    if asked is not None:
        return _open_window(asked.book)
    # Before the command is loaded, which takes a moment: Ctrl+C is answered from here on.
    crashes.watch_commands()
    arguments = _face("cli.main").parser().parse_args(words)
    if arguments.command == "tour":
        return int(_face("ui.tour").run(arguments.out))
    try:
        return int(_face("cli.running").run(arguments))
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _face(name: str) -> ModuleType:
    """Return the one face of the program that was asked for: none of them loads the others' libraries."""
    with uncollected():
        return import_module(f"crm_app.{name}")


def _speak_utf8() -> None:
    """Write UTF-8 on every platform: a cp936 console breaks on rare names."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _window_asked(words: list[str]) -> argparse.Namespace | None:
    """Return the arguments where the window is asked for, read without the command line, which would load the book."""
    shell = argparse.ArgumentParser(add_help=False)
    shell.add_argument("--book", type=Path)
    shell.add_argument("command", nargs="?")
    known, rest = shell.parse_known_args(words)
    return known if known.command in (None, "open") and not rest else None


def _open_window(book: Path | None) -> int:
    if platform.has_display():
        return int(_face("ui.start").run(book))
    folder = Path.cwd() / TOUR_FOLDER
    print(_("There is no display here, so the program walks its main job by itself instead."))
    print(_("Pictures and PDFs go to {folder}").format(folder=folder), flush=True)
    return int(_face("ui.tour").run(folder))
