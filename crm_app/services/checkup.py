"""Is a book sound, and what can be saved of one that is not: on the file, because a damaged book cannot be opened.

Only the search index is made anew in the book itself: it holds nothing the records do not.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from crm_app.db import checking, keys, opening, search_entries, search_index
from crm_app.db import salvage as salvaging
from crm_app.db.book import Book
from crm_app.db.checking import Finding
from crm_app.db.lock import BookLock
from crm_app.db.reader import Borrowed
from crm_app.db.salvage import Salvaged
from crm_app.domain.records import RECORDS
from crm_app.errors import Damaged, NotFound
from crm_app.i18n import _, ngettext
from crm_app.progress import Report, unheard

__all__ = ["Finding", "Salvaged"]


def check(path: Path, secret: str | None = None, progress: Report = unheard) -> list[Finding]:
    """Look through a book that is open nowhere; return what was found, damage too.

    Raise NotFound, Locked, or Refused where it is open elsewhere or no book of this program.
    """
    try:
        book = opening.open_book(path, secret)
    except Damaged:
        return _check_damaged(path, _key_of(path, secret), progress)
    try:
        return checking.check_file(path, book.key, progress)
    finally:
        book.close()


def _check_damaged(path: Path, key: bytes | None, progress: Report) -> list[Finding]:
    lock = BookLock(path)
    died = lock.acquire()
    try:
        return checking.check_file(path, key, progress)
    finally:
        lock.release(leave_mark=died)


def _key_of(path: Path, secret: str | None) -> bytes | None:
    # What a damaged head says of itself is not believed: the file with its keys tells whether it has a password.
    return keys.unlock(path, secret) if keys.keys_file(path).exists() else None


def rebuild_index(book: Book, progress: Report = unheard) -> int:
    """Make the search index of an open book anew, all or nothing, and return how many records it knows.

    No record is changed, and the journal does not tell of it. Raise what ``progress`` raises, the index as it was.
    """
    with book.write_outside_journal() as connection:
        return search_index.rebuild(Borrowed(connection), progress)


def merge_index(book: Book) -> bool:
    """Merge some of the pieces that ledgers left in the search index, and say whether some may be left.

    Takes some hundredths of a second; searches are quicker with few pieces.
    """
    with book.write_outside_journal() as connection:
        return search_entries.merge_some(Borrowed(connection))


def salvage(path: Path, secret: str | None = None, target: Path | None = None, progress: Report = unheard) -> Salvaged:
    """Make a new book of what can be read of a damaged one, which is not touched; ``target``: by default beside it.

    Raise NotFound, Locked, or Refused where nothing can be read or written.
    """
    if not path.is_file():
        raise NotFound(_("There is no book at {path}. Make one with “new”.").format(path=path))
    return salvaging.salvage(path, _key_of(path, secret), target or _free_name(path), progress)


def _free_name(path: Path) -> Path:
    stem = f"{path.stem}.salvaged"
    more = itertools.chain([""], (f"-{n}" for n in itertools.count(2)))
    names = (path.with_name(f"{stem}{one}{path.suffix}") for one in more)
    return next(one for one in names if not one.exists())


def report(told: Salvaged, *, lost_only: bool = False) -> list[str]:
    """Return in words what became of a damaged book: first that it is made, then what is kept and what is missing.

    ``lost_only``: of the records only those kinds that lost some.
    """
    found = [
        _("Made {path} of what could be read; the damaged book was not touched.").format(path=told.path),
        ngettext(
            "{n} page of {total} could not be read.", "{n} pages of {total} could not be read.", told.unreadable
        ).format(n=told.unreadable, total=told.pages),
    ]
    for table, kind in RECORDS.items():
        kept, lost = told.kept.get(table, 0), told.lost.get(table, 0)
        if lost or (kept and not lost_only):
            found.append(_("{table}: {kept} kept, {lost} lost").format(table=_(kind.label), kept=kept, lost=lost))
    return [*found, *_mended(told), *_missing(told)]


def _mended(told: Salvaged) -> list[str]:
    found = []
    for table, n in told.stand_ins.items():
        words = ngettext(
            "{table}: {n} empty record stands in for a lost one that others belong to.",
            "{table}: {n} empty records stand in for lost ones that others belong to.",
            n,
        )
        found.append(words.format(table=_(RECORDS[table].label), n=n))
    for (table, column), n in sorted(told.cleared.items()):
        words = ngettext(
            "{table}: “{field}” was cleared in {n} record, because what it referred to is lost.",
            "{table}: “{field}” was cleared in {n} records, because what it referred to is lost.",
            n,
        )
        title = next(one.title for one in RECORDS[table].fields if column in one.column_names())
        found.append(words.format(table=_(RECORDS[table].label), field=title, n=n))
    for table, n in sorted(told.mended.items()):
        words = ngettext(
            "{table}: {n} record has values that could not be read; they are empty or marked with �.",
            "{table}: {n} records have values that could not be read; they are empty or marked with �.",
            n,
        )
        found.append(words.format(table=_(RECORDS[table].label) if table in RECORDS else _("Journal"), n=n))
    return found


def _missing(told: Salvaged) -> list[str]:
    found = []
    if told.torn:
        words = ngettext(
            "{n} more row on readable pages is torn.", "{n} more rows on readable pages are torn.", told.torn
        )
        found.append(words.format(n=told.torn))
    if told.changes_lost:
        words = ngettext("{n} entry of the history is lost.", "{n} entries of the history are lost.", told.changes_lost)
        found.append(words.format(n=told.changes_lost))
    if told.units_final:
        words = ngettext(
            "{n} earlier change can no longer be undone.",
            "{n} earlier changes can no longer be undone.",
            told.units_final,
        )
        found.append(words.format(n=told.units_final))
    if told.attachments_lost:
        words = ngettext(
            "{n} attachment is missing or damaged.",
            "{n} attachments are missing or damaged.",
            told.attachments_lost,
        )
        found.append(words.format(n=told.attachments_lost))
    return found
