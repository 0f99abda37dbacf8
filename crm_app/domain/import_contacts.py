"""The people a row names: names, posts, phones and mail of its columns put together; nobody's number is lost.

The first is whoever the row is about; what else is declared of a contact is theirs, and further numbers go in the note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from crm_app.domain import import_cells, phones
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_kinds import ALSO, OTHER_PEOPLE
from crm_app.domain.people import is_title
from crm_app.domain.records import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _

_MOBILE = re.compile(r"(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)")
_APART = re.compile(r"[/、,，;；]")
_CALLED = r"[\u4e00-\u9fff]{2,4}(?<![部处處科局办辦室组組])"
_SEVERAL = re.compile(rf"{_CALLED}(?:[/、,，;；]{_CALLED})+")
"""Chinese names and nothing else, in a column that should hold one: 孙某某/李某; 招商部 is nobody's."""
_EXTENSION = re.compile(r"(?<=\d{7})\*(?=\d{1,6}$)")
"""An extension as some write it, 021-60000000*802; a number that is masked has several marks in its midst."""


def gather_people(values: dict[str, Any], reasons: list[str], targets: Sequence[str]) -> None:
    """Put names, titles, phones and mail of a row together as ``contacts``; phones are read here."""
    people: list[Spoken] = list(values.pop("contact.people", ()))
    if "contact.name" in values:
        people = [*_named(values.pop("contact.name")), *people]
    if "contact.phone" in targets:
        # 备用电话 alone says nothing of the number somebody is known by.
        _mobile_first(values)
    titles = values.pop("contact.title", "")
    spare = [person.phone for person in people[1:] if not person.name]
    spare += [number for one in ALSO if one in values for number in values.pop(one).split(_(", "))]
    people = [person for place, person in enumerate(people) if person.name or not place]
    phone = values.pop("contact.phone", "")
    spoken = (Spoken("", "", phone),) if phones.plain_mobile(phone) else import_cells.people_in(phone)
    for place, extra in enumerate(spoken):
        if people and not extra.phone:
            # No number, though it stands where one should: 微信联系 is kept, 138 and abc1 are slips.
            _keep_or_refuse(extra, spare, reasons)
        elif place < len(people) and not people[place].phone:
            people[place] = Spoken(people[place].name, people[place].title, extra.phone)
        elif place >= len(people) and (extra.name or not people):
            people.append(extra)
        else:
            spare.append(extra.phone)
    parted = re.split(r"[、;；\n/]+", titles) if len(people) > 1 else [titles]
    read = []
    for place, person in enumerate(people):
        title = person.title or (parted[place] if len(parted) == len(people) else "")
        contact = {"name": person.name, "title": title.strip() or None, "phone": _phone(person.phone, reasons)}
        read.append({**contact, "email": None, "note": None})
    others = [one for n in OTHER_PEOPLE for one in _other_people(values, n, spare, reasons)]
    if read:
        # Whatever else is declared of a contact belongs to the first who is named.
        for target in [one for one in targets if one.startswith("contact.") and one in values]:
            read[0][target.removeprefix("contact.")] = values.pop(target)
    read += others
    if not read and spare:
        # Nobody is named: whose the first number is can be asked by it.
        number = next((one for one in spare if phones.looks_like(one)), "")
        spare = [one for one in spare if one != number]
        read.append({"name": "", "title": None, "phone": _phone(number, reasons), "email": None, "note": None})
    if read:
        noted = read[0]["note"] or ""
        new = [one for one in spare if one not in noted and "*" not in one]
        read[0]["note"] = "\n".join(filter(None, (_(", ").join(new), noted))) or None
        values["contacts"] = tuple(read)


def _named(name: str) -> Sequence[Spoken]:
    """Return whom a column of names tells: several where it lists them, with the post where that stands beside one."""
    if not _SEVERAL.fullmatch(name):
        return (Spoken(name),)
    listed = _APART.split(name)
    return import_cells.people_in(name) if any(map(is_title, listed)) else tuple(map(Spoken, listed))


def _mobile_first(values: dict[str, Any]) -> None:
    """Let the phone of a row be the mobile one, or the only one, in whichever of its columns it stands."""
    first, also = values.get("contact.phone", ""), values.get("contact_also.phone", "")
    if also and (not first or (_MOBILE.search(_digits(also)) and not _MOBILE.search(_digits(first)))):
        values["contact.phone"] = also
        if first:
            values["contact_also.phone"] = first
        else:
            del values["contact_also.phone"]


def _digits(phone: str) -> str:
    return re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", phone))


def _keep_or_refuse(extra: Spoken, spare: list[str], reasons: list[str]) -> None:
    said = " ".join(part for part in (extra.name, extra.title) if part)
    if re.search(r"\d", said):
        _phone(said, reasons)
    else:
        spare.append(said)


def _other_people(values: dict[str, Any], n: int, spare: list[str], reasons: list[str]) -> list[dict[str, Any]]:
    """Return the people of the columns that are numbered ``n``; a phone or mail without a name is one to ``spare``."""
    people, title, phone, email = (values.pop(f"contact{n}.{one}", "") for one in ("people", "title", "phone", "email"))
    read = [
        {
            "name": one.name,
            "title": one.title or None,
            "phone": _phone(one.phone, reasons),
            "email": None,
            "note": None,
        }
        for one in people or ()
        if one.name
    ]
    if read:
        read[0]["title"] = read[0]["title"] or title.strip() or None
        read[0]["phone"] = read[0]["phone"] or _phone(phone, reasons)
        read[0]["email"] = email or None
    else:
        spare += [*(one.phone for one in people or () if one.phone), *filter(None, (phone, email))]
    return read


def _phone(text: str, reasons: list[str]) -> str | None:
    text = _EXTENSION.sub("转", text)
    if "*" in text:
        # A masked number, as exports write them, says nothing new.
        return None
    try:
        parsed: str | None = RECORDS["contact"].field("phone").kind.parse(text)
    except BadInput as error:
        reasons.append(str(error))
        return None
    return parsed
