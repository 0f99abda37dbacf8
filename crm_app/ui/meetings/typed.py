"""What stands in the form of a meeting, and its day, time and next step as the services take them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time

from crm_app import clock
from crm_app.domain import days, numerals
from crm_app.domain.days import Precision
from crm_app.errors import BadInput
from crm_app.i18n import _

_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|早上|晚)?(?P<hour>\d{1,2})"
    r"(?:[:点时](?P<minute>\d{1,2}|半|一刻|三刻)?分?|(?P<close>\d\d))?(?P<suffix>[ap]m)?",
    re.IGNORECASE,
)
_MINUTES = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
_AFTERNOON = ("下午", "晚上", "晚")
_CHINESE_HOUR = re.compile(r"[零〇一二两三四五六七八九十]+(?=[点时])")


@dataclass(frozen=True)
class TypedMeeting:
    """The fields as they stand in the form; lists are one entry a line. ``chosen`` is a known enterprise's id."""

    enterprise: str = ""
    chosen: str = ""
    on: str = ""
    time: str = ""
    next_step: str = ""


def read_time(text: str) -> str | None:
    """Return a time of day as 09:30 where it can be read (9点半, 930, 下午2点, 2pm), else the words as they are."""
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
    suffix = (match["suffix"] or "").casefold()
    if (match["half"] in _AFTERNOON or suffix == "pm") and hour < 12:
        hour += 12
    elif suffix == "am" and hour == 12:
        hour = 0
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


def check_step(text: str, field: str = "next_step") -> None:
    """Raise BadInput, naming the field, where the day a next step or a promise begins with is none."""
    try:
        days.parse_next_step(text, clock.today())
    except BadInput as error:
        raise BadInput(str(error), field=field) from error


def day_in_words(typed: str) -> str:
    """Return the day a text means, today for none: → 2023年6月12日 周一; empty where it is no day."""
    text, today = typed.strip(), clock.today()
    try:
        read = days.parse_day(text, today) if text else days.FuzzyDay.of(today)
    except BadInput:
        return ""
    if read.precision is not Precision.DAY:
        return f"→ {days.show_day(read)}"
    near = " · " + _("today") if read.first == today else ""
    return f"→ {days.show_whole(read.first)}{near}"
