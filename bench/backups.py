"""A backup of the whole book against SQLite's own, and what it does to a save beside it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from bench.measure import Measure
from bench.stock import Stock
from crm_app.db import backup
from crm_app.services.backups import back_up_now
from crm_app.services.book import Book, check, close_book, open_book
from crm_app.services.leads import LogLead, log_lead

_CHECKS = (
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "INSERT INTO search_text(search_text) VALUES ('integrity-check')",
)


def _bare(source: Path, target: Path, *, checks: bool) -> None:
    """Copy by SQLite's backup API, all pages in one step, on the disk at the end; and look through the copy."""
    taken, made = dbapi2.connect(str(source)), dbapi2.connect(str(target), isolation_level=None)
    made.execute("PRAGMA synchronous = FULL")
    taken.backup(made)
    if checks:
        for one in _CHECKS:
            made.execute(one).fetchall()
    made.close()
    taken.close()


def _made_and_gone(book: Book) -> None:
    for one in back_up_now(book, None):
        backup.discard(one)


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield the copy alone, the backup as the program makes it, a save beside a running one, and the whole check."""
    book = open_book(stock.copy(rows, "backups"))
    target, pages = stock.folder / "copied.crm", stock.folder / "pages.crm"

    def clear() -> None:
        # Giving the room of the copy before back takes the system half as long as copying.
        for left in (target, pages):
            backup.discard(left)

    rounds = 5 if rows <= 100_000 else 1
    yield Measure(
        "backup: the copy",
        lambda: backup.copy_pages(book.path, pages, None),
        lambda: _bare(book.path, target, checks=False),
        "SQLite's backup API",
        goal=1.1,
        prepare=clear,
        prepare_floor=clear,
        rounds=max(rounds, 3),
    )
    yield Measure(
        "backup: copied, checked, sealed",
        lambda: _made_and_gone(book),
        lambda: _bare(book.path, target, checks=True),
        "that, and SQLite's checks of pages, references, index",
        goal=1.2,
        prepare=clear,
        prepare_floor=clear,
        rounds=rounds,
    )
    numbers = itertools.count()

    def save() -> None:
        log_lead(book, LogLead(f"示例{next(numbers)}号新能源有限公司", contact="张总", next_step="下周三 回访"))

    stop = threading.Event()

    def keep_copying() -> None:
        while not stop.is_set():
            _made_and_gone(book)

    def beside() -> None:
        if not copying.is_alive():
            copying.start()
            time.sleep(0.05)

    copying = threading.Thread(target=keep_copying)
    yield Measure(
        "a save while a backup runs, p95",
        save,
        lambda: None,
        "nothing: the time itself",
        goal_ms=200,
        prepare=beside,
        calls=20,
        rounds=rounds,
    )
    stop.set()
    if copying.is_alive():
        copying.join()
    yield Measure(
        "check of the whole book",
        lambda: check(book),
        lambda: _bare(book.path, target, checks=True),
        "a bare copy and SQLite's checks",
        prepare=clear,
        prepare_floor=clear,
        rounds=rounds,
    )
    close_book(book)
