"""需协调事项清单: what waits for a department, with the days it is open and the day it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm_app.briefs.composer import Composer, lying
from crm_app.briefs.content import Cell, Column, Paper, Table
from crm_app.briefs.report_rows import due
from crm_app.briefs.window_data import Obstacle
from crm_app.domain import days
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstaclesData:
    """The needs open at the end of a day."""

    until: date
    obstacles: Sequence[Obstacle]
    bureau: str = ""
    day: date | None = None


def compose(data: ObstaclesData) -> Paper:
    """Return the list: a table for each department, the one with the most overdue first, those of none last."""
    paper = Composer()
    depts: dict[str, list[Obstacle]] = {}
    for one in data.obstacles:
        depts.setdefault(one.dept, []).append(one)
    order = sorted(
        depts, key=lambda name: (not name, -sum(one.overdue for one in depts[name]), -len(depts[name]), name)
    )
    for name in order:
        paper.add(_table(name, depts[name]))
    if not order:
        paper.add(_table("", ()))
    return lying(
        PaperKind.OBSTACLES,
        _("List of obstacles"),
        paper.blocks,
        subtitle=_("(open on {day})").format(day=days.show_date(data.until)),
        author=data.bureau,
        day=data.day,
    )


def _table(dept: str, obstacles: Sequence[Obstacle]) -> Table:
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Enterprise or project"), 9),
        Column(_("To be coordinated"), 13),
        Column(_("Due"), 5.2, "center"),
        Column(_("Days open"), 3.2, "right"),
        Column(_("Answer of the department"), 7),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.whose or "—"),
            Cell(one.need, (one.id,)),
            Cell(due(one.due, overdue=one.overdue), (one.id,)),
            Cell(str(one.days_open)),
            Cell(""),
        )
        for number, one in enumerate(obstacles, 1)
    )
    late = sum(one.overdue for one in obstacles)
    count = ngettext("{n} matter", "{n} matters", len(obstacles)).format(n=len(obstacles))
    caption = _("{owner}: {count}, {late} overdue") if late else _("{owner}: {count}")
    words = caption.format(owner=dept or _("No department named"), count=count, late=late)
    return Table(columns, rows, caption=words if obstacles else "", empty=_("Nothing waits for a department."))
