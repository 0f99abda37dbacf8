"""What stands beside the form of a visit: how far the round is, and what one needs to know of this enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from crm_app.domain import phones
from crm_app.i18n import _
from crm_app.services.trips import Planned
from crm_app.ui import theme
from crm_app.ui.meetings.known import card, known_cards
from crm_app.ui.visits.context import Context
from crm_app.ui.widgets.fitting import scrolled

WIDTH = 300
_PLAN = Qt.ItemDataRole.UserRole
_MOST = 6


class Beside(QWidget):
    """``stop_chosen`` carries the plan of another enterprise of the round."""

    stop_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        self.progress = QLabel(self)
        self.progress.setProperty("role", "heading")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.stops = QListWidget(self)
        self.stops.setAccessibleName(_("The enterprises of the round"))
        # Tab goes from field to field of the form; the stops are reached by the mouse and by Alt+PgUp and Alt+PgDn.
        self.stops.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stops.setIconSize(theme.size(16, 16))
        self.stops.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stops.itemClicked.connect(self._choose)
        known = QWidget()
        self._known = QVBoxLayout(known)
        self._known.setContentsMargins(0, 0, theme.XS, 0)
        self._known.setSpacing(theme.S)
        for part in (self.progress, self._bar, self.stops):
            column.addWidget(part)
        column.addWidget(scrolled(known), 1)

    def show_context(self, context: Context, plan_id: UUID | None) -> None:
        """Show the round with the stop that is written up now, and what is known of its enterprise."""
        self._show_round(context.round, plan_id)
        while (item := self._known.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for make in known_cards(context.known):
            self._known.addWidget(make())
        self._known.addWidget(people_card(context))
        self._known.addStretch(1)

    def _choose(self, item: QListWidgetItem) -> None:
        # What is written up is read on its own page, not here.
        if item.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.stop_chosen.emit(item.data(_PLAN))

    def _show_round(self, stops: Sequence[Planned], plan_id: UUID | None) -> None:
        at = next((n for n, row in enumerate(stops) if row.plan.id == plan_id), None)
        written = sum(row.visit is not None for row in stops)
        for part in (self.progress, self._bar, self.stops):
            part.setVisible(at is not None)
        if at is None:
            return
        self.progress.setText(_("{n} of {all}").format(n=at + 1, all=len(stops)))
        self._bar.setMaximum(len(stops))
        self._bar.setValue(written)
        self._bar.setAccessibleName(_("{n} of {all} written up").format(n=written, all=len(stops)))
        self.stops.clear()
        for row in stops:
            icon = theme.icon("circle-check", "good") if row.visit else theme.icon("map-pin", "muted")
            item = QListWidgetItem(icon, " ".join(part for part in (row.plan.time, row.enterprise.name) if part))
            item.setData(_PLAN, row.plan.id)
            item.setToolTip(row.enterprise.name)
            if row.visit is not None:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.stops.addItem(item)
        self.stops.setCurrentRow(at)
        self.stops.setFixedHeight(min(len(stops), _MOST) * theme.ROW + 4)
        self.stops.scrollToItem(self.stops.item(at), QListWidget.ScrollHint.PositionAtCenter)


def people_card(context: Context) -> QFrame:
    """Return a card of who is known there."""
    people = [
        (" ".join(part for part in (one.contact.name, one.position.title, _phone(one.contact.phone)) if part), "")
        for one in context.contacts
    ]
    return card(_("Contacts"), people or [(_("nobody is known there yet"), "muted")])


def _phone(stored: str | None) -> str:
    return phones.show(stored) if stored else ""
