"""The search index made anew: out of step before, sound after; stopped half-way it is as it was."""

from __future__ import annotations

import pytest

from crm_app.errors import Cancelled
from crm_app.services import book as books
from crm_app.services import changes, checkup, search
from crm_app.services.book import Book
from tests.harm import lose_search_entries
from tests.ledgers import pieces_of, take_a_ledger
from tests.services.conftest import Bureau


def found(book: Book) -> list[str]:
    return [hit.title for hit in search.search(book, "示例")]


def test_an_index_out_of_step_is_rebuilt_and_nothing_else_is_changed(bureau: Bureau) -> None:
    book = bureau.book
    before, steps = found(book), changes.list_units(book)
    assert len(before) == 3
    lose_search_entries(book.path)
    assert len(books.check(book)) == 2
    told: list[tuple[int, int]] = []
    entries = checkup.rebuild_index(book, lambda done, total, _words: told.append((done, total)))
    assert books.check(book) == []
    assert found(book) == before
    assert changes.list_units(book) == steps
    assert (told[0], told[-1]) == ((0, entries), (entries, entries))


@pytest.mark.parametrize("stop_at", [0, 1])
def test_a_rebuilding_that_is_stopped_leaves_the_index_as_it_was(bureau: Bureau, stop_at: int) -> None:
    book = bureau.book
    lose_search_entries(book.path)
    wrong, before = books.check(book), found(book)

    def stop(done: int, _total: int, _words: str) -> None:
        if done >= stop_at:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        checkup.rebuild_index(book, stop)
    assert (books.check(book), found(book)) == (wrong, before)
    books.be(book, "曾敏")
    assert checkup.rebuild_index(book) > 0
    assert books.check(book) == []


def test_what_a_ledger_left_in_pieces_is_merged_and_found_as_before(bureau: Bureau) -> None:
    book = bureau.book
    take_a_ledger(book, blocks=12)
    before, pieces = found(book), pieces_of(book)
    assert pieces >= 6
    while checkup.merge_index(book):
        assert found(book) == before
    assert pieces_of(book) < 4
    assert books.check(book) == []
