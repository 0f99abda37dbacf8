"""Gathers a trip pack: cover, itinerary, members, a one-pager for each enterprise, blank forms."""

from __future__ import annotations

from crm_app.briefs import trip_pack as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.trip_pack import Call, TripPackData
from crm_app.db.book import Book
from crm_app.db.trips import Planned
from crm_app.domain import phones
from crm_app.domain.trips import PlanState
from crm_app.services import trips
from crm_app.services.papers import asked as common
from crm_app.services.papers import one_pager
from crm_app.services.papers.asked import Asked


def compose(book: Book, asked: Asked) -> Paper:
    """Return the pack of one trip; cancelled visits are left out."""
    page = trips.trip_page(book, asked.one())
    plans = [row for row in page.plans if row.plan.state is not PlanState.CANCELLED]
    plans.sort(key=lambda row: (row.plan.on or page.trip.end_on, row.plan.time or "~", row.plan.id))
    # An enterprise deleted since stays on the list of calls; there is no page of it to print.
    enterprises = list(dict.fromkeys(row.enterprise.id for row in plans if row.enterprise.deleted_at is None))
    with book.read() as reader:
        bureau = common.bureau(reader)
    return briefs.compose(
        TripPackData(
            id=page.trip.id,
            title=page.trip.title,
            start_on=page.trip.start_on,
            end_on=page.trip.end_on,
            regions=page.trip.regions or (),
            leader=page.leader.name if page.leader else "",
            purpose=page.trip.purpose or "",
            members=tuple((one.person.name, one.person.title or "", "", "") for one in page.members),
            calls=tuple(_call(row, unmasked=asked.unmasked) for row in plans),
            enterprises=tuple(
                one_pager.data_of(book, Asked(ids=(one,), unmasked=asked.unmasked)) for one in enterprises
            ),
            bureau=bureau,
        )
    )


def _call(row: Planned, *, unmasked: bool) -> Call:
    phone = row.contact.phone if row.contact else None
    shown = "" if not phone else phones.show(phone) if unmasked else phones.mask(phone)
    return Call(
        id=row.plan.id,
        enterprise=row.enterprise.name,
        on=row.plan.on,
        time=row.plan.time or "",
        place=row.enterprise.address or row.enterprise.shown("region"),
        contact=f"{row.contact.name} {shown}".strip() if row.contact else "",
        purpose=row.plan.purpose or "",
        state=row.plan.shown("state"),
    )
