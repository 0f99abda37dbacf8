"""CSV: bytes to rows in whatever encoding a Chinese office saves, and rows to bytes that Excel opens right.

A text that a spreadsheet would take for a formula gets an apostrophe in front; reading takes exactly that one away, so
that what goes out comes back unchanged.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from crm_app.files.cells import Cell, as_text

# Full-width signs too: Excel in Chinese takes them for the same.
_STARTS_A_FORMULA = "=+-@\t\r＝＋－＠"
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*(?:"|$)')


class UnknownEncoding(Exception):
    """The bytes are neither UTF-8, UTF-16 with its mark, nor GB18030."""


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else GB18030; raise UnknownEncoding."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding


def guard(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it; :func:`unguard` gives it back."""
    quoted = len(text) > 1 and text[0] == "'" and text[1] in _STARTS_A_FORMULA + "'"
    return "'" + text if text[:1] in tuple(_STARTS_A_FORMULA) or quoted else text


def unguard(text: str) -> str:
    """Return a guarded text as it was; any other is left alone."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in _STARTS_A_FORMULA + "'" else text


def _delimiter(text: str) -> str:
    # What stands in quotes is somebody's text; the last one may be cut off.
    head = _QUOTED.sub("", text[:20_000])
    return max(_DELIMITERS, key=head.count)


def read_csv(data: bytes) -> Iterator[list[Cell]]:
    """Yield the rows of a CSV file, cells as text; raise UnknownEncoding, or csv.Error for what is no CSV."""
    text = decode(data)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
        yield [unguard(cell) or None for cell in row]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the bytes of a CSV file row by row: UTF-8 with a byte order mark, without which Excel shows nonsense."""
    yield codecs.BOM_UTF8
    yield _line([guard(title) for title in header])
    for row in rows:
        yield _line([guard(cell) if isinstance(cell, str) else as_text(cell) for cell in row])


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    # In quotes, tabs and semicolons are not taken for what separates the cells.
    others = any(mark in cell for cell in cells for mark in _DELIMITERS[1:])
    csv.writer(out, quoting=csv.QUOTE_ALL if others else csv.QUOTE_MINIMAL).writerow(cells)
    return out.getvalue().encode("utf-8")
