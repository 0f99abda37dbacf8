from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_app.db.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book without the lists that ship."""
    made = Book.create(tmp_path / "book.crm")
    yield made
    made.close()
