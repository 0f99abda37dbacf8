"""What the clipboard holds, for the import: files, a picture, table cells (as text or HTML), people or a notice."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from PySide6.QtCore import QMimeData

from crm_app.i18n import _
from crm_app.services import cards, notices
from crm_app.ui.attachments.pixels import picture_in
from crm_app.ui.widgets.file_drop import PICTURES, files_in

_MOST_PEOPLE = 20_000
"""Characters of a text in which people are looked for."""


@dataclass(frozen=True)
class Pasted:
    """One of these is filled; all empty: nothing that can be taken in."""

    files: tuple[Path, ...] = ()
    picture: tuple[str, bytes] | None = None
    cells: bytes = b""
    text: str = ""
    notice: str = ""

    def __bool__(self) -> bool:
        return bool(self.files or self.picture or self.cells or self.text or self.notice)


def held_by(data: QMimeData) -> Pasted:
    """Return what there is to take in; table cells go before a picture of them, which spreadsheets copy along."""
    files = files_in(data)
    if files:
        return Pasted(files=tuple(files))
    text = data.text().strip("\r\n") if data.hasText() else ""
    cells = as_cells(text) or (as_cells(cells_of_html(data.html())) if data.hasHtml() else b"")
    if cells:
        return Pasted(cells=cells)
    picture = picture_in(data)
    if picture is not None:
        return Pasted(picture=(picture.name, picture.content)) if isinstance(picture.content, bytes) else Pasted()
    if text and notices.is_notice(text):
        return Pasted(notice=text)
    return Pasted(text=text) if text and cards.is_like_people(text[:_MOST_PEOPLE]) else Pasted()


def may_be_notice(path: Path) -> bool:
    """Say whether a file may be prose: a Word document is nothing else, a text may be a table too."""
    return path.suffix.lower() in notices.ENDINGS


def is_picture(path: Path) -> bool:
    """Say whether a file is a picture, which can only be a business card."""
    return path.suffix.lower() in PICTURES


def as_cells(text: str) -> bytes:
    """Return a text of several rows with tabs between their cells as a table; empty where it is none."""
    rows = [row for row in text.splitlines() if row.strip()]
    across = sum("\t" in row for row in rows)
    return text.encode() if len(rows) > 1 and across > len(rows) / 2 else b""


def table_name() -> Path:
    """Return what a pasted table is called."""
    return Path(_("Pasted table")).with_suffix(".tsv")


@dataclass
class _Table(HTMLParser):
    """Gathers the cells of the tables in a page; nothing of it is shown or run."""

    rows: list[list[str]] = field(default_factory=list)
    _cell: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None


def cells_of_html(html: str) -> str:
    """Return the cells of the tables in a page as a text with tabs; empty where there is none."""
    table = _Table()
    table.feed(html)
    table.close()
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(row for row in table.rows if any(row))
    return out.getvalue()
