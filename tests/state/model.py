"""What a book should hold, in plain dictionaries: living rows, and the units of work that made them so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Row = dict[str, Any]
Rows = dict[tuple[str, UUID], Row]


@dataclass
class Done:
    """One unit of work: its number, and for each row it touched what stood there before and after; None: no row."""

    n: int
    steps: dict[tuple[str, UUID], tuple[Row | None, Row | None]]
    idle: set[tuple[str, UUID]] = field(default_factory=set)
    """Rows its undo had nothing to do with."""


@dataclass
class Model:
    """The rows, those that were taken away, what was done and stands (by number), what was undone (newest last)."""

    rows: Rows = field(default_factory=dict)
    gone: Rows = field(default_factory=dict)
    together: dict[tuple[str, UUID], set[tuple[str, UUID]]] = field(default_factory=dict)
    """For a row that is gone, what went in the same step."""
    done: list[Done] = field(default_factory=list)
    undone: list[Done] = field(default_factory=list)

    def of(self, table: str) -> list[UUID]:
        """Return the ids of a table's rows, in order."""
        return sorted(row for kind, row in self.rows if kind == table)

    def expect(self, n: int, changes: Mapping[tuple[str, UUID], Row | None]) -> None:
        """Do a unit of work: ``changes`` are fields of rows, new ones or known; None takes a row away."""
        steps: dict[tuple[str, UUID], tuple[Row | None, Row | None]] = {}
        for key, values in changes.items():
            before = self.rows.get(key)
            after = None if values is None else {**(before or self.gone.get(key, {})), **values}
            steps[key] = (deepcopy(before), after)
        self._put(steps)
        self.done.append(Done(n, steps))
        self.undone.clear()

    def undo(self, place: int = -1) -> Done:
        """Take back a unit that stands, by default the last one."""
        one = self.done.pop(place)
        # A row that another step had taken away already stays away when this one is done again.
        one.idle = {key for key, (before, _after) in one.steps.items() if before is None and key not in self.rows}
        self._put({key: (after, before) for key, (before, after) in one.steps.items() if key not in one.idle})
        self.undone.append(one)
        return one

    def redo(self) -> Done:
        """Do again what was undone last."""
        one = self.undone.pop()
        self._put({key: step for key, step in one.steps.items() if key not in one.idle})
        self.done.append(one)
        self.done.sort(key=lambda done: done.n)
        return one

    def _put(self, steps: Mapping[tuple[str, UUID], tuple[Row | None, Row | None]]) -> None:
        """Bring rows from what was before to what is after, field by field: others may have changed since."""
        going = {key for key, (_before, after) in steps.items() if after is None and key in self.rows}
        for key, (before, after) in steps.items():
            if after is None:
                if key in going:
                    self.gone[key], self.together[key] = self.rows.pop(key), going
            elif before is None:
                self.rows[key] = self.gone.pop(key, None) or dict(after)
            else:
                held = self.rows.get(key, self.gone.get(key))
                assert held is not None
                held.update({name: value for name, value in after.items() if before.get(name) != value})

    def copy(self) -> Model:
        """Return the model as it stands, for a backup."""
        return deepcopy(self)

    def with_what_they_need(self, keys: Iterable[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
        """Return those of ``keys`` that are gone, and what they refer to that is gone, with all that went along."""
        found: set[tuple[str, UUID]] = set()
        waiting = [key for key in keys if key in self.gone]
        while waiting:
            key = waiting.pop()
            found.add(key)
            needed = [("enterprise", self.gone[key].get("enterprise_id")), ("lead", self.gone[key].get("lead_id"))]
            for one in needed:
                if one in self.gone and one not in found:
                    waiting += [other for other in self.together[one] if other in self.gone and other not in found]
        return found
