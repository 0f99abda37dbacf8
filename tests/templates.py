"""Books that many tests begin with, made once a process and copied: making one costs three times as much."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from crm_app import clock
from crm_app.db import keys, opening
from crm_app.db.book import Book
from crm_app.services import book as books
from crm_app.services import demo


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="crm-templates-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _copied(name: str, make: Callable[[Path], Book], path: Path) -> Path:
    kept = _folder() / f"{name}.crm"
    if not kept.exists():
        books.close_book(make(kept))
    shutil.copy(kept, path)
    return path


def bare_book(path: Path) -> Book:
    """Return a new book without the lists that ship."""
    return opening.open_book(_copied("bare", opening.create, path))


def new_book(path: Path) -> Book:
    """Return a new book as the program makes one."""
    return books.open_book(_copied("new", books.create_book, path))


@contextmanager
def own_book(path: Path, day: date) -> Iterator[Book]:
    """Open a new book that belongs to 单晓, on a day of its own."""
    with closing(new_book(path)) as made:
        clock.pin_today(day)
        books.be(made, "单晓")
        yield made


def protected_book(path: Path, passphrase: str, recovery: str) -> Book:
    """Return a new book that opens with this password and this recovery key."""
    name = f"protected-{passphrase}-{recovery}"
    _copied(name, lambda kept: books.create_book(kept, passphrase, recovery), path)
    shutil.copy(keys.keys_file(_folder() / f"{name}.crm"), keys.keys_file(path))
    return books.open_book(path, passphrase)


def sample_file(path: Path) -> Path:
    """Put the sample book there, closed, and return its path."""
    return _copied("sample", _sample, path)


def _sample(path: Path) -> Book:
    made = books.create_book(path)
    demo.fill(made)
    return made
