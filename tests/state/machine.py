"""What can happen to a book besides work: undo in any order, the recycle bin, backups, the lock, the next start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from crm_app import clock
from crm_app.db import tables
from crm_app.domain.enterprises import Enterprise
from crm_app.errors import Locked, Refused
from crm_app.services import book as books
from crm_app.services import changes, enterprises, protection, recycle_bin, search
from tests.state.work import FORETOLD, MISSING, PASSPHRASE, PICK, TODAY, Steps, Work, difference, whole


class BookMachine(Work):
    """The whole life of a book."""

    @precondition(lambda self: self.model.done)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        """Undo the last units, one after the other: the whole book is as it was before each."""
        for _time in range(min(times, len(self.model.done))):
            if not self.taken_back(lambda: books.undo(self.book)):
                return
            one = self.model.undo()
            assert not self.in_order or whole(self.book) == self.pictures[one.n][0]

    @precondition(lambda self: self.model.undone)
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        """Redo what was undone last: the whole book is as it was after it."""
        for _time in range(min(times, len(self.model.undone))):
            if not self.taken_back(lambda: books.redo(self.book)):
                return
            one = self.model.redo()
            assert not self.in_order or whole(self.book) == self.pictures[one.n][1]

    def taken_back(self, work: Callable[[], Any]) -> bool:
        """Undo or redo in turn; only where another order was taken before may something stand in the way."""
        before = whole(self.book)
        try:
            work()
        except Refused:
            assert not self.in_order
            assert whole(self.book) == before
            return False
        return True

    @precondition(lambda self: len(self.model.done) > 1)
    @rule(n=PICK)
    def undo_an_earlier_unit(self, n: int) -> None:
        """Undo a unit that is not the last: all of it goes back and nothing else, or nothing and what is in the way."""
        place = n % (len(self.model.done) - 1)
        one = self.model.done[place]
        before = whole(self.book)
        steps = difference(*self.pictures[one.n])
        preview = changes.preview_undo(self.book, one.n)
        if preview.in_the_way:
            with pytest.raises(Refused) as refused:
                changes.undo_unit(self.book, one.n)
            assert all(sentence in str(refused.value) for sentence in preview.in_the_way)
            assert whole(self.book) == before
            assert self.something_is_in_the_way(one.n, steps), preview.in_the_way
            return
        changes.undo_unit(self.book, one.n)
        changed_since = [
            (table, column)
            for (table, row, column), (old, new) in steps.items()
            for held in (before[table].get(row, {}).get(column, MISSING),)
            if MISSING not in (old, new, held) and held != new
        ]
        assert not changed_since, "what was changed since went back all the same"
        self.in_order = False
        self.model.undo(place)
        for (table, row, column), (old, held) in difference(whole(self.book), before).items():
            expected = steps[table, row, column][0]
            assert old == expected or MISSING in (old, expected, held), (table, column)

    def something_is_in_the_way(self, n: int, steps: Steps) -> bool:
        """Say whether a later unit, an undo too, touched one of the rows, or a row refers to one that would go."""
        rows = {row for _table, row, _column in steps}
        made = {row for (_table, row, _column), (old, _new) in steps.items() if old is MISSING}
        with self.book.read() as reader:
            later = reader.rows(select(tables.change.c.row).where(tables.change.c.unit > n).distinct())
        touched = {change["row"] for change in later}
        leaning = any(
            value in made
            for records in whole(self.book).values()
            for row, columns in records.items()
            for name, value in columns.items()
            if name != "id"
        )
        return leaning or bool(rows & touched)

    @precondition(lambda self: recycle_bin.list_deleted(self.book))
    @rule(n=PICK)
    def restore_deleted(self, n: int) -> None:
        """Bring back what a step deleted, from the recycle bin."""
        known = recycle_bin.list_deleted(self.book)
        one = known[n % len(known)]
        before, after = self.pictures[one.line.n]
        own = [
            (table, UUID(bytes=row)) for table, records in before.items() for row in records if row not in after[table]
        ]
        gone = self.model.with_what_they_need(own)
        self.unit(lambda: recycle_bin.restore(self.book, one.line.n), lambda _none: {key: {} for key in gone})
        self.in_order = False

    @precondition(lambda self: not self.model.undone)
    @rule()
    def nothing_to_redo(self) -> None:
        """Refuse a redo where nothing was undone."""
        self.refused(lambda: books.redo(self.book))

    @rule()
    def reopen(self) -> None:
        """Close the book and open it again, as at the next start."""
        books.close_book(self.book)
        self.book = books.open_book(self.path, self.secret)
        clock.pin_today(TODAY)

    @precondition(lambda self: self.secret)
    @rule()
    def lock(self) -> None:
        """Lock the book: nothing is read or written until it is unlocked."""
        protection.lock(self.book)
        for work in (
            lambda: enterprises.create_enterprise(self.book, name="x"),
            lambda: enterprises.all_enterprises(self.book),
        ):
            try:
                work()
            except Locked:
                continue
            raise AssertionError("a locked book answered")
        protection.unlock(self.book, PASSPHRASE)

    @precondition(lambda self: len(self.backups) < 3)
    @rule()
    def back_up(self) -> None:
        """Back the book up."""
        copy = books.back_up(self.book, None, clock.now_ms())
        self.backups.append((copy, self.model.copy(), whole(self.book), self.pictures.copy(), self.in_order))

    @precondition(lambda self: self.backups)
    @rule(n=PICK)
    def restore(self, n: int) -> None:
        """Restore a backup: rows and undo stand as they stood when it was made."""
        copy, model, held, pictures, self.in_order = self.backups[n % len(self.backups)]
        books.restore(self.book, copy)
        clock.pin_today(TODAY)
        assert whole(self.book) == held
        self.model, self.pictures = model.copy(), pictures.copy()

    @rule()
    def check(self) -> None:
        """Look for damage."""
        assert books.check(self.book) == []

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK)
    def find(self, n: int) -> None:
        """Search an enterprise by its name and by two of its characters."""
        known = self.pick("enterprise", n)
        name = self.model.rows["enterprise", known]["name"]
        assert known in {hit.id for hit in search.search(self.book, name, kind="enterprise", limit=500)}
        assert known in {hit.id for hit in search.search(self.book, name[:2], kind="enterprise", limit=500)}

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK)
    def read_history(self, n: int) -> None:
        """Read an enterprise's history: it ends in what the book holds, and each change begins where the last ended."""
        record = books.find_record(self.book, str(self.pick("enterprise", n)))
        assert isinstance(record, Enterprise)
        held: dict[str, str] = {}
        for change in books.changes_of(self.book, record):
            if change.field in held:
                assert change.old == held[change.field]
            held[change.field] = change.new
        for name in FORETOLD["enterprise"]:
            field = Enterprise.field(name)
            if field.title in held:
                assert held[field.title] == record.shown(name)
