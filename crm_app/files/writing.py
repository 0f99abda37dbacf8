"""Rows to a file, .xlsx or .csv, written beside and renamed: the file is whole or not there at all.

No text is ever a formula, whatever it begins with.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from crm_app import platform
from crm_app.errors import BadInput, Refused
from crm_app.files.csv_text import write_csv
from crm_app.files.heads import Head, Page
from crm_app.files.workbook import write_workbook
from crm_app.i18n import _

__all__ = ["SUFFIXES", "Head", "Page", "check_suffix", "whole_file", "write_pages"]

SUFFIXES = (".xlsx", ".csv")


def write_pages(path: Path, pages: Sequence[Page]) -> int:
    """Write tables with their headers and return the count of rows; raise BadInput for another kind of file.

    Days become days and numbers numbers. A .csv holds one table. Raises Refused where the folder or the disk stands
    in the way.
    """
    suffix = check_suffix(path, len(pages))
    with whole_file(path) as beside:
        if suffix == ".xlsx":
            return write_workbook(beside, pages)
        with beside.open("wb") as file:
            return write_csv(file.write, [head.title for head in pages[0].heads], pages[0].rows)


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
        platform.sync_folder(path.parent)
    except (OSError, FileCreateError) as error:
        raise _cannot_write(path) from error
    finally:
        beside.unlink(missing_ok=True)


def _cannot_write(path: Path) -> Refused:
    return Refused(
        _("{path} cannot be written. Close it in other programs, or choose another folder.").format(path=path)
    )
