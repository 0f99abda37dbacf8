"""Damages pages of a book's file, and compares what was salvaged with what stood on the others."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_app.db import gleaning, keys, leaves, salvage
from crm_app.db.engine import connect
from crm_app.db.gleaning import Gleaned
from crm_app.db.pages import Pages
from crm_app.db.salvage import Salvaged
from crm_app.db.tables import RECORD_TABLES
from crm_app.services import book as books
from crm_app.services import protection

_FLIPS = 8
Harm = Callable[[bytearray, random.Random], None]


def _zero(page: bytearray, _chance: random.Random) -> None:
    page[:] = bytes(len(page))


def _scribble(page: bytearray, chance: random.Random) -> None:
    page[:] = chance.randbytes(len(page))


def _half(page: bytearray, _chance: random.Random) -> None:
    page[len(page) // 2 :] = bytes(len(page) - len(page) // 2)


def _flip(page: bytearray, chance: random.Random) -> None:
    for _time in range(_FLIPS):
        page[chance.randrange(len(page))] ^= 1 << chance.randrange(8)


HARMS: dict[str, Harm] = {"zero": _zero, "scribble": _scribble, "half": _half, "flip": _flip}


@dataclass(frozen=True)
class Healthy:
    """A sound book on its own: the bytes of a page, its rows by table and id, and which records stand on which page."""

    path: Path
    secret: str | None
    key: bytes | None
    page: int
    rows: dict[str, dict[bytes, dict[str, Any]]]
    on_page: dict[int, set[bytes]]


def read(path: Path, secret: str | None) -> Healthy:
    """Read a sound book; its file has no WAL."""
    key = keys.unlock(path, secret)
    return Healthy(path, secret, key, _page(path, key), _rows(path, key), _on_page(path, key))


def behind_a_password(healthy: Healthy, folder: Path, passphrase: str) -> Healthy:
    """Copy a plain book into ``folder``, give the copy a password, and read it."""
    path = Path(shutil.copy(healthy.path, folder))
    book = books.open_book(path)
    protection.protect(book, passphrase, protection.new_recovery_key())
    books.close_book(book)
    return read(path, passphrase)


def _page(path: Path, key: bytes | None) -> int:
    connection = connect(path, key)
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    return int(size)


def _rows(path: Path, key: bytes | None) -> dict[str, dict[bytes, dict[str, Any]]]:
    connection = connect(path, key)
    found = {}
    for name in RECORD_TABLES:
        cursor = connection.execute(f'SELECT * FROM "{name}"')
        columns = [one[0] for one in cursor.description]
        found[name] = {row[0]: dict(zip(columns, row, strict=True)) for row in cursor}
    connection.close()
    return found


class _Watched(Pages):
    """Pages that note which of them were asked for."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self.asked: set[int] = set()
        super().__init__(path, key)

    def __getitem__(self, n: int) -> bytes | None:
        self.asked.add(n)
        return super().__getitem__(n)


def _on_page(path: Path, key: bytes | None) -> dict[int, set[bytes]]:
    """Return the ids on each page, and those whose rows run over onto it."""
    pages = _Watched(path, key)
    found: dict[int, set[bytes]] = {}
    for n in range(1, pages.count + 1):
        page = pages[n]
        if page is None or not leaves.is_leaf(page, n):
            continue
        pages.asked = set()
        ids = {row.values[0] for row in leaves.rows(pages, n) if row and row.values and _is_id(row.values[0])}
        for one in pages.asked | {n}:
            found.setdefault(one, set()).update(ids)
    pages.close()
    return found


def _is_id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == 16


def harm(healthy: Healthy, folder: Path, pages: dict[int, str], chance: random.Random) -> Path:
    """Copy the book into ``folder`` and damage pages of the copy, each in its way."""
    path = folder / healthy.path.name
    shutil.copy(healthy.path, path)
    if healthy.key is not None:
        shutil.copy(keys.keys_file(healthy.path), keys.keys_file(path))
    content = bytearray(path.read_bytes())
    for n, way in pages.items():
        page = content[(n - 1) * healthy.page : n * healthy.page]
        HARMS[way](page, chance)
        content[(n - 1) * healthy.page : n * healthy.page] = page
    path.write_bytes(content)
    return path


def salvaged(healthy: Healthy, damaged: Path, pages: dict[int, str]) -> Salvaged:
    """Salvage a damaged copy, and assert that nothing is missing but what stood on its damaged pages."""
    before = damaged.read_bytes()
    target = damaged.with_name("salvaged.crm")
    told = salvage.salvage(damaged, healthy.key, target, lambda _done, _total, _words: None)
    assert damaged.read_bytes() == before, "the old one is never touched"
    harmed = set().union(*(healthy.on_page.get(n, set()) for n in pages))
    # A bit that turned in an id of the journal names a record that never was.
    flipped = sum(_FLIPS for way in pages.values() if way == "flip")
    _compare(healthy, _rows(target, healthy.key), harmed, flipped, told)
    book = books.open_book(target, healthy.secret)
    assert books.check(book) == []
    books.close_book(book)
    return told


def hold(healthy: Healthy, folder: Path, amount: int, chance: random.Random) -> None:
    """Damage so many pages of a copy, each in some way, and assert that the rest is saved."""
    total = healthy.path.stat().st_size // healthy.page
    pages = {chance.randrange(1, total + 1): chance.choice(list(HARMS)) for _page in range(amount)}
    told = salvaged(healthy, harm(healthy, folder, pages, chance), pages)
    if healthy.key is not None:
        assert told.unreadable == len(pages), "no bit turns unseen under a seal"


def _compare(
    healthy: Healthy, after: dict[str, dict[bytes, dict[str, Any]]], harmed: set[bytes], flipped: int, told: Salvaged
) -> None:
    for name, before in healthy.rows.items():
        missing = before.keys() - after[name].keys()
        assert missing <= harmed, (name, len(missing - harmed))
        stand_ins = told.stand_ins.get(name, 0)
        assert told.kept[name] == len(after[name]) - stand_ins, name
        assert told.lost.get(name, 0) <= len(before.keys() & harmed) + flipped, name
        for row in before.keys() & after[name].keys() - harmed:
            _same(name, before[row], after[name][row], told)


def _same(name: str, before: dict[str, Any], after: dict[str, Any], told: Salvaged) -> None:
    differing = {column for column in before if before[column] != after[column]}
    # A reference to a lost record was cleared, and that was told.
    assert all(after[column] is None and told.cleared[name, column] for column in differing), (name, differing)


def interesting_pages(healthy: Healthy) -> list[int]:
    """Return the pages everything hangs on: the first, and the roots of every table."""
    connection = connect(healthy.path, healthy.key)
    roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall()
    connection.close()
    return [1, *(row[0] for row in roots)]


def gleaned(healthy: Healthy) -> Gleaned:
    """Read the sound book page by page."""
    connection = connect(healthy.path, healthy.key)
    columns = {name: gleaning.columns_in(connection, name) for name in gleaning.WANTED}
    connection.close()
    pages = Pages(healthy.path, healthy.key)
    try:
        return gleaning.glean(pages, columns, lambda _done, _total, _words: None)
    finally:
        pages.close()
