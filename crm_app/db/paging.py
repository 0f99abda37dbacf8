"""Paging by key: every list screen reads blocks that start behind the last row of the block before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, tuple_
from sqlalchemy.sql import ColumnElement

from crm_app.db.reader import Reader


@dataclass(frozen=True)
class Sort:
    """A sort of a list: the name of its key and its direction."""

    key: str
    descending: bool = False


@dataclass(frozen=True)
class After:
    """Where a block ended: the sort key's value and the id of its last row."""

    value: Any
    id: bytes


@dataclass(frozen=True)
class Page:
    """One block of a list; ``after`` is None at the end."""

    rows: list[Mapping[str, Any]]
    after: After | None


def page(
    reader: Reader,
    statement: Select[Any],
    key: ColumnElement[Any],
    row_id: ColumnElement[Any],
    *,
    descending: bool,
    after: After | None,
    limit: int,
) -> Page:
    """Return the block of ``statement`` behind ``after``, sorted by ``key`` (which must never be NULL) and the id."""
    if after is not None:
        here, behind = tuple_(key, row_id), tuple_(after.value, after.id)
        statement = statement.where(here < behind if descending else here > behind)
    order = (key.desc(), row_id.desc()) if descending else (key, row_id)
    rows = reader.rows(statement.add_columns(key.label("_key"), row_id.label("_id")).order_by(*order).limit(limit + 1))
    block: list[Mapping[str, Any]] = list(rows[:limit])
    more = len(rows) > limit
    return Page(block, After(block[-1]["_key"], block[-1]["_id"]) if more else None)
