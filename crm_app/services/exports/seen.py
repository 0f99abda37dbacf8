"""A list as it is seen to a sheet: its rows, its order, its columns, and the ids of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from crm_app import clock
from crm_app.db import exports, list_search, lists
from crm_app.db.book import Book
from crm_app.db.lists import Numbers
from crm_app.db.reader import Reader
from crm_app.domain.access import Act
from crm_app.domain.exports import cell_of, looks_of_kind, title_of
from crm_app.domain.fields import Privacy
from crm_app.domain.import_headers import ROW_ID
from crm_app.domain.kinds import Phone
from crm_app.domain.listed import LISTS
from crm_app.domain.lists import Column, List
from crm_app.domain.views import Query
from crm_app.files.cells import Cell
from crm_app.files.csv_text import guard
from crm_app.files.writing import Head, Page, check_suffix, write_pages
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.exports.noting import note


def export_seen(
    book: Book,
    query: Query,
    out_path: Path,
    *,
    found: str = "",
    personal: bool = False,
    progress: Report = unheard,
) -> int:
    """Write the rows a list shows, in its order and with its columns, to .xlsx or .csv and return how many.

    ``found``: those of them that a search finds, best first. What is personal is kept back as in :func:`export`. Raise
    BadInput for another kind of file, Refused where it cannot be written, Cancelled where ``progress`` says so.
    """
    check_suffix(out_path, 1)
    wanted = LISTS[query.list]
    columns = [one for one in _columns(wanted, query) if personal or _goes_out(wanted, one)]
    heads = [Head(title_of(one.title, one.kind), None, looks_of_kind(one.kind)) for one in columns]
    with book.read() as reader:
        numbers = _numbers(reader, wanted, query, found)
        note(book, wanted.name, len(numbers), personal=personal)
        rows = chain.from_iterable(_blocks(reader, wanted, columns, numbers, progress, personal=personal))
        return write_pages(out_path, [Page(wanted.title, [*heads, Head(_(ROW_ID), hidden=True)], rows)])


def note_copied(book: Book, query: Query, total: int) -> None:
    """Note that so many rows of a list are copied as they are shown, before they are."""
    wanted = LISTS[query.list]
    personal = [one for one in _columns(wanted, query) if isinstance(one.kind, Phone) or not _goes_out(wanted, one)]
    note(book, wanted.name, total, personal=bool(personal), act=Act.COPY)


def tabbed(lines: Iterable[Sequence[str]]) -> str:
    """Return rows as a text with tabs, as spreadsheets take it; no cell of it is run as a formula, as in a CSV."""
    return "".join("\t".join(guard(" ".join(cell.split())) for cell in line) + "\n" for line in lines)


def _columns(wanted: List, query: Query) -> list[Column]:
    known = {one.name for one in wanted.columns}
    names = [name for name in query.columns if name in known] or wanted.shown()
    return [wanted.column(name) for name in names]


def _goes_out(wanted: List, column: Column) -> bool:
    declared = {one.name: one for one in wanted.record.fields}.get(column.field)
    return declared is None or declared.privacy is Privacy.NONE or isinstance(column.kind, Phone)


def _numbers(reader: Reader, wanted: List, query: Query, found: str) -> Numbers:
    if found:
        return list_search.numbers(reader, wanted, query, clock.today(), found)
    return lists.order(reader, wanted, query, clock.today()).numbers


def _blocks(
    reader: Reader, wanted: List, columns: Sequence[Column], numbers: Numbers, progress: Report, *, personal: bool
) -> Iterator[list[Sequence[Cell]]]:
    shows: list[tuple[str, Callable[[object], Cell]]] = [
        (one.name, cell_of(one.kind, personal=personal)) for one in columns
    ]
    names = [one.name for one in columns]
    for start in range(0, len(numbers), exports.BLOCK):
        progress(start, len(numbers), _("Writing the rows"))
        read = lists.rows(reader, wanted, names, numbers[start : start + exports.BLOCK], clock.today())
        yield [[*(show(row.values[name]) for name, show in shows), str(row.id)] for row in read]
