"""Columns that are metrics, periods or teams: one row of a superior's sheet (任务分解表) then tells several targets.

A target is ``target.goal:signed_yuan``, an amount of that metric, ``target.goal:h1``, an amount of the row's metric for
a part of the year the row or the title names, ``target.goal:@招商一局``, an amount for that team, or several of them
together: ``target.goal:signed_count+q1``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from crm_app.domain.import_headers import JOIN
from crm_app.domain.targets import METRIC_LABELS, WHOLE_BUREAU, Metric
from crm_app.i18n import N_

_TARGET = "target.goal:"
_UNIT = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]|目标任务|目标值|目标数|目标|任务数|任务|指标|计划数|计划|20\d\d年")
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
    (
        Metric.ENTERPRISES_VISITED,
        r"(?:外出|上门)?(?:拜访|走访|对接)(?:企业|客商)(?:家数|数量|数)?|(?:外出|上门)(?:拜访|走访)(?:家数|数)?",
    ),
    (Metric.RECEPTIONS, r"(?:接待|邀商)(?:客商|企业)?(?:批次|次数|数)?"),
    (Metric.LEADS, r"(?:新增|储备|有效)?(?:项目)?线索(?:条数|数量|数)?"),
)
_PERIODS = {
    "year": (r"全年|年度|年|1[-—至]12月", 1, 12, N_("Whole year")),
    "h1": (r"上半年|半年|1[-—至]6月|二季度末", 1, 6, N_("First half of the year")),
    "h2": (r"下半年|7[-—至]12月", 7, 12, N_("Second half of the year")),
    "q1": (r"第?一季度|1季度|1[-—至]3月|首季|Q1", 1, 3, N_("First quarter")),
    "q2": (r"第?二季度|2季度|4[-—至]6月|Q2", 4, 6, N_("Second quarter")),
    "q3": (r"第?三季度|3季度|7[-—至]9月|Q3", 7, 9, N_("Third quarter")),
    "q4": (r"第?四季度|4季度|10[-—至]12月|Q4", 10, 12, N_("Fourth quarter")),
    "m9": (r"前三季度|1[-—至]9月|三季度末", 1, 9, N_("First three quarters")),
}
_DONE = re.compile(
    r"完成|达成率|进度|实绩|实际数|排名|名次|位次|得分|评分|分值|权重|占比|比重|同比|增[幅速长]|基数|上年|去年|上期|同期"
)
"""What a column tells that is no target: what was achieved, how it is marked, what was before."""
_NO_TEAM = re.compile(
    r"(?:合|总|小|累|共)计|总数|全[局区县市]|序号?|行号|编号|备?注|说明|依据|文号|文件|口径|类别|类型|日期|时间|联系|电话|内容|措施"
    r"|责任|牵头|单位|各|total|no\.?$|notes?$|remarks?$",
    re.I,
)
_TEAM = re.compile(
    r"[\u4e00-\u9fff\d]{1,10}(?:[局科室组队部处所办园区县镇乡]|专班|中心|街道|平台|公司|产业城)|(?i:team \w+)"
)
_NUMBER = re.compile(r"[\d.,，]+\s*(?:[个家次批户项人条件]|亿美元|万美元|美元|亿元?|万元?|元)?|[-—–/]")


@dataclass(frozen=True, slots=True)
class Goal:
    """What the cells of a column are targets of: what the column names of it; the rest say row and title."""

    metric: Metric | None = None
    part: str = ""
    team: str = ""

    @property
    def target(self) -> str:
        """How the column's target is written."""
        parts = (self.metric.value if self.metric else "", self.part, f"@{self.team}" if self.team else "")
        return _TARGET + "+".join(part for part in parts if part)


def target_of(header: str, samples: Iterable[object] = (), *, teams: bool = False) -> str:
    """Return the target of a header of one or several rows that names a metric, a part of the year or a team, or none.

    ``teams``: the rows name metrics, so that columns may be those who have to reach them; ``samples`` are cells of it.
    """
    if _DONE.search(header):
        return ""
    parts = ["".join(_UNIT.sub("", part).split()) for part in header.split(JOIN)]
    parts = [part for part in parts if part]
    whole = _named("".join(parts))
    if whole.metric or whole.part:
        return whole.target
    found = [_named(part) for part in parts]
    metric = next((one.metric for one in reversed(found) if one.metric), None)
    part = next((one.part for one in reversed(found) if one.part), "")
    rest = [words for words, one in zip(parts, found, strict=True) if not (one.metric or one.part)]
    team = next((words for words in reversed(rest) if _is_team(words)), "") if teams or metric else ""
    if teams and rest and not (metric or part or team) and _may_be_team(rest[-1], samples):
        team = rest[-1]
    return Goal(metric, part, team).target if metric or part or team else ""


def team_target(header: str) -> str:
    """Return the target of a column whose header is a team, whatever its words."""
    name = "".join(_UNIT.sub("", header.split(JOIN)[-1]).replace("+", "").split())
    return Goal(team=name).target if name else ""


def _named(words: str) -> Goal:
    for metric, pattern in _METRICS:
        if re.fullmatch(pattern, words):
            return Goal(metric)
    for name, (pattern, *_rest) in _PERIODS.items():
        if re.fullmatch(pattern, words):
            return Goal(part=name)
    return Goal()


def _is_team(words: str) -> bool:
    """Say whether words are what a team is called."""
    return _TEAM.fullmatch(words) is not None and _NO_TEAM.search(words) is None


def _may_be_team(words: str, samples: Iterable[object]) -> bool:
    """Say whether words may be a team's or a colleague's name because below them stand figures alone."""
    cells = [cell for cell in samples if cell not in (None, "")]
    unlike = len(words) < 2 or "+" in words or _NO_TEAM.search(words)
    return not unlike and bool(cells) and all(map(_is_figure, cells))


def _is_figure(cell: object) -> bool:
    if isinstance(cell, bool):
        return False
    return isinstance(cell, int | float) or (isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()) is not None)


def goal_of(target: str) -> Goal | None:
    """Return what a target says of its column; None for one that is no such column."""
    if not target.startswith(_TARGET):
        return None
    metric, part, team = None, "", ""
    for said in target.removeprefix(_TARGET).split("+"):
        if said.startswith("@"):
            team = said[1:]
        elif said in {*Metric}:
            metric = Metric(said)
        elif said in _PERIODS:
            part = said
        else:
            return None
    return Goal(metric, part, team)


def goals() -> tuple[str, ...]:
    """Return every target that is such a column: what one may choose for a column."""
    whole = Goal(team=WHOLE_BUREAU)
    return tuple(one.target for one in (*map(Goal, METRIC_LABELS), *(Goal(part=name) for name in _PERIODS), whole))


def title_of(goal: Goal, say: Callable[[str], str]) -> str:
    """Return what a column is called that is a metric, a part of the year, a team, or several; ``say`` translates."""
    said = [say(METRIC_LABELS[goal.metric])] if goal.metric else []
    said += [say(_PERIODS[goal.part][3])] if goal.part else []
    said += [goal.team] if goal.team else []
    return " · ".join(said)


def part_named(text: str) -> str:
    """Return the part of a year that words without a year name (上半年, 一季度, 1-6月); empty where they name none."""
    return _named("".join(text.split())).part


def part_of(year: int, name: str) -> tuple[date, date]:
    """Return the days of a part of a year."""
    _pattern, first, last, _words = _PERIODS[name]
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def held(targets: Iterable[str]) -> set[str]:
    """Return targets with what such columns stand for: the value, and the metric where they name it."""
    known = set(targets)
    for goal in [one for target in known if (one := goal_of(target)) is not None]:
        known |= {"target.value", "target.metric"} if goal.metric else {"target.value"}
    return known
