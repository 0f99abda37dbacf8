"""外出招商情况报告: 基本情况 → 主要成效(企业表) → 启示 → 问题 → 下一步工作打算; 附拜访表. Printed on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import Cell, Column, PageBreak, Paper, Photo, Photos, Run, Table
from crm_app.briefs.drafting import fields_met, intention, willing
from crm_app.briefs.shown import day_of_month, window_words
from crm_app.briefs.visit import Step, add_steps
from crm_app.domain import days
from crm_app.domain.counting import Window
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class TripVisit:
    """One visit of the trip, in its tables; ``result`` is what came of it."""

    enterprise: str
    on: date
    id: UUID | None = None
    enterprise_id: UUID | None = None
    industry: str = ""
    place: str = ""
    our_people: Sequence[str] = ()
    their_people: Sequence[str] = ()
    talk: str = ""
    result: str = ""
    intent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripData:
    """What a trip report is made of. ``enterprises`` is 家数, ``visit_count`` 家次: both are printed (rule 8).

    ``gaps`` are (words, ids) found missing beyond what is empty here; ``number`` is never made up.
    """

    title: str
    start_on: date
    end_on: date
    enterprises: int
    visit_count: int
    id: UUID | None = None
    number: str = ""
    approval_number: str = ""
    regions: Sequence[str] = ()
    leader: str = ""
    members: Sequence[str] = ()
    purpose: str = ""
    visits: Sequence[TripVisit] = ()
    results: str = ""
    findings: str = ""
    problems: str = ""
    plans: str = ""
    next_steps: Sequence[Step] = ()
    gaps: Sequence[tuple[str, tuple[UUID, ...]]] = ()
    bureau: str = ""
    author: str = ""
    written_on: date | None = None
    photos: Sequence[Photo] = ()


def compose(data: TripData) -> Paper:
    """Return the trip report."""
    paper = Composer()
    rows = (data.id,) if data.id else ()
    _terms(paper, data)
    paper.section(_("The trip"), key="trip")
    paper.paragraph(*_basics(paper, data))
    paper.section(_("Main results"), key="results")
    paper.paragraph(data.results)
    _results(paper, data)
    paper.add(_result_table(paper, data))
    for key, title, text in (
        ("findings", _("What we learned"), data.findings),
        ("problems", _("Problems that remain"), data.problems),
        ("plans", _("Next steps"), data.plans),
    ):
        paper.section(title, key=key)
        paper.prose(text, title, rows, f"trip.{key}")
    if data.next_steps:
        add_steps(paper, data.next_steps, rows)
    paper.sign(data.bureau, data.written_on, data.gaps)
    if data.visits:
        paper.add(PageBreak())
        paper.annex(_("Annex"), key="annex")
        paper.add(_visit_table(data))
    if data.photos:
        paper.add(PageBreak())
        paper.annex(_("Annex: photos of the visits"), key="photos")
        paper.add(Photos(tuple(data.photos)))
    title = _("Report on “{title}”").format(title=data.title)
    return paper.report(PaperKind.TRIP, title, author=data.bureau or data.author, day=data.written_on)


def _terms(paper: Composer, data: TripData) -> None:
    """Let a template's sentences name who went where, and how many were met."""
    rows = (data.id,) if data.id else ()
    visits = tuple(visit.id for visit in data.visits if visit.id)
    paper.term("bureau", data.bureau)
    paper.term("days", span(data.start_on, data.end_on), rows)
    paper.term("leader", data.leader, rows)
    paper.term("regions", join(data.regions), rows)
    paper.term("enterprises", str(data.enterprises), visits)
    paper.term("visits", str(data.visit_count), visits)


def span(first: date, last: date) -> str:
    """Return the days of a trip as a sentence has them: 2023年5月15日至19日, or one day."""
    return window_words(Window(first, last))


def _basics(paper: Composer, data: TripData) -> list[Run]:
    """Return the opening: 某日至某日，由某某带队，某某一行赴某地…，拜访企业 n 家、m 家次."""
    rows = (data.id,) if data.id else ()
    visits = tuple(visit.id for visit in data.visits if visit.id)
    parts = [Run(_("On {days}, ").format(days=span(data.start_on, data.end_on)), rows=rows)]
    leader = paper.value(data.leader, _("Leader"), rows, "trip.leader_id")
    parts += [Run(_("a group led by ")), leader]
    if data.members:
        members = _(", with {members}, {n} in all").format(members=join(data.members), n=len(data.members) + 1)
        parts.append(Run(members, rows=rows))
    regions = paper.value(join(data.regions), _("Regions"), rows, "trip.regions")
    parts += [Run(_(", went to ")), regions, Run(_(" to promote investment. "))]
    if data.purpose:
        parts.append(Run(_("Purpose: {purpose}. ").format(purpose=data.purpose.rstrip("。."))))
    count = ngettext("It met {n} enterprise", "It met {n} enterprises", data.enterprises).format(n=data.enterprises)
    times = ngettext(" in {n} visit.", " in {n} visits.", data.visit_count).format(n=data.visit_count)
    parts += [Run(count, rows=visits), Run(times, rows=visits)]
    if data.approval_number:
        parts.append(Run(_(" Approval: {number}.").format(number=data.approval_number), rows=rows))
    return parts


def _results(paper: Composer, data: TripData) -> None:
    """Tell what came of the visits, those with a first intention one by one; the table has them all."""
    firms = {visit.enterprise: visit for visit in data.visits}
    told = fields_met([one.industry for one in firms.values()], sum(willing(one.intent) for one in firms.values()))
    if told:
        paper.paragraph(Run(told, rows=tuple(visit.id for visit in firms.values() if visit.id)))
    for number, visit in enumerate((one for one in data.visits if one.result and willing(one.intent)), 1):
        words = intention(visit.enterprise, visit.industry, visit.result)
        paper.paragraph(_("({number}) ").format(number=number), Run(words, rows=_ids(visit.id)))


def _result_table(paper: Composer, data: TripData) -> Table:
    columns = (
        Column(_("No."), 1.7, "center"),
        Column(_("Enterprise"), 6),
        Column(_("Industry"), 3.4),
        Column(_("Results"), 10),
        Column(_("Interest"), 1.9, "center"),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(visit.enterprise, _ids(visit.enterprise_id)),
            Cell(visit.industry or "—"),
            Cell(visit.result or "—", _ids(visit.id)),
            Cell(visit.intent[:1] or "—"),
        )
        for number, visit in enumerate(data.visits, 1)
    )
    note = _("Enterprises are counted once, visits each time: {enterprises} and {visits}.").format(
        enterprises=data.enterprises, visits=data.visit_count
    )
    return Table(columns, rows, caption=_("Enterprises met"), note=note, empty=_("No visit was written up."))


def _visit_table(data: TripData) -> Table:
    columns = (
        Column(_("No."), 2.3, "center"),
        Column(_("Day"), 3.6, "center"),
        Column(_("Enterprise"), 5),
        Column(_("Place"), 3.6),
        Column(_("Our people"), 3.9),
        Column(_("Their people"), 4.2),
        Column(_("What was said"), 8),
    )
    # The report begins with the days of the trip.
    shown_day = day_of_month if data.start_on.year == data.end_on.year else days.show_date
    rows = tuple(
        (
            Cell(str(number)),
            Cell(shown_day(visit.on), _ids(visit.id)),
            Cell(visit.enterprise, _ids(visit.enterprise_id)),
            Cell(visit.place or "—"),
            Cell(join(visit.our_people) or "—"),
            Cell(join(visit.their_people) or "—"),
            Cell(visit.talk or "—", _ids(visit.id)),
        )
        for number, visit in enumerate(data.visits, 1)
    )
    return Table(columns, rows, caption=_("Visits of the trip"))


def _ids(*ids: UUID | None) -> tuple[UUID, ...]:
    return tuple(one for one in ids if one)
