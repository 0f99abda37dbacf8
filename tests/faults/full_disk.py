"""Ordinary work on a disk that has no room left, in a process of its own."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from pathlib import Path

from crm_app import clock
from crm_app.db import drafts
from crm_app.errors import Refused
from crm_app.services import book as books
from crm_app.services import enterprises
from tests.faults import plug
from tests.faults.begun import log

ROOM = 40_000
"""Bytes a file may still grow: enough for a change or two."""
TOO_MUCH = "长" * 90_000


def _full_disk(largest: int) -> None:
    """Let no file of this process grow beyond so many bytes, as on a disk without room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def _refused(say: plug.Say, what: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Refused as error:
        say((what, str(error)))


def work(folder: Path, say: plug.Say) -> None:
    book = books.open_book(folder / "book.crm")
    say(("saved", log(book, "满盘之前公司")))
    drafts.keep(book, "log", {"note": "满盘之前"})
    wal = folder / "book.crm-wal"
    _full_disk(wal.stat().st_size + ROOM)
    _refused(say, "unit", lambda: enterprises.create_enterprise(book, name="满盘公司", products=TOO_MUCH))
    _refused(say, "draft", lambda: drafts.keep(book, "log", {"note": TOO_MUCH}))
    _refused(say, "backup", lambda: books.back_up(book, folder / "copies", clock.now_ms()))
    _refused(say, "create", lambda: books.create_book(folder / "new.crm"))
    say(("kept", drafts.load(book, "log")))
