"""What several use cases write in the same way: an enterprise found or made, a contact with a post, a next step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, cast, func, select

from crm_app import clock
from crm_app.db import enterprises
from crm_app.db.contacts import contacts_at
from crm_app.db.reader import Reader
from crm_app.db.tables import RECORD_TABLES
from crm_app.db.unit import Unit
from crm_app.domain import days, numbering, people, phones
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.projects import Project
from crm_app.domain.staff import CalendarDay, Person, Setting
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.workdays import Calendar
from crm_app.errors import BadInput
from crm_app.i18n import _

ME = "me"


def about(unit: Unit, record_type: type[Enterprise | Project | Trip], row_id: UUID | None) -> None:
    """Say in the label of a unit which enterprise, project or trip it is about; nothing where there is none."""
    found = unit.look_up(record_type, row_id)
    if found is not None:
        unit.about(found.title if isinstance(found, Trip) else found.name)


def calendar(reader: Reader) -> Calendar:
    """Return the working days with the book's own exceptions."""
    return Calendar({day.day: bool(day.works) for day in reader.find(CalendarDay)})


def me(reader: Reader) -> Person | None:
    """Return the colleague the book belongs to."""
    known = reader.find(Setting, key=ME)
    return reader.look_up(Person, UUID(known[0].value)) if known and known[0].value else None


def my_id(reader: Reader) -> UUID | None:
    """Return the id of the colleague the book belongs to."""
    person = me(reader)
    return person.id if person else None


def next_draft_number(unit: Unit, record_type: type[Record], year: int) -> str:
    """Return the next draft number of a year; deleted rows keep theirs, so that none is given twice."""
    table = RECORD_TABLES[record_type.table]
    start = numbering.draft_start(record_type.table, year)
    # “:” follows the digits: a range the index answers, which LIKE would not be.
    inside = table.c.number.between(start, f"{start}:")
    # Read as a number: the ten-thousandth sorts before the second as text, and a person may have written behind it.
    counted = func.max(cast(func.substr(table.c.number, len(start) + 1), Integer))
    last = unit.connection.execute(select(counted).where(inside)).scalar_one()
    return numbering.draft_number(record_type.table, year, (last or 0) + 1)


def _also_called(unit: Unit, name: str) -> list[Enterprise]:
    """Return the one enterprise with this former or other name; a short name two of them share means neither."""
    found = enterprises.by_other_name(unit, name)
    return found if len(found) == 1 else []


def find_or_make_enterprise(unit: Unit, name: str, *, uscc: str | None = None, **values: Any) -> UUID:
    """Return the enterprise of this credit code, of this very name, or alone also called so; made where there is none.

    A credit code not known before is filled in. Raise BadInput where several carry the name: the program does not
    choose for the user.
    """
    coded = enterprises.by_uscc(unit, uscc) if uscc else []
    # Two codes are two enterprises, whatever they are called.
    named = [one for one in enterprises.by_name(unit, name) if not (uscc and one.uscc)]
    known = coded[:1] or named or ([] if uscc else _also_called(unit, name))
    if len(known) > 1:
        raise BadInput(
            _("There are {n} enterprises named “{name}”; choose one of them.").format(n=len(known), name=name),
            field="enterprise_id",
        )
    if not known:
        return unit.insert(Enterprise, name=name, uscc=uscc, category=Category.COMPANY, **values)
    if uscc and known[0].uscc is None:
        unit.update(Enterprise, known[0].id, uscc=uscc)
    return known[0].id


def find_or_make_contact(
    unit: Unit, enterprise_id: UUID, name: str, *, phone: str | None = None, title: str | None = None
) -> UUID:
    """Return the contact of this name at the enterprise, made where there is none; the phone is kept with it."""
    for known in contacts_at(unit, enterprise_id):
        if name in (known.contact.name, known.salutation):
            if phone:
                _keep_phone(unit, known.contact, phones.parse(phone))
            return known.contact.id
    made = unit.insert(Contact, name=name, phone=phone)
    unit.insert(Position, contact_id=made, enterprise_id=enterprise_id, title=title)
    return made


def name_and_title(reader: Reader, enterprise_id: UUID, spoken: str) -> tuple[str, str]:
    """Part “张总 总经理”; a contact who is known there by all of it, or by more of it than the name, is meant."""
    spoken = " ".join(spoken.split())
    known = {one.contact.name for one in contacts_at(reader, enterprise_id)}
    whole = max((name for name in known if f"{spoken} ".startswith(f"{name} ")), key=len, default="")
    return (whole, spoken.removeprefix(whole).strip()) if whole else people.with_post(spoken)


def _keep_phone(unit: Unit, contact: Contact, phone: str) -> None:
    """Fill an unknown phone in; another than the known one is noted, as an import does, for nothing typed is lost."""
    if contact.phone is None:
        unit.update(Contact, contact.id, phone=phone)
    elif contact.phone != phone:
        _add_to_note(unit, contact, phones.show(phone))


def keep_title(unit: Unit, contact_id: UUID, enterprise_id: UUID, title: str) -> None:
    """Fill an unknown title in; another than the one held today is noted."""
    held = next(one for one in contacts_at(unit, enterprise_id) if one.contact.id == contact_id)
    if held.position.title is None:
        unit.update(Position, held.position.id, title=title)
    elif held.position.title != title:
        _add_to_note(unit, held.contact, title)


def _add_to_note(unit: Unit, contact: Contact, text: str) -> None:
    if text not in (contact.note or ""):
        unit.update(Contact, contact.id, note="\n".join(part for part in (contact.note, text) if part))


def next_step(unit: Unit, typed: str, **belongs_to: UUID | None) -> UUID | None:
    """Make the task that “下周三 回访” means; without a day it is due on the next working day.

    ``belongs_to`` names the record it comes from (``enterprise_id``, ``visit_id``, …). None for an empty text.
    """
    if not typed.strip():
        return None
    due, what = days.parse_next_step(typed, clock.today())
    return unit.insert(
        Task,
        what=what or typed.strip(),
        due=due.last if due else next_working_day(unit),
        owner_id=belongs_to.pop("owner_id", None) or my_id(unit),
        **belongs_to,
    )


def next_working_day(reader: Reader) -> date:
    """Return the first working day after today."""
    return calendar(reader).next_workday(clock.today() + timedelta(days=1))
