"""One visit, read: facts and people, what was said, what is missing in its colour; beside it what one knew before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.visits import INTENT_LABELS, VISIT_MODE_LABELS, VisitMode
from crm_app.i18n import _
from crm_app.services import visits
from crm_app.services.visits import VisitSheet
from crm_app.ui import actions, theme
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.meetings.columns import fact, fact_card
from crm_app.ui.meetings.known import known_cards
from crm_app.ui.meetings.view import MeetingView
from crm_app.ui.meetings.wording import steps_in_words
from crm_app.ui.records.menu import Target
from crm_app.ui.session import Session
from crm_app.ui.visits.context import Asked, Context, read_context
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.visits.wording import met, our_names
from crm_app.ui.widgets.parts import back_button, button


class VisitView(MeetingView):
    """The page of one visit."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._sheet: VisitSheet | None = None
        super().__init__(session, parent)

    def back(self) -> QPushButton:
        """Return the button that leads to the list of visits."""
        return back_button(_("All visits"), partial(self._session.go, "trips", view="visits"), self)

    def own_buttons(self) -> Sequence[QPushButton]:
        """Return the button that prints the report: Enter does."""
        self.print = button(_("Print the visit report"), self._print, self, "primary")
        theme.put_icon(self.print, "printer", "on_accent")
        actions.make("print_record", self, self._print)
        return (self.print,)

    def reload(self) -> None:
        """Read the visit again, where one is shown."""
        visit_id, book = self._record, self._session.book
        if visit_id is not None:
            asked = Asked(visit_id=visit_id)
            self._latest.read(lambda: read_context(book, asked), self._show, self.failed.emit, owner=self)

    def _show(self, context: Context) -> None:
        sheet = context.sheet
        assert sheet is not None, "a visit was asked for"
        self._sheet = sheet
        self.title.say(sheet.enterprise.name)
        late = _("written up late") if visits.entered_late(sheet.visit) else ""
        self._under.setText(
            " · ".join(part for part in (days.show_near_with_weekday(sheet.visit.on, clock.today()), late) if part)
        )
        self.put_cards(lambda: self._facts(sheet), lambda: self._told(sheet), known_cards(context.known))
        words = _("{name}, visit of {day}").format(name=sheet.enterprise.name, day=days.show_date(sheet.visit.on))
        self.attachments.show_for("visit", sheet.visit.id, words)

    def _facts(self, sheet: VisitSheet) -> QFrame:
        visit = sheet.visit
        card, inside = fact_card()
        theirs = "\n".join(met(contact, title) for contact, title in sheet.their_people)
        fact(inside, _("Time"), f"{days.show_date(visit.on)} {visit.time or ''}".rstrip())
        fact(inside, _("Place"), visit.place or "")
        fact(inside, _("Mode"), _(VISIT_MODE_LABELS[visit.mode or VisitMode.FACE_TO_FACE]))
        fact(inside, _("Our people"), our_names(sheet), gap=True)
        fact(inside, _("Our level"), visit.shown("our_level"))
        fact(inside, _("Whom we met"), theirs, gap=True)
        self.link(inside, _("Enterprise"), sheet.enterprise.name, "enterprises", sheet.enterprise.id)
        if sheet.trip is not None:
            self.link(inside, _("Trip"), sheet.trip.title, "trips", sheet.trip.id)
        return card

    def _told(self, sheet: VisitSheet) -> QFrame:
        visit = sheet.visit
        card, inside = fact_card()
        fact(inside, _("What was said"), visit.talk or "", gap=True)
        fact(inside, _("What they ask"), visit.asks or "")
        fact(inside, _("What was agreed"), visit.consensus or "")
        fact(inside, _("Degree of interest"), _(INTENT_LABELS[visit.intent]) if visit.intent else "")
        fact(inside, _("Next step"), steps_in_words(sheet.tasks))
        if visit.raw:
            fact(inside, _("Pasted text"), visit.raw)
        return card

    def edit(self) -> None:
        """Open the form with this visit."""
        if self._record is not None:
            open_visit(self._session, self.window(), visit_id=self._record)

    def _print(self) -> None:
        if self._record is not None:
            self._session.go("papers", self._record, "visit")

    def note(self) -> None:
        """Log a follow-up of the visit."""
        sheet = self._asked_for
        if sheet is not None:
            known = sheet.enterprise
            of = {"enterprise_id": known.id, "visit_id": sheet.visit.id}
            open_follow_up(self._session, self.window(), about=known.name, **of)

    def target(self) -> Target | None:
        """Return the visit, where the one that is asked for is shown."""
        sheet = self._asked_for
        return Target("visit", sheet.visit.id, self.title.text()) if sheet is not None else None

    @property
    def _asked_for(self) -> VisitSheet | None:
        return self._sheet if self._sheet is not None and self._sheet.visit.id == self._record else None

    def forget(self) -> None:
        """Show nothing from now on."""
        super().forget()
        self._sheet = None

    def leave(self) -> None:
        """Go to its trip."""
        trip = self._sheet.trip if self._sheet else None
        self.forget()
        self._session.go("trips", trip.id if trip else None)
