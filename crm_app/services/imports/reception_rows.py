"""What a row says of a reception: who came on which day, who received them, what they were shown, what came of it."""

from __future__ import annotations

from typing import Any

from crm_app.domain.import_rows import Parsed
from crm_app.domain.people import listed
from crm_app.domain.visits import Reception, ReceptionPerson
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part, take_enterprise
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import read_step, take_step, tell_future
from crm_app.services.imports.visit_rows import find_that_day, take_ours


def take_reception_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a receptions' ledger. A reception in the book is the one of that enterprise (or guests) and day."""
    values = row.values
    on = values.get("reception.on")
    if on is None:
        notes.reasons.append(_("The day of the reception is missing."))
        return
    tell_future(notes, on)
    step = read_step(shelf, notes, values, on)
    named = values.get("enterprise.name") or values.get("enterprise.uscc")
    if not named and not values.get("reception.guests"):
        notes.reasons.append(_("It does not say who came; give the enterprise or the guests."))
    taken = take_enterprise(shelf, notes, row) if named and not notes.reasons else None
    if notes.reasons:
        return
    enterprise = taken[0] if taken else None
    said, beside = _said(shelf, values, enterprise)
    notes.title = enterprise.get("name") if enterprise else said["guests"]
    reception = _take(shelf, notes, row, said, enterprise)
    take_ours(shelf, notes, ReceptionPerson, reception, beside, reception.get("host_id"))
    take_step(shelf, notes, step, reception, "reception_id", said.get("enterprise_id"))


def _said(shelf: Shelf, values: Any, enterprise: Draft | None) -> tuple[dict[str, Any], str]:
    """Return the fields of the reception, and who of us was there beside its host."""
    said = part(values, "reception")
    people = listed(said.pop("host", ""))
    beside = [*people[1:], said.pop("with", "")]
    if people:
        said["host_id"] = shelf.person(people[0]).reference
    if enterprise is not None:
        said["enterprise_id"] = enterprise.reference
    return said, "、".join(beside)


def _take(shelf: Shelf, notes: Notes, row: Parsed, said: dict[str, Any], enterprise: Draft | None) -> Draft:
    row_id = row.values.get("reception.id")
    own = shelf.with_id(Reception, row_id)
    found = own or find_that_day(_known(shelf, said, enterprise), said)
    if found is None:
        said.setdefault("guests", enterprise.get("name") if enterprise else None)
        found = shelf.make(Reception, "enterprise_id", row_id=row_id, **said)
        notes.made = True
    else:
        put(found, notes, said)
    found.claimed.add("row")
    return found


def _known(shelf: Shelf, said: dict[str, Any], enterprise: Draft | None) -> list[Draft]:
    if enterprise is not None:
        return shelf.children(Reception, "enterprise_id", enterprise)
    guests = said["guests"]
    return [one for one in shelf.drafts[Reception] if not one.get("enterprise_id") and one.get("guests") == guests]
