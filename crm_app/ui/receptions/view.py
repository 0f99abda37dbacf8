"""One reception, read: who came, who received them and what they were shown; what came of it and what comes next."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.visits import Reception, ReceptionPerson
from crm_app.i18n import _
from crm_app.services import enterprises, receptions, visits
from crm_app.services.book import Book
from crm_app.services.receptions import ReceptionSheet
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.meetings.columns import fact, fact_card
from crm_app.ui.meetings.known import Known, known_cards
from crm_app.ui.meetings.view import MeetingView
from crm_app.ui.meetings.wording import steps_in_words
from crm_app.ui.receptions.dialog import open_reception
from crm_app.ui.records.menu import Target
from crm_app.ui.session import Session
from crm_app.ui.widgets.parts import back_button


class ReceptionView(MeetingView):
    """The page of one reception."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._sheet: ReceptionSheet | None = None
        super().__init__(session, parent)

    def back(self) -> QPushButton:
        """Return the button that leads to the list of receptions."""
        return back_button(_("All receptions"), partial(self._session.go, "trips", view="receptions"), self)

    def reload(self) -> None:
        """Read the reception again, where one is shown."""
        wanted, book = self._record, self._session.book
        if wanted is not None:
            self._latest.read(
                lambda: _read(book, wanted), lambda found: self._show(*found), self.failed.emit, owner=self
            )

    def _show(self, sheet: ReceptionSheet, beside: Known | None) -> None:
        self._sheet = sheet
        known = sheet.reception
        self.title.say(known.guests)
        self._under.setText(f"{_('Reception')} · {days.show_near_with_weekday(known.on, clock.today())}")
        self._buttons[-1].setEnabled(sheet.enterprise is not None)
        known_of = known_cards(beside) if beside else ()
        self.put_cards(lambda: self._facts(sheet), lambda: self._told(sheet), known_of)
        words = _("{name}, reception of {day}").format(name=known.guests, day=days.show_date(known.on))
        self.attachments.show_for("reception", known.id, words)

    def _facts(self, sheet: ReceptionSheet) -> QFrame:
        known = sheet.reception
        card, inside = fact_card()
        if sheet.enterprise is not None:
            title = Reception.field("enterprise_id").title
            self.link(inside, title, sheet.enterprise.name, "enterprises", sheet.enterprise.id)
        fact(inside, _("Time"), f"{days.show_date(known.on)} {known.time or ''}".rstrip())
        host = [one.name for one in sheet.hosts if one.id == known.host_id]
        beside = [one.name for one in sheet.hosts if one.id != known.host_id]
        fact(inside, Reception.field("host_id").title, "".join(host), gap=True)
        if beside:
            fact(inside, _(ReceptionPerson.label), _(", ").join(beside))
        fact(inside, Reception.field("sites").title, known.shown("sites"))
        return card

    def _told(self, sheet: ReceptionSheet) -> QFrame:
        card, inside = fact_card()
        fact(inside, Reception.field("result").title, sheet.reception.result or "", gap=True)
        fact(inside, _("Next step"), steps_in_words(sheet.tasks))
        return card

    def edit(self) -> None:
        """Open the form with this reception."""
        if self._record is not None:
            open_reception(self._session, self.window(), reception_id=self._record)

    def note(self) -> None:
        """Log a follow-up with its enterprise, where it has one."""
        sheet = self._asked_for
        known = sheet.enterprise if sheet is not None else None
        if known is not None:
            open_follow_up(self._session, self.window(), about=known.name, enterprise_id=known.id)

    def target(self) -> Target | None:
        """Return the reception, where the one that is asked for is shown."""
        sheet = self._asked_for
        return Target("reception", sheet.reception.id, self.title.text()) if sheet is not None else None

    @property
    def _asked_for(self) -> ReceptionSheet | None:
        return self._sheet if self._sheet is not None and self._sheet.reception.id == self._record else None

    def forget(self) -> None:
        """Show nothing from now on."""
        super().forget()
        self._sheet = None

    def leave(self) -> None:
        """Go to the list of receptions."""
        self.forget()
        self._session.go("trips", view="receptions")


def _read(book: Book, reception_id: UUID) -> tuple[ReceptionSheet, Known | None]:
    """Return a reception, and what is known of its enterprise beside it, where it has one."""
    sheet = receptions.reception_sheet(book, reception_id)
    if sheet.enterprise is None:
        return sheet, None
    page = enterprises.enterprise_page(book, sheet.enterprise.id)
    before = (one for one in visits.visits_of(book, sheet.enterprise.id) if one.on <= sheet.reception.on)
    return sheet, Known(next(before, None), page.tasks, page.needs, written=True)
