"""The clipboard: rows of a list put into it, as text with tabs and as a table for sheets and mails; what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from crm_app.domain.views import Query
from crm_app.services import exports, lists
from crm_app.services.book import Book


@dataclass(frozen=True)
class Table:
    """Heads and rows, as a person reads them."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def held() -> QMimeData:
    """Return what the clipboard holds; nothing where it was never filled, or was cleared as password managers do."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if data is None else data


def table_of(book: Book, query: Query, numbers: lists.Numbers) -> Table:
    """Read the rows of these numbers with the columns the query shows, and note that they are copied."""
    exports.note_copied(book, query, len(numbers))
    wanted = lists.list_of(query)
    heads = [wanted.column(name).title for name in lists.columns_of(query)]
    rows: list[Sequence[str]] = []
    for start in range(0, len(numbers), 1000):
        rows += [lists.shown(query, row) for row in lists.rows(book, query, numbers[start : start + 1000])]
    return Table(heads, rows)


def put(table: Table) -> None:
    """Put a table into the clipboard."""
    lines = [table.heads, *table.rows]
    data = QMimeData()
    data.setText(exports.tabbed(lines))
    # Kept as text, so that no sheet makes a number of a phone or a credit code, nor a formula of a name.
    cells = ("".join(f"<td style=\"mso-number-format:'\\@'\">{escape(cell)}</td>" for cell in line) for line in lines)
    data.setHtml("<table>" + "".join(f"<tr>{line}</tr>" for line in cells) + "</table>")
    QGuiApplication.clipboard().setMimeData(data)
