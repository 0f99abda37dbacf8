"""Where a row is shown: the place of the window, and the record to show there."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from crm_app.domain.fields import Record
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.session import Session

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


_OWNERS = (
    ("project_id", "projects"),
    ("trip_id", "trips"),
    ("enterprise_id", "enterprises"),
    ("lead_id", "projects"),
)
"""The references that say what a record is about, the nearest first."""


def _owner(record: Record) -> tuple[str, UUID] | None:
    for name, place in _OWNERS:
        owner = getattr(record, name, None)
        if owner is not None:
            return place, owner
    return None


def go_to_owner(session: Session, asking: QObject, row: UUID) -> None:
    """Show the project or the enterprise that a follow-up or a next step is about."""

    def go(found: tuple[str, UUID] | None) -> None:
        if found is None:
            session.say(_("It belongs to no enterprise and no project."))
        else:
            session.go(*found)

    session.read(lambda book: _owner(books.find_record(book, str(row))), go, owner=asking)
