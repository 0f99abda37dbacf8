"""What a book should hold, in plain dictionaries: living rows, and the units of work that made them so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Row = dict[str, Any]
Rows = dict[tuple[str, UUID], Row]


@dataclass
class Done:
    """One unit of work: for each row it touched, what stood there before and after; None: no living row."""

    label: str
    steps: dict[tuple[str, UUID], tuple[Row | None, Row | None]]


@dataclass
class Model:
    """The rows, what was done and stands, and what was undone and can be done again."""

    rows: Rows = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    undone: list[Done] = field(default_factory=list)

    def of(self, table: str) -> list[UUID]:
        """Return the ids of a table's rows, in order."""
        return sorted(row for kind, row in self.rows if kind == table)

    def expect(self, label: str, changes: Mapping[tuple[str, UUID], Row | None]) -> None:
        """Do a unit of work: ``changes`` are fields of rows, new ones or known; None takes a row away."""
        steps: dict[tuple[str, UUID], tuple[Row | None, Row | None]] = {}
        for key, values in changes.items():
            before = self.rows.get(key)
            after = None if values is None else {**(before or {}), **values}
            steps[key] = (deepcopy(before), after)
        self._put(steps)
        self.done.append(Done(label, steps))
        self.undone.clear()

    def undo(self) -> Done:
        """Take back the last unit that stands."""
        last = self.done.pop()
        self._put({key: (after, before) for key, (before, after) in last.steps.items()})
        self.undone.append(last)
        return last

    def redo(self) -> Done:
        """Do again what was undone last."""
        last = self.undone.pop()
        self._put(last.steps)
        self.done.append(last)
        return last

    def _put(self, steps: Mapping[tuple[str, UUID], tuple[Row | None, Row | None]]) -> None:
        for key, (_before, after) in steps.items():
            if after is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = dict(after)

    def copy(self) -> Model:
        """Return the model as it stands, for a backup."""
        return deepcopy(self)

    def referring(self, enterprise: UUID) -> Iterator[str]:
        """Name the tables with a row done with an enterprise."""
        for (table, _row), values in self.rows.items():
            if table in ("lead", "visit", "follow_up", "investor") and values.get("enterprise_id") == enterprise:
                yield table
