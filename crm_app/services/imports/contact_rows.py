"""What a row of a contacts' ledger says: people, how they are reached and addressed, and the posts they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.import_rows import Parsed
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import beside_noted, find_enterprise, take_contact, take_details
from crm_app.services.imports.row_names import parted
from crm_app.services.imports.shelf import Shelf


def take_contact_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take the people of a row: each is found among those of the enterprise, else made with the post."""
    people = row.values.get("contacts", ())
    named = [person for person in people if person["name"]]
    if not named:
        notes.reasons.append(_("The contact's name is missing."))
        return
    notes.title = _(", ").join(person["name"] for person in named)
    enterprises = _enterprises(shelf, notes, row)
    if notes.reasons:
        return
    row_id = row.values.get("contact.id") if len(people) == 1 else None
    for person in people:
        own = shelf.with_id(Contact, row_id)
        if own is not None:
            kept = ("title",) if own.id in (None, row_id) else ("title", "name")
            put(own, notes, beside_noted(own, {key: value for key, value in person.items() if key not in kept}))
            _take_posts(shelf, notes, own, enterprises, person.get("title"))
        elif not enterprises:
            own = _take_alone(shelf, notes, person, row_id)
        else:
            own = take_contact(shelf, notes, enterprises[0], person, row_id)
            _take_posts(shelf, notes, own, enterprises[1:], None)
        if own is not None and row.values.get("position.main"):
            for enterprise in enterprises:
                _make_main(shelf, notes, enterprise, own)
        if own is not None:
            notes.made = notes.made or (own.id is None and "seen" not in own.claimed)
            own.claimed.add("seen")


def _enterprises(shelf: Shelf, notes: Notes, row: Parsed) -> list[Draft]:
    name, code = row.values.get("enterprise.name"), row.values.get("enterprise.uscc")
    if not name and not code:
        return []
    several = parted(name) if name and not code and not shelf.named(name) else []
    found = [find_enterprise(shelf, notes, one, None) for one in several]
    found = found or [find_enterprise(shelf, notes, name, code)]
    known = [one for one in found if one is not None]
    if len(known) == 1:
        take_details(known[0], notes, row.values)
    return known


def _take_posts(shelf: Shelf, notes: Notes, contact: Draft, enterprises: list[Draft], title: str | None) -> None:
    """See that a person has a post at each of these enterprises; one that is held already keeps its title."""
    for place, enterprise in enumerate(enterprises):
        posts = shelf.children(Position, "enterprise_id", enterprise)
        held = [one for one in posts if one.get("contact_id") == contact.reference and one.get("to_on") is None]
        if held:
            put(held[0], notes, {"title": title if place == 0 and len(enterprises) == 1 else None})
            continue
        shelf.make(
            Position,
            "enterprise_id",
            contact_id=contact.reference,
            enterprise_id=enterprise.reference,
            title=title if place == 0 else None,
        )
        if contact.id is not None:
            notes.added.append(str(enterprise.get("name")))


def _make_main(shelf: Shelf, notes: Notes, enterprise: Draft, contact: Draft) -> None:
    """Note the main contact, of whom an enterprise has one; somebody who is that in the book already stays it."""
    held = [one for one in shelf.children(Position, "enterprise_id", enterprise) if one.get("to_on") is None]
    if not any(one.get("main") for one in held):
        for one in held:
            if one.get("contact_id") == contact.reference:
                put(one, notes, {"main": True})


def _take_alone(shelf: Shelf, notes: Notes, person: Mapping[str, Any], row_id: UUID | None) -> Draft | None:
    """Take somebody of whom no enterprise is named: known by phone, else by a name that only one person has."""
    details = {key: value for key, value in person.items() if key != "title"}
    phone = [one for one in shelf.drafts[Contact] if details["phone"] and one.get("phone") == details["phone"]]
    named = [one for one in phone or shelf.drafts[Contact] if one.get("name") == details["name"]]
    if len(named) == 1:
        put(named[0], notes, beside_noted(named[0], details))
        return named[0]
    if named or not row_id:
        notes.reasons.append(
            _("No enterprise is named for {name}; write it in its column, or add one.").format(name=details["name"])
        )
        return None
    return shelf.make(Contact, row_id=row_id, **details)
