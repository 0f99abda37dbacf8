"""What stands in the visit form, of a visit and as the services ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import days, phones, uscc
from crm_app.domain.visits import Intent, VisitMode
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.visits import VisitSheet
from crm_app.ui.meetings.typed import TypedMeeting, check_step, read_exact_day, read_time


@dataclass(frozen=True)
class TypedVisit(TypedMeeting):
    """The fields of the form of a visit; ``theirs`` are names or forms of address, “张总 总经理”."""

    place: str = ""
    trip: str = ""
    online: str = ""
    ours: str = ""
    theirs: str = ""
    raw: str = ""
    talk: str = ""
    asks: str = ""
    consensus: str = ""
    intent: str = ""


_TEXTS = ("place", "raw", "talk", "asks", "consensus")
"""Fields that are kept as they are typed."""


def of_sheet(sheet: VisitSheet) -> TypedVisit:
    """Return a visit as the form opens with it: a field that were left out would be emptied by the next correction."""
    visit = sheet.visit
    return TypedVisit(
        **{name: getattr(visit, name) or "" for name in _TEXTS},
        enterprise=sheet.enterprise.name,
        chosen=str(sheet.enterprise.id),
        on=days.show_short(visit.on),
        time=visit.time or "",
        trip=str(visit.trip_id or ""),
        online="1" if visit.mode is VisitMode.ONLINE else "",
        ours="\n".join(str(one.id) for one in sheet.our_people),
        theirs="\n".join(contact.name for contact, _title in sheet.their_people),
        intent=visit.intent.value if visit.intent else "",
    )


def read_day(text: str) -> date:
    """Return the day of a visit; raise BadInput for what is no exact day or lies ahead."""
    day = read_exact_day(text)
    if day > clock.today():
        raise BadInput(_("A visit cannot lie in the future; plan it under its trip instead."), field="on")
    return day


def read_fields(typed: TypedVisit) -> dict[str, Any]:
    """Return the fields that a new and a corrected visit share; raise BadInput naming the field."""
    check_step(typed.next_step)
    return {
        **{name: getattr(typed, name).strip() or None for name in _TEXTS},
        "on": read_day(typed.on),
        "time": read_time(typed.time),
        "trip_id": UUID(typed.trip) if typed.trip else None,
        "mode": VisitMode.ONLINE if typed.online else VisitMode.FACE_TO_FACE,
        "our_people": tuple(UUID(one) for one in typed.ours.splitlines()),
        "their_people": tuple(typed.theirs.splitlines()),
        "intent": Intent(typed.intent) if typed.intent else None,
        "next_step": typed.next_step,
    }


def read_enterprise(typed: TypedVisit) -> dict[str, Any]:
    """Return whom the visit is to; raise BadInput where nobody is named, or only by a number nobody has."""
    name = typed.enterprise.strip()
    if typed.chosen:
        return {"enterprise_id": UUID(typed.chosen), "name": name}
    if not name:
        raise BadInput(_("Please name the enterprise."), field="name")
    if uscc.looks_like(name) or phones.looks_like(name):
        raise BadInput(_("No enterprise with this number is known yet; please type its name."), field="name")
    return {"name": name}
