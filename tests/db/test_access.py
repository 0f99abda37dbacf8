"""The list of who took what out only grows."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DatabaseError

from crm_app.db import access, tables
from crm_app.db.book import Book
from crm_app.db.ids import new_id


def lines(book: Book) -> list[tuple[str, str, int | None]]:
    with book.read() as reader:
        return [(one.who, one.subject, one.amount) for one in access.newest(reader)]


def test_a_note_names_who_and_stands_newest_first(book: Book) -> None:
    book.write_as("单晓")
    access.note(book, "export", "rows.contacts", amount=3)
    access.note(book, "print", "paper.visit", row=new_id())
    assert lines(book) == [("单晓", "paper.visit", None), ("单晓", "rows.contacts", 3)]


@pytest.mark.parametrize("table", [tables.access_log, tables.erasure], ids=lambda table: table.name)
def test_nothing_noted_is_changed_or_taken_away(book: Book, table) -> None:
    access.note(book, "unlock", "book")
    with book.write_outside_journal() as connection:
        connection.execute(
            insert(tables.erasure).values(at=1, who="单晓", approval="字1号", table="contact", row=new_id().bytes)
        )
    for statement in (update(table).values(who="别人"), delete(table)):
        with pytest.raises(DatabaseError, match="what was noted stands"), book.write_outside_journal() as connection:
            connection.execute(statement)
    assert book.check() == []


def test_it_reads_on_from_a_line(book: Book) -> None:
    for n in range(5):
        access.note(book, "export", "rows.leads", amount=n)
    with book.read() as reader:
        first = access.newest(reader, limit=2)
        rest = access.newest(reader, before=first[-1].n)
    assert [one.amount for one in (*first, *rest)] == [4, 3, 2, 1, 0]


def test_lines_are_carried_into_an_older_copy_once(book: Book) -> None:
    access.note(book, "export", "rows.leads", amount=1)
    with book.read() as reader:
        kept = access.newest(reader, limit=None)
    for _time in range(2):
        with book.write_outside_journal() as connection:
            access.carry_over(connection, kept)
    assert lines(book) == [(book.who, "rows.leads", 1)]
