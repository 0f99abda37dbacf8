"""The one sheet of a large .xlsx, row by row as it is unpacked: the library hands rows over when it has read them all.

Cells that are written as nearly all are, texts of the shared table and numbers in no format of a day, are read here.
Every other cell is put into a small workbook with the file's own styles, and the library says what it holds; where the
sheet is written in an unusual way, the library reads all of it. Both ways give the same: a property test holds them to
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice, pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from crm_app.files.cells import plain, plain_row
from crm_app.files.odd_cells import END, PLACE, TEXTS, Judge
from crm_app.files.row_shapes import ROW_END, USUAL, Shape, shape_of, skeleton
from crm_app.files.shared_texts import SharedTexts, Unusual
from crm_app.files.unreadable import UNPACKING

_LARGE = 2_000_000
"""Bytes of a sheet as XML from which on it is worth it."""
_FIRST, _CHUNK = 1 << 16, 1 << 20
"""Bytes that are unpacked at once: few where one begins."""
_LONGEST_ROW = 1 << 24
_LONGEST_END = 1 << 23
"""Bytes of what stands below the rows: merged blocks, links, rules."""
_MOSTLY = 0.98
"""So many cells of the first rows have to be usual."""
_SHAPES = 100
"""Rows are remembered by which columns they hold; most sheets have few kinds of them."""
_ALIKE = 8
"""Rows of a shape on the average from which on it is worth it to read them together."""

_PARTS = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
"""What makes a workbook without its sheets; the last may be lacking."""

_BEGIN = b"<sheetData>"
_ANY = re.compile(rb"<c\s[^<>]*?(?:/>|>.*?</c>)", re.DOTALL)
_ROW = re.compile(rb'\s*<row(?:\s[^<>]*?)?\sr="([0-9]+)"[^<>]*(?<!/)>')
_BLANK_ROWS = re.compile(rb"(?:\s*<row\s[^<>]*/>)*\s*")
_TROUBLE = (Unusual, *UNPACKING)
"""What is met in a file that is damaged, or written in an unusual way: the library is asked, and says what it is."""
_LIBRARYS = (CalamineError, PasswordError, XmlError, ZipError)

Row = list[Any]
Numbered = tuple[list[int], list[Row]]
"""Numbers of rows, and their cells."""


class Streamed(NamedTuple):
    """The sheet's name and merged blocks as the library says them, and what reads its rows."""

    name: str
    merges: list[tuple[int, int, int, int]]
    rows: StreamedRows


def opened(path: Path) -> Streamed | None:
    """Return the one sheet of a large workbook; None for any other, and where it is not written as most are."""
    try:
        with ZipFile(path) as packed:
            sheets = [one for one in packed.infolist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", one.filename)]
            if len(sheets) != 1 or sheets[0].file_size < _LARGE or TEXTS not in packed.namelist():
                return None
            parts = {name: packed.read(name) for name in _PARTS if name in packed.namelist()}
            with packed.open(sheets[0]) as file:
                head, tail = _around_the_rows(file)
        judge = Judge(parts, sheets[0].filename, head)
        workbook = judge.workbook(b"", tail)
        (about,) = workbook.sheets_metadata
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            return None
        merged = workbook.get_sheet_by_index(0).merged_cell_ranges or ()
        rows = StreamedRows(path, sheets[0].filename, judge)
        return Streamed(about.name, [(*first, *last) for first, last in merged], rows) if rows.are_usual() else None
    except (*_TROUBLE, *_LIBRARYS):
        return None


def _around_the_rows(file: IO[bytes]) -> tuple[bytes, bytes]:
    """Return what stands before and behind the rows of a sheet."""
    head, found, _rows = file.read(_CHUNK).partition(_BEGIN)
    if not found or (b"encoding=" in head and not re.search(rb"encoding=[\"']utf-8[\"']", head, re.IGNORECASE)):
        raise Unusual
    last = _rows
    while END not in last:
        chunk = file.read(_CHUNK)
        if not chunk:
            raise Unusual
        last = last[-len(END) :] + chunk
    tail = last[last.index(END) :] + file.read(_LONGEST_END)
    if file.read(1) or b"<sheetData" in tail:
        raise Unusual
    return head + _BEGIN, tail


class StreamedRows:
    """The rows of a sheet, as often as they are asked for, with cells as the program knows them."""

    def __init__(self, path: Path, sheet: str, judge: Judge) -> None:
        self._path, self._sheet, self._judge = path, sheet, judge
        self._texts = SharedTexts(path, TEXTS)
        self._numbers: dict[bytes, bool] = {b"": True}
        """Formats, and whether a number in them is just that."""
        self._places: dict[Sequence[bytes], Sequence[int]] = {}
        self._shapes: dict[bytes, Shape | None] = {}

    def each(self) -> Iterator[Row]:
        """Yield the rows from the first of the sheet on, empty ones too; a short one ends before the others."""
        given = 0
        try:
            for row in self._read():
                yield row
                given += 1
        except _TROUBLE:
            yield from islice(self._by_the_library(), given, None)

    def are_usual(self) -> bool:
        """Say whether nearly all cells of the first rows are written in the usual way."""
        with ZipFile(self._path) as packed, packed.open(self._sheet) as file:
            first = file.read(_FIRST)
        usual = sum(1 for cell in USUAL.finditer(first) if not cell["row"])
        return bool(usual) and usual >= _MOSTLY * len(re.findall(rb"<c\s", first))

    def _by_the_library(self) -> Iterator[Row]:
        with CalamineWorkbook.from_path(self._path) as workbook:
            sheet = workbook.get_sheet_by_index(0)
        left = [None] * sheet.start[1] if sheet.start else []
        return (plain_row([*left, *row]) for row in sheet.iter_rows())

    def _read(self) -> Iterator[Row]:
        number = blank = 0
        for chunk in self._chunks():
            numbers, rows = self._all(chunk)
            if not blank and numbers == [*range(number + 1, number + 1 + len(rows))] and all(map(any, rows)):
                number += len(rows)
                yield from rows
                continue
            for at, cells in zip(numbers, rows, strict=True):
                if at <= number:
                    raise Unusual
                blank, number = blank + at - number - 1, at
                if not any(cells) and all(cell is None for cell in cells):
                    # Rows that are only drawn stand below many a table.
                    blank += 1
                    continue
                for _row in range(blank):
                    yield []
                blank = 0
                yield cells

    def _chunks(self) -> Iterator[bytes]:
        """Yield the rows as XML, some at a time."""
        with ZipFile(self._path) as packed, packed.open(self._sheet) as file:
            rest, size = file.read(_CHUNK).partition(_BEGIN)[2], _FIRST
            rest, ahead = rest[:size], rest[size:]
            while True:
                rows, end, rest = rest.rpartition(ROW_END)
                if end:
                    yield rows + end
                chunk, ahead = ahead or file.read(_CHUNK), b""
                if not chunk or len(rest) > _LONGEST_ROW:
                    break
                rest += chunk
        if not _BLANK_ROWS.sub(b"", rest, count=1).startswith(END):
            raise Unusual

    def _all(self, chunk: bytes) -> Numbered:
        """Return the numbers and the cells of rows: of each shape together, or where there are many in their order."""
        first, amount = chunk[: chunk.index(ROW_END) + len(ROW_END)], chunk.count(ROW_END)
        known = skeleton(first)
        if skeleton(chunk) == known * amount and (alike := self._alike(known, chunk, amount)):
            return alike
        rows = [row + ROW_END for row in chunk.split(ROW_END)[:-1]]
        shapes: dict[bytes, list[int]] = {}
        for place, row in enumerate(rows):
            shapes.setdefault(skeleton(row), []).append(place)
        if len(rows) < _ALIKE * len(shapes):
            return self._usual(chunk) or self._each_alone(rows)
        numbers, found = [0] * len(rows), list[Row]([[]]) * len(rows)
        for known, places in shapes.items():
            of_shape = [rows[place] for place in places]
            read = self._alike(known, b"".join(of_shape), len(places)) or self._each_alone(of_shape)
            for place, number, cells in zip(places, *read, strict=True):
                numbers[place], found[place] = number, cells
        return numbers, found

    def _each_alone(self, rows: Iterable[bytes]) -> Numbered:
        alone = [*map(self._alone, rows)]
        return [number for number, _cells in alone], [cells for _number, cells in alone]

    def _alike(self, known: bytes, rows: bytes, amount: int) -> Numbered | None:
        """Return the numbers and the cells of rows of one shape, column by column; None where not all are usual."""
        if known not in self._shapes:
            shape = shape_of(rows[: rows.index(ROW_END) + len(ROW_END)])
            self._shapes = {known: shape, **dict(islice(self._shapes.items(), _SHAPES))}
        shape = self._shapes[known]
        runs = shape.runs(rows, amount) if shape else None
        if shape is None or runs is None:
            return None
        try:
            numbers = [*map(int, runs[shape.at])]
            return numbers, [*map(list, zip(*self._columns(shape, runs), strict=True))]
        except ValueError:
            # A dot where none belongs.
            return None

    def _columns(self, shape: Shape, runs: Sequence[Sequence[bytes]]) -> list[Sequence[Any]]:
        """Return the cells of rows column by column, of which there is one at least."""
        nothing = [None] * len(runs[shape.at])
        columns: list[Sequence[Any]] = []
        for one in shape.cells:
            place = _column(one.column)
            if place < len(columns):
                raise Unusual
            columns += [nothing] * (place - len(columns))
            if one.value is None:
                columns.append(nothing)
            else:
                written = runs[one.value]
                columns.append(self._shared(written) if one.is_text else self._counted(one.style, written))
        return columns or [nothing]

    def _shared(self, written: Sequence[bytes]) -> Sequence[Any]:
        """Return the shared texts of a column."""
        texts: Row = self._texts.many([*map(int, written)])
        if self._texts.has_odd and None in texts:
            odd = [place for place, text in enumerate(texts) if text is None]
            known = {written[place]: self._texts.odd(int(written[place])) for place in odd}
            for place, text in zip(odd, self._judged([written[place] for place in odd], known), strict=True):
                texts[place] = text
        return texts

    def _counted(self, style: bytes, written: Sequence[bytes]) -> Sequence[Any]:
        """Return numbers, or the days they stand for in this format; raise ValueError where one is no number."""
        whole = b" %b " % b" ".join(written)
        if b" ." in whole or b". " in whole:
            raise ValueError("no number")
        if self._is_number(style):
            return [*map(float, written)]
        return self._judged([b'<c r="A1" s="%b"><v>%b</v></c>' % (style, one) for one in written], {})

    def _usual(self, chunk: bytes) -> Numbered | None:
        """Return the numbers and the cells of rows; None where not all is written in the usual way."""
        found = USUAL.findall(chunk)
        if not found:
            return None
        numbers, columns, again, styles, kinds, values = zip(*found, strict=True)
        begins = [place for place, number in enumerate(numbers) if number]
        # Tags: two of a row, four of a cell that holds something, one of another.
        if begins[:1] != [0] or chunk.count(b"<") != 4 * len(found) - 2 * len(begins) - 3 * (
            values.count(b"") - len(begins)
        ):
            return None
        are_texts = [kind == b"s" for kind in kinds]
        texts = self._texts.many(list(map(int, compress(values, are_texts))))
        cells: Row = []
        told = 0
        # Most cells are texts: they come in runs between the others.
        for place in [place for place, is_text in enumerate(are_texts) if not is_text]:
            run = place - len(cells)
            cells += texts[told : told + run]
            told += run
            cells.append(float(values[place]) if values[place] else None)
        cells += texts[told:]
        self._judge_odd(cells, styles, kinds, values)
        rows = [(begin, begin + 1, end) for begin, end in pairwise([*begins, len(cells)])]
        if any({*again[first:end]} - {numbers[begin]} for begin, first, end in rows):
            raise Unusual
        placed = [self._placed(columns[first:end], cells[first:end]) for _begin, first, end in rows]
        return [int(numbers[begin]) for begin in begins], placed

    def _placed(self, columns: Sequence[bytes], cells: Row) -> Row:
        """Return the cells of a row in their columns; most rows have all of them."""
        places = self._places.get(columns)
        if places is None:
            places = [*map(_column, columns)]
            if any(one >= other for one, other in pairwise(places)):
                raise Unusual
            self._places = {columns: places, **dict(islice(self._places.items(), _SHAPES))}
        if not places or places[-1] == len(cells) - 1:
            return cells
        row: Row = [None] * (places[-1] + 1)
        for place, cell in zip(places, cells, strict=True):
            row[place] = cell
        return row

    def _judge_odd(self, cells: Row, styles: Sequence[bytes], kinds: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Put in the place of numbers that are days, and of texts that are odd, what the library says of them."""
        days = {style for style in {*styles} if not self._is_number(style)}
        odd: dict[int, bytes] = {}
        if days:
            odd = {
                place: b'<c r="A1" s="%b"><v>%b</v></c>' % (style, value)
                for place, (style, kind, value) in enumerate(zip(styles, kinds, values, strict=True))
                if style in days and value and kind != b"s"
            }
        if self._texts.has_odd:
            odd |= {place: values[place] for place, cell in enumerate(cells) if cell is None and kinds[place] == b"s"}
        if odd:
            texts = {cell: self._texts.odd(int(cell)) for cell in odd.values() if cell.isdigit()}
            for place, cell in zip(odd, self._judged([*odd.values()], texts), strict=True):
                cells[place] = cell

    def _alone(self, row: bytes) -> tuple[int, Row]:
        """Return a row that may hold what is written otherwise."""
        row = _BLANK_ROWS.sub(b"", row, count=1)
        usual = self._usual(row)
        return (usual[0][0], usual[1][0]) if usual else self._one(row.removesuffix(ROW_END))

    def _one(self, row: bytes) -> tuple[int, Row]:
        begun = _ROW.match(row)
        if begun is None or _ANY.sub(b"", row[begun.end() :]).strip():
            raise Unusual
        columns: list[bytes] = []
        cells: Row = []
        for cell in _ANY.findall(row, begun.end()):
            place = PLACE.search(cell)
            if place is None:
                raise Unusual
            columns.append(place[1])
            usual = USUAL.fullmatch(cell)
            if usual is not None:
                alone = self._usual(b'<row r="%b">' % begun[1] + cell + ROW_END)
                assert alone is not None
                cells.append(alone[1][0][-1])
            elif re.match(rb"<c\s[^<>]*\st=[\"']s[\"']", cell):
                raise Unusual
            else:
                cells += self._judged([PLACE.sub(b'r="A1"', cell, count=1)], {})
        return int(begun[1]), self._placed(tuple(columns), cells)

    def _judged(self, cells: Sequence[bytes], texts: dict[bytes, bytes]) -> Row:
        return [*map(plain, self._judge.judged(cells, texts))]

    def _is_number(self, style: bytes) -> bool:
        known = self._numbers.get(style)
        if known is None:
            (read,) = self._judge.judged([b'<c r="A1" s="%b"><v>1.5</v></c>' % style], {})
            known = self._numbers[style] = type(read) is float
        return known


def _column(letters: bytes) -> int:
    """Return the place of a column from 0: A, B … Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
