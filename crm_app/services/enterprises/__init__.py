"""Enterprises: found, listed, made, changed; one page with everything known and one timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import enterprises as reads
from crm_app.db import families, merging, search, writing
from crm_app.db.book import Book
from crm_app.db.contacts import ContactAt
from crm_app.db.enterprises import Related
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain import phones, uscc
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Need
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception, Visit
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _
from crm_app.services.enterprises.page import EnterprisePage, enterprise_page
from crm_app.services.enterprises.timeline import TimelineEntry
from crm_app.services.outcome import Outcome

__all__ = ["ContactAt", "EnterprisePage", "Related", "TimelineEntry", "enterprise_page"]

_MOST_SUGGESTED = 8


def all_enterprises(book: Book) -> list[Enterprise]:
    """Return every enterprise by its name's pinyin: for ledgers and exports."""
    with book.read() as reader:
        return reader.find(Enterprise, order_by=("pinyin",))


@dataclass(frozen=True)
class Match:
    """An enterprise that may be the one being typed; ``why``: same_name, same_key, same_uscc, same_phone, search."""

    enterprise: Enterprise
    why: str


def suggest(book: Book, typed: str) -> list[Match]:
    """Return the enterprises the typed name, initials, credit code or phone may mean, surest first."""
    text = typed.strip()
    if not text:
        return []
    found: dict[UUID, Match] = {}
    with book.read() as reader:
        if uscc.looks_like(text):
            for enterprise in _by_uscc(reader, text):
                found.setdefault(enterprise.id, Match(enterprise, "same_uscc"))
        if phones.looks_like(text):
            for enterprise in _by_phone(reader, text):
                found.setdefault(enterprise.id, Match(enterprise, "same_phone"))
        for enterprise in reads.by_name(reader, text):
            found.setdefault(enterprise.id, Match(enterprise, "same_name"))
        for enterprise in reads.by_key(reader, text):
            found.setdefault(enterprise.id, Match(enterprise, "same_key"))
        for hit in search.find(reader, text, table="enterprise", limit=_MOST_SUGGESTED):
            found.setdefault(hit.id, Match(reader.get(Enterprise, hit.id), "search"))
    return list(found.values())[:_MOST_SUGGESTED]


def _by_uscc(reader: Reader, text: str) -> list[Enterprise]:
    try:
        return reads.by_uscc(reader, uscc.normalize(text))
    except BadInput:
        # A slip in the code: it is told when the form is saved, and nothing is known by it.
        return []


def _by_phone(reader: Reader, text: str) -> list[Enterprise]:
    contacts = reader.find(Contact, phone=phones.parse(text))
    posts = [post for contact in contacts for post in reader.find(Position, contact_id=contact.id)]
    known = reader.get_many(Enterprise, [post.enterprise_id for post in posts])
    # The contact of a deleted enterprise keeps the post there.
    found = (known[post.enterprise_id] for post in posts)
    return [enterprise for enterprise in found if enterprise.deleted_at is None]


def create_enterprise(book: Book, **values: Any) -> Outcome[UUID]:
    """Make an enterprise; only the name is required."""
    with book.unit(_("New enterprise: {name}").format(name=values.get("name") or "")) as unit:
        made = unit.insert(Enterprise, **{"category": Category.COMPANY, **values})
        return Outcome(unit.commit(), made)


def change_enterprise(book: Book, enterprise_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields; a new name keeps the former one with its last day.

    Raise BadInput for a parent that is the enterprise itself, or below it.
    """
    with book.unit(_("Change an enterprise")) as unit:
        known = unit.get(Enterprise, enterprise_id)
        unit.about(known.name)
        _change(unit, known, values)
        return Outcome(unit.commit(), None)


class ChangedMeanwhile(Refused):
    """A fact is not any more what it was when typing began; ``held`` is what it is now."""

    def __init__(self, sentence: str, held: Any) -> None:
        super().__init__(sentence)
        self.held = held


def change_fact(book: Book, enterprise_id: UUID, name: str, value: Any, *, before: Any) -> Outcome[None]:
    """Change one field that held ``before`` when typing began.

    Raise ChangedMeanwhile where it holds something else by now: nobody's value is overwritten unseen.
    """
    field = Enterprise.field(name)
    with book.unit(_("Change: {field}").format(field=field.title)) as unit:
        known = unit.get(Enterprise, enterprise_id)
        held = getattr(known, name)
        if held not in (before, value):
            told = reads.fact_in_words(unit, known, name) or _("(empty)")
            raise ChangedMeanwhile(
                _("Changed elsewhere meanwhile: it is “{value}” now. Enter replaces that, Esc keeps it.").format(
                    value=told
                ),
                held,
            )
        _change(unit, known, {name: value})
        unit.about(unit.get(Enterprise, enterprise_id).name)
        return Outcome(unit.commit(), None)


def _change(unit: Unit, before: Enterprise, values: Mapping[str, Any]) -> None:
    parent = values.get("parent_id")
    if parent is not None and parent != before.parent_id and families.leads_to(unit, parent, [before.id]):
        raise BadInput(
            _("“{parent}” is “{name}” itself or belongs to it. Choose another parent or group, or none.").format(
                parent=unit.get(Enterprise, parent).name, name=before.name
            ),
            field="parent_id",
        )
    unit.update(Enterprise, before.id, **values)
    if values.get("name") and values["name"] != before.name:
        unit.insert(
            EnterpriseName,
            enterprise_id=before.id,
            name=before.name,
            kind=NameKind.FORMER,
            to_on=clock.today(),
        )


def add_name(book: Book, enterprise_id: UUID, name: str, kind: NameKind) -> Outcome[UUID]:
    """Add a former name, short name or alias, by which the enterprise is found from now on."""
    with book.unit(_("Add another name")) as unit:
        unit.about(name)
        made = unit.insert(EnterpriseName, enterprise_id=enterprise_id, name=name, kind=kind)
        return Outcome(unit.commit(), made)


def add_label(book: Book, enterprise_id: UUID, **values: Any) -> Outcome[UUID]:
    """Add an honour with its issuer and year."""
    with book.unit(_("Add an honour")) as unit:
        writing.about(unit, Enterprise, enterprise_id)
        made = unit.insert(Label, enterprise_id=enterprise_id, **values)
        return Outcome(unit.commit(), made)


def change_label(book: Book, label_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields of an honour."""
    with book.unit(_("Change an honour")) as unit:
        writing.about(unit, Enterprise, unit.get(Label, label_id).enterprise_id)
        unit.update(Label, label_id, **values)
        return Outcome(unit.commit(), None)


def remove(book: Book, record: EnterpriseName | Label) -> Outcome[None]:
    """Take another name or an honour away; undo brings it back."""
    with book.unit(_("Remove: {name}").format(name=_(record.label))) as unit:
        unit.delete(type(record), record.id)
        return Outcome(unit.commit(), None)


def add_contact(book: Book, enterprise_id: UUID, *, title: str | None = None, **values: Any) -> Outcome[UUID]:
    """Add a contact with the post held at the enterprise."""
    with book.unit(_("Add a contact")) as unit:
        made = unit.insert(Contact, **values)
        unit.about(values.get("name"))
        unit.insert(Position, contact_id=made, enterprise_id=enterprise_id, title=title, from_on=clock.today())
        return Outcome(unit.commit(), made)


def change_contact_at(book: Book, position_id: UUID, **values: Any) -> Outcome[None]:
    """Change a contact as an enterprise's page shows it; another ``title`` closes the post and opens a new one."""
    with book.unit(_("Change a contact")) as unit:
        post = unit.get(Position, position_id)
        if "title" in values:
            _move_to(unit, post, values.pop("title"))
        if values:
            unit.update(Contact, post.contact_id, **values)
        unit.about(unit.get(Contact, post.contact_id).name)
        return Outcome(unit.commit(), None)


def _move_to(unit: Unit, old: Position, title: str | None) -> None:
    unit.update(Position, old.id, to_on=clock.today())
    unit.insert(
        Position,
        contact_id=old.contact_id,
        enterprise_id=old.enterprise_id,
        title=title,
        from_on=clock.today(),
        main=old.main,
    )


def set_main_contact(book: Book, position_id: UUID, main: bool = True) -> Outcome[None]:
    """Make a post's holder the enterprise's main contact, of which there is one; or no longer."""
    with book.unit(_("Set the main contact")) as unit:
        post = unit.get(Position, position_id)
        unit.about(unit.get(Contact, post.contact_id).name)
        for one in unit.find(Position, enterprise_id=post.enterprise_id):
            wanted = main and one.id == post.id
            if bool(one.main) != wanted:
                unit.update(Position, one.id, main=wanted or None)
        return Outcome(unit.commit(), None)


def end_post(book: Book, position_id: UUID) -> Outcome[None]:
    """Close a post today: the person left; earlier visits keep the title held then."""
    with book.unit(_("End a post")) as unit:
        unit.about(unit.get(Contact, unit.get(Position, position_id).contact_id).name)
        unit.update(Position, position_id, to_on=clock.today())
        return Outcome(unit.commit(), None)


def enterprise_of(book: Book, record_id: UUID) -> UUID | None:
    """Return the enterprise a record belongs to: itself, a contact's present one, a follow-up's, a visit's; or None.

    Of a record that was merged it is that of the one it went into.
    """
    with book.read() as reader:
        if reader.look_up(Enterprise, record_id) is not None:
            return merging.survivor(reader, "enterprise", record_id)
        record_id = merging.survivor(reader, "contact", record_id)
        posts = reader.find(Position, contact_id=record_id, order_by=("-id",))
        for post in sorted(posts, key=lambda one: one.to_on is not None):
            return post.enterprise_id
        kinds: tuple[type[Any], ...] = (FollowUp, Visit, Reception, Lead, Label, Need, Task)
        for kind in kinds:
            found = reader.look_up(kind, record_id)
            if found is not None:
                owner: UUID | None = found.enterprise_id
                return owner
    return None
