"""One program per book: a lock file beside it that names its holder."""

from __future__ import annotations

import getpass
import json
import os
import socket
from io import TextIOWrapper
from pathlib import Path

from crm_app import platform
from crm_app.errors import Refused
from crm_app.i18n import _


class BookLock:
    """Held from opening to closing; the system lets go of it when the program dies, however it dies."""

    def __init__(self, book: Path) -> None:
        self.path = book.with_name(book.name + "-lock")
        self._file: TextIOWrapper | None = None

    def acquire(self) -> bool:
        """Take the lock, or raise Refused naming who holds it; say whether the last holder died holding it.

        On a network share two laptops may both be told that they hold it: a book there is refused.
        """
        if platform.is_on_network(self.path.parent):
            words = _(
                "{path} is on a network share, where a book can be damaged. Copy it to this laptop, then open it."
            )
            raise Refused(words.format(path=self.path.parent))
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Refused(
                _("{path} cannot be written: {reason}").format(path=self.path, reason=error.strerror)
            ) from error
        file = os.fdopen(descriptor, "r+", encoding="utf-8")
        if not platform.try_lock(file):
            holder = self._holder(file.read())
            file.close()
            raise Refused(
                _("The book is open in another program ({holder}). Close it there first.").format(holder=holder)
            )
        file.seek(0)
        died = bool(file.read().strip())
        file.seek(0)
        try:
            file.truncate(0)
            file.write(json.dumps({"user": getpass.getuser(), "host": socket.gethostname(), "pid": os.getpid()}))
            file.flush()
        except OSError as error:
            os.close(descriptor)
            raise Refused(
                _("{path} cannot be written: {reason}").format(path=self.path, reason=error.strerror)
            ) from error
        self._file = file
        return died

    def release(self, *, leave_mark: bool = False) -> None:
        """Let go of the lock; the file stays, so that no one locks a file that is being removed.

        ``leave_mark``: as if the holder had died, so that the next one looks for damage too.
        """
        if self._file is not None:
            if not leave_mark:
                self._file.truncate(0)
            self._file.close()
            self._file = None

    @staticmethod
    def _holder(content: str) -> str:
        try:
            known = json.loads(content)
        except ValueError:
            return _("unknown")
        return _("{user} on {host}, process {pid}").format(**known)
