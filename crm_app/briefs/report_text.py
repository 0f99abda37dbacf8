"""The sentences, charts and distributions of a period report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from crm_app.briefs import charted, outlook, shown, window_tables, window_text
from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import Cell, Column, Run, Table
from crm_app.briefs.report_data import ReportData
from crm_app.briefs.visit import add_steps
from crm_app.domain import days
from crm_app.domain.counting import Share, Tally, Window
from crm_app.domain.figures import Figure, TargetLine
from crm_app.domain.overview import STEP_LABELS, Period
from crm_app.domain.papers import PaperKind
from crm_app.domain.targets import whole
from crm_app.i18n import _, ngettext

_MOST_STEPS = {PaperKind.WEEKLY: 4}
"""Next steps a report has room for, else eight."""
_USUAL_STEPS = 8
_NAMED = 2
"""Projects a week names."""


def targets(paper: Composer, data: ReportData) -> None:
    """Append how far each target is reached beside the time that is gone, then what is expected.

    A week, whose pages are two, has the table of the whole bureau's alone.
    """
    figure = data.figures.targets
    if figure.value:
        first = figure.value[0]
        paper.term("attained", shown.percent(first.ratio), first.rows)
        paper.term("target", shown.metric_value(first.target.metric, first.target.value), (first.target.id,))
    if data.kind is PaperKind.WEEKLY:
        window_tables.targets(paper, data, _own(data))
        return
    charted.targets(paper, figure.value if data.whole else _own(data), data.published)
    window_tables.targets(paper, data)
    for one in data.figures.forecasts.value:
        paper.paragraph(Run(window_text.forecast(one, figure.value, data.bureau), rows=(one.id,)))


def _own(data: ReportData) -> tuple[TargetLine, ...]:
    """Return the targets of the whole bureau; all of them where it has none of its own."""
    lines = data.figures.targets.value
    return tuple(line for line in lines if whole(line.target.subject, data.bureau)) or lines


def signing(paper: Composer, data: ReportData) -> None:
    """Tell what was signed, what the year has come to, the comparison, and what was cancelled."""
    if data.kind is PaperKind.WEEKLY:
        _week_signed(paper, data)
        return
    window_text.opening(paper, data)
    if data.so_far.signed.window != data.figures.signed.window:
        paper.paragraph(_year_so_far(data))
    window_text.growth(paper, data)
    _cancelled(paper, data)
    window_text.cluster(paper, data)


def _week_signed(paper: Composer, data: ReportData) -> None:
    """Tell a week in one paragraph: what was signed, by name, and what the year has come to."""
    names = _named([(one.project, one.yuan, one.id) for one in data.contracts], _("Signed: {names}."))
    year = data.so_far.signed
    words = _("So far this year: {projects} signed, {money} in all.").format(
        projects=shown.projects(year.value.count), money=shown.money(year.value.yuan)
    )
    told = Run(_(" {sentence}").format(sentence=words), rows=year.rows)
    paper.paragraph(*window_text.signed(paper, data), *names, told)


def _named(found: Sequence[tuple[str, int | None, UUID]], pattern: str) -> list[Run]:
    """Return the first projects of a list with their amounts, in one sentence."""
    if not found:
        return []
    said = [
        _("{project} ({money})").format(project=name, money=shown.money(yuan)) if yuan else name
        for name, yuan, _id in found[:_NAMED]
    ]
    more = len(found) - len(said)
    names = join(said) if more <= 0 else _more(join(said), more)
    words = _(" {sentence}").format(sentence=pattern.format(names=names))
    return [Run(words, rows=tuple(one for _name, _yuan, one in found))]


def _more(names: str, more: int) -> str:
    words = ngettext("{names} and {n} more project", "{names} and {n} more projects", more)
    return words.format(names=names, n=more)


def _year_so_far(data: ReportData) -> Run:
    signed = data.so_far.signed
    return Run(
        _("So far this year ({window}): {projects} signed, {money} in all.").format(
            window=shown.window_words(signed.window),
            projects=shown.projects(signed.value.count),
            money=shown.money(signed.value.yuan),
        ),
        rows=signed.rows,
    )


def _cancelled(paper: Composer, data: ReportData) -> None:
    """Tell the cancellations of the window; the annual report nets them (rule 3)."""
    cancelled, net = data.figures.cancelled, data.figures.net
    if not cancelled.value.rows:
        return
    said = _("Cancelled in the window: {projects} of {money}.").format(
        projects=shown.projects(cancelled.value.count), money=shown.money(cancelled.value.yuan)
    )
    parts = [Run(said, rows=cancelled.rows)]
    if data.kind is PaperKind.ANNUAL:
        netted = _(" Net of them: {projects} signed, {money} in all.").format(
            projects=shown.projects(net.value.count), money=shown.money(net.value.yuan)
        )
        parts.append(Run(netted, rows=net.rows))
    paper.paragraph(*parts)


def clusters(paper: Composer, data: ReportData) -> None:
    """Append the distribution by cluster."""
    _distribution(paper, data, _("By cluster"), _("Investment signed by cluster"), data.figures.by_cluster)


def channels(paper: Composer, data: ReportData) -> None:
    """Append the distribution by channel."""
    _distribution(paper, data, _("By channel"), _("Investment signed by channel"), data.figures.by_channel)


def parks(paper: Composer, data: ReportData) -> None:
    """Append the distribution by park at signing; at the year's end the park of that day stands beside it (rule 9)."""
    _distribution(paper, data, _("By park"), _("Investment signed by park"), data.figures.by_park)
    now = data.figures.by_park_now
    if data.kind is PaperKind.ANNUAL and now.value != data.figures.by_park.value:
        window_tables.distribution(paper, _("By park at the year's end"), now, data)


def origins(paper: Composer, data: ReportData) -> None:
    """Append the two origins."""
    _distribution(paper, data, _("By origin"), _("Investment signed by origin"), data.figures.by_origin)


def _distribution(paper: Composer, data: ReportData, title: str, drawn: str, parts: Figure[tuple[Share, ...]]) -> None:
    if parts.value:
        charted.shares(paper, drawn, parts.value)
        window_tables.distribution(paper, title, parts, data)


def months(paper: Composer, data: ReportData) -> None:
    """Append the year month by month, beside the year before."""
    now = [one for one in data.year.periods if one.window]
    if len(now) < 2 or not any(part.count for one in now for part in (one.signed, one.funds, one.visits, one.trips)):
        return
    then = data.before.periods if data.before else ()
    names = tuple(shown.window_words(one.window) for one in (data.year, data.before) if one)
    charted.months(paper, now, then, names)
    before = {one.window.first.month: one.signed for one in then if one.window}
    columns = [
        Column(_("Month"), 4),
        Column(_("Number of projects"), 3.4, "right", _("number")),
        Column(_("Investment"), 4, "right", _("CNY 100 million")),
        *([Column(_("A year before"), 4, "right", _("CNY 100 million"))] if before else []),
        Column(_("Funds in place"), 4, "right", _("CNY 100 million")),
        Column(_("Trips"), 3, "right"),
        Column(_("Visits"), 3, "right"),
    ]
    rows = tuple(_month(one, one.window, data.published, before) for one in now if one.window)
    note = _months_note(data)
    paper.add(Table(tuple(columns), rows, caption=paper.table_title(_("Month by month")), note=note))


def _month(one: Period, window: Window, today: date, before: Mapping[int, Tally]) -> tuple[Cell, ...]:
    """Return the row of a month: of one that is still to come nothing is known, which is not nought."""
    then = [_earlier(before.get(window.first.month))] if before else []
    named = Cell(shown.short_month(window.first))
    if window.first > today:
        return (named, Cell("—"), Cell("—"), *then, Cell("—"), Cell("—"), Cell("—"))
    return (
        named,
        Cell(str(one.signed.count), one.signed.rows),
        Cell(shown.yi(one.signed.yuan), one.signed.rows),
        *then,
        Cell(shown.yi(one.funds.yuan), one.funds.rows),
        Cell(str(one.trips.count), one.trips.rows),
        Cell(str(one.visits.count), one.visits.rows),
    )


def _months_note(data: ReportData) -> str:
    """Return what the months count, and to which day the year before does where this year is under way."""
    if data.before is None or data.before.window == data.year.window.year_before():
        return _("Note: formal contracts by their day of signing; those known to no month stand in no line.")
    return _(
        "Note: formal contracts by their day of signing; those known to no month stand in no line. "
        "The year before is counted to {day}."
    ).format(day=days.show_date(data.before.window.last))


def _earlier(signed: Tally | None) -> Cell:
    return Cell(shown.yi(signed.yuan), signed.rows) if signed else Cell("—")


def funnel(paper: Composer, data: ReportData) -> None:
    """Append the way from lead to production as a chart and a table."""
    steps = data.year.funnel
    if not any(step.tally.count for step in steps):
        return
    charted.funnel(paper, steps)
    columns = (
        Column(_("Step of the way"), 5),
        Column(_("Came to it"), 3, "right", _("number")),
        Column(_("Amount"), 4, "right", _("CNY 100 million")),
        Column(_("Moved on from the step before"), 4.6, "right"),
        Column(_("Median time"), 3.4, "right", _("days")),
    )
    rows = tuple(
        (
            Cell(_(STEP_LABELS[step.step])),
            Cell(str(step.tally.count), step.tally.rows),
            Cell(shown.yi(step.tally.yuan) if step.tally.yuan else "—"),
            Cell(shown.percent(step.rate), step.moved),
            Cell("—" if step.median_days is None else str(step.median_days)),
        )
        for step in steps
    )
    note = _(
        "Note: {window}; the share is of those that came to the step before in the same window, "
        "the median time of those that came to the step in it."
    ).format(window=shown.window_words(data.year.window))
    paper.add(Table(columns, rows, caption=paper.table_title(_("From lead to production")), note=note))


def projects(paper: Composer, data: ReportData) -> None:
    """Tell the major projects in talks, the signed ones that are named, and how many are about to sign."""
    major = data.figures.major
    if major.value.tally.count:
        paper.paragraph(
            Run(
                _("In talks, begun since {since}: {projects} of {threshold} and above, {money} in all.").format(
                    projects=shown.projects(major.value.tally.count),
                    threshold=shown.money(major.value.at_least),
                    since=days.show_date(major.value.since),
                    money=shown.money(major.value.tally.yuan),
                ),
                rows=major.rows,
            )
        )
    if data.figures.mou.value.count:
        paper.paragraph(
            Run(
                _("Framework agreements and letters of intent signed, not counted above: {n}.").format(
                    n=data.figures.mou.value.count
                ),
                rows=data.figures.mou.rows,
            )
        )
    if data.whole:
        window_text.named(paper, data)
    if coming := data.ahead.coming:
        known = [one.yuan for one in coming if one.yuan]
        said = ngettext(
            "{n} project is about to sign, {money} in all as far as it is known.",
            "{n} projects are about to sign, {money} in all as far as it is known.",
            len(coming),
        ).format(n=len(coming), money=shown.money(sum(known)))
        parts = [Run(said, rows=tuple(one.id for one in coming))]
        if data.kind is PaperKind.WEEKLY:
            parts += _named([(one.project, one.yuan, one.id) for one in coming], _("About to sign: {names}."))
        paper.paragraph(*parts)
    offered = data.figures.packaged.value.total
    if data.whole and offered.rows:
        paper.paragraph(
            Run(
                ngettext(
                    "{n} project was packaged and offered, {signed} of them signed by the end of the window.",
                    "{n} projects were packaged and offered, {signed} of them signed by the end of the window.",
                    len(offered.rows),
                ).format(n=len(offered.rows), signed=len(offered.signed)),
                rows=offered.rows,
            )
        )


def outings(paper: Composer, data: ReportData) -> None:
    """Tell trips, visits and receptions of the window, and the events."""
    figures = data.figures
    opening = _("{window}: ").format(window=shown.opening(figures.trips.window))
    window_text.met(paper, figures, "" if data.kind is PaperKind.WEEKLY else opening, str)
    window_text.overseas(paper, figures)
    window_text.events(paper, figures)


def next_steps(paper: Composer, data: ReportData) -> None:
    """Tell what is to be done next, and the next steps that fall due after the window; a week has room for these."""
    if data.kind is not PaperKind.WEEKLY or data.plans or not data.steps:
        outlook.next_steps(paper, data)
    if data.steps:
        most = _MOST_STEPS.get(data.kind, _USUAL_STEPS)
        more = len(data.steps) - most
        add_steps(paper, data.steps[:most])
        if more > 0:
            words = ngettext("{n} more is in the follow-up list.", "{n} more are in the follow-up list.", more)
            paper.paragraph(words.format(n=more))
