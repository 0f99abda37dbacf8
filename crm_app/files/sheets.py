"""The reader child's part for tables: workbooks, texts and cards as sheets of rows.

The answers are ``{"sheet", "merges"}`` and any number of ``{"rows"}`` for each sheet.
"""

from __future__ import annotations

import codecs
import csv
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

from crm_app.files import cards
from crm_app.files.cells import CARDS, MOST_COLUMNS, TEXTS, WORKBOOKS, to_json
from crm_app.files.csv_text import UnknownEncoding, find_encoding, read_csv
from crm_app.files.frames import read_frame, read_raw, write_frame
from crm_app.files.unreadable import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROWS_A_FRAME = 500


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Read the file of a request and answer its sheets; raise Unreadable.

    Where the request is ``piped``, the text of a table follows it in the pipe and lies in no file.
    """
    path = Path(request["path"])
    suffix = path.suffix.lower()
    if request.get("piped"):
        _answer_csv(read_raw(stream, read_frame(stream)), request["encoding"], answers)
        return
    with path.open("rb") as file:
        magic = file.read(8)
    if suffix in TEXTS:
        if magic.startswith((_ZIP, _OLE)):
            raise Unreadable("not_text")
        _answer_csv(path.read_bytes(), request["encoding"], answers)
    elif suffix in CARDS:
        _answer_cards(path, answers)
    elif suffix in WORKBOOKS:
        if not magic.startswith((_ZIP, _OLE)):
            raise Unreadable("not_a_workbook" if magic else "empty")
        _answer_workbook(path, magic, answers)
    else:
        raise Unreadable("extension")


def _answer_csv(data: bytes, encoding: str, answers: IO[bytes]) -> None:
    """Answer a text, in the encoding chosen (empty: in the one that is found, which is told)."""
    if not data.strip():
        raise Unreadable("empty")
    if not encoding and b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("encoding")
    try:
        used = encoding or find_encoding(data)
        write_frame(answers, {"sheet": "", "merges": [], "encoding": used})
        _answer_rows(read_csv(data, used), answers)
    except UnknownEncoding as error:
        raise Unreadable("encoding") from error
    except csv.Error as error:
        raise Unreadable("damaged") from error


def _answer_cards(path: Path, answers: IO[bytes]) -> None:
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("empty")
    write_frame(answers, {"sheet": "", "merges": []})
    try:
        read = cards.read_contacts if path.suffix.lower() == ".vcf" else cards.read_events
        _answer_rows(read(data), answers)
    except UnknownEncoding as error:
        raise Unreadable("encoding") from error


def _answer_workbook(path: Path, magic: bytes, answers: IO[bytes]) -> None:
    if magic == _OLE and _ENCRYPTED in path.read_bytes():
        raise Unreadable("password")
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for index, about in enumerate(workbook.sheets_metadata):
                if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible:
                    _answer_sheet(workbook.get_sheet_by_index(index), answers)
    except PasswordError as error:
        raise Unreadable("password") from error
    except (CalamineError, XmlError, ZipError) as error:
        raise Unreadable("damaged") from error


def _answer_sheet(sheet: CalamineSheet, answers: IO[bytes]) -> None:
    merges = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    write_frame(answers, {"sheet": sheet.name, "merges": merges})
    # The empty rows and columns at the top stay, so that row numbers are the sender's own.
    _answer_rows(sheet.to_python(skip_empty_area=False), answers)


def _answer_rows(rows: Iterable[Iterable[Any]], answers: IO[bytes]) -> None:
    block: list[list[Any]] = []
    for row in rows:
        cells = list(row)
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("too_wide")
        block.append([to_json(cell) for cell in cells])
        if len(block) == _ROWS_A_FRAME:
            write_frame(answers, {"rows": block})
            block = []
    if block:
        write_frame(answers, {"rows": block})
