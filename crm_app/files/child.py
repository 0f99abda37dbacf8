"""The reader child: opens one untrusted file under limits and answers its rows in frames.

The parent sends ``{"path", "memory"}``; the answers are ``{"sheet", "merges"}``, any number of ``{"rows"}``, at last
``{"done"}``, or ``{"error": code}`` in between. Codes, not sentences: the words belong to the parent's language.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from crm_app import platform
from crm_app.files.cells import TEXTS, WORKBOOKS, to_json
from crm_app.files.csv_text import UnknownEncoding, read_csv
from crm_app.files.frames import read_frame, write_frame

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROWS_A_FRAME = 500


class _Unreadable(Exception):
    """Carries the code of what is wrong with the file."""


def main() -> int:
    """Serve one request on stdin and stdout; return 0 even where the file was refused in words."""
    request = read_frame(sys.stdin.buffer)
    platform.limit_memory(int(request["memory"]))
    answers = sys.stdout.buffer
    try:
        _read(Path(request["path"]), answers)
    except _Unreadable as error:
        write_frame(answers, {"error": str(error)})
    except MemoryError:
        write_frame(answers, {"error": "too_big"})
    except OSError as error:
        write_frame(answers, {"error": "unreadable", "detail": error.strerror or ""})
    else:
        write_frame(answers, {"done": True})
    return 0


def _read(path: Path, answers: IO[bytes]) -> None:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        magic = file.read(8)
    if suffix in TEXTS:
        if magic.startswith((_ZIP, _OLE)):
            raise _Unreadable("not_text")
        _answer_csv(path, answers)
    elif suffix in WORKBOOKS:
        if not magic.startswith((_ZIP, _OLE)):
            raise _Unreadable("not_a_workbook" if magic else "empty")
        _answer_workbook(path, magic, answers)
    else:
        raise _Unreadable("extension")


def _answer_csv(path: Path, answers: IO[bytes]) -> None:
    data = path.read_bytes()
    if not data.strip():
        raise _Unreadable("empty")
    write_frame(answers, {"sheet": "", "merges": []})
    try:
        _answer_rows(read_csv(data), answers)
    except UnknownEncoding as error:
        raise _Unreadable("encoding") from error
    except csv.Error as error:
        raise _Unreadable("damaged") from error


def _answer_workbook(path: Path, magic: bytes, answers: IO[bytes]) -> None:
    if magic == _OLE and _ENCRYPTED in path.read_bytes():
        raise _Unreadable("password")
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for index, about in enumerate(workbook.sheets_metadata):
                if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible:
                    _answer_sheet(workbook.get_sheet_by_index(index), answers)
    except PasswordError as error:
        raise _Unreadable("password") from error
    except (CalamineError, XmlError, ZipError) as error:
        raise _Unreadable("damaged") from error


def _answer_sheet(sheet: CalamineSheet, answers: IO[bytes]) -> None:
    merges = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    write_frame(answers, {"sheet": sheet.name, "merges": merges})
    # The empty rows and columns at the top stay, so that row numbers are the sender's own.
    _answer_rows(sheet.to_python(skip_empty_area=False), answers)


def _answer_rows(rows: Iterable[Iterable[Any]], answers: IO[bytes]) -> None:
    block: list[list[Any]] = []
    for row in rows:
        block.append([to_json(cell) for cell in row])
        if len(block) == _ROWS_A_FRAME:
            write_frame(answers, {"rows": block})
            block = []
    if block:
        write_frame(answers, {"rows": block})
