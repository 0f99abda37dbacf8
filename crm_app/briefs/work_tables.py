"""Tables of the work itself: a week's activities, the league table, promises by department, what is late, packages."""

from __future__ import annotations

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Cell, Column, Table
from crm_app.briefs.window_data import WindowData
from crm_app.domain.activity import ACTIVITY_LABELS, Activity
from crm_app.domain.amounts import Currency
from crm_app.domain.counting import Tally
from crm_app.domain.entry_names import entry_name
from crm_app.domain.league import LeagueTable
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import CURRENCY_OF, METRIC_LABELS, Metric
from crm_app.i18n import _

_SHORT = 10


def activity(paper: Composer, data: WindowData) -> None:
    """Append the activities of the window, beside the window before it and the year so far."""
    figure = data.figures.activity
    if not figure.value.lines:
        return
    columns = (
        Column(_("Activity"), 4),
        Column(_("In the window"), 5, "right"),
        Column(_("In the one before"), 5, "right"),
        Column(_("In the year so far"), 5, "right"),
    )
    rows = tuple(
        (
            Cell(_(ACTIVITY_LABELS[line.activity])),
            *(_told(line.activity, tally) for tally in (line.now, line.before, line.year)),
        )
        for line in figure.value.lines
    )
    note = _("Note: the one before: {before}; the year so far: {year}.").format(
        before=shown.window_words(figure.value.before), year=shown.window_words(figure.value.year)
    )
    paper.add(Table(columns, rows, caption=paper.table_title(_("The work at a glance")), note=note))


def _told(activity: Activity, tally: Tally) -> Cell:
    words = str(tally.count)
    if activity is Activity.SIGNED and tally.yuan:
        words = _("{n} ({money})").format(n=tally.count, money=shown.money(tally.yuan))
    return Cell(words, tally.rows)


def league(paper: Composer, data: WindowData) -> None:
    """Append the league table of teams, then that of people."""
    found = data.figures.league.value
    for title, table in ((_("League table of teams"), found.teams), (_("League table of people"), found.people)):
        # Where nobody reached anything all would share the first place.
        if any(cell.value for line in table.lines for cell in line.cells):
            paper.add(_league(paper.table_title(title), table, found.metrics))


def _league(caption: str, table: LeagueTable, metrics: tuple[Metric, ...]) -> Table:
    columns = (
        Column(_("Its place"), 1.8, "center"),
        Column(_("Team or person"), 4),
        *(Column(_(METRIC_LABELS[metric]), 3.4, "right", _unit(metric)) for metric in metrics),
    )
    rows = tuple(
        (
            Cell(str(line.place)),
            Cell(line.subject),
            *(Cell(shown.bare(cell.metric, cell.value), cell.rows) for cell in line.cells),
        )
        for line in table.lines
    )
    note = _("Note: the place follows {metric}; what several did counts for each of them.")
    return Table(columns, rows, caption=caption, note=note.format(metric=_(METRIC_LABELS[metrics[0]])))


def _unit(metric: Metric) -> str:
    # Of what is counted the column's title tells what it is.
    return _("CNY 100 million") if CURRENCY_OF.get(metric) is Currency.CNY else ""


def departments(paper: Composer, data: WindowData) -> None:
    """Append what was promised and is open, by the department that keeps it."""
    found = data.figures.needs_by_dept.value
    if not found:
        return
    columns = (
        Column(_("Department"), 7),
        Column(_("Open promises"), 3.4, "right"),
        Column(_("Past their day"), 3.4, "right"),
        Column(_("Median time"), 3.4, "right", _("days")),
        Column(_("Longest"), 3.4, "right", _("days")),
    )
    rows = tuple(
        (
            Cell(one.dept or _("No department named")),
            Cell(str(len(one.rows)), one.rows),
            Cell(str(len(one.overdue)), one.overdue),
            Cell(str(one.median_days)),
            Cell(str(one.longest_days)),
        )
        for one in found
    )
    paper.add(Table(columns, rows, caption=paper.table_title(_("Promises by department"))))


def overdue_starts(paper: Composer, data: WindowData) -> None:
    """Append the signed projects whose agreed start has passed without one, the longest first."""
    found = data.figures.overdue_starts.value
    if not found:
        return
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Project"), 7.4),
        Column(_("Agreed start"), 4, "center"),
        Column(_("Days late"), 2.4, "right"),
        Column(_("Investment"), 3.8, "right", _("CNY 100 million")),
        Column(_("Stage"), 3.2),
        Column(_("Owner"), 3, "center"),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.name, (one.project_id,)),
            Cell(shown.short_date(one.agreed_on)),
            Cell(str(one.days)),
            Cell(shown.yi(one.yuan), (one.project_id,)),
            Cell(_(STAGE_LABELS[one.stage])),
            Cell(one.owner or "—"),
        )
        for number, one in enumerate(found[:_SHORT], 1)
    )
    note = _("Note: the first {shown} of {n}, the longest late first.") if len(found) > _SHORT else ""
    caption = paper.table_title(_("Agreed starts that have passed"))
    paper.add(Table(columns, rows, caption=caption, note=note.format(shown=_SHORT, n=len(found))))


def packaged(paper: Composer, data: WindowData) -> None:
    """Append the packaged projects by cluster, and how many of them were signed."""
    found = data.figures.packaged.value
    if not found.total.rows:
        return
    columns = (
        Column(_("Cluster"), 7),
        Column(_("Packaged"), 3, "right", _("number")),
        Column(_("Amount offered"), 4, "right", _("CNY 100 million")),
        Column(_("Signed by the end"), 3.4, "right", _("number")),
        Column(_("Signed"), 4, "right", _("CNY 100 million")),
    )
    rows = tuple(
        (
            Cell(entry_name(one.name or _("not filled in"))),
            Cell(str(len(one.rows)), one.rows),
            Cell(shown.yi(one.yuan), one.rows),
            Cell(str(len(one.signed)), one.signed),
            Cell(shown.yi(one.signed_yuan), one.signed),
        )
        for one in (*found.by_cluster, found.total)
    )
    *parts, (_name, *sums) = rows
    total = (Cell(_("Total")), *sums)
    paper.add(Table(columns, tuple(parts), total, paper.table_title(_("Packaged projects"))))
