"""The book (台账库): one file, one program at a time, one writer; every change through a unit of work."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from crm_app.collecting import uncollected
from crm_app.db import checking, durable, faults, journal, keys, migrate, tables, trouble, undo
from crm_app.db.changes import Changes
from crm_app.db.doors import Doors
from crm_app.db.engine import make_engine
from crm_app.db.ids import start_above
from crm_app.db.lock import BookLock
from crm_app.db.reader import Reader
from crm_app.db.unit import Origin, Unit
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard


@contextmanager
def _looking_into(path: Path, key: bytes | None, engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection:
            yield connection
    except checking.NOT_A_DATABASE as error:
        # The key was proved by its seal, and the head of the file says SQLite: what follows is damage.
        if trouble.is_damage(error) and not (key is None and not keys.is_plain(path)):
            raise trouble.refused(error) or error from error
        raise Refused(_("This file is not a book of this program. Choose a .crm file.")) from error


def _revision_of(path: Path, key: bytes | None, engine: Engine) -> str:
    """Return the revision of the book that an engine reads; raise Refused for what is none this program can read."""
    with _looking_into(path, key, engine) as connection:
        revision = migrate.revision_of(connection)
    if revision is None:
        raise Refused(_("This file is empty, not a book. Choose a .crm file, or make a new book."))
    migrate.refuse_newer(revision)
    return revision


class Book:
    """An open book: opening.py makes and opens one; close it."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self.path = path
        self._lock = BookLock(path)
        self._writing = threading.Lock()
        self._whole = threading.RLock()
        self._doors = Doors(path, key)
        self._writer = self._doors.writer
        self._reader = self._doors.reader
        self._who = getpass.getuser()
        self._origin = ""

    @property
    def key(self) -> bytes | None:
        """The data key, None for a plain book; raise Locked while locked. Nobody keeps it, logs it or shows it."""
        return self._doors.key

    def acquire(self) -> bool:
        """Take the lock of the book, else raise Refused; say whether the program that had it last died with it."""
        return self._lock.acquire()

    def uses_wal(self) -> bool:
        """Say whether one may write while others read: not in a backup, which is one file, that is opened as a book."""
        with self.read() as reader:
            return bool(reader.rows_of("PRAGMA journal_mode")[0][0] == "wal")

    def use_wal(self) -> None:
        """Let others read while one writes."""
        with self._writer.connect() as connection:
            # No effect inside a transaction, therefore before SQLAlchemy's BEGIN.
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]

    def revision(self) -> str:
        """Return the revision of its schema; raise Refused for none that this program can read.

        By a connection that stays: the schema is parsed at each, which takes most of the time of opening a book.
        """
        return _revision_of(self.path, self.key, self._reader)

    def migrate(self, report: Report | None) -> None:
        """Bring its schema up to date; ``report`` may raise Cancelled: the book is then as it was."""
        self._reader.dispose()
        migrate.migrate(self._writer, report)

    def learn_origin(self) -> None:
        """Learn whose book it is, and above which ids new ones begin: what is in the file may be another's."""
        with self.read() as reader:
            self._origin = reader.connection.execute(
                select(tables.book_info.c.value).where(tables.book_info.c.key == "origin")
            ).scalar_one()
            newest = reader.connection.execute(select(func.max(tables.change.c.row))).scalar_one()
        if newest is not None:
            start_above(UUID(bytes=newest))

    @contextmanager
    def exchanged(self, key: bytes | None) -> Iterator[Callable[[Refused], Refused]]:
        """Put another content, under its own key, in the book's place meanwhile; nobody is inside, and it stays open.

        Yield what bars the book: where the exchange is left half done, whatever is written now would go. Raise Refused
        while a read does not end.
        """
        with self._writing, self._doors.held_still():
            self._empty_wal()
            self._doors.dispose()
            yield self._doors.bar
            self._doors.open(key)
            self.use_wal()
        self.learn_origin()

    def _empty_wal(self) -> None:
        """Bring what stands in the WAL into the file, for the WAL goes before the file is replaced.

        Raise Refused while a read keeps it from being emptied. What is damaged has nothing to lose.
        """
        try:
            with self._writer.connect() as connection:
                raw = connection.connection.dbapi_connection
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]  # type: ignore[union-attr]
        except (checking.NOT_A_DATABASE, dbapi2.DatabaseError):
            return
        if busy:
            raise Refused(_("The book is being read just now. Try again in a moment."))

    def close(self, *, leave_mark: bool = False) -> None:
        """Close the book and let go of its lock; ``leave_mark``: whoever opens it next looks whether it is sound."""
        self._doors.dispose()
        self._lock.release(leave_mark=leave_mark)

    @property
    def is_locked(self) -> bool:
        """Whether its key is forgotten until :meth:`unlock`."""
        return self._doors.are_shut

    def lock(self) -> None:
        """Forget the key and close every connection; whatever reads or writes then raises Locked.

        Waits for a running unit of work, and a little for running reads. No other program gets the book meanwhile.
        Raise Refused for a plain book.
        """
        with self._writing:
            if self.is_locked:
                return
            if self.key is None:
                raise Refused(_("This book has no password, so it cannot be locked. Give it one in the settings."))
            self._doors.shut()

    def unlock(self, secret: str) -> None:
        """Open the locked book again; raise Locked for a wrong password or recovery key."""
        key = keys.unlock(self.path, secret)
        engine = make_engine(self.path, key, read_only=True)
        try:
            _revision_of(self.path, key, engine)
        finally:
            engine.dispose()
        with self._writing:
            self._doors.open(key)

    @contextmanager
    def as_a_whole(self) -> Iterator[None]:
        """Copy or convert the file as a whole, one at a time: a backup begun in the clear must not outlive that."""
        with self._whole:
            yield

    @contextmanager
    def writing_barred(self) -> Iterator[None]:
        """Keep every unit of work and every backup waiting: the file is about to be exchanged."""
        with self._whole, self._writing:
            yield

    def take(self, incoming: Path, key: bytes | None) -> None:
        """Put a file with the same content under another key in the place of the book's; writing is barred.

        Raise Refused, leaving the book as it is, while a read does not end.
        """
        with self._doors.held_still():
            before = self.key
            try:
                self._exchange(incoming, "convert")
            finally:
                # Also where the rename was done and only the sync of the folder failed: the key of what stands there.
                self._doors.open(before if incoming.exists() else key)
            self.use_wal()

    def write_anew(self) -> None:
        """Write the file anew, so that nothing that was taken away stands in it or in its WAL.

        Raise Refused where the disk has no room for it or a read does not end; the book is then as it was.
        """
        with self._writing, self._doors.held_still(), self._writer.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            try:
                raw.execute("PRAGMA secure_delete = ON")
                raw.execute("VACUUM")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except dbapi2.OperationalError as error:
                raise Refused(
                    _("The book could not be written anew ({reason}). Make room on the disk, then try again.").format(
                        reason=error
                    )
                ) from error

    def _exchange(self, incoming: Path, what: faults.Put) -> None:
        self._empty_wal()
        self._doors.dispose()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        durable.put(incoming, self.path, what)

    def write_as(self, who: str) -> None:
        """Name the person whose changes follow."""
        self._who = who

    @property
    def who(self) -> str:
        """The person whose changes are written."""
        return self._who

    def unit(self, label: str, *, final: bool = False, undoes: int | None = None) -> Unit:
        """Return a unit of work to be entered with ``with``; ``label`` says in words what it does.

        A ``final`` one is never undone; one that ``undoes`` another takes it back.
        """
        origin = Origin(self._origin, self._who)
        return Unit(self._writer, self._writing, origin, label, final=final, undoes=undoes)

    def read(self) -> Reader:
        """Return a read transaction to be entered with ``with``."""
        return Reader(self._reader)

    @contextmanager
    def write_outside_journal(self) -> Iterator[Connection]:
        """Yield a write transaction for what the journal does not keep: drafts, the search index made anew."""
        try:
            with self._writing, self._writer.begin() as connection:
                yield connection
                faults.before_commit("outside")
            faults.after_commit("outside")
        except DatabaseError as error:
            sentence = trouble.refused(error)
            if sentence is not None:
                raise sentence from error
            raise

    def undo(self, n: int | None = None, report: Report = unheard) -> Changes:
        """Take back unit ``n``, by default the last that stands; raise Refused listing what stands in the way."""
        with self.read() as reader:
            step = journal.undoable(reader, n)
        return self._take_back(step, _("Undo: {label}").format(label=step.label), report)

    def redo(self, n: int | None = None, report: Report = unheard) -> Changes:
        """Do unit ``n`` again, by default the one undone last; raise Refused where it stands or cannot be done."""
        with self.read() as reader:
            step = journal.redoable(reader, n)
        return self._take_back(step, _("Redo: {label}").format(label=step.label), report)

    def _take_back(self, step: journal.Step, label: str, report: Report) -> Changes:
        with uncollected(), self.unit(label, undoes=step.n) as unit:
            undo.take_back(unit, step.n, report)
            return unit.commit(report)

    def check(self, progress: Report = unheard) -> list[str]:
        """Return what is wrong with the book, a sentence each; empty for a sound one."""
        return [one.sentence for one in checking.check_file(self.path, self.key, progress) if not one.harmless]
