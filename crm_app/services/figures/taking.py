"""The rows of a figure taken out: to a sheet, or noted as copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crm_app.db import access
from crm_app.db.book import Book
from crm_app.domain import days
from crm_app.domain.access import Act
from crm_app.domain.access import rows as rows_of
from crm_app.domain.fields import RECORDS
from crm_app.files.writing import Head, Page, check_suffix, write_pages
from crm_app.i18n import _
from crm_app.services.figures.lines import Row

_SUBJECT = rows_of("figures")


def export_rows(book: Book, title: str, rows: Sequence[Row], out_path: Path) -> int:
    """Write the rows of a figure to .xlsx or .csv, amounts in yuan, dollars beside them, and return how many.

    Raise BadInput for another kind of file, Refused where it cannot be written.
    """
    check_suffix(out_path, 1)
    access.note(book, Act.EXPORT, _SUBJECT, amount=len(rows))
    heads = [Head(_("Kind")), Head(_("Name")), Head(_("Day")), Head(_("Amount (yuan)"))]
    dollars = any(row.cents for row in rows)
    if dollars:
        heads.append(Head(_("Amount (US dollars)")))
    cells = (
        [
            _(RECORDS[row.table].label),
            row.title,
            days.show_day(row.day) if row.day else None,
            row.yuan,
            *([row.cents / 100 if row.cents else None] if dollars else []),
        ]
        for row in rows
    )
    return write_pages(out_path, [Page(title, heads, cells)])


def note_copied(book: Book, total: int) -> None:
    """Note that so many rows are copied to the clipboard, before they are."""
    access.note(book, Act.COPY, _SUBJECT, amount=total)
