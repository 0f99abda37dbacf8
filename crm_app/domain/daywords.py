"""Reading dates as they are typed: the forms (dayforms) are tried in turn on the whole text.

A next step is read with the same forms: the date may stand anywhere in the sentence, the rest is what is to be done.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from crm_app.domain.dayforms import CLEAR, DELIMITED, TO_COME, Form, Reader, compiled
from crm_app.domain.spans import FuzzyDay, Precision
from crm_app.domain.traditional import simplified
from crm_app.errors import BadInput
from crm_app.i18n import _

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
_WEEKDAY_FIRST = re.compile(r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? (?P<date>.*\d.*)", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS = range(1900, 2200)
"""The years a day may lie in."""


def _fold(text: str) -> str:
    """Fold full width to half width, one character for one, so that positions hold."""
    folded = (unicodedata.normalize("NFKC", c) for c in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))


def _read(form: Form, text: str, today: date, ahead: bool) -> FuzzyDay | None:
    pattern, build = form
    match = compiled(pattern).fullmatch(text)
    if match is None:
        return None
    try:
        return build(Reader(match, today, ahead))
    except (ValueError, OverflowError) as error:
        raise BadInput(_("“{text}” is not a day of the calendar; please check it.").format(text=text)) from error


def _read_whole(text: str, today: date, ahead: bool) -> FuzzyDay | None:
    for form in CLEAR + DELIMITED + (TO_COME if ahead else ()):
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
    match = _WITH_WEEKDAY.fullmatch(text) or _WEEKDAY_FIRST.fullmatch(text)
    span = _read_whole(match["date"].strip(), today, ahead) if match else None
    if match and span and span.exact:
        said = match["weekday"].lower().replace("天", "日")
        if span.first.weekday() != (_ENGLISH_WEEKDAYS if len(said) > 1 else _WEEKDAYS).index(said):
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
    body = simplified(_TIME.sub("", re.sub(r"\s+", " ", _fold(text)).strip()))
    span = _read_whole(body, today, ahead)
    if span is None and ahead:
        span = _read_by(body, today)
    span = span or _read_range(body, today, ahead) or _without_weekday(body, today, ahead)
    if span is None or span.first.year not in YEARS:
        raise BadInput(
            _("“{text}” cannot be read as a date. Write it as 30 June 2023, June 2023, late June or next Wed.").format(
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
    for forms, anywhere in ((CLEAR, True), (DELIMITED + TO_COME, False)):
        for form in forms:
            for match in compiled(form[0]).finditer(text):
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
    # Read as it is simplified (下週三), character for character; what is to be done stays as it is written.
    plain = simplified(_fold(body))
    found = _find(plain, today)
    if found is None:
        return None, body
    start, end, span = found
    by = _BY.match(plain, end)
    if by:
        span = due_by(span, plain[start:end])
    front, after = body[:start].rstrip(" (（"), body[by.end() if by else end :].lstrip(" ,，、:：)）")
    front = _UNTIL.sub("", front)
    if not after:
        return span, front.rstrip(" ,，、:：")
    return span, front + (" " if front[-1:].isascii() and after[0].isascii() and front else "") + after
