"""What is shown of what was found: its name or a piece of its text, where the query stands in it, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.db.search import Found
from crm_app.db.search_documents import PARAMETERS, blocks, marks, other_names
from crm_app.db.search_terms import runs
from crm_app.domain import matching
from crm_app.domain.enterprises import Enterprise
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
        by_table[one.table].append(one.id.bytes)
    records: dict[tuple[str, bytes], Mapping[str, Any]] = {}
    owners: dict[tuple[str, bytes], tuple[str, tuple[str, UUID] | None]] = {}
    for table, ids in by_table.items():
        shape = shapes()[table]
        for row in _read(reader, f"SELECT {_columns(shape)} FROM {table} WHERE id IN ({{}})", ids):
            records[table, row[0]] = dict(zip(shape.columns, row, strict=True))
        if owner := _OWNERS.get(table):
            for row, name, at, *of in _read(reader, owner, ids):
                owners[table, row] = (name, (of[0] if of else Enterprise.table, UUID(bytes=at)))
    others = other_names(reader, by_table[Enterprise.table])
    days = _days(reader, by_table)
    return [
        _hit(one, records[key], wanted, owners.get(key, ("", None)), others.get(key[1], ()), days.get(key))
        for one in found
        if (key := (one.table, one.id.bytes)) in records
    ]


def _days(reader: Reader, by_table: Mapping[str, Sequence[bytes]]) -> dict[tuple[str, bytes], date]:
    """Return the days records are told apart by: trips and visits of one name are many."""
    return {
        (table, row): date.fromisoformat(day)
        for table, column in _DAYS.items()
        if table in by_table
        for row, day in _read(reader, f'SELECT id, "{column}" FROM {table} WHERE id IN ({{}})', by_table[table])
        if day is not None
    }


_DAYS = {
    "trip": "start_on",
    "visit": "on",
    "reception": "on",
    "follow_up": "on",
    "task": "due",
    "lead": "registered_on",
}


def named(reader: Reader, ids: Sequence[UUID]) -> list[Hit]:
    """Return records by their ids, in that order, as :func:`shown` does; deleted ones and other kinds are left out."""
    found: dict[UUID, Found] = {}
    for table in KINDS:
        wanted = [one.bytes for one in ids if one not in found]
        for row in _read(reader, f"SELECT id FROM {table} WHERE deleted_at IS NULL AND id IN ({{}})", wanted):
            found[UUID(bytes=row[0])] = Found(table, UUID(bytes=row[0]), "")
    return shown(reader, [found[one] for one in ids if one in found], "")


def _columns(shape: Shape) -> str:
    return ", ".join(f'"{column}"' for column in shape.columns)


def _read(reader: Reader, statement: str, ids: Sequence[bytes]) -> list[tuple[Any, ...]]:
    return [
        row for block in blocks(ids, PARAMETERS) for row in reader.driver_rows(statement.format(marks(block)), *block)
    ]


def _of(table: str, refers: str = "t.enterprise_id") -> str:
    return f"SELECT t.id, e.name, e.id FROM {table} t JOIN enterprise e ON e.id = {refers} WHERE t.id IN ({{}})"


_OWNERS = {
    **{table: _of(table) for table in ("lead", "visit", "follow_up", "task", "need", "reception")},
    "contact": (
        "SELECT p.contact_id, e.name, e.id FROM position p JOIN enterprise e ON e.id = p.enterprise_id "
        "WHERE p.deleted_at IS NULL AND p.contact_id IN ({}) ORDER BY p.to_on IS NULL, p.id"
    ),
    "attachment": (
        "SELECT t.id, coalesce(e.name, p.name, r.title, g.guests), coalesce(e.id, p.id, r.id, g.id), "
        "CASE WHEN e.id IS NOT NULL THEN 'enterprise' WHEN p.id IS NOT NULL THEN 'project' "
        "WHEN r.id IS NOT NULL THEN 'trip' ELSE 'reception' END FROM attachment t "
        "LEFT JOIN visit v ON v.id = t.visit_id LEFT JOIN follow_up f ON f.id = t.follow_up_id "
        "LEFT JOIN reception g ON g.id = t.reception_id "
        "LEFT JOIN enterprise e ON e.id = coalesce(t.enterprise_id, v.enterprise_id, f.enterprise_id, g.enterprise_id) "
        "LEFT JOIN project p ON p.id = coalesce(t.project_id, f.project_id) LEFT JOIN trip r ON r.id = t.trip_id "
        "WHERE coalesce(e.id, p.id, r.id, g.id) IS NOT NULL AND t.id IN ({})"
    ),
}
"""Whose a record is, by its id; of several posts the last row, the one held now, stands."""


def _hit(
    found: Found,
    known: Mapping[str, Any],
    wanted: Sequence[str],
    owner: tuple[str, tuple[str, UUID] | None],
    others: Sequence[str],
    on: date | None,
) -> Hit:
    shape = shapes()[found.table]
    name = known[shape.title] if shape.title else ""
    spans = matching.spans(name, wanted, read=True, reading=known.get("pinyin") or "") if name else ()
    if name and spans:
        return Hit(found.table, found.id, name, found.matched, spans, owner[0], owner=owner[1], on=on)
    label, text, places = _elsewhere(shape, known, wanted, others)
    excerpt, places = matching.excerpt(text, places)
    if not name:
        return Hit(found.table, found.id, excerpt, found.matched, places, owner[0], owner=owner[1], on=on)
    return Hit(found.table, found.id, name, found.matched, (), owner[0], excerpt, places, label, owner[1], on)


def _elsewhere(
    shape: Shape, known: Mapping[str, Any], wanted: Sequence[str], others: Sequence[str]
) -> tuple[str, str, tuple[Span, ...]]:
    """Return the text that holds most of the query, with its label and the places in it."""
    best: tuple[str, str, tuple[Span, ...]] = ("", "", ())
    record = RECORDS[shape.table]
    texts = [(record.field(shape.title).label, name) for name in others]
    for column in shape.searched:
        if column != shape.title and known[column]:
            field = record.field(column)
            texts.append((field.label, field.kind.show(known[column]) if column in shape.codes else known[column]))
    for label, text in texts:
        spans = matching.spans(text, wanted, read=text in others)
        if len(spans) > len(best[2]) or not best[1]:
            best = (label, text, spans)
    return best if best[2] or not shape.title else ("", "", ())
