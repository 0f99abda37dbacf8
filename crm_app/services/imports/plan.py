"""What an import would do, row by row, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from crm_app.domain.import_achieved import Announced
from crm_app.domain.import_days import DayQuestion
from crm_app.domain.import_headers import JOIN, ROW_ID, SERIAL
from crm_app.domain.import_kinds import rank_of
from crm_app.domain.imports import Column
from crm_app.files.cells import PackedRows
from crm_app.i18n import N_, _, ngettext
from crm_app.services.imports.choices import Choices
from crm_app.services.imports.drafts import FieldChange
from crm_app.services.imports.mappings import Remembered
from crm_app.services.imports.shelf import Shelf


class Action(StrEnum):
    """What becomes of a row; every row has exactly one."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REJECT = "reject"


ACTION_LABELS = {
    Action.CREATE: N_("New record"),
    Action.UPDATE: N_("Update"),
    Action.UNCHANGED: N_("Unchanged"),
    Action.REJECT: N_("Rejected"),
}


class RowPlan(NamedTuple):
    """One row: ``number`` is the sender's own, from 1; ``sheet`` indexes the plan's sheets.

    ``changes`` are the fields of known records with old and new; ``added`` names what hangs on them newly (a contact,
    a lead); ``duplicates`` name enterprises of the book that may be the same, and why: the row is created all the
    same, never merged; ``remarks`` say what was left out and why. ``packed`` and ``place`` are where its cells are.
    ``announced`` is what a superior says was achieved, to be compared with the book's own figures.
    """

    sheet: int
    number: int
    action: Action
    title: str
    changes: tuple[FieldChange, ...] = ()
    added: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    packed: PackedRows | None = None
    place: int = 0
    announced: tuple[Announced, ...] = ()

    @property
    def cells(self) -> Sequence[object]:
        """The row as the sender has it, with what is merged down into it; of what is written, where it goes back."""
        return self.packed.row(self.place) if self.packed is not None else ()


NO_PLAN = RowPlan(0, 0, Action.REJECT, "")
"""Stands where a row has not been looked at."""


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its name, the kind it was taken for, what each column means, and how many rows were left out.

    ``headers`` is their fingerprint; ``remembered`` is set where it was read as one with the same was the last time.
    ``day_questions`` are the columns whose days can be read in several orders: until ``SheetChoice.day_orders``
    answers, their rows are rejected. ``encoding`` is that of a text, found or chosen. ``totals``, ``notes``, ``titles``
    and ``repeated`` (the header once more) are the rows that were no data. ``achieved``: the sheet tells what was
    achieved; its targets are taken only where the user says that it holds targets. ``evidence`` is a sentence that says
    why it was taken for its kind, ``near`` are the kinds it may be as well; both are empty where the kind was chosen.
    ``hidden_rows`` and ``hidden_columns`` are those nobody sees in the sheet; they are taken like the others.
    """

    name: str
    kind: str
    columns: tuple[Column, ...]
    header_row: int
    totals: int
    notes: int
    headers: str = ""
    remembered: Remembered | None = None
    day_questions: tuple[DayQuestion, ...] = ()
    encoding: str = ""
    titles: int = 0
    repeated: int = 0
    achieved: bool = False
    evidence: str = ""
    near: tuple[str, ...] = ()
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def left_alone(self) -> tuple[str, ...]:
        """The headers of the columns that are not taken, those aside that only count or are our own remarks."""
        passed_over = {*SERIAL, _("Why it came back").casefold()}
        left = [one.header for one in self.columns if one.header and not one.target]
        return tuple(one.replace(JOIN, " ") for one in left if one.strip().casefold() not in passed_over)

    @property
    def hidden(self) -> str:
        """What nobody sees in the sheet and is taken all the same, in words; empty where that is nothing."""
        parts = []
        if self.hidden_rows:
            rows = ngettext("{n} hidden row", "{n} hidden rows", self.hidden_rows)
            parts.append(rows.format(n=self.hidden_rows))
        # The ids of their rows are hidden in every sheet of ours.
        taken = {one.header for one in self.columns if one.target} - {ROW_ID, _(ROW_ID)}
        columns = [one.replace(JOIN, " ") for one in self.hidden_columns if one in taken]
        if columns:
            names = _(", ").join(columns)
            parts.append(_("hidden columns ({names})").format(names=names))
        return _(", ").join(parts)


@dataclass(frozen=True)
class ImportResult:
    """The counts of the command line's contract: read = created + updated + unchanged + rejected.

    ``possible_duplicates`` are among the created.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    possible_duplicates: int
    rejected: int
    seconds: float


@dataclass(frozen=True)
class ImportPlan:
    """Everything a preview shows. ``skipped`` says in words which sheets hold no table of a known kind.

    ``choices`` are those in effect, whose word counts included. ``shelf`` and ``unit`` are for :func:`apply`: the
    drafts, and where the book stood; ``kind`` and ``content`` as they were asked, for a file that comes after others.
    """

    path: Path
    sheets: tuple[SheetPlan, ...]
    rows: Sequence[RowPlan]
    skipped: tuple[str, ...]
    seconds: float
    shelf: Shelf
    unit: int
    choices: Choices
    kind: str = "auto"
    content: bytes | None = None

    @property
    def rank(self) -> int:
        """Where the file stands among those imported together: one that others refer to comes before them."""
        return min(rank_of(sheet.kind) for sheet in self.sheets)

    @property
    def result(self) -> ImportResult:
        """What applying the plan would answer."""
        actions = [row.action for row in self.rows]
        return ImportResult(
            len(actions),
            actions.count(Action.CREATE),
            actions.count(Action.UPDATE),
            actions.count(Action.UNCHANGED),
            sum(1 for row in self.rows if row.duplicates),
            actions.count(Action.REJECT),
            round(self.seconds, 3),
        )
