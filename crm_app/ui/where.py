"""Where a row is shown: the place of the window, and the record to show there."""

from __future__ import annotations

from uuid import UUID

from crm_app.domain.fields import Record
from crm_app.services import book as books
from crm_app.services.book import Book

_PLACES = {
    "enterprise": "enterprises",
    "contact": "enterprises",
    "label": "enterprises",
    "project": "projects",
    "lead": "projects",
    "trip": "trips",
    "visit": "trips",
    "reception": "trips",
    "task": "today",
}


def place_of(book: Book, row: UUID) -> tuple[str, UUID] | None:
    """Return the place that shows a row, and the record to show there; None where no place does."""
    record = books.find_record(book, str(row))
    if record.table in _PLACES:
        return _PLACES[record.table], record.id
    return _owner(record)


def _owner(record: Record) -> tuple[str, UUID] | None:
    for name, place in (("project_id", "projects"), ("trip_id", "trips"), ("enterprise_id", "enterprises")):
        owner = getattr(record, name, None)
        if owner is not None:
            return place, owner
    return None
