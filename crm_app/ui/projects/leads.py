"""线索: the open leads in a list, what is known of one beside it, judged or made a project from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from crm_app.domain.leads import TRIAGE_LABELS, Lead, Triage
from crm_app.domain.views import Query
from crm_app.i18n import _
from crm_app.services import leads
from crm_app.services.leads import LeadRow
from crm_app.services.lists import Row
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.projects.ask import FieldsDialog, asked
from crm_app.ui.projects.lead_card import LeadCard
from crm_app.ui.projects.make_project import open_make_project
from crm_app.ui.projects.parts import open_step_of
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState

_SIDE_WIDTH = 320
_MOST_SIDE = 0.32
"""The part of the width that the card takes at most."""
_OPEN = "open"
"""The view that leaves out what was turned down or became a project."""


class LeadsView(QWidget):
    """List and card. ``filled`` carries how many leads are shown."""

    filled = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._latest = session.latest()
        self._wanted: UUID | None = None
        self.all = QCheckBox(_("Also those closed"), self)
        empty = EmptyState(
            _("No open lead"),
            _("A lead needs nothing but the enterprise's name; it becomes a project here."),
            icon="inbox",
            step=_("Log a lead"),
            run=lambda: session.log_wanted.emit(None),
            action="log",
        )
        hint = _("Enterprise, content or initials")
        self.list = DataList(session, Query("leads"), empty, self, search_hint=hint, view=_OPEN)
        self.all.clicked.connect(lambda _on: self._show(self.all.isChecked()))
        self.list.header.addWidget(self.all)
        self.list.shown.connect(lambda _query: self._say_whether_all())
        self.list.activated.connect(lambda row: self._read(row.id, self.act))
        self.list.current_changed.connect(self._show_current)
        self.list.filled.connect(self._settle)
        drop_on_rows(session, self.list, "lead", owner="enterprise")
        self._say_whether_all()
        self.card = LeadCard(self)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the width to the list, also in large letters."""
        super().resizeEvent(event)
        wanted = min(theme.px(_SIDE_WIDTH), round(_MOST_SIDE * self.width()))
        self.card.setFixedWidth(max(wanted, self.card.minimumSizeHint().width()))

    def load(self) -> None:
        """Read the leads again."""
        self.list.reload()

    def choose(self, row: LeadRow) -> None:
        """Put the cursor on a lead, in all of them where it is closed meanwhile."""
        self._wanted = row.lead.id
        self.list.search.clear()
        self._show(not row.open)

    def _show(self, everything: bool) -> None:
        """Show every lead, or the open ones."""
        self.list.show_shipped("" if everything else _OPEN)

    def _say_whether_all(self) -> None:
        self.all.setChecked(not any(one.column == "became" for one in self.list.model.query.filters))

    def _settle(self, held: int, complete: bool) -> None:
        if not complete:
            return
        if held and (self._wanted is not None or not self.list.table.currentIndex().isValid()):
            self.list.choose(self._wanted)
            self._wanted = None
        self._show_current(self.list.current())
        self.filled.emit(held)

    def _show_current(self, row: Row | None) -> None:
        self.card.setVisible(row is not None)
        if row is not None:
            book, lead = self.session.book, row.id
            self._latest.read(lambda: leads.lead_row(book, lead), self.card.show_row, owner=self)

    def _with_current(self, run: Callable[[LeadRow], object]) -> None:
        row = self.list.current()
        if row is not None:
            self._read(row.id, run)

    def _read(self, lead: UUID, then: Callable[[LeadRow], object]) -> None:
        self.session.read(lambda book: leads.lead_row(book, lead), then, owner=self)

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
