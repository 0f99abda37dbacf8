"""Ledgers of untrusted files, read and understood by the reader child while the program compares and writes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from crm_app import clock, i18n
from crm_app.domain import import_wire, names, pinyin
from crm_app.domain.import_days import DayOrder, DayQuestion
from crm_app.domain.import_rows import Folds, Parsed
from crm_app.domain.imports import Column
from crm_app.files import asking, reading
from crm_app.files.cells import Cell, PackedRows, from_json
from crm_app.files.structure import LeftOut


@dataclass(frozen=True)
class Outline:
    """The table of a sheet before its rows are read: its headers (none where no row reads like one) and its unit.

    ``first`` is the row its header begins in, from 0; ``samples`` are some rows below; ``encoding`` is that of a text.
    ``alone`` says that the file has no other sheet.
    """

    name: str
    headers: tuple[str, ...]
    unit: str
    first: int
    samples: Sequence[Sequence[Cell]]
    encoding: str = ""
    alone: bool = True


@dataclass(frozen=True)
class Settled:
    """The columns of the sheet whose rows come now, with the order their days are written in, and what stays open."""

    columns: tuple[Column, ...]
    questions: tuple[DayQuestion, ...]


@dataclass(frozen=True)
class Block:
    """Some rows of the sheet: their numbers from 0, what they say, and their cells."""

    numbers: Sequence[int]
    rows: Sequence[Parsed]
    cells: PackedRows


@dataclass(frozen=True)
class Ended:
    """The sheet is read; so many rows were no data."""

    left_out: Mapping[LeftOut, int]


Choose = Callable[[Outline], Sequence[Column] | None]
"""Says what the columns of a sheet mean; None passes it over."""


def read_ledgers(
    path: Path,
    choose: Choose,
    folds: Folds,
    *,
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
    heard = _Heard(path, choose, folds)
    try:
        with contextlib.closing(asking.ask(request, content, cancel=cancel)) as answers:
            yield from heard.all(answers)
    except asking.Trouble as met:
        raise reading.trouble(str(met), path) from met
    if heard.nothing:
        raise reading.trouble("empty", path)


class _Heard:
    """The child's answers, each checked: what it says is as untrusted as the file."""

    def __init__(self, path: Path, choose: Choose, folds: Folds) -> None:
        self._path, self._choose, self._folds = path, choose, folds
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[list[int], list[Parsed]] | None = None
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
                numbers, rows = self._rows
                self._rows = None
                return Block(numbers, rows, PackedRows(answer))
            case {"sheet": str(), "empty": bool(empty)}:
                self.nothing = self.nothing and empty
                return None if empty else self._asked(answer)
            case {"days": list(days), "questions": list(questions)} if self._columns:
                return self._settled(days, questions)
            case {"targets": list(targets), "rows": list(rows)} if self._columns:
                self._rows = self._read(targets, rows)
                _prime(answer)
                return None
            case {"left_out": dict(left_out)}:
                return Ended({LeftOut(why): int(amount) for why, amount in left_out.items()})
        raise ValueError("no answer of the child's")

    def _asked(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        about = answer["header"] or {"headers": (), "unit": "", "first": 0}
        headers, unit = import_wire.words(about["headers"]), import_wire.word(about["unit"])
        cells = [[from_json(cell) for cell in row] for row in answer["samples"]]
        outline = Outline(
            answer["sheet"], headers, unit, int(about["first"]), cells, import_wire.word(answer["encoding"])
        )
        self._columns = tuple(self._choose(outline) or ())
        if not self._columns:
            return {"columns": []}
        said = [
            [one.index, one.header, one.unit, one.target, one.day_order or "", one.evidence] for one in self._columns
        ]
        return {"columns": said, "folds": self._folds}

    def _settled(self, days: Sequence[Any], questions: Sequence[Any]) -> Settled:
        open_questions = [_question(*said) for said in questions]
        told = {column: (DayOrder(order), import_wire.word(evidence)) for column, order, evidence in days}
        columns = tuple(
            replace(one, day_order=told[one.index][0], evidence=told[one.index][1]) if one.index in told else one
            for one in self._columns
        )
        return Settled(columns, tuple(open_questions))

    def _read(self, targets: list[Any], rows: list[Any]) -> tuple[list[int], list[Parsed]]:
        known = import_wire.words(targets)
        self._values += (len(known) + 1) * len(rows)
        if self._values > reading.MOST_CELLS:
            raise reading.trouble("too_big", self._path)
        decode, numbers, read = import_wire.decode, [], []
        for number, values, reasons in rows:
            if type(number) is not int or not 0 <= number < reading.MOST_CELLS or len(values) != len(known):
                raise ValueError("no row")
            said = {
                target: value if type(value) is str else decode(value)
                for target, value in zip(known, values, strict=True)
                if value is not None
            }
            numbers.append(number)
            read.append(Parsed(said, import_wire.words(reasons)))
        return numbers, read


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
