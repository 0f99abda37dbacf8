"""Opening the form a draft was typed in: each takes up by itself what is kept under its key.

Imported when the first draft is opened, since it knows every place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain import counting
from crm_app.domain.fields import Record
from crm_app.domain.leads import Triage
from crm_app.domain.papers import IssuedPaper, PaperKind
from crm_app.domain.projects import Need, Signing
from crm_app.domain.staff import CalendarDay, DictionaryEntry, Person
from crm_app.domain.targets import Annual, Target
from crm_app.domain.tasks import Task
from crm_app.services import book as books
from crm_app.services import enterprises, leads, papers, projects, trips
from crm_app.services.book import Book
from crm_app.services.drafts import Waiting
from crm_app.services.leads import LeadRow
from crm_app.ui.cards import open_cards
from crm_app.ui.enterprises import create, forms, need_forms
from crm_app.ui.enterprises.next_step import open_next_step as open_enterprise_step
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.enterprises.reading import read as read_enterprise
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.main_window import MainWindow
from crm_app.ui.notices import open_notice
from crm_app.ui.page import Page
from crm_app.ui.papers.life import reconcile_again, texts_again
from crm_app.ui.papers.template import TemplateDialog
from crm_app.ui.papers.words import words_again
from crm_app.ui.projects import facts, investors, moving, parts, signing
from crm_app.ui.projects.leads import open_judgement
from crm_app.ui.projects.make_project import open_make_project
from crm_app.ui.receptions.dialog import open_reception
from crm_app.ui.session import Session
from crm_app.ui.settings.held import Held
from crm_app.ui.settings.kept import KeptPart
from crm_app.ui.settings.lists import Lists
from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.settings.part import Part
from crm_app.ui.settings.staff import People
from crm_app.ui.settings.workdays import Workdays
from crm_app.ui.today.postpone import open_postpone
from crm_app.ui.trips import copying, new_trip
from crm_app.ui.visits.dialog import open_visit

T = TypeVar("T")
R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)
Open = Callable[["Reopening"], object]


class Reopening:
    """One draft, and the window it is opened in."""

    def __init__(self, session: Session, window: QWidget, draft: Waiting) -> None:
        self.session, self.window, self.draft = session, window, draft

    @property
    def record(self) -> UUID:
        """The record the draft is about."""
        assert self.draft.record is not None, self.draft.key
        return self.draft.record

    def read(self, work: Callable[[Book], T], then: Callable[[T], object]) -> None:
        """Read what the form shows, then open it; a refusal is told in the window."""
        self.session.read(work, then, owner=self.window)

    def go(self, place: str, view: str = "", *, record: UUID | None = None) -> Page:
        """Show a place and return its page."""
        self.session.go(place, record, view)
        assert isinstance(self.window, MainWindow)
        assert self.window.page is not None
        return self.window.page


def reopen(session: Session, window: QWidget, draft: Waiting) -> bool:
    """Open the form of a draft; answer False where there is none for it: its record is gone, its form unknown."""
    open_form = FORMS.get(draft.form)
    if open_form is None or draft.gone:
        return False
    open_form(Reopening(session, window, draft))
    return True


def _found(one: Reopening, kind: type[R], then: Callable[[R | None], object]) -> None:
    """Read the record a draft names; none for a new one, which names no record or the one it is to belong to."""

    def read(book: Book) -> R | None:
        found = books.find_record(book, str(one.record)) if one.draft.record else None
        return found if isinstance(found, kind) else None

    one.read(read, then)


def _enterprise(one: Reopening) -> None:
    if one.draft.record is None:
        create.open_new(one.session, one.window)
        return
    one.read(
        lambda book: read_enterprise(book, one.record),
        lambda known: forms.open_edit(one.session, one.window, known.page.enterprise, known.page.parent),
    )


def _fact(one: Reopening) -> None:
    page = one.go("enterprises", record=one.record)
    assert isinstance(page, EnterprisesPage)
    page.begin_fact(one.record, one.draft.rest)


def _wanted(one: Reopening) -> None:
    """Open the form of a need or a promise: a new one of an enterprise, or one that is changed."""

    def show(need: Need | None) -> None:
        if need is None:
            need_forms.open_new(one.session, one.window, one.record, promise=one.draft.form == "promise")
        elif one.draft.form == "promise":
            need_forms.open_promise_of(one.session, one.window, need)
        else:
            need_forms.open_need(one.session, one.window, need)

    _found(one, Need, show)


def _result(one: Reopening) -> None:
    def show(known: Annual | None) -> None:
        enterprise = known.enterprise_id if known else one.record
        forms.open_result(one.session, one.window, enterprise, known)

    _found(one, Annual, show)


def _honour(one: Reopening) -> None:
    def open_known(known: enterprises.EnterprisePage) -> None:
        label = next((label for label in known.labels if label.id == one.record), None)
        forms.open_honour(one.session, one.window, known.enterprise.id, label)

    one.read(lambda book: _page_of(book, one.record), open_known)


def _contact(one: Reopening) -> None:
    def open_known(known: enterprises.EnterprisePage) -> None:
        contact = next((at for at in known.contacts if at.contact.id == one.record), None)
        forms.open_contact(one.session, one.window, known.enterprise.id, contact)

    one.read(lambda book: _page_of(book, one.record), open_known)


def _page_of(book: Book, record: UUID) -> enterprises.EnterprisePage:
    return read_enterprise(book, record).page


def _next_step(one: Reopening) -> None:
    one.read(
        lambda book: _page_of(book, one.record),
        lambda known: open_enterprise_step(one.session, one.window, one.record, known.enterprise.name),
    )


def _step(one: Reopening) -> None:
    """Open the step of a project, a lead, or an enterprise."""
    if one.draft.table != "lead":
        parts.open_next_step(one.session, one.window, one.draft.title, **{f"{one.draft.table}_id": one.record})
        return
    _with_lead(one, lambda row: parts.open_step_of(one.session, one.window, row))


def _follow_up(one: Reopening) -> None:
    if one.draft.table == "task":
        one.read(
            lambda book: _task(book, one.record),
            lambda task: open_follow_up(one.session, one.window, done_task=task.id, about=task.what),
        )
    elif one.draft.table == "visit":
        one.read(
            lambda book: _page_of(book, one.record),
            lambda known: open_follow_up(
                one.session,
                one.window,
                about=known.enterprise.name,
                enterprise_id=known.enterprise.id,
                visit_id=one.record,
            ),
        )
    else:
        belongs_to = {f"{one.draft.table}_id": one.record}
        open_follow_up(one.session, one.window, about=one.draft.title, **belongs_to)


def _task(book: Book, task: UUID) -> Task:
    found = books.find_record(book, str(task))
    assert isinstance(found, Task)
    return found


def _postpone(one: Reopening) -> None:
    one.read(
        lambda book: _task(book, one.record),
        lambda task: open_postpone(one.session, one.window, task.id, task.what),
    )


_VISIT_OF = {"visit": "visit_id", "trip_plan": "plan_id", "enterprise": "enterprise_id", "trip": "trip_id"}


def _visit(one: Reopening) -> None:
    asked = {_VISIT_OF[one.draft.table]: one.record} if one.draft.record else {}
    open_visit(one.session, one.window, **asked)


def _reception(one: Reopening) -> None:
    asked = {f"{one.draft.table}_id": one.record} if one.draft.record else {}
    open_reception(one.session, one.window, **asked)


def _trip(one: Reopening) -> None:
    if one.draft.record is None:
        new_trip.open_new_trip(one.session, one.window)
        return
    one.read(
        lambda book: trips.trip_page(book, one.record),
        lambda page: new_trip.open_trip_facts(one.session, one.window, page.trip, page.leader),
    )


def _copy(one: Reopening) -> None:
    one.read(
        lambda book: trips.trip_page(book, one.record),
        lambda page: copying.open_copy(one.session, one.window, page.trip, len(page.members)),
    )


def _project(open_form: Callable[[Session, QWidget, projects.ProjectPage], object]) -> Open:
    """Return what shows the page of the draft's project and opens a form over it."""

    def run(one: Reopening) -> None:
        page = one.go("projects", record=one.record)
        one.read(
            lambda book: projects.project_page(book, one.record),
            lambda known: open_form(one.session, page, known),
        )

    return run


def _count(one: Reopening) -> None:
    def read(book: Book) -> tuple[Signing, counting.Counted]:
        found = books.find_record(book, str(one.record))
        assert isinstance(found, Signing)
        page = projects.project_page(book, found.project_id)
        counted = page.counted(page.signings)
        return found, next(line for line in counted if line.signing.id == found.id)

    one.read(read, lambda known: signing.CountDialog(one.session, one.window, *known).start())


def _need(one: Reopening) -> None:
    def read(book: Book) -> tuple[projects.ProjectPage, Need | None]:
        found = books.find_record(book, str(one.record))
        need = found if isinstance(found, Need) else None
        project = need.project_id if need else one.record
        assert project is not None, "a need that is changed in a form belongs to a project"
        return projects.project_page(book, project), need

    one.read(read, lambda known: parts.open_need(one.session, one.window, known[0].project, known[1]))


def _with_lead(one: Reopening, then: Callable[[LeadRow], object]) -> None:
    one.read(lambda book: leads.lead_row(book, one.record), then)


def _part(one: Reopening, view: str, kind: type[P]) -> P:
    """Go to a part of the settings and return it."""
    page = one.go("settings", view)
    assert isinstance(page, SettingsPage)
    return page.part(kind)


def _entry(one: Reopening) -> None:
    def open_entry(known: DictionaryEntry | None) -> None:
        _part(one, "lists", Lists).open_form(known.list_name if known else one.draft.about, known)

    _found(one, DictionaryEntry, open_entry)


def _person(one: Reopening) -> None:
    _found(one, Person, lambda known: _part(one, "people", People).open_form(known))


def _held(one: Reopening) -> None:
    def open_held(known: Target | None) -> None:
        held = _part(one, "targets", Held)
        if known is None:
            held.open_form(one.draft.form)
        else:
            held.revise(known)

    _found(one, Target, open_held)


def _calendar_day(one: Reopening) -> None:
    _found(one, CalendarDay, lambda known: _part(one, "workdays", Workdays).open_form(known))


def _kept(view: str) -> Open:
    """Open the form of a list of the settings, of the record its draft names or of a new one."""

    def open_kept(one: Reopening) -> None:
        page = one.go("settings", view)
        assert isinstance(page, SettingsPage)
        part = page.parts[view]
        assert isinstance(part, KeptPart)
        part.open_known(one.draft.record)

    return open_kept


def _of_paper(open_dialog: Callable[[Reopening, IssuedPaper], object]) -> Open:
    """Open a dialog of a paper under way."""
    return lambda one: one.read(lambda book: papers.issued(book, one.record), lambda known: open_dialog(one, known))


FORMS: dict[str, Open] = {
    "log": lambda one: one.session.log_wanted.emit(one.draft.record),
    "enterprise": _enterprise,
    "fact": _fact,
    "ask": _wanted,
    "promise": _wanted,
    "name": lambda one: forms.open_name(one.session, one.window, one.record),
    "honour": _honour,
    "result": _result,
    "contact": _contact,
    "next_step": _next_step,
    "step": _step,
    "follow_up": _follow_up,
    "postpone": _postpone,
    "visit": _visit,
    "reception": _reception,
    "trip": _trip,
    "copy": _copy,
    "itinerary": lambda one: one.go("trips", "itinerary", record=one.record),
    "members": lambda one: one.go("trips", "members", record=one.record),
    "evening": lambda one: one.go("trips", "evening", record=one.record),
    "conclusion": lambda one: one.go("trips", "conclusion", record=one.record),
    "project": _project(facts.open_edit),
    "stage": _project(lambda session, page, known: moving.open_move(session, page, known.project.id, choose=True)),
    "signing": _project(lambda session, page, known: signing.open_signing(session, page, known.project.id)),
    "investors": _project(
        lambda session, page, known: investors.open_investors(
            session, page, known.project.id, known.project.name, known.investors
        )
    ),
    "park": _project(parts.open_park),
    "milestone": _project(lambda session, page, known: parts.open_milestone(session, page, known.project)),
    "fund": _project(lambda session, page, known: parts.open_fund(session, page, known.project)),
    "count": _count,
    "need": _need,
    "make_project": lambda one: _with_lead(one, lambda row: open_make_project(one.session, one.window, row)),
    "judgement": lambda one: _with_lead(
        one, lambda row: open_judgement(one.session, one.window, row, Triage(one.draft.rest))
    ),
    "entry": _entry,
    "person": _person,
    "target": _held,
    "forecast": _held,
    "ranking": _kept("rankings"),
    "event": _kept("events"),
    "packaged": _kept("packaged"),
    "set": _kept("sets"),
    "annual": _kept("annuals"),
    "calendar_day": _calendar_day,
    "settings": lambda one: one.go("settings", one.draft.about),
    "paper_words": lambda one: words_again(one.session, one.window, one.draft.about),
    "cards": lambda one: open_cards(one.session, one.window),
    "notice": lambda one: open_notice(one.session, one.window, about=one.draft.about),
    "reason": _of_paper(lambda one, known: reconcile_again(one.session, one.window, known)),
    "paper_text": _of_paper(lambda one, known: texts_again(one.session, one.window, known)),
    "paper_template": lambda one: TemplateDialog(one.session, one.window, PaperKind(one.draft.about)),
}
"""The opener of each form in ``today.waiting.FORMS``."""
