"""What becomes of each row of a file, decided block by block while the reader child reads on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_app.db.reader import Reader
from crm_app.domain.import_rows import Parsed
from crm_app.domain.staff import DictionaryEntry
from crm_app.files.cells import PackedRows
from crm_app.files.ledgers import Block, Ended, Settled, read_ledgers
from crm_app.i18n import _
from crm_app.services.imports.choices import Choices
from crm_app.services.imports.drafts import Notes
from crm_app.services.imports.enterprise_rows import link_parent
from crm_app.services.imports.likely import MOST, likely
from crm_app.services.imports.plan import Action, ImportPlan, Progress, RowPlan
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.taking import BY_BLOCKS, TAKE
from crm_app.services.imports.understanding import Understanding

_BETWEEN_REPORTS = 250


@dataclass(frozen=True)
class _Part:
    """Some rows of one sheet."""

    sheet: int
    kind: str
    block: Block


class Decider:
    """Reads a file and says of its rows what they do to the book, which it only reads.

    ``before`` reads the book as it was before the file: its own rows are no possible duplicates of one another.
    """

    def __init__(
        self, reader: Reader, before: Reader, path: Path, kind: str, choices: Choices, report: Progress
    ) -> None:
        self._before, self._path, self._report = before, path, report
        self._understood = Understanding(reader, path, kind, choices)
        self.shelf = Shelf(reader)
        self._done = 0
        self._daughters: list[tuple[int, Notes, Parsed]] = []

    def plan(self, rows: Sequence[RowPlan], began: float, stood: int) -> ImportPlan:
        """Return the plan these rows make; ``began`` is when (monotonic), ``stood`` where the book stands."""
        understood = self._understood
        return ImportPlan(
            self._path,
            tuple(table.plan() for table in understood.tables),
            tuple(rows),
            tuple(str(error) for error in understood.skipped),
            time.monotonic() - began,
            self.shelf,
            stood,
            understood.choices,
        )

    def blocks(self, content: bytes | None = None) -> Iterator[list[RowPlan]]:
        """Yield what becomes of the rows, in their order; raise BadInput, or Cancelled where the report says so."""
        for parts in self._together(content):
            rows = [row for part in parts for row in part.block.rows if not row.reasons]
            self.shelf.load(rows)
            if self._done < MOST:
                self.shelf.likely = likely(self._before, self.shelf, rows, self._report)
            for part in parts:
                yield self._decide(part)
        self._understood.check()

    def link(self, rows: list[RowPlan]) -> None:
        """Link daughters with their parents, which may stand below them, and say so in their rows."""
        self.shelf.load([parsed for _at, _said, parsed in self._daughters])
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
                gathered.append(_Part(len(tables) - 1, table.kind, heard))
                if table.outline.alone and table.kind in BY_BLOCKS:
                    yield gathered
                    gathered = []
        if gathered:
            yield gathered

    def _decide(self, part: _Part) -> list[RowPlan]:
        take, shelf, block, plans = TAKE[part.kind], self.shelf, part.block, []
        for place, (number, row) in enumerate(zip(block.numbers, block.rows, strict=True)):
            if self._done % _BETWEEN_REPORTS == 0:
                self._report(self._done, 0, _("Comparing with the book"))
            said = Notes(shelf.changed, self._understood.choices)
            if row.reasons:
                said.reasons += row.reasons
            else:
                take(shelf, said, row)
            plans.append(_row_plan(part.sheet, number + 1, row, said, block.cells, place))
            if "enterprise.parent" in row.values and not said.reasons:
                self._daughters.append((self._done, said, row))
            self._done += 1
        return plans


def _folds(reader: Reader) -> dict[str, dict[str, str]]:
    folds: dict[str, dict[str, str]] = {}
    for entry in reader.find(DictionaryEntry):
        for alias in entry.aliases or ():
            folds.setdefault(entry.list_name, {})[alias] = entry.name
    return folds


def _link_parent(shelf: Shelf, said: Notes, row: Parsed) -> None:
    code, name = row.values.get("enterprise.uscc"), row.values.get("enterprise.name")
    known = (shelf.coded(code) if code else []) or (shelf.named(name) if name else [])
    if known:
        link_parent(shelf, said, known[0], row.values["enterprise.parent"])


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
    )
