"""The two engines of an open book, and the key they open it with: the one place that holds a data key.

Shut, they let nobody in and know no key; held still, they keep those who come waiting, so that the file can be
exchanged underneath.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from crm_app.db.engine import make_asking_engine
from crm_app.errors import Locked, Refused
from crm_app.i18n import _

_PATIENCE = 3.0
"""Seconds a running read is given to end by itself."""


class Doors:
    """A writing and a reading engine that ask for the key at every connection."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._key = key
        self._shut = False
        self._still = False
        self._barred = ""
        self._change = threading.Condition()
        self._inside: set[ConnectionPoolEntry] = set()
        self.writer = make_asking_engine(path, lambda: self.key, read_only=False)
        self.reader = make_asking_engine(path, lambda: self.key, read_only=True)
        self._watch(self.reader)

    def __repr__(self) -> str:
        """Say nothing of the key."""
        return "<Doors, shut>" if self._shut else "<Doors>"

    @property
    def key(self) -> bytes | None:
        """The data key, None for a plain book; raise Locked while they are shut, Refused once they are barred."""
        if self._barred:
            raise Refused(self._barred)
        if self._shut:
            raise Locked(_("The book is locked. Type its password to go on."))
        return self._key

    @property
    def are_shut(self) -> bool:
        """Whether nobody is let in."""
        return self._shut

    def _watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "checkout")
        def _on_entering(_connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
            with self._change:
                self._change.wait_for(lambda: not self._still)
                # Asked here too: a connection that stood idle in the pool opens without a key.
                if not self._shut:
                    self._inside.add(entry)
            _ = self.key

        @event.listens_for(engine, "checkin")
        def _on_leaving(_connection: Any, entry: ConnectionPoolEntry) -> None:
            with self._change:
                self._inside.discard(entry)
                self._change.notify_all()
            if self._shut:
                # The pool it came from is gone: nobody else would close it.
                entry.invalidate()

    def shut(self) -> None:
        """Let nobody in, forget the key, and send away who reads: a read that does not end soon is interrupted."""
        with self._change:
            self._key, self._shut = None, True
            if not self._all_left():
                for entry in self._inside:
                    if entry.dbapi_connection is not None:
                        entry.dbapi_connection.interrupt()
                self._all_left()
        self.dispose()

    def bar(self, trouble: Refused) -> Refused:
        """Let nobody in any more, and return the sentence everybody is told: the file is about to be another."""
        words = _(
            "{trouble}. The restore is carried out when the book is opened next: close the program, then open the book "
            "again. Until then nothing is read or written."
        )
        self._barred = words.format(trouble=trouble)
        self.dispose()
        return Refused(self._barred)

    def open(self, key: bytes | None) -> None:
        """Let everybody in with this key."""
        with self._change:
            self._key, self._shut = key, False

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Keep every new read waiting, with no connection open; raise Refused where a read does not end.

        The caller holds the writing lock, so no unit of work runs.
        """
        with self._change:
            self._still = True
        try:
            with self._change:
                if not self._all_left():
                    raise Refused(_("The book is being read just now. Try again in a moment."))
            yield
        finally:
            with self._change:
                self._still = False
                self._change.notify_all()

    def _all_left(self) -> bool:
        return self._change.wait_for(lambda: not self._inside, _PATIENCE)

    def dispose(self) -> None:
        """Close the connections nobody uses."""
        self.reader.dispose()
        self.writer.dispose()
