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

from crm_app import late
from crm_app.files.cells import Cell, as_text

# Full-width signs too: Excel in Chinese takes them for the same.
_STARTS_A_FORMULA = "=+-@\t\r＝＋－＠"
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*(?:"|$)')


ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "shift_jis", "euc_kr", "cp1252")
"""What a user may choose where the encoding that was found shows nonsense, likeliest first."""

_SAMPLE = 100_000
"""Bytes by which a rare encoding is known."""


class UnknownEncoding(Exception):
    """The bytes are no text in any encoding that is known, or not in the one that was chosen."""


def find_encoding(data: bytes) -> str:
    """Return the encoding of a text: by its mark, else UTF-8, else GB18030, else what charset-normalizer says.

    Raise UnknownEncoding where nothing fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        if _fits(data, encoding):
            return encoding
    guess = late.charset_normalizer().from_bytes(data[:_SAMPLE]).best()
    if guess is not None and _fits(data, guess.encoding):
        return str(guess.encoding)
    raise UnknownEncoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, encoding: str = "") -> str:
    """Return the text of a file, in the encoding that is found or in the one chosen; raise UnknownEncoding."""
    try:
        text = data.decode(encoding or find_encoding(data))
    except (UnicodeError, LookupError) as error:
        raise UnknownEncoding from error
    return text.removeprefix("\ufeff")


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


def read_csv(data: bytes, encoding: str = "") -> Iterator[list[Cell]]:
    """Yield the rows of a CSV file, cells as text; raise UnknownEncoding, or csv.Error for what is no CSV."""
    yield from read_rows(decode(data, encoding))


def read_rows(text: str) -> Iterator[list[Cell]]:
    """Yield the rows of a table in a text, whatever parts its cells; raise csv.Error for what is none."""
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
