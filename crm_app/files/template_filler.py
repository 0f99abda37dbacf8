"""The reader child's part for templates: a workbook from a stranger, filled by openpyxl, answered as bytes.

It runs under the child's limits and writes into no file: what a workbook made to do harm can reach is the child.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.formula.translate import Translator
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from crm_app.files.cells import from_json
from crm_app.files.csv_text import FORMULA_STARTS
from crm_app.files.frames import read_frame, read_raw, write_raw
from crm_app.files.unreadable import Unreadable

_REFERENCE = re.compile(r"(:?)(\$?[A-Z]{1,3}\$?)(\d+)(?![\d(])")


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Fill the sheet of a request from its row ``first`` (from 1) on, and answer the workbook; raise Unreadable.

    The rows follow in the pipe, as JSON: for each column of ``columns`` (from 0) one cell.
    """
    rows = json.loads(read_raw(stream, read_frame(stream)))
    try:
        workbook = load_workbook(Path(request["path"]), keep_links=False)
        sheet = workbook[request["sheet"]]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise Unreadable("damaged") from error
    _Filling(sheet, int(request["first"])).fill(request["columns"], rows)
    write_raw(answers, _bytes_of(workbook))


class _Filling:
    """One sheet: rows with the format of its first empty one, what stands below pushed down, formulas kept."""

    def __init__(self, sheet: Any, first: int) -> None:
        self._sheet, self._first = sheet, first
        self._below = next((row for row in range(first, sheet.max_row + 1) if not self._is_free(row)), 0)

    def _is_free(self, row: int) -> bool:
        return all(cell.value is None or str(cell.value).startswith("=") for cell in self._sheet[row])

    def fill(self, columns: list[int], rows: list[list[Any]]) -> None:
        """Write the rows."""
        room = (self._below - self._first) if self._below else len(rows)
        if self._below and len(rows) > room:
            self._push_down(len(rows) - room)
        pattern = [(copy(cell._style), cell.value) for cell in self._sheet[self._first]]
        height = self._sheet.row_dimensions[self._first].height
        for place, row in enumerate(rows):
            number = self._first + place
            self._sheet.row_dimensions[number].height = height
            self._dress(number, pattern)
            for column, value in zip(columns, row, strict=True):
                self._put(number, column + 1, value)

    def _dress(self, number: int, pattern: list[tuple[Any, Any]]) -> None:
        for column, (style, value) in enumerate(pattern, 1):
            cell = self._sheet.cell(number, column)
            cell._style = copy(style)
            if isinstance(value, str) and value.startswith("="):
                start = f"{cell.column_letter}{self._first}"
                cell.value = Translator(value, start).translate_formula(cell.coordinate)

    def _put(self, number: int, column: int, value: Any) -> None:
        cell = self._sheet.cell(number, column)
        read = from_json(value)
        if read is None or read == "":
            return
        cell.value = read.replace(tzinfo=None) if isinstance(read, datetime) else read
        if isinstance(read, str) and read[0] in FORMULA_STARTS:
            # Whatever a text begins with, it is no formula.
            cell.data_type = "s"
            cell.quotePrefix = True

    def _push_down(self, by: int) -> None:
        """Make room above what stands below the free rows; its formulas take in the new rows."""
        sheet, below = self._sheet, self._below
        merged = [one for one in sheet.merged_cells.ranges if one.min_row >= below]
        heights = {row: sheet.row_dimensions[row].height for row in range(below, sheet.max_row + 1)}
        for one in merged:
            sheet.unmerge_cells(one.coord)
        sheet.insert_rows(below, by)
        for row, height in heights.items():
            sheet.row_dimensions[row + by].height = height
        for one in merged:
            one.shift(row_shift=by)
            sheet.merge_cells(one.coord)
        for row in sheet.iter_rows(min_row=below + by):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = _REFERENCE.sub(lambda found: self._moved(found, by), cell.value)

    def _moved(self, found: re.Match[str], by: int) -> str:
        colon, column, row = found[1], found[2], int(found[3])
        last_of_range = colon and row == self._below - 1
        return f"{colon}{column}{row + by if row >= self._below or last_of_range else row}"


class _InMemory(ExcelWriter):
    """Writes no sheet into a temporary file, which the child may not have."""

    _archive: Any

    def write_worksheet(self, sheet: Any) -> None:
        """Write a sheet straight into the archive; else as the library does."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        out = io.BytesIO()
        writer: Any = WorksheetWriter(sheet, out)
        writer.write()
        sheet._rels = writer._rels
        self._archive.writestr(sheet.path[1:], out.getvalue())
        self.manifest.append(sheet)


def _bytes_of(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(workbook, archive).save()
    return out.getvalue()
