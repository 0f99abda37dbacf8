"""Which rows and columns of an .xls or an .ods nobody sees; of an .xlsx tells ``hidden``, which also says why.

An .xls is a file of sectors ([MS-CFB]); its workbook is a stream of records ([MS-XLS] 2.4.221 Row, 2.4.53 ColInfo).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import NamedTuple

MOST = 4 * 1024 * 1024
"""Bytes up to which a workbook is looked through."""
_MOST_COLUMNS = 256
"""Columns that are named; whoever hides all to the right of the table hides thousands of empty ones."""
_MOST_ROWS, _MOST_SHEETS = 1 << 20, 64
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_SHIFTS = (9, 12)
"""Sectors of 512 or 4,096 bytes: others are nobody's file."""
_SECTOR, _ENTRY, _LAST = 512, 128, 0xFFFFFFFA
_BEGIN, _END, _SHEET, _ROW, _COLUMNS = 0x809, 0x0A, 0x85, 0x208, 0x7D
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_TAG = re.compile(r"<table:(table|table-column|table-row)(?=[\s/>])([^>]*)>")
_UNSEEN = re.compile(r'\btable:visibility="(?:collapse|filter)"')
_TIMES = re.compile(r'\btable:number-(?:columns|rows)-repeated="(\d{1,7})"')
_NAME = re.compile(r'\btable:name="([^"]*)"')
_HOLDS = re.compile(r"<text:p\b|office:value")


class Hidden(NamedTuple):
    """Numbers, from 0, of the rows and the columns of a sheet that are hidden."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def of_ods(content: str) -> Mapping[str, Hidden]:
    """Return by the names of sheets what is hidden in them."""
    tags = list(_TAG.finditer(content))
    ends = [one.start() for one in tags[1:]] + [len(content)]
    rows: dict[str, set[int]] = {}
    columns: dict[str, set[int]] = {}
    name, row, column = "", 0, 0
    for tag, end in zip(tags, ends, strict=True):
        kind, said = tag[1], tag[2]
        times = int(found[1]) if (found := _TIMES.search(said)) else 1
        if kind == "table":
            name, row, column = unescape(called[1]) if (called := _NAME.search(said)) else "", 0, 0
        elif kind == "table-column":
            if _UNSEEN.search(said):
                columns.setdefault(name, set()).update(range(column, min(column + times, _MOST_COLUMNS)))
            column += times
        else:
            if _UNSEEN.search(said) and _HOLDS.search(content, tag.end(), end):
                rows.setdefault(name, set()).update(range(row, min(row + times, _MOST_ROWS)))
            row += times
    named = rows.keys() | columns.keys()
    return {one: Hidden(frozenset(rows.get(one, ())), frozenset(columns.get(one, ()))) for one in named}


def of_xls(data: bytes) -> Mapping[str, Hidden]:
    """Return by the names of sheets what is hidden in them; raise struct.error or IndexError where it is damaged."""
    stream = _workbook(data)
    found = dict[str, Hidden]()
    for record, at, size in _records(stream, 0):
        if record == _SHEET and len(found) < _MOST_SHEETS:
            (begin,) = struct.unpack_from("<I", stream, at)
            length, wide = stream[at + 6], stream[at + 7] & 1
            name = stream[at + 8 : at + size][: length * (wide + 1)].decode("utf-16-le" if wide else "latin-1")
            found[name] = _of_sheet(stream, begin)
    return found


def _of_sheet(stream: bytes, begin: int) -> Hidden:
    rows, columns = set[int](), set[int]()
    for record, at, _size in _records(stream, begin):
        if record == _ROW:
            number, first, end = struct.unpack_from("<3H", stream, at)
            if stream[at + 12] & _ROW_HIDDEN and first < end:
                rows.add(number)
        elif record == _COLUMNS:
            left, right, _width, _format, flags = struct.unpack_from("<5H", stream, at)
            if flags & _COLUMN_HIDDEN:
                columns.update(range(left, min(right + 1, _MOST_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records of a part of a workbook: number, where its content begins, how long that is."""
    depth = 0
    while at + 4 <= len(stream):
        record, size = struct.unpack_from("<HH", stream, at)
        yield record, at + 4, size
        depth += (record == _BEGIN) - (record == _END)
        if not depth:
            return
        at += 4 + size


def _workbook(data: bytes) -> bytes:
    """Return the stream of the workbook; empty where it is an older one, or too small to have sectors of its own."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if not data.startswith(_MAGIC) or shift not in _SHIFTS:
        return b""
    sector = 1 << shift
    (directory,) = struct.unpack_from("<I", data, 48)
    tables = [one for one in struct.unpack_from("<109I", data, 76) if one < _LAST]
    numbers = b"".join(data[(one + 1) * sector : (one + 2) * sector] for one in tables)
    following = struct.unpack(f"<{len(numbers) // 4}I", numbers)

    def read(start: int) -> bytes:
        # One that goes round in circles is no longer than the file.
        sectors = islice(_chain(start, following), len(data) // sector)
        return b"".join(data[(one + 1) * sector : (one + 2) * sector] for one in sectors)

    entries = read(directory)
    for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        name = entries[place : place + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, size = struct.unpack_from("<II", entries, place + 116)
        if name == "Workbook" and size >= 8 * _SECTOR:
            return read(start)[:size]
    return b""


def _chain(start: int, following: tuple[int, ...]) -> Iterator[int]:
    at = start
    while at < _LAST:
        yield at
        at = following[at]
