"""The head of a trip's page: its name and days, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.papers import PaperKind
from crm_app.domain.trips import PlanState
from crm_app.i18n import _, ngettext
from crm_app.services.trips import TripPage
from crm_app.ui import actions, theme
from crm_app.ui.papers.straight import save_straight
from crm_app.ui.records.menu import RecordMenu
from crm_app.ui.session import Session
from crm_app.ui.trips.wording import dated_span, length
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.parts import back_button


class TripHead(QWidget):
    """The first button writes up; where there is little room the three papers are chosen from a menu."""

    round_wanted = Signal()
    evening_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget, trip_id: UUID, menu: RecordMenu) -> None:
        super().__init__(parent)
        self._session, self._trip = session, trip_id
        self._page: TripPage | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.title = Elided("", "title", self)
        self._under = Elided("", "muted", self)
        back = back_button(_("All trips"), partial(session.go, "trips", view="trips"), self)
        row.addWidget(back)
        row.addStretch(1)
        lines.addLayout(row)
        lines.addSpacing(theme.XS)
        names = QHBoxLayout()
        names.setSpacing(theme.S)
        names.addWidget(self.title)
        names.addWidget(self._under)
        names.addStretch(1)
        lines.addLayout(names)
        self.round = self._button(_("Write up one by one"), "note", self.round_wanted.emit, "primary")
        evening = self._button(_("Evening table"), "clock", self.evening_wanted.emit)
        spec = actions.spec("save_report")
        saving = self._button(spec.title, spec.icon, self.save_report)
        saving.setText(_("Save as PDF"))
        saving.setToolTip(f"{spec.title}  {spec.shown_keys}")
        self._papers = [
            self._button(_("Report of the trip"), "printer", self.report),
            saving,
            self._button(_("Pack for the road"), "files", lambda: self._go_to_paper("trip_pack")),
            self._button(_("One-pagers"), "file-text", self._one_pagers),
        ]
        self._shared = self._button(_("Papers"), "printer")
        self._shared.setMenu(self._menu())
        edit = self._button(actions.spec("edit").title, "pencil", self.edit_wanted.emit)
        self._buttons = [self.round, evening, *self._papers, self._shared, edit]
        for button in (*self._buttons, menu):
            row.addWidget(button)
        self._back, self._more = back, menu
        self._folding = (evening, edit)
        Folding(self, row, self._folding)

    def _button(self, text: str, icon: str, run: Callable[[], object] | None = None, role: str = "") -> QPushButton:
        button = QPushButton(text, self)
        if role:
            button.setProperty("role", role)
        button.setAccessibleName(text)
        button.setToolTip(text)
        theme.put_icon(button, icon, "on_accent" if role == "primary" else "text")
        if run is not None:
            button.clicked.connect(lambda _checked=False: run())
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for button in self._papers:
            menu.addAction(button.icon(), button.accessibleName(), button.click)
        return menu

    def show_page(self, page: TripPage) -> None:
        """Show a trip."""
        self._page = page
        trip = page.trip
        self.title.say(trip.title)
        parts = [dated_span(trip), length(trip.start_on, trip.end_on)]
        enterprises = ngettext("{n} enterprise", "{n} enterprises", page.enterprises).format(n=page.enterprises)
        visits = _("visits: {n}").format(n=page.visits)
        parts.append(_(", ").join((enterprises, visits)))
        self._under.say(" · ".join(parts))
        self.round.setEnabled(trip.start_on <= clock.today())
        self.round.setToolTip("" if self.round.isEnabled() else _("The trip has not begun yet."))

    def report(self) -> None:
        """Go to the report of the trip."""
        self._go_to_paper("trip")

    def save_report(self) -> None:
        """Save the report as a PDF: what it lacks is told on the page."""
        save_straight(self._session, self.window(), PaperKind.TRIP, self._trip)

    def _go_to_paper(self, kind: str) -> None:
        self._session.go("papers", self._trip, kind)

    def _one_pagers(self) -> None:
        """Go to the papers with the one-pagers of everybody who is to be met, in the order of the plan."""
        if self._page is None:
            return
        living = (row for row in self._page.plans if row.plan.state is not PlanState.CANCELLED)
        ids: dict[UUID, None] = dict.fromkeys(row.enterprise.id for row in living if row.enterprise.deleted_at is None)
        if ids:
            self._session.go("papers", view="one_pager", records=tuple(ids))
        else:
            self._session.trouble.emit(_("Nobody is to be met on this trip yet."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the papers share one button where there is no room for each of them."""
        super().resizeEvent(event)
        apart: list[QAbstractButton] = [
            one for one in (self._back, *self._buttons, self._more) if one is not self._shared
        ]
        for one in apart:
            one.ensurePolished()
        needed = sum(one.sizeHint().width() + theme.S for one in apart) + sum(map(_folded, self._folding))
        narrow = self.width() < needed
        for paper in self._papers:
            paper.setVisible(not narrow)
        self._shared.setVisible(narrow)


def _folded(button: QAbstractButton) -> int:
    """Return how much wider a button would be with the words it gave up."""
    return 0 if button.text() else button.fontMetrics().horizontalAdvance(button.accessibleName())
