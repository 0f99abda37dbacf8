"""What happens when the program itself is wrong: logged without personal data, what was typed kept, the user told.

Exceptions in slots only print in PySide, and the program goes on half-done; this hook catches those, those of threads
and those of destructors. The log holds types, modules, functions and line numbers, never a message or a value: messages
quote what the user typed.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from crm_app.crashes import CrashLog
from crm_app.errors import CrmError
from crm_app.i18n import _


class Bug(CrmError):
    """Handed to a ``failed`` callback in place of an exception nobody expected."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(_("Something went wrong in the program. Nothing you typed is lost; please try again."))


class CrashHook(QObject):
    """Takes every uncaught exception; ``told`` carries the sentence for the user, on the window's thread."""

    told = Signal(str)
    reported = Signal(object)
    """A report of what happened was written, at this path; after ``told``."""
    _met = Signal(object, object)

    def __init__(self, log_folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = CrashLog(log_folder)
        self._keepers: list[Callable[[], None]] = []
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._met.connect(self._keep_and_tell)

    def install(self) -> None:
        """Catch what nobody catches, in slots, threads and destructors."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._from_main
        threading.excepthook = lambda args: self.report(args.exc_value)
        sys.unraisablehook = lambda args: self.report(args.exc_value)

    def uninstall(self) -> None:
        """Give the hooks back to whoever had them and close the log."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self.log.close()

    def add_keeper(self, keep: Callable[[], None]) -> Callable[[], None]:
        """Call ``keep`` when something breaks, to store what is typed; the answer takes it off again."""
        self._keepers.append(keep)
        return lambda: self._keepers.remove(keep) if keep in self._keepers else None

    def report(self, error: BaseException | None) -> None:
        """Log an exception from any thread, then keep drafts and tell the user on the window's thread."""
        if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
            return
        if isinstance(error, CrmError):
            self._met.emit(error, None)
        else:
            self._met.emit(error, self.log.report(self.log.note(error)))

    def _from_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def keep_drafts(self) -> None:
        """Have every form store what is typed in it: something broke, or the window closes."""
        for keep in tuple(self._keepers):
            try:
                keep()
            except Exception as second:  # noqa: BLE001 -- one form that cannot keep must not stop the others
                self.log.note(second)

    def _keep_and_tell(self, error: BaseException, report: Path | None) -> None:
        self.keep_drafts()
        # An expected error that nobody handled is still a sentence worth reading.
        self.told.emit(str(error) if isinstance(error, CrmError) else str(Bug()))
        if report is not None:
            self.reported.emit(report)
