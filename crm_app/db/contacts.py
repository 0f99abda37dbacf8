"""Reads of contacts: who holds a post at an enterprise, and how to address them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain import people
from crm_app.domain.contacts import Contact, Position


@dataclass(frozen=True)
class ContactAt:
    """A contact with the post held at one enterprise and the form of address (张总)."""

    contact: Contact
    position: Position
    salutation: str


def contacts_at(reader: Reader, enterprise_id: UUID) -> list[ContactAt]:
    """Return the contacts who hold a post at the enterprise today, the main contact first."""
    posts = [post for post in reader.find(Position, enterprise_id=enterprise_id) if post.to_on is None]
    known = reader.get_many(Contact, [post.contact_id for post in posts])
    found = []
    for post in posts:
        contact = known[post.contact_id]
        if contact.deleted_at is None:
            spoken = people.salutation(contact.name, post.title or "", contact.salutation)
            found.append(ContactAt(contact, post, spoken))
    return sorted(found, key=lambda one: not one.position.main)
