"""Wiring: the one file that sees everything. Arguments → language → command line, window, tour or reader child."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from crm_app import i18n, late, settings

READER_FLAG = "--reader"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [READER_FLAG]:
        # Before the rest of the program loads: the child that reads untrusted files stays small.
        return int(late.reader().main())
    _speak_utf8()
    i18n.set_language(settings.Settings().language)
    return _dispatch(words)


def _speak_utf8() -> None:
    """Write UTF-8 on every platform: a cp936 console breaks on rare names."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _dispatch(words: list[str]) -> int:
    command_line = late.command_line()
    arguments = command_line.parser().parse_args(words)
    if arguments.command == "tour":
        return int(late.tour().run(arguments.out))
    if arguments.command in (None, "open"):
        return int(late.window().run(arguments.book))
    return int(command_line.run(arguments))
