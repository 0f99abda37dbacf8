"""The book (台账库): one file, one program at a time, one writer; every change through a unit of work."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from crm_app import clock
from crm_app.collecting import uncollected
from crm_app.db import (
    backup,
    backup_places,
    checking,
    converting,
    durable,
    faults,
    journal,
    keys,
    making,
    migrate,
    swapping,
    tables,
    trouble,
    undo,
)
from crm_app.db.changes import Changes
from crm_app.db.doors import Doors
from crm_app.db.engine import make_engine
from crm_app.db.ids import start_above
from crm_app.db.lock import BookLock
from crm_app.db.reader import Reader
from crm_app.db.unit import Origin, Unit
from crm_app.domain.backups import Kind
from crm_app.errors import Damaged, NotFound, Refused
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
    """An open book. Make one with :meth:`create` or :meth:`open`, and close it."""

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

    @classmethod
    def create(cls, path: Path, slots: keys.KeySlots | None = None, key: bytes | None = None) -> Book:
        """Make a new book; raise Refused where a file already stands.

        With a data key, and the slots it is wrapped in, it is encrypted from its first byte.
        """
        if not path.parent.is_dir():
            raise Refused(_("There is no folder {path}. Make it first.").format(path=path.parent))
        book = cls(path, key)
        book._lock.acquire()
        try:
            making.clear_interrupted(path)
            # Keys without a book are the keys of one that is away: they are never written over.
            for taken in (path, keys.keys_file(path)):
                if taken.exists():
                    raise Refused(_("There is already a file {path}. Choose another name.").format(path=taken))
            making.make(path, slots, key)
            book._use_wal()
            book._learn_origin()
        except BaseException as error:
            book.close()
            if isinstance(error, OSError):
                raise backup.cannot_write(path, error) from error
            sentence = trouble.refused(error)
            if sentence is not None:
                raise sentence from error
            raise
        return book

    @classmethod
    def open(cls, path: Path, secret: str | None = None, report: Report | None = None) -> Book:
        """Open a book, bringing an older one up to date after copying it; ``secret``: its password or recovery key.

        ``report`` hears how far bringing it up to date is, and may raise Cancelled: the book is then as it was.

        Raise NotFound where there is no file, Locked where the secret is missing or wrong, Refused for a book that is
        open elsewhere, a newer or a foreign one.
        """
        swapping.finish_interrupted(path)
        if not path.is_file():
            raise NotFound(_("There is no book at {path}. Make one with “new”.").format(path=path))
        book = cls(path, keys.unlock(path, secret))
        died = book._lock.acquire()
        try:
            making.clear_interrupted(path)
            book._bring_up_to_date(report)
            if died:
                book._look_for_damage()
            # A backup that is looked into where it stands stays as it was made, byte for byte.
            if not backup.sum_file(path).exists() and not book._uses_wal():
                book._use_wal()
            converting.finish_interrupted(book)
        except BaseException:
            # What was not found sound is looked at again by whoever opens it next.
            book._let_go(leave_mark=died)
            raise
        return book

    @classmethod
    def hold(cls, path: Path, secret: str | None = None) -> Book:
        """Take a book's lock without looking inside: its content, sound, damaged or missing, is about to be replaced.

        Raise NotFound where there is no folder for it, Refused for a locked one.
        """
        swapping.finish_interrupted(path)
        if not path.parent.is_dir():
            raise NotFound(_("There is no folder {path}. Make it first.").format(path=path.parent))
        asked = path.is_file() and keys.keys_file(path).exists()
        book = cls(path, keys.unlock(path, secret) if asked else None)
        book._lock.acquire()
        return book

    def _uses_wal(self) -> bool:
        """Say whether one may write while others read: not in a backup, which is one file, that is opened as a book."""
        with self.read() as reader:
            return bool(reader.rows_of("PRAGMA journal_mode")[0][0] == "wal")

    def _use_wal(self) -> None:
        with self._writer.connect() as connection:
            # No effect inside a transaction, therefore before SQLAlchemy's BEGIN.
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]

    def _bring_up_to_date(self, report: Report | None) -> None:
        # By a connection that stays: the schema is parsed at each, which takes most of the time of opening a book.
        revision = _revision_of(self.path, self.key, self._reader)
        if revision != migrate.HEAD:
            self._reader.dispose()
            at_ms = clock.now_ms()
            kept = backup.new_path(self.path, backup_places.backups_folder(self.path), at_ms, Kind.UPGRADE)
            backup.copy(self.path, kept, self.key)
            migrate.migrate(self._writer, report)
            backup_places.note(self, kept, at_ms, 0)
        self._learn_origin()

    def _learn_origin(self) -> None:
        with self.read() as reader:
            self._origin = reader.connection.execute(
                select(tables.book_info.c.value).where(tables.book_info.c.key == "origin")
            ).scalar_one()
            newest = reader.connection.execute(select(func.max(tables.change.c.row))).scalar_one()
        if newest is not None:
            start_above(UUID(bytes=newest))

    def _look_for_damage(self) -> None:
        """Check the pages after a crash; raise Refused where they are damaged, so that nothing is written on top."""
        with self.read() as reader:
            damage = checking.pages(reader)
        if damage:
            words = _("The book was damaged when the program or laptop last stopped. {detail}")
            raise Damaged(words.format(detail=damage[0]))

    def take_ready(self, key: bytes | None) -> None:
        """Let the content that swapping.py has ready, under its own key, take the place of the book's.

        The book stays open. Raise Refused, leaving it as it is, while a read does not end or the disk refuses. Where it
        refuses after it was decided, the book is barred: what is written now would go when that is carried out.
        """
        with self._writing, self._doors.held_still():
            self._empty_wal()
            self._doors.dispose()
            try:
                swapping.decide(self.path)
                swapping.carry_out(self.path)
            except (OSError, Refused) as error:
                sentence = backup.cannot_write(self.path, error) if isinstance(error, OSError) else error
                if swapping.is_decided(self.path):
                    sentence = self._doors.bar(sentence)
                raise sentence from error
            self._doors.open(key)
            self._use_wal()
        self._learn_origin()

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

    def close(self) -> None:
        """Close the book and let go of its lock."""
        self._let_go()

    def _let_go(self, *, leave_mark: bool = False) -> None:
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
            self._use_wal()

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
