"""The fields of a reception: who came and what they were shown on the left, what came of it on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.staff import Person
from crm_app.i18n import _
from crm_app.services.receptions import ReceptionSheet
from crm_app.ui.meetings.form import MeetingForm
from crm_app.ui.receptions.typed import TypedReception, of_sheet
from crm_app.ui.session import Session
from crm_app.ui.widgets.labelled import column, let_grow
from crm_app.ui.widgets.people_field import Named, PeopleField, our_people
from crm_app.ui.widgets.text_field import TextArea, TextField


@dataclass(frozen=True)
class Context:
    """What the form opens with: whom a new one is of, or the one that is corrected, and what is offered."""

    colleagues: list[Person]
    me: Person | None
    sites: Sequence[str]
    enterprise_id: UUID | None = None
    enterprise: str = ""
    sheet: ReceptionSheet | None = None


class ReceptionForm(MeetingForm[TypedReception]):
    """The form of a reception, new or corrected."""

    record = TypedReception

    def __init__(self, session: Session, parent: QWidget, context: Context) -> None:
        super().__init__(session, parent)
        self.guests = TextField(self, placeholder=_("such as 张总一行5人"), label=_("Guests"))
        self.hosts = PeopleField(self, _("Hosted by"), _("name or initials"))
        self.sites = PeopleField(self, _("Sites shown"), _("a park, a workshop"), read_new=_site, icon="map-pin")
        self.result = TextArea(self, lines=6, label=_("Result"))
        self.asks = TextArea(self, lines=2, label=_("What they ask"))
        self.promises = TextArea(self, lines=2, label=_("What we promised"))
        self.lay_out(self._left(), self._right(), (self.guests, self.hosts, self.sites))
        self.hosts.set_options(our_people(context.colleagues))
        self.sites.set_options([_site(one) for one in context.sites])
        self.start(of_sheet(context.sheet) if context.sheet else _proposed(context))

    def _left(self) -> QVBoxLayout:
        left = column()
        left.addLayout(self.part("enterprise", _("Enterprise"), _("none for a delegation")))
        left.addLayout(self.part("guests", _("Guests"), _("who came, and how many")))
        self.add_when(left)
        left.addLayout(self.part("hosts", _("Hosted by"), _("the leader who met them first")))
        left.addLayout(self.part("sites", _("Sites shown")))
        left.addStretch(1)
        return left

    def _right(self) -> QVBoxLayout:
        right = column()
        let_grow(self.result)
        right.addLayout(self.part("result", _("Result"), _("what was talked about, what was agreed"), grows=True), 1)
        right.addLayout(self.part("asks", _("What they ask"), _("a line each")))
        right.addLayout(
            self.part("promises", _("What we promised"), _("a line each, such as next Fri answer on power"))
        )
        right.addLayout(self.part("next_step", _("Next step")))
        return right

    def focus_after_enterprise(self) -> None:
        """Go on behind the enterprise, to who came."""
        self.guests.setFocus()


def _site(text: str) -> Named:
    return Named(text, text)


def _proposed(context: Context) -> TypedReception:
    return TypedReception(
        enterprise=context.enterprise,
        chosen=str(context.enterprise_id or ""),
        on=days.show_short(clock.today()),
        hosts=str(context.me.id) if context.me else "",
    )
