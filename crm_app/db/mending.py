"""Making whole what was salvaged: references to what is lost, records the journal cannot tell of, units half lost.

Each mend is written as a change of one last unit, so that history tells what the salvage itself did.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from crm_app.db import following, tables
from crm_app.db.ids import new_id
from crm_app.db.unit import Unit
from crm_app.domain.fields import Record, When, derived_columns, store
from crm_app.domain.kinds import Day, Ref
from crm_app.domain.records import RECORDS
from crm_app.i18n import _

_MS_IN_ID = 80
"""A UUIDv7 holds the milliseconds of its making above so many bits (RFC 9562, 5.7)."""


@dataclass
class Mended:
    """What was done, to be told: references cleared by table and column, and what stands in for a lost record."""

    cleared: Counter[tuple[str, str]] = field(default_factory=Counter)
    stand_ins: dict[str, list[UUID]] = field(default_factory=dict)
    nameless: dict[str, UUID] = field(default_factory=dict)
    """By table, the one stand-in for records of which not even the id is known."""


def mend(unit: Unit, newest: dict[bytes, dict[str, Any]]) -> Mended:
    """Clear or fill every reference to a lost record, and bring the journal in line with the records.

    ``newest``: by a record's id, what the journal last said of its columns; a stand-in gets it.
    """
    done = Mended()
    while broken := unit.connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        for table, rowid, parent, number in broken:
            _mend_reference(unit, done, newest, (table, rowid, parent, number))
    _tell_of_unknown(unit)
    _tell_of_strayed(unit)
    return done


def _mend_reference(
    unit: Unit, done: Mended, newest: dict[bytes, dict[str, Any]], broken: tuple[str, int, str, int]
) -> None:
    name, rowid, parent, number = broken
    keys = unit.connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').all()
    column = next(row[3] for row in keys if row[0] == number)
    table = tables.RECORD_TABLES[name]
    here = text("rowid = :rowid").bindparams(rowid=rowid)
    if table.c[column].nullable:
        done.cleared[name, column] += 1
        unit.connection.execute(update(table).where(here).values({column: None}))
        return
    missing = unit.connection.execute(select(table.c[column]).where(here)).scalar_one()
    if _is_elsewhere(unit, parent, missing):
        # Damage wrote over the reference (zeros, mostly): no two records share an id.
        other = _nameless(unit, done, parent, newest).bytes
        unit.connection.execute(update(table).where(here).values({column: other}))
        return
    # Two rows may lack the same record: the first of them has brought its stand-in.
    if unit.look_up(RECORDS[parent], UUID(bytes=missing)) is None:
        _stand_in(unit, done, RECORDS[parent], missing, newest)


def _is_elsewhere(unit: Unit, parent: str, row: bytes) -> bool:
    """Say whether a record of another table than ``parent`` has this id."""
    others = (f'SELECT 1 FROM "{name}" WHERE id = :row' for name in tables.RECORD_TABLES if name != parent)
    return bool(unit.rows_of(f"{' UNION ALL '.join(others)} LIMIT 1", {"row": row}))


def _stand_in(unit: Unit, done: Mended, kind: type[Record], row: bytes, newest: dict[bytes, dict[str, Any]]) -> None:
    """Write a record that keeps the place of a lost one, with what the journal still knows of it."""
    table = tables.RECORD_TABLES[kind.table]
    values = dict.fromkeys(one.name for one in kind.fields)
    for one in kind.fields:
        if one.required is When.CREATE:
            values[one.name] = _something(unit, done, one.kind, row, newest)
    known = {name: value for name, value in newest.get(row, {}).items() if name in table.c and value is not None}
    columns = {**store(kind, values), **known, "id": row, "deleted_at": None}
    # Last, because the journal may tell of a name from before its reading was kept.
    columns |= derived_columns(kind, columns)
    unit.connection.execute(insert(table), columns)
    done.stand_ins.setdefault(kind.table, []).append(UUID(bytes=row))


def _something(unit: Unit, done: Mended, kind: Any, row: bytes, newest: dict[bytes, dict[str, Any]]) -> Any:
    if isinstance(kind, Ref):
        return _nameless(unit, done, kind.columns[0].refers_to or "", newest)
    if isinstance(kind, Day):
        return _day_of_making(row)
    return _("(lost by damage)")


def _nameless(unit: Unit, done: Mended, target: str, newest: dict[bytes, dict[str, Any]]) -> UUID:
    if target not in done.nameless:
        done.nameless[target] = new_id()
        _stand_in(unit, done, RECORDS[target], done.nameless[target].bytes, newest)
    return done.nameless[target]


def _day_of_making(row: bytes) -> date:
    return datetime.fromtimestamp((UUID(bytes=row).int >> _MS_IN_ID) / 1000, tz=UTC).astimezone().date()


def _tell_of_unknown(unit: Unit) -> None:
    for name in tables.RECORD_TABLES:
        unit.connection.exec_driver_sql(
            'INSERT INTO change(unit, "table", "row", op) '
            f"SELECT ?, ?, id, 'I' FROM \"{name}\" WHERE {following.UNKNOWN.format(table=name)}",
            (unit.n, name),
        )


def _tell_of_strayed(unit: Unit) -> None:
    for strayed in list(following.strayed(unit)):
        unit.connection.execute(
            insert(tables.change).values(
                unit=unit.n,
                table=strayed.table,
                row=strayed.row,
                op="U",
                old=json.dumps(strayed.told, ensure_ascii=False),
                new=json.dumps(strayed.present, ensure_ascii=False),
            )
        )
