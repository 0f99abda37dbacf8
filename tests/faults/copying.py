"""Work that copies a book and dies at a step of it: to be run in a process of its own (plug.py)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from crm_app.services import book as books
from tests.faults.plug import Say


def copy(step: int, asked: str, folder: Path, say: Say) -> None:
    """Back the book up, or restore the backup ``asked`` names, and die as the copying tells of itself so often."""
    left = step

    def report(*_said: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    held = books.hold_book(folder / "t.crm")
    if asked == "backup":
        books.back_up(held, None, 0, report)
    else:
        books.restore(held, Path(asked), None, report)
    books.close_book(held)
    say("done")
