"""项目简表: 主体、内容、投资、用地、产值税收用工、要素、进展、需协调事项, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Fact, KeyValue, Paper, Qr, Run
from crm_app.briefs.visit import Step, add_steps
from crm_app.domain import days
from crm_app.domain.days import FuzzyDay
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One entry of 进展记录; ``on`` is as precise as its day is known."""

    on: FuzzyDay
    what: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectData:
    """What a project sheet is made of, amounts and areas in words; what is needed and empty is a gap.

    ``investors`` carry their shares; ``needs`` one factor each (用地60亩，规资局，6月30日前); ``obstacles`` 需协调事项.
    """

    project: str
    id: UUID | None = None
    number: str = ""
    investors: Sequence[str] = ()
    content: str = ""
    investment: str = ""
    fixed_investment: str = ""
    stage: str = ""
    park: str = ""
    channel: str = ""
    origin: str = ""
    land: str = ""
    plant: str = ""
    output: str = ""
    tax: str = ""
    jobs: str = ""
    per_mu: str = ""
    owner: str = ""
    needs: Sequence[str] = ()
    progress: Sequence[Progress] = ()
    obstacles: Sequence[str] = ()
    next_steps: Sequence[Step] = ()
    bureau: str = ""
    day: date | None = None
    code: Qr | None = None


def compose(data: ProjectData) -> Paper:
    """Return the project sheet."""
    paper = Composer()
    rows = (data.id,) if data.id else ()

    def short(key: str, label: str, text: str) -> Fact:
        return Fact(label, (Run(text or "—", rows=rows),), key=key)

    def needed(key: str, label: str, text: str) -> Fact:
        return Fact(label, (paper.value(text, label, rows, f"project.{key}"),), wide=True, key=key)

    def several(key: str, label: str, items: Sequence[str]) -> Fact:
        return Fact(label, (Run("\n".join(items) or "—", rows=rows),), wide=True, key=key)

    facts = (
        needed("investors", _("Investors"), "\n".join(data.investors)),
        needed("content", _("What will be built"), data.content),
        short("investment", _("Investment"), data.investment),
        short("fixed_investment", _("Fixed investment"), data.fixed_investment),
        short("stage", _("Stage"), data.stage),
        short("park", _("Park"), data.park),
        short("channel", _("Channel"), data.channel),
        short("origin", _("Origin"), data.origin),
        short("land", _("Land"), data.land),
        short("plant", _("Plant"), data.plant),
        short("output", _("Output a year"), data.output),
        short("tax", _("Tax a year"), data.tax),
        short("jobs", _("Jobs"), data.jobs),
        Fact(_("Per mu"), (Run(data.per_mu or "—", rows=rows),), wide="\n" in data.per_mu, key="per_mu"),
        several("needs", _("Needs"), data.needs),
        Fact(_("Progress"), _progress(data.progress), wide=True, lines=2, key="progress"),
        several("obstacles", _("To be coordinated"), data.obstacles),
        short("owner", _("Owner"), data.owner),
        short("number", _("Number"), data.number),
    )
    if data.code:
        paper.add(data.code)
    paper.add(KeyValue(facts))
    if data.next_steps:
        add_steps(paper, data.next_steps, rows)
    paper.list_gaps()
    return Paper(
        kind=PaperKind.PROJECT,
        title=data.project,
        language=language(),
        blocks=tuple(paper.blocks),
        author=data.bureau,
        day=data.day,
    )


def _progress(entries: Sequence[Progress]) -> tuple[Run, ...]:
    return tuple(
        Run(
            _("{day} {what}").format(day=days.show_day(entry.on), what=entry.what)
            + ("" if number == len(entries) else "\n"),
            rows=(entry.id,) if entry.id else (),
        )
        for number, entry in enumerate(entries, 1)
    )
