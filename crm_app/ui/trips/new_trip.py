"""Making a trip: a new one, or the facts of one that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from crm_app.domain import days
from crm_app.domain.entry_names import entry_name
from crm_app.domain.kinds import Tags
from crm_app.domain.staff import Person
from crm_app.domain.trip_reports import default_title
from crm_app.domain.trips import TRIP_KIND_LABELS, Trip, TripKind
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import book as books
from crm_app.services import dictionaries, staff, trips
from crm_app.services.book import Book
from crm_app.services.trips import TripSaved
from crm_app.ui.session import Session
from crm_app.ui.trips.trip_form import TripForm
from crm_app.ui.trips.wording import read_span
from crm_app.ui.widgets.people_field import HALF, PeopleField, our_people
from crm_app.ui.widgets.text_field import TextArea, TextField

_CHOICES = ("leader", "kind", "channel")
_HALF_TYPED = f"members{HALF}"


@dataclass(frozen=True)
class _Offers:
    colleagues: list[Person]
    me: Person | None
    channels: list[str]


def _read_offers(book: Book) -> _Offers:
    return _Offers(staff.colleagues(book), books.me(book), dictionaries.options(book, "channel"))


class TripDialog(TripForm):
    """A new trip, or the facts of one that stands (its people have a tab of their own)."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        trip: Trip | None = None,
        leader: Person | None = None,
        enterprises: Sequence[UUID] = (),
    ) -> None:
        super().__init__(session, parent, _("Trip facts") if trip else _("New trip"))
        self._trip, self._leader = trip, leader
        self._enterprises = list(enterprises)
        """Whom the new trip shall meet."""
        self.regions = TextField(self, placeholder=_("such as Shanghai, Hangzhou"), label=_("Destinations"))
        self.members = PeopleField(self, _("Our people"), _("name or initials"))
        self.leader = QComboBox(self)
        self.leader.setAccessibleName(_("Led by"))
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(_("Kind of trip"))
        for kind in TripKind:
            self.kind.addItem(_(TRIP_KIND_LABELS[kind]), kind)
        self.channel = QComboBox(self)
        self.channel.setAccessibleName(_("Channel"))
        self.approval_number = TextField(self, label=_("Approval number"))
        self.purpose = TextArea(self, lines=2, label=_("Purpose"))
        self.title = TextField(self, label=_("Trip title"))
        self._lay_out()
        self._proposed = ""
        self._offered = False
        self._first_chosen: dict[str, str] = {}
        if trip is not None:
            self._fill(trip)
        for field in (self.regions, self.start_on):
            field.textChanged.connect(lambda _text: self._propose_title())
        for field in (self.regions, self.start_on, self.end_on, self.title, self.approval_number):
            field.returnPressed.connect(self.focusNextChild)
        self._propose_title()
        self._keep()
        session.read(_read_offers, self._offer, owner=self)

    def _lay_out(self) -> None:
        standing = self._trip is not None
        self._with = QLabel(self)
        self._with.setProperty("role", "strong")
        self._layout.addWidget(self._with)
        self._row(("regions", _("Destinations")))
        self._row(("start_on", _("Departure *")), ("end_on", _("Return")))
        self._layout.addWidget(self.echo)
        for field, shown in ((self.members, not standing), (self.channel, standing), (self.approval_number, standing)):
            field.setVisible(shown)
        if not standing:
            self._row(("members", _("Our people")))
        self._row(("leader", _("Led by")), ("kind", _("Kind of trip")))
        if standing:
            self._row(("channel", _("Channel")), ("approval_number", _("Approval number")))
        self._row(("purpose", _("Purpose")))
        self._row(("title", _("Trip title")))
        # Both days were made before the destinations, which stand above them.
        self.setTabOrder(self.regions, self.start_on)
        self.setTabOrder(self.start_on, self.end_on)
        self._layout.addWidget(self.error)
        self._layout.addLayout(self._foot(_("Save"), _("Ctrl+Enter saves · Esc keeps a draft")))

    def _fill(self, trip: Trip) -> None:
        self.regions.setText(_(", ").join(trip.regions or ()))
        self.start_on.setText(days.show_short(trip.start_on))
        self.end_on.setText(days.show_short(trip.end_on))
        self.kind.setCurrentIndex(max(0, self.kind.findData(trip.kind or TripKind.OUTING)))
        self.approval_number.setText(trip.approval_number or "")
        self.purpose.setPlainText(trip.purpose or "")
        self.title.setText("" if trip.title == default_title(trip.regions, trip.start_on) else trip.title)

    def _keep(self) -> None:
        self._first = self._texts()
        self._done = False
        key = f"trip:{self._trip.id}" if self._trip else "trip"
        self._autosave = self._session.autosave(self, key, self._draft)
        self._kept = self._autosave.restore()
        for name, text in self._kept.items():
            field = getattr(self, name, None)
            if isinstance(field, TextField):
                field.setText(text)
            elif isinstance(field, TextArea):
                field.setPlainText(text)
        if not self._enterprises:
            self._enterprises = [UUID(one) for one in self._kept.get("enterprises", "").split()]
        n = len(self._enterprises)
        self._with.setText(ngettext("{n} enterprise to visit", "{n} enterprises to visit", n).format(n=n))
        self._with.setVisible(bool(n))
        for line in (self.regions, self.start_on, self.end_on, self.title, self.approval_number):
            line.textChanged.connect(lambda _text: self._autosave.touch())
        self.purpose.textChanged.connect(self._autosave.touch)
        # A name may be typed before it is known who there is.
        self.members.go_on_typing(self._kept.get(_HALF_TYPED, ""))
        self.members.edited.connect(self._autosave.touch)

    def _keep_choices(self) -> None:
        """Put back who and what was chosen, once it is known who and what there is; keep it from now on."""
        if self._kept.get("members"):
            self.members.set_keys(self._kept["members"])
        for name in _CHOICES:
            box: QComboBox = getattr(self, name)
            at = box.findText(self._kept.get(name, ""))
            if name in self._kept and at >= 0:
                box.setCurrentIndex(at)
            box.currentIndexChanged.connect(lambda _index: self._autosave.touch())

    def _texts(self) -> dict[str, str]:
        lines = ("regions", "start_on", "end_on", "title", "approval_number")
        written = {"purpose": self.purpose.toPlainText(), _HALF_TYPED: self.members.half_typed()}
        return {name: getattr(self, name).text() for name in lines} | written

    def _chosen(self) -> dict[str, str]:
        """Return the choices by the words shown; before they are offered, as they were kept."""
        if not self._offered:
            return {name: self._kept[name] for name in ("members", *_CHOICES) if name in self._kept}
        shown = {name: getattr(self, name).currentText() for name in _CHOICES}
        return shown | {"members": self.members.keys()}

    def _draft(self) -> dict[str, str]:
        chosen = self._chosen()
        if self._done or (self._texts() == self._first and chosen in (self._first_chosen, {})):
            return {}
        planned = {"enterprises": " ".join(map(str, self._enterprises))} if self._enterprises else {}
        return self._texts() | chosen | planned

    def _offer(self, offers: _Offers) -> None:
        self.members.set_options(our_people(offers.colleagues))
        if self._trip is None and offers.me is not None and not self.members.people():
            self.members.set_people(our_people([offers.me]))
        self.leader.addItem("", None)
        known = {one.id: one for one in [*offers.colleagues, *([self._leader] if self._leader else [])]}
        for one in known.values():
            self.leader.addItem(f"{one.name} {one.title or ''}".strip(), one.id)
        self.channel.addItem("", None)
        old = self._trip.channel if self._trip else None
        for name in dict.fromkeys([*offers.channels, *([old] if old else [])]):
            self.channel.addItem(entry_name(name), name)
        if self._trip is not None:
            self.leader.setCurrentIndex(max(0, self.leader.findData(self._trip.leader_id)))
            self.channel.setCurrentIndex(max(0, self.channel.findData(old)))
        self._offered = True
        self._first_chosen = self._chosen()
        self._keep_choices()

    def _propose_title(self) -> None:
        regions = Tags().parse(self.regions.text())
        try:
            start_on, _end = read_span(self.start_on.text(), self.end_on.text())
        except BadInput:
            self._proposed = default_title(regions, self._trip.start_on) if regions and self._trip else ""
            if regions and not self._proposed:
                self._proposed = _("Investment promotion in {regions}").format(regions=_(", ").join(regions))
        else:
            self._proposed = default_title(regions, start_on)
        self.title.setPlaceholderText(self._proposed or _("proposed from the destinations"))

    def save(self) -> None:
        """Make the trip, or change it."""
        if self.title.composing or self.regions.composing:
            return
        try:
            start_on, end_on = read_span(self.start_on.text(), self.end_on.text())
            self.members.settle("members")
        except BadInput as error:
            self._refuse(error)
            return
        values: dict[str, Any] = {
            "start_on": start_on,
            "end_on": end_on,
            "regions": Tags().parse(self.regions.text()),
            "leader_id": self.leader.currentData(),
            "kind": TripKind(self.kind.currentData()),
            "channel": self.channel.currentData(),
            "approval_number": self.approval_number.text().strip() or None,
            "purpose": self.purpose.toPlainText().strip() or None,
        }
        trip = self._trip
        if trip is not None:
            title = self.title.text().strip() or self._proposed or trip.title
            self._write(_("Change a trip"), lambda book: trips.change_trip(book, trip.id, title=title, **values), "")
            return
        members = [UUID(key) for key in self.members.keys().splitlines()] or None
        title = self.title.text().strip()
        self._write(
            _("New trip"),
            lambda book: trips.create_trip(book, members=members, title=title, enterprises=self._enterprises, **values),
            "itinerary",
        )

    def _saved(self, saved: TripSaved, view: str) -> None:
        self._done = True
        self._autosave.discard()
        super()._saved(saved, view)


def open_new_trip(
    session: Session, window: QWidget, enterprises: Sequence[UUID] = (), regions: Sequence[str] = ()
) -> TripDialog:
    """Open the form of a new trip, with whom it shall meet and where to."""
    dialog = TripDialog(session, window, enterprises=enterprises)
    if regions:
        dialog.regions.setText(_(", ").join(regions))
    dialog.open()
    (dialog.start_on if regions else dialog.regions).setFocus()
    return dialog


def open_trip_facts(session: Session, window: QWidget, trip: Trip, leader: Person | None) -> TripDialog:
    """Open the form of a trip that stands."""
    dialog = TripDialog(session, window, trip, leader)
    dialog.open()
    dialog.regions.setFocus()
    return dialog
