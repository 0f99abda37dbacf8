"""Rows to a file, .xlsx or .csv, written beside and renamed: the file is whole or not there at all.

No text is ever a formula, whatever it begins with.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from crm_app.errors import BadInput, Refused
from crm_app.files.cells import Cell, as_text
from crm_app.files.csv_text import write_csv
from crm_app.i18n import _

SUFFIXES = (".xlsx", ".csv")

_A4 = 9
"""The paper's number in a workbook."""
_LONGEST_CELL = 32_767
"""Characters Excel takes in one cell."""
_LONGEST_NUMBER = 15
"""Digits a spreadsheet keeps of a number; a longer one is written as text."""


@dataclass(frozen=True)
class Head:
    """One column: its title, and its width in characters of Latin text (a Chinese one takes two)."""

    title: str
    width: int = 14


@dataclass(frozen=True)
class Page:
    """One sheet: its name, its columns, and its rows, of which each may be made as it is written."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Cell]]


def write_pages(path: Path, pages: Sequence[Page]) -> int:
    """Write tables with their headers and return the count of rows; raise BadInput for another kind of file.

    Days become days and numbers numbers. A .csv holds one table. Raises Refused where the folder or the disk stands
    in the way.
    """
    suffix = check_suffix(path, len(pages))
    counted = [_Counted(page.rows) for page in pages]
    with whole_file(path) as beside:
        if suffix == ".csv":
            with beside.open("wb") as file:
                for line in write_csv([head.title for head in pages[0].heads], counted[0]):
                    file.write(line)
        else:
            _write_xlsx(beside, [replace(page, rows=rows) for page, rows in zip(pages, counted, strict=True)])
    return sum(rows.n for rows in counted)


def check_suffix(path: Path, pages: int) -> str:
    """Return the kind of file so many tables can be written as; raise BadInput for another."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or (suffix == ".csv" and pages != 1):
        raise BadInput(_("Tables are written as .xlsx or .csv; give the file one of these endings."))
    return suffix


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a path beside ``path`` to write to, renamed over it at the end; raise Refused where it cannot be."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _cannot_write(path) from error
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    except (OSError, FileCreateError) as error:
        raise _cannot_write(path) from error
    finally:
        beside.unlink(missing_ok=True)


def _cannot_write(path: Path) -> Refused:
    return Refused(
        _("{path} cannot be written. Close it in other programs, or choose another folder.").format(path=path)
    )


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows = rows
        self.n = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.n += 1
            yield row


def _write_xlsx(path: Path, pages: Sequence[Page]) -> None:
    # Closed on failure too: what it keeps aside holds rows of the book.
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        # When it was made and by whom would tell two equal exports apart.
        workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- written as it stands
        header = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place, page in enumerate(pages, 1):
            sheet = workbook.add_worksheet(_sheet_name(page.name, place, len(pages)))
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.set_paper(_A4)
            for column, head in enumerate(page.heads):
                sheet.set_column(column, column, head.width)
            for column, head in enumerate(page.heads):
                sheet.write_string(0, column, head.title, header)
            for number, row in enumerate(page.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, column, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        _write_plain(sheet, number, column, cell)


def _sheet_name(name: str, place: int, of: int) -> str:
    """Return a name Excel takes: no marks it forbids, 31 characters, none twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "Sheet"
    return plain[:31] if of == 1 else f"{plain[:27]} {place}"


def _write_plain(page: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool) and len(str(cell)) <= _LONGEST_NUMBER:
        page.write_number(row, column, cell)
    elif len(as_text(cell)) > _LONGEST_CELL:
        raise Refused(
            _("A text of more than {n} characters does not fit into a workbook; choose .csv.").format(n=_LONGEST_CELL)
        )
    else:
        page.write_string(row, column, as_text(cell))
