"""Reads of the journal: the history of a record, and which unit undo or redo would take back.

Undo is a new unit that names the one it undoes; redo undoes that one. undo.py does the taking back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, select, text

from crm_app import clock
from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain.fields import Record
from crm_app.domain.records import RECORDS
from crm_app.errors import NothingLeft, Refused
from crm_app.i18n import _


@dataclass(frozen=True)
class Step:
    """A unit as a person reads it."""

    n: int
    at: int
    who: str
    label: str
    undoes: int | None


@dataclass(frozen=True)
class FieldChange:
    """One field of one record changed by one unit; ``field`` is empty for the record's creation."""

    at: int
    who: str
    label: str
    field: str
    old: str
    new: str


def last_unit_at(reader: Reader) -> int | None:
    """Return when the last unit was written, in UTC milliseconds; None in a book without any."""
    statement = select(tables.unit.c.at).order_by(tables.unit.c.n.desc()).limit(1)
    found: int | None = reader.connection.execute(statement).scalar_one_or_none()
    return found


# A unit is undone while some undo of it was not itself undone (that is: redone).
_UNDONE = (
    "EXISTS (SELECT 1 FROM unit u WHERE u.undoes = {n} AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = u.n))"
)
# A draft that was issued since: what the unit touched stands as a final unit left it. The empty change an erasure notes
# settles nothing.
_SETTLED = (
    # From the final units: they are few and small, where the unit asked about may be an import's.
    "EXISTS (SELECT 1 FROM unit f CROSS JOIN change s ON s.unit = f.n "
    'CROSS JOIN change c ON c."row" = s."row" AND +c.unit = unit.n '
    "WHERE f.n > unit.n AND f.final AND s.new IS NOT '{}')"
)


def _step(row: Mapping[str, Any] | None) -> Step | None:
    return None if row is None else Step(row["n"], row["at"], row["who"], row["label"], row["undoes"])


def step_of(reader: Reader, n: int) -> Step | None:
    """Return a unit by its number, or None."""
    rows = reader.rows(select(tables.unit).where(tables.unit.c.n == n))
    return _step(rows[0] if rows else None)


def last_undoable(reader: Reader) -> Step | None:
    """Return the newest unit that stands, or None; a final paper, and what became final since, are passed over."""
    rows = reader.rows(
        text(
            "SELECT * FROM unit WHERE undoes IS NULL AND NOT final AND NOT "
            + _UNDONE.format(n="unit.n")
            + f" AND NOT {_SETTLED} ORDER BY n DESC LIMIT 1"
        )
    )
    return _step(rows[0] if rows else None)


def _erased_since(reader: Reader, n: int) -> bool:
    """Say whether a person was erased after unit ``n``: undo does not pass over that in silence."""
    rows = reader.rows(
        text(
            'SELECT 1 FROM erasure e JOIN change c ON c."row" = e."row" JOIN unit u ON u.n = c.unit '
            "WHERE e.\"table\" = 'contact' AND u.final AND u.n > :n LIMIT 1"
        ),
        {"n": n},
    )
    return bool(rows)


def undoable(reader: Reader, n: int | None) -> Step:
    """Return unit ``n``, or the newest that stands; raise Refused for one that is undone, or is an undo itself."""
    step = last_undoable(reader) if n is None else step_of(reader, n)
    if step is None and n is None:
        raise NothingLeft(_("There is nothing to undo."))
    if step is None:
        raise Refused(_("There is no step {n} in the changes.").format(n=n))
    if n is None and _erased_since(reader, step.n):
        raise Refused(
            _("A person was erased since; that is never undone. Take an earlier step back from the list of changes.")
        )
    if step.undoes is not None:
        raise Refused(_("This step undid or redid another; undo or redo that one."))
    if undo_of(reader, step.n) is not None:
        raise Refused(_("“{label}” is undone already.").format(label=step.label))
    return step


def redoable(reader: Reader, n: int | None) -> Step:
    """Return the undo that keeps unit ``n`` undone, or the newest there is, with the label of what it undid.

    Raise Refused where there is none.
    """
    if n is None:
        step = last_redoable(reader)
        if step is None:
            raise NothingLeft(_("There is nothing to redo."))
        return step
    done, undo = step_of(reader, n), undo_of(reader, n)
    if done is None or undo is None:
        raise Refused(_("This step is not undone, so there is nothing to redo."))
    return replace(undo, label=done.label)


def undo_of(reader: Reader, n: int) -> Step | None:
    """Return the undo that keeps unit ``n`` undone, or None where it stands."""
    rows = reader.rows(
        text(
            "SELECT u.* FROM unit u WHERE u.undoes = :n AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = u.n) "
            "ORDER BY u.n DESC LIMIT 1"
        ),
        {"n": n},
    )
    return _step(rows[0] if rows else None)


def last_redoable(reader: Reader) -> Step | None:
    """Return the newest undo that can be taken back, with the label of what it undid: nothing was written since."""
    rows = reader.rows(
        text(
            "SELECT u.n, u.at, u.who, done.label, u.undoes FROM unit u JOIN unit done ON done.n = u.undoes "
            "WHERE done.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = u.n) "
            "AND u.n > COALESCE((SELECT max(n) FROM unit WHERE undoes IS NULL), 0) ORDER BY u.n DESC LIMIT 1"
        )
    )
    return _step(rows[0] if rows else None)


def shown_field(reader: Reader, record: Record, name: str) -> str:
    """Return a field as a person reads it; a record it refers to by its name; empty where nothing is known."""
    value = getattr(record, name)
    columns = record.field(name).kind.columns
    if isinstance(value, UUID) and columns[0].refers_to:
        return record_title(reader, columns[0].refers_to, value)
    return "" if isinstance(value, bytes) else record.shown(name)


def record_title(reader: Reader, table: str, row: UUID) -> str:
    """Return the kind and the name of a record, to speak of it in a sentence."""
    record = reader.look_up(RECORDS[table], row)
    return record.spoken_of() if record is not None else _(RECORDS[table].label)


def field_of(table: str, column: str) -> str:
    """Return the words of the field a column belongs to."""
    for field in RECORDS[table].fields:
        if column in field.column_names():
            return field.title
    return _("Deleted") if column == "deleted_at" else column


def history(reader: Reader, table: str, row_id: UUID) -> list[FieldChange]:
    """Return every change of one record, oldest first, field by field as a person reads them."""
    rows = reader.rows(
        select(tables.change, tables.unit.c.at, tables.unit.c.who, tables.unit.c.label)
        .join(tables.unit, tables.unit.c.n == tables.change.c.unit)
        .where(tables.change.c.row == row_id.bytes)
        .order_by(tables.change.c.n.desc())
    )
    known = tables.RECORD_TABLES[table]
    present = reader.rows(select(known).where(known.c.id == row_id.bytes))
    after: Mapping[str, Any] = present[0] if present else {}
    found: list[FieldChange] = []
    # From the row as it is back to its making: a field of several columns is read only with those that stayed.
    for row in rows:
        if row["op"] == "I":
            found.append(FieldChange(row["at"], row["who"], row["label"], "", "", ""))
            continue
        before = overlaid(table, after, row["old"])
        told = fields_between(reader, table, before, overlaid(table, after, row["new"]))
        found += [FieldChange(row["at"], row["who"], row["label"], *one) for one in reversed(told)]
        after = before
    return found[::-1]


def overlaid(table: str, held: Mapping[str, Any], document: str) -> dict[str, Any]:
    """Return a row as stored with the values of the journal's JSON, in which bytes are hex, in place of its own."""
    blobs = {column.name for column in tables.RECORD_TABLES[table].columns if isinstance(column.type, LargeBinary)}
    values = {
        name: bytes.fromhex(value) if name in blobs and value is not None else value
        for name, value in json.loads(document).items()
    }
    return {**held, **values}


def fields_between(
    reader: Reader, table: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return (field, old, new) in words for every field in which two versions of a row differ."""
    versions = RECORDS[table].load(before), RECORDS[table].load(after)
    found = []
    for field in RECORDS[table].fields:
        if not field.derived and any(before[column] != after[column] for column in field.column_names()):
            old, new = (shown_field(reader, version, field.name) for version in versions)
            found.append((field.title, old, new))
    if before["deleted_at"] != after["deleted_at"]:
        old, new = (_shown(reader, table, "deleted_at", one["deleted_at"]) for one in (before, after))
        found.append((_("Deleted"), old, new))
    return found


def field_changes(reader: Reader, table: str, row: Mapping[str, Any]) -> list[FieldChange]:
    """Return a stored change, joined with its unit, field by field as a person reads it."""
    if row["op"] == "I":
        return [FieldChange(row["at"], row["who"], row["label"], "", "", "")]
    old, new = json.loads(row["old"]), json.loads(row["new"])
    return [
        FieldChange(
            row["at"],
            row["who"],
            row["label"],
            field_of(table, column),
            _shown(reader, table, column, old[column]),
            _shown(reader, table, column, new[column]),
        )
        for column in new
        if not is_derived(table, column)
    ]


def is_derived(table: str, column: str) -> bool:
    """Say whether a column follows from the other fields."""
    return any(field.derived and column in field.column_names() for field in RECORDS[table].fields)


def _shown(reader: Reader, table: str, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "deleted_at":
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    target = next((key.column.table.name for key in tables.RECORD_TABLES[table].c[column].foreign_keys), None)
    if target:
        return record_title(reader, target, UUID(hex=value))
    for field in RECORDS[table].fields:
        if field.column_names() == (column,) and not isinstance(
            tables.RECORD_TABLES[table].c[column].type, LargeBinary
        ):
            loaded = field.kind.load({column: value}, column)
            return "" if loaded is None else field.kind.show(loaded)
    return str(value)
