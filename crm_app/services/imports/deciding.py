"""What becomes of each row of a file, decided block by block while the reader child reads on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from crm_app.db.duplicates import lacks_codes
from crm_app.db.reader import Reader
from crm_app.domain import import_plain
from crm_app.domain.import_kinds import rank_of
from crm_app.domain.import_plain import Plain
from crm_app.domain.import_rows import REMARKS, Parsed
from crm_app.domain.staff import DictionaryEntry
from crm_app.files.cells import PackedRows
from crm_app.files.ledgers import Block, Ended, Settled, read_ledgers
from crm_app.i18n import _
from crm_app.progress import Report
from crm_app.services.imports import history, spoken
from crm_app.services.imports.choices import Choices
from crm_app.services.imports.drafts import Notes
from crm_app.services.imports.enterprise_rows import link_parent
from crm_app.services.imports.likely import MOST, likely
from crm_app.services.imports.plain_rows import Comparison, added_by
from crm_app.services.imports.plan import NO_PLAN, Action, ImportPlan, RowPlan
from crm_app.services.imports.row_names import called_in
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.taking import BY_BLOCKS, TAKE
from crm_app.services.imports.understanding import Table, Understanding
from crm_app.services.imports.written_rows import BlockRows, Rows, WrittenRows

_BETWEEN_REPORTS = 250


@dataclass
class _Part:
    """Some rows of one sheet; ``decided`` are those that need not be looked at by themselves, by their places.

    ``made`` are new plain rows that are written at once: their places, their names, and what hangs on each newly.
    """

    sheet: int
    kind: str
    block: Block
    rows: dict[int, Parsed]
    decided: dict[int, RowPlan] = field(default_factory=dict)
    made: tuple[Sequence[int], Sequence[str], Sequence[tuple[str, ...]]] = ((), (), ())


class _Waiting(NamedTuple):
    """A row that goes back unless a row below it brings what it lacks: its plan, its place in all and in its part."""

    plans: Rows
    at: int
    part: _Part
    place: int


class Decider:
    """Reads a file and says of its rows what they do to the book, which it only reads.

    ``before`` reads the book as it was before the file: its own rows are no possible duplicates of one another.
    ``writing``: what is decided is written at once, block by block.
    """

    def __init__(
        self,
        reader: Reader,
        before: Reader,
        path: Path,
        kind: str,
        choices: Choices,
        report: Report,
        *,
        writing: bool = False,
    ) -> None:
        self._reader, self._before, self._path, self._report = reader, before, path, report
        self._kind = kind
        self._content: bytes | None = None
        self._writing = writing
        self._understood = Understanding(reader, path, kind, choices, writing=writing)
        self.shelf = Shelf(reader)
        self._done = 0
        self._daughters: list[tuple[int, Notes, Parsed]] = []

    def plan(self, rows: Sequence[RowPlan], began: float, stood: int) -> ImportPlan:
        """Return the plan these rows make; ``began`` is when (monotonic), ``stood`` where the book stands."""
        understood = self._understood
        return ImportPlan(
            self._path,
            tuple(table.plan() for table in understood.tables),
            rows,
            tuple(str(error) for error in understood.skipped),
            time.monotonic() - began,
            self.shelf,
            stood,
            understood.choices,
            self._kind,
            self._content,
        )

    def blocks(self, content: bytes | None = None) -> Iterator[Rows]:
        """Yield what becomes of the rows, in their order; raise BadInput, or Cancelled where the report says so."""
        self._content = content
        for parts in self._together(content):
            for part in parts:
                self._sort_plain(part)
            rows = [row for part in parts for row in part.rows.values() if not row.reasons]
            self._load(rows)
            if self._done < MOST:
                self.shelf.likely = self._likely_of(rows)
            waiting: list[_Waiting] = []
            decided = [self._decide(part, waiting) for part in parts]
            self._decide_again(waiting)
            yield from decided
        self._understood.check()

    def _sort_plain(self, part: _Part) -> None:
        """Decide those plain rows that raise no question; the others join those that are looked at one by one."""
        plain = part.block.plain
        if plain is None:
            return
        found = Comparison(self._reader, self.shelf, plain, part.rows.values()).sort()
        plain.recall(found.questions)
        asked = {plain.places[place]: plain.row(place) for place in found.questions}
        part.rows = dict(sorted((part.rows | asked).items()))
        cells = None if self._writing else part.block.cells
        part.decided |= _plain_plans(part, plain, found.same, Action.UNCHANGED, cells)
        new = plain.only(list(found.new))
        likely_known = self._likely(new) if self._done < MOST else {}
        named = new.enterprise.columns.get("name", ())
        doubts = {
            place: _perhaps(alike, likely_known.get(name, ()))
            for place, (name, alike) in enumerate(zip(named, found.new.values(), strict=True))
            if alike or name in likely_known
        }
        added, each = added_by(new), list(range(len(new)))
        if self._writing:
            part.made, each = (new.places, named, added), list(doubts)
        told = [added[place] for place in each]
        part.decided |= _plain_plans(part, new, each, Action.CREATE, cells, told, doubts)
        self.shelf.made.add(new)

    def _likely(self, new: Plain) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Return what enterprises of the book new ones may be."""
        codes = new.enterprise.columns.get("uscc", (None,))
        if None not in codes and not self._lacks_codes:
            return {}
        return self._likely_of([new.row(place) for place in range(len(new))])

    def _likely_of(self, rows: Sequence[Parsed]) -> Mapping[str, Sequence[tuple[str, str]]]:
        return likely(self._before, self.shelf, rows, self._report, lacks_codes=self._lacks_codes)

    @cached_property
    def _lacks_codes(self) -> bool:
        return lacks_codes(self._before)

    def _load(self, rows: Sequence[Parsed]) -> None:
        """Put on the shelf what rows speak of; plain rows above them that they mean are looked at first."""
        named = (name for row in rows for name in called_in(row))
        coded = (row.values.get("enterprise.uscc", "") for row in rows)
        before = self.shelf.made.take_back(named, coded, spoken.alone(rows))
        history.load(self.shelf, self._reader, [*before, *rows])
        for row in before:
            # Those that are put off are of one kind: enterprises, or the leads of the only sheet.
            take = TAKE[next(table.kind for table in self._understood.tables if table.at_once)]
            take(self.shelf, Notes(self.shelf.changed, self._understood.choices, self.shelf.called), row)

    def link(self, rows: list[RowPlan] | WrittenRows) -> None:
        """Link daughters with their parents, which may stand below them, and say so in their rows."""
        self._load([parsed for _at, _said, parsed in self._daughters])
        for at, said, parsed in self._daughters:
            said.changed = self.shelf.changed
            _link_parent(self.shelf, said, parsed)
            row = rows[at]
            rows[at] = _row_plan(row.sheet, row.number, parsed, said, row.packed, row.place)

    def _together(self, content: bytes | None) -> Iterator[list[_Part]]:
        """Yield what is decided together: a block, or the whole file where rows may refer to what other ones note."""
        tables = self._understood.tables
        gathered: list[_Part] = []
        for heard in read_ledgers(
            self._path,
            self._understood.choose,
            _folds(self._before),
            plainly=self._understood.wanted,
            content=content,
            encoding=self._understood.choices.encoding,
            cancel=lambda: self._report(self._done, 0, _("Reading the file")),
        ):
            table = tables[-1]
            if isinstance(heard, Settled):
                table.settle(heard)
            elif isinstance(heard, Ended):
                table.end(heard)
            else:
                part = _Part(len(tables) - 1, table.kind, heard, _told(table, heard))
                if table.at_once:
                    yield [part]
                else:
                    gathered.append(part)
        if gathered:
            # However the sheets of a file are ordered: visits come before the leads that came of them.
            yield sorted(gathered, key=lambda part: rank_of(part.kind))

    def _decide(self, part: _Part, waiting: list[_Waiting]) -> Rows:
        take, shelf, block, before = TAKE[part.kind], self.shelf, part.block, self._done
        plans = self._plans(part)
        for done, (place, row) in enumerate(part.rows.items()):
            if done % _BETWEEN_REPORTS == 0:
                self._report(before + place, 0, _("Comparing with the book"))
            said = self._notes(row)
            if row.reasons:
                said.reasons += row.reasons
            else:
                take(shelf, said, row)
                if said.reasons and part.kind not in BY_BLOCKS:
                    waiting.append(_Waiting(plans, before + place, part, place))
            plans[place] = _row_plan(part.sheet, block.numbers[place] + 1, row, said, block.cells, place)
            if "enterprise.parent" in row.values and not said.reasons:
                self._daughters.append((before + place, said, row))
        self._done += len(plans)
        if self._writing and part.kind in import_plain.KINDS:
            _let_go_of_cells(plans, part)
        return plans

    def _plans(self, part: _Part) -> Rows:
        numbers = part.block.numbers
        if self._writing:
            return BlockRows(part.sheet, numbers, part.decided, part.made)
        return [part.decided.get(place, NO_PLAN) for place in range(len(numbers))]

    def _notes(self, row: Parsed) -> Notes:
        said = Notes(self.shelf.changed, self._understood.choices, self.shelf.called)
        said.remarks += row.values.get(REMARKS, ())
        return said

    def _decide_again(self, waiting: list[_Waiting]) -> None:
        """Look again at rows that lacked what a row below them brings, such as a supplement above its contract."""
        while waiting:
            still = [one for one in waiting if not self._taken_now(one)]
            if len(still) == len(waiting):
                return
            waiting = still

    def _taken_now(self, one: _Waiting) -> bool:
        part, row = one.part, one.part.rows[one.place]
        said = self._notes(row)
        TAKE[part.kind](self.shelf, said, row)
        if said.reasons:
            return False
        number = part.block.numbers[one.place] + 1
        one.plans[one.place] = _row_plan(part.sheet, number, row, said, part.block.cells, one.place)
        if "enterprise.parent" in row.values:
            self._daughters.append((one.at, said, row))
        return True


def _let_go_of_cells(plans: Rows, part: _Part) -> None:
    """Keep of rows that are written the cells of those that go back, or may yet for what they say of their parent."""
    looked_at = part.rows.items()
    kept = [n for n, row in looked_at if plans[n].action is Action.REJECT or "enterprise.parent" in row.values]
    cells, new = part.block.cells.only(kept) if kept else None, {place: at for at, place in enumerate(kept)}
    for place in part.rows:
        plans[place] = plans[place]._replace(packed=cells if place in new else None, place=new.get(place, 0))


def _told(table: Table, block: Block) -> dict[int, Parsed]:
    """Return the rows of a block with what the title of their sheet tells of each."""
    if not table.told:
        return dict(block.rows)
    return {place: row._replace(values={**table.told, **row.values}) for place, row in block.rows.items()}


def _folds(reader: Reader) -> dict[str, dict[str, str]]:
    folds: dict[str, dict[str, str]] = {}
    for entry in reader.find(DictionaryEntry):
        known = folds.setdefault(entry.list_name, {})
        known.setdefault(entry.name, entry.name)
        known |= dict.fromkeys(entry.aliases or (), entry.name)
    return folds


def _link_parent(shelf: Shelf, said: Notes, row: Parsed) -> None:
    code, name = row.values.get("enterprise.uscc"), row.values.get("enterprise.name")
    known = (shelf.coded(code) if code else []) or (shelf.named(name) if name else [])
    if known:
        link_parent(shelf, said, known[0], row.values["enterprise.parent"])


def _plain_plans(
    part: _Part,
    plain: Plain,
    places: Sequence[int],
    action: Action,
    cells: PackedRows | None,
    added: Sequence[tuple[str, ...]] = (),
    doubts: Mapping[int, tuple[str, ...]] = MappingProxyType({}),
) -> dict[int, RowPlan]:
    """Return what becomes of plain rows, by their places in the block; ``added`` and ``doubts`` go with ``places``."""
    names, numbers = plain.enterprise.columns.get("name", ()), part.block.numbers
    sheet, at = part.sheet, plain.places
    return {
        at[place]: RowPlan(
            sheet,
            numbers[at[place]] + 1,
            action,
            names[place],
            (),
            more,
            doubts.get(place, ()),
            (),
            (),
            cells,
            at[place],
        )
        for place, more in zip(places, added or repeat(()), strict=False)
    }


def _perhaps(alike: Sequence[tuple[str, str]], likely_known: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return what tells the enterprises of the book a new one may be, each once."""
    named_so = {known for known, _told in alike}
    return tuple([told for known, told in (*alike, *(one for one in likely_known if one[0] not in named_so))])


def _row_plan(sheet: int, number: int, row: Parsed, said: Notes, cells: PackedRows | None, place: int) -> RowPlan:
    title = said.title or row.values.get("project.name") or row.values.get("enterprise.name") or ""
    if said.reasons:
        return RowPlan(sheet, number, Action.REJECT, title, reasons=tuple(said.reasons), packed=cells, place=place)
    changed = Action.UPDATE if said.changes or said.added else Action.UNCHANGED
    return RowPlan(
        sheet,
        number,
        Action.CREATE if said.made else changed,
        title,
        tuple(said.changes),
        tuple(said.added),
        tuple(said.duplicates),
        tuple(said.remarks),
        (),
        cells,
        place,
        tuple(said.announced),
    )
