"""The time of day a sentence names: “下周三 14:30 回访”, “下午三点半 见张总”, “3pm call”.

Only what is clearly a time is read: “提3点要求” and “9点建议” name none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from crm_app.domain import numerals

_HOUR = r"(?P<hour>\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_PART = r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|夜里)"
_PAST = r"(?:(?P<half>半)|(?P<quarter>[一三])刻|整|(?P<minute>\d{1,2}|[零〇一二三四五六七八九十]{1,3})分)"
_END = r"(?=$|[\s,，、。;；:：)）前后到至])"
_FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_PART}?\s*(?<![\d:.-])(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?![\d:])\s*(?P<half>)(?P<quarter>)"
        r"(?P<suffix>[ap]m\b)?",
        rf"{_PART}\s*{_HOUR}\s*[点时](?:{_PAST})?",
        rf"(?<![\d第.]){_HOUR}\s*[点时]{_PAST}",
        rf"(?:^|(?<=[\s,，])){_HOUR}点(?P<half>)(?P<quarter>)(?P<minute>){_END}",
        r"(?<![\d:.])(?P<hour>\d{1,2})\s*(?P<suffix>[ap]m)\b",
    )
)
_AFTER_NOON = ("下午", "傍晚", "晚上", "今晚", "夜里")
_FIRST_BY_DAY = 7
"""Three o'clock without a word is the afternoon's: nobody calls an enterprise before seven."""


def time_in(text: str) -> time | None:
    """Return the earliest time of day a sentence names; None where it names none.

    An hour from one to six without a part of the day is the afternoon's, unless written with a leading zero.
    """
    folded = unicodedata.normalize("NFKC", text)
    found = sorted((match.start(), -match.end(), place, match) for place, form in enumerate(_FORMS)
                   for match in form.finditer(folded))  # fmt: skip
    return next((read for *_order, match in found if (read := _read(match)) is not None), None)


def _read(match: re.Match[str]) -> time | None:
    groups = match.groupdict()
    hour = numerals.read(groups["hour"])
    minute = numerals.read(groups["minute"]) if groups.get("minute") else 0
    if groups.get("half"):
        minute = 30
    elif groups.get("quarter"):
        minute = 15 if groups["quarter"] == "一" else 45
    if hour is None or minute is None:
        return None
    whole = _by_day(int(hour), groups)
    return time(whole, int(minute)) if whole < 24 and minute < 60 else None


def _by_day(hour: int, groups: dict[str, str | None]) -> int:
    """Return the hour of 24 that is meant."""
    part, suffix = groups.get("part"), (groups.get("suffix") or "").casefold()
    if hour > 12 or (groups["hour"] or "").startswith("0"):
        return hour
    if part in _AFTER_NOON or suffix == "pm" or (part == "中午" and hour < 11):
        return hour % 12 + 12 if not (part in ("晚上", "今晚", "夜里") and hour == 12) else 24
    if part or suffix:
        return hour % 12 if suffix == "am" else hour
    return hour + 12 if 0 < hour < _FIRST_BY_DAY else hour
