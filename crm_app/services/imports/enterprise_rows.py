"""What a row says of an enterprise, the people there, and a lead of theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import days, names, numbering, phones
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, Label, NameKind
from crm_app.domain.import_kinds import ID
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.visits import Visit
from crm_app.i18n import _
from crm_app.services.imports import vague
from crm_app.services.imports.belonging import of_day
from crm_app.services.imports.choices import Policy
from crm_app.services.imports.colleague import colleague
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.shelf import Shelf

_DETAILS = frozenset(one.name for one in Enterprise.fields) - {"name", "uscc"}
_OTHER_NAMES = {
    "enterprise.short_name": NameKind.SHORT,
    "enterprise.former_name": NameKind.FORMER,
    "enterprise.alias": NameKind.ALIAS,
}

_MAIL_OR_WECHAT = re.compile(r"[A-Za-z0-9_.@+-]+")


def part(values: Mapping[str, Any], record: str) -> dict[str, Any]:
    """Return the values of one record's declared fields; a draft number is left out, as is the id.

    Two laptops give the same draft numbers to different records (counting rule 10): one says nothing elsewhere.
    """
    said = {name: values[target] for target, name in _of(record, tuple(values))}
    said.pop(ID, None)
    if not numbering.assigned(said.get("number")):
        said.pop("number", None)
    return said


@lru_cache(1024)
def _of(record: str, targets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    prefix = record + "."
    return tuple((target, target.removeprefix(prefix)) for target in targets if target.startswith(prefix))


def find_enterprise(
    shelf: Shelf, notes: Notes, name: str | None, uscc: str | None, row_id: UUID | None = None
) -> Draft | None:
    """Return the enterprise a row means, drafted where there is none; None with the reason in ``notes``.

    The id of a record of the book is that record, whatever it is called now. The same credit code is certain. Else the
    very same name, be it in traditional characters, or one it is also known by, where no two codes contradict. Names
    that only share the matching key, or are merely alike, are never taken for one another: the row is told as a
    possible duplicate, and a new enterprise is made.
    """
    own = shelf.with_id(Enterprise, row_id)
    if own is not None:
        if own.id in (None, row_id):
            put(own, notes, {"name": names.clean(name) if name else None, "uscc": uscc})
        elif name:
            # The row speaks of one that was merged into this: its name is another name here.
            shelf.add_name(own, name, NameKind.ALIAS, notes)
        shelf.learn_code(own)
        return own
    coded = shelf.coded(uscc) if uscc else []
    if coded:
        known = next((one for one in coded if one.get("name") == name), coded[0])
        if name:
            shelf.add_name(known, name, NameKind.ALIAS, notes)
        return known
    if not name:
        unknown = _("No enterprise in the book carries the code {uscc}; give its name.").format(uscc=uscc)
        notes.reasons.append(unknown if uscc else _("The name of the enterprise is missing."))
        return None
    named = _candidates(shelf, name, uscc)
    refuse_ambiguous(shelf, notes, name, uscc)
    if notes.reasons:
        return None
    if named:
        put(named[0], notes, {"uscc": uscc})
        shelf.learn_code(named[0])
        return named[0]
    like = shelf.like(name)
    notes.duplicates += [alike(one.get("name"), one.get("uscc")) for one in like]
    named_so = {one.get("name") for one in like}
    notes.duplicates += [told for known, told in shelf.likely.get(name, ()) if known not in named_so]
    return shelf.make_enterprise(name, uscc, row_id)


def _candidates(shelf: Shelf, name: str, uscc: str | None) -> list[Draft]:
    return [one for one in shelf.named(name) if not (uscc and one.get("uscc"))]


def refuse_ambiguous(shelf: Shelf, notes: Notes, name: str, uscc: str | None) -> None:
    """Note the reason where several enterprises carry the name: the program does not choose for the user."""
    named = _candidates(shelf, name, uscc)
    if len(named) > 1:
        notes.reasons.append(
            _("There are {n} enterprises named “{name}”; give the credit code of the right one.").format(
                n=len(named), name=name
            )
        )


def alike(name: str, uscc: str | None) -> str:
    """Return what tells an enterprise whose name shares the matching key."""
    return f"{name} {uscc}" if uscc else name


def take_enterprise(shelf: Shelf, notes: Notes, row: Parsed) -> tuple[Draft, list[Draft]] | None:
    """Take what a row says of its enterprise and the people there, and return both."""
    values = row.values
    found = find_enterprise(
        shelf, notes, values.get("enterprise.name"), values.get("enterprise.uscc"), values.get("enterprise.id")
    )
    if found is None:
        return None
    take_details(found, notes, values)
    for target, kind in _OTHER_NAMES.items():
        for name in values.get(target, ()):
            shelf.add_name(found, name, kind, notes)
    for honour in values.get("enterprise.honours", ()):
        if all(one.get("honour") != honour for one in shelf.children(Label, "enterprise_id", found)):
            shelf.make(Label, "enterprise_id", enterprise_id=found.reference, honour=honour)
            notes.added.append(honour)
    return found, [take_contact(shelf, notes, found, contact) for contact in values.get("contacts", ())]


def take_details(enterprise: Draft, notes: Notes, values: Mapping[str, Any]) -> None:
    """Say of an enterprise what a row says of it, beside its name and code."""
    put(enterprise, notes, {name: value for name, value in part(values, "enterprise").items() if name in _DETAILS})


def link_parent(shelf: Shelf, notes: Notes, enterprise: Draft, parent: str) -> None:
    """Say whose daughter an enterprise is, once every row was seen; an unknown parent is remarked, not made."""
    known = [one for one in shelf.named(parent) if one is not enterprise]
    if len(known) == 1 and _is_above(shelf, enterprise, known[0]):
        notes.remarks.append(
            _("The parent “{name}” belongs itself to the enterprise; it was left out.").format(name=parent)
        )
    elif len(known) == 1:
        put(enterprise, notes, {"parent_id": known[0].reference})
    else:
        notes.remarks.append(_("The parent “{name}” is not in the book; it was left out.").format(name=parent))


def _is_above(shelf: Shelf, enterprise: Draft, other: Draft | None) -> bool:
    """Say whether an enterprise stands above another, by what the book and the rows say."""
    seen: list[Draft] = []
    while other is not None and other not in seen:
        if other is enterprise:
            return True
        seen.append(other)
        other = shelf.above(other)
    return False


def _is_person(known: Draft, name: str, phone: str | None) -> bool:
    """Say whether a contact has a name, or the same one in traditional characters together with a phone."""
    if known.get("name") == name:
        return True
    return phone is not None and known.get("phone") == phone and names.folded(known.get("name")) == names.folded(name)


def take_contact(
    shelf: Shelf, notes: Notes, enterprise: Draft, said: Mapping[str, Any], row_id: UUID | None = None
) -> Draft:
    """Take a person of an enterprise: found by name among those there, else made with the post."""
    name = names.clean(said["name"] or _("(name unknown)"))
    details = {key: value for key, value in said.items() if key not in ("name", "title")}
    for post in shelf.children(Position, "enterprise_id", enterprise):
        known = shelf.draft_of(post.get("contact_id"))
        if post.get("to_on") is None and _is_person(known, name, details.get("phone")):
            put(known, notes, beside_noted(known, details))
            _take_title(shelf, notes, post, said.get("title"))
            return known
    made = shelf.make(Contact, row_id=row_id, name=name, **details)
    shelf.make(
        Position,
        "enterprise_id",
        contact_id=made.reference,
        enterprise_id=enterprise.reference,
        title=said.get("title"),
    )
    notes.added.append(name)
    return made


def beside_noted(known: Draft, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a known person: further numbers and mails go below the note, never in its place."""
    held, lines = known.get("note") or "", (said.get("note") or "").splitlines()
    missing = [line for line in lines if line not in held]
    if not missing:
        return {**said, "note": None}
    parts = [part.strip() for line in missing for part in re.split(r"[,，、;；]", line)]
    further = all(phones.looks_like(part) or _MAIL_OR_WECHAT.fullmatch(part) for part in parts)
    return {**said, "note": "\n".join((held, *missing)) if held and further else said["note"]}


def _take_title(shelf: Shelf, notes: Notes, post: Draft, title: str | None) -> None:
    """Note a title; another one than the post in the book has opens a new post, for earlier visits keep the old."""
    held = post.get("title")
    theirs = notes.choices.policy_of("position.title") is Policy.TAKE
    if theirs and title and held and title != held and not post.ours and "title" not in post.claimed:
        put(post, notes, {"to_on": clock.today()})
        post.claimed.add("title")
        shelf.make(
            Position,
            "enterprise_id",
            contact_id=post.get("contact_id"),
            enterprise_id=post.get("enterprise_id"),
            title=title,
            from_on=clock.today(),
        )
    else:
        put(post, notes, {"title": title})


def take_enterprise_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of an enterprises' ledger; what it says of intended investment becomes a lead."""
    taken = take_enterprise(shelf, notes, row)
    if taken is None:
        return
    enterprise, contacts = taken
    notes.title = enterprise.get("name")
    notes.made = enterprise.id is None and "seen" not in enterprise.claimed
    enterprise.claimed.add("seen")
    if part(row.values, "lead"):
        _take_lead(shelf, notes, enterprise, contacts, row)


def take_lead_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a leads' ledger: the enterprise is found or made, the lead always is."""
    taken = take_enterprise(shelf, notes, row)
    if taken is not None:
        notes.title = taken[0].get("name")
        notes.made = _take_lead(shelf, notes, *taken, row)


def _take_lead(shelf: Shelf, notes: Notes, enterprise: Draft, contacts: list[Draft], row: Parsed) -> bool:
    """Take a lead and say whether it is a new one."""
    said = part(row.values, "lead")
    for role in ("owner", "first_reporter"):
        if said.get(role):
            said[f"{role}_id"] = colleague(shelf, notes, said[role])
        said.pop(role, None)
    said["visit_id"] = of_day(shelf, notes, Visit, enterprise, said.pop("visit", ""))
    known = shelf.children(Lead, "enterprise_id", enterprise)
    _take_month(notes, known, said)
    row_id = row.values.get("lead.id")
    own = shelf.with_id(Lead, row_id)
    if own is not None:
        _keep_reporter(own, said)
        put(own, notes, {"enterprise_id": enterprise.reference, **said})
        own.claimed.add("row")
        return False
    fitting = next((lead for lead in known if fits(lead, said)), None)
    if fitting is not None:
        fitting.claimed.add("row")
        return False
    found = next((lead for lead in known if "row" not in lead.claimed and _may_be(lead, said)), None)
    if found is not None:
        _keep_reporter(found, said)
        if said.get("registered_on") and not said.get("note") and _was_of_the_month(found, said):
            month = days.month_of(said["registered_on"].year, said["registered_on"].month)
            said["note"] = vague.now_known(month, found.get("note"))
        put(found, notes, said)
        found.claimed.add("row")
        return False
    name = enterprise.get("name")
    said.setdefault("title", f"{name} {said['content']}" if said.get("content") else name)
    said.setdefault("triage", Triage.FOLLOW)
    for role in ("owner_id", "first_reporter_id"):
        said.setdefault(role, shelf.me)
    if contacts:
        said["contact_id"] = contacts[0].reference
    made = shelf.make(Lead, "enterprise_id", row_id=row_id, enterprise_id=enterprise.reference, **said)
    made.claimed.add("row")
    notes.added.append(_("Lead"))
    return True


def _take_month(notes: Notes, known: list[Draft], said: dict[str, Any]) -> None:
    """Date a lead of which the ledger knows the month alone, as the book does where that has a day in it."""
    span = said.pop("registered_in", None)
    if span is None:
        return
    within = next((one for one in known if (day := one.get("registered_on")) and span.touches(day, day)), None)
    said["registered_on"] = within.get("registered_on") if within else vague.dated(notes, span, by_today=True)
    if within is None or vague.only_known(span, within.get("note")):
        said["note"] = vague.as_known(span, said.get("note"))


def _keep_reporter(lead: Draft, said: dict[str, Any]) -> None:
    """Leave out of ``said`` who reported first, where that is known: it is never rewritten."""
    if lead.get("first_reporter_id"):
        said.pop("first_reporter_id", None)


def _may_be(lead: Draft, said: Mapping[str, Any]) -> bool:
    """Say whether a known lead may be the one a row means: the same number, else no other day of registering."""
    if said.get("number") and lead.get("number"):
        return bool(said["number"] == lead.get("number"))
    known = (lead.get("registered_on"), said.get("registered_on"))
    return None in known or known[0] == known[1] or _was_of_the_month(lead, said)


def _was_of_the_month(lead: Draft, said: Mapping[str, Any]) -> bool:
    """Say whether the book knows of a lead no more than the month of the day that a row tells."""
    day = said["registered_on"]
    return vague.only_known(days.month_of(day.year, day.month), lead.get("note"))
