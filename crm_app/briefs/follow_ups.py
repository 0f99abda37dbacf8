"""下一步清单: what is still to be done, by whom; what is past its day first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.composer import Composer, lying
from crm_app.briefs.content import Cell, Column, Paper, Paragraph, Run, Table
from crm_app.briefs.report_rows import due
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A next step that is not done, or a promise not kept: ``overdue`` where its day is past."""

    id: UUID
    owner: str
    due: date
    what: str
    overdue: bool = False
    enterprise: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpsData:
    """What is open and due until a day; ``more`` of it, due last, is not among it."""

    until: date
    steps: Sequence[OpenStep]
    more: int = 0
    bureau: str = ""
    day: date | None = None


def compose(data: FollowUpsData) -> Paper:
    """Return the list: a table for each owner, those with the most overdue first, what is nobody's last."""
    paper = Composer()
    owners: dict[str, list[OpenStep]] = {}
    for step in data.steps:
        owners.setdefault(step.owner, []).append(step)
    order = sorted(owners, key=lambda name: (not name, -sum(one.overdue for one in owners[name]), name))
    for name in order:
        paper.add(_table(name, owners[name]))
    if not order:
        paper.add(_table("", ()))
    if data.more:
        words = ngettext("Note: {n} step more is not printed.", "Note: {n} steps more are not printed.", data.more)
        paper.add(Paragraph((Run(words.format(n=data.more)),), indent=False, note=True))
    return lying(
        PaperKind.FOLLOW_UPS,
        _("Follow-up list"),
        paper.blocks,
        subtitle=_("(due until {day})").format(day=days.show_date(data.until)),
        author=data.bureau,
        day=data.day,
    )


def _table(owner: str, steps: Sequence[OpenStep]) -> Table:
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Due"), 5.2, "center"),
        Column(_("Enterprise or project"), 10),
        Column(_("What"), 14),
        Column(_("How it went"), 7),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(due(step.due, overdue=step.overdue), (step.id,)),
            Cell(step.project or step.enterprise or "—"),
            Cell(step.what, (step.id,)),
            Cell(""),
        )
        for number, step in enumerate(sorted(steps, key=_by_day), 1)
    )
    late = sum(step.overdue for step in steps)
    count = ngettext("{n} step", "{n} steps", len(steps)).format(n=len(steps))
    caption = _("{owner}: {count}, {late} overdue") if late else _("{owner}: {count}")
    words = caption.format(owner=owner or _("Nobody's"), count=count, late=late)
    return Table(columns, rows, caption=words if steps else "", empty=_("Nothing is to be done."))


def _by_day(step: OpenStep) -> tuple[bool, date, int]:
    return not step.overdue, step.due, step.id.int
