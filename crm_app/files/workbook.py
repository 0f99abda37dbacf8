"""A workbook written row by row: typed cells, columns as wide as what they hold, a header that stays and filters.

Rows go to the disk as they come; how wide a column is and how far the filter reaches is said at the end.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from crm_app.domain.exports import Looks
from crm_app.errors import Refused
from crm_app.files.cells import Cell, as_text
from crm_app.files.csv_text import FORMULA_STARTS
from crm_app.files.heads import Page
from crm_app.i18n import _

_A4 = 9
"""The paper's number in a workbook."""
LONGEST_CELL = 32_767
"""Characters Excel takes in one cell."""
_LONGEST_NUMBER = 15
"""Digits a spreadsheet keeps of a number; a longer one is written as text."""
_GAUGED = 200
"""Rows by which a column's width is found."""
_NARROWEST, _WIDEST = 8, 42
_FIRST_DAY = date(1899, 12, 30)
_FIRST_GOOD_DAY = date(1900, 3, 1)
"""Before it spreadsheets count a day that never was; a day earlier still is written as text."""
_WATCHED = FORMULA_STARTS | {"<"}
"""First characters of texts that are not simply written."""
_NUMBER_FORMATS = {Looks.AMOUNT: "#,##0.00", Looks.COUNT: "#,##0"}


def write_workbook(path: Path, pages: Sequence[Page]) -> int:
    """Write each page to a sheet of its own and return the count of rows; raise Refused for a text no cell can hold."""
    # Closed on failure too: what it keeps aside holds rows of the book.
    # It lies beside the file that is asked for, never in a folder of the system's that nobody chose.
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as workbook:
        # When it was made and by whom would tell two equal exports apart.
        workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- written as it stands
        n = 0
        for place, page in enumerate(pages, 1):
            sheet = workbook.add_worksheet(_sheet_name(page.name, place, len(pages)), worksheet_class=_Quick)
            n += _Sheet(workbook, sheet, page).write()
    return n


def _sheet_name(name: str, place: int, of: int) -> str:
    """Return a name Excel takes: no marks it forbids, 31 characters, none twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "Sheet"
    return plain[:31] if of == 1 else f"{plain[:27]} {place}"


class _Quick(Worksheet):  # type: ignore[misc]  # the library tells no types
    """The library's sheet with two of its steps shortened, which a hundred thousand rows take a million times."""

    write_text = inspect.unwrap(Worksheet.write_string)
    """To write a text by row and column, without asking whether they are written as “A1”."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        # What can be printed holds no such character; nearly every text can.
        if data.isprintable() and "_x" not in data:
            return data
        return str(Worksheet._escape_control_characters(data))


class _Sheet:
    """One sheet while it is written."""

    def __init__(self, workbook: xlsxwriter.Workbook, sheet: _Quick, page: Page) -> None:
        self._sheet, self._page = sheet, page
        self._header = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        # Typed over or not, what looks like a formula stays the text it is.
        self._quoted = workbook.add_format({"quote_prefix": True})
        numbers = {looks: workbook.add_format({"num_format": form}) for looks, form in _NUMBER_FORMATS.items()}
        self._numbers = [numbers.get(head.looks) for head in page.heads]
        self._widths = [_width_of(head.title) for head in page.heads]
        self._writers: dict[type, Callable[[int, int, Any], None]] = {
            str: self._text,
            int: self._number,
            float: self._number,
            date: self._date,
            datetime: self._datetime,
        }

    def write(self) -> int:
        """Write the header and every row, then what is known only at the end; return the count of rows."""
        sheet, heads = self._sheet, self._page.heads
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_footer("&L&A&R&P / &N")
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head.title, self._header)
        last = self._write_rows()
        if last and heads:
            sheet.autofilter(0, 0, last, len(heads) - 1)
            # Codes and phones are texts of digits, and meant to be.
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        for column, head in enumerate(heads):
            width = head.width or min(max(self._widths[column], _NARROWEST), _WIDEST)
            sheet.set_column(column, column, width, None, {"hidden": head.hidden})
        return last

    def _write_rows(self) -> int:
        """Write the rows and return how many; most cells are plain texts, and go straight to the library."""
        write_text, writers, other = self._sheet.write_text, self._writers, self._other
        number = 0
        for number, row in enumerate(self._page.rows, 1):
            if number <= _GAUGED:
                self._gauge(row)
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                if type(cell) is str and cell and cell[0] not in _WATCHED and len(cell) <= LONGEST_CELL:
                    write_text(number, column, cell)
                else:
                    writers.get(type(cell), other)(number, column, cell)
        return number

    def _gauge(self, row: Sequence[Cell]) -> None:
        for column, cell in enumerate(row):
            if cell is not None and column < len(self._widths):
                self._widths[column] = max(self._widths[column], _width_of(as_text(cell)))

    def _text(self, row: int, column: int, text: str) -> None:
        if not text:
            return
        if len(text) > LONGEST_CELL:
            raise Refused(
                _("A text of more than {n} characters does not fit into a workbook; choose .csv.").format(
                    n=LONGEST_CELL
                )
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library would take it for the marks of a rich text, and put it into the sheet as it is.
            self._sheet.write_rich_string(row, column, text[0], text[1], text[2:])
        else:
            self._sheet.write_string(row, column, text, self._quoted if text[0] in FORMULA_STARTS else None)

    def _number(self, row: int, column: int, number: float) -> None:
        if len(str(number)) > _LONGEST_NUMBER:
            self._sheet.write_string(row, column, as_text(number))
        else:
            self._sheet.write_number(row, column, number, self._numbers[column])

    def _date(self, row: int, column: int, day: date) -> None:
        if day < _FIRST_GOOD_DAY:
            self._sheet.write_string(row, column, day.isoformat())
        else:
            self._sheet.write_number(row, column, (day - _FIRST_DAY).days, self._day)

    def _datetime(self, row: int, column: int, moment: datetime) -> None:
        self._sheet.write_datetime(row, column, moment, self._moment)

    def _other(self, row: int, column: int, cell: Cell) -> None:
        self._text(row, column, as_text(cell))


def _width_of(text: str) -> int:
    """Return how many Latin characters a cell is wide: its longest line, a Chinese character counting as two."""
    longest = max(text.split("\n"), key=len)[:_WIDEST]
    return 2 + sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in longest)
