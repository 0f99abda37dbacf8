"""Visits: written up on site or in the evening, with asks, consensus and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import attached, meeting_writing, visit_writing, writing
from crm_app.db import visits as reads
from crm_app.db.book import Book
from crm_app.db.visit_writing import WriteVisit
from crm_app.db.visits import VisitSheet
from crm_app.domain.attachments import NewFile
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.visits import LATE_ENTRY_MS, Visit, VisitPerson
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = ["VisitSheet", "WriteVisit"]


def write_visit(book: Book, asked: WriteVisit, files: Sequence[NewFile] = ()) -> Outcome[UUID]:
    """Write a visit up; the trip is found by its days, a planned visit is ticked off, the next step becomes a task.

    ``files`` are kept with it in the same unit: neither is ever there without the other.

    Raise BadInput for a day in the future: that is a plan.
    """
    with book.unit(_("Write up a visit")) as unit:
        made = unit.get(Visit, visit_writing.write(unit, asked))
        attached.add(unit, files, made.on, visit_id=made.id)
        writing.about(unit, Enterprise, made.enterprise_id)
        return Outcome(unit.commit(), made.id)


def change_visit(
    book: Book,
    visit_id: UUID,
    *,
    their_people: tuple[str, ...] | None = None,
    our_people: tuple[UUID, ...] | None = None,
    next_step: str = "",
    files: Sequence[NewFile] = (),
    **values: Any,
) -> Outcome[None]:
    """Change fields of a visit; people, where given, replace those noted before, files come in addition."""
    with book.unit(_("Change a visit")) as unit:
        visit = unit.get(Visit, visit_id)
        writing.about(unit, Enterprise, visit.enterprise_id)
        visit_writing.check_day(values.get("on", visit.on))
        unit.update(Visit, visit_id, **values)
        if values.get("on", visit.on) != visit.on:
            meeting_writing.move_files(unit, visit.on, values["on"], visit_id=visit_id)
        attached.add(unit, files, values.get("on", visit.on), visit_id=visit_id)
        if our_people is not None:
            meeting_writing.replace_ours(unit, VisitPerson, visit_id, our_people)
            unit.update(Visit, visit_id, our_level=visit_writing.level_of(unit, our_people))
        if their_people is not None:
            visit_writing.replace_theirs(unit, visit_id, their_people)
        writing.next_step(unit, next_step, enterprise_id=visit.enterprise_id, visit_id=visit_id)
        return Outcome(unit.commit(), None)


def visit_sheet(book: Book, visit_id: UUID) -> VisitSheet:
    """Return a visit with everyone and everything on it; raise NotFound."""
    with book.read() as reader:
        return reads.sheet(reader, visit_id)


def entered_late(visit: Visit) -> bool:
    """Say whether a visit was written up over 48 hours after its day (补录)."""
    if visit.entered_at is None:
        return False
    return visit.entered_at - _midnight_after_ms(visit.on) > LATE_ENTRY_MS


def _midnight_after_ms(on: date) -> int:
    return int(clock.local_midnight(on).timestamp() * 1000) + 24 * 3600 * 1000


def visits_of(book: Book, enterprise_id: UUID) -> list[Visit]:
    """Return an enterprise's visits, newest first."""
    with book.read() as reader:
        return reader.find(Visit, enterprise_id=enterprise_id, order_by=("-on",))


def recent_visits(book: Book, limit: int = 100) -> list[tuple[Visit, Enterprise]]:
    """Return the newest visits with their enterprises."""
    with book.read() as reader:
        visits = reads.newest(reader, limit)
        known = reader.get_many(Enterprise, [visit.enterprise_id for visit in visits])
        return [(visit, known[visit.enterprise_id]) for visit in visits]
