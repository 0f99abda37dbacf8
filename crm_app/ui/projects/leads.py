"""线索: the open leads in a list, what is known of one beside it, judged or made a project from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from crm_app.domain import days, pinyin
from crm_app.domain.leads import TRIAGE_LABELS, Lead, Triage
from crm_app.i18n import _
from crm_app.services import leads
from crm_app.services.leads import LeadRow
from crm_app.ui import actions, theme
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.projects.ask import FieldsDialog, asked
from crm_app.ui.projects.lead_card import LeadCard
from crm_app.ui.projects.make_project import open_make_project
from crm_app.ui.projects.parts import open_step_of
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Cell, Column, amount_cell
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_SIDE_WIDTH = 320
_TRIAGE_COLOURS = {Triage.FOLLOW: "negotiating", Triage.HOLD: "on_hold", Triage.NO: "lost"}
_LAST = "\uffff"
"""Sorts what is not known behind everything."""


def _sort_keys() -> dict[str, Callable[[LeadRow], Any]]:
    return {
        "enterprise": lambda row: pinyin.sort_key(row.enterprise.name),
        "registered": lambda row: (row.lead.registered_on.isoformat() if row.lead.registered_on else "", row.lead.id),
        "amount": lambda row: (row.lead.intent.low or 0) if row.lead.intent else -1,
        "owner": lambda row: pinyin.sort_key(row.owner.name) if row.owner else _LAST,
        "source": lambda row: row.lead.source or _LAST,
    }


def _judgement(row: LeadRow) -> Cell:
    if row.project_id is not None:
        return Cell(_("became a project"), badge=theme.colours().stage("signed"))
    if row.lead.triage is None:
        return Cell(_("not judged"), tone="gap")
    code = _TRIAGE_COLOURS[row.lead.triage]
    return Cell(_(TRIAGE_LABELS[row.lead.triage]), badge=theme.colours().stage(code))


def _columns() -> list[Column[LeadRow]]:
    return [
        Column("enterprise", _("Enterprise"), lambda row: Cell(row.enterprise.name, bold=True), 220, "enterprise"),
        Column("content", _("Intended investment"), _content, 110, stretch=True),
        Column("amount", _("Intended amount"), lambda row: amount_cell(row.lead.shown("intent")), 124, "amount", True),
        Column("source", _("Source"), lambda row: Cell(row.lead.source or ""), 96, "source"),
        Column("owner", _("Owner"), lambda row: Cell(row.owner.name if row.owner else ""), 84, "owner"),
        Column("registered", _("Registered on"), _registered, 116, "registered"),
        Column("triage", _("First judgement"), _judgement, 84),
    ]


def _content(row: LeadRow) -> Cell:
    return Cell((row.lead.content or row.lead.note or "").replace("\n", " "))


def _registered(row: LeadRow) -> Cell:
    return Cell(days.show_date(row.lead.registered_on) if row.lead.registered_on else "")


class LeadsView(QWidget):
    """List and card. ``filled`` carries how many leads are shown."""

    filled = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._wanted: UUID | None = None
        self.all = QCheckBox(_("Also those closed"), self)
        self.all.toggled.connect(lambda _on: self.list.reload())
        empty = EmptyState(
            _("No open lead"),
            _("A lead needs nothing but the enterprise's name; it becomes a project here."),
            icon="inbox",
            step=_("Log a lead"),
            run=lambda: session.log_wanted.emit(None),
        )
        self.list: RecordList[LeadRow] = RecordList(
            session,
            "leads",
            _columns(),
            self._fetch_for,
            Sort("registered", descending=True),
            empty,
            self,
            search_hint=_("Enterprise, content or initials"),
        )
        self.list.header.addWidget(self.all)
        self.list.activated.connect(self.act)
        self.list.current_changed.connect(self._show_current)
        self.list.filled.connect(self._settle)
        self.card = LeadCard(self)
        self.card.setFixedWidth(_SIDE_WIDTH)
        self._connect()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.M)
        across.addWidget(self.list, 1)
        across.addWidget(self.card)

    def _connect(self) -> None:
        card = self.card
        card.make_wanted.connect(lambda: self._with_current(self.act))
        card.note_wanted.connect(lambda: self._with_current(self._note))
        card.step_wanted.connect(lambda: self._with_current(self._step))
        card.enterprise_wanted.connect(lambda: self._with_current(self._open_enterprise))
        actions.make("history", self.list.table, lambda: self._with_current(self._history))
        actions.make("delete", self.list.table, lambda: self._with_current(self._delete))
        card.history_wanted.connect(lambda: self._with_current(self._history))
        card.delete_wanted.connect(lambda: self._with_current(self._delete))
        card.judged.connect(lambda verdict: self._with_current(partial(self._judge, verdict=verdict)))

    def _fetch_for(self, query: str) -> Fetch[LeadRow]:
        open_only, book = not self.all.isChecked(), self.session.book

        def fetch(sort: Sort, _after: Any, _limit: int) -> Block[LeadRow]:
            rows = [row for row in leads.list_leads(book, open_only=open_only) if _answers(row, query)]
            rows.sort(key=_sort_keys()[sort.key], reverse=sort.descending)
            return Block(rows)

        return fetch

    def load(self) -> None:
        """Read the leads again."""
        self.list.reload()

    def choose(self, lead_id: UUID) -> None:
        """Put the cursor on a lead once the list is read."""
        self._wanted = lead_id
        self.list.reload()

    def _settle(self, held: int, _complete: bool) -> None:
        rows = self.list.model.rows()
        if self._wanted is not None:
            at = next((number for number, row in enumerate(rows) if row.lead.id == self._wanted), -1)
            if at < 0 and not self.all.isChecked():
                self.all.setChecked(True)  # it was closed meanwhile
                return
            self._wanted = None
            self.list.table.selectRow(max(at, 0))
        elif held and not self.list.table.currentIndex().isValid():
            self.list.table.selectRow(0)
        self._show_current(self.list.current())
        self.filled.emit(held)

    def _show_current(self, row: LeadRow | None) -> None:
        self.card.setVisible(row is not None)
        if row is not None:
            self.card.show_row(row)

    def _with_current(self, run: Callable[[LeadRow], object]) -> None:
        row = self.list.current()
        if row is not None:
            run(row)

    def act(self, row: LeadRow) -> None:
        """Make a project of the lead, or show the one it became."""
        if row.project_id is not None:
            self.session.go("projects", row.project_id)
        else:
            open_make_project(self.session, self, row)

    def _note(self, row: LeadRow) -> None:
        open_follow_up(self.session, self.window(), about=row.enterprise.name, lead_id=row.lead.id)

    def _step(self, row: LeadRow) -> None:
        open_step_of(self.session, self, row)

    def _history(self, row: LeadRow) -> None:
        open_history(self.session, self, row.lead.id, row.enterprise.name)

    def _delete(self, row: LeadRow) -> None:
        ask_delete(self.session, self, "lead", row.lead.id)

    def _open_enterprise(self, row: LeadRow) -> None:
        self.session.go("enterprises", row.enterprise.id)

    def _judge(self, row: LeadRow, verdict: Triage) -> None:
        if verdict is Triage.FOLLOW:
            self._write_judgement(row.lead.id, verdict, "")
            return
        open_judgement(self.session, self, row, verdict)

    def _write_judgement(self, lead: UUID, verdict: Triage, reason: str) -> None:
        self.session.write(
            _("Judge a lead"), lambda book, _progress: leads.triage(book, lead, verdict, reason), owner=self
        )

    def focus_first(self) -> None:
        """Let the arrow keys walk the leads."""
        self.list.focus_first()


def open_judgement(session: Session, parent: QWidget, row: LeadRow, verdict: Triage) -> None:
    """Ask the reason of a judgement."""
    lead = row.lead.id
    FieldsDialog(
        session,
        parent,
        _(TRIAGE_LABELS[verdict]),
        row.enterprise.name,
        [asked(Lead.field("triage_reason"), needed=True)],
        lambda book, values: leads.triage(book, lead, verdict, values["triage_reason"] or ""),
        values={"triage_reason": row.lead.triage_reason},
        columns=1,
        draft=f"judgement:{lead}:{verdict.value}",
    ).start()


def _answers(row: LeadRow, query: str) -> bool:
    parts = (row.enterprise.name, row.lead.content, row.lead.note, row.contact.name if row.contact else None)
    return not query or any(fits(query, part) for part in parts if part)
