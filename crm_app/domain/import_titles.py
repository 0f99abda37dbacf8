"""What the title above a table tells of every row: period and document of targets, board of a notice, year of results.

A row that says it itself goes before the title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from crm_app.domain import days, import_goals, import_months, numerals
from crm_app.errors import BadInput

_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（]20\d\d[〕\]］)）]\s*(?:第)?\d{1,4}\s*号")
_ANNOUNCED = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|20\d\d([-./])\d{1,2}\1\d{1,2}(?!\s*[\d月])")
_SIGNED = re.compile(r"签约(?:日期|时间)\s*[:：]\s*(20\d\d[-.年/\d月日\s]+)")
_PART = "上半年|下半年|第?[一二三四1-4]季度|前[一二三]季度"
_SPAN = r"\d{1,2}\s*(?:月份?)?\s*(?:[-—–~至到]\s*\d{1,2})?\s*月份?(?!\s*\d)"
_PERIOD = re.compile(rf"20\d\d\s*(?:年度?\s*(?:{_PART}|{_SPAN})?|(?:{_PART})|[-.．/]\s*{_SPAN})")
_YEAR = re.compile(r"^(20\d\d)(?:年度?(?=.)|[-.．/]|(?=\D半年|[第前一二三四]))")
_MONTHS = re.compile(r"(20\d\d)年(\d{1,2})(?:月份?)?[-—–~至到](\d{1,2})月份?")
_QUARTERS = re.compile(r"(20\d\d)年前([一二三])季度")
_ISSUER = re.compile(r"^[\s《“]*([\u4e00-\u9fff]{3,30}?)关于")
_ABOUT = re.compile(r"^.*?关于(?:印发|下达|公布|通报)?")
_OUTSIDE = re.compile(
    r"(?:完成|进展|推进|进度|排名|得分)?(?:情况|结果)?的?(?:通报|公示|通知|公告|排名表|排名|情况表|一览表|统计表|进度表)*$"
)
_HONOURED = re.compile(
    r"((?:国家级?|省级?|市级?|区级?)?(?:专精特新“?小巨人”?|专精特新|高新技术|独角兽|瞪羚|单项冠军|科技型|制造业单项冠军|"
    r"绿色工厂|智能工厂|数字化车间)(?:企业|示范企业)?).{0,6}(?:名单|名录|公示|一览表)"
)
_EMPTY = re.compile(r"[（(【\[]\s*[）)】\]]|[《》“”]")


def told(kind: str, title: str) -> Mapping[str, Any]:
    """Return what a title tells of the rows of a kind of ledger, by target; nothing for kinds whose rows tell all."""
    if kind == "targets":
        return _of_targets(title)
    if kind == "forecasts":
        span = period_in(title)
        return {"forecast.from_on": span[0], "forecast.to_on": span[1]} if span else {}
    if kind == "yearly_results":
        year = import_months.year_in(title)
        return {"annual.year": year} if year else {}
    if kind in ("projects", "signings"):
        found = _SIGNED.search(title)
        day = _day(_bare(found[1])) if found else None
        return {"signing.signed_on": day} if day else {}
    if kind == "honours":
        return _of_honours(title)
    return _of_rankings(title) if kind == "rankings" else {}


def _of_honours(title: str) -> dict[str, Any]:
    """Return the honour that everybody in a list has: 2022年第四批国家级专精特新小巨人企业名单."""
    found = _HONOURED.search(title)
    year = import_months.year_in(title)
    return {"label.honour": found[1], **({"label.year": year} if year else {})} if found else {}


def _of_targets(title: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    span = period_in(title)
    if span is not None:
        found["target.from_on"], found["target.to_on"] = span
    document, issuer = _DOCUMENT.search(title), _ISSUER.match(title)
    if document:
        found["target.document"] = _bare(document[0])
    if issuer:
        found["target.issuer"] = issuer[1]
    return found


def _of_rankings(title: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    document, announced = _DOCUMENT.search(title), _ANNOUNCED.search(title)
    rest = title
    for piece in (document, announced):
        rest = rest.replace(piece[0], " ") if piece else rest
    if document:
        found["ranking.document"] = _bare(document[0])
    day = _day(_bare(announced[0])) if announced else None
    if day is not None:
        found["ranking.announced_on"] = day.first
    period = _PERIOD.search(rest)
    if period:
        found["ranking.period"] = _as_usual(period[0])
        rest = rest.replace(period[0], "")
    board = _OUTSIDE.sub("", _EMPTY.sub("", _ABOUT.sub("", _bare(rest))))
    if board:
        found["ranking.board"] = board
    return found


def period_in(title: str) -> tuple[date, date] | None:
    """Return the days of the only period a title names: 2023年, 2023年上半年, 2023.1-6月, 2023年前三季度."""
    found = {_as_usual(piece) for piece in _PERIOD.findall(_DOCUMENT.sub("", _ANNOUNCED.sub("", title)))}
    if len(found) != 1:
        return None
    text = found.pop()
    if months := _MONTHS.fullmatch(text):
        first, last = int(months[2]), int(months[3])
        if not 1 <= first <= last <= 12:
            return None
        return date(int(months[1]), first, 1), days.month_of(int(months[1]), last).last
    if quarters := _QUARTERS.fullmatch(text):
        number = int(numerals.read(quarters[2]) or 0)
        return date(int(quarters[1]), 1, 1), days.month_of(int(quarters[1]), 3 * number).last
    day = _day(text)
    return (day.first, day.last) if day is not None else None


def period_of(text: str, year: int | None) -> tuple[date, date]:
    """Return the days of a period a cell names; one without a year (上半年, 一季度) is of ``year``. Raise BadInput."""
    part = import_goals.part_named(text)
    if part and year:
        return import_goals.part_of(year, part)
    span = period_in(text)
    if span is not None:
        return span
    day = days.parse_day(text, date.max if year is None else date(year, 12, 31))
    return day.first, day.last


def _as_usual(period: str) -> str:
    """Return a period with its year as it is usually written: 2023.1-6月 is 2023年1-6月."""
    return _YEAR.sub(r"\1年", _bare(period))


def _day(text: str) -> days.FuzzyDay | None:
    """Return the day a title names; None for one that no calendar has: a slip there must not keep the rows out."""
    try:
        return days.parse_day(text, date.max)
    except BadInput:
        return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
