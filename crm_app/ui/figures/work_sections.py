"""The sections about the work itself: targets, progress, trips and visits, per-mu results, events, open points."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from crm_app.domain import amounts, days, thresholds
from crm_app.domain.amounts import Currency
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS
from crm_app.domain.counting import DOUBT_LABELS, Tally
from crm_app.domain.events import EVENT_KIND_LABELS
from crm_app.domain.figures import Figure, Figures, Major, ParkPerMu, PerMuLine, TargetLine
from crm_app.domain.overview import Comparison
from crm_app.domain.targets import CURRENCY_OF, METRIC_LABELS, Metric, board_of, placed
from crm_app.domain.thresholds import REACHED_LABELS
from crm_app.i18n import _, ngettext
from crm_app.ui.figures.definitions import definition
from crm_app.ui.figures.section import Line, Measure, Number, Rows, Section, Shape, money, percent, plain, points
from crm_app.ui.windows_of_days import words_of


def shown(metric: Metric, value: int) -> str:
    """Return a metric's value with its unit."""
    currency = CURRENCY_OF.get(metric)
    if currency is Currency.CNY:
        return money(value)
    return amounts.show_money(value, currency) if currency else str(value)


def time_gone(line: TargetLine, until: date) -> Decimal:
    """Return the part of a target's period that is over at the end of a day."""
    whole = (line.target.to_on - line.target.from_on).days + 1
    gone = (min(until, line.target.to_on) - line.target.from_on).days + 1
    return Decimal(max(gone, 0)) / whole


def targets(found: Comparison, today: date) -> Section:
    """Return the targets with the time of their periods that is gone, then the forecasts."""
    figures = found.now.figures
    until = min(found.now.window.last, today)
    lines: list[Line] = []
    for line in figures.targets.value:
        lines.append(_target(line, time_gone(line, until)))
        if line.part != line.window:
            lines.append(_inside(line))
    lines += [
        Line(
            _("{metric} (forecast)").format(metric=_(METRIC_LABELS[one.metric])),
            (None,),
            (one.id,),
            cells=("", shown(one.metric, one.value), "", one.basis),
            drawn=False,
        )
        for one in figures.forecasts.value
    ]
    columns = (_("Reached"), _("Target value"), _("Time gone"), _("Issuer"))
    return Section(
        "targets",
        _("Targets"),
        tuple(lines),
        definition("targets", figures.rules),
        (Measure(_("Attained"), percent),),
        columns,
        Shape.PROGRESS,
        note=_("Reached from the beginning of each target's period to the end of the window."),
    )


def _target(line: TargetLine, gone: Decimal) -> Line:
    metric, target = line.target.metric, line.target
    reached, wanted = shown(metric, line.actual), shown(metric, target.value)
    return Line(
        _("{metric} ({subject})").format(metric=_(METRIC_LABELS[metric]), subject=target.subject),
        (line.ratio,),
        line.rows,
        cells=(reached, wanted, percent(gone), target.issuer or ""),
        beside=_("time gone {part}").format(part=percent(gone)),
        shown=f"{reached} / {wanted} · {percent(line.ratio)}",
        gone=gone,
    )


def _inside(line: TargetLine) -> Line:
    """Return what the window alone brought of a target."""
    name = _("{metric} ({subject}), {window} alone").format(
        metric=_(METRIC_LABELS[line.target.metric]), subject=line.target.subject, window=words_of(line.part)
    )
    words = (shown(line.target.metric, line.inside), "", "", "")
    return Line(name, (None,), line.inside_rows, cells=words, drawn=False)


def progress(found: Comparison) -> Section:
    """Return the rates, and beneath them in the table what began, what came in and what was cancelled."""
    figures, then = found.now.figures, found.then if found.then and found.then.signings_known else None
    rates = {one.rate: one for one in then.figures.rates.value.rates} if then else {}
    arrived = set(figures.funds.rows)
    lines = [
        Line(
            _(RATE_LABELS[one.rate]),
            (one.ratio,),
            one.rows,
            (rates[one.rate].ratio,) if rates else (),
            rates[one.rate].rows if rates else (),
            ("", ""),
        )
        for one in figures.rates.value.rates
    ]
    lines += [
        _tally(_("Framework and intent agreements"), figures.mou.value),
        _tally(_("Construction started"), figures.started.value),
        _tally(_("Production begun"), figures.producing.value),
        _tally(_("Contracts cancelled"), figures.cancelled.value),
        _major(figures.major.value),
        _sum(_("Funds in place"), figures.funds.rows, money(figures.funds.value.yuan)),
        _sum(
            _("Contracted foreign investment"),
            tuple(row for row in figures.fdi.rows if row not in arrived),
            amounts.show_money(figures.fdi.value.contracted, Currency.USD),
        ),
        _sum(
            _("Actual foreign investment"),
            tuple(row for row in figures.fdi.rows if row in arrived),
            amounts.show_money(figures.fdi.value.actual, Currency.USD),
        ),
    ]
    return Section(
        "progress",
        _("Progress and funds"),
        tuple(lines),
        definition("progress", figures.rules),
        (Measure(_("Rate"), percent, show_gap=points),),
        (_("How many"), _("Amount")),
        compared=found.then is not None,
        note=_("Rates are shares of: {basis}.").format(basis=_(DENOMINATOR_LABELS[figures.rates.value.basis])),
    )


def _tally(name: str, tally: Tally) -> Line:
    return Line(name, (None,), tally.rows, cells=(str(tally.count), money(tally.yuan)), drawn=False)


def _major(major: Major) -> Line:
    """Return 较大项目 with the threshold and the day that belong to the figure (counting rule 8)."""
    name = _("Major projects under way ({amount} and above, since {day})").format(
        amount=amounts.show_money(major.at_least), day=days.show_date(major.since)
    )
    return _tally(name, major.tally)


def _sum(name: str, rows: Rows, words: str) -> Line:
    return Line(name, (None,), rows, cells=("", words), drawn=False)


def road(found: Comparison) -> Section:
    """Return trips, visits, receptions and leads."""
    now, then = found.now.figures, found.then.figures if found.then and found.then.work_known else None
    counts: tuple[tuple[str, Callable[[Figures], Figure[Any]], Callable[[Figures], int], str], ...] = (
        (
            _("Trips"),
            lambda one: one.trips,
            lambda one: one.trips.value.count,
            _person_days(now.trips.value.person_days),
        ),
        (
            _("Resident postings"),
            lambda one: one.postings,
            lambda one: one.postings.value.count,
            _person_days(now.postings.value.person_days),
        ),
        (
            _("Overseas trips"),
            lambda one: one.overseas,
            lambda one: one.overseas.value.count,
            _(", ").join(now.overseas.value.countries),
        ),
        (
            _("Enterprises visited"),
            lambda one: one.visits,
            lambda one: one.visits.value.enterprises,
            _("visits: {n}").format(n=now.visits.value.visits),
        ),
        (_("Receptions"), lambda one: one.receptions, lambda one: one.receptions.value, ""),
        (_("New leads"), lambda one: one.leads, lambda one: one.leads.value, ""),
    )
    lines = tuple(
        Line(
            name,
            (value(now),),
            figure(now).rows,
            (value(then),) if then else (),
            figure(then).rows if then else (),
            (words,),
        )
        for name, figure, value, words in counts
    )
    return Section(
        "road",
        _("Trips and visits"),
        lines,
        definition("road", now.rules),
        (Measure(_("How many")),),
        (_("Beside it"),),
        compared=found.then is not None,
    )


def _person_days(days: Decimal) -> str:
    return _("{n} person-days").format(n=plain(days))


def per_mu(found: Comparison) -> Section:
    """Return the results per mu, the best tax first."""
    table = found.now.figures.per_mu.value
    lines = [
        Line(
            _("Investment in {park}").format(park=one.park or _("no park")),
            (None, None),
            one.below or one.rows,
            cells=("", _mu(one.reached), _threshold(one)),
            drawn=False,
        )
        for one in table.parks
    ]
    lines += [
        Line(
            one.name,
            (one.tax_per_mu, one.output_per_mu),
            (one.enterprise_id,),
            cells=(_mu(one.land), "", _standing(one)),
        )
        for one in table.lines
    ]
    note = _("Year {year}; 10,000 yuan a mu, land in mu. Investment of the projects signed: {value}; projects: {n}.")
    return Section(
        "per_mu",
        _("Per mu"),
        tuple(lines),
        definition("per_mu", found.now.figures.rules),
        (Measure(_("Tax per mu"), _mu), Measure(_("Output per mu"), _mu)),
        (_("Land"), _("Investment per mu"), _("Threshold")),
        note=" ".join(
            (
                note.format(year=table.year or "—", value=_mu(table.investment_per_mu), n=table.investment_projects),
                *(_("Threshold of {rule}.").format(rule=rule) for rule in thresholds.rules(table.thresholds)),
            )
        ),
    )


def _standing(one: PerMuLine) -> str:
    """Return how an enterprise stands against what its park wants of output and tax."""
    states = ((_("output"), one.output_state), (_("tax"), one.tax_state))
    return _(", ").join(f"{name} {_(REACHED_LABELS[state])}" for name, state in states if state)


def _threshold(one: ParkPerMu) -> str:
    """Return what a park wants, and how many of its projects stay below."""
    if one.wanted is None:
        return _("none set")
    below = len(one.below)
    words = ngettext("{wanted}: {n} project below", "{wanted}: {n} projects below", below)
    return words.format(wanted=plain(one.wanted), n=below) if below else plain(one.wanted)


def _mu(value: Number | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def events(found: Comparison) -> Section:
    """Return the events by kind, and the rankings with their documents."""
    figures = found.now.figures
    lines = [
        Line(
            _(EVENT_KIND_LABELS[one.kind]) if one.kind else _("Not filled in"),
            (one.count, one.sessions, one.people),
            one.rows,
            cells=("",),
        )
        for one in figures.events.value
    ]
    lines += [
        Line(
            f"{board_of(one)} {one.period}",
            (None, None, None),
            (one.id,),
            cells=(f"{placed(one)} {one.document or ''}".rstrip(),),
            drawn=False,
        )
        for one in figures.rankings.value
    ]
    return Section(
        "events",
        _("Events and rankings"),
        tuple(lines),
        definition("events", figures.rules),
        (Measure(_("How many")), Measure(_("Sessions")), Measure(_("Participants"))),
        (_("Rank and document"),),
    )


def to_confirm(found: Comparison) -> Section:
    """Return what keeps a figure from being certain, and why."""
    figures = found.now.figures
    lines = [Line(one.name, (), (one.id,), cells=(_(DOUBT_LABELS[one.doubt]),)) for one in figures.to_confirm.value]
    return Section(
        "to_confirm",
        _("To confirm"),
        tuple(lines),
        definition("to_confirm", figures.rules),
        columns=(_("Why"),),
        shape=Shape.NONE,
        note=_("Each row says what is not certain of it."),
    )
