"""The fields of a visit: facts and people on the left, what was said on the right; Tab walks them in that order."""

from __future__ import annotations

from dataclasses import asdict, fields
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Intent
from crm_app.i18n import _
from crm_app.services.enterprises import ContactAt
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.visits import context as around
from crm_app.ui.visits.chips import PeopleField
from crm_app.ui.visits.context import Context
from crm_app.ui.visits.enterprise_field import EnterpriseField
from crm_app.ui.visits.intent import IntentPicker
from crm_app.ui.visits.labelled import Labelled, column, let_grow
from crm_app.ui.visits.typed import TypedVisit
from crm_app.ui.visits.wording import day_in_words
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.text_field import TextArea, TextField

_LEFT_WIDTH = 384
_ERRORS_OF = {"name": "enterprise", "enterprise_id": "enterprise", "their_people": "theirs", "our_people": "ours"}
"""The service's field → the form's, where they are called otherwise."""


class VisitForm(QWidget):
    """Shows and answers a :class:`TypedVisit`; ``edited`` after every change."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._make_fields(context.trips, _("none") if context.sheet else _("by its day"))
        self._parts: dict[str, Labelled] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.XL)
        across.addLayout(self._left(), 0)
        across.addLayout(self._right(), 1)
        self.ours.set_options(around.our_people(context.colleagues))
        self._offer_contacts(context.contacts)
        self.put(around.first_typed(context))
        if context.sheet is not None:
            self.enterprise.setEnabled(False)
        self._connect()
        self.saved = False
        """Whether the visit stands in the book: nothing of the form is kept as a draft any more."""
        self._taken_up = False
        self._proposed = asdict(self.typed())

    def _make_fields(self, trips: list[Trip], no_trip: str) -> None:
        self.enterprise = EnterpriseField(self._session, self)
        self.on = TextField(self, placeholder=_("today, 昨天, 06-12"), label=_("Day"))
        self.time = TextField(self, placeholder=_("9:30, 下午2点"), label=_("Time"))
        self.place = TextField(self, placeholder=_("where you met"), label=_("Place"))
        self.trip = QComboBox(self)
        self.trip.setAccessibleName(_("Trip"))
        self.trip.addItem(no_trip, "")
        for trip in trips:
            self.trip.addItem(f"{trip.start_on:%m-%d} {trip.title}", str(trip.id))
        self.trip.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ours = PeopleField(self, _("Our people"), _("name or initials"))
        self.theirs = PeopleField(self, _("Their people"), _("such as 张总 总经理"), read_new=around.new_contact)
        self.online = QCheckBox(_("Online (counts as no visit)"), self)
        self.raw = TextArea(self, lines=3, label=_("Pasted text"))
        self.talk = TextArea(self, lines=6, label=_("What was said"))
        self.asks = TextArea(self, lines=3, label=_("What they ask"))
        self.consensus = TextArea(self, lines=3, label=_("What was agreed"))
        self.intent = IntentPicker(self)
        self.next_step = NextStepField(self)

    def _part(self, name: str, label: str, hint: str = "", *, grows: bool = False) -> Labelled:
        self._parts[name] = Labelled(label, getattr(self, name), hint=hint, grows=grows)
        return self._parts[name]

    def _left(self) -> QVBoxLayout:
        left = column()
        left.addLayout(self._part("enterprise", _("Enterprise *")))
        when = QHBoxLayout()
        when.setSpacing(theme.S)
        when.addLayout(self._part("on", _("Day")), 3)
        when.addLayout(self._part("time", _("Time")), 2)
        left.addLayout(when)
        self._echo = QLabel(self)
        self._echo.setProperty("role", "echo")
        left.addWidget(self._echo)
        left.addLayout(self._part("trip", _("Trip")))
        left.addLayout(self._part("place", _("Place")))
        left.addLayout(self._part("ours", _("Our people")))
        left.addLayout(self._part("theirs", _("Their people")))
        left.addWidget(self.online)
        left.addLayout(self._part("raw", _("Pasted text"), _("WeChat messages, as they are"), grows=True), 1)
        let_grow(self.raw)
        for part in (self.enterprise, self.place, self.raw, self.theirs, self.ours):
            part.setFixedWidth(theme.px(_LEFT_WIDTH))
        return left

    def _right(self) -> QVBoxLayout:
        right = column()
        let_grow(self.talk)
        right.addLayout(self._part("talk", _("What was said"), _("three sentences will do"), grows=True), 1)
        right.addLayout(self._part("asks", _("What they ask")))
        right.addLayout(self._part("consensus", _("What was agreed")))
        right.addLayout(self._part("intent", _("Degree of interest")))
        right.addLayout(self._part("next_step", _("Next step")))
        return right

    def _connect(self) -> None:
        self.enterprise.taken.connect(self._take_enterprise)
        self.enterprise.textEdited.connect(lambda _text: self.edited.emit())
        for line in (self.on, self.time, self.place, self.next_step.field):
            line.textChanged.connect(lambda _text: self.edited.emit())
        for line in (self.enterprise, self.on, self.time, self.place):
            line.returnPressed.connect(self.focusNextChild)
        for area in (self.raw, self.talk, self.asks, self.consensus):
            area.textChanged.connect(self.edited)
        for people in (self.ours, self.theirs):
            people.edited.connect(self.edited)
        self.intent.edited.connect(self.edited)
        self.online.toggled.connect(lambda _on: self.edited.emit())
        self.trip.currentIndexChanged.connect(lambda _index: self.edited.emit())
        self.on.textChanged.connect(lambda _text: self._echo_day())

    def typed(self) -> TypedVisit:
        """Return the form as it stands."""
        return TypedVisit(
            enterprise=self.enterprise.text(),
            chosen=str(self.enterprise.enterprise_id or ""),
            on=self.on.text(),
            time=self.time.text(),
            place=self.place.text(),
            trip=self.trip.currentData() or "",
            online="1" if self.online.isChecked() else "",
            ours=self.ours.keys(),
            theirs=self.theirs.keys(),
            raw=self.raw.toPlainText(),
            talk=self.talk.toPlainText(),
            asks=self.asks.toPlainText(),
            consensus=self.consensus.toPlainText(),
            intent=intent.value if (intent := self.intent.intent()) else "",
            next_step=self.next_step.text(),
        )

    def put(self, typed: TypedVisit) -> None:
        """Show these texts."""
        with QSignalBlocker(self):
            self.enterprise.settle(UUID(typed.chosen) if typed.chosen else None, typed.enterprise)
            for name in ("on", "time", "place"):
                line: QLineEdit = getattr(self, name)
                line.setText(getattr(typed, name))
                line.setCursorPosition(0)
            self.trip.setCurrentIndex(max(0, self.trip.findData(typed.trip)))
            self.online.setChecked(bool(typed.online))
            self.ours.set_keys(typed.ours)
            self.theirs.set_keys(typed.theirs)
            for name in ("raw", "talk", "asks", "consensus"):
                area: TextArea = getattr(self, name)
                area.setPlainText(getattr(typed, name))
            self.intent.choose(Intent(typed.intent) if typed.intent else None)
            self.next_step.set_text(typed.next_step)
        self._echo_day()

    def draft(self) -> dict[str, str]:
        """Return what there is to keep: nothing where only proposals stand in the form, or where it is saved."""
        texts = asdict(self.typed())
        return {} if self.saved or (texts == self._proposed and not self._taken_up) else texts

    def put_draft(self, kept: dict[str, str]) -> None:
        """Show a draft; fields it does not hold were empty."""
        self._taken_up = True
        self.put(TypedVisit(**{one.name: kept.get(one.name, "") for one in fields(TypedVisit)}))

    def told(self) -> bool:
        """Whether anything was said of the visit, beyond what the form proposes by itself."""
        typed = self.typed()
        return any((typed.raw, typed.talk, typed.asks, typed.consensus, typed.intent, typed.next_step))

    def _take_enterprise(self, enterprise_id: UUID | None, _name: str) -> None:
        self.edited.emit()
        self.theirs.set_options(())
        self.focus_after_enterprise()
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

    def _echo_day(self) -> None:
        self._echo.setText(day_in_words(self.on.text()) or " ")

    def forgive(self) -> None:
        """Take back every complaint."""
        for part in self._parts.values():
            if not part.error.isHidden():
                part.complain("")

    def complain(self, error: Exception) -> bool:
        """Show an error under its field and go there; answer False where no field of the form is to blame."""
        self.forgive()
        name = getattr(error, "field", None) or ""
        part = self._parts.get(_ERRORS_OF.get(name, name))
        if part is None:
            return False
        part.complain(str(error))
        return True
