"""What a row says of an event (活动): what it was, on which day, where, with how many sessions and people."""

from __future__ import annotations

from crm_app.domain import days
from crm_app.domain.days import Precision
from crm_app.domain.events import Event
from crm_app.domain.import_rows import Parsed
from crm_app.i18n import _
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import tell_future


def take_event_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of events. One in the book is that of its name and day; of several days the first."""
    said = part(row.values, "event")
    span = said.get("on")
    notes.title = said.get("name") or ""
    if not notes.title:
        notes.reasons.append(_("The name of the event is missing."))
    if span is None:
        notes.reasons.append(_("The day of the event is missing."))
    elif span.precision not in (Precision.DAY, Precision.PART):
        notes.reasons.append(_("Please give the exact day, such as 2023-06-30."))
    if notes.reasons or span is None:
        return
    said["on"] = span.first
    if not span.exact:
        notes.remarks.append(_("It lasted until {day}; noted is its first day.").format(day=days.show_date(span.last)))
    tell_future(notes, said["on"])
    row_id = row.values.get("event.id")
    same = (one for one in shelf.events_called(said["name"]) if one.get("on") == said["on"])
    found = shelf.with_id(Event, row_id) or next(same, None)
    if found is not None:
        put(found, notes, said)
        return
    shelf.index_event(shelf.make(Event, row_id=row_id, **said))
    notes.made = True
