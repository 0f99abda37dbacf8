"""What becomes of a page whose record cannot be read: taken back, deleted again, or never there."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from crm_app.errors import CrmError, NotFound
from crm_app.ui.records.menu import Target
from crm_app.ui.session import Location, Session


class ShowsRecord(Protocol):
    """The page of one record."""

    @property
    def record(self) -> UUID | None:
        """The record that is asked for, shown or not yet."""

    def target(self) -> Target | None:
        """Return what is shown, where it is what is asked for."""

    def forget(self) -> None:
        """Show nothing from now on."""


def give_up(session: Session, page: ShowsRecord, error: CrmError, listed: Location, *, on_top: bool) -> bool:
    """Answer whether the page forgot its record; one that is on top then leads to ``listed``.

    A record that went while it was read, or before it was read first, goes in silence: whoever took it back or deleted
    it is told of that already. One that was to be opened and went before is missed, and ``error`` says why. A page
    behind another changes nothing that is shown.
    """
    record, was_shown = page.record, page.target() is not None
    went_now = isinstance(error, NotFound) and (was_shown or (record is not None and session.changed_here(record)))
    if on_top and not went_now:
        session.trouble.emit(str(error))
    if was_shown and not isinstance(error, NotFound):
        return False
    page.forget()
    if on_top:
        session.gone.emit(record)
        session.wanted.emit(listed)
    return True
