"""Sheets that tell what was achieved (完成情况, 进度通报): how one is known, and which of its columns say what.

A target is ``ranking.value:signed_yuan``, what was achieved of a metric, ``ranking.rank:…`` the place in it and
``ranking.goal:…`` the target beside it, which is never taken for one of the book's unless somebody says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crm_app.domain import days, import_goals
from crm_app.domain.import_headers import JOIN
from crm_app.domain.targets import METRIC_LABELS, Metric, shown
from crm_app.i18n import _

_TARGET = re.compile(r"ranking\.(value|rank|goal):(\w+)")
_DONE = re.compile(
    r"(?:实际|累计|已|本[年月季]|当[月年季]|截[至止].{0,9}|.{0,9}月份?底?|.{0,3}季度|上半年|全年)*完成(?:数|值|额|量|情况|金额)?"
    r"|实绩数?|实际数|实际值"
)
_RATE = re.compile(r"(?:.{0,6}完成|达成|任务完成|目标完成|序时)(?:率|比例|百分比|进度|比)|完成.{0,6}[%％]|进度")
_RANK = re.compile(r"(?:完成率|进度|综合|同组|全[市区县省]|单项|总)?(?:排名|名次|位次|排位)")
_GOAL = re.compile(r"(?:全?年度?|20\d\d年|.{0,3}季度|上半年)?(?:目标|任务|计划)(?:任务|数|值|额|量)?")
_EARLIER = re.compile(r"上年|去年|上期|同期|基数")
_MONTH_ALONE = re.compile(r"(?:本|当|\d{1,2})月")
"""What a month alone brought is not what the sheet's period did."""
_TOLD = re.compile(
    r"完成(?:情况|进度)|进展|推进情况|进度|通报|排名|排行|排位|红黑榜|晾晒|成绩单|achieve|progress", re.I
)
_SETTING = re.compile(r"下达|分解|分配|安排|任务书|责任书|目标责任|任务表|计划表|考核办法|方案")
_ROLE_WORDS = re.compile(r"(?:目标|任务|计划|实际|累计)?(?:完成[数值额量]?|排名|位次|名次|目标[数值]?|任务数?)$")
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")


@dataclass(frozen=True, slots=True)
class Announced:
    """What a superior says was achieved: of a metric, in a window; ``value`` in yuan, US cents or units."""

    metric: Metric
    first: date
    last: date
    value: int


def beside(announced: Announced, own: int) -> str:
    """Return what a superior says was achieved beside what the book counts in the same window."""
    told, ours = shown(announced.metric, announced.value), shown(announced.metric, own)
    if own == announced.value:
        return _("{told}, as our own figures say").format(told=told)
    apart = shown(announced.metric, abs(own - announced.value))
    words = (
        _("{told}; our own figures say {ours}, {apart} more")
        if own > announced.value
        else _("{told}; our own figures say {ours}, {apart} less")
    )
    return words.format(told=told, ours=ours, apart=apart)


def titled(announced: Announced) -> str:
    """Return of what and of which days something was announced."""
    days_told = f"{days.show_date(announced.first)}–{days.show_date(announced.last)}"
    return f"{_(METRIC_LABELS[announced.metric])} · {days_told}"


def _bare(header: str) -> str:
    return "".join(_BRACKETS.sub("", header).split())


def role_of(header: str, year: int | None = None) -> str:
    """Return what the lowest row of a header says: value, rank, goal or rate; nothing where it is none of them.

    What is of another year than the sheet's is none.
    """
    words = _bare(header.split(JOIN)[-1])
    named = re.search(r"20\d\d", words)
    if _EARLIER.search(header) or _MONTH_ALONE.match(words) or (named and year and int(named[0]) != year):
        return ""
    for role, pattern in (("rate", _RATE), ("rank", _RANK), ("value", _DONE), ("goal", _GOAL)):
        if pattern.fullmatch(re.sub(r"20\d\d年", "", words) if role == "value" else words):
            return role
    return ""


def carries(headers: Sequence[str], said: str, year: int | None = None) -> bool:
    """Say whether a sheet tells what was achieved, by its headers or by what title and names say of it.

    A column of the year before beside the task of this one makes no such sheet.
    """
    roles = {role_of(header, year) for header in headers}
    if roles & {"value", "rate"}:
        return True
    return _TOLD.search(said) is not None and _SETTING.search(said) is None


def target_of(header: str) -> str:
    """Return the target of a header that names a metric: with nothing beside it, what was achieved of it."""
    upper, _join, _lowest = header.rpartition(JOIN)
    role = role_of(header)
    words = _bare(header)
    for named in (upper, _bare(upper), _cut(words)):
        goal = import_goals.goal_of(import_goals.target_of(named)) if named else None
        if goal and goal.metric:
            return "" if role == "rate" else f"ranking.{role or 'value'}:{goal.metric.value}"
    return ""


def _cut(words: str) -> str:
    """Return the words of a header of one row without what says its role: 签约项目数完成 → 签约项目数."""
    return _ROLE_WORDS.sub("", words)


def part_of(target: str) -> tuple[str, Metric] | None:
    """Return the role and the metric of a target that is such a column, else None."""
    read = _TARGET.fullmatch(target)
    return (read[1], Metric(read[2])) if read and read[2] in {*Metric} else None


def targets() -> tuple[str, ...]:
    """Return every target that is such a column: what one may choose for a column."""
    return tuple(f"ranking.{role}:{metric.value}" for metric in Metric for role in ("value", "rank", "goal"))


def held(targets: Iterable[str]) -> set[str]:
    """Return targets with what such columns stand for."""
    known = set(targets)
    for one in map(part_of, tuple(known)):
        if one is not None:
            known.add(f"ranking.{one[0]}")
    return known
