"""Business cards (名片): what a text or a picture says of people, compared with the book, and kept once confirmed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app import clock
from crm_app.db import attachments as stored
from crm_app.db import enterprises as reads
from crm_app.db.book import Book
from crm_app.db.contacts import contacts_at
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.db.writing import find_or_make_enterprise
from crm_app.domain import card_chats, phones, uscc
from crm_app.domain.attachments import Attachment
from crm_app.domain.cards import WHY_LABELS, Card, Found, Part, read
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.errors import BadInput
from crm_app.files import card_pictures, previews, sniffing
from crm_app.files.previews import Picture
from crm_app.i18n import N_, _, ngettext
from crm_app.services.outcome import Outcome

__all__ = ["WHY_LABELS", "Card", "Found", "Part", "Picture", "read"]

INSTALL = "pip install outreach-crm[cards]"
"""What brings the reading of pictures; it needs no network afterwards."""

WHY_KNOWN = {
    "same_uscc": N_("same credit code"),
    "same_name": N_("same name"),
    "other_name": N_("is also called so"),
    "same_key": N_("name much like it"),
    "same_phone": N_("same phone"),
}


@dataclass(frozen=True)
class Known:
    """An enterprise of the book that a card may mean; ``why`` is a key of WHY_KNOWN, ``who`` the person of a phone.

    ``sure``: a card that says nothing else is kept with it.
    """

    enterprise: Enterprise
    why: str
    who: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Confirmed:
    """A person as confirmed beside the text. ``enterprise_id`` goes before the name; without both it is refused.

    ``phones`` are as typed, the first is the contact's own; ``email`` holds mail or WeChat; ``picture`` (name and
    bytes) is kept with the enterprise.
    """

    name: str
    enterprise: str = ""
    enterprise_id: UUID | None = None
    uscc: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    note: str = ""
    picture: tuple[str, bytes] | None = None


def read_text(text: str) -> list[Card]:
    """Return a card for each person a text speaks of."""
    return card_chats.people(text)


def is_like_people(text: str) -> bool:
    """Say whether a pasted text reads like cards or like people named in a chat."""
    return card_chats.is_like_people(text)


def can_read_pictures() -> bool:
    """Say whether the optional reading of pictures is installed."""
    return card_pictures.installed()


def read_picture(content: bytes, name: str) -> str:
    """Return the text on the picture of a card, read on this computer; raise BadInput with what to do.

    It takes some seconds, in the reader child.
    """
    if not can_read_pictures():
        words = _("Reading pictures is not installed. Run “{command}”, or type what the picture shows.")
        raise BadInput(words.format(command=INSTALL))
    return card_pictures.read(content, name)


def show_picture(content: bytes, name: str, longest: int) -> Picture:
    """Return what a picture looks like, its long side no more than ``longest`` pixels; raise BadInput."""
    return previews.show(content, name, longest)


def look_up(book: Book, enterprise: str, code: str = "", phone: str = "") -> list[Known]:
    """Return the enterprises a card may mean, surest first: by code, by name, by another name, by key, by a phone."""
    found: dict[UUID, Known] = {}
    with book.read() as reader:
        for why, sure, known in _by_words(reader, enterprise, code):
            found.setdefault(known.id, Known(known, why, sure=sure))
        for known, who in _by_phone(reader, phone):
            found.setdefault(known.id, Known(known, "same_phone", who))
    return list(found.values())


def _by_words(reader: Reader, name: str, code: str) -> list[tuple[str, bool, Enterprise]]:
    found: list[tuple[str, bool, Enterprise]] = []
    if uscc.looks_like(code):
        found += [("same_uscc", True, one) for one in reads.by_uscc(reader, code.strip().upper())]
    if name.strip():
        named, called = reads.by_name(reader, name), reads.by_other_name(reader, name)
        found += [("same_name", len(named) == 1, one) for one in named]
        found += [("other_name", not named and len(called) == 1, one) for one in called]
        found += [("same_key", False, one) for one in reads.by_key(reader, name)]
    return found


def _by_phone(reader: Reader, phone: str) -> list[tuple[Enterprise, str]]:
    if not phones.looks_like(phone):
        return []
    found = []
    for contact in reader.find(Contact, phone=phones.parse(phone)):
        posts = reader.find(Position, contact_id=contact.id)
        known = reader.get_many(Enterprise, [post.enterprise_id for post in posts])
        found += [(one, contact.name) for one in known.values() if one.deleted_at is None]
    return found


def keep(book: Book, people: Sequence[Confirmed]) -> Outcome[list[UUID]]:
    """Keep confirmed people as contacts with their posts, enterprises found or made, in one unit; return the contacts.

    Of somebody known at the enterprise blanks are filled, and what differs is noted, nothing overwritten. Raise
    BadInput naming the field that stands in the way.
    """
    if not people:
        raise BadInput(_("Choose somebody to keep first."))
    label = ngettext("Card: {name}", "Cards: {name} and others", len(people)).format(name=people[0].name)
    with book.unit(label) as unit:
        kept = []
        for one in people:
            enterprise = _enterprise(unit, one)
            kept.append(_contact(unit, enterprise, one))
            if one.picture is not None:
                _attach(unit, book, enterprise, *one.picture)
        return Outcome(unit.commit(), kept)


def _enterprise(unit: Unit, said: Confirmed) -> UUID:
    if not said.name.strip():
        raise BadInput(_("Please give the name of the person."), field="name")
    code = uscc.normalize(said.uscc) if said.uscc.strip() else None
    if said.enterprise_id is not None:
        known = unit.get(Enterprise, said.enterprise_id)
    elif said.enterprise.strip():
        known = unit.get(Enterprise, find_or_make_enterprise(unit, said.enterprise, uscc=code))
    else:
        raise BadInput(_("Please give the enterprise the person works for."), field="enterprise")
    filled = {"uscc": code, "address": said.address.strip() or None}
    unit.update(Enterprise, known.id, **{name: value for name, value in filled.items() if getattr(known, name) is None})
    return known.id


def _contact(unit: Unit, enterprise: UUID, said: Confirmed) -> UUID:
    numbers = [phones.parse(number) for number in said.phones if number.strip()]
    spare = [phones.show(number) for number in numbers[1:]]
    address = said.address.strip()
    there = unit.get(Enterprise, enterprise).address
    if address and address != there:
        spare.append(address)
    name = said.name.strip()
    for known in contacts_at(unit, enterprise):
        if name in (known.contact.name, known.salutation):
            _fill(unit, known.contact, numbers, said, spare)
            if said.title.strip() and not known.position.title:
                unit.update(Position, known.position.id, title=said.title.strip())
            elif said.title.strip() and said.title.strip() != known.position.title:
                _move(unit, known.position, said.title.strip())
            return known.contact.id
    note = "\n".join((*spare, said.note.strip())).strip() or None
    phone, email = numbers[0] if numbers else None, said.email.strip() or None
    made = unit.insert(Contact, name=name, phone=phone, email=email, note=note)
    title = said.title.strip() or None
    unit.insert(Position, contact_id=made, enterprise_id=enterprise, title=title, from_on=clock.today())
    return made


def _fill(unit: Unit, known: Contact, numbers: Sequence[str], said: Confirmed, spare: Sequence[str]) -> None:
    """Fill what is blank of a known contact; what differs from it goes into the note."""
    wanted = {"phone": numbers[0] if numbers else None, "email": said.email.strip() or None}
    noted = [*spare, *([said.note.strip()] if said.note.strip() else [])]
    for name, value in wanted.items():
        held = getattr(known, name)
        if held is not None and value and value != held:
            noted.append(phones.show(value) if name == "phone" else value)
    new = [line for line in noted if line not in (known.note or "")]
    filled = {name: value for name, value in wanted.items() if value and getattr(known, name) is None}
    if new:
        filled["note"] = "\n".join(part for part in (known.note, *new) if part)
    unit.update(Contact, known.id, **filled)


def _move(unit: Unit, post: Position, title: str) -> None:
    """Close the post in the book and open one with the card's title: earlier visits keep the one held then."""
    unit.update(Position, post.id, to_on=clock.today())
    unit.insert(
        Position, contact_id=post.contact_id, enterprise_id=post.enterprise_id, title=title, from_on=clock.today()
    )


def _attach(unit: Unit, book: Book, enterprise: UUID, name: str, content: bytes) -> None:
    sha256, size = stored.store(book.path, book.key, io.BytesIO(content))
    kind = sniffing.media_type(content[: sniffing.HEAD], name)
    unit.insert(Attachment, sha256=sha256, size=size, name=name, kind=kind, on=clock.today(), enterprise_id=enterprise)
