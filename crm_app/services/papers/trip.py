"""Gathers a trip report."""

from __future__ import annotations

from crm_app import clock
from crm_app.briefs import trip as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.trip import TripData, TripVisit
from crm_app.briefs.visit import Step
from crm_app.db.book import Book
from crm_app.db.visits import VisitSheet
from crm_app.domain import days, numbering
from crm_app.domain.entry_names import entry_name
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.i18n import _
from crm_app.services import trips
from crm_app.services.papers import asked as common
from crm_app.services.papers import photos
from crm_app.services.papers.asked import Asked
from crm_app.services.papers.photos import Taken
from crm_app.services.trips import TripPage

_TOLD_BY_BRIEFS = frozenset(("purpose", "findings", "problems", "plans"))
"""What the paper itself marks red where it is empty; the rest of a trip's gaps are handed to it."""


def compose(book: Book, asked: Asked) -> Paper:
    """Return the report on one trip from its visits."""
    page = trips.trip_page(book, asked.one())
    with book.read() as reader:
        bureau, author = common.bureau(reader), common.author(reader)
    taken = photos.of_trip(book, ((one.visit.id, one.enterprise.name) for one in page.sheets))
    return briefs.compose(_data(page, bureau, author, taken))


def _data(page: TripPage, bureau: str, author: str, taken: Taken) -> TripData:
    trip = page.trip
    return TripData(
        id=trip.id,
        title=trip.title,
        start_on=trip.start_on,
        end_on=trip.end_on,
        enterprises=page.enterprises,
        visit_count=page.visits,
        number=numbering.assigned(trip.number) or "",
        approval_number=trip.approval_number or "",
        regions=trip.regions or (),
        leader=_led_by(page.leader) if page.leader else "",
        # The leader stands before them.
        members=tuple(one.person.name for one in page.members if page.leader is None or one.person != page.leader),
        purpose=trip.purpose or "",
        visits=tuple(_visit(sheet) for sheet in page.sheets),
        findings=trip.findings or "",
        problems=trip.problems or "",
        plans=trip.plans or "",
        next_steps=tuple(
            _step(task, owner.name if owner else "") for sheet in page.sheets for task, owner in sheet.tasks
        ),
        gaps=tuple(
            (_("{label}: {value}").format(label=gap.label, value=gap.title), (gap.id,))
            for gap in page.gaps
            if gap.table != "trip" or gap.field not in _TOLD_BY_BRIEFS
        )
        + taken.gaps,
        bureau=bureau,
        author=author,
        written_on=clock.today(),
        photos=taken.photos,
    )


def _led_by(person: Person) -> str:
    """Return the leader as running text names one: the post before the name."""
    return _("{title} {name}").format(title=person.title, name=person.name) if person.title else person.name


def _visit(sheet: VisitSheet) -> TripVisit:
    visit, enterprise = sheet.visit, sheet.enterprise
    return TripVisit(
        id=visit.id,
        enterprise=enterprise.name,
        enterprise_id=enterprise.id,
        on=visit.on,
        industry=entry_name(enterprise.cluster or enterprise.industry or ""),
        place=visit.place or enterprise.shown("region"),
        our_people=tuple(person.name for person in sheet.our_people),
        their_people=tuple(f"{contact.name} {title}".strip() for contact, title in sheet.their_people),
        talk=visit.talk or "",
        result=visit.consensus or "",
        intent=visit.intent.value if visit.intent else "",
    )


def _step(task: Task, owner: str) -> Step:
    return Step(what=task.what, owner=owner, due=days.show_date(task.due), id=task.id)
