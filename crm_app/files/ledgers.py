"""Ledgers of untrusted files, read and understood by the reader child while the program compares and writes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from crm_app import clock, i18n
from crm_app.domain import import_plain_wire, import_texts, import_wire, names, pinyin
from crm_app.domain.import_days import DayOrder, DayQuestion
from crm_app.domain.import_plain import SEARCHED, Plain
from crm_app.domain.import_rows import Folds, Parsed
from crm_app.domain.imports import Column
from crm_app.files import asking, reading
from crm_app.files.cells import Cell, PackedRows, from_json
from crm_app.files.structure import LeftOut


@dataclass(frozen=True)
class Outline:
    """The table of a sheet before its rows are read: its headers (none where no row reads like one) and its unit.

    ``first`` is the row its header begins in, from 0; ``samples`` are some rows below; ``encoding`` is that of a text;
    ``title`` is what stands above the header.
    ``alone`` says that the file has no other sheet. ``hidden_rows`` and the ``hidden_columns`` nobody sees in it.
    """

    name: str
    headers: tuple[str, ...]
    unit: str
    first: int
    samples: Sequence[Sequence[Cell]]
    encoding: str = ""
    alone: bool = True
    title: str = ""
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settled:
    """The columns of the sheet whose rows come, with the order their days are written in, and what stays open.

    It comes before the first block whose days may be read in several orders, else behind all.
    """

    columns: tuple[Column, ...]
    questions: tuple[DayQuestion, ...]


@dataclass(frozen=True)
class Block:
    """Some rows of the sheet: their numbers from 0, what they say by their places in the block, and their cells.

    The plain ones are in stored form.
    """

    numbers: Sequence[int]
    rows: Mapping[int, Parsed]
    plain: Plain | None
    cells: PackedRows


@dataclass(frozen=True)
class Ended:
    """The sheet is read; so many rows were no data."""

    left_out: Mapping[LeftOut, int]


Choose = Callable[[Outline], Sequence[Column] | None]
"""Says what the columns of a sheet mean; None passes it over."""


@dataclass(frozen=True)
class Wanted:
    """How the plain rows of a sheet are wanted: ``stored`` in stored form, else as all others.

    ``leads``: every row is one of a lead. ``indexed``: with their entries in the search index. ``kept``: the cells of
    all rows will be kept, and take little room.
    """

    stored: bool = False
    leads: bool = False
    indexed: bool = False
    kept: bool = True


Plainly = Callable[[Outline], Wanted]
"""Says how the plain rows of a sheet are wanted that is chosen."""


def read_ledgers(
    path: Path,
    choose: Choose,
    folds: Folds,
    *,
    plainly: Plainly = lambda _outline: Wanted(),
    content: bytes | None = None,
    encoding: str = "",
    cancel: Callable[[], None] | None = None,
) -> Iterator[Settled | Block | Ended]:
    """Yield, for each sheet that is chosen, its columns, its rows block by block, and its end.

    ``content`` is the text of a table that lies in no file; ``encoding`` goes before the one that is found. ``cancel``
    is called several times a second and raises to stop. Raises BadInput with a sentence for whatever is wrong with the
    file.
    """
    reading.check(path, content)
    request = {
        "do": "ledgers",
        "path": str(path.resolve()),
        "piped": content is not None,
        "encoding": encoding,
        "language": i18n.language(),
        "today": clock.today().isoformat(),
    }
    heard = _Heard(path, choose, folds, plainly)
    try:
        with contextlib.closing(asking.ask(request, content, cancel=cancel)) as answers:
            yield from heard.all(answers)
    except asking.Trouble as met:
        raise reading.trouble(str(met), path) from met
    if heard.nothing:
        raise reading.trouble("empty", path)


class _Heard:
    """The child's answers, each checked: what it says is as untrusted as the file."""

    def __init__(self, path: Path, choose: Choose, folds: Folds, plainly: Plainly) -> None:
        self._path, self._choose, self._folds, self._plainly = path, choose, folds, plainly
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Mapping[str, Any], Sequence[str]] | None = None
        """A block that was told, of which bytes are still to come, and its targets."""
        self._raw: list[bytes] = []
        self._raws = 0
        self._wanted = Wanted()
        self._values = 0
        self.nothing = True

    def all(self, answers: Any) -> Iterator[Settled | Block | Ended]:
        """Yield what the answers say, and reply where the child asks; raise BadInput."""
        reply: Any = None
        while True:
            try:
                answer = answers.send(reply)
            except StopIteration:
                return
            reply = None
            try:
                heard = self._take(answer)
            except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
                raise reading.trouble("died", self._path) from error
            if isinstance(heard, dict):
                reply = heard
            elif heard is not None:
                yield heard

    def _take(self, answer: Any) -> Settled | Block | Ended | dict[str, Any] | None:
        match answer:
            case bytes() if self._rows is not None:
                self._raw.append(answer)
                return self._block(*self._rows) if len(self._raw) == self._raws else None
            case {"sheet": str(), "empty": bool(empty)}:
                self.nothing = self.nothing and empty
                return None if empty else self._asked(answer)
            case {"days": list(days), "questions": list(questions)} if self._columns:
                return self._settled(days, questions)
            case {"numbers": list(), "targets": list(targets), "rows": list()} if self._columns:
                plain, indexed = answer["plain"], bool(answer["indexed"])
                if (plain and not self._wanted.stored) or (indexed and not self._wanted.indexed):
                    raise ValueError("rows in a form that was not asked for")
                self._rows = answer, import_wire.words(targets)
                self._raw, self._raws = [], 2 + (2 * len(SEARCHED) if indexed else 0)
                _prime(answer)
                return None
            case {"left_out": dict(left_out)}:
                return Ended({LeftOut(why): int(amount) for why, amount in left_out.items()})
        raise ValueError("no answer of the child's")

    def _block(self, answer: Mapping[str, Any], targets: Sequence[str]) -> Block:
        self._rows = None
        texts, *packed, cells = self._raw
        plainly = import_texts.together(answer["plain"], texts)
        numbers, rows, plain = self._read(answer["numbers"], targets, answer["rows"], plainly)
        return Block(numbers, rows, plain.with_entries(packed) if plain and packed else plain, PackedRows(cells))

    def _asked(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        about = answer["header"] or {"headers": (), "unit": "", "first": 0, "title": ""}
        headers, unit = import_wire.words(about["headers"]), import_wire.word(about["unit"])
        cells = [[from_json(cell) for cell in row] for row in answer["samples"]]
        outline = Outline(
            answer["sheet"],
            headers,
            unit,
            int(about["first"]),
            cells,
            import_wire.word(answer["encoding"]),
            alone=bool(answer["alone"]),
            title=import_wire.word(about["title"]),
            hidden_rows=int(answer["hidden"][0]),
            hidden_columns=import_wire.words(answer["hidden"][1]),
        )
        self._columns = tuple(self._choose(outline) or ())
        if not self._columns:
            return {"columns": []}
        said = [
            [one.index, one.header, one.unit, one.target, one.day_order or "", one.evidence, one.year]
            for one in self._columns
        ]
        self._wanted = wanted = self._plainly(outline)
        plain = {"plain": wanted.stored, "leads": wanted.leads, "indexed": wanted.indexed, "kept": wanted.kept}
        return {"columns": said, "folds": self._folds, **plain}

    def _settled(self, days: Sequence[Any], questions: Sequence[Any]) -> Settled:
        open_questions = [_question(*said) for said in questions]
        told = {column: (DayOrder(order), import_wire.word(evidence)) for column, order, evidence in days}
        columns = tuple(
            replace(one, day_order=told[one.index][0], evidence=told[one.index][1]) if one.index in told else one
            for one in self._columns
        )
        return Settled(columns, tuple(open_questions))

    def _read(
        self, numbers: list[Any], known: Sequence[str], rows: list[Any], plainly: Any
    ) -> tuple[list[int], dict[int, Parsed], Plain | None]:
        self._values += len(numbers) * (max(len(known), len(self._columns)) + 1)
        if self._values > reading.MOST_CELLS:
            raise reading.trouble("too_big", self._path)
        if numbers and ({*map(type, numbers)} != {int} or not 0 <= min(numbers) <= max(numbers) < reading.MOST_CELLS):
            raise ValueError("no numbers of rows")
        plain = import_plain_wire.from_wire(plainly, len(numbers)) if plainly else None
        decode, read = import_wire.decode, {}
        for place, values, reasons in rows:
            if type(place) is not int or place in read or len(values) != len(known):
                raise ValueError("no row")
            said = {
                target: value if type(value) is str else decode(value)
                for target, value in zip(known, values, strict=True)
                if value is not None
            }
            read[place] = Parsed(said, import_wire.words(reasons))
        # The places of plain rows are checked already, and rise.
        places = plain.places if plain else ()
        amount = len(read) + len(places)
        if amount != len(numbers) or not read.keys().isdisjoint(places) or not {*range(amount)}.issuperset(read):
            raise ValueError("rows that are lacking, or said twice")
        return numbers, read, plain


def _question(column: Any, orders: Any, examples: Any) -> DayQuestion:
    read = [
        (import_wire.word(text), {DayOrder(order): date.fromisoformat(day) for order, day in days.items()})
        for text, days in examples
    ]
    return DayQuestion(int(column), tuple(map(DayOrder, orders)), tuple(read))


@contextlib.contextmanager
def names_worked_out() -> Iterator[None]:
    """Keep, while the body lasts, what the child works out of the names of a file it reads."""
    try:
        yield
    finally:
        names.unprime()
        pinyin.unprime()


def _prime(answer: Mapping[str, Any]) -> None:
    """Take over what the child worked out of the names of a block: a wrong answer matches or sorts a name wrongly."""
    people = answer["people"]
    known = {name: (key, full, initials) for name, (key, full, initials) in answer["names"].items()}
    import_wire.words([*people.values(), *(word for words in known.values() for word in words)])
    names.prime(known)
    pinyin.prime(known, people)
