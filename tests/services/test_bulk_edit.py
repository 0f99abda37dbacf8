"""One field of many records: a set writes what each record changed by itself would hold, and undo takes it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from crm_app import clock
from crm_app.domain.contacts import Contact
from crm_app.domain.fields import Record, values_of
from crm_app.domain.tasks import Task
from crm_app.services import book as books
from crm_app.services import bulk_edit
from crm_app.services.book import Book
from tests.services.conftest import Bureau

_CONTACTS = [{"name": name, "phone": "13883000000"} for name in ("单晓", "曾敏", "张三", "单于", "Ann")]


def _held(book: Book, record_type: type[Record], ids: list[UUID]) -> list[dict[str, Any]]:
    with book.read() as reader:
        found = reader.get_many(record_type, ids)
    return [values_of(found[one]) for one in ids]


@pytest.mark.parametrize(
    ("name", "value"), [("surname_pinyin", "chan"), ("salutation", "老师"), ("note", None), ("salutation", None)]
)
def test_many_at_once_hold_what_each_by_itself_would(book: Book, name: str, value: str | None) -> None:
    with book.unit("fill") as unit:
        together, alone = (unit.insert_many(Contact, _CONTACTS) for _n in range(2))
        unit.update(Contact, together[0], salutation="单老师")
        unit.update(Contact, alone[0], salutation="单老师")
        unit.commit()
    before = _held(book, Contact, together)
    seen = bulk_edit.apply(book, "contacts", together, name, value)
    with book.unit("each") as unit:
        for one in alone:
            unit.update(Contact, one, **{name: value})
        unit.commit()
    assert _held(book, Contact, together) == _held(book, Contact, alone)
    changed = [one for one, was in zip(together, before, strict=True) if was[name] != value]
    assert seen.changes.ids("contact") == set(changed)
    assert len(seen.value.changing) + seen.value.same == len(_CONTACTS)
    books.undo(book)
    if changed:
        books.undo(book)
    assert _held(book, Contact, together) == before


def test_owners_change_across_blocks_and_say_how_far(bureau: Bureau) -> None:
    with bureau.book.unit("fill") as unit:
        steps = unit.insert_many(
            Task, [{"what": "回访", "due": clock.today(), "owner_id": bureau.me} for _n in range(1_200)]
        )
        unit.commit()
    told: list[tuple[int, int]] = []
    done = bulk_edit.apply(
        bureau.book, "tasks", steps, "owner_id", bureau.colleague, lambda at, of, _what: told.append((at, of))
    )
    assert done.changes.ids("task") == set(steps)
    assert told == [(0, 1_200), (500, 1_200), (1_000, 1_200)]
    assert {held["owner_id"] for held in _held(bureau.book, Task, steps)} == {bureau.colleague}
    books.undo(bureau.book)
    assert {held["owner_id"] for held in _held(bureau.book, Task, steps)} == {bureau.me}
