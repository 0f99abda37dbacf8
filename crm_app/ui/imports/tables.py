"""The table of a preview: which rows a chip shows, and what stands in their columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_app.i18n import _
from crm_app.services.imports import Action, ImportPlan, RowPlan, SheetPlan
from crm_app.ui import theme
from crm_app.ui.imports.shown import Tab, shows
from crm_app.ui.imports.words import outcome_badge, outcome_word, row_words
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_AS_IN_THE_FILE = Sort("place")
"""No column sorts by it: the rows stay as the sender has them."""


def rows_of(plan: ImportPlan, sheet: int, tab: Tab, query: str) -> Fetch[RowPlan]:
    """Return a ``fetch`` over the rows of a sheet that a chip shows and whose name or fate contains ``query``."""
    sought = query.casefold()

    def fits(row: RowPlan) -> bool:
        if row.sheet != sheet or not shows(tab, row):
            return False
        return not sought or sought in f"{row.title}\n{row_words(row, plan.sheets[row.sheet])}".casefold()

    def fetch(_sort: Sort, after: Any, limit: int) -> Block[RowPlan]:
        found: list[RowPlan] = []
        for place in range(after or 0, len(plan.rows)):
            row = plan.rows[place]
            if fits(row):
                if len(found) == limit:
                    return Block(found, place)
                found.append(row)
        return Block(found, None)

    return fetch


def make_rows(
    session: Session, fetch_for: Callable[[str], Fetch[RowPlan]], sheet: SheetPlan, parent: QWidget
) -> RecordList[RowPlan]:
    """Return the table of rows: the sender's number, what becomes of it, its name, and how."""

    def number(row: RowPlan) -> Cell:
        return Cell(str(row.number), tone="muted")

    def fate(row: RowPlan) -> Cell:
        quiet = row.action is Action.UNCHANGED
        return Cell(row_words(row, sheet), tone="muted" if quiet else "text")

    columns: tuple[Column[RowPlan], ...] = (
        Column("number", _("Row no."), number, 64),
        Column("outcome", _("Outcome"), lambda row: Cell(outcome_word(row), badge=outcome_badge(row)), 104),
        Column("title", _("Name"), lambda row: Cell(row.title or "—"), 190),
        Column("fate", _("In detail"), fate, 240, stretch=True),
    )
    empty = EmptyState(_("No such rows"), _("The other chips show the rest of the sheet."), icon="filter")
    made = RecordList(
        session, "import-rows", columns, fetch_for, _AS_IN_THE_FILE, empty, parent, search_hint=_("Find a row")
    )
    made.search.setFixedWidth(theme.px(170))
    return made
