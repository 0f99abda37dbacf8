"""双周项目进展: each project in talks or under way: what happened in the window, what is next, what is in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer, join, lying
from crm_app.briefs.content import Cell, Column, Paper, Table
from crm_app.domain import days
from crm_app.domain.counting import Window
from crm_app.domain.days import FuzzyDay
from crm_app.domain.papers import PaperKind
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened to a project in the window; ``known`` is when, where that is not known to the day."""

    on: date
    what: str
    id: UUID
    known: FuzzyDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A project with what happened, its next step and what is to be coordinated."""

    id: UUID
    project: str
    stage: Stage
    yuan: int | None
    enterprises: str = ""
    owner: str = ""
    happened: Sequence[Happened] = ()
    next_step: str = ""
    obstacles: Sequence[str] = ()
    rows: tuple[UUID, ...] = ()

    @property
    def still(self) -> bool:
        """Whether there is nothing to say of it: a signed one is then only named."""
        settled = self.stage in (Stage.SIGNED, Stage.STARTED)
        return settled and not (self.happened or self.next_step or self.obstacles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressData:
    """The projects under way at the end of a window, the largest first."""

    window: Window
    projects: Sequence[UnderWay]
    bureau: str = ""
    day: date | None = None


_ORDER = (Stage.MOU, Stage.REVIEW, Stage.NEGOTIATING, Stage.SIGNED, Stage.STARTED)


def compose(data: ProgressData) -> Paper:
    """Return the report: a table for each stage, those in talks first."""
    paper = Composer()
    for stage in _ORDER:
        of_stage = [one for one in data.projects if one.stage is stage]
        if of_stage:
            paper.add(_table(stage, of_stage))
    if not data.projects:
        paper.add(Table(_columns(), (), empty=_("No project is under way.")))
    return lying(
        PaperKind.PROGRESS,
        _("Progress of projects"),
        paper.blocks,
        subtitle=_("({window})").format(window=shown.window_words(data.window)),
        author=data.bureau,
        day=data.day,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 1.6, "center"),
        Column(_("Project"), 7),
        Column(_("Enterprise"), 5.6),
        Column(_("Investment"), 3.8, "right", _("CNY 100 million")),
        Column(_("What happened"), 10),
        Column(_("Next step"), 6.4),
        Column(_("To be coordinated"), 6.4),
        Column(_("Owner"), 2.8, "center"),
    )


def _table(stage: Stage, projects: Sequence[UnderWay]) -> Table:
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.project, (one.id,)),
            Cell(one.enterprises or "—"),
            Cell("—" if one.yuan is None else shown.yi(one.yuan), (one.id,)),
            Cell(_told(one.happened), tuple(entry.id for entry in one.happened)),
            Cell(one.next_step or "—"),
            Cell("\n".join(one.obstacles) or "—", one.rows),
            Cell(one.owner or "—"),
        )
        for number, one in enumerate((one for one in projects if not one.still), 1)
    )
    still = [one.project for one in projects if one.still]
    note = ""
    if still:
        words = ngettext(
            "Note: nothing new of {n} more: {names}.", "Note: nothing new of {n} more: {names}.", len(still)
        )
        note = words.format(n=len(still), names=join(still))
    moved = sum(bool(one.happened) for one in projects)
    caption = _("{stage}: {count}, {moved} with something new").format(
        stage=_(STAGE_LABELS[stage]),
        count=ngettext("{n} project", "{n} projects", len(projects)).format(n=len(projects)),
        moved=moved,
    )
    return Table(_columns(), rows, caption=caption, note=note, empty=_("Nothing new in the window"))


def _told(entries: Sequence[Happened]) -> str:
    dated = ((days.show_day(one.known) if one.known else shown.short_date(one.on), one.what) for one in entries)
    said = (_("{day} {what}").format(day=day, what=what) for day, what in dated)
    return "\n".join(said) or _("Nothing new in the window")
