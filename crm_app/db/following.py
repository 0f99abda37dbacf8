"""Do the records follow from the journal? Which it does not know, and which are not as it last told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm_app.db import tables
from crm_app.db.reader import Reader

ERASED = '(SELECT "row" FROM erasure)'
"""Of erased persons the journal tells nothing, and shall not."""

UNKNOWN = (
    'NOT EXISTS (SELECT 1 FROM change c WHERE c."row" = "{table}".id AND c.op = \'I\') '
    f'AND "{{table}}".id NOT IN {ERASED}'
)
"""The condition of a record whose making the journal does not know."""


@dataclass(frozen=True)
class Strayed:
    """A record that is not what its last entry says: the columns that differ, as told and as they are."""

    table: str
    row: bytes
    told: dict[str, Any]
    present: dict[str, Any]


def strayed(reader: Reader) -> Iterator[Strayed]:
    """Yield the records whose present values are not those their last journal entry wrote."""
    erased = {row["row"] for row in reader.rows(select(tables.erasure.c.row))}
    for name, table in tables.RECORD_TABLES.items():
        # SQLite takes the other columns from the row that holds the maximum.
        last = reader.connection.exec_driver_sql(
            'SELECT t.*, c.new AS "told of it" FROM '
            '(SELECT "row", max(n), new FROM change WHERE "table" = ? AND op = \'U\' GROUP BY "row") c '
            f'JOIN "{name}" t ON t.id = c."row"',
            (name,),
        )
        for row in last.mappings():
            if row["id"] in erased:
                continue
            told = {column: value for column, value in _read(row["told of it"]).items() if column in table.c}
            present = {column: shown(row[column]) for column in told}
            differing = [column for column in told if told[column] != present[column]]
            if differing:
                yield Strayed(
                    name,
                    row["id"],
                    {column: told[column] for column in differing},
                    {column: present[column] for column in differing},
                )


def _read(entry: str) -> dict[str, Any]:
    try:
        read = json.loads(entry)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def shown(value: Any) -> Any:
    """Return a stored value as the journal writes it."""
    return value.hex().upper() if isinstance(value, bytes) else value
