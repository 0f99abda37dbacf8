"""Reading dates as they are typed: each form is one pattern with one function, tried in turn on the whole text.

A next step is read with the same forms: the date may stand anywhere in the sentence, the rest is what is to be done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from crm_app.domain import numerals, spans
from crm_app.domain.spans import FuzzyDay, Precision
from crm_app.errors import BadInput
from crm_app.i18n import _

ENGLISH_MONTHS = (
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
_E_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in ENGLISH_MONTHS) + r")\.?"
_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "明": 1, "后": 2, "前": -2}
_THIRDS = {"上": 1, "初": 1, "中": 2, "下": 3, "底": 3, "末": 3, "early": 1, "mid": 2, "late": 3}
_DAYS = {"今": 0, "明": 1, "后": 2, "大": 3, "昨": -1, "前": -2, "today": 0, "tomorrow": 1, "yesterday": -1}
_STEPS = {"上上": -2, "上": -1, "下": 1, "下下": 2, "last": -1, "next": 1}


@dataclass(frozen=True)
class _Reader:
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
        for number, name in enumerate(ENGLISH_MONTHS, start=1):
            if text[:3].casefold() == name[:3].casefold():
                return number
        return self.number("month")

    def step(self, name: str = "step") -> int:
        """Return how many weeks, months or quarters off: 上 -1, 本 0, 下 1."""
        return _STEPS.get((self.match[name] or "").replace("个", "").strip().casefold(), 0)


def _day(r: _Reader) -> FuzzyDay:
    return r.choose(lambda year: FuzzyDay.of(date(year, r.month(), r.number("day"))))


def _month(r: _Reader) -> FuzzyDay:
    return r.choose(lambda year: spans.month_of(year, r.month()))


def _third(r: _Reader) -> FuzzyDay:
    third = _THIRDS[r.match["third"] if r.match["third"].casefold() in _THIRDS else r.match["third"][0]]
    return r.choose(lambda year: spans.third_of(year, r.month(), third))


def _quarter(r: _Reader) -> FuzzyDay:
    return r.choose(lambda year: spans.quarter_of(year, r.number("quarter")))


def _half(r: _Reader) -> FuzzyDay:
    half = 1 if r.match["half"].casefold() in ("上", "1", "first") else 2
    return r.choose(lambda year: spans.half_of(year, half))


def _year(r: _Reader) -> FuzzyDay:
    return r.choose(spans.year_of)


def _year_end(r: _Reader) -> FuzzyDay:
    # 年底 and 年初 mean December and January where they are used for deadlines.
    return r.choose(lambda year: spans.month_of(year, 1 if r.match["edge"] == "初" else 12))


def _shifted_month(r: _Reader) -> tuple[int, int]:
    whole = r.today.year * 12 + r.today.month - 1 + r.step()
    return whole // 12, whole % 12 + 1


def _near_month(r: _Reader) -> FuzzyDay:
    year, month = _shifted_month(r)
    if r.match["day"]:
        return FuzzyDay.of(date(year, month, r.number("day")))
    if r.match["third"]:
        return spans.third_of(year, month, _THIRDS[r.match["third"][0]])
    return spans.month_of(year, month)


def _near_quarter(r: _Reader) -> FuzzyDay:
    whole = r.today.year * 4 + (r.today.month - 1) // 3 + r.step()
    return spans.quarter_of(whole // 4, whole % 4 + 1)


def _week(r: _Reader) -> FuzzyDay:
    week = spans.week_of(r.today + timedelta(weeks=r.step()))
    weekday = r.match["weekday"]
    if not weekday:
        return week
    if weekday == "末":
        return FuzzyDay(week.last - timedelta(days=1), week.last, Precision.PART)
    ordinal = "一二三四五六日".find(weekday.replace("天", "日").replace("7", "日"))
    return _weekday(r, week, ordinal if ordinal >= 0 else int(weekday) - 1)


def _weekday(r: _Reader, week: FuzzyDay, ordinal: int) -> FuzzyDay:
    day = week.first + timedelta(days=ordinal)
    if r.ahead and not r.match["step"] and day < r.today:
        day += timedelta(weeks=1)
    return FuzzyDay.of(day)


def _english_week(r: _Reader) -> FuzzyDay:
    week = spans.week_of(r.today + timedelta(weeks=r.step()))
    name = r.match["name"].casefold()
    if name == "week":
        return week
    return _weekday(r, week, ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3]))


def _near_day(r: _Reader) -> FuzzyDay:
    word = r.match[0].casefold()
    return FuzzyDay.of(r.today + timedelta(days=_DAYS[word if word in _DAYS else word[0]]))


def _later(r: _Reader) -> FuzzyDay:
    n = r.number("n") * (-1 if r.match["way"] == "前" else 1)
    if r.match["unit"] in ("天", "日"):
        return FuzzyDay.of(r.today + timedelta(days=n))
    if "月" not in r.match["unit"]:
        return FuzzyDay.of(r.today + timedelta(weeks=n))
    whole = r.today.year * 12 + r.today.month - 1 + n
    year, month = whole // 12, whole % 12 + 1
    return FuzzyDay.of(date(year, month, min(r.today.day, spans.last_of_month(year, month))))


def _slashed(r: _Reader) -> FuzzyDay:
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
_Form = tuple[str, Callable[[_Reader], FuzzyDay]]


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Compile a form when it is first tried: all of them take a tenth of what a command or the reader child loads."""
    return re.compile(form, re.I)


_CLEAR: tuple[_Form, ...] = (
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

_DELIMITED: tuple[_Form, ...] = (
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

_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
_BY = re.compile(r"\s*(?:之前|以前|前)")
_BY_AT_END = re.compile(rf"(?<=[0-9日号底末初旬月年季度周一二三四五六天]){_BY.pattern}$")
_UNTIL = re.compile(r"(?:^|(?<=\s))(?:by|before|until|on)$", re.IGNORECASE)
"""What leads to a day in English and says nothing without it."""
_TO = re.compile(r"\s*(?:至|到|~|—+|-|–|\bto\b)\s*")
_DAY_ALONE = re.compile(r"(\d{1,2})[日号]")
_BARE_END, _WITH_ITS_YEAR = re.compile(r"\d{1,2}"), re.compile(r"(?:19|20)\d\d[-./年]")
"""The end of a range that is a number alone, which is a day where the year stands in front: 2023.5.4-6."""
_WITH_WEEKDAY = re.compile(r"(?P<date>.*\d\s*[日号]?)\s*\(?(?:周|星期)(?P<weekday>[一二三四五六日天])\)?$")
YEARS = range(1900, 2200)
"""The years a day may lie in."""


def _fold(text: str) -> str:
    """Fold full width to half width, one character for one, so that positions hold."""
    folded = (unicodedata.normalize("NFKC", c) for c in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))


def _read(form: _Form, text: str, today: date, ahead: bool) -> FuzzyDay | None:
    pattern, build = form
    match = _compiled(pattern).fullmatch(text)
    if match is None:
        return None
    try:
        return build(_Reader(match, today, ahead))
    except (ValueError, OverflowError) as error:
        raise BadInput(_("“{text}” is not a day of the calendar; please check it.").format(text=text)) from error


def _read_whole(text: str, today: date, ahead: bool) -> FuzzyDay | None:
    for form in _CLEAR + _DELIMITED:
        span = _read(form, text, today, ahead)
        if span is not None:
            return span
    return None


def _read_range(text: str, today: date, ahead: bool) -> FuzzyDay | None:
    for cut in _TO.finditer(text):
        first = _read_whole(text[: cut.start()], today, ahead)
        # A hyphen may stand inside of a date: it parts days alone.
        if first is None or ("-" in cut[0] and not first.exact):
            continue
        bare = _WITH_ITS_YEAR.match(text) and _BARE_END.fullmatch(text[cut.end() :])
        last = _read_last(text[cut.end() :] + ("日" if bare else ""), first, today, ahead)
        if last and first.first <= last.last:
            same = first.first == last.last
            return FuzzyDay(first.first, last.last, Precision.DAY if same else Precision.PART)
    return None


def _read_last(text: str, first: FuzzyDay, today: date, ahead: bool) -> FuzzyDay | None:
    """Return the end of a range, which need only say what differs from its beginning: 6月5日-9日, 6.28-7.2."""
    day = _DAY_ALONE.fullmatch(text)
    if day is None or not first.exact:
        in_numbers = text[:1].isdigit()
        return _read_whole(text, first.first if in_numbers else today, ahead or in_numbers)
    try:
        return FuzzyDay.of(first.first.replace(day=int(day[1])))
    except ValueError as error:
        raise BadInput(_("“{text}” is not a day of the calendar; please check it.").format(text=text)) from error


def _without_weekday(text: str, today: date, ahead: bool) -> FuzzyDay | None:
    match = _WITH_WEEKDAY.fullmatch(text)
    span = _read_whole(match["date"].strip(), today, ahead) if match else None
    if match and span and span.exact:
        if span.first.weekday() != "一二三四五六日".index(match["weekday"].replace("天", "日")):
            raise BadInput(_("In “{text}” the day of the week does not fit the date.").format(text=text))
        return span
    return None


def _read_by(text: str, today: date) -> FuzzyDay | None:
    by = _BY_AT_END.search(text)
    span = _read_whole(text[: by.start()], today, True) if by else None
    return due_by(span, text[: by.start()]) if by and span else None


def without_by(text: str) -> str:
    """Return a deadline without the word that makes it one: 6月20日前, 8月底之前."""
    return _BY_AT_END.sub("", text)


def due_by(span: FuzzyDay, written: str) -> FuzzyDay:
    """Return what 前 behind a date that was ``written`` means: 8月前 ends with July, 8月底前 with August."""
    return span if span.exact or written[-1:] in "底末初旬" else FuzzyDay.of(span.first - timedelta(days=1))


def parse_day(text: str, today: date, *, ahead: bool = False) -> FuzzyDay:
    """Read a date in any of its written forms, as precisely as it was written.

    6月底 is the days from the 21st to the end; a day without a year is the one near ``today``, with ``ahead`` the next
    one (deadlines). Raises BadInput for what is no date, or could be two (03/04/2023).
    """
    body = _TIME.sub("", re.sub(r"\s+", " ", _fold(text)).strip())
    span = _read_whole(body, today, ahead)
    if span is None and ahead:
        span = _read_by(body, today)
    span = span or _read_range(body, today, ahead) or _without_weekday(body, today, ahead)
    if span is None or span.first.year not in YEARS:
        raise BadInput(
            _("“{text}” cannot be read as a date. Write it as 2023-06-30, 2023年6月, 6月底 or 下周三.").format(
                text=text.strip()
            )
        )
    return span


def _edges_clear(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    left = not before or before[-1].isspace() or before[-1] in ",;:。、(「"
    right = not after or after[0].isspace() or after[0] in ",;:。、)」"
    return (left and right) or (left and bool(_BY.match(after)))


def _find(text: str, today: date) -> tuple[int, int, FuzzyDay] | None:
    """Return where the earliest date stands in a sentence, the longest form where several begin there."""
    best: tuple[int, int, FuzzyDay] | None = None
    for forms, anywhere in ((_CLEAR, True), (_DELIMITED, False)):
        for form in forms:
            for match in _compiled(form[0]).finditer(text):
                start, end = match.span()
                if best and (best[0], -best[1]) <= (start, -end):
                    break
                if start and text[start - 1].isdigit() and text[start].isdigit():
                    continue
                if not anywhere and not _edges_clear(text, start, end):
                    continue
                span = _read(form, match[0], today, ahead=True)
                if span:
                    best = start, end, span
                    break
    return best


def parse_next_step(text: str, today: date) -> tuple[FuzzyDay | None, str]:
    """Split “下周三 回访” or “11月25日前报送方案” into the due date, if one is named, and what is to be done.

    What has no year or week is taken to lie ahead. Raises BadInput where a date is written that does not exist.
    """
    body = text.strip()
    found = _find(_fold(body), today)
    if found is None:
        return None, body
    start, end, span = found
    by = _BY.match(body, end)
    if by:
        span = due_by(span, body[start:end])
    front, after = body[:start].rstrip(" (（"), body[by.end() if by else end :].lstrip(" ,，、:：)）")
    front = _UNTIL.sub("", front)
    if not after:
        return span, front.rstrip(" ,，、:：")
    return span, front + (" " if front[-1:].isascii() and after[0].isascii() and front else "") + after
