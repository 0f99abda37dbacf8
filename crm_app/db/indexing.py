"""How the search index follows a unit of work: what it was told beforehand waits until three blocks of it are whole.

The index writes a piece out wherever a number does not follow on, or another statement begins: three pieces for a
block would be three times as much to look through, and a word that stands in all of them is written but once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import ge

from crm_app.db import search_entries, search_index, search_packed
from crm_app.db.reader import Reader
from crm_app.db.search_beside import Beside
from crm_app.db.search_documents import rows
from crm_app.domain.enterprises import EnterpriseName
from crm_app.domain.search_documents import KnownEntries
from crm_app.domain.search_kinds import shapes
from crm_app.progress import Report

_BLOCKS = 3
"""Blocks of a ledger that are written together: with more, there are more words than a processor's cache holds."""

_INDEXED = frozenset((*shapes(), EnterpriseName.table))
"""The tables whose records are indexed, be it with another one."""


class Indexing:
    """The index of one unit: up to which change of the journal it is in step, and what waits.

    ``note`` writes in the journal what was made and is not noted yet.
    """

    def __init__(self, reader: Reader, n: int, note: Callable[[], None]) -> None:
        self._reader, self._n, self._note = reader, n, note
        self._indexed = self._made = 0
        self._waiting: list[tuple[str, Sequence[bytes], KnownEntries]] = []
        self._beside: Beside | None = None

    def expect_many(self) -> None:
        """Make ready for very many new records: what is told of them is indexed beside the other work."""
        search_entries.merge_later(self._reader)
        self._beside = Beside(self._reader)

    def before(self, table: str, *, told: bool) -> None:
        """Make ready for new records of a table; ``told``: their entries are known."""
        if table in _INDEXED and not (told and self._joins(table)):
            self.settle()
        if told and not self._waiting:
            self.follow()

    def _joins(self, table: str) -> bool:
        """Say whether records of a table may wait with the others; one that does not follow on begins a block."""
        waiting = [shapes()[one].first for one, _ids, _known in self._waiting]
        begun = sum(map(ge, waiting, [*waiting[1:], shapes()[table].first]))
        return bool(waiting) and begun < _BLOCKS

    def after(self, table: str, ids: Sequence[bytes], entries: KnownEntries | None) -> None:
        """Take note of new records of a table."""
        if entries is not None:
            self._waiting.append((table, ids, entries))
        self._made += len(ids)

    def settle(self) -> None:
        """Index what waits, before anything else is written of records that are indexed."""
        if self._waiting:
            self._note()
            newest, written = self._written()
            # Where more was written, what was told may be out of date: all is read anew when the index follows.
            if written == self._made:
                search_packed.add(self._reader, self._waiting, self._beside)
                self._indexed, self._made = newest, 0
            self._waiting = []

    def follow(self, report: Report | None = None) -> None:
        """Bring the index in step with all that was written; ``report`` hears how far it is."""
        self.settle()
        self._note()
        if self._beside is not None and self._written()[1]:
            self._beside.end()
        self._indexed = search_index.bring_in_step(self._reader, self._n, self._indexed, report)
        self._made = 0

    def _written(self) -> tuple[int, int]:
        """Return the newest entry of the journal that is not indexed, and how many there are."""
        statement = "SELECT max(n), count(*) FROM change WHERE unit = ? AND n > ?"
        newest, written = next(rows(self._reader, statement, self._n, self._indexed))
        return newest, written

    def hand_over(self) -> None:
        """Have all words worked in from now on: the indexes of the lists are made meanwhile."""
        if self._beside is not None:
            self._beside.hand_over()

    def end(self) -> None:
        """Have the index whole, as every other unit writes it."""
        if self._beside is not None:
            self._beside.end()
            search_entries.merge_again(self._reader)

    def close(self) -> None:
        """Let go of what is under way, whatever became of the unit."""
        if self._beside is not None:
            self._beside.close()
