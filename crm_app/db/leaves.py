"""The rows on a page of a table: SQLite's records read from the bytes, cell by cell, past the torn ones."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm_app.db.pages import Pages

_LEAF, _INTERIOR = 0x0D, 0x05
_FILE_HEADER = 100
"""What stands before the tree on page 1."""


class Torn(ValueError):
    """Bytes that are no record."""


@dataclass(frozen=True)
class Row:
    """A row as it is stored: its number in the table, and its values in the order of the columns."""

    rowid: int
    values: tuple[Any, ...]
    mended: bool = False
    """Whether characters of a text could not be read and a mark stands for them."""


def is_leaf(page: bytes, n: int) -> bool:
    """Say whether a page holds rows of a table."""
    return page[_head(n)] == _LEAF


def _head(n: int) -> int:
    return _FILE_HEADER if n == 1 else 0


def children(page: bytes, n: int) -> list[int]:
    """Return the pages below one that only leads on; empty for every other kind."""
    head = _head(n)
    if page[head] != _INTERIOR:
        return []
    (cells,) = struct.unpack_from(">H", page, head + 3)
    found = []
    for at in range(head + 12, min(head + 12 + 2 * cells, len(page) - 1), 2):
        (cell,) = struct.unpack_from(">H", page, at)
        if cell + 4 <= len(page):
            found.append(struct.unpack_from(">I", page, cell)[0])
    return [*found, struct.unpack_from(">I", page, head + 8)[0]]


def rows(pages: Pages, n: int) -> Iterator[Row | None]:
    """Yield the rows on leaf page ``n``, and None for each that cannot be read."""
    page = pages[n]
    assert page is not None, "its caller looked"
    head = _head(n)
    (cells,) = struct.unpack_from(">H", page, head + 3)
    for at in range(head + 8, min(head + 8 + 2 * cells, len(page) - 1), 2):
        (cell,) = struct.unpack_from(">H", page, at)
        try:
            yield _row(pages, page, cell)
        except (Torn, IndexError, struct.error, OverflowError):
            yield None


def _row(pages: Pages, page: bytes, cell: int) -> Row:
    size, at = _varint(page, cell)
    rowid, at = _varint(page, at)
    if size > pages.count * pages.usable:
        raise Torn
    return _record(_payload(pages, page, size, at), rowid - (1 << 64) if rowid >> 63 else rowid)


def _payload(pages: Pages, page: bytes, size: int, at: int) -> bytes:
    """Return a record's bytes: what fits on its page, and what runs over to others."""
    usable = pages.usable
    if size <= usable - 35:
        if at + size > usable:
            raise Torn
        return page[at : at + size]
    least = (usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    parts, left = [page[at : at + local]], size - local
    (following,) = struct.unpack_from(">I", page, at + local)
    while left > 0:
        over = pages[following]
        if over is None:
            raise Torn
        parts.append(over[4 : 4 + min(left, usable - 4)])
        left -= usable - 4
        (following,) = struct.unpack_from(">I", over)
    return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _record(payload: bytes, rowid: int) -> Row:
    header, at = _varint(payload, 0)
    types = []
    while at < header:
        kind, at = _varint(payload, at)
        types.append(kind)
    if at != header:
        raise Torn
    values: list[Any] = []
    mended = False
    for kind in types:
        value, at = _value(payload, kind, at)
        if isinstance(value, _Text):
            text = _NULS.sub("\N{REPLACEMENT CHARACTER}", value.decode("utf-8", "replace"))
            mended = mended or text.encode() != value
            value = text
        values.append(value)
    if at != len(payload):
        raise Torn
    return Row(rowid, tuple(values), mended)


_NULS = re.compile("\0+")
"""What a sector that was never written reads as; no text of a book holds one."""


class _Text(bytes):
    """The bytes of a text, before they are read as one."""


_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial type → bytes of an integer."""


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind in _WHOLE:
        end = at + _WHOLE[kind]
        value: Any = int.from_bytes(payload[at:end], "big", signed=True)
    elif kind >= 12:
        end = at + (kind - 12) // 2
        value = _Text(payload[at:end]) if kind % 2 else payload[at:end]
    elif kind == 7:
        end = at + 8
        (value,) = struct.unpack_from(">d", payload, at)
    elif kind in (0, 8, 9):
        end, value = at, None if kind == 0 else kind - 8
    else:
        raise Torn
    if end > len(payload):
        raise Torn
    return value, end
