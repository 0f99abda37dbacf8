"""Enterprises chosen in a list go on a trip: a new one, or one that is under way or to come."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import trips
from crm_app.services.trips import Proposal
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.trips.new_trip import open_new_trip
from crm_app.ui.trips.wording import span
from crm_app.ui.widgets.fitting import fit_rows
from crm_app.ui.widgets.parts import trouble

_WIDTH, _HEIGHT = 520, 400
_AIR = 1
"""A row below the last one, so that a list ends where one sees it end."""
_TRIP = Qt.ItemDataRole.UserRole
_NAMED = 6


class PlanWithDialog(QDialog):
    """↑ ↓ choose the trip, Enter takes it."""

    def __init__(self, session: Session, parent: QWidget, proposal: Proposal) -> None:
        super().__init__(parent)
        self._session, self._window, self._proposal = session, parent, proposal
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(actions.spec("plan_trip").title)
        self.resize(theme.size(_WIDTH, _HEIGHT))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        count = QLabel(told_count(len(proposal.enterprises)), self)
        count.setProperty("role", "heading")
        layout.addWidget(count)
        named = [one.name for one in proposal.enterprises[:_NAMED]]
        more = len(proposal.enterprises) - len(named)
        words = _(", ").join(named)
        names = QLabel(
            ngettext("{names} and {n} other", "{names} and {n} others", more).format(names=words, n=more)
            if more
            else words,
            self,
        )
        names.setTextFormat(Qt.TextFormat.PlainText)
        names.setProperty("role", "muted")
        names.setWordWrap(True)
        layout.addWidget(names)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Which trip"))
        self.list.setIconSize(theme.size(16, 16))
        self._fill()
        self.list.itemActivated.connect(lambda _item: self.take())
        layout.addWidget(self.list, 1)
        self.error = trouble(self)
        layout.addWidget(self.error)
        layout.addLayout(self._foot())
        fit_rows(self, self.list, self.list.sizeHintForRow(0) * (self.list.count() + _AIR), _HEIGHT)
        actions.make("save", self, self.take)
        self.list.setFocus()

    def _fill(self) -> None:
        new = QListWidgetItem(theme.icon("plus"), _("A new trip"))
        self.list.addItem(new)
        for trip in self._proposal.trips:
            item = QListWidgetItem(theme.icon("plane"), f"{trip.title}   {span(trip)}")
            item.setData(_TRIP, trip)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        hint = QLabel(_("Those already planned are passed over."), self)
        hint.setProperty("role", "muted")
        row.addWidget(hint, 1)
        go = QPushButton(_("Plan the visits"), self)
        go.setProperty("role", "primary")
        go.setAutoDefault(False)
        go.clicked.connect(lambda _checked=False: self.take())
        row.addWidget(go)
        return row

    def take(self) -> None:
        """Add them to the chosen trip, or open the form of a new one with them."""
        item = self.list.currentItem()
        trip = item.data(_TRIP) if item else None
        ids = [one.id for one in self._proposal.enterprises]
        if trip is None:
            self.accept()
            open_new_trip(self._session, self._window, ids, self._proposal.regions)
            return
        self._session.write(
            _("Plan visits"),
            lambda book, _progress: trips.plan_visits(book, trip.id, ids),
            lambda _made: self._saved(trip.id),
            self._refuse,
            owner=self,
        )

    def _saved(self, trip: UUID) -> None:
        self.accept()
        self._session.go("trips", trip, "itinerary")

    def _refuse(self, error: CrmError) -> None:
        self.error.setText(str(error))
        self.error.show()


def told_count(n: int) -> str:
    """Say how many enterprises a trip is planned with."""
    return ngettext("{n} enterprise to visit", "{n} enterprises to visit", n).format(n=n)


def open_plan_with(session: Session, window: QWidget, enterprises: Sequence[UUID]) -> None:
    """Read what these enterprises propose and ask which trip they go on."""

    def ask(proposal: Proposal) -> None:
        PlanWithDialog(session, window, proposal).open()

    session.read(
        lambda book: trips.propose_trip(book, enterprises),
        ask,
        lambda error: session.trouble.emit(str(error)),
        owner=window,
    )
