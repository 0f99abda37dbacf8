"""Our own people: those who travel, own leads and answer for next steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crm_app.db.book import Book
from crm_app.domain.staff import Person
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def colleagues(book: Book, *, gone: bool = False) -> list[Person]:
    """Return the colleagues who are still with us, in order of entry; with ``gone`` those who left after them."""
    with book.read() as reader:
        found = reader.find(Person)
    return sorted((person for person in found if gone or not person.gone), key=lambda person: bool(person.gone))


def add_colleague(book: Book, **values: Any) -> Outcome[UUID]:
    """Add a colleague."""
    with book.unit(_("Add a colleague")) as unit:
        made = unit.insert(Person, **values)
        unit.about(values.get("name"))
        return Outcome(unit.commit(), made)


def change_colleague(book: Book, person_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields of a colleague."""
    with book.unit(_("Change a colleague")) as unit:
        unit.update(Person, person_id, **values)
        unit.about(unit.get(Person, person_id).name)
        return Outcome(unit.commit(), None)
