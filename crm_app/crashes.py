"""What is kept of a bug, without anybody's data: types, modules, functions and line numbers.

Never a message or a value: messages quote what was typed. The log turns over by itself and stays on this laptop;
each crash leaves a report that the user may read, copy and send. Nothing is ever sent by the program.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform as system
import re
import sys
import threading
import traceback
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

import crm_app
from crm_app import clock, i18n, late, paths, platform
from crm_app.i18n import _

LOG_NAME = "crash.log"
_NATIVES = "native-*.log"
_LARGEST, _KEPT = 256 * 1024, 3
_REPORTS = "crash-*.txt"
_MOST_REPORTS = 8
_NATIVE_LINES = re.compile(
    r"(?:Fatal Python error|Windows fatal exception): [\w :()'-]+"
    r"|(?:Current thread|Thread) 0x[0-9a-f]+(?: \[[\w-]+\])? \(most recent call first\):"
    r"|<no Python frame>"
)
_NATIVE_FRAME = re.compile(r'  File "(?P<file>[^"]+)", line (?P<line>\d+)(?: in (?P<name>[\w.<>]+))?')


def outline(error: BaseException) -> str:
    """Return an exception without its message: types and places, innermost last, causes first."""
    parts = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines = [f"  {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        parts.append("\n".join([f"{type(seen).__module__}.{type(seen).__qualname__}", *lines]))
        seen = seen.__cause__ or seen.__context__
    return "\n".join(reversed(parts))


def _module(filename: str) -> str:
    """Return the last two parts of a file name: a full one would name the user's home folder."""
    return "/".join(re.split(r"[/\\]", filename)[-2:])


class CrashLog:
    """The log in a folder, and the reports beside it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.log_folder()
        self.path = self.folder / LOG_NAME
        self._reporting = threading.Lock()

    @cached_property
    def _log(self) -> logging.Logger:
        # Its own, outside the tree of loggers: nobody else may add a handler and see more than this log holds.
        log = logging.Logger("crm_app.crash")
        handler = late.logging_handlers().RotatingFileHandler(
            self.path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s\n%(message)s\n"))
        log.addHandler(handler)
        return log

    def note(self, error: BaseException) -> str:
        """Log an exception's outline, and return it."""
        return self.note_outline(outline(error))

    def note_outline(self, told: str) -> str:
        """Log what :func:`outline` said, also of an exception in another process, and return it."""
        self._log.error(told)
        if sys.stderr is not None:
            sys.stderr.write(f"{told}\n")
        return told

    def report(self, told: str) -> Path:
        """Write a report of what happened, ``told`` as an outline, and return it; the oldest ones go."""
        stamp = f"{clock.local(clock.now_ms()):%Y%m%d-%H%M%S-%f}"
        head = (
            f"Outreach CRM {crm_app.__version__}",
            f"Python {system.python_version()}",
            f"{system.system()} {system.release()} {system.machine()}",
            i18n.language(),
            stamp,
        )
        with self._reporting:
            path = self._free(stamp)
            path.touch(mode=0o600)
            path.write_text("\n".join([*head, "", told, ""]), encoding="utf-8")
            # The laptop's clock may have been set back: the newest report is not always the last by name.
            others = sorted(set(self.folder.glob(_REPORTS)) - {path})
            for old in others[: -(_MOST_REPORTS - 1)]:
                old.unlink(missing_ok=True)
        return path

    def _free(self, stamp: str) -> Path:
        """Return the report's path that follows all others of the same moment: many may fail within it."""
        same = sorted(self.folder.glob(_REPORTS.replace("*", f"{stamp}-*")))
        number = int(same[-1].stem.rpartition("-")[2]) + 1 if same else 1
        return self.folder / _REPORTS.replace("*", f"{stamp}-{number:04}")

    def close(self) -> None:
        """Close the log."""
        if "_log" in vars(self):
            for handler in self._log.handlers:
                handler.close()


class NativeWatch:
    """Has the interpreter say where it was when the process itself dies, in a file that a clean end removes."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.log_folder()
        self._file: TextIOWrapper | None = None

    def left(self) -> str:
        """Return where earlier runs died, without paths or values, and forget it; empty where all ended cleanly."""
        told: list[str] = []
        for path in sorted(self._folder.glob(_NATIVES)):
            with path.open("r+", encoding="utf-8", errors="replace") as file:
                # One that is held belongs to a program that runs.
                dead = platform.try_lock(file)
                lines = file.read().splitlines() if dead else []
            if dead:
                path.unlink()
            told += filter(None, map(_native_line, lines))
        return "\n".join(told)

    def begin(self) -> None:
        """Watch from now on."""
        path = self._folder / _NATIVES.replace("*", str(os.getpid()))
        path.touch(mode=0o600)
        self._file = path.open("r+", encoding="utf-8")
        platform.try_lock(self._file)
        faulthandler.enable(self._file)

    def end(self) -> None:
        """Stop watching: the program ends as it should, and nothing is left to be told."""
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)
            self._file = None


def _native_line(line: str) -> str:
    """Return a line of the interpreter's last words as it may be kept; empty for one nobody knows."""
    if _NATIVE_LINES.fullmatch(line):
        return line
    frame = _NATIVE_FRAME.fullmatch(line)
    return f"  {_module(frame['file'])}:{frame['line']} {frame['name'] or ''}".rstrip() if frame else ""


def watch_commands() -> None:
    """Keep what the command line meets unexpectedly out of the terminal but for its outline, and log it."""
    log = CrashLog()

    def met(error: BaseException | None) -> None:
        if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
            return
        path = log.report(log.note(error))
        sys.stderr.write(_("Something went wrong in the program. A report is at {path}.").format(path=path) + "\n")

    def met_in_main(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            # Ctrl+C: what was under way is rolled back by now. Python ends with the signal, as shells expect.
            sys.stderr.write(_("Stopped. What was not finished is not in the book.") + "\n")
        met(error)

    sys.excepthook = met_in_main
    threading.excepthook = lambda args: met(args.exc_value)
    sys.unraisablehook = lambda args: met(args.exc_value)
