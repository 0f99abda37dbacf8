"""kill -9 at any moment of ordinary work, again and again on one book."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import UUID

from crm_app import clock
from crm_app.db import drafts
from crm_app.services import book as books
from tests.faults import plug
from tests.faults.begun import lead_ids, log, opened

_LONGEST_ROUND = 0.15
"""Seconds from the first save to the kill."""
_BETWEEN_COPIES = 10


def _work(folder: Path, say: plug.Say) -> None:
    """Log leads, keep drafts and make copies without end, saying each once it is acknowledged."""
    book = books.open_book(folder / "book.crm")
    for n in range(100_000):
        say(("lead", log(book, f"示例{clock.now_ms()}号公司")))
        drafts.keep(book, "log", {"note": str(n)})
        say(("draft", n))
        if n % _BETWEEN_COPIES == _BETWEEN_COPIES - 1:
            say(("copy", books.back_up(book, folder / "copies", clock.now_ms())))


def kill_again_and_again(folder: Path, rounds: int, seed: int) -> int:
    """Kill so many rounds of work; assert that all that was acknowledged is there; return how many saves that was."""
    chance = random.Random(seed)
    (folder / "copies").mkdir()
    books.close_book(books.create_book(folder / "book.crm"))
    acknowledged: list[UUID] = []
    for _round in range(rounds):
        told = plug.run(_work, folder, after=chance.uniform(0.0, _LONGEST_ROUND))
        assert told.killed
        acknowledged += [what for kind, what in told.said if kind == "lead"]
        drafted = [what for kind, what in told.said if kind == "draft"]
        for copy in (what for kind, what in told.said if kind == "copy"):
            with opened(copy):
                copy.unlink()
        if drafted:
            _is_drafted(folder / "book.crm", drafted[-1])
    with opened(folder / "book.crm") as book:
        kept = lead_ids(book)
    assert set(acknowledged) <= kept
    # At most one save a round can have been committed without being acknowledged.
    assert len(kept) - len(acknowledged) <= rounds
    return len(acknowledged)


def _is_drafted(path: Path, last: int) -> None:
    book = books.open_book(path)
    try:
        kept = drafts.load(book, "log")
    finally:
        books.close_book(book)
    assert kept is not None
    assert int(kept["note"]) in (last, last + 1)
