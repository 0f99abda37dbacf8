"""表格: every project as a row, sorted and narrowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days, pinyin
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.projects import ProjectFilter, ProjectRow
from crm_app.ui.projects.board_cards import amount_of, stalled_of
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Cell, Column, amount_cell, stage_cell
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_LAST = "\uffff"
"""Sorts what is not known behind everything."""
_STAGES = list(Stage)


def _sort_keys() -> dict[str, Callable[[ProjectRow], Any]]:
    return {
        "made": lambda row: row.project.id,
        "name": lambda row: pinyin.sort_key(row.project.name),
        "stage": lambda row: (_STAGES.index(row.stage), row.stage_on.isoformat() if row.stage_on else ""),
        "amount": lambda row: row.amount_yuan if row.amount_yuan is not None else -1,
        "enterprise": lambda row: pinyin.sort_key(_parties(row)) if row.enterprises else _LAST,
        "park": lambda row: pinyin.sort_key(row.park) if row.park else _LAST,
        "cluster": lambda row: row.project.cluster or _LAST,
        "owner": lambda row: pinyin.sort_key(row.owner.name) if row.owner else _LAST,
        "signed": lambda row: row.signed_on.first.isoformat() if row.signed_on else "",
        "next": lambda row: row.next_task.due.isoformat() if row.next_task else _LAST,
    }


def _parties(row: ProjectRow) -> str:
    return _(", ").join(one.name for one in row.enterprises)


def _columns() -> list[Column[ProjectRow]]:
    return [
        Column("name", _("Project name"), lambda row: Cell(row.project.name, bold=True), 240, "name", stretch=True),
        Column("stage", _("Stage"), lambda row: stage_cell(row.stage.value, _(STAGE_LABELS[row.stage])), 104, "stage"),
        Column("amount", _("Amount"), _amount, 104, "amount", right=True),
        Column("enterprise", _("Investors"), lambda row: Cell(_parties(row)), 216, "enterprise"),
        Column("park", _("Park"), lambda row: Cell(row.park or ""), 112, "park"),
        Column("signed", _("Signed on"), _signed, 112, "signed"),
        Column("owner", _("Owner"), lambda row: Cell(row.owner.name if row.owner else ""), 84, "owner"),
        Column("next", _("Next step"), _next, 176, "next"),
    ]


def _amount(row: ProjectRow) -> Cell:
    return amount_cell(amount_of(row)) if row.amount_yuan is not None else Cell(_("open"), tone="muted")


def _signed(row: ProjectRow) -> Cell:
    return Cell(days.show_day(row.signed_on) if row.signed_on else "")


def _next(row: ProjectRow) -> Cell:
    """Return the next step; where there is none and nothing happens, that."""
    if row.next_task is not None:
        today = clock.today()
        tone = "overdue" if row.next_task.due < today else "text"
        return Cell(days.relative(row.next_task.due, today), hint=row.next_task.what, tone=tone)
    return Cell(stalled_of(row), tone="overdue")


class TableView(QWidget):
    """The list. ``opened`` carries a project's id, ``filled`` how many rows are shown."""

    opened = Signal(object)
    filled = Signal(int)

    def __init__(self, session: Session, wanted: Callable[[str], ProjectFilter], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._wanted = session, wanted
        empty = EmptyState(
            _("No project here"),
            _("A lead becomes a project under Leads: Enter on it, everything known is carried over."),
            icon="layout-kanban",
            step=_("Show the leads"),
            run=lambda: session.go("projects", view="leads"),
        )
        self.list: RecordList[ProjectRow] = RecordList(
            session,
            "projects",
            _columns(),
            self._fetch_for,
            Sort("made", descending=True),
            empty,
            self,
            search_hint=_("Project, enterprise or initials"),
        )
        self.list.activated.connect(lambda row: self.opened.emit(row.project.id))
        self.list.filled.connect(self._settle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def _fetch_for(self, query: str) -> Fetch[ProjectRow]:
        wanted, book = self._wanted(query), self._session.book

        def fetch(sort: Sort, _after: Any, _limit: int) -> Block[ProjectRow]:
            rows = projects.list_projects(book, wanted)
            rows.sort(key=_sort_keys()[sort.key], reverse=sort.descending)
            return Block(rows)

        return fetch

    def _settle(self, held: int, _complete: bool) -> None:
        if held and not self.list.table.currentIndex().isValid():
            self.list.table.selectRow(0)
        self.filled.emit(held)

    def load(self) -> None:
        """Read the projects again."""
        self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the rows."""
        self.list.focus_first()
