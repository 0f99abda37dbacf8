"""Kinds that point at rows or keep bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm_app.domain.kinds.base import Column, Kind


class Ref(Kind[UUID]):
    """A reference to a row of another table, by id."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.columns = (Column("", "blob", refers_to=table),)

    def store(self, value: UUID | None, name: str) -> dict[str, Any]:
        """Store the 16 bytes."""
        return {name: None if value is None else value.bytes}

    def store_all(self, values: Sequence[UUID | None], name: str) -> dict[str, list[Any]]:
        """Store the 16 bytes of many."""
        return {name: [None if value is None else value.bytes for value in values]}

    def load(self, row: Mapping[str, Any], name: str) -> UUID | None:
        """Return the id."""
        return None if row[name] is None else UUID(bytes=row[name])


@dataclass(frozen=True)
class Blob(Kind[bytes]):
    """Bytes kept as they are (a final paper)."""

    columns = (Column("", "blob"),)


@dataclass(frozen=True)
class Ids(Kind[tuple[UUID, ...]]):
    """The rows a paper stands on, stored as a JSON array of hexadecimal ids."""

    def store(self, value: tuple[UUID, ...] | None, name: str) -> dict[str, Any]:
        """Store a JSON array."""
        return {name: None if value is None else json.dumps([one.hex for one in value])}

    def load(self, row: Mapping[str, Any], name: str) -> tuple[UUID, ...] | None:
        """Return the ids."""
        return None if row[name] is None else tuple(UUID(hex=one) for one in json.loads(row[name]))
