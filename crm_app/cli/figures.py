"""figures: every figure of a window, as one JSON document or as readable lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from crm_app.cli.command import Handler, day, json_flag, print_json
from crm_app.cli.figures_json import as_json
from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS
from crm_app.domain.counting import DOUBT_LABELS, Share, Tally, Window
from crm_app.domain.figures import Figures, Rules
from crm_app.domain.kinds import Number
from crm_app.domain.overview import StageTime
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import METRIC_LABELS, Metric
from crm_app.i18n import _, ngettext
from crm_app.services import figures as services
from crm_app.services.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", required=True, metavar="D", help=_("first day, such as 2023-01-01"))
    parser.add_argument("--to", dest="end", required=True, metavar="D", help=_("last day, such as 2023-06-30"))
    json_flag(parser)


def _run(book: Book, arguments: argparse.Namespace) -> int:
    found = services.compare(book, Window(day(arguments.start), day(arguments.end)), None).now
    if arguments.json:
        print_json(as_json(found))
    else:
        print("\n".join([*lines(found.figures), *_stages(found.stages)]))
    return 0


def tally_words(tally: Tally) -> str:
    """Return “70 projects, 534亿元”."""
    return ngettext("{n} project, {amount}", "{n} projects, {amount}", tally.count).format(
        n=tally.count, amount=amounts.show_money(tally.yuan, Currency.CNY)
    )


def lines(found: Figures) -> list[str]:
    """Return the figures a person asks first, a line each."""
    window = found.signed.window
    return [
        _("{first} to {last}").format(first=days.show_date(window.first), last=days.show_date(window.last)),
        _("Signed: {tally}").format(tally=tally_words(found.signed.value)),
        *_compared(found),
        *(
            _("  {amount} and more: {tally}").format(
                amount=amounts.show_money(band.at_least, Currency.CNY), tally=tally_words(band.tally)
            )
            for band in found.bands.value
        ),
        *_distribution(_("By cluster"), found.by_cluster.value),
        *_distribution(_("By channel"), found.by_channel.value),
        *_distribution(_("By park"), found.by_park.value),
        *_distribution(_("By origin"), found.by_origin.value),
        *_targets(found),
        *_progress(found),
        *_work(found),
        *_league(found),
        *_late(found),
        *_open(found),
    ]


def _compared(found: Figures) -> list[str]:
    before, compared = found.last_year.value, found.year_on_year.value
    if before is None or compared is None:
        return [_("  The year before: no figures of the same window")]
    said = [_("  The year before: {tally}").format(tally=tally_words(before))]
    if compared.yuan.rate is not None:
        said.append(_("  Change of the amount: {rate}").format(rate=f"{compared.yuan.rate:+.1%}"))
    return said


def _distribution(title: str, parts: tuple[Share, ...]) -> list[str]:
    unfilled = _("Not filled in")
    return [title, *(f"  {part.name or unfilled}: {tally_words(part.tally)}" for part in parts)]


def metric_words(metric: Metric, value: int) -> str:
    """Return a target's value with its unit."""
    if metric is Metric.FDI_USD:
        return amounts.show_money(value, Currency.USD)
    return amounts.show_money(value, Currency.CNY) if metric.value.endswith("_yuan") else str(value)


def _targets(found: Figures) -> list[str]:
    said = [_("Targets")]
    for line in found.targets.value:
        target = line.target
        said.append(
            _("  {metric}, {subject}: {actual} of {target}, {ratio}").format(
                metric=_(METRIC_LABELS[target.metric]),
                subject=target.subject,
                actual=metric_words(target.metric, line.actual),
                target=metric_words(target.metric, target.value),
                ratio="–" if line.ratio is None else f"{line.ratio:.1%}",
            )
        )
    return said


def _progress(found: Figures) -> list[str]:
    rules: Rules = found.rules
    said = [
        _("Construction begun: {tally}").format(tally=tally_words(found.started.value)),
        _("Production begun: {tally}").format(tally=tally_words(found.producing.value)),
        _("Funds in place: {yuan}; beside them {usd}").format(
            yuan=amounts.show_money(found.funds.value.yuan, Currency.CNY),
            usd=amounts.show_money(found.funds.value.cents, Currency.USD),
        ),
        _("Letters of intent and framework agreements, not counted above: {tally}").format(
            tally=tally_words(found.mou.value)
        ),
        _("Rates, of {basis}").format(basis=_(DENOMINATOR_LABELS[rules.denominator])),
    ]
    for one in found.rates.value.rates:
        share = "–" if one.ratio is None else f"{one.ratio:.1%}"
        said.append(f"  {_(RATE_LABELS[one.rate])}: {share}")
    return said


def _work(found: Figures) -> list[str]:
    trips, visits = found.trips.value, found.visits.value
    return [
        _("Trips: {n}, person-days: {days}, people: {people}").format(
            n=trips.count, days=Number(1).show(trips.person_days), people=trips.people
        ),
        _("Enterprises visited: {enterprises}, visits: {visits}").format(
            enterprises=visits.enterprises, visits=visits.visits
        ),
        _("Receptions: {n}").format(n=found.receptions.value),
        _("New leads: {n}").format(n=found.leads.value),
    ]


def _league(found: Figures) -> list[str]:
    """Return the league table of the teams by the metric that decides."""
    lines = [line for line in found.league.value.teams.lines if line.cells]
    said = [_("League of teams")] if lines else []
    for line in lines:
        cell = line.cells[0]
        said.append(
            _("  {place}. {name}: {metric} {value}").format(
                place=line.place,
                name=line.subject,
                metric=_(METRIC_LABELS[cell.metric]),
                value=metric_words(cell.metric, cell.value),
            )
        )
    return said


def _late(found: Figures) -> list[str]:
    promises = [one for dept in found.needs_by_dept.value for one in dept.promises]
    packaged = found.packaged.value.total
    return [
        _("Overdue: {starts} starts, {productions} productions").format(
            starts=len(found.overdue_starts.value), productions=len(found.overdue_production.value)
        ),
        _("Promises open: {n}, of them late: {late}").format(
            n=len(promises), late=sum(1 for one in promises if one.late)
        ),
        _("Packaged projects: {n}, of them signed: {signed}").format(n=len(packaged.rows), signed=len(packaged.signed)),
    ]


def _stages(found: Iterable[StageTime]) -> Iterator[str]:
    """Yield how long projects stayed at each stage they went on from, and how many stand there."""
    for one in found:
        stays = "—" if one.median_days is None else str(one.median_days)
        words = _("  {stage}: {days} days (median), {n} there now")
        yield words.format(stage=_(STAGE_LABELS[one.stage]), days=stays, n=len(one.now))


def _open(found: Figures) -> list[str]:
    points = found.to_confirm.value
    if not points:
        return []
    return [_("To be confirmed"), *(f"  {point.name}: {_(DOUBT_LABELS[point.doubt])}" for point in points)]


HANDLERS = {
    "figures": Handler(_arguments, _run),
}
