"""Columns that are metrics or periods: one row of a superior's sheet (任务分解表) then tells several targets.

A target is ``target.goal:signed_yuan``, an amount of that metric, or ``target.goal:h1``, an amount of the row's metric
for a part of the year the row or the title names.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from crm_app.domain.import_headers import JOIN
from crm_app.domain.targets import METRIC_LABELS, Metric
from crm_app.i18n import N_, _

_TARGET = re.compile(r"target\.goal:(\w+)")
_UNIT = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]|目标任务|目标值|目标|任务数|任务|指标|计划")
_METRICS: tuple[tuple[Metric, str], ...] = (
    (Metric.SIGNED_COUNT, r"(?:新?签约|正式签约|引进|招商)项目(?:个数|数量|数)?|签约个数|签约数"),
    (
        Metric.SIGNED_YUAN,
        r"(?:正式)?(?:签约|合同|协议)(?:项目)?(?:总?投资|引资|资金|金额|总?额)额?|招商引资(?:签约)?额",
    ),
    (Metric.FUNDS_YUAN, r"(?:实际)?(?:到位|到账|到资)(?:内资|资金|投资)?(?:金额|额)?|(?:实际)?(?:利用|到位)内资"),
    (Metric.FDI_USD, r"实际(?:使用|利用|到位)外资(?:金额|额)?|(?:利用|使用)外资"),
    (Metric.STARTED_COUNT, r"(?:新?开工|动工)项目(?:个数|数量|数)?|开工数|开工个数"),
    (Metric.PRODUCING_COUNT, r"(?:新?投产|竣工投产|投产达产)项目(?:个数|数量|数)?|投产数|投产个数"),
    (Metric.TRIPS, r"外出招商(?:批次|次数|数)?|外出(?:批次|次数)|赴外招商(?:批次|次数)?"),
    (Metric.ENTERPRISES_VISITED, r"(?:拜访|走访|对接)(?:企业|客商)(?:家数|数量|数)?"),
    (Metric.RECEPTIONS, r"(?:接待|邀商)(?:客商|企业)?(?:批次|次数|数)?"),
    (Metric.LEADS, r"(?:新增|储备|有效)?(?:项目)?线索(?:条数|数量|数)?"),
)
_PERIODS = {
    "year": (r"全年|年度|年", 1, 12, N_("Whole year")),
    "h1": (r"上半年|半年|1[-—至]6月|二季度末", 1, 6, N_("First half of the year")),
    "h2": (r"下半年", 7, 12, N_("Second half of the year")),
    "q1": (r"第?一季度|1季度|1[-—至]3月|首季", 1, 3, N_("First quarter")),
    "q2": (r"第?二季度|2季度", 4, 6, N_("Second quarter")),
    "q3": (r"第?三季度|3季度", 7, 9, N_("Third quarter")),
    "q4": (r"第?四季度|4季度", 10, 12, N_("Fourth quarter")),
    "m9": (r"前三季度|1[-—至]9月|三季度末", 1, 9, N_("First three quarters")),
}


def target_of(header: str) -> str:
    """Return the target of a header of one or several rows that is a metric or a part of the year, else nothing."""
    parts = ["".join(_UNIT.sub("", part).split()) for part in header.split(JOIN)]
    parts = [part for part in parts if part]
    for words in ("".join(parts), *reversed(parts)):
        for metric, pattern in _METRICS:
            if re.fullmatch(pattern, words):
                return f"target.goal:{metric.value}"
        for name, (pattern, *_rest) in _PERIODS.items():
            if re.fullmatch(pattern, words):
                return f"target.goal:{name}"
    return ""


def goal_of(target: str) -> Metric | str | None:
    """Return the metric a target is, or the name of its part of the year; None for one that is no such column."""
    read = _TARGET.fullmatch(target)
    if read is None:
        return None
    return Metric(read[1]) if read[1] in {*Metric} else read[1] if read[1] in _PERIODS else None


def goals() -> tuple[str, ...]:
    """Return every target that is such a column: what one may choose for a column."""
    return tuple(f"target.goal:{name}" for name in (*(metric.value for metric in METRIC_LABELS), *_PERIODS))


def title_of(goal: Metric | str) -> str:
    """Return what a column is called that is a metric or a part of the year."""
    return _(METRIC_LABELS[goal]) if isinstance(goal, Metric) else _(_PERIODS[goal][3])


def part_of(year: int, name: str) -> tuple[date, date]:
    """Return the days of a part of a year."""
    _pattern, first, last, _words = _PERIODS[name]
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def held(targets: Iterable[str]) -> set[str]:
    """Return targets with what such columns stand for: the value, and the metric where they name it."""
    known = set(targets)
    for goal in [one for target in known if (one := goal_of(target)) is not None]:
        known |= {"target.value", "target.metric"} if isinstance(goal, Metric) else {"target.value"}
    return known
