"""Some days of the calendar as a file that phones and Outlook read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

from crm_app import clock
from crm_app.db import calendar as reads
from crm_app.db.book import Book
from crm_app.db.calendar import FOLLOW_UP, NEED, PLAN, RECEPTION, TASK, VISIT, Item
from crm_app.domain import phones
from crm_app.files import card_writing
from crm_app.files.card_writing import Entry
from crm_app.files.writing import whole_file
from crm_app.services.exports.noting import note


def export_calendar(book: Book, first: date, last: date, kinds: Collection[str], out_path: Path) -> int:
    """Write what lies in some days to .ics and return how many entries; numbers in texts are masked.

    Raise Refused where the file cannot be written.
    """
    with book.read() as reader:
        found = reads.between(reader, first, last, kinds, None, texts=True).items
    note(book, "calendar", len(found), personal=False)
    stamp = datetime.fromtimestamp(clock.now_ms() // 1000, UTC)
    with whole_file(out_path) as beside, beside.open("wb") as file:
        for piece in card_writing.calendar(map(_entry, found), stamp):
            file.write(piece)
    return len(found)


def _entry(item: Item) -> Entry:
    summary = item.title
    if item.kind in (VISIT, PLAN):
        summary = f"拜访：{item.enterprise}"
    elif item.kind == RECEPTION:
        summary = f"接待：{item.title}"
    elif item.kind == FOLLOW_UP:
        summary = f"跟进({item.title})：{item.enterprise}" if item.enterprise else f"跟进({item.title})"
    text = item.enterprise if item.kind in (TASK, NEED) else item.title if item.kind == PLAN else item.text
    mask = phones.mask_all
    return Entry(
        item.id,
        item.kind,
        mask(summary),
        item.on,
        item.until,
        item.time,
        mask(text),
        mask(item.place),
        todo=item.kind in (TASK, NEED),
        done_on=item.done_on,
        enterprise=mask(item.enterprise) if item.kind == RECEPTION else "",
    )
