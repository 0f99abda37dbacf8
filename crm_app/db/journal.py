"""History, undo and redo: reads of the journal, and units that take units back.

Undo is a new unit that names the one it undoes; redo undoes that one. A field goes back only if it still holds what the
unit wrote; otherwise nothing is half-applied and what stands in the way is listed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, select, text

from crm_app import clock
from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
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


# A unit is undone while some undo of it was not itself undone (that is: redone).
_UNDONE = (
    "EXISTS (SELECT 1 FROM unit u WHERE u.undoes = {n} AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = u.n))"
)


def _step(row: Mapping[str, Any] | None) -> Step | None:
    return None if row is None else Step(row["n"], row["at"], row["who"], row["label"], row["undoes"])


def last_undoable(reader: Reader) -> Step | None:
    """Return the newest unit that stands, or None; a final paper in front of it is passed over."""
    rows = reader.rows(
        text(
            "SELECT * FROM unit WHERE undoes IS NULL AND NOT final AND NOT "
            + _UNDONE.format(n="unit.n")
            + " ORDER BY n DESC LIMIT 1"
        )
    )
    return _step(rows[0] if rows else None)


def last_redoable(reader: Reader) -> Step | None:
    """Return the newest undo that can be taken back: no unit of its own was written since."""
    rows = reader.rows(
        text(
            "SELECT * FROM unit WHERE undoes IN (SELECT n FROM unit WHERE undoes IS NULL) "
            "AND NOT EXISTS (SELECT 1 FROM unit r WHERE r.undoes = unit.n) "
            "AND n > COALESCE((SELECT max(n) FROM unit WHERE undoes IS NULL), 0) ORDER BY n DESC LIMIT 1"
        )
    )
    return _step(rows[0] if rows else None)


def _stored(table_name: str, column: str, value: Any) -> Any:
    is_blob = isinstance(tables.RECORD_TABLES[table_name].c[column].type, LargeBinary)
    return bytes.fromhex(value) if is_blob and value is not None else value


def _record_title(reader: Reader, table: str, row: UUID) -> str:
    record = reader.look_up(RECORDS[table], row)
    for name in ("name", "title", "what", "content"):
        value = getattr(record, name, None)
        if value:
            return f"{_(RECORDS[table].label)} {value}"
    return _(RECORDS[table].label)


def _field_of(table: str, column: str) -> str:
    for field in RECORDS[table].fields:
        if column in field.column_names():
            return field.title
    return _("Deleted") if column == "deleted_at" else column


def take_back(unit: Unit, n: int) -> None:
    """Write the way back of unit ``n`` into ``unit``; raise Refused listing what stands in the way."""
    changes = unit.rows(select(tables.change).where(tables.change.c.unit == n).order_by(tables.change.c.n.desc()))
    in_the_way: list[str] = []
    wanted: dict[tuple[str, UUID], dict[str, Any]] = {}
    present: dict[tuple[str, UUID], dict[str, Any]] = {}
    for row in changes:
        table, row_id = row["table"], UUID(bytes=row["row"])
        key = (table, row_id)
        if key not in present:
            columns = tables.RECORD_TABLES[table]
            found = unit.rows(select(columns).where(columns.c.id == row_id.bytes))
            present[key] = dict(found[0])
        if row["op"] == "I":
            wanted.setdefault(key, {})["deleted_at"] = clock.now_ms()
            continue
        old, new = json.loads(row["old"]), json.loads(row["new"])
        for column, written in new.items():
            if present[key][column] != _stored(table, column, written):
                in_the_way.append(
                    _("{record}: “{field}” was changed since.").format(
                        record=_record_title(unit, table, row_id), field=_field_of(table, column)
                    )
                )
                continue
            present[key][column] = wanted.setdefault(key, {})[column] = _stored(table, column, old[column])
    in_the_way.extend(_leaning_on(unit, n, wanted))
    if in_the_way:
        raise Refused(_("This cannot be undone, because:") + "\n" + "\n".join(dict.fromkeys(in_the_way)))
    for (table, row_id), columns_wanted in wanted.items():
        unit.write_columns(table, row_id, columns_wanted)


def _leaning_on(unit: Unit, n: int, wanted: Mapping[tuple[str, UUID], Mapping[str, Any]]) -> list[str]:
    """List the living rows of other units that refer to a row this undo would delete."""
    going = {key for key, columns in wanted.items() if columns.get("deleted_at") is not None}
    found = []
    for table, row_id in going:
        for other in tables.RECORD_TABLES.values():
            for key in other.foreign_keys:
                if key.column.table.name != table:
                    continue
                rows = unit.rows(select(other.c.id).where(key.parent == row_id.bytes, other.c.deleted_at.is_(None)))
                found += [
                    _("{record} refers to it.").format(record=_record_title(unit, other.name, UUID(bytes=row["id"])))
                    for row in rows
                    if (other.name, UUID(bytes=row["id"])) not in going
                    # A row whose reference itself goes back stands in nobody's way (a plan that a visit ticked off).
                    and key.parent.name not in wanted.get((other.name, UUID(bytes=row["id"])), {})
                ]
    return found


def history(reader: Reader, table: str, row_id: UUID) -> list[FieldChange]:
    """Return every change of one record, oldest first, field by field as a person reads them."""
    rows = reader.rows(
        select(tables.change, tables.unit.c.at, tables.unit.c.who, tables.unit.c.label)
        .join(tables.unit, tables.unit.c.n == tables.change.c.unit)
        .where(tables.change.c.row == row_id.bytes)
        .order_by(tables.change.c.n)
    )
    found = []
    for row in rows:
        if row["op"] == "I":
            found.append(FieldChange(row["at"], row["who"], row["label"], "", "", ""))
            continue
        old, new = json.loads(row["old"]), json.loads(row["new"])
        found += [
            FieldChange(
                row["at"],
                row["who"],
                row["label"],
                _field_of(table, column),
                _shown(reader, table, column, old[column]),
                _shown(reader, table, column, new[column]),
            )
            for column in new
            if not _is_derived(table, column)
        ]
    return found


def _is_derived(table: str, column: str) -> bool:
    return any(field.derived and column in field.column_names() for field in RECORDS[table].fields)


def _shown(reader: Reader, table: str, column: str, value: Any) -> str:
    if value is None:
        return ""
    target = next((key.column.table.name for key in tables.RECORD_TABLES[table].c[column].foreign_keys), None)
    if target:
        return _record_title(reader, target, UUID(hex=value))
    for field in RECORDS[table].fields:
        if field.column_names() == (column,) and not isinstance(
            tables.RECORD_TABLES[table].c[column].type, LargeBinary
        ):
            loaded = field.kind.load({column: value}, column)
            return "" if loaded is None else field.kind.show(loaded)
    return str(value)
