"""What a row says of a visit: the enterprise met, the day, who was there, what was said."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from crm_app import clock
from crm_app.domain import names, people
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_rows import Parsed
from crm_app.domain.visits import ReceptionPerson, Visit, VisitContact, VisitMode, VisitPerson
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part, take_contact, take_enterprise
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import read_step, take_step


def take_visit_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a visits' ledger. A visit in the book is the one of that enterprise, day and time.

    Rows of one file never fall on the same visit, unless they say the same.
    """
    on = row.values.get("visit.on")
    if on is None or on > clock.today():
        missing, future = _("The day of the visit is missing."), _("The day of the visit lies in the future.")
        notes.reasons.append(missing if on is None else future)
        return
    step = read_step(shelf, notes, row.values, on)
    taken = take_enterprise(shelf, notes, row) if not notes.reasons else None
    if taken is None:
        return
    enterprise, contacts = taken
    notes.title = enterprise.get("name")
    said = part(row.values, "visit")
    ours, theirs = said.pop("our_people", ""), said.pop("their_people", ())
    said["trip_id"] = _trip(shelf, notes, said.pop("trip", ""), on)
    row_id = row.values.get("visit.id")
    own = shelf.with_id(Visit, row_id)
    visit = own or find_that_day(shelf.children(Visit, "enterprise_id", enterprise), said)
    if visit is None:
        said.setdefault("mode", VisitMode.FACE_TO_FACE)
        visit = shelf.make(Visit, "enterprise_id", row_id=row_id, enterprise_id=enterprise.reference, **said)
        notes.made = True
    else:
        put(visit, notes, said if own is None else {"enterprise_id": enterprise.reference, **said})
    visit.claimed.add("row")
    take_step(shelf, notes, step, visit, "visit_id", enterprise.reference)
    take_ours(shelf, notes, VisitPerson, visit, ours)
    met = [take_contact(shelf, notes, enterprise, _said_of(one)) for one in theirs]
    titles = [one.title or None for one in theirs] + [one["title"] for one in row.values.get("contacts", ())]
    for contact, title in zip(met + contacts, titles, strict=True):
        _take_theirs(shelf, visit, contact, title)


def find_that_day(known: list[Draft], said: dict[str, Any]) -> Draft | None:
    """Return what is noted of a day: what says all of it, else what no row of the file has claimed at no other time."""
    same_day = [visit for visit in known if visit.get("on") == said["on"]]
    fitting = next((visit for visit in same_day if fits(visit, said)), None)
    if fitting is not None:
        return fitting
    time = said.get("time")
    free = [visit for visit in same_day if "row" not in visit.claimed]
    return next((visit for visit in free if None in (visit.get("time"), time) or visit.get("time") == time), None)


def _said_of(person: Spoken) -> dict[str, Any]:
    return {"name": person.name, "title": person.title or None}


def _trip(shelf: Shelf, notes: Notes, text: str, on: date) -> object:
    """Return the trip of this title or number; of several, as 赴上海招商 often is, the one that was under way that day.

    One that is not in the book is remarked, and so is one that cannot be told.
    """
    if not text:
        return None
    wanted = names.clean(text)
    found = [trip for trip in shelf.trips if wanted in (names.clean(trip.title), trip.number)]
    under_way = [trip for trip in found if trip.start_on <= on <= trip.end_on] if len(found) > 1 else found
    if len(under_way) == 1:
        return under_way[0].id
    words = _("Several trips are called “{title}”, and the day does not tell which; it was left out.")
    notes.remarks.append(
        (words if found else _("The trip “{title}” is not in the book; it was left out.")).format(title=text)
    )
    return None


def take_ours(
    shelf: Shelf,
    notes: Notes,
    kept_as: type[VisitPerson | ReceptionPerson],
    visit: Draft,
    text: str,
    but: object = None,
) -> None:
    """Note our people of a visit, or those beside the host of a reception, by the names a cell holds.

    ``but`` whom: who is noted elsewhere, the host.
    """
    parent = kept_as.table.replace("person", "id")
    known = {but, *(one.get("person_id") for one in shelf.children(kept_as, parent, visit))}
    for word in people.listed(text or ""):
        name = re.sub(r"等.*$", "", word).strip()
        if name:
            person = shelf.person(name)
            if person.reference not in known:
                said: dict[str, Any] = {parent: visit.reference, "person_id": person.reference}
                shelf.make(kept_as, parent, **said)
                known.add(person.reference)
                if visit.id is not None:
                    notes.added.append(name)


def _take_theirs(shelf: Shelf, visit: Draft, contact: Draft, title: str | None) -> None:
    if all(one.get("contact_id") != contact.reference for one in shelf.children(VisitContact, "visit_id", visit)):
        shelf.make(VisitContact, "visit_id", visit_id=visit.reference, contact_id=contact.reference, title=title)
