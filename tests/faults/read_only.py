"""Ordinary work where the user may only read, in a process of its own that has no more rights than a user."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from crm_app import clock
from crm_app.db import drafts
from crm_app.errors import CrmError
from crm_app.services import book as books
from tests.faults import plug
from tests.faults.begun import lead_ids, log

NOBODY = 65534


def _refused(say: plug.Say, what: str, work: Callable[[], object]) -> None:
    try:
        work()
    except CrmError as error:
        say((what, str(error)))


def work(folder: Path, say: plug.Say) -> None:
    """Read-only is the folder ``shelf``; in ``desk`` only the book itself is."""
    # What is loaded late is loaded while everything may be read.
    books.close_book(books.create_book(folder / "warm.crm"))
    if os.geteuid() == 0:
        # Root may write anywhere: the tests run as root where they run in a container.
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    shelf, desk = folder / "shelf", folder / "desk"
    _refused(say, "create", lambda: books.create_book(shelf / "new.crm"))
    _refused(say, "open", lambda: books.open_book(shelf / "book.crm"))
    book = books.open_book(desk / "book.crm")
    _refused(say, "save", lambda: log(book, "只读公司"))
    _refused(say, "draft", lambda: drafts.keep(book, "log", {"note": "只读"}))
    _refused(say, "backup", lambda: books.back_up(book, shelf, clock.now_ms()))
    say(("still there", len(lead_ids(book))))
    books.close_book(book)
