"""A trip made from another one: only its day is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from crm_app.domain.trips import Trip
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import trips
from crm_app.services.trips import TripSaved
from crm_app.ui.session import Session
from crm_app.ui.trips.trip_form import TripForm
from crm_app.ui.trips.wording import length, read_span


class CopyDialog(TripForm):
    """The same people, destinations and purpose from another day on: only the day is asked."""

    def __init__(self, session: Session, parent: QWidget, trip: Trip, members: int, not_reached: int = 0) -> None:
        super().__init__(session, parent, _("Copy a trip"))
        self._source = trip.id
        about = QLabel(trip.title, self)
        about.setProperty("role", "heading")
        about.setWordWrap(True)
        self._layout.addWidget(about)
        told = ngettext("{n} person", "{n} people", members).format(n=members)
        taken = QLabel(f"{told} · {length(trip.start_on, trip.end_on)}", self)
        taken.setProperty("role", "muted")
        self._layout.addWidget(taken)
        self.end_on.setText(f"{(trip.end_on - trip.start_on).days + 1}天")
        self.end_on.hide()
        self._layout.addLayout(self._part("start_on", _("Departure *")))
        self._layout.addWidget(self.echo)
        self.not_reached = QCheckBox(self)
        self.not_reached.setText(
            ngettext(
                "Ask the enterprise again that was not reached",
                "Ask the {n} enterprises again that were not reached",
                not_reached,
            ).format(n=not_reached)
        )
        self.not_reached.setChecked(bool(not_reached))
        self.not_reached.setVisible(bool(not_reached))
        self._layout.addWidget(self.not_reached)
        self._layout.addWidget(self.error)
        self._layout.addLayout(self._foot(_("Make the trip"), _("Enter makes it and opens its itinerary")))
        self.start_on.returnPressed.connect(self.save)
        self._autosave = session.autosave(self, f"copy:{trip.id}", lambda: {"start_on": self.start_on.text()})
        self.start_on.setText(self._autosave.restore().get("start_on", ""))
        self.start_on.textChanged.connect(lambda _text: self._autosave.touch())

    def save(self) -> None:
        """Make the copy."""
        if self.start_on.composing:
            return
        try:
            start_on, _end = read_span(self.start_on.text(), self.end_on.text())
        except BadInput as error:
            self._refuse(error)
            return
        again = self.not_reached.isChecked()
        self._write(
            _("Copy a trip"),
            lambda book: trips.copy_trip(book, self._source, start_on, not_reached=again),
            "itinerary",
        )

    def _saved(self, saved: TripSaved, view: str) -> None:
        self._autosave.discard()
        super()._saved(saved, view)


def open_copy(session: Session, window: QWidget, trip: Trip, members: int, not_reached: int = 0) -> CopyDialog:
    """Ask for the day of a copy of a trip on which so many people went, and which did not reach so many enterprises."""
    dialog = CopyDialog(session, window, trip, members, not_reached)
    dialog.open()
    dialog.start_on.setFocus()
    return dialog
