"""What stands there once a visit is saved: in short what was written, and what may come next."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services import visits
from crm_app.services.visits import VisitSheet
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.visits.wording import missing, tasks_of, their_names
from crm_app.ui.widgets.labelled import heading

_WIDTH = 560


class SavedVisit(QWidget):
    """Enter prints the report; Tab to the next enterprise or to the end; Esc closes."""

    print_wanted = Signal()
    next_wanted = Signal()
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget, visit_id: UUID, following: str) -> None:
        super().__init__(parent)
        outside = QVBoxLayout(self)
        outside.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setFixedWidth(theme.px(_WIDTH))
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self._inside.setSpacing(theme.S)
        self._inside.addWidget(heading(_("The visit is saved"), "title"))
        self._summary = QVBoxLayout()
        self._summary.setSpacing(theme.XS)
        self._inside.addLayout(self._summary)
        self._inside.addSpacing(theme.M)
        self._inside.addLayout(self._buttons(following))
        outside.addWidget(card)
        session.read(lambda book: visits.visit_sheet(book, visit_id), self._show, owner=self)

    def _buttons(self, following: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.print = self._button(_("Print the visit report"), self.print_wanted)
        self.print.setProperty("role", "primary")
        theme.put_icon(self.print, "printer", "on_accent")
        row.addWidget(self.print)
        if following:
            self.next = self._button(_("Next: {name}").format(name=following[:14]), self.next_wanted)
            row.addWidget(self.next)
        row.addStretch(1)
        row.addWidget(self._button(_("Finish"), self.closed))
        return row

    def _button(self, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(True)
        button.clicked.connect(lambda _checked=False: signal.emit())
        return button

    def begin(self) -> None:
        """Let Enter print."""
        self.print.setFocus()

    def _show(self, sheet: VisitSheet) -> None:
        visit = sheet.visit
        self._line(sheet.enterprise.name, "heading")
        self._line(f"{days.show_date(visit.on)} {visit.time or ''}  {their_names(sheet)}".rstrip(), "")
        if sheet.trip is not None:
            self._line(_("Counted under “{trip}”").format(trip=sheet.trip.title), "muted")
        for step in tasks_of(sheet):
            self._line(_("Next step: {step}").format(step=step), "")
        lacking = missing(sheet)
        if lacking:
            self._line(_("Still missing for the report: {fields}").format(fields=_(", ").join(lacking)), "error")

    def _line(self, text: str, role: str) -> None:
        label: QLabel = heading(text, role)
        self._summary.addWidget(label)
