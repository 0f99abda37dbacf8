"""Which rows and columns of a workbook nobody sees: the library reads them like all others, and so does the import.

A filter that was left on hides rows; whoever imports the sheet is told that they come along.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import IO
from zipfile import ZipFile, is_zipfile

from crm_app.files.hidden_others import MOST, Hidden, of_ods, of_xls
from crm_app.files.unreadable import UNPACKING

_FILTERED = re.compile(rb"<sheetPr\b[^>]*\bfilterMode=\"(?:1|true)\"")
_COLUMN = re.compile(rb"<col\b([^>]*)>")
_ROW = re.compile(rb"<row\b([^>]*[^/>])>")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_NUMBER = {name: re.compile(rb"\b%b=\"(\d{1,7})\"" % name) for name in (b"r", b"min", b"max")}
_SHEET = re.compile(r"<sheet\b([^>]*)/?>")
_RELATION = re.compile(r"<Relationship\b([^>]*)/?>")
_HEAD = 64 * 1024
_CHUNK = 1024 * 1024
_SMALL = MOST
"""Bytes of a sheet up to which its rows are looked through; in a larger one only where it says that it is filtered."""
_MOST_COLUMNS = 256
"""Columns that are named; whoever hides all to the right of the table hides thousands of empty ones."""


def hidden_in(path: Path) -> Mapping[str, Hidden]:
    """Return by the names of sheets what is hidden in them; nothing where the file is not written as most are."""
    try:
        if not is_zipfile(path):
            return of_xls(path.read_bytes()) if path.stat().st_size <= MOST else {}
        with ZipFile(path) as packed:
            if "content.xml" in packed.namelist():
                return of_ods(_text(packed, "content.xml"))
            return {name: _of_sheet(packed, part) for name, part in _sheets(packed).items()}
    except (*UNPACKING, struct.error):
        return {}


def _sheets(packed: ZipFile) -> dict[str, str]:
    """Return the parts of the sheets by their names."""
    parts = {}
    for said in _RELATION.findall(_text(packed, "xl/_rels/workbook.xml.rels")):
        parts[_attribute(said, "Id")] = _attribute(said, "Target")
    found = {}
    for said in _SHEET.findall(_text(packed, "xl/workbook.xml")):
        target = parts.get(_attribute(said, r"\w+:id"), "")
        found[unescape(_attribute(said, "name"))] = target[1:] if target.startswith("/") else f"xl/{target}"
    return found


def _text(packed: ZipFile, part: str) -> str:
    with packed.open(part) as file:
        return file.read(_SMALL).decode("utf-8", "replace")


def _attribute(said: str, name: str) -> str:
    found = re.search(rf"(?<![\w:]){name}=\"([^\"]*)\"", said)
    return found[1] if found else ""


def _of_sheet(packed: ZipFile, part: str) -> Hidden:
    with packed.open(part) as file:
        head = file.read(_HEAD)
        columns = [one for one in _COLUMN.findall(head.partition(b"<sheetData")[0]) if _HIDDEN.search(one)]
        spans = [range(_number(one, b"min") - 1, min(_number(one, b"max"), _MOST_COLUMNS)) for one in columns]
        looked_through = packed.getinfo(part).file_size <= _SMALL or _FILTERED.search(head)
        rows = _rows(head, file) if looked_through else frozenset()
    return Hidden(rows, frozenset(column for span in spans for column in span))


def _rows(head: bytes, file: IO[bytes]) -> frozenset[int]:
    """Return the hidden rows that hold anything."""
    found = set[int]()
    text = head
    while text:
        found.update(_number(one, b"r") - 1 for one in _ROW.findall(text) if _HIDDEN.search(one))
        more = file.read(_CHUNK)
        # A tag that a chunk ends in is looked at again with the rest of it.
        text = text[max(text.rfind(b"<row"), 0) :] + more if more and b"<row" in text else more
    return frozenset(found)


def _number(said: bytes, name: bytes) -> int:
    found = _NUMBER[name].search(said)
    if found is None:
        raise ValueError("no number")
    return int(found[1])
