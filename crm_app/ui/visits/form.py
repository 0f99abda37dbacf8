"""The fields of a visit: facts and people on the left, what was said on the right."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import Trip
from crm_app.i18n import _
from crm_app.services.enterprises import ContactAt
from crm_app.ui import theme
from crm_app.ui.meetings.form import MeetingForm
from crm_app.ui.session import Session
from crm_app.ui.visits import context as around
from crm_app.ui.visits.context import Context
from crm_app.ui.visits.intent import IntentPicker
from crm_app.ui.visits.typed import TypedVisit
from crm_app.ui.widgets.labelled import column, let_grow
from crm_app.ui.widgets.people_field import PeopleField, our_people
from crm_app.ui.widgets.text_field import TextArea, TextField

_LEAST_ROWS = 3
"""Of what was said, in a low window."""


class VisitForm(MeetingForm[TypedVisit]):
    """The form of a visit, new or corrected; whom a visit was to stays as it is."""

    record = TypedVisit
    errors_of: ClassVar = MeetingForm.errors_of | {"their_people": "theirs", "our_people": "ours"}

    def __init__(self, session: Session, parent: QWidget, context: Context) -> None:
        super().__init__(session, parent)
        self._latest = session.latest()
        self._make_fields(context.trips, _("none") if context.sheet else _("by its day"))
        self.lay_out(self._left(), self._right(), (self.raw, self.theirs, self.ours))
        self.ours.set_options(our_people(context.colleagues))
        self._offer_contacts(context.contacts)
        self.start(around.first_typed(context))
        if context.sheet is not None:
            self.enterprise.setEnabled(False)

    def _make_fields(self, trips: list[Trip], no_trip: str) -> None:
        self.place = TextField(self, placeholder=_("where you met"), label=_("Place"))
        self.trip = QComboBox(self)
        self.trip.setAccessibleName(_("Trip"))
        self.trip.addItem(no_trip, "")
        for trip in trips:
            self.trip.addItem(f"{days.show_near(trip.start_on, clock.today())} {trip.title}", str(trip.id))
        self.trip.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ours = PeopleField(self, _("Our people"), _("name or initials"))
        self.theirs = PeopleField(self, _("Their people"), _("such as 张总 总经理"), read_new=around.new_contact)
        self.online = QCheckBox(_("Online (counts as no visit)"), self)
        self.raw = TextArea(self, lines=3, label=_("Pasted text"))
        self.talk = TextArea(self, lines=6, label=_("What was said"))
        self.asks = TextArea(self, lines=3, label=_("What they ask"))
        self.consensus = TextArea(self, lines=3, label=_("What was agreed"))
        self.intent = IntentPicker(self)

    def _left(self) -> QVBoxLayout:
        left = column()
        left.addLayout(self.part("enterprise", _("Enterprise *")))
        self.add_when(left)
        left.addLayout(self.pair(self.part("trip", _("Trip")), self.part("place", _("Place"))))
        left.addLayout(self.part("ours", _("Our people")))
        left.addLayout(self.part("theirs", _("Their people")))
        left.addWidget(self.online)
        left.addLayout(self.part("raw", _("Pasted text"), _("WeChat messages, as they are"), grows=True), 1)
        let_grow(self.raw)
        self.raw.setMinimumHeight(theme.CONTROL)
        return left

    def _right(self) -> QVBoxLayout:
        right = column()
        let_grow(self.talk)
        self.talk.setMinimumHeight(_LEAST_ROWS * theme.ROW)
        right.addLayout(self.part("talk", _("What was said"), _("three sentences will do"), grows=True), 1)
        right.addLayout(self.pair(self.part("asks", _("What they ask")), self.part("consensus", _("What was agreed"))))
        right.addLayout(self.part("intent", _("Degree of interest")))
        right.addLayout(self.part("next_step", _("Next step")))
        return right

    def told(self) -> bool:
        """Whether anything was said of the visit, beyond what the form proposes by itself."""
        typed = self.typed()
        return any((typed.raw, typed.talk, typed.asks, typed.consensus, typed.intent, typed.next_step))

    def take_enterprise(self, enterprise_id: UUID | None, name: str) -> None:
        """Offer who is known there, and propose its address."""
        self.theirs.set_options(())
        super().take_enterprise(enterprise_id, name)
        if enterprise_id is not None:
            book = self._session.book
            self._latest.read(
                lambda: around.read_known(book, enterprise_id), lambda known: self._show_known(*known), owner=self
            )

    def _show_known(self, enterprise: Enterprise, contacts: list[ContactAt]) -> None:
        if not self.place.text() and enterprise.address:
            self.place.setText(enterprise.address)
        self._offer_contacts(contacts)

    def _offer_contacts(self, contacts: list[ContactAt]) -> None:
        self.theirs.set_options(around.their_people(contacts))

    def focus_after_enterprise(self) -> None:
        """Go on behind the enterprise: day, trip and our people are proposed, so theirs come next."""
        self.theirs.setFocus()
