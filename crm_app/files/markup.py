"""Tables in HTML, or in XML of 2003, that are called .xls: what offices' systems export and Excel opens as its own."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from html.parser import HTMLParser

from crm_app.files.cells import MOST_COLUMNS, Cell, Merge
from crm_app.files.unreadable import Unreadable

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|body|table|!--|\?xml)", re.I)
_LONGEST_SPAN = 1000
"""Rows or columns that one cell may cover."""
_ROWS, _CELLS = ("tr", "row"), ("td", "th", "cell")
_BREAKS, _ASIDE = ("br", "p", "div"), ("script", "style", "head", "styles")

Table = tuple[str, list[list[Cell]], list[Merge]]
"""A sheet's name, its rows and its merged blocks."""


def is_markup(data: bytes) -> bool:
    """Say whether a file begins as HTML or XML does."""
    return _BEGINS.match(data[:1024]) is not None


def read_markup(text: str) -> list[Table]:
    """Return the tables of a text: those of a page under one another, those of a workbook each as its sheet.

    Raise Unreadable where there is none, or where a row is too wide.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    tables = [one for one in reader.tables if any(one[1])]
    if not tables:
        raise Unreadable("not_a_workbook")
    return tables


class _Reader(HTMLParser):
    """Gathers rows as the tags come; what is not closed is closed by what follows, as browsers do it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = [("", [], [])]
        self._covered: dict[tuple[int, int], int] = {}
        self._words: list[str] | None = None
        self._column = self._at = 0
        self._aside = self._type = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in ("body", "table", "worksheet"):
            self._aside = ""
        if tag in _ASIDE:
            self._aside = self._aside or tag
        elif tag == "worksheet":
            self._end_cell()
            self._begin(said.get("name", ""))
        elif tag == "table":
            self._end_cell()
            if self._rows:
                # Another table of a page stands below the one before, with a blank between.
                self._rows.append([])
        elif tag in _ROWS:
            self._end_cell()
            for _blank in range(_span(said.get("index"), 0) - len(self._rows) - 1):
                self._rows.append([])
            self._rows.append([])
            self._column = 0
        elif tag in _CELLS and self._rows:
            self._end_cell()
            self._begin_cell(said)
        elif tag == "data":
            self._type = said.get("type", "")
        elif tag in _BREAKS and self._words:
            self._words.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._aside:
            self._aside = ""
        elif tag in (*_CELLS, *_ROWS, "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._aside:
            self._words.append(data)

    @property
    def _rows(self) -> list[list[Cell]]:
        return self.tables[-1][1]

    def _begin(self, name: str) -> None:
        self.tables.append((name, [], []))
        self._covered = {}

    def _begin_cell(self, said: dict[str, str]) -> None:
        row = len(self._rows) - 1
        self._column = max(self._column, _span(said.get("index"), 0) - 1)
        while self._covered.get((row, self._column)):
            self._column += self._covered[row, self._column]
        across = _span(said.get("colspan"), 1) + _span(said.get("mergeacross"), 0)
        down = _span(said.get("rowspan"), 1) + _span(said.get("mergedown"), 0)
        if self._column + across > MOST_COLUMNS:
            raise Unreadable("too_wide")
        if across > 1 or down > 1:
            self.tables[-1][2].append((row, self._column, row + down - 1, self._column + across - 1))
            self._covered |= {(row + below, self._column): across for below in range(1, down)}
        cells = self._rows[-1]
        cells.extend([None] * (self._column + across - len(cells)))
        self._at, self._words, self._type = self._column, [], ""
        self._column += across

    def _end_cell(self) -> None:
        if self._words is not None:
            lines = (" ".join(line.split()) for line in "".join(self._words).split("\n"))
            self._rows[-1][self._at] = _typed("\n".join(line for line in lines if line), self._type)
            self._words = None


def _typed(text: str, kind: str) -> Cell:
    """Return a cell as what a workbook of 2003 says it is; a page says of none."""
    with contextlib.suppress(ValueError):
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    return text or None


def _span(said: str | None, otherwise: int) -> int:
    """Return what an attribute counts, within reason."""
    return min(int(said), _LONGEST_SPAN) if said and said.isascii() and said.isdigit() else otherwise
