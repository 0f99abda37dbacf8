"""What stands in the way of taking a unit back: the sentences, and the later units that have to go back before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import func, select

from crm_app.db import tables
from crm_app.db.journal import Step, field_of, record_title, step_of
from crm_app.db.reader import Reader
from crm_app.i18n import _

Key = tuple[str, bytes]
"""A row: its table's name and its id as stored."""

_BLOCK = 5_000
_MOST_NAMED = 20
"""So many obstacles are named; of the others only the number is told."""


def blocks(items: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Yield ids in blocks that a statement takes as parameters."""
    for start in range(0, len(items), _BLOCK):
        yield items[start : start + _BLOCK]


class Obstacles:
    """What stands in the way of unit ``n``, and which later units put it there; the first of many rows are named."""

    def __init__(self, reader: Reader, n: int) -> None:
        self._reader, self._n = reader, n
        self._found: dict[tuple[Key, str], str] = {}
        self._units: set[int] = set()
        self._changed: dict[str, list[bytes]] = defaultdict(list)

    def changed_since(self, key: Key, column: str) -> None:
        """Note a field that no longer holds what the unit wrote."""
        field = field_of(key[0], column)
        words = _("{record}: “{field}” was changed since.")
        if column == "deleted_at":
            words = _("{record} was deleted or restored since.")
        self._tell((key, field), words, field=field)
        self._changed[column].append(key[1])

    def leans(self, key: Key) -> None:
        """Note a row that came to refer, since, to one that would go; one that did before was no hindrance then."""
        if self._newest(key, "") > self._n:
            self._tell((key, ""), _("{record} refers to it."))
            self._note(key, "")

    def lacks(self, key: Key, target: Key) -> None:
        """Note a row that needs one which was deleted since; one that was deleted before was lacking then too."""
        if self._newest(target, "$.deleted_at") > self._n:
            other = record_title(self._reader, target[0], UUID(bytes=target[1]))
            self._tell((key, other), _("{record} needs {other}, which was deleted since."), other=other)
            self._note(target, "$.deleted_at")

    def _tell(self, what: tuple[Key, str], words: str, **more: str) -> None:
        named = len(self._found) < _MOST_NAMED
        title = record_title(self._reader, what[0][0], UUID(bytes=what[0][1])) if named else ""
        self._found.setdefault(what, words.format(record=title, **more) if named else "")

    def _newest(self, key: Key, path: str) -> int:
        """Return the newest unit that wrote the column, or any of the row."""
        change = tables.change
        newest = select(func.max(change.c.unit)).where(change.c.row == key[1])
        if path:
            newest = newest.where(func.json_type(change.c.new, path).is_not(None))
        return self._reader.connection.execute(newest).scalar_one() or 0

    def _note(self, key: Key, path: str) -> None:
        """Remember the later unit that has to go back first."""
        found = self._newest(key, path)
        if found > self._n:
            self._units.add(found)

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences, each once."""
        named = tuple(dict.fromkeys(list(self._found.values())[:_MOST_NAMED]))
        more = len(self._found) - _MOST_NAMED
        return (*named, _("… and {n} more.").format(n=more)) if more > 0 else named

    def steps(self) -> tuple[Step, ...]:
        """Return the units, newest first."""
        change = tables.change
        for column, rows in self._changed.items():
            later = select(func.max(change.c.unit)).where(
                change.c.unit > self._n, func.json_type(change.c.new, f"$.{column}").is_not(None)
            )
            for block in blocks(rows):
                newest = later.where(change.c.row.in_(block)).group_by(change.c.row)
                self._units.update(self._reader.connection.execute(newest).scalars())
        return tuple(step for n in sorted(self._units, reverse=True) if (step := step_of(self._reader, n)))
