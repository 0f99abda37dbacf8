"""The two tables of a preview: its rows, and what its columns were taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_app.i18n import N_, _
from crm_app.services.imports import Action, ImportPlan, RowPlan
from crm_app.ui.imports.words import cell_words, header_words, lowest_header, outcome_badge, outcome_word, row_words
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_AS_IN_THE_FILE = Sort("place")
"""No column sorts by it: the rows stay as the sender has them."""


class Tab(StrEnum):
    """Which rows are shown; COLUMNS shows what was understood instead."""

    ALL = "all"
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECT = "reject"
    COLUMNS = "columns"


TAB_WORDS = {
    Tab.ALL: N_("All"),
    Tab.CREATE: N_("New record"),
    Tab.UPDATE: N_("Update"),
    Tab.UNCHANGED: N_("Unchanged"),
    Tab.DUPLICATE: N_("Possible duplicate"),
    Tab.REJECT: N_("Rejected"),
    Tab.COLUMNS: N_("Columns"),
}


def shows(tab: Tab, row: RowPlan) -> bool:
    """Say whether a tab shows a row; a possible duplicate is among the new ones too."""
    return tab is Tab.ALL or (bool(row.duplicates) if tab is Tab.DUPLICATE else row.action is Action(tab.value))


def counts(plan: ImportPlan) -> dict[Tab, int]:
    """Return how many rows each tab shows, and how many columns there are."""
    result = plan.result
    return {
        Tab.ALL: result.read,
        Tab.CREATE: result.created,
        Tab.UPDATE: result.updated,
        Tab.UNCHANGED: result.unchanged,
        Tab.DUPLICATE: result.possible_duplicates,
        Tab.REJECT: result.rejected,
        Tab.COLUMNS: sum(1 for sheet in plan.sheets for column in sheet.columns if column.header),
    }


def rows_of(plan: ImportPlan, tab: Tab, query: str) -> Fetch[RowPlan]:
    """Return a ``fetch`` over the rows of a tab whose name or fate contains ``query``."""
    sought = query.casefold()

    def fits(row: RowPlan) -> bool:
        if not shows(tab, row):
            return False
        return not sought or sought in f"{row.title}\n{row_words(row, plan.sheets[row.sheet])}".casefold()

    def fetch(_sort: Sort, after: Any, limit: int) -> Block[RowPlan]:
        found: list[RowPlan] = []
        for place in range(after or 0, len(plan.rows)):
            if fits(plan.rows[place]):
                if len(found) == limit:
                    return Block(found, place)
                found.append(plan.rows[place])
        return Block(found, None)

    return fetch


def make_rows(
    session: Session, fetch_for: Callable[[str], Fetch[RowPlan]], plan: ImportPlan, parent: QWidget
) -> RecordList[RowPlan]:
    """Return the table of rows: the sender's number, what becomes of it, its name, and how."""
    several = len(plan.sheets) > 1

    def number(row: RowPlan) -> Cell:
        return Cell(str(row.number), hint=plan.sheets[row.sheet].name if several else "", tone="muted")

    def fate(row: RowPlan) -> Cell:
        quiet = row.action is Action.UNCHANGED
        return Cell(row_words(row, plan.sheets[row.sheet]), tone="muted" if quiet else "text")

    columns: tuple[Column[RowPlan], ...] = (
        Column("number", _("Row no."), number, 132 if several else 72),
        Column("outcome", _("Outcome"), lambda row: Cell(outcome_word(row), badge=outcome_badge(row)), 104),
        Column("title", _("Name"), lambda row: Cell(row.title or "—"), 200),
        Column("fate", _("What happens"), fate, 240, stretch=True),
    )
    empty = EmptyState(_("No such rows"), _("The other tabs show the rest of the file."), icon="filter")
    # The widths are kept under the name; the first column is another one where there are several sheets.
    name = "import-sheets" if several else "import-rows"
    made = RecordList(session, name, columns, fetch_for, _AS_IN_THE_FILE, empty, parent, search_hint=_("Find a row"))
    made.search.setFixedWidth(170)
    return made


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file: where it stands, what it was taken for (empty: left alone), and its first value."""

    sheet: str
    header: str
    unit: str
    taken_for: str
    sample: str


def columns_of(plan: ImportPlan) -> list[ColumnRow]:
    """Return the columns of every sheet, with the first value that stands in each."""
    rows: list[ColumnRow] = []
    for place, sheet in enumerate(plan.sheets):
        cells = [row.cells for row in plan.rows if row.sheet == place]
        for column in sheet.columns:
            if not column.header:
                continue
            values = (cell_words(row[column.index]) for row in cells if column.index < len(row))
            sample = next((value for value in values if value), "")
            unit = "" if column.unit in column.header else column.unit
            # Where the target is no declared field its label is the whole header again.
            taken_for = column.title.replace(column.header, lowest_header(column.header))
            rows.append(ColumnRow(sheet.name, header_words(column.header), unit, taken_for, sample))
    return rows


def make_columns(
    session: Session, fetch_for: Callable[[str], Fetch[ColumnRow]], parent: QWidget
) -> RecordList[ColumnRow]:
    """Return the table of columns."""

    def taken_for(row: ColumnRow) -> Cell:
        return Cell(row.taken_for) if row.taken_for else Cell(_("Not known, left out"), tone="gap")

    columns: tuple[Column[ColumnRow], ...] = (
        Column("header", _("Header in the file"), lambda row: Cell(row.header, hint=row.unit), 240),
        Column("taken_for", _("Taken for"), taken_for, 220),
        Column("sample", _("First value"), lambda row: Cell(row.sample, tone="muted"), 240, stretch=True),
        Column("sheet", _("Sheet"), lambda row: Cell(row.sheet, tone="muted"), 120),
    )
    empty = EmptyState(_("No such rows"), icon="filter")
    made = RecordList(session, "import-columns", columns, fetch_for, _AS_IN_THE_FILE, empty, parent)
    made.search.hide()
    return made
