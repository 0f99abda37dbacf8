"""What is known of one lead, beside the list, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.domain.leads import TRIAGE_LABELS, Triage
from crm_app.i18n import _
from crm_app.services.leads import LeadRow
from crm_app.ui import actions, theme
from crm_app.ui.projects.marks import button, text_label

_NO_BREAK = "\N{NO-BREAK SPACE}"


class LeadCard(QFrame):
    """The card; it asks, the view acts."""

    make_wanted = Signal()
    note_wanted = Signal()
    step_wanted = Signal()
    enterprise_wanted = Signal()
    history_wanted = Signal()
    delete_wanted = Signal()
    judged = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(_("Lead"))
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.make = button("", "primary")
        self.make.clicked.connect(lambda _checked=False: self.make_wanted.emit())
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        # The acts are quiet buttons: the words on them stand in line with those above and below.
        inset = min(theme.quiet_inset(), theme.M)
        layout.setContentsMargins(theme.M - inset, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        above, below = QVBoxLayout(), QVBoxLayout()
        for part in (above, below):
            part.setContentsMargins(inset, 0, 0, 0)
            part.setSpacing(theme.S)
        above.addWidget(self.title)
        above.addWidget(self.make)
        below.addWidget(self._area, 1)
        below.addWidget(text_label(_("First judgement"), "muted"))
        below.addLayout(self._verdicts())
        layout.addLayout(above)
        layout.addLayout(self._acts())
        layout.addLayout(below, 1)

    def _acts(self) -> QGridLayout:
        acts = (
            (_("Log a follow-up"), "note", "", self.note_wanted),
            (_("Next step…"), "clock", "", self.step_wanted),
            (_("Enterprise"), "building-factory-2", "", self.enterprise_wanted),
            (_("History"), "clock", actions.spec("history").shown_keys, self.history_wanted),
            (_("Delete"), "trash", actions.spec("delete").shown_keys, self.delete_wanted),
        )
        # Two beside each other, so that the card stays narrow beside a list in a small window.
        grid = QGridLayout()
        grid.setSpacing(0)
        for number, (text, icon, keys, signal) in enumerate(acts):
            made = button(text, "quiet", icon, tip=f"{text}  {keys}".rstrip())
            made.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            grid.addWidget(made, number // 2, number % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        return grid

    def _verdicts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for verdict in Triage:
            made = button(_(TRIAGE_LABELS[verdict]), "plain")
            made.clicked.connect(lambda _checked=False, verdict=verdict: self.judged.emit(verdict))
            row.addWidget(made, 1)
        return row

    def show_row(self, row: LeadRow) -> None:
        """Show a lead."""
        self.title.setText(row.enterprise.name)
        became = row.project_id is not None
        self.make.setText(_("Open its project") if became else _("Make a project  Enter"))
        self.make.setAccessibleName(self.make.text())
        lead = row.lead
        lines = (
            (_("Intended investment"), lead.content or ""),
            (_("Intended amount"), lead.shown("intent")),
            (_("Note"), lead.note or ""),
            (_("Contact"), _contact(row)),
            (_("Source"), lead.shown("source")),
            (_("Referred by"), lead.referrer or ""),
            (_("Owner"), row.owner.name if row.owner else ""),
            (_("Registered on"), days.show_date(lead.registered_on) if lead.registered_on else ""),
            (_("First judgement"), _judged(row)),
        )
        self._area.setWidget(self._table([line for line in lines if line[1]]))

    def _table(self, lines: list[tuple[str, str]]) -> QWidget:
        inner = QWidget(self)
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        for number, (title, value) in enumerate(lines):
            grid.addWidget(text_label(title, "muted", wrap=True), number, 0, Qt.AlignmentFlag.AlignTop)
            shown = text_label(value, wrap=True)
            grid.addWidget(shown, number, 1)
        grid.setColumnMinimumWidth(0, theme.px(72))
        column.addLayout(grid)
        column.addStretch(1)
        return inner


def _contact(row: LeadRow) -> str:
    if row.contact is None:
        return ""
    # A number is never broken at the end of a line.
    return f"{row.contact.name}  {row.contact.shown('phone').replace(' ', _NO_BREAK)}".strip()


def _judged(row: LeadRow) -> str:
    if row.lead.triage is None:
        return ""
    return " · ".join(part for part in (_(TRIAGE_LABELS[row.lead.triage]), row.lead.triage_reason) if part)
