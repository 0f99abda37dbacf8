"""What is shown of what was found: its name or a piece of its text, where the query stands in it, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.db.search import Found
from crm_app.db.search_documents import PARAMETERS, blocks, marks, other_names
from crm_app.db.search_terms import runs
from crm_app.domain import matching
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Field
from crm_app.domain.matching import Span
from crm_app.domain.records import RECORDS
from crm_app.domain.search_kinds import KINDS, Shape, shapes


@dataclass(frozen=True)
class Hit:
    """One found record: where the query stood (exact, prefix, initials, pinyin, title, inside), and what is shown.

    ``spans`` are the places in ``title`` to emphasise; where it has none, ``excerpt`` is the piece of another text
    that holds the query, under its ``label``. ``subtitle`` is the name of the enterprise it belongs to, of a file
    that of the record it is kept with; ``owner`` is that record's table and id. ``on`` is the day it is known by.
    """

    table: str
    id: UUID
    title: str
    matched: str
    spans: tuple[Span, ...] = ()
    subtitle: str = ""
    excerpt: str = ""
    excerpt_spans: tuple[Span, ...] = ()
    label: str = ""
    owner: tuple[str, UUID] | None = None
    on: date | None = None

    @property
    def enterprise_id(self) -> UUID | None:
        """The enterprise it belongs to."""
        return self.owner[1] if self.owner is not None and self.owner[0] == Enterprise.table else None


def shown(reader: Reader, found: Sequence[Found], query: str) -> list[Hit]:
    """Return the found records as they are shown, in their order."""
    wanted = runs(query)
    by_table: dict[str, list[bytes]] = defaultdict(list)
    for one in found:
        by_table[one.table].append(one.row)
    records: dict[tuple[str, bytes], _Known] = {}
    for table, ids in by_table.items():
        shape = shapes()[table]
        for *values, on, owner, at, of in _read(reader, _statement(table), ids):
            columns = dict(zip(shape.columns, values, strict=True))
            name = columns[shape.title] if shape.title else ""
            spans = matching.spans(name, wanted, read=True, reading=columns.get("pinyin") or "") if name else ()
            records[table, values[0]] = _Known(columns, name, spans, on, owner or "", (of, at) if at else None)
    called = Enterprise.table
    unseen = [row for (table, row), known in records.items() if table == called and not known.spans]
    others = other_names(reader, unseen)
    return [
        _hit(one, records[key], wanted, others.get(key[1], ()))
        for one in found
        if (key := (one.table, one.row)) in records
    ]


class _Known(NamedTuple):
    """What is read of a record: its columns, its name and where the query stands in it, its day, and whose it is."""

    columns: Mapping[str, Any]
    name: str
    spans: tuple[Span, ...]
    on: str | None
    owner: str
    owned: tuple[str, bytes] | None


_DAYS = {
    "trip": "start_on",
    "visit": "on",
    "reception": "on",
    "follow_up": "on",
    "task": "due",
    "lead": "registered_on",
}
"""The days records are told apart by: trips and visits of one name are many."""


def named(reader: Reader, ids: Sequence[UUID]) -> list[Hit]:
    """Return records by their ids, in that order, as :func:`shown` does; deleted ones and other kinds are left out."""
    found: dict[UUID, Found] = {}
    for table in KINDS:
        wanted = [one.bytes for one in ids if one not in found]
        for row in _read(reader, f"SELECT id FROM {table} WHERE deleted_at IS NULL AND id IN ({{}})", wanted):
            found[UUID(bytes=row[0])] = Found(table, row[0], "")
    return shown(reader, [found[one] for one in ids if one in found], "")


@cache
def _statement(table: str) -> str:
    """Return what reads everything that is shown of records of a kind: its columns, its day, and whose it is."""
    columns = ", ".join(f't."{column}"' for column in shapes()[table].columns)
    day = f't."{_DAYS[table]}"' if table in _DAYS else "NULL"
    owner, rest = _OWNERS.get(table, ("NULL, NULL, NULL", "WHERE {}"))
    return f"SELECT {columns}, {day}, {owner} FROM {table} t {rest.format('t.id IN ({})')}"


def _read(reader: Reader, statement: str, ids: Sequence[bytes]) -> list[tuple[Any, ...]]:
    return [
        row for block in blocks(ids, PARAMETERS) for row in reader.driver_rows(statement.format(marks(block)), *block)
    ]


_ENTERPRISE = "e.name, e.id, 'enterprise'"
_OWNERS = {
    **dict.fromkeys(
        ("lead", "visit", "follow_up", "task", "need", "reception"),
        (_ENTERPRISE, "LEFT JOIN enterprise e ON e.id = t.enterprise_id WHERE {}"),
    ),
    "contact": (
        _ENTERPRISE,
        "LEFT JOIN position p ON p.contact_id = t.id AND p.deleted_at IS NULL "
        "LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE {} ORDER BY p.to_on IS NULL, p.id",
    ),
    "attachment": (
        "coalesce(e.name, p.name, r.title, g.guests), coalesce(e.id, p.id, r.id, g.id), "
        "CASE WHEN e.id IS NOT NULL THEN 'enterprise' WHEN p.id IS NOT NULL THEN 'project' "
        "WHEN r.id IS NOT NULL THEN 'trip' ELSE 'reception' END",
        "LEFT JOIN visit v ON v.id = t.visit_id LEFT JOIN follow_up f ON f.id = t.follow_up_id "
        "LEFT JOIN reception g ON g.id = t.reception_id "
        "LEFT JOIN enterprise e ON e.id = coalesce(t.enterprise_id, v.enterprise_id, f.enterprise_id, g.enterprise_id) "
        "LEFT JOIN project p ON p.id = coalesce(t.project_id, f.project_id) LEFT JOIN trip r ON r.id = t.trip_id "
        "WHERE {}",
    ),
}
"""Whose a record is: what is read of that, and from where; of several posts the last row, the one held now, stands."""


@cache
def _texts(table: str) -> Sequence[Field]:
    """Return the fields of the searched texts but the name."""
    shape, record = shapes()[table], RECORDS[table]
    return [record.field(column) for column in shape.searched if column != shape.title]


def _hit(found: Found, record: _Known, wanted: Sequence[str], others: Sequence[str]) -> Hit:
    shape = shapes()[found.table]
    owner = (record.owned[0], UUID(bytes=record.owned[1])) if record.owned else None
    on = date.fromisoformat(record.on) if record.on else None
    name = record.name
    if record.spans:
        return Hit(found.table, found.id, name, found.matched, record.spans, record.owner, owner=owner, on=on)
    label, text, places = _elsewhere(shape, record.columns, wanted, others)
    excerpt, places = matching.excerpt(text, places)
    if not name:
        return Hit(found.table, found.id, excerpt, found.matched, places, record.owner, owner=owner, on=on)
    return Hit(found.table, found.id, name, found.matched, (), record.owner, excerpt, places, label, owner, on)


def _elsewhere(
    shape: Shape, known: Mapping[str, Any], wanted: Sequence[str], others: Sequence[str]
) -> tuple[str, str, tuple[Span, ...]]:
    """Return the text that holds most of the query, with its label and the places in it."""
    best: tuple[str, str, tuple[Span, ...]] = ("", "", ())
    texts = [(RECORDS[shape.table].field(shape.title).label, name) for name in others]
    for field in _texts(shape.table):
        if held := known[field.name]:
            texts.append((field.label, field.kind.show(held) if field.name in shape.codes else held))
    for label, text in texts:
        spans = matching.spans(text, wanted, read=text in others)
        if len(spans) > len(best[2]) or not best[1]:
            best = (label, text, spans)
    return best if best[2] or not shape.title else ("", "", ())
