"""What stands in the form of a reception, and what the services are asked for by it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.domain import days
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.receptions import Receive, ReceptionSheet
from crm_app.ui.meetings.typed import TypedMeeting, check_step, read_exact_day, read_time


@dataclass(frozen=True)
class TypedReception(TypedMeeting):
    """The fields of the form of a reception; asks and promises are one a line."""

    guests: str = ""
    hosts: str = ""
    sites: str = ""
    result: str = ""
    asks: str = ""
    promises: str = ""


def of_sheet(sheet: ReceptionSheet) -> TypedReception:
    """Return a reception as the form opens with it; what was asked and promised stands in its result."""
    known = sheet.reception
    return TypedReception(
        enterprise=sheet.enterprise.name if sheet.enterprise else "",
        chosen=str(sheet.enterprise.id) if sheet.enterprise else "",
        guests=known.guests,
        on=days.show_short(known.on),
        time=known.time or "",
        hosts="\n".join(str(one.id) for one in sheet.hosts),
        sites="\n".join(known.sites or ()),
        result=known.result or "",
    )


def read(typed: TypedReception) -> Receive:
    """Return what is asked of the services; raise BadInput naming the field."""
    if not typed.enterprise.strip() and not typed.guests.strip():
        raise BadInput(_("Please say who came: the enterprise, or the guests."), field="name")
    promises = _lines(typed.promises)
    for promise in promises:
        check_step(promise, "promises")
    check_step(typed.next_step)
    return Receive(
        name=typed.enterprise.strip(),
        enterprise_id=UUID(typed.chosen) if typed.chosen else None,
        guests=typed.guests.strip(),
        on=read_exact_day(typed.on),
        time=read_time(typed.time),
        hosts=tuple(UUID(one) for one in typed.hosts.splitlines()),
        sites=_lines(typed.sites),
        result=typed.result.strip(),
        asks=_lines(typed.asks),
        promises=promises,
        next_step=typed.next_step,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
