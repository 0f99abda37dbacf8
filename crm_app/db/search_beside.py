"""Indexing beside the records: the words of a ledger are worked into the full-text index by a thread of its own.

It is two fifths of what writing a ledger takes, and needs nothing of the book but the index's table of contents. So a
second SQLite has the index in memory, with these contents and nothing else, and writes what the book would write; the
book takes the pages over as they are, and at last the contents, all within its own transaction.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from queue import Queue
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain.search_documents import BrokenEntries

_CONTENTS = "id IN (1, 10)"
"""Where FTS5 keeps how many entries there are, and of which pieces the index is (fts5_index.c of SQLite)."""

_HELD = 4
"""Inserts that are held back, 11 MB each: they are worked in while the list indexes are made, where the other processor
would have nothing to do."""

_FOR_EACH = 3
"""So many inserts are handed over for each that is held back: the list indexes take half the time of all words."""

_MOST_PIECES = 900
"""Pieces up to which nothing is merged while more are written: what is merged would have to be read."""


class Insert(NamedTuple):
    """A statement that puts words into the index, its values, and how many entries it makes."""

    statement: str
    values: Sequence[Any]
    amount: int


class _Written(NamedTuple):
    """What the index has made of one insert: its pages, where words begin on them, and how long each entry is.

    The lengths are JSON, number by number, for each origin: of arrays SQLite would need twice as long.
    """

    pages: list[tuple[int, bytes]]
    begins: list[tuple[int, bytes, int]]
    sizes: list[tuple[int, str]]


class Beside:
    """The index of one unit of work, while a thread writes it; :meth:`end` before anything else touches the index."""

    def __init__(self, reader: Reader) -> None:
        self._raw: Any = reader.connection.connection.dbapi_connection
        self._worker: _Worker | None = None
        self._pieces = 0
        self._held: deque[Insert] = deque()
        self._handed = 0

    def add(self, insert: Insert) -> bool:
        """Have words indexed, and take over what is done; False where the book has to do so itself.

        Some are held back until :meth:`hand_over`. Waits for the one that is under way before the next is begun. Raise
        BrokenEntries where those of an earlier one are none.
        """
        if self._pieces > _MOST_PIECES:
            self.end()
        if self._worker is None:
            self._pieces = self._raw.execute("SELECT count(DISTINCT segid) FROM search_text_idx").fetchone()[0]
            if self._pieces > _MOST_PIECES:
                return False
            _forget(self._raw)
            contents = self._raw.execute(f"SELECT id, block FROM search_text_data WHERE {_CONTENTS}").fetchall()
            self._worker = _Worker(contents, self._raw.execute("SELECT k, v FROM search_text_config").fetchall())
        self._held.append(insert)
        if len(self._held) > min(_HELD, self._handed // _FOR_EACH):
            self._worker.jobs.join()
            self._worker.jobs.put(self._held.popleft())
            self._handed += 1
        self._take_over(self._worker)
        return True

    def hand_over(self) -> None:
        """Have worked in what is held back, for nothing more comes soon."""
        while self._worker is not None and self._held:
            self._worker.jobs.put(self._held.popleft())

    def end(self) -> None:
        """Take over all that is still under way. Raise BrokenEntries."""
        self.hand_over()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()
            self._take_over(worker)
            self._raw.executemany("UPDATE search_text_data SET block = ?2 WHERE id = ?1", worker.contents)
            _forget(self._raw)

    def close(self) -> None:
        """Let go of what is under way, where the unit is rolled back."""
        self._held.clear()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _take_over(self, worker: _Worker) -> None:
        while worker.done:
            written = worker.done.popleft()
            self._raw.executemany("INSERT INTO search_text_data(id, block) VALUES (?, ?)", written.pages)
            self._raw.executemany("INSERT INTO search_text_idx(segid, term, pgno) VALUES (?, ?, ?)", written.begins)
            self._pieces += len({segid for segid, _term, _page in written.begins})
            self._raw.executemany(
                "INSERT INTO search_text_docsize(id, sz, origin) "
                "SELECT CAST(key AS INTEGER), unhex(value), ?1 FROM json_each(?2)",
                written.sizes,
            )
        if worker.error is not None:
            raise worker.error


class _Worker:
    """A thread with an index in memory. ``contents`` are the book's, and when it has ended those that follow on."""

    def __init__(self, contents: list[tuple[int, bytes]], settings: list[tuple[str, Any]]) -> None:
        self.contents, self._settings = contents, settings
        self.jobs: Queue[Insert | None] = Queue()
        self.done: deque[_Written] = deque()
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="indexing", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wait until all is done."""
        self.jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - the thread of the unit raises it
            self.error = error
            while self.jobs.get() is not None:
                self.jobs.task_done()

    def _work(self) -> None:
        with closing(dbapi2.connect(":memory:", isolation_level=None)) as memory:
            memory.execute("PRAGMA temp_store = MEMORY")
            memory.execute(tables.SEARCH_INDEX)
            memory.executemany("REPLACE INTO search_text_config(k, v) VALUES (?, ?)", self._settings)
            memory.executemany("REPLACE INTO search_text_data(id, block) VALUES (?, ?)", self.contents)
            memory.execute("BEGIN")
            _forget(memory)
            memory.execute("COMMIT")
            while (job := self.jobs.get()) is not None:
                try:
                    self.done.append(_written(memory, job))
                finally:
                    # Not kept while the next one is waited for.
                    del job
                    self.jobs.task_done()
            self.contents = memory.execute(f"SELECT id, block FROM search_text_data WHERE {_CONTENTS}").fetchall()


def _written(memory: Any, insert: Insert) -> _Written:
    """Return what the index in memory has written, which keeps its contents alone."""
    memory.execute("BEGIN")
    try:
        amount = memory.execute(insert.statement, insert.values).rowcount
    except dbapi2.OperationalError as error:
        if "JSON" in str(error):
            raise BrokenEntries from error
        raise
    if amount != insert.amount:
        raise BrokenEntries
    memory.execute("COMMIT")
    sizes = "SELECT origin, json_group_object(id, hex(sz)) FROM search_text_docsize GROUP BY origin"
    written = _Written(
        memory.execute(f"SELECT id, block FROM search_text_data WHERE NOT {_CONTENTS}").fetchall(),
        memory.execute("SELECT segid, term, pgno FROM search_text_idx").fetchall(),
        memory.execute(sizes).fetchall(),
    )
    memory.execute("BEGIN")
    memory.execute(f"DELETE FROM search_text_data WHERE NOT {_CONTENTS}")
    memory.execute("DELETE FROM search_text_idx")
    memory.execute("DELETE FROM search_text_docsize")
    memory.execute("COMMIT")
    return written


def _forget(connection: Any) -> None:
    """Have the index write what it holds back, and read its contents anew: it does so after a rollback."""
    connection.execute("SAVEPOINT contents")
    connection.execute(tables.search_setting("automerge", tables.SEARCH_SETTINGS["automerge"]))
    connection.execute("ROLLBACK TO contents")
    connection.execute("RELEASE contents")
