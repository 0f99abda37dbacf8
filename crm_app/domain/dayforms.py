"""The forms in which a date is typed: each is one pattern with one function that reads what the pattern met."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from crm_app.domain import numerals, spans
from crm_app.domain.spans import FuzzyDay, Precision
from crm_app.errors import BadInput
from crm_app.i18n import _

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NEAR = timedelta(days=270)
"""A day without a year lies in this year, unless that is nine months off: 1月5日 typed in December is next January."""

_N = r"(?:\d{1,3}|[零〇一二三四五六七八九十两]{1,3})"
_YEAR = (
    r"(?:(?P<year>(?:19|20|21)?\d\d|[零〇一二三四五六七八九]{4})\s*年度?"
    r"|(?P<yearword>今年|本年度?|去年|上年|明年|后年|前年))的?\s*"
)
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月份?"
_THIRD = r"(?P<third>上旬|初|中旬|中|下旬|底|末)"
_WEEKDAY = r"(?P<weekday>[一二三四五六日天末1-7])"
_E_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _ENGLISH_MONTHS) + r")\.?"
_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "明": 1, "后": 2, "前": -2}
_THIRDS = {"上": 1, "初": 1, "中": 2, "下": 3, "底": 3, "末": 3, "early": 1, "mid": 2, "late": 3}
_DAYS = {"今": 0, "明": 1, "后": 2, "大": 3, "昨": -1, "前": -2, "today": 0, "tomorrow": 1, "yesterday": -1}
_STEPS = {"上上": -2, "上": -1, "下": 1, "下下": 2, "last": -1, "next": 1}


@dataclass(frozen=True)
class Reader:
    """One match, read against ``today``; ``ahead`` turns what has no year or week to the future."""

    match: re.Match[str]
    today: date
    ahead: bool

    def number(self, name: str) -> int:
        """Return a group that holds digits or Chinese numerals."""
        value = numerals.read(self.match[name])
        if value is None:
            raise ValueError(self.match[name])
        return int(value)

    def choose(self, build: Callable[[int], FuzzyDay]) -> FuzzyDay:
        """Return the span in the year that was written, or else in the one that is meant."""
        groups = self.match.groupdict()
        if groups.get("year"):
            digits = "".join(str(numerals.DIGITS.get(c, c)) for c in groups["year"])
            return build(int(digits) if len(digits) == 4 else 2000 + int(digits))
        if groups.get("yearword"):
            return build(self.today.year + _YEARS[groups["yearword"][0]])
        span = build(self.today.year)
        if self.ahead:
            return build(self.today.year + 1) if span.last < self.today else span
        if self.today - span.last > _NEAR:
            return build(self.today.year + 1)
        return build(self.today.year - 1) if span.first - self.today > _NEAR else span

    def month(self) -> int:
        """Return the month's number, from digits, Chinese or an English name."""
        text = self.match["month"]
        for number, name in enumerate(_ENGLISH_MONTHS, start=1):
            if text[:3].casefold() == name[:3].casefold():
                return number
        return self.number("month")

    def step(self, name: str = "step") -> int:
        """Return how many weeks, months or quarters off: 上 -1, 本 0, 下 1."""
        return _STEPS.get((self.match[name] or "").replace("个", "").strip().casefold(), 0)


def _day(r: Reader) -> FuzzyDay:
    return r.choose(lambda year: FuzzyDay.of(date(year, r.month(), r.number("day"))))


def _month(r: Reader) -> FuzzyDay:
    return r.choose(lambda year: spans.month_of(year, r.month()))


def _third(r: Reader) -> FuzzyDay:
    third = _THIRDS[r.match["third"] if r.match["third"].casefold() in _THIRDS else r.match["third"][0]]
    return r.choose(lambda year: spans.third_of(year, r.month(), third))


def _quarter(r: Reader) -> FuzzyDay:
    return r.choose(lambda year: spans.quarter_of(year, r.number("quarter")))


def _half(r: Reader) -> FuzzyDay:
    half = 1 if r.match["half"].casefold() in ("上", "1", "first") else 2
    return r.choose(lambda year: spans.half_of(year, half))


def _year(r: Reader) -> FuzzyDay:
    return r.choose(spans.year_of)


def _year_end(r: Reader) -> FuzzyDay:
    # 年底 and 年初 mean December and January where they are used for deadlines.
    return r.choose(lambda year: spans.month_of(year, 1 if r.match["edge"] == "初" else 12))


def _shifted_month(r: Reader) -> tuple[int, int]:
    whole = r.today.year * 12 + r.today.month - 1 + r.step()
    return whole // 12, whole % 12 + 1


def _near_month(r: Reader) -> FuzzyDay:
    year, month = _shifted_month(r)
    if r.match["day"]:
        return FuzzyDay.of(date(year, month, r.number("day")))
    if r.match["third"]:
        return spans.third_of(year, month, _THIRDS[r.match["third"][0]])
    return spans.month_of(year, month)


def _near_quarter(r: Reader) -> FuzzyDay:
    whole = r.today.year * 4 + (r.today.month - 1) // 3 + r.step()
    return spans.quarter_of(whole // 4, whole % 4 + 1)


def _week(r: Reader) -> FuzzyDay:
    week = spans.week_of(r.today + timedelta(weeks=r.step()))
    weekday = r.match["weekday"]
    if not weekday:
        return week
    if weekday == "末":
        return FuzzyDay(week.last - timedelta(days=1), week.last, Precision.PART)
    ordinal = "一二三四五六日".find(weekday.replace("天", "日").replace("7", "日"))
    return _weekday(r, week, ordinal if ordinal >= 0 else int(weekday) - 1)


def _weekday(r: Reader, week: FuzzyDay, ordinal: int) -> FuzzyDay:
    day = week.first + timedelta(days=ordinal)
    if r.ahead and not r.match["step"] and day < r.today:
        day += timedelta(weeks=1)
    return FuzzyDay.of(day)


def _english_week(r: Reader) -> FuzzyDay:
    week = spans.week_of(r.today + timedelta(weeks=r.step()))
    name = r.match["name"].casefold()
    if name == "week":
        return week
    return _weekday(r, week, ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3]))


def _near_day(r: Reader) -> FuzzyDay:
    word = r.match[0].casefold()
    return FuzzyDay.of(r.today + timedelta(days=_DAYS[word if word in _DAYS else word[0]]))


def _day_to_come(r: Reader) -> FuzzyDay:
    return _of_month_to_come(r, r.number("day"))


def _of_month_to_come(r: Reader, day: int) -> FuzzyDay:
    """Return that day of this month, or of the next one where it is over."""
    month = r.today if day >= r.today.day else spans.month_of(r.today.year, r.today.month).last + timedelta(days=1)
    return FuzzyDay.of(month.replace(day=day))


def _later(r: Reader) -> FuzzyDay:
    # A deadline is never so many days ago: 25日前 is until the 25th.
    if r.ahead and (r.match["unit"], r.match["way"]) == ("日", "前"):
        return _of_month_to_come(r, r.number("n"))
    n = r.number("n") * (-1 if r.match["way"] == "前" else 1)
    if r.match["unit"] in ("天", "日"):
        return FuzzyDay.of(r.today + timedelta(days=n))
    if "月" not in r.match["unit"]:
        return FuzzyDay.of(r.today + timedelta(weeks=n))
    whole = r.today.year * 12 + r.today.month - 1 + n
    year, month = whole // 12, whole % 12 + 1
    return FuzzyDay.of(date(year, month, min(r.today.day, spans.last_of_month(year, month))))


def _slashed(r: Reader) -> FuzzyDay:
    """Read 30/6/2023 and 6/30/2023; where day and month could be swapped, ask."""
    a, b, year = r.number("a"), r.number("b"), r.number("y")
    if a <= 12 and b <= 12 and a != b:
        raise BadInput(
            _("“{text}” can be read two ways; write it like {iso}.").format(
                text=r.match[0], iso=f"{year}-{a:02}-{b:02}"
            )
        )
    month, day = (a, b) if a <= 12 else (b, a)
    return FuzzyDay.of(date(year, month, day))


_ISO_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_BARE_MONTH, _BARE_DAY = r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>3[01]|[12]\d|0?[1-9])"
Form = tuple[str, Callable[[Reader], FuzzyDay]]
"""A pattern, and what reads a match of it."""


@cache
def compiled(form: str) -> re.Pattern[str]:
    """Compile a form when it is first tried: all of them take a tenth of what a command or the reader child loads."""
    return re.compile(form, re.I)


CLEAR: tuple[Form, ...] = (
    (rf"(?:{_YEAR})?{_MONTH}\s*(?P<day>{_N})\s*[日号]", _day),
    (rf"{_ISO_YEAR}\s*(?P<mark>[-./])\s*{_BARE_MONTH}\s*(?P=mark)\s*{_BARE_DAY}(?!\d)", _day),
    # 2023.5-6 is two months as likely as a day: only what can be no month is one.
    (rf"{_ISO_YEAR}\s*[-./]\s*{_BARE_MONTH}\s*[-./]\s*(?P<day>3[01]|2\d|1[3-9])(?!\d)", _day),
    (rf"{_ISO_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>\d\d)(?!\d)", _day),
    (r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>(?:19|20|21)\d\d)(?!\d)", _slashed),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_E_MONTH},?(?:\s+{_ISO_YEAR})?", _day),
    (rf"{_E_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+{_ISO_YEAR})?", _day),
    (rf"(?:{_YEAR})?{_MONTH}{_THIRD}", _third),
    (rf"(?P<third>early|mid|late)\s+{_E_MONTH}(?:\s+{_ISO_YEAR})?", _third),
    (rf"(?P<step>上个?|下个?|本|这个?|当)月份?(?:(?P<day>{_N})[日号]|{_THIRD})", _near_month),
    (r"(?P<step>)月(?P<day>)(?P<third>[初中底末])", _near_month),
    (rf"(?P<step>上上|下下|上|下|本|这)?个?(?:周|星期|礼拜){_WEEKDAY}", _week),
    (r"(?P<step>上上|下下|上|下|本|这)个?(?:周|星期|礼拜)(?P<weekday>)", _week),
    (r"(?:(?P<step>next|last|this)\s+)(?P<name>week)\b", _english_week),
    (
        r"(?:(?P<step>next|last|this)\s+)?(?P<name>(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?)\b",
        _english_week,
    ),
    (r"大后天|[今明后昨前][天日]|today\b|tomorrow\b|yesterday\b", _near_day),
    (rf"(?P<n>{_N})\s*(?P<unit>天|日|周|个?星期|个月)(?:之|以)?(?P<way>后|内|前)", _later),
    (r"(?:(?P<year>(?:19|20)?\d\d)|(?P<yearword>[今去明后]))?年(?P<edge>[底末初])", _year_end),
)
"""Forms that mean a date wherever they stand in a sentence."""

TO_COME: tuple[Form, ...] = ((r"(?P<day>\d{1,2})[日号]", _day_to_come),)
"""A day of a month that is not named, which deadlines alone may be: 25日, 25号前."""

DELIMITED: tuple[Form, ...] = (
    (rf"(?P<year>\d\d)\.{_BARE_MONTH}\.{_BARE_DAY}", _day),
    (rf"{_BARE_MONTH}\s*[-./]\s*{_BARE_DAY}(?!\d)", _day),
    (rf"(?:{_YEAR})?{_MONTH}\s*(?P<day>\d{{1,2}})", _day),
    (rf"{_ISO_YEAR}\s*[-./]\s*{_BARE_MONTH}(?!\d)", _month),
    (rf"{_ISO_YEAR}(?P<month>0[1-9]|1[0-2])(?!\d)", _month),
    (rf"(?:{_YEAR})?{_MONTH}", _month),
    (rf"{_E_MONTH}(?:\s+{_ISO_YEAR})?", _month),
    (r"(?P<step>上个?|下个?|本|这个?|当)月份?(?P<day>)(?P<third>)", _near_month),
    (rf"(?:{_YEAR})?(?P<half>[上下])半年", _half),
    (rf"(?:{_ISO_YEAR}\s*)?H(?P<half>[12])", _half),
    (rf"(?P<half>first|second)\s+half(?:\s+of\s+{_ISO_YEAR})?", _half),
    (rf"(?:{_YEAR})?第?(?P<quarter>[1-4一二三四])季度?", _quarter),
    (rf"(?:{_ISO_YEAR}\s*年?)?Q(?P<quarter>[1-4])", _quarter),
    (rf"Q(?P<quarter>[1-4])\s+{_ISO_YEAR}", _quarter),
    (r"(?P<step>上个?|下个?|本|这个?)季度?", _near_quarter),
    (rf"{_YEAR}(?:全年)?", _year),
    (rf"(?:year\s+)?{_ISO_YEAR}", _year),
)
"""Forms that may be something else inside a sentence (8月方案, 3.5亿): they need an end or 前 beside them."""
