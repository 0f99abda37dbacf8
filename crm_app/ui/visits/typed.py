"""What was typed into the visit form, read into what the services ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import days, numerals, phones, uscc
from crm_app.domain.days import Precision
from crm_app.domain.visits import Intent, VisitMode
from crm_app.errors import BadInput
from crm_app.i18n import _

_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|早上|晚)?(?P<hour>\d{1,2})"
    r"(?:[:点时](?P<minute>\d{1,2}|半|一刻|三刻)?分?|(?P<close>\d\d))?"
)
_MINUTES = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
_AFTERNOON = ("下午", "晚上", "晚")
_CHINESE_HOUR = re.compile(r"[零〇一二两三四五六七八九十]+(?=[点时])")


@dataclass(frozen=True)
class TypedVisit:
    """The fields as they stand in the form; lists are one entry a line. ``chosen`` is a known enterprise's id."""

    enterprise: str = ""
    chosen: str = ""
    on: str = ""
    time: str = ""
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
    next_step: str = ""


def read_time(text: str) -> str | None:
    """Return a time of day as 09:30 where it can be read (9点半, 930, 下午2点), else the words as they are (上午)."""
    body = unicodedata.normalize("NFKC", text).replace(" ", "")
    body = _CHINESE_HOUR.sub(lambda match: str(numerals.read(match[0]) or match[0]), body)
    match = _CLOCK.fullmatch(body)
    if not body or match is None:
        return text.strip() or None
    spoken = match["minute"]
    minute = _MINUTES[spoken] if spoken in _MINUTES else int(spoken)
    if match["close"]:
        minute = int(match["close"])
    hour = int(match["hour"])
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return text.strip()
    return f"{time(hour, minute):%H:%M}"


def read_exact_day(text: str) -> date:
    """Return the exact day that was typed, today for nothing; raise BadInput for what is none."""
    if not text.strip():
        return clock.today()
    try:
        read = days.parse_day(text, clock.today())
    except BadInput as error:
        raise BadInput(str(error), field="on") from error
    if read.precision is not Precision.DAY:
        raise BadInput(_("Please give the exact day, such as 2023-06-30."), field="on")
    return read.first


def read_day(text: str) -> date:
    """Return the day of a visit; raise BadInput for what is no exact day or lies ahead."""
    day = read_exact_day(text)
    if day > clock.today():
        raise BadInput(_("A visit cannot lie in the future; plan it under its trip instead."), field="on")
    return day


def read_fields(typed: TypedVisit) -> dict[str, Any]:
    """Return the fields that a new and a corrected visit share; raise BadInput naming the field."""
    try:
        days.parse_next_step(typed.next_step, clock.today())
    except BadInput as error:
        raise BadInput(str(error), field="next_step") from error
    return {
        "on": read_day(typed.on),
        "time": read_time(typed.time),
        "trip_id": UUID(typed.trip) if typed.trip else None,
        "mode": VisitMode.ONLINE if typed.online else VisitMode.FACE_TO_FACE,
        "place": typed.place.strip() or None,
        "our_people": tuple(UUID(one) for one in typed.ours.splitlines()),
        "their_people": tuple(typed.theirs.splitlines()),
        "talk": typed.talk.strip() or None,
        "asks": typed.asks.strip() or None,
        "consensus": typed.consensus.strip() or None,
        "intent": Intent(typed.intent) if typed.intent else None,
        "raw": typed.raw.strip() or None,
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
