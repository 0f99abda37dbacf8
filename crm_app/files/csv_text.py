"""CSV: bytes to rows in whatever encoding a Chinese office saves, and rows to bytes that Excel opens right.

A text that a spreadsheet would take for a formula gets an apostrophe in front; reading takes exactly that one away, so
that what goes out comes back unchanged.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, NamedTuple

from crm_app import late
from crm_app.files.cells import Cell, as_text

# Full-width signs too: Excel in Chinese takes them for the same.
_STARTS_A_FORMULA = "=+-@\t\r＝＋－＠"
FORMULA_STARTS = frozenset(_STARTS_A_FORMULA)
"""What a text begins with that a spreadsheet takes for a formula where it is typed in."""
_BEFORE_A_CELL = (",", "\n", ',"', '\n"')
_ROWS_AT_ONCE = 500
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*(?:"|$)')


ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "shift_jis", "euc_kr", "cp1252")
"""What a user may choose where the encoding that was found shows nonsense, likeliest first."""

LONGEST_CELL = 1_000_000
"""Characters of a cell; of a longer one no book keeps the text, and no row is told from it."""
_FIRST_PIECE, _PIECE = 1 << 15, 1 << 18
"""Characters of a text that are parted into lines at once; whoever waits for the first rows gets them early."""
_LINE_END = re.compile(r"\r\n?|\n")
_GUARDED = re.compile(r"(?:^|[\n\r,;\t\"])'")
"""What stands before a cell that has a guard."""

LOST = "\ufffd"
"""Stands where bytes are no character."""
_LOST_PLACES = re.compile(f"{LOST}+")
_LAST_OF_WESTERN = "\u2e7f"
_SOUND, _COMMON = 20, 0.9
"""Chinese characters to each such place, from which on a text is damaged rather than in another encoding, and the share
of them that must be common."""

_LEAST, _SAMPLE = 16, 100_000
"""Bytes by which a rare encoding is known; of fewer anything can be said."""


class UnknownEncoding(Exception):
    """The bytes are no text in any encoding that is known, or not in the one that was chosen."""


class EndlessCell(csv.Error):
    """A cell is longer than any is read; ``line`` is the one of the text it begins in, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Decoded(NamedTuple):
    """A text with its encoding; ``broken``: a few bytes of it are no characters, and stand as ``LOST``."""

    text: str
    encoding: str
    broken: bool = False


def decode(data: bytes, encoding: str = "") -> str:
    """Return the text of a file, in the encoding that is found or in the one chosen; raise UnknownEncoding."""
    return decoded(data, encoding).text


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """Return the text of a file and its encoding: the one chosen, else the one that is found.

    It is found by its mark, else it is UTF-8, else GB18030, a few bytes of which may be damaged, else what
    charset-normalizer says. Raise UnknownEncoding where nothing fits.
    """
    for likely, damaged in _likely(data, encoding):
        try:
            if damaged and not _is_sound(data, likely, simplified=likely == "gb18030" and not encoding):
                continue
            text = data.decode(likely, "replace" if damaged else "strict")
            return Decoded(text.removeprefix("\ufeff"), likely, damaged)
        except (UnicodeError, LookupError):
            continue
    raise UnknownEncoding


def _is_sound(data: bytes, encoding: str, *, simplified: bool) -> bool:
    """Say whether a text begins whole but for a few places; ``simplified``: in characters that are common in Chinese.

    Big5 read as GB18030 is words too, of characters nobody writes.
    """
    sample = data[:_SAMPLE].decode(encoding, "replace")
    read = "".join(char for char in sample if char > _LAST_OF_WESTERN and char != LOST)
    if len(_LOST_PLACES.findall(sample)) * _SOUND >= len(read):
        return False
    return not simplified or len(read.encode("gb2312", "ignore")) > 2 * _COMMON * len(read)


def _likely(data: bytes, chosen: str) -> Iterator[tuple[str, bool]]:
    """Yield encodings, each with whether some bytes may be no characters in it."""
    if chosen:
        yield from ((chosen, False), (chosen, True))
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16", False
    else:
        # Many a text in UTF-8 is one in GB18030 too, and nonsense then: first comes what is damaged in few places.
        yield from (("utf-8", False), ("utf-8", True), ("gb18030", False), ("gb18030", True))
        guess = late.charset_normalizer().from_bytes(data[:_SAMPLE]).best() if len(data) >= _LEAST else None
        if guess is not None:
            yield str(guess.encoding), False


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


def read_rows(text: str) -> Iterator[list[Any]]:
    """Yield the rows of a table in a text, whatever parts its cells; raise EndlessCell for one over LONGEST_CELL."""
    csv.field_size_limit(LONGEST_CELL)
    delimiter = _delimiter(text)
    guarded = bool("'" in text and _GUARDED.search(text))
    start, size = 0, _FIRST_PIECE
    # Piece by piece, since a piece takes four bytes a character.
    while start < len(text):
        end = text.find("\n", start + size) + 1 or len(text)
        size = min(2 * size, _PIECE)
        rows = _parted(text[start:end], delimiter)
        if rows is None:
            rows, end = _by_the_library(text, start, end, delimiter)
        start = end
        if guarded:
            yield from ([unguard(cell) if cell else None for cell in row] for row in rows)
        else:
            yield from rows


def _parted(piece: str, delimiter: str) -> list[list[Any]] | None:
    """Return the rows of whole lines without quotes, as the library would; None where it has to be asked."""
    if '"' in piece:
        return None
    whole = piece.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    lines = whole.split("\n")
    if len(max(lines, key=len)) > csv.field_size_limit():
        return None
    rows: list[list[Any]] = [line.split(delimiter) if line else [] for line in lines]
    blank = any(edge in f"\n{whole}\n" for edge in (delimiter * 2, f"{delimiter}\n", f"\n{delimiter}"))
    return [[cell or None for cell in row] for row in rows] if blank else rows


def _by_the_library(text: str, start: int, end: int, delimiter: str) -> tuple[list[list[Any]], int]:
    """Return the rows from one place to another, the last one whole, and where it ends."""
    at = start

    def lines() -> Iterator[str]:
        nonlocal at
        while at < len(text):
            last = text.find("\n", at + _PIECE) + 1 or len(text)
            for line in io.StringIO(text[at:last], newline=""):
                at += len(line)
                yield line

    rows: list[list[Any]] = []
    began, library = start, csv.reader(lines(), delimiter=delimiter)
    while began < end:
        try:
            row, failed = next(library), None
        except csv.Error as error:
            # A cell that is longer than the library takes.
            row, failed = [], error
        if (failed or at == len(text)) and _is_open(text[began:], delimiter):
            # A quote that nothing closes is a letter: with it all that follows would be one cell.
            line = _LINE_END.search(text, began)
            at = line.end() if line else len(text)
            row = text[began:at].rstrip("\r\n").split(delimiter)
            if failed and len(max(row, key=len)) > csv.field_size_limit():
                raise EndlessCell(len(_LINE_END.findall(text, 0, began)) + 1) from failed
            rows.append([cell or None for cell in row])
            break
        if failed:
            raise EndlessCell(len(_LINE_END.findall(text, 0, began)) + 1) from failed
        rows.append([cell or None for cell in row])
        began = at
    return rows, at


def _is_open(record: str, delimiter: str) -> bool:
    """Say whether a quote in the last record of a text is closed by nothing: then a further one would end its cell."""
    if '"' not in record:
        return False
    lines = chain(io.StringIO(record, newline=""), [f'"{delimiter}'])
    most = csv.field_size_limit(len(record) + 2)
    try:
        return sum(1 for _row in islice(csv.reader(lines, delimiter=delimiter), 2)) == 1
    finally:
        csv.field_size_limit(most)


class _Line:
    """A file whose writer answers what it was given: the line."""

    @staticmethod
    def write(line: str) -> str:
        return line


_MINIMAL = csv.writer(_Line)
_ALL = csv.writer(_Line, quoting=csv.QUOTE_ALL)
_AS_THEY_ARE = frozenset((str, int, date, type(None)))
"""What the library itself turns into the text it is read from."""


def write_csv(write: Callable[[bytes], object], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a CSV file: UTF-8 with a byte order mark, without which Excel shows nonsense; return the count of rows."""
    write(codecs.BOM_UTF8 + _line([guard(title) for title in header]).encode("utf-8"))
    asked, n = iter(rows), 0
    while block := list(islice(asked, _ROWS_AT_ONCE)):
        n += len(block)
        write(_written(block).encode("utf-8"))
    return n


def _written(block: Sequence[Sequence[Cell]]) -> str:
    """Return the lines of some rows: at once where no cell needs a guard, else row by row."""
    if _AS_THEY_ARE.issuperset(map(type, chain.from_iterable(block))):
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(block)
        text = buffer.getvalue()
        if not _perhaps_a_formula("\n" + text) and ";" not in text and "\t" not in text:
            return text
    return "".join([_line([_plain(cell) for cell in row]) for row in block])


def _perhaps_a_formula(text: str) -> bool:
    """Say whether lines may hold a cell that has to be guarded; a text within one may only look like it."""
    marks = [mark for mark in _STARTS_A_FORMULA + "'" if mark in text]
    # The line's own end is no cell; one that begins with it stands in quotes.
    return any(edge + mark in text for mark in marks for edge in _BEFORE_A_CELL[2 if mark == "\r" else 0 :])


def _plain(cell: Cell) -> str:
    return guard(cell) if isinstance(cell, str) else as_text(cell)


def _line(cells: Sequence[str]) -> str:
    line: str = _MINIMAL.writerow(cells)
    # In quotes, tabs and semicolons are not taken for what separates the cells.
    return _ALL.writerow(cells) if ";" in line or "\t" in line else line
