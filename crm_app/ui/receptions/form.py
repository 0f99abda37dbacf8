"""The fields of a reception: who came and what they were shown on the left, what came of it on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.staff import Person
from crm_app.i18n import _
from crm_app.services.receptions import ReceptionSheet
from crm_app.ui import theme
from crm_app.ui.receptions.typed import TypedReception, of_sheet
from crm_app.ui.session import Session
from crm_app.ui.visits import chips
from crm_app.ui.visits.chips import PeopleField
from crm_app.ui.visits.context import our_people
from crm_app.ui.visits.enterprise_field import EnterpriseField
from crm_app.ui.visits.labelled import Labelled, column, let_grow
from crm_app.ui.visits.wording import day_in_words
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.text_field import TextArea, TextField

_LEFT_WIDTH = 384
_ERRORS_OF = {"name": "enterprise", "enterprise_id": "enterprise"}
"""The service's field → the form's, where they are called otherwise."""


@dataclass(frozen=True)
class Context:
    """What the form opens with: whom a new one is of, or the one that is corrected, and what is offered."""

    colleagues: list[Person]
    me: Person | None
    sites: Sequence[str]
    enterprise_id: UUID | None = None
    enterprise: str = ""
    sheet: ReceptionSheet | None = None


class ReceptionForm(QWidget):
    """Shows and answers a :class:`TypedReception`; ``edited`` after every change."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self._parts: dict[str, Labelled] = {}
        self._make_fields(session)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.XL)
        across.addLayout(self._left(), 0)
        across.addLayout(self._right(), 1)
        self.hosts.set_options(our_people(context.colleagues))
        self.sites.set_options([_site(one) for one in context.sites])
        self.put(of_sheet(context.sheet) if context.sheet else _proposed(context))
        self._connect()
        self.saved = False
        """Whether it stands in the book: nothing of the form is kept as a draft any more."""
        self._taken_up = False
        self._begun_with = asdict(self.typed())

    def _make_fields(self, session: Session) -> None:
        self.enterprise = EnterpriseField(session, self)
        self.guests = TextField(self, placeholder=_("such as 张总一行5人"), label=_("Guests"))
        self.on = TextField(self, placeholder=_("today, 昨天, 06-12"), label=_("Day"))
        self.time = TextField(self, placeholder=_("9:30, 下午2点"), label=_("Time"))
        self.hosts = PeopleField(self, _("Hosted by"), _("name or initials"))
        self.sites = PeopleField(self, _("Sites shown"), _("a park, a workshop"), read_new=_site, icon="map-pin")
        self.result = TextArea(self, lines=6, label=_("Result"))
        self.asks = TextArea(self, lines=2, label=_("What they ask"))
        self.promises = TextArea(self, lines=2, label=_("What we promised"))
        self.next_step = NextStepField(self)

    def _part(self, name: str, label: str, hint: str = "", *, grows: bool = False) -> Labelled:
        self._parts[name] = Labelled(label, getattr(self, name), hint=hint, grows=grows)
        return self._parts[name]

    def _left(self) -> QVBoxLayout:
        left = column()
        left.addLayout(self._part("enterprise", _("Enterprise"), _("none for a delegation")))
        left.addLayout(self._part("guests", _("Guests"), _("who came, and how many")))
        when = QHBoxLayout()
        when.setSpacing(theme.S)
        when.addLayout(self._part("on", _("Day")), 3)
        when.addLayout(self._part("time", _("Time")), 2)
        left.addLayout(when)
        self._echo = QLabel(self)
        self._echo.setProperty("role", "echo")
        left.addWidget(self._echo)
        left.addLayout(self._part("hosts", _("Hosted by"), _("the leader who met them first")))
        left.addLayout(self._part("sites", _("Sites shown")))
        left.addStretch(1)
        for part in (self.enterprise, self.guests, self.hosts, self.sites):
            part.setFixedWidth(theme.px(_LEFT_WIDTH))
        return left

    def _right(self) -> QVBoxLayout:
        right = column()
        let_grow(self.result)
        right.addLayout(self._part("result", _("Result"), _("what was talked about, what was agreed"), grows=True), 1)
        right.addLayout(self._part("asks", _("What they ask"), _("a line each")))
        right.addLayout(self._part("promises", _("What we promised"), _("a line each, such as 下周五前 回复电价")))
        right.addLayout(self._part("next_step", _("Next step")))
        return right

    def _connect(self) -> None:
        self.enterprise.taken.connect(lambda *_taken: self._take_enterprise())
        self.enterprise.textEdited.connect(lambda _text: self.edited.emit())
        for line in (self.guests, self.on, self.time, self.next_step.field):
            line.textChanged.connect(lambda _text: self.edited.emit())
        for line in (self.enterprise, self.guests, self.on, self.time):
            line.returnPressed.connect(self.focusNextChild)
        for area in (self.result, self.asks, self.promises):
            area.textChanged.connect(self.edited)
        for people in (self.hosts, self.sites):
            people.edited.connect(self.edited)
        self.on.textChanged.connect(lambda _text: self._echo_day())

    def _take_enterprise(self) -> None:
        self.edited.emit()
        self.guests.setFocus()

    def typed(self) -> TypedReception:
        """Return the form as it stands."""
        return TypedReception(
            enterprise=self.enterprise.text(),
            chosen=str(self.enterprise.enterprise_id or ""),
            guests=self.guests.text(),
            on=self.on.text(),
            time=self.time.text(),
            hosts=self.hosts.keys(),
            sites=self.sites.keys(),
            result=self.result.toPlainText(),
            asks=self.asks.toPlainText(),
            promises=self.promises.toPlainText(),
            next_step=self.next_step.text(),
        )

    def put(self, typed: TypedReception) -> None:
        """Show these texts."""
        with QSignalBlocker(self):
            self.enterprise.settle(UUID(typed.chosen) if typed.chosen else None, typed.enterprise)
            for line, text in ((self.guests, typed.guests), (self.on, typed.on), (self.time, typed.time)):
                line.setText(text)
                line.setCursorPosition(0)
            self.hosts.set_keys(typed.hosts)
            self.sites.set_keys(typed.sites)
            for area, text in (
                (self.result, typed.result),
                (self.asks, typed.asks),
                (self.promises, typed.promises),
            ):
                area.setPlainText(text)
            self.next_step.set_text(typed.next_step)
        self._echo_day()

    def draft(self) -> dict[str, str]:
        """Return what there is to keep: nothing where the form stands as it opened, or where it is saved."""
        texts = asdict(self.typed())
        return {} if self.saved or (texts == self._begun_with and not self._taken_up) else texts

    def put_draft(self, kept: dict[str, str]) -> None:
        """Show a draft; fields it does not hold were empty."""
        self._taken_up = True
        self.put(TypedReception(**{one.name: kept.get(one.name, "") for one in fields(TypedReception)}))

    def begin(self) -> None:
        """Go to the first field that is to be filled in."""
        (self.guests if self.enterprise.settled else self.enterprise).setFocus()

    def _echo_day(self) -> None:
        self._echo.setText(day_in_words(self.on.text()) or " ")

    def complain(self, error: Exception) -> bool:
        """Show an error under its field and go there; answer False where no field of the form is to blame."""
        for shown in self._parts.values():
            if not shown.error.isHidden():
                shown.complain("")
        name = getattr(error, "field", None) or ""
        part = self._parts.get(_ERRORS_OF.get(name, name))
        if part is None:
            return False
        part.complain(str(error))
        return True


def _site(text: str) -> chips.Person:
    return chips.Person(text, text)


def _proposed(context: Context) -> TypedReception:
    return TypedReception(
        enterprise=context.enterprise,
        chosen=str(context.enterprise_id or ""),
        on=clock.today().isoformat(),
        hosts=str(context.me.id) if context.me else "",
    )
