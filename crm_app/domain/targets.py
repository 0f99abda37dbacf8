"""Targets, forecasts, rankings, yearly results: what figures are held against."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain import amounts
from crm_app.domain.amounts import Currency
from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Day, Money, Number, Option, Ref, Text, Whole
from crm_app.i18n import N_, _


class Metric(StrEnum):
    """What a target counts; amounts in yuan or US cents, the rest in units."""

    SIGNED_COUNT = "signed_count"
    SIGNED_YUAN = "signed_yuan"
    FUNDS_YUAN = "funds_yuan"
    FDI_USD = "fdi_usd"
    TRIPS = "trips"
    ENTERPRISES_VISITED = "enterprises_visited"
    STARTED_COUNT = "started_count"
    PRODUCING_COUNT = "producing_count"
    RECEPTIONS = "receptions"
    LEADS = "leads"


METRIC_LABELS = {
    Metric.SIGNED_COUNT: N_("Projects signed"),
    Metric.SIGNED_YUAN: N_("Amount signed"),
    Metric.FUNDS_YUAN: N_("Funds in place"),
    Metric.FDI_USD: N_("Actual foreign investment"),
    Metric.TRIPS: N_("Trips"),
    Metric.ENTERPRISES_VISITED: N_("Enterprises visited"),
    Metric.STARTED_COUNT: N_("Construction started"),
    Metric.PRODUCING_COUNT: N_("Production begun"),
    Metric.RECEPTIONS: N_("Receptions"),
    Metric.LEADS: N_("New leads"),
}

CURRENCY_OF = {
    Metric.SIGNED_YUAN: Currency.CNY,
    Metric.FUNDS_YUAN: Currency.CNY,
    Metric.FDI_USD: Currency.USD,
}
"""Metrics that are amounts; the others are plain counts."""


def shown(metric: Metric, value: int) -> str:
    """Return a value of a metric as a person reads it: an amount with its unit, or a number."""
    currency = CURRENCY_OF.get(metric)
    return amounts.show_money(value, currency) if currency else str(value)


WHOLE_BUREAU = "全局"
"""Who a target is for, where a ledger does not say."""

_WHOLE = re.compile(r"全[局区县市州省盟旗镇]|本[局区县市级单位]+|合计|总计|总体|整体|全部|whole|all|total", re.I)


def whole(subject: str, bureau: str = "") -> bool:
    """Say whether a target is the whole bureau's: by its words, its name, or a place its name begins with."""
    return _WHOLE.fullmatch(subject) is not None or (len(subject) > 1 and bureau.startswith(subject))


class Target(Record, table="target", label=N_("Target")):
    """Metric × period × subject × issuer; a revision supersedes the old one and keeps it."""

    metric: Metric = declare(Option(Metric, METRIC_LABELS), N_("Metric"), required=When.CREATE)
    from_on: date = declare(Day(), N_("From"), required=When.CREATE)
    to_on: date = declare(Day(), N_("Until"), required=When.CREATE)
    subject: str = declare(Text(), N_("Team or person"), required=When.CREATE)
    value: int = declare(Whole(0, 10**15), N_("Target value"), required=When.CREATE)
    effective_from: date | None = declare(Day(), N_("In force from"))
    issuer: str | None = declare(Text(), N_("Issuer"))
    document: str | None = declare(Text(), N_("Document number"))
    supersedes_id: UUID | None = declare(Ref("target"), N_("Supersedes"))


class Forecast(Record, table="forecast", label=N_("Forecast")):
    """The only source of 预计 in a text."""

    metric: Metric = declare(Option(Metric, METRIC_LABELS), N_("Metric"), required=When.CREATE)
    from_on: date = declare(Day(), N_("From"), required=When.CREATE)
    to_on: date = declare(Day(), N_("Until"), required=When.CREATE)
    value: int = declare(Whole(0, 10**15), N_("Forecast value"), required=When.CREATE)
    basis: str = declare(Text(lines=2), N_("Basis"), required=When.CREATE)


def expected_against(forecast: Forecast, targets: Iterable[Target], bureau: str) -> int:
    """Return by how much a forecast exceeds the whole bureau's target of its period: the greatest of several issuers'.

    Negative where it stays below, and where there is no such target: a team's is not the bureau's.
    """
    span = (forecast.metric, forecast.from_on, forecast.to_on)
    asked = [t.value for t in targets if (t.metric, t.from_on, t.to_on) == span and whole(t.subject, bureau)]
    return forecast.value - max(asked) if asked else -1


class Ranking(Record, table="ranking", label=N_("Ranking")):
    """A published rank; without its document no text may claim it.

    ``of`` is unknown where a notice tells the place alone. ``metric`` and ``value`` (yuan, US cents or units) are what
    was ranked, where it is one of ours; ``source`` are the notice's own words, the basis of a claim.
    """

    board: str = declare(Text(), N_("Board"), required=When.CREATE)
    period: str = declare(Text(), N_("Period"), required=When.CREATE)
    group: str | None = declare(Text(), N_("Group"))
    rank: int = declare(Whole(1, 10_000), N_("Rank"), required=When.CREATE)
    of: int | None = declare(Whole(1, 10_000), N_("Out of"))
    metric: Metric | None = declare(Option(Metric, METRIC_LABELS), N_("Metric"))
    value: int | None = declare(Whole(0, 10**15), N_("Value announced"))
    issuer: str | None = declare(Text(), N_("Announced by"))
    document: str | None = declare(Text(), N_("Document number"))
    announced_on: date | None = declare(Day(), N_("Announced on"))
    source: str | None = declare(Text(lines=2), N_("Words of the notice"))


def board_of(ranking: Ranking) -> str:
    """Return what is ranked: the board, with the metric where it ranks several."""
    if ranking.metric is None:
        return ranking.board
    return _("{board} ({metric})").format(board=ranking.board, metric=_(METRIC_LABELS[ranking.metric]))


def placed(ranking: Ranking) -> str:
    """Return the place, out of how many where the notice tells it."""
    if ranking.of is None:
        return _("number {rank}").format(rank=ranking.rank)
    return _("{rank} of {of}").format(rank=ranking.rank, of=ranking.of)


class Annual(Record, table="annual", label=N_("Yearly result")):
    """年度实绩: an enterprise's output, tax and staff of a year and the land it stands on, for per-mu evaluation.

    ``source`` is where the figures come from (a report, a tax statement), ``source_on`` the day they were told.
    """

    unique = (("enterprise_id", "year"),)

    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    year: int = declare(Whole(1990, 2100), N_("Year"), required=When.CREATE)
    output: int | None = declare(Money(), N_("Output"), unit="元")
    tax: int | None = declare(Money(), N_("Tax"), unit="元")
    staff: int | None = declare(Whole(0, 10_000_000), N_("Staff"), unit="人")
    land: Decimal | None = declare(Number(2), N_("Land"), unit="亩")
    source: str | None = declare(Text(), N_("Source of the figures"))
    source_on: date | None = declare(Day(), N_("Told on"))
