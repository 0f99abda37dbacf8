"""The rows behind a period report: contracts, projects about to sign, trips, receptions, what is to be coordinated."""

from __future__ import annotations

from datetime import date

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Cell, Column, Table
from crm_app.briefs.report_data import Contract, ReportData
from crm_app.i18n import _


def _few(data: ReportData) -> int:
    """Return how many lines a table in the text has; the annex, or a list of its own, has them all."""
    return 10 if data.whole else 5


def contracts_short(paper: Composer, data: ReportData) -> None:
    """Append the largest contracts of the window."""
    if not data.contracts:
        return
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Project"), 7),
        Column(_("Enterprise"), 6),
        Column(_("Investment"), 3.8, "right", _("CNY 100 million")),
        Column(_("Park"), 4),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.project, (one.id,)),
            Cell(one.parties or "—"),
            Cell(shown.yi(one.yuan), (one.id,)),
            Cell(one.park or "—"),
        )
        for number, one in enumerate(data.contracts[: _few(data)], 1)
    )
    paper.add(
        Table(columns, rows, caption=paper.table_title(_("Contracts signed")), note=_first(data, len(data.contracts)))
    )


def _first(data: ReportData, count: int) -> str:
    if count <= _few(data):
        return ""
    return _("Note: the first {shown} of {n}, by amount.").format(shown=_few(data), n=count)


def contracts(paper: Composer, data: ReportData) -> None:
    """Append every contract of the window with all that is said of it; their amounts sum to the figure."""
    if not data.contracts:
        return
    columns = (
        Column(_("No."), 1.5, "center"),
        Column(_("Signed on"), 3.9, "center"),
        Column(_("Project"), 6.2),
        Column(_("Parties and honours"), 6.2),
        Column(_("Investment"), 3.8, "right", _("CNY 100 million")),
        Column(_("Cluster, channel, park, origin"), 5.8),
    )
    rows = tuple((Cell(str(number)), *_contract(one)) for number, one in enumerate(data.contracts, 1))
    whole = data.figures.signed.value
    total = (
        Cell(""),
        Cell(_("Total")),
        Cell(shown.projects(whole.count)),
        Cell(""),
        Cell(shown.yi(whole.yuan), whole.rows),
        Cell(""),
    )
    note = _("Note: a supplement is an amount without a project of its own; parties with their shares.")
    paper.add(Table(columns, rows, total, paper.table_title(_("Every contract signed")), note))


def _contract(one: Contract) -> tuple[Cell, ...]:
    own = (one.id,)
    project = one.project if one.projects else _("{project} ({kind})").format(project=one.project, kind=one.kind)
    where = (one.cluster, one.channel, one.park, one.origin)
    return (
        Cell(one.day, own),
        Cell(project, own),
        Cell(_("; ").join(part for part in (one.parties, one.honours) if part) or "—"),
        Cell(shown.yi(one.yuan), own),
        Cell(_(", ").join(part for part in where if part) or "—"),
    )


def coming(paper: Composer, data: ReportData) -> None:
    """Append the projects about to sign, the largest first."""
    if not data.ahead.coming:
        return
    columns = (
        Column(_("No."), 1.9, "center"),
        Column(_("Project"), 6.2),
        Column(_("Enterprise"), 5),
        Column(_("Investment"), 3.8, "right", _("CNY 100 million")),
        Column(_("Stage"), 3),
        Column(_("Expected"), 3.2),
        Column(_("Owner"), 2.8, "center"),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.project, (one.id,)),
            Cell(one.enterprises or "—"),
            Cell("—" if one.yuan is None else shown.yi(one.yuan), (one.id,)),
            Cell(one.stage),
            Cell(one.expected or "—"),
            Cell(one.owner or "—"),
        )
        for number, one in enumerate(data.ahead.coming[: _few(data)], 1)
    )
    paper.add(
        Table(columns, rows, caption=paper.table_title(_("About to sign")), note=_first(data, len(data.ahead.coming)))
    )


def trips(paper: Composer, data: ReportData) -> None:
    """Append the trips of the window."""
    if not data.trips:
        return
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Trip"), 7),
        Column(_("From – to"), 4.8, "center"),
        Column(_("Led by"), 4, "center"),
        Column(_("Enterprises"), 2.4, "right"),
        Column(_("Visits"), 2.4, "right"),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.title, (one.id,)),
            Cell(shown.short_span(one.first, one.last)),
            Cell(one.leader or "—"),
            Cell(str(one.enterprises), (one.id,)),
            Cell(str(one.visits), (one.id,)),
        )
        for number, one in enumerate(data.trips, 1)
    )
    paper.add(Table(columns, rows, caption=paper.table_title(_("Trips made"))))


def receptions(paper: Composer, data: ReportData) -> None:
    """Append the receptions of the window."""
    if not data.receptions:
        return
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Day"), 3.6, "center"),
        Column(_("Guests"), 6),
        Column(_("Result"), 9),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(shown.short_date(one.on), (one.id,)),
            Cell(one.guests, (one.id,)),
            Cell(one.result or "—"),
        )
        for number, one in enumerate(data.receptions, 1)
    )
    paper.add(Table(columns, rows, caption=paper.table_title(_("Receptions held"))))


def obstacles(paper: Composer, data: ReportData) -> None:
    """Append what waits for a department, what is past its day first."""
    if not data.ahead.obstacles:
        return
    columns = (
        Column(_("No."), 1.6, "center"),
        Column(_("Enterprise or project"), 5.4),
        Column(_("To be coordinated"), 6.6),
        Column(_("Department"), 4),
        Column(_("Due"), 4.6, "center"),
        Column(_("Days open"), 2.6, "right"),
    )
    rows = tuple(
        (
            Cell(str(number)),
            Cell(one.whose or "—"),
            Cell(one.need, (one.id,)),
            Cell(one.dept or "—"),
            Cell(due(one.due, overdue=one.overdue)),
            Cell(str(one.days_open)),
        )
        for number, one in enumerate(data.ahead.obstacles[: _few(data)], 1)
    )
    count = len(data.ahead.obstacles)
    note = _("Note: the first {shown} of {n}, by the day they are due.") if count > _few(data) else ""
    caption = paper.table_title(_("To be coordinated"))
    paper.add(Table(columns, rows, caption=caption, note=note.format(shown=_few(data), n=count)))


def due(day: date | None, *, overdue: bool) -> str:
    """Return the day something is due, with a word where it is past; a dash where none was set."""
    if day is None:
        return "—"
    return _("{day} (overdue)").format(day=shown.short_date(day)) if overdue else shown.short_date(day)
