"""What the measurements work on: files and books of made-up enterprises, each made once a run and kept by its size."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

from bench import enterprises, history
from bench.filling import fill
from crm_app.services import imports
from crm_app.services.book import Book, close_book, create_book, open_book
from crm_app.services.checkup import merge_index

_KEPT = ("enterprises-", "again-", "visits-", "follow-ups-", "book-", "imported-")
"""How the names begin of what serves the next measurement too."""

LARGEST_TEXT = 100_000
"""Rows up to which a ledger is taken as text too: one of a million has more bytes than the program reads."""


class Stock:
    """A folder in which files and books of so many enterprises stand ready."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        path = self.folder / name
        if not path.exists():
            partial = path.with_name(f"unfinished-{name}")
            self._clear(partial.name)
            make(partial)
            partial.rename(path)
            self._clear(partial.name)
        return path

    def xlsx(self, rows: int) -> Path:
        """Return a sheet of the first ``rows`` enterprises; the amounts are numbers, everything else is text."""
        return self._made(f"enterprises-{rows}.xlsx", lambda path: _write_xlsx(path, enterprises.enterprises(0, rows)))

    def csv(self, rows: int, encoding: str = "utf-8") -> Path:
        """Return the same as CSV, in ``utf-8`` or ``gb18030``."""
        made = enterprises.enterprises
        return self._made(
            f"enterprises-{rows}.{encoding}.csv",
            lambda path: _write_csv(path, enterprises.HEADERS, made(0, rows), encoding),
        )

    def ledger(self, rows: int) -> Path:
        """Return the ledger of so many that a book is made of: :meth:`csv` in GB18030, or :meth:`xlsx`."""
        return self.csv(rows, "gb18030") if rows <= LARGEST_TEXT else self.xlsx(rows)

    def again(self, held: int, rows: int) -> Path:
        """Return a CSV of ``rows`` to be imported over the first ``held``: known ones, new ones, broken ones."""
        return self._made(
            f"again-{rows}-over-{held}.csv",
            lambda path: _write_csv(path, enterprises.HEADERS, enterprises.reimport(held, rows)),
        )

    def visits(self, held: int, rows: int) -> Path:
        """Return a CSV of ``rows`` visits to the first ``held`` enterprises, most of them to a few."""
        return self._made(
            f"visits-{rows}-of-{held}.csv",
            lambda path: _write_csv(path, history.VISIT_HEADERS, history.visit_rows(held, rows)),
        )

    def follow_ups(self, held: int, rows: int) -> Path:
        """Return a CSV of ``rows`` follow-ups with the first ``held`` enterprises."""
        return self._made(
            f"follow-ups-{rows}-of-{held}.csv",
            lambda path: _write_csv(path, history.FOLLOW_UP_HEADERS, history.follow_up_rows(held, rows)),
        )

    def book(self, rows: int) -> Path:
        """Return a closed book: ``rows`` enterprises, contacts, leads and history; to be copied by who changes it.

        The pieces of its search index are merged, as the window does within a minute while nothing is written.
        """

        def make(path: Path) -> None:
            book = create_book(path)
            fill(book, rows)
            while merge_index(book):
                pass
            close_book(book)
            path.with_name(path.name + "-lock").unlink(missing_ok=True)

        return self._made(f"book-{rows}.crm", make)

    def imported(self, rows: int) -> Path:
        """Return a closed book into which :meth:`ledger` was imported alone; to be copied."""

        def make(path: Path) -> None:
            book = create_book(path)
            imports.take(book, self.ledger(rows), "enterprises")
            close_book(book)
            path.with_name(path.name + "-lock").unlink(missing_ok=True)

        return self._made(f"imported-{rows}.crm", make)

    def copy(self, rows: int, name: str) -> Path:
        """Return a fresh copy of :meth:`book` under another name, in the place of the last copy of this name."""
        return self.copied(self.book(rows), name)

    def copied(self, book: Path, name: str) -> Path:
        """Return the same of another closed book."""
        path = self.fresh(name)
        shutil.copyfile(book, path)
        with path.open("rb+") as made:
            # Else the first that brings its own pages to the disk waits for these.
            os.fsync(made.fileno())
        return path

    def tidy(self) -> None:
        """Clear away what the measurements wrote: of a million that is ten times what is kept."""
        for left in self.folder.iterdir():
            if not left.name.startswith(_KEPT):
                _away(left)

    def fresh(self, name: str) -> Path:
        """Return where a new file of this name goes; what stands there from before is cleared away."""
        self._clear(name)
        return self.folder / f"{name}.crm"

    def _clear(self, name: str) -> None:
        for left in self.folder.glob(f"{name}*"):
            _away(left)

    def opened(self, rows: int, name: str) -> Book:
        """Return a fresh copy, open."""
        return open_book(self.copy(rows, name))


def _away(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _write_csv(path: Path, headers: Iterable[str], rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(rows)


def _write_xlsx(path: Path, rows: Iterable[enterprises.Row]) -> None:
    # Texts in the table of shared strings, as Excel writes them: the million takes some gigabytes here.
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet("企业")
        sheet.write_row(0, 0, enterprises.HEADERS)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if column == enterprises.AMOUNT:
                    sheet.write_number(at, column, float(value))
                else:
                    sheet.write_string(at, column, value)
