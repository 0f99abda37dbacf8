"""Old workbooks (.xls) whose texts the library would read in a wrong code page.

Since Excel 97 texts are Unicode, whatever the code page is that a workbook names; the library goes by it all the same.
Before, texts are bytes of that code page: the library reads those of two bytes a character wrongly, and some programs
name another one, or none. Such a workbook is handed to it as one of a code page in which every byte is a character,
and its texts are read anew here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable
from typing import Any

_BEGIN = re.compile(rb"\x09\x08[\x08\x10]\x00\x00([\x05\x06])\x05\x00")
"""The record a workbook's stream begins with: its version, 5 (Excel 95) or 6 (since Excel 97)."""
_SECTOR = 512
_CODE_PAGE, _END = 0x42, 0x0A
_UNICODE, _WESTERN = 1200, 1252
_CODECS = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949"}
_GUESSED, _COMMON, _MOSTLY = "gb18030", "gb2312", 0.8
"""A workbook is Chinese where most of its texts are in common characters: no two letters of Europe are one of those."""
_MOST_TEXTS = 400

Spelled = Callable[[str], str]
"""Reads a text of the library's anew."""


def mended(data: bytes) -> tuple[bytes, str | None]:
    """Return a workbook as the library reads it rightly, and the codec its texts are in: none where they are right.

    An empty codec: the workbook names none that tells.
    """
    begin = next((one for one in _BEGIN.finditer(data) if one.start() % 64 == 0), None)
    if begin is None:
        return data, None
    named = _place_of_code_page(data, begin.start())
    old = begin[1] == b"\x05"
    if named is None:
        return data, "" if old else None
    (code_page,) = struct.unpack_from("<H", data, named)
    wanted = _WESTERN if old else _UNICODE
    if code_page != wanted:
        data = data[:named] + struct.pack("<H", wanted) + data[named + 2 :]
    return data, _CODECS.get(code_page, "") if old else None


def _place_of_code_page(data: bytes, at: int) -> int | None:
    """Return where the number of the code page stands, which is one of the first records."""
    end = min(at - at % _SECTOR + _SECTOR, len(data)) - 6
    while at < end:
        record, length = struct.unpack_from("<HH", data, at)
        if record == _CODE_PAGE and length == 2:
            return at + 4
        if record == _END:
            return None
        at += 4 + length
    return None


def spelling(codec: str, rows: Iterable[Iterable[Any]]) -> Spelled:
    """Return what reads texts in a codec; in none, where the first ``rows`` of the workbook are no Chinese either."""
    if codec:
        return lambda text: _spelled(text, codec)
    texts = [cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()][:_MOST_TEXTS]
    common = sum(_spelled(text, _COMMON) is not text for text in texts)
    return (lambda text: _spelled(text, _GUESSED)) if common > _MOSTLY * len(texts) else lambda text: text


def _spelled(text: str, codec: str) -> str:
    """Return a text in a codec, or the very same where it is in another."""
    if text.isascii():
        return text
    try:
        return b"".join(map(_byte, text)).decode(codec)
    except UnicodeError:
        return text


def _byte(char: str) -> bytes:
    """Return the byte a character of the Western code page stands for; five of its bytes are no characters there."""
    try:
        return char.encode("cp1252")
    except UnicodeError:
        return char.encode("latin-1")
