"""Making, opening and looking after a book: the opaque handle every use case takes first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from crm_app import clock, paths
from crm_app.db import access, backup, backup_places, dictionaries, erasing, keys, merging, opening, previews, restoring
from crm_app.db.book import Book
from crm_app.db.journal import FieldChange, Step, history, last_unit_at, shown_field
from crm_app.db.restoring import Restored
from crm_app.domain.access import BOOK, Act
from crm_app.domain.backups import Kind
from crm_app.domain.fields import RECORDS, Record, values_of
from crm_app.domain.staff import DictionaryEntry, Person, Setting
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.outcome import Changes, Outcome

__all__ = ["Book", "FieldChange", "Restored", "Step"]

BUREAU = "bureau"
ME = "me"
BOOK_DAY = "book_day"
SAMPLE = "sample"
QR_CODES = "qr_codes"
"""Whether papers of a record have a QR code; “no” where the bureau wants none."""


_CLOCK_TOLERANCE_MS = 5 * 60 * 1000


def create_book(path: Path, passphrase: str | None = None, recovery_key: str | None = None) -> Book:
    """Make a new book with the lists that ship; raise Refused where a file already stands.

    With a password and a recovery key it is encrypted from its first byte.
    """
    if passphrase is None or recovery_key is None:
        book = opening.create(path)
    else:
        key = keys.new_data_key()
        book = opening.create(path, keys.wrap(key, passphrase, recovery_key), key)
    with book.unit(_("New book"), final=True) as unit:
        unit.insert_many(DictionaryEntry, _shipped_lists())
        unit.commit()
    return book


def open_book(path: Path, secret: str | None = None, progress: Report | None = None) -> Book:
    """Open a book, write as the person it belongs to, and take a sample book's own day for today.

    ``secret`` is its password or recovery key; raise Locked where it is missing or wrong. ``progress`` hears how far
    bringing an older book up to date is, and may raise Cancelled.
    """
    book = opening.open_book(path, secret, progress)
    try:
        take_up(book)
        if secret is not None and book.key is not None:
            access.note(book, Act.UNLOCK, BOOK)
    except BaseException:
        # Left open it would keep out the next try, as if another program had it.
        close_book(book)
        raise
    return book


def take_up(book: Book) -> None:
    """Write as the person a book belongs to, and take a sample book's own day for today."""
    day = setting(book, BOOK_DAY)
    clock.pin_today(date.fromisoformat(day) if day else None)
    person = me(book)
    if person is not None:
        book.write_as(person.name)
    _take_in_new_lists(book)


def _take_in_new_lists(book: Book) -> None:
    """Give an older book the shipped lists it has no entry of: a migration may not insert records."""
    with book.read() as reader:
        known = dictionaries.filled(reader)
    new = [entry for entry in _shipped_lists() if entry["list_name"] not in known]
    if new:
        with book.unit(_("New lists"), final=True) as unit:
            unit.insert_many(DictionaryEntry, new)
            unit.commit()


def clock_warning(book: Book) -> str | None:
    """Return a sentence where the laptop's clock stands well before the last change of the book; None otherwise."""
    with book.read() as reader:
        last = last_unit_at(reader)
    now = clock.now_ms()
    if last is None or last <= now + _CLOCK_TOLERANCE_MS:
        return None
    words = _(
        "The laptop's clock says {now}, but the last change in this book was made at {last}. Set the clock right: "
        "dates and backups go by it. Nothing is lost, and the order of changes stays."
    )
    return words.format(now=f"{clock.local(now):%Y-%m-%d %H:%M}", last=f"{clock.local(last):%Y-%m-%d %H:%M}")


def hold_book(path: Path, secret: str | None = None) -> Book:
    """Take a book, sound or damaged, to restore a copy in its place and for nothing else."""
    return opening.hold(path, secret)


def close_book(book: Book) -> None:
    """Close the book."""
    clock.pin_today(None)
    book.close()


@cache
def _shipped_lists() -> list[dict[str, object]]:
    path = paths.resources() / "dictionaries" / "lists.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return [
        {
            "list_name": entry["list"],
            "name": entry["name"],
            "heading": entry.get("heading"),
            "aliases": tuple(entry["aliases"]) if "aliases" in entry else None,
            "year": entry.get("year"),
            "place": place,
            "confirmed": entry.get("confirmed", True),
        }
        for place, entry in enumerate(entries)
    ]


def setting(book: Book, key: str) -> str | None:
    """Return a setting of the book, or None."""
    with book.read() as reader:
        found = reader.find(Setting, key=key)
    return found[0].value if found else None


def change_setting(book: Book, key: str, value: str | None) -> Outcome[None]:
    """Write a setting of the book."""
    with book.unit(_("Change a setting")) as unit:
        found = unit.find(Setting, key=key)
        if found:
            unit.update(Setting, found[0].id, value=value)
        else:
            unit.insert(Setting, key=key, value=value)
        return Outcome(unit.commit(), None)


def me(book: Book) -> Person | None:
    """Return the colleague this book belongs to, if it was said."""
    known = setting(book, ME)
    if not known:
        return None
    with book.read() as reader:
        return reader.look_up(Person, UUID(known))


def be(book: Book, name: str) -> Outcome[UUID]:
    """Say whose book this is, making the colleague where there is none of that name."""
    if not name.strip():
        raise BadInput(_("Please give your name."), field="name")
    with book.unit(_("Say whose book this is")) as unit:
        known = unit.find(Person, name=name.strip())
        person = known[0].id if known else unit.insert(Person, name=name.strip())
        settings = unit.find(Setting, key=ME)
        if settings:
            unit.update(Setting, settings[0].id, value=str(person))
        else:
            unit.insert(Setting, key=ME, value=str(person))
        changes = unit.commit()
    book.write_as(name.strip())
    return Outcome(changes, person)


def back_up(book: Book, folder: Path | None, at_ms: int, progress: Report = unheard) -> Path:
    """Back the book up by hand into ``folder``, or into the one beside it; return the checked backup.

    Raise BadInput where there is no such folder, Refused where it does not take the backup.
    """
    return backup.make(book, folder or backup_places.backups_folder(book.path), at_ms, Kind.HAND, progress)


def restore(book: Book, file: Path, secret: str | None = None, progress: Report = unheard) -> Restored:
    """Put a backup in the book's place after checking it, its attachments too; the book as it was is kept.

    ``secret`` is the backup's password, where it is another than the book's. What was restored takes a new origin, so
    that its journal never collides with the one it was copied from. Raise NotFound, Locked or Refused, leaving the
    book as it is.
    """
    restored = restoring.restore(book, file, secret, progress)
    take_up(book)
    try:
        # The backup may know somebody who was erased since.
        erasing.erase_again(book)
    except Refused as error:
        return replace(restored, later=str(error))
    return restored


def undo(book: Book) -> Changes:
    """Take back the last unit of work."""
    return book.undo()


def redo(book: Book) -> Changes:
    """Take back the last undo."""
    return book.redo()


def check(book: Book, progress: Report = unheard) -> list[str]:
    """Return what is wrong with the book, a sentence each; ``progress`` hears how far it is, may raise Cancelled."""
    return book.check(progress)


def find_record(book: Book, text: str) -> Record:
    """Return the record of an id as it is typed, of a merged one that it went into; raise BadInput or NotFound."""
    asked = record_of_id(book, text)
    with book.read() as reader:
        return reader.look_up(type(asked), merging.survivor(reader, asked.table, asked.id)) or asked


def record_of_id(book: Book, text: str) -> Record:
    """Return the very record of an id as it is typed; raise BadInput or NotFound."""
    try:
        wanted = UUID(text)
    except ValueError as error:
        raise BadInput(_("“{text}” is not an id. “search” and exports tell them.").format(text=text)) from error
    with book.read() as reader:
        for record_type in RECORDS.values():
            found = reader.look_up(record_type, wanted)
            if found is not None:
                return found
    raise NotFound(_("This record is not in the book. Search for it by its name."))


def shown(book: Book, record: Record) -> dict[str, str]:
    """Return a record's known fields by name as a person reads them; what it refers to by its name."""
    with book.read() as reader:
        return {name: text for name in values_of(record) if (text := shown_field(reader, record, name))}


def changes_of(book: Book, record: Record) -> list[FieldChange]:
    """Return every change of a record, oldest first."""
    with book.read() as reader:
        return history(reader, record.table, record.id)


def row_counts(book: Book) -> dict[str, int]:
    """Return how many living records there are of the kinds by which a book is known."""
    with book.read() as reader:
        return dict(previews.of_book(reader).counts)
