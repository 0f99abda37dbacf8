"""Exports: the whole use case against the library alone, writing the same cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.measure import GOALS_FROM, Measure
from bench.stock import Stock
from crm_app.services import exports
from crm_app.services.book import Book, close_book

_KIND = "enterprises"
_COLUMNS = ("name", "uscc", "category", "region", "industry")
"""What the made-up enterprises have filled in: what a plain export of them reads."""


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield an export of every enterprise to .xlsx and to CSV."""
    book = stock.opened(rows, "exporting")
    rounds = 5 if rows <= 100_000 else 1
    sheet, text = stock.folder / "exported.xlsx", stock.folder / "exported.csv"
    exports.export(book, _KIND, sheet)
    cells = _cells(sheet)
    yield Measure(
        "export enterprises to .xlsx",
        lambda: exports.export(book, _KIND, sheet),
        lambda: _plain_xlsx(stock.folder / "plain.xlsx", cells),
        "xlsxwriter alone (constant_memory), the same cells, held in memory",
        goal=1.2 if rows >= GOALS_FROM else None,
        rounds=rounds,
    )
    yield Measure(
        "export enterprises to CSV",
        lambda: exports.export(book, _KIND, text),
        lambda: _read_and_write(book, stock.folder / "plain.csv", len(cells[0])),
        "a bare SELECT of the same columns into the csv module",
        goal=2.0 if rows >= GOALS_FROM else None,
        rounds=rounds if rows <= 100_000 else 3,
        others={"the csv module alone, the cells held in memory": lambda: _plain_csv(stock.folder / "held.csv", cells)},
    )
    close_book(book)


def _cells(path: Path) -> list[list[Any]]:
    """Return what was written, an empty cell as None."""
    read = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [[None if cell == "" else cell for cell in row] for row in read]


def _plain_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write_number(number, column, cell)


def _plain_csv(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _read_and_write(book: Book, path: Path, width: int) -> None:
    selected = ", ".join(_COLUMNS) + ", NULL" * (width - len(_COLUMNS) - 1)
    statement = f"SELECT {selected}, lower(hex(id)) FROM enterprise WHERE deleted_at IS NULL ORDER BY id"
    with book.read() as reader, path.open("w", encoding="utf-8-sig", newline="") as file:
        rows: Any = reader.connection.exec_driver_sql(statement).cursor
        csv.writer(file).writerows(rows)
