"""谁看过、打印过、导出过: what was noted of what left the book, page by page, in words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.db import access as reads
from crm_app.db.access import Noted
from crm_app.db.book import Book
from crm_app.db.journal import record_title
from crm_app.db.reader import Reader
from crm_app.domain.access import ACT_LABELS, Act, subject_label, table_of
from crm_app.domain.records import RECORDS
from crm_app.i18n import _, ngettext


@dataclass(frozen=True)
class Entry:
    """One line: when (UTC milliseconds), who, what was done, with what; ``n`` is where the next page begins."""

    n: int
    at: int
    who: str
    act: str
    what: str


def note(book: Book, act: Act, subject: str, *, row: UUID | None = None, amount: int | None = None) -> None:
    """Note that the named user does ``act``, before it is done."""
    reads.note(book, act.value, subject, row=row, amount=amount)


def entries(book: Book, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """Return what was noted, newest first; ``before`` is the ``n`` of the last line shown."""
    with book.read() as reader:
        return [_entry(reader, noted) for noted in reads.newest(reader, before=before, limit=limit)]


def _entry(reader: Reader, noted: Noted) -> Entry:
    return Entry(noted.n, noted.at, noted.who, _(ACT_LABELS[Act(noted.act)]), _what(reader, noted))


def _title(reader: Reader, table: str, row: UUID) -> str:
    """Return the name of a record; a visit has none of its own and goes by its enterprise's."""
    owner = getattr(reader.look_up(RECORDS[table], row), "enterprise_id", None) if table == "visit" else None
    return record_title(reader, "enterprise", owner) if owner else record_title(reader, table, row)


def _what(reader: Reader, noted: Noted) -> str:
    words = _(subject_label(noted.subject))
    table = table_of(noted.subject)
    if noted.row is not None and table:
        title = _title(reader, table, noted.row)
        # A record's title begins with its kind already.
        words = title if title.startswith(words) else _("{kind}: {title}").format(kind=words, title=title)
    if noted.amount is not None:
        rows = ngettext("{n} entry", "{n} entries", noted.amount).format(n=noted.amount)
        words = _("{kind}: {title}").format(kind=words, title=rows)
    return words
