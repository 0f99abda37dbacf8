"""The reader child's part for ledgers: each sheet's header, and what its rows say once it is told what columns mean.

The answers are ``{"sheet", "header"}``; the program replies ``{"columns", "folds"}``, none to pass the sheet over. Then
come ``{"rows"}`` block by block, each followed by bytes, at last those of its cells, ``{"days", "questions"}`` before
the first whose days may be read in several orders, or after all, and at last ``{"left_out"}``. Only a block is held at
a time, and of a large workbook those ahead of it, packed (files/held_rows.py). Where the reply says ``plain``, rows
that are (domain/import_plain.py) come in stored form, their texts as the first bytes (domain/import_texts.py), and
where it says ``indexed`` with what the search index takes up of them, table by table, as the next; the others as
what they say. Cells that will be ``kept`` are compressed.
"""

from __future__ import annotations

import codecs
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import IO, Any

from crm_app import clock, i18n
from crm_app.domain import import_meanings, import_plain_wire, import_texts, import_wire, imports, names, pinyin
from crm_app.domain.import_blocks import BlockReader
from crm_app.domain.import_days import DayOrder
from crm_app.domain.import_headers import JOIN
from crm_app.domain.import_kinds import YEAR_OF
from crm_app.domain.import_plain import Plain
from crm_app.domain.import_rows import Parsed, RowReader
from crm_app.domain.imports import Column
from crm_app.files import header_rows, late, sheets
from crm_app.files.cells import Cell, Merge, plain_row, to_json
from crm_app.files.csv_text import LOST
from crm_app.files.frames import read_frame, write_frame, write_raw
from crm_app.files.header_rows import Header
from crm_app.files.held_rows import Held, hold, in_turn
from crm_app.files.stacked import Numbered, OwnRows
from crm_app.files.structure import LeftOut, RowSorter
from crm_app.i18n import _

_SIZES = (125, 1.5, 1_000)
"""Rows in the first block, how many times as long each further one is, and in the longest: whoever waits for the first
begins early, and has worked at each about as long as the next one takes to be read."""
_INDEXED_SIZES = (250, 2, 2_000)
"""The same of mostly plain rows for the search index: what it keeps in memory before it writes."""

_FEW = 5_000_000
"""Characters of cells that are not compressed: so few take little room, and the first of them come early."""

_LONGEST = 3_000_000
"""Characters in a block from which on it is sent in parts: with the words of its index they are ten times as much, and
one frame must hold them."""

_TRIAL = {
    ("企业名称", "", "enterprise.name"): "长沙朝曦科技有限公司",
    ("统一社会信用代码", "", "enterprise.uscc"): "91430100MA4L0A0B03",
    ("省份", "", "enterprise.province"): "湖南省",
    ("所属行业", "", "enterprise.industry"): "新一代电子信息制造",
    ("联系人", "", "contact.people"): "张朝",
    ("联系电话", "", "contact.phone"): "13800000000",
    ("计划投资额(万元)", "万元", "lead.intent"): "1200.5",
    ("登记日期", "", "lead.registered_on"): "2024-03-05",
    ("备注", "", "lead.note"): "要地20亩，三月前答复。",
}
"""A table that is read by most of what reads tables: its headers with their units and targets, and its row."""
_SLIP = "91430100MA4L0A0B04"
"""A credit code in which one character is wrong: what tells so takes a tenth of a second to load."""


def make_ready() -> None:
    """Load what nearly every ledger needs, and read one that is made up: what is read first takes ten times as long."""
    late.reader_of_large_workbooks()
    codecs.lookup("gb18030")
    for language in reversed(i18n.LANGUAGES):
        i18n.set_language(language)
        # The names of all fields are folded once in each.
        import_meanings.known_header("")
    columns = [[place, header, unit, target, "", "", None] for place, (header, unit, target) in enumerate(_TRIAL)]
    wanted = {"plain": True, "leads": False, "indexed": True, "kept": False}
    replies = io.BytesIO()
    write_frame(replies, {"columns": columns, "folds": {}, **wanted})
    replies.seek(0)
    rows: list[list[Any]] = [[header for header, _unit, _target in _TRIAL], [*_TRIAL.values()]]
    rows.append([_SLIP if target == "enterprise.uscc" else said for (_h, _u, target), said in _TRIAL.items()])
    _answer_sheet(sheets.Sheet("", [], lambda: iter(rows), plain=True), "", replies, io.BytesIO())


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the ledgers of a file; raise Unreadable."""
    i18n.set_language(request["language"])
    clock.pin_today(date.fromisoformat(request["today"]))
    for sheet in sheets.each(request, stream):
        _answer_sheet(sheet, sheet.name or Path(request["path"]).stem, stream, answers)


def _answer_sheet(sheet: sheets.Sheet, called: str, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the tables of a sheet, one under another; a further one is a sheet of its own: “Sheet1 · 2”."""
    start: int | None = 0
    for nth in count(1):
        if start is None:
            return
        if nth > 1:
            sheet = sheet._replace(name=f"{called} · {nth}", alone=False)
        start = _answer_table(sheet, start, stream, answers)


def _answer_table(sheet: sheets.Sheet, start: int, stream: IO[bytes], answers: IO[bytes]) -> int | None:
    """Answer the table that begins in row ``start`` (from 0), and return where the next one does."""

    def rows() -> Iterator[Sequence[Cell]]:
        below = islice(sheet.rows(), start, None)
        return below if sheet.plain else map(plain_row, below)

    merges = [(top - start, left, bottom - start, right) for top, left, bottom, right in sheet.merges if top >= start]
    head = list(islice(rows(), header_rows.HEAD))
    header = header_rows.find_header(head, merges, import_meanings.known_header)
    empty = header is None and not any(cell is not None for row in rows() for cell in row)
    write_frame(
        answers,
        {
            "sheet": sheet.name,
            "encoding": sheet.encoding,
            "alone": sheet.alone,
            "empty": empty,
            "hidden": [0, []] if header is None else _hidden(sheet, header, start),
            "header": None if header is None else _header(header, start),
            "samples": [] if header is None else _samples(header, head),
        },
    )
    if empty:
        return None
    reply = read_frame(stream)
    if header is None:
        return None
    own = OwnRows(header, import_meanings.known_header)
    below = header.last + 1
    if not reply["columns"]:
        for _row in own.of(islice(enumerate(rows()), below, None)):
            pass
    else:

        def of_the_table() -> Iterator[Sequence[Cell]]:
            numbered = enumerate(islice(rows(), below, None))
            return (row for _at, row in OwnRows(header, import_meanings.known_header).of(numbered))

        def let_go() -> None:
            # A further table is read of the same rows.
            if own.next is None and sheet.let_go is not None:
                sheet.let_go()

        reading = _Reading(reply, of_the_table, answers, broken=sheet.broken)
        blocks = _Blocks(header, start, merges, reading, answers)
        blocks.answer(own.of(islice(enumerate(rows()), below, None)), let_go if sheet.let_go else None)
    return None if own.next is None else start + own.next


def _hidden(sheet: sheets.Sheet, header: Header, start: int) -> list[Any]:
    """Return how many rows below a header nobody sees, and the headers of such columns."""
    rows, columns = sheet.hidden
    below = sum(row > start + header.last for row in rows)
    return [below, [title for place, title in enumerate(header.headers) if title and place in columns]]


def _samples(header: Header, head: Sequence[Sequence[Cell]]) -> list[list[Any]]:
    own = OwnRows(header, import_meanings.known_header).of(islice(enumerate(head), header.last + 1, None))
    return [[to_json(cell) for cell in row] for _number, row in own]


class _Reading:
    """How the rows of one table are read; all of them tell how its days are written, and are asked but once."""

    def __init__(
        self, reply: Any, rows: Callable[[], Iterable[Sequence[Cell]]], answers: IO[bytes], *, broken: bool
    ) -> None:
        self._reply, self._rows, self._answers, self._broken = reply, rows, answers, broken
        self._columns: Sequence[Column] = [_column(one) for one in reply["columns"]]
        self._doubts: imports.DaysInDoubt | None = imports.DaysInDoubt(self._columns)
        self._reader = self._made()

    @property
    def kept(self) -> bool:
        """Say whether the program keeps the cells of all rows."""
        return bool(self._reply["kept"])

    @property
    def indexed(self) -> bool:
        """Say whether plain rows come with their entries in the search index."""
        return isinstance(self._reader, BlockReader) and self._reader.indexed

    def look(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Have days settled before rows are read that may need it."""
        if self._doubts is not None and self._doubts.are_in(rows):
            self._settle(self._rows())

    def read(self, rows: Sequence[Sequence[Cell]]) -> tuple[Plain | None, Mapping[int, Parsed]]:
        """Return the plain ones among the rows, and what the others say by their places."""
        self.look(rows)
        if isinstance(self._reader, BlockReader):
            return self._reader.read(rows)
        read = enumerate(map(self._reader.read, rows))
        return None, {place: self._whole(row, rows[place]) if self._broken else row for place, row in read}

    def _whole(self, row: Parsed, cells: Sequence[Cell]) -> Parsed:
        """Send a row back that has lost a character, and say in which column."""
        lost = [one for one in self._columns if one.target and one.index < len(cells) and LOST in str(cells[one.index])]
        words = _("{header}: bytes of “{text}” are no characters of the file's encoding. Type it anew, and try again.")
        reasons = [words.format(header=one.header.replace(JOIN, " "), text=str(cells[one.index])[:40]) for one in lost]
        return row._replace(reasons=(*row.reasons, *reasons))

    def end(self) -> None:
        """Say that days are as they were chosen, where no row needed to be asked."""
        if self._doubts is not None:
            self._settle(())

    def _made(self) -> RowReader | BlockReader:
        folds, leads, indexed = self._reply["folds"], self._reply["leads"], self._reply["indexed"]
        yearly = any(one.target in YEAR_OF and one.year for one in self._columns)
        if self._reply["plain"] and not self._broken and not yearly:
            return BlockReader(self._columns, folds, leads=leads, indexed=indexed)
        return RowReader(self._columns, folds)

    def _settle(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._doubts = None
        self._columns, questions = imports.settle_days(self._columns, rows)
        self._reader = self._made()
        asked = [[one.column, one.orders, [_example(*example) for example in one.examples]] for one in questions]
        days = [[one.index, one.day_order, one.evidence] for one in self._columns if one.day_order]
        write_frame(self._answers, {"days": days, "questions": asked})


def _example(text: str, days: Mapping[DayOrder, date]) -> list[Any]:
    return [text, {order: day.isoformat() for order, day in days.items()}]


def _header(header: Header, start: int) -> dict[str, Any]:
    return {"headers": header.headers, "first": start + header.first, "unit": header.unit, "title": header.title}


def _column(said: Sequence[Any]) -> Column:
    index, header, unit, target, order, evidence, year = said
    return Column(index, header, unit, target, DayOrder(order) if order else None, evidence, year)


class _Blocks:
    """The rows of one table, read and sent block by block; ``start`` is the row of the sheet it begins in."""

    def __init__(
        self,
        header: Header,
        start: int,
        merges: Sequence[Merge],
        reading: _Reading,
        answers: IO[bytes],
    ) -> None:
        self._start, self._reading, self._answers = start, reading, answers
        self._sorter = RowSorter(header, merges)
        self._left_out: Counter[LeftOut] = Counter({LeftOut.TITLE: len(header.titles)} if header.titles else {})
        self._characters = 0

    def answer(self, rows: Iterable[Numbered], let_go: Callable[[], None] | None) -> None:
        """Send every row of data, and how many were none; ``let_go`` of a large sheet once all of it is read."""
        blocks = self._blocks(iter(rows))
        if let_go is None:
            for block in blocks:
                self._send(block, hold(block, 1 if self._reading.kept and self._characters > _FEW else 0))
        else:
            for block, held in in_turn(blocks, self._look, let_go):
                self._send(block, held)
        self._reading.end()
        write_frame(self._answers, {"left_out": {why.value: amount for why, amount in self._left_out.items()}})

    def _blocks(self, rows: Iterator[Numbered]) -> Iterator[Sequence[Numbered]]:
        size, times, longest = _INDEXED_SIZES if self._reading.indexed else _SIZES
        while read := list(islice(rows, size)):
            if block := self._data(read):
                yield block
            size = min(int(size * times), longest)

    def _look(self, block: Sequence[Numbered]) -> None:
        self._reading.look([cells for _number, cells in block])

    def _data(self, rows: list[Numbered]) -> Sequence[Numbered]:
        """Return those of the next rows that are data, with their numbers in the sheet."""
        none: set[int] = set()
        for place in self._sorter.in_doubt([cells for _number, cells in rows]):
            number, cells = rows[place]
            filled, why = self._sorter.take(number, cells)
            rows[place] = number, filled
            if why is not None:
                # A day below the table tells how days are written as those in it do.
                self._reading.look([cells])
                self._left_out[why] += 1
                none.add(place)
        if none or self._start:
            return [(self._start + number, row) for place, (number, row) in enumerate(rows) if place not in none]
        return rows

    def _send(self, block: Sequence[Numbered], held: Held) -> None:
        self._characters += held.characters
        if held.characters > _LONGEST and len(block) > 1:
            for half in (block[: len(block) // 2], block[len(block) // 2 :]):
                self._send(half, hold(half, 1))
            return
        cells = [cells for _number, cells in block]
        plain, others = self._reading.read(cells)
        targets = list(dict.fromkeys(target for row in others.values() for target in row.values))
        rows = [
            [place, list(map(import_wire.encode, map(row.values.get, targets))), row.reasons]
            for place, row in others.items()
        ]
        said, texts = import_texts.apart(import_plain_wire.to_wire(plain)) if plain else (None, b"")
        packed = plain.pack() if plain and self._reading.indexed else None
        derived = _derived(others.values())
        told = {"numbers": held.numbers, "targets": targets, "rows": rows, "indexed": packed is not None}
        write_frame(self._answers, {**told, "plain": said, **derived})
        write_raw(self._answers, texts)
        for of_table in packed or ():
            write_raw(self._answers, of_table.marks)
            write_raw(self._answers, of_table.words)
        write_raw(self._answers, held.packed)


def _derived(rows: Iterable[Parsed]) -> dict[str, dict[str, Any]]:
    """Return what names are matched, ordered and found by, worked out here once while the program writes."""
    called = {row.values["enterprise.name"] for row in rows if "enterprise.name" in row.values}
    people = {one["name"] for row in rows for one in row.values.get("contacts", ())}
    return {
        "names": {name: [names.match_key(name), pinyin.full(name), pinyin.initials(name)] for name in called},
        "people": {name: pinyin.person_full(name) for name in people},
    }
