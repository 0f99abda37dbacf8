"""What the sheets of a file are taken for: the kind, what each column means, what a user chose before or now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crm_app.db.imports import stored_columns
from crm_app.db.reader import Reader
from crm_app.domain import import_months, import_plain, import_titles, imports, names
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.import_days import DayQuestion
from crm_app.domain.import_guesses import KindGuess, guess_kind, is_achieved
from crm_app.domain.import_kinds import is_day
from crm_app.domain.imports import Column
from crm_app.errors import BadInput
from crm_app.files.ledgers import Ended, Outline, Settled, Wanted
from crm_app.files.structure import LeftOut
from crm_app.i18n import _
from crm_app.services.imports import mappings
from crm_app.services.imports.choices import Choices, SheetChoice
from crm_app.services.imports.mappings import Remembered
from crm_app.services.imports.plan import SheetPlan
from crm_app.services.imports.taking import BY_BLOCKS

_SAMPLES = 40
"""Rows by which a column is known whose header says nothing."""
_MAY_SET_TARGETS = ("targets", "rankings")
"""Kinds of sheets with targets in them, of which it is worth saying that none is taken."""


@dataclass
class Table:
    """One sheet, understood as far as it has been read; ``told`` is what its title says of every row, by target.

    ``achieved``: it tells what was achieved of targets.
    """

    outline: Outline
    guess: KindGuess
    columns: tuple[Column, ...]
    headers: str
    remembered: Remembered | None
    told: Mapping[str, Any] = field(default_factory=dict)
    achieved: bool = False
    questions: tuple[DayQuestion, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=Counter)

    @property
    def kind(self) -> str:
        """What the sheet is taken for."""
        return self.guess.kind

    @property
    def at_once(self) -> bool:
        """Say whether its rows may be decided while the file is read: what they mean stands on no other sheet.

        Enterprises come before everything of their file that speaks of them; visits before the leads they led to.
        """
        return self.kind == "enterprises" or (self.outline.alone and self.kind in BY_BLOCKS)

    def settle(self, said: Settled) -> None:
        """Take over how days are written, where the rows have told it."""
        self.columns, self.questions = said.columns, said.questions

    def end(self, said: Ended) -> None:
        """Take over how many rows were no data."""
        self.left_out = said.left_out

    def plan(self) -> SheetPlan:
        """Return what the preview says of the sheet."""
        return SheetPlan(
            self.outline.name,
            self.kind,
            self.columns,
            self.outline.first + 1,
            self.left_out.get(LeftOut.TOTAL, 0),
            self.left_out.get(LeftOut.NOTE, 0) + self.left_out.get(LeftOut.HEADING, 0),
            self.headers,
            self.remembered,
            self.questions,
            self.outline.encoding,
            self.left_out.get(LeftOut.TITLE, 0),
            self.left_out.get(LeftOut.HEADER, 0),
            self.achieved,
            self.guess.evidence,
            self.guess.near,
            self.outline.hidden_rows,
            self.outline.hidden_columns,
        )


class Understanding:
    """Chooses for each sheet of a file, in their order, what its columns mean; or says why it is passed over."""

    def __init__(self, reader: Reader, path: Path, kind: str, choices: Choices, *, writing: bool) -> None:
        self._reader, self._path, self._kind, self.choices = reader, path, kind, choices
        self._writing = writing
        self._known = mappings.recall(reader)
        self._years: set[int] = set()
        """Those that the sheets so far have told."""
        self.tables: list[Table] = []
        self.skipped: list[BadInput] = []

    def choose(self, outline: Outline) -> tuple[Column, ...] | None:
        """Return what the columns of a sheet mean; None where it holds no table, or is left out."""
        chosen = self.choices.sheets.get(outline.name)
        if chosen is not None and chosen.leave_out:
            return None
        try:
            table = self._table(outline, chosen)
        except BadInput as error:
            self.skipped.append(error)
            return None
        self.tables.append(table)
        if table.remembered:
            self.choices = mappings.choices_with(self.choices, [table.remembered])
        return table.columns

    def wanted(self, outline: Outline) -> Wanted:
        """Say how plain rows of the sheet just chosen are wanted: stored, where they are decided at once."""
        table = self.tables[-1]
        if table.kind not in import_plain.KINDS or not table.at_once:
            return Wanted()
        indexed = self._writing and self._is_news(table)
        return Wanted(stored=True, leads=table.kind == "leads", indexed=indexed, kept=not self._writing)

    def _is_news(self, table: Table) -> bool:
        """Say whether the book knows few of the first names: the entries of what is not made are for nothing."""
        places = [one.index for one in table.columns if one.target == "enterprise.name"]
        cells = [row[place] for row in table.outline.samples for place in places if place < len(row)]
        written = {cell for cell in cells if isinstance(cell, str)}
        if not self._reader.find(Enterprise, limit=1):
            # The regions, without which no key is made, take 0.1 s to load while the child waits.
            return bool(written)
        keys = set(map(names.match_key, written))
        return 2 * len(stored_columns(self._reader, Enterprise, ("id",), "name_key", keys)) < len(keys)

    def check(self) -> None:
        """Raise BadInput where no sheet of the file was taken."""
        if self.tables:
            return
        if self.skipped:
            raise self.skipped[0]
        raise BadInput(_("Every sheet of “{name}” is left out; take at least one.").format(name=self._path.name))

    def _table(self, outline: Outline, choice: SheetChoice | None) -> Table:
        if not outline.headers:
            raise BadInput(
                _("No row of “{name}” reads like a header (企业名称, 联系人…). Add one and try again.").format(
                    name=outline.name or self._path.name
                )
            )
        headers = mappings.fingerprint(outline.headers)
        remembered = self._known.get(headers) if choice is None else None
        called = (self._path.stem, outline.name)
        achieved = is_achieved(outline.headers, called, outline.title)
        if remembered and (self._kind not in ("auto", remembered.choice.kind) or _only_if_said(remembered, achieved)):
            remembered = None
        choice = choice or (remembered.choice if remembered else SheetChoice())
        kind = choice.kind or self._kind
        guess = KindGuess(kind, "")
        if kind == "auto":
            guess = guess_kind(outline.headers, called, outline.title, outline.samples[:_SAMPLES])
            kind = guess.kind
        years = (import_months.year_in(words) for words in (outline.title, outline.name, self._path.stem))
        year = next(filter(None, years), None)
        samples = outline.samples[:_SAMPLES]
        guessed = imports.columns_for(kind, outline.headers, outline.unit, samples, year, achieved=achieved)
        chosen = _without_owners(kind, [_chosen(one, choice) for one in guessed], choice)
        held = {one.target for one in chosen}
        columns = tuple(imports.dated(one, _cells(outline, one.index), year, held) for one in chosen)
        if len(self._years) == 1 and any(one.year_told and one.year is None for one in columns):
            # A sheet for each region is of the year the one before it names.
            year = next(iter(self._years))
            columns = tuple(imports.dated(one, _cells(outline, one.index), year, held) for one in chosen)
        # That of 2021年营收 is of the amount alone.
        of_days = [one for one in columns if one.target and is_day(one.target)]
        self._years.update(one.year for one in of_days if one.year is not None)
        told = import_titles.told(kind, outline.title)
        imports.check_columns(kind, columns, told)
        return Table(outline, guess, columns, headers, remembered, told, achieved and kind in _MAY_SET_TARGETS)


def _without_owners(kind: str, columns: list[Column], choice: SheetChoice) -> list[Column]:
    """Leave alone who does a next step where no column says what, or by when: 责任人 may be answerable for anything."""
    if kind == "tasks" or any(one.target in ("task.what", "task.due") for one in columns):
        return columns
    return [
        replace(one, target="", evidence="") if one.target == "task.owner" and one.index not in choice.targets else one
        for one in columns
    ]


def _cells(outline: Outline, index: int) -> list[object]:
    """Return what stands in a column of the first rows."""
    return [row[index] for row in outline.samples if index < len(row)]


def _only_if_said(remembered: Remembered, achieved: bool) -> bool:
    """Say whether a sheet would silently set targets as the last time though it tells what was achieved."""
    return achieved and remembered.choice.kind == "targets"


def _chosen(column: Column, choice: SheetChoice) -> Column:
    """Return a column as the user wants it read."""
    target = choice.targets.get(column.index, column.target)
    return replace(
        column,
        target=target,
        evidence=column.evidence if target == column.target else "",
        unit=choice.units.get(column.index, column.unit),
        day_order=choice.day_orders.get(column.index),
    )
