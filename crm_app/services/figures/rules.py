"""The settings of counting as the book keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crm_app.db.unit import Unit
from crm_app.domain import counting_policy
from crm_app.domain.attainment import Denominator
from crm_app.domain.figures import Rules
from crm_app.domain.outings import CountedBy
from crm_app.domain.staff import Setting
from crm_app.domain.targets import Metric
from crm_app.errors import BadInput
from crm_app.i18n import _

THRESHOLDS = "figures_thresholds"
TRIPS_BY = "figures_trips_by"
DENOMINATOR = "figures_denominator"
MAJOR_YUAN = "figures_major_yuan"
MAJOR_SINCE = "figures_major_since"
LEAGUE = "figures_league"
REASON = "figures_reason"
SINCE = counting_policy.SINCE


def read(settings: Mapping[str, str]) -> Rules:
    """Return the rules a book's settings say; what is not said is as a new book has it."""
    usual = Rules()
    thresholds = settings.get(THRESHOLDS)
    since = settings.get(MAJOR_SINCE)
    return Rules(
        thresholds=tuple(int(one) for one in thresholds.split(",")) if thresholds else usual.thresholds,
        trips_by=CountedBy(settings.get(TRIPS_BY, usual.trips_by)),
        denominator=Denominator(settings.get(DENOMINATOR, usual.denominator)),
        major_yuan=int(settings.get(MAJOR_YUAN, usual.major_yuan)),
        major_since=date.fromisoformat(since) if since else None,
        contracts=counting_policy.read(settings),
        league=tuple(Metric(one) for one in settings[LEAGUE].split(",")) if settings.get(LEAGUE) else usual.league,
        reason=settings.get(REASON),
        since=date.fromisoformat(settings[SINCE]) if settings.get(SINCE) else None,
    )


def write(unit: Unit, rules: Rules) -> None:
    """Write the rules; raise BadInput for thresholds that are none, and for a change from a day on without a reason."""
    if not rules.thresholds or min(rules.thresholds) <= 0:
        raise BadInput(_("Please give at least one threshold above 0."), field="thresholds")
    if not rules.league:
        raise BadInput(_("Please choose at least one metric for the league table."), field="league")
    if rules.since and not rules.reason:
        raise BadInput(_("Please say why figures are counted otherwise from that day on."), field="reason")
    if not rules.contracts.usual and not rules.reason:
        raise BadInput(_("Please say why contracts are counted otherwise."), field="reason")
    values = {
        THRESHOLDS: ",".join(str(one) for one in sorted(set(rules.thresholds))),
        TRIPS_BY: rules.trips_by.value,
        DENOMINATOR: rules.denominator.value,
        MAJOR_YUAN: str(rules.major_yuan),
        MAJOR_SINCE: rules.major_since.isoformat() if rules.major_since else None,
        counting_policy.SECOND_FORMAL: rules.contracts.second_formal.value,
        counting_policy.SUPPLEMENTS: rules.contracts.supplements.value,
        counting_policy.EXPANSIONS: rules.contracts.expansions.value,
        LEAGUE: ",".join(dict.fromkeys(rules.league)),
        REASON: rules.reason,
        SINCE: rules.since.isoformat() if rules.since else None,
    }
    for key, value in values.items():
        known = unit.find(Setting, key=key)
        if known:
            unit.update(Setting, known[0].id, value=value)
        elif value is not None:
            unit.insert(Setting, key=key, value=value)
