"""The reader child's part for tables: workbooks, texts and cards as sheets of rows.

The answers are ``{"sheet", "merges"}`` and any number of ``{"rows"}`` for each sheet.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

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
from crm_app.files import late
from crm_app.files.cells import CARDS, MOST_COLUMNS, TEXTS, WORKBOOKS, Merge, to_json
from crm_app.files.csv_text import EndlessCell, UnknownEncoding, decoded, read_rows
from crm_app.files.frames import read_frame, read_raw, write_frame
from crm_app.files.header_rows import HEAD
from crm_app.files.unreadable import Unreadable
from crm_app.i18n import _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD = (".xls", ".et")
_STREAMED = (".xlsx", ".xlsm")
_PACKED_LARGE = 100_000
"""Bytes of a file from which on its one sheet may be worth reading as it is unpacked."""
_SAMPLE = 4096
"""Bytes in which a text that is called .xls has a tab, if it is a table."""
_ROWS_A_FRAME = 500
_LARGE = 200_000
"""Cells from which on the memory of a sheet is worth giving back."""


class Sheet(NamedTuple):
    """A sheet's name, its merged blocks, its rows as often as they are asked for, the encoding of a text.

    ``alone`` says that the file has no other sheet, ``plain`` that cells are as the program knows them. ``let_go``, of
    a large one, gives back the memory its rows take; they are not asked for again then. ``broken``: some bytes of the
    text are no characters, and stand as ``LOST``. ``hidden`` are the numbers, from 0, of rows and columns nobody
    sees, where the format is one that is looked through for them.
    """

    name: str
    merges: list[Merge]
    rows: Callable[[], Iterator[list[Any]]]
    encoding: str = ""
    alone: bool = True
    let_go: Callable[[], None] | None = None
    plain: bool = False
    broken: bool = False
    hidden: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Read the file of a request and answer its sheets; raise Unreadable."""
    for sheet in each(request, stream):
        write_frame(answers, {"sheet": sheet.name, "merges": sheet.merges, "encoding": sheet.encoding})
        _answer_rows(sheet.rows(), answers)


def each(request: Any, stream: IO[bytes]) -> Iterator[Sheet]:
    """Yield the sheets of a request's file; raise Unreadable, also while rows are read.

    Where the request is ``piped``, the text of a table follows it in the pipe and lies in no file.
    """
    path = Path(request["path"])
    suffix = path.suffix.lower()
    encoding = request.get("encoding", "")
    if request.get("piped"):
        yield _text(read_raw(stream, read_frame(stream)), encoding)
        return
    with path.open("rb") as file:
        magic = file.read(8)
    if suffix in TEXTS:
        if magic.startswith((_ZIP, _OLE)):
            raise Unreadable("not_text")
        yield _text(path.read_bytes(), encoding, of_a_chat=suffix == ".txt")
    elif suffix == ".vcf":
        yield _cards(path)
    elif suffix in CARDS:
        yield from _calendar(path)
    elif suffix in WORKBOOKS:
        yield from _with_hidden(path, magic) if magic.startswith((_ZIP, _OLE)) else _posing(path, encoding)
    else:
        raise Unreadable("extension")


def _text(data: bytes, encoding: str, *, of_a_chat: bool = False) -> Sheet:
    """Return the table of a text; one that is ``of_a_chat`` may be people instead, as they are pasted."""
    if not data or data.isspace():
        raise Unreadable("empty")
    if not encoding and b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("encoding")
    try:
        text, encoding, broken = decoded(data, encoding)
    except UnknownEncoding as error:
        raise Unreadable("encoding") from error
    if of_a_chat and late.card_texts().is_people(text, list(islice(_text_rows(text), HEAD))):
        people = list(late.card_texts().read_people(text))
        return Sheet(_("Contacts"), [], partial(iter, people), encoding, broken=broken)
    return Sheet("", [], lambda: _narrow(_text_rows(text)), encoding, plain=True, broken=broken)


def _text_rows(text: str) -> Iterator[list[Any]]:
    try:
        yield from read_rows(text)
    except EndlessCell as error:
        raise Unreadable(f"endless:{error.line}") from error


def _cards(path: Path) -> Sheet:
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("empty")
    return Sheet("", [], lambda: _narrow(_card_rows(data)))


def _card_rows(data: bytes) -> Iterator[list[Any]]:
    try:
        yield from late.vcards().read_contacts(data)
    except UnknownEncoding as error:
        raise Unreadable("encoding") from error


def _calendar(path: Path) -> Iterator[Sheet]:
    """Yield a sheet for each kind of record that a calendar holds, called as this program calls it."""
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("empty")
    try:
        found = late.calendars().read_calendar(data)
    except UnknownEncoding as error:
        raise Unreadable("encoding") from error
    called = {
        "trip": _("Trip"),
        "visit": _("Visit"),
        "reception": _("Reception"),
        "follow_up": _("Follow-up"),
        "task": _("Next step"),
    }
    for record, rows in found.items():
        yield Sheet(called[record], [], partial(iter, rows), alone=len(found) == 1)


def _with_hidden(path: Path, magic: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a workbook with what is hidden in them."""
    hidden = late.hidden().hidden_in(path)
    for sheet in _workbook(path, magic):
        yield sheet._replace(hidden=hidden[sheet.name]) if sheet.name in hidden else sheet


def _workbook(path: Path, magic: bytes) -> Iterator[Sheet]:
    if magic == _OLE and _ENCRYPTED in path.read_bytes():
        raise Unreadable("password")
    if path.suffix.lower() in _STREAMED and _is_spelled(path) and path.stat().st_size >= _PACKED_LARGE:
        streamed = late.reader_of_large_workbooks().opened(path)
        if streamed is not None:
            yield Sheet(streamed.name, streamed.merges, partial(_streamed_rows, streamed.rows.each), plain=True)
            return
    try:
        opened, codec = _opened(path, magic)
        with opened as workbook:
            shown = [
                index
                for index, about in enumerate(workbook.sheets_metadata)
                if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
            ]
            for index in shown[:-1]:
                yield _sheet(workbook.get_sheet_by_index(index), codec)._replace(alone=False)
            last = [_sheet(workbook.get_sheet_by_index(index), codec) for index in shown[-1:]]
        # The workbook holds all texts a second time: the last sheet, most often the only one, is read without it.
        platform.give_back_memory()
        for sheet in last:
            yield sheet._replace(alone=len(shown) == 1)
    except PasswordError as error:
        raise Unreadable("password") from error
    except (CalamineError, XmlError, ZipError) as error:
        raise Unreadable("damaged") from error


def _posing(path: Path, encoding: str) -> Iterator[Sheet]:
    """Yield the tables of a page or a text that an office's system called a workbook, as spreadsheets open it."""
    data = path.read_bytes()
    if not data.strip():
        raise Unreadable("empty")
    if late.markup().is_markup(data):
        try:
            text, encoding, broken = decoded(data, encoding)
        except UnknownEncoding as error:
            raise Unreadable("encoding") from error
        tables = late.markup().read_markup(text)
        for name, rows, merges in tables:
            yield Sheet(name, merges, partial(_again, rows), encoding, alone=len(tables) == 1, broken=broken)
    elif path.suffix.lower() in _OLD and b"\t" in data[:_SAMPLE]:
        yield _text(data, encoding)
    else:
        raise Unreadable("not_a_workbook")


def _again(rows: list[list[Any]]) -> Iterator[list[Any]]:
    return iter(rows)


def _is_spelled(path: Path) -> bool:
    """Say whether the name of a file is text: calamine opens no other by its name."""
    return not any("\ud800" <= char <= "\udfff" for char in str(path))


def _opened(path: Path, magic: bytes) -> tuple[CalamineWorkbook, str | None]:
    """Open a workbook by what it is: a .xlsx that was renamed to .xls, or the other way round, is read all the same.

    The codec is that of an old one's texts, see ``code_pages``.
    """
    if magic == _OLE:
        data, codec = late.code_pages().mended(path.read_bytes())
        return CalamineWorkbook.from_filelike(io.BytesIO(data)), codec
    if path.suffix.lower() not in _OLD and _is_spelled(path):
        return CalamineWorkbook.from_path(path), None
    return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())), None


def _streamed_rows(rows: Callable[[], Iterator[list[Any]]]) -> Iterator[list[Any]]:
    try:
        yield from _narrow(rows())
    except (CalamineError, XmlError, ZipError) as error:
        raise Unreadable("damaged") from error


def _sheet(sheet: CalamineSheet, codec: str | None) -> Sheet:
    merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    rows = _SheetRows(sheet)
    if codec is not None:
        spelled = late.code_pages().spelling(codec, islice(sheet.iter_rows(), HEAD))
        return Sheet(spelled(sheet.name), merges, lambda: _narrow(_respelled(rows.each(), spelled)))
    large = sheet.height * sheet.width >= _LARGE
    return Sheet(sheet.name, merges, lambda: _narrow(rows.each()), let_go=rows.let_go if large else None)


def _respelled(rows: Iterator[list[Any]], spelled: Callable[[str], str]) -> Iterator[list[Any]]:
    return ([spelled(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


class _SheetRows:
    """The rows of a sheet as the library holds them: 100 MB of 100,000 rows of twelve columns."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet: CalamineSheet | None = sheet

    def each(self) -> Iterator[list[Any]]:
        """Return the rows, once more."""
        sheet = self._sheet
        assert sheet is not None, "let go of"
        # The empty rows and columns at the top stay, so that row numbers are the sender's own.
        left = [None] * sheet.start[1] if sheet.start else []
        if left:
            return ([*left, *row] for row in sheet.iter_rows())
        return sheet.iter_rows()

    def let_go(self) -> None:
        """Give their memory back."""
        if self._sheet is not None:
            self._sheet = None
            platform.give_back_memory()


def _narrow(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        if len(row) > MOST_COLUMNS:
            raise Unreadable("too_wide")
        yield row


def _answer_rows(rows: Iterable[list[Any]], answers: IO[bytes]) -> None:
    block: list[list[Any]] = []
    for row in rows:
        block.append([to_json(cell) for cell in row])
        if len(block) == _ROWS_A_FRAME:
            write_frame(answers, {"rows": block})
            block = []
    if block:
        write_frame(answers, {"rows": block})
