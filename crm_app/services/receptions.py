"""Receptions (接待): an enterprise that comes to the district, logged with who received it and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import attached, meeting_writing, visits, writing
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain import days
from crm_app.domain.attachments import NewFile
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import OTHER_NEED, Need
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception, ReceptionPerson
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class Receive:
    """What the form of a reception asks.

    ``hosts``: who of us received them, the first is the host; ``asks`` and ``promises`` are added to the enterprise's,
    a promise beginning with its day (“下周五 回复电价”), and told in ``result``. Without ``guests`` the enterprise
    stands for them.
    """

    name: str = ""
    enterprise_id: UUID | None = None
    guests: str = ""
    on: date | None = None
    time: str | None = None
    hosts: tuple[UUID, ...] = ()
    sites: tuple[str, ...] = ()
    result: str = ""
    asks: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    next_step: str = ""


@dataclass(frozen=True)
class ReceptionSheet:
    """A reception with its enterprise, who of us was there (its host first, where it has one) and its next steps."""

    reception: Reception
    enterprise: Enterprise | None
    hosts: list[Person]
    tasks: list[tuple[Task, Person | None]]


def receive(book: Book, asked: Receive, files: Sequence[NewFile] = ()) -> Outcome[UUID]:
    """Log a reception; its next step becomes a task, what they ask and what is promised stand with the enterprise.

    ``files`` are kept with it in the same unit.

    Raise BadInput where nobody is named, for a day in the future and for an ambiguous name.
    """
    with book.unit(_("Log a reception")) as unit:
        values = _values(unit, asked)
        _check_day(values["on"])
        made = unit.insert(Reception, **values)
        _tell(unit, values)
        _add(unit, made, asked, values)
        attached.add(unit, files, values["on"], reception_id=made)
        return Outcome(unit.commit(), made)


def change_reception(book: Book, reception_id: UUID, asked: Receive, files: Sequence[NewFile] = ()) -> Outcome[UUID]:
    """Correct a reception, logged or imported; asks, promises, the next step and files come in addition."""
    with book.unit(_("Change a reception")) as unit:
        before = unit.get(Reception, reception_id)
        values = _values(unit, asked)
        if list(asked.hosts) == _present(unit, before):
            # A ledger may say who was there and not who received them: nobody of these becomes the host by itself.
            values["host_id"] = before.host_id
        if values["on"] != before.on:
            _check_day(values["on"])
            meeting_writing.move_files(unit, before.on, values["on"], reception_id=reception_id)
        unit.update(Reception, reception_id, **values)
        _tell(unit, values)
        _add(unit, reception_id, asked, values)
        attached.add(unit, files, values["on"], reception_id=reception_id)
        return Outcome(unit.commit(), reception_id)


def reception_sheet(book: Book, reception_id: UUID) -> ReceptionSheet:
    """Return a reception with what belongs to it; raise NotFound."""
    with book.read() as reader:
        reception = reader.get(Reception, reception_id)
        present = _present(reader, reception)
        people = reader.get_many(Person, present)
        return ReceptionSheet(
            reception,
            reader.look_up(Enterprise, reception.enterprise_id),
            [people[one] for one in present],
            visits.steps(reader, reception_id=reception_id),
        )


def _present(reader: Reader, reception: Reception) -> list[UUID]:
    """Return who of us was there, each once, the host first."""
    ours = reader.find(ReceptionPerson, reception_id=reception.id, order_by=("id",))
    present = dict.fromkeys((reception.host_id, *(one.person_id for one in ours)))
    return [one for one in present if one]


def _tell(unit: Unit, values: Mapping[str, Any]) -> None:
    """Say in the label who came: the guests as they are called, else their enterprise."""
    if values.get("guests"):
        unit.about(values["guests"])
    else:
        writing.about(unit, Enterprise, values.get("enterprise_id"))


def _values(unit: Unit, asked: Receive) -> dict[str, Any]:
    enterprise = asked.enterprise_id
    if enterprise is None and asked.name:
        enterprise = writing.find_or_make_enterprise(unit, asked.name)
    guests = asked.guests.strip()
    if not guests and enterprise is not None:
        guests = unit.get(Enterprise, enterprise).name
    if not guests:
        raise BadInput(_("Please say who came: the enterprise, or the guests."), field="name")
    return {
        "guests": guests,
        "on": asked.on or clock.today(),
        "time": asked.time,
        "enterprise_id": enterprise,
        "host_id": asked.hosts[0] if asked.hosts else None,
        "sites": asked.sites or None,
        "result": _told(asked) or None,
    }


def _check_day(on: date) -> None:
    if on > clock.today():
        raise BadInput(
            _("A reception cannot lie in the future; note a next step for it, and log it once they were here."),
            field="on",
        )


def _told(asked: Receive) -> str:
    """Return the result with a line each for what they ask and what is promised."""
    lines = [asked.result.strip()]
    if asked.asks:
        lines.append(_("They ask: {asks}").format(asks="；".join(asked.asks)))
    if asked.promises:
        told = (_("{what} (by {day})").format(what=what, day=day) if day else what for what, day in _promised(asked))
        lines.append(_("Promised: {promises}").format(promises="；".join(told)))
    return "\n".join(line for line in lines if line)


def _add(unit: Unit, reception: UUID, asked: Receive, values: dict[str, Any]) -> None:
    """Add who else was there and the next step; asks and promises to the enterprise, where one is named."""
    meeting_writing.replace_ours(
        unit, ReceptionPerson, reception, [one for one in asked.hosts if one != values["host_id"]]
    )
    enterprise = values["enterprise_id"]
    writing.next_step(unit, asked.next_step, enterprise_id=enterprise, reception_id=reception)
    if enterprise is None:
        return
    for ask in asked.asks:
        unit.insert(Need, kind=OTHER_NEED, text=ask, enterprise_id=enterprise)
    for what, due in _promised(asked):
        unit.insert(Need, kind=OTHER_NEED, text=what, enterprise_id=enterprise, due=due, promised_on=values["on"])


def _promised(asked: Receive) -> Iterator[tuple[str, date | None]]:
    """Yield what is promised and until when; raise BadInput for a day that is none."""
    for promise in asked.promises:
        due, what = days.parse_next_step(promise, clock.today())
        yield what or promise, due.last if due else None
