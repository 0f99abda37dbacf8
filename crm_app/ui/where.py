"""Where a row is shown: the place of the window, the record to show there, and as what."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from crm_app.domain.fields import Record
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.session import Location, Session

_PLACES = {
    "enterprise": ("enterprises", ""),
    "contact": ("enterprises", ""),
    "label": ("enterprises", ""),
    "project": ("projects", ""),
    "lead": ("projects", ""),
    "trip": ("trips", "trip"),
    "visit": ("trips", "visit"),
    "reception": ("trips", "reception"),
    "task": ("trips", "task"),
}
"""Table → its place, and the view of the place that shows a record of it."""

_OWNERS = (
    ("project_id", "projects"),
    ("trip_id", "trips"),
    ("enterprise_id", "enterprises"),
    ("lead_id", "projects"),
)
"""The references that say what a record is about, the nearest first."""


_SETTINGS = {"event": "events", "packaged_project": "packaged", "target": "targets", "ranking": "rankings"}
"""Table → the part of the settings that shows a record of it."""


def place_of(book: Book, row: UUID) -> Location | None:
    """Return where a row is shown; None where no place shows it."""
    record = books.find_record(book, str(row))
    if record.table in _PLACES:
        place, view = _PLACES[record.table]
        return Location(place, record.id, view)
    if record.table in _SETTINGS:
        return Location("settings", None, _SETTINGS[record.table])
    return _owner(record)


def _owner(record: Record) -> Location | None:
    for name, place in _OWNERS:
        owner = getattr(record, name, None)
        if owner is not None:
            return Location(place, owner)
    return None


def show_row(session: Session, row: UUID, asking: QObject | None = None) -> None:
    """Show a row where its place is, as long as ``asking`` lives; nothing where no place shows it."""

    def go(found: Location | None) -> None:
        if found is not None:
            session.wanted.emit(found)

    session.read(lambda book: place_of(book, row), go, owner=asking)


def show_owner(session: Session, row: UUID, asking: QObject) -> None:
    """Show the project or the enterprise that a follow-up or a next step is about."""

    def go(found: Location | None) -> None:
        if found is None:
            session.say(_("It belongs to no enterprise and no project."))
        else:
            session.wanted.emit(found)

    session.read(lambda book: _owner(books.find_record(book, str(row))), go, owner=asking)
