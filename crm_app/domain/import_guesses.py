"""What kind of ledger a sheet is, by its headers and by the names of file and sheet, and what tells so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from crm_app.domain import import_achieved, import_goals, import_months, import_near_kinds, import_titles
from crm_app.domain.import_kinds import KINDS, NEEDED, POST, RECORD_OF, STAGE_EVIDENCE
from crm_app.domain.imports import columns_for, held_by
from crm_app.domain.records import RECORDS
from crm_app.domain.traditional import simplified
from crm_app.i18n import _

_ENOUGH_OF_A_PROJECT = ("project.total_investment", "project.content", "project.project_type", "project.origin")
_FEW = 4
"""Columns of enterprises beside an honour, up to which a sheet is a list of honours."""
_NAMED_BY = (("enterprises", "enterprise.name"), ("enterprises", "enterprise.uscc"), ("projects", "project.name"))
_LEAD = re.compile(r"线索(?:名称|编号|来源|内容)|首报|初判|first reporter", re.I)
_VISIT = re.compile(r"拜访|走访|来访|会谈|洽谈|会见|纪要|visit", re.I)


class KindGuess(NamedTuple):
    """What a sheet is taken for, a sentence that says why, and the kinds it may be as well."""

    kind: str
    evidence: str
    near: tuple[str, ...] = ()


def guess_kind(
    headers: Sequence[str],
    names: Sequence[str] = (),
    title: str = "",
    samples: Sequence[Sequence[object]] = (),
) -> KindGuess:
    """Return the kind of ledger these headers belong to; ``names`` (of file and sheet) decide what they leave open.

    ``title`` stands above the header: it tells whether amounts of months are funds in place, and with the names
    whether a sheet tells what was achieved. ``samples`` are rows below, by which a column is known to be a team's.
    """
    plain = [simplified(header) for header in headers]
    return _Guess(plain, [simplified(name) for name in names], simplified(title), samples).guess()


def is_achieved(headers: Sequence[str], names: Sequence[str], title: str) -> bool:
    """Say whether a sheet tells what was achieved: no target of it is taken unless the user says so."""
    said = f"{title} {' '.join(names)}"
    return import_achieved.carries(headers, said, import_months.year_in(said))


class _Guess:
    """The headers of a sheet, read as each kind would read them."""

    def __init__(
        self, headers: Sequence[str], names: Sequence[str], title: str, samples: Sequence[Sequence[object]]
    ) -> None:
        self._headers, self._title, self._samples = headers, title, samples
        self._names = " ".join(names)
        self._achieved = is_achieved(headers, names, title)
        self._all = " ".join((*headers, *names))
        self._labels = {name.strip().casefold() for name in names}
        self._read: dict[str, dict[str, str]] = {}

    def guess(self) -> KindGuess:
        """Return the kind: one named or headed as this program does its sheets, else what the headers say."""
        for kind in KINDS[1:]:
            label = RECORDS[RECORD_OF[kind]].label
            if self._labels & {label.casefold(), _(label).casefold()} and self._enough(kind):
                return KindGuess(kind, _("The file or the sheet is called “{name}”.").format(name=_(label)))
        own = import_near_kinds.headed_as_own(self._headers)
        if own and self._enough(own):
            return KindGuess(own, _("Its headers are those that this program gives to such a sheet."))
        kind = self._by_its_headers()
        held = {one: self._columns(one) for one in KINDS if self._enough(one)}
        near = () if kind == "projects" and self._of_a_project else import_near_kinds.near(kind, held)
        return KindGuess(kind, import_near_kinds.evidence(kind, self._columns(kind)), near)

    def _by_its_headers(self) -> str:
        lead = bool(_LEAD.search(self._all))
        fitting: dict[str, Callable[[], bool]] = {
            "forecasts": self._forecasts,
            "rankings": self._rankings,
            "targets": self._targets,
            "receptions": self._receptions,
            "trips": self._trips,
            "events": self._events,
            "follow_ups": self._follow_ups,
            "funds": self._funds,
            "stages": self._stages,
            "signings": self._signings,
            "milestones": self._milestones,
            "needs": self._needs,
            "tasks": self._tasks,
            "projects": lambda: True,
            "honours": self._honours,
            "yearly_results": self._yearly_results,
        }
        for kind, fits in fitting.items():
            if not lead and self._enough(kind) and fits():
                return kind
        if self._enough("visits") and _VISIT.search(self._all):
            return "visits"
        if lead or "线索" in self._names:
            return "leads"
        return "contacts" if self._enough("contacts") and self._contacts() else "enterprises"

    def _columns(self, kind: str) -> Mapping[str, str]:
        """Return the headers by what they mean in a kind."""
        if kind not in self._read:
            columns = columns_for(kind, self._headers, samples=self._samples if kind == "targets" else ())
            self._read[kind] = {one.target: one.header for one in columns if one.target}
        return self._read[kind]

    def _enough(self, kind: str) -> bool:
        held = held_by(self._columns(kind)).union(import_titles.told(kind, self._title))
        return all(held & set(targets) for targets, _word in NEEDED[kind])

    def _named(self, pattern: str) -> bool:
        return re.search(pattern, self._names, re.I) is not None

    @cached_property
    def _of_a_project(self) -> bool:
        """Say whether the sheet describes projects, whatever else it says of them."""
        return any(target in self._columns("projects") for target in _ENOUGH_OF_A_PROJECT)

    def _targets(self) -> bool:
        if self._achieved:
            return False
        goals = any(import_goals.goal_of(target) for target in self._columns("targets"))
        named = re.search(r"目标|任务|指标|分解|考核|target", f"{self._title} {self._names}", re.I) is not None
        return (named or not goals) and not self._columns("projects").keys() & {"project.name", "enterprise.uscc"}

    def _forecasts(self) -> bool:
        """Say whether a sheet is of forecasts: one of targets may have a column of what is expected beside them."""
        named = re.search(r"预计|预测|forecast", f"{self._title} {self._names}", re.I) is not None
        beside = self._columns("targets").keys() & {"target.value"} or any(
            import_achieved.role_of(header) for header in self._headers
        )
        return (named or not beside) and not self._of_others(self._columns("forecasts"))

    def _events(self) -> bool:
        held = self._columns("events")
        words = f"{self._title} {self._names} {held['event.name']} {held['event.on']}"
        own = re.search(r"活动|会议|培训|论坛|推介|沙龙|赛事|event", words, re.I)
        trip = re.search(r"批次|出发|返回|返程|带队|目的地", self._all)
        return own is not None and trip is None and not self._of_others(held)

    def _rankings(self) -> bool:
        held = self._columns("rankings")
        told = re.search(r"排名|赛马|通报|考核|榜|rank", f"{self._title} {self._names}", re.I) is not None
        period = "ranking.period" in held or "ranking.period" in import_titles.told("rankings", self._title)
        ranked = "ranking.rank" in held and ("ranking.board" in held or (told and period))
        return (ranked or (self._achieved and self._of_metrics(held))) and not self._of_others(held)

    def _of_metrics(self, held: Mapping[str, str]) -> bool:
        """Say whether a sheet that tells what was achieved tells it of metrics, not of tasks or projects."""
        columns = any(import_achieved.part_of(target) for target in held)
        return (
            columns
            or {"ranking.metric", "ranking.value"} <= held.keys()
            or {"ranking.rank", "ranking.rate"} <= held.keys()
        )

    def _of_others(self, held: Mapping[str, str]) -> bool:
        """Say whether rows are of enterprises or projects (500强榜单), beside what a ranking reads."""
        named = {self._columns(kind).get(target) for kind, target in _NAMED_BY}
        return bool(named.difference(held.values(), (None,)))

    def _yearly_results(self) -> bool:
        told = re.search(r"亩均|亩产|实绩|效益评价", f"{self._title} {self._names}") is not None
        return told and not self._of_a_project

    def _receptions(self) -> bool:
        home = r"来访|接待|到访|考察"
        return (
            "主陪" in self._all
            or re.search(home, self._columns("receptions")["reception.on"]) is not None
            or self._named(r"来访|接待|reception")
        )

    def _trips(self) -> bool:
        own = re.search(r"批次|出发|返回|返程|带队|随行|出访|外出|目的地|departure", self._all, re.I)
        visits = self._columns("visits") if self._enough("visits") else {}
        return own is not None and len(self._columns("trips")) > len(visits)

    def _follow_ups(self) -> bool:
        held = self._columns("follow_ups")
        if re.search(r"跟进|跟踪|联系|沟通|回访", held["follow_up.on"]) or self._named(r"跟进|跟踪|回访|follow"):
            return True
        plain = "follow_up.mode" in held and not _VISIT.search(self._all)
        return plain and not self._of_a_project

    def _funds(self) -> bool:
        held = self._columns("funds")
        named = self._named(r"到位|到资|funds")
        if any(map(import_months.month_of, held)):
            return named or re.search(r"到位|到账|到资", self._title + "".join(self._headers)) is not None
        arrived = re.search(r"到位|到账|到资|入账", held["fund.on"] + held["fund.amount"])
        return not self._of_a_project and (arrived is not None or named)

    def _stages(self) -> bool:
        held = self._columns("stages")
        days = [target for target in held if target.startswith("stage.") and not target.endswith("_evidence")]
        borne_out = any(target in STAGE_EVIDENCE for target in held)
        whole = {"stage_entry.stage", "stage_entry.on"} <= held.keys() or len(days) > 1 or bool(days and borne_out)
        return whole and not self._of_a_project and "signing.amount" not in self._columns("projects")

    def _signings(self) -> bool:
        held = self._columns("signings")
        agreed = "signing.kind" in held and "signing.amount" in held
        return agreed and not self._of_a_project and not held.keys() & {"project.stage", "project.park"}

    def _milestones(self) -> bool:
        return not self._of_a_project and not self._columns("projects").keys() & {"project.stage", "signing.amount"}

    def _needs(self) -> bool:
        named = self._named(r"诉求|需求|要素|困难|问题|承诺|needs")
        held = self._columns("needs")
        handled = held.keys() & {"need.due", "need.dept", "need.solved_on", "need.promised_on"} and "need.text" in held
        # 类别 is said of projects and of needs, and a need names the visit it was heard on.
        beside = "".join(header for header in self._headers if header not in held.values())
        of_visits = re.search(r"洽谈|会谈|纪要|(?:拜访|走访|来访)(?!领导|人|干部)", beside) is not None
        others = {said: header for said, header in self._columns("projects").items() if header not in held.values()}
        of_a_project = any(said in others for said in _ENOUGH_OF_A_PROJECT)
        return (named or bool(handled)) and not of_a_project and not of_visits

    def _honours(self) -> bool:
        """Say whether a sheet is a list of honours: it says little else of the enterprises."""
        held = self._columns("honours")
        dated = held.keys() & {"label.year", "label.valid_to", "label.issuer"}
        return bool(dated or self._named(r"荣誉|资质|标签|honours")) and len(self._columns("enterprises")) <= _FEW

    def _tasks(self) -> bool:
        held = self._columns("tasks")
        named = self._named(r"待办|督办|下一步|任务清单|next steps?|to-?do")
        # What is to be done and by when, and nothing of the enterprise that a next step does not say.
        known = {*self._columns("enterprises").values()}
        whole = {"task.what", "task.due"} <= held.keys() and known <= {*held.values()}
        visits = self._columns("visits") if self._enough("visits") else {}
        return (named or whole) and not self._of_a_project and len(held) > len(visits)

    def _contacts(self) -> bool:
        if self._named(r"联系人|通讯录|名片|contacts"):
            return True
        held = self._columns("contacts")
        others = [target for target in held if not target.startswith(("contact.", "contact_also."))]
        plain = all(target in ("enterprise.name", "enterprise.uscc", POST) for target in others)
        more = len(self._columns("enterprises")) > len(held)
        return plain and not more and any(target in held for target in ("contact.name", "contact.salutation"))
