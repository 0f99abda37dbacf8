"""The figures as the JSON document of the command line: docs/schemas/figures.json, a stable contract.

Yuan are whole numbers, dollars have at most two decimals, ratios four; ids are text. ``未填`` names the part of a
distribution where nothing was filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_app.cli.figures_told import told_values
from crm_app.cli.figures_values import UNFILLED, dollars, ids, in_unit, number, tally
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS
from crm_app.domain.counting import DOUBT_LABELS, Band, Growth, Share
from crm_app.domain.events import EVENT_KIND_LABELS
from crm_app.domain.figures import Figure, Figures, PerMuLine, TargetLine, TripSum
from crm_app.domain.overview import Overview, PersonSum, StageTime
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import Forecast
from crm_app.domain.thresholds import Thresholds
from crm_app.i18n import _


def as_json(found: Overview) -> dict[str, Any]:
    """Return every key with its window, value and rows."""
    figures = found.figures
    told = {name: _entry(getattr(figures, name), value) for name, value in _values(figures).items()}
    window = figures.signed.window
    stood = dict.fromkeys(row for one in found.stages for row in (*one.left, *one.now))
    spent = dict.fromkeys(row for one in found.people for row in one.days_rows)
    return told | {
        "stage_times": _entry(Figure(window, found.stages, tuple(stood)), [_stage_time(one) for one in found.stages]),
        "person_days": _entry(Figure(window, found.people, tuple(spent)), [_days(one) for one in found.people]),
    }


def _stage_time(one: StageTime) -> dict[str, Any]:
    return {
        "stage": one.stage.value,
        "name": _(STAGE_LABELS[one.stage]),
        "median_days": one.median_days,
        "left": len(one.left),
        "now": len(one.now),
        "longest_days": one.longest_days,
        "left_rows": ids(one.left),
        "now_rows": ids(one.now),
    }


def _days(one: PersonSum) -> dict[str, Any]:
    return {
        "person": str(one.person_id) if one.person_id else None,
        "name": one.name or UNFILLED,
        "person_days": number(one.person_days),
        "trips": one.trips.count,
        "visits": one.visits.count,
        "rows": ids(one.days_rows),
    }


def _entry(figure: Figure[Any], value: Any) -> dict[str, Any]:
    window = {"from": figure.window.first.isoformat(), "to": figure.window.last.isoformat()}
    return {"window": window, "value": value, "rows": ids(figure.rows)}


def _values(found: Figures) -> dict[str, Any]:
    return _signed_values(found) | _held_values(found) | _work_values(found) | told_values(found)


def _signed_values(found: Figures) -> dict[str, Any]:
    compared = found.year_on_year.value
    return {
        "signed": tally(found.signed.value),
        "bands": [_band(band) for band in found.bands.value],
        "exclusive_bands": [_band(band) | {"below_yuan": band.below} for band in found.exclusive_bands.value],
        "last_year": None if found.last_year.value is None else tally(found.last_year.value),
        "year_on_year": None
        if compared is None
        else {"count": _growth(compared.count), "amount_yuan": _growth(compared.yuan)},
        "by_cluster": _shares(found.by_cluster.value),
        "by_channel": _shares(found.by_channel.value),
        "by_park": _shares(found.by_park.value),
        "by_park_now": _shares(found.by_park_now.value),
        "by_origin": _shares(found.by_origin.value),
        "mou": tally(found.mou.value),
        "cancelled": tally(found.cancelled.value),
        "net": tally(found.net.value),
        "sets": [
            {"name": one.name, "in_bulletin": one.in_bulletin, **tally(one.tally), "rows": ids(one.tally.rows)}
            for one in found.sets.value
        ],
        "major": {
            "at_least_yuan": found.major.value.at_least,
            "since": found.major.value.since.isoformat(),
            **tally(found.major.value.tally),
        },
        "to_confirm": [
            {
                "kind": p.table,
                "id": str(p.id),
                "name": p.name,
                "code": p.doubt.value,
                "reason": _(DOUBT_LABELS[p.doubt]),
            }
            for p in found.to_confirm.value
        ],
    }


def _held_values(found: Figures) -> dict[str, Any]:
    table = found.rates.value
    return {
        "targets": [_target(line) for line in found.targets.value],
        "forecasts": [_forecast(one) for one in found.forecasts.value],
        "started": tally(found.started.value),
        "producing": tally(found.producing.value),
        "funds": {"cny_yuan": found.funds.value.yuan, "usd": dollars(found.funds.value.cents)},
        "fdi": {
            "contracted_usd": dollars(found.fdi.value.contracted),
            "actual_usd": dollars(found.fdi.value.actual),
        },
        "rates": {
            "denominator": {"code": table.basis.value, "name": _(DENOMINATOR_LABELS[table.basis])},
            "rates": [
                {
                    "code": one.rate.value,
                    "name": _(RATE_LABELS[one.rate]),
                    "part": one.part,
                    "whole": one.whole,
                    "ratio": number(one.ratio),
                    "rows": ids(one.rows),
                }
                for one in table.rates
            ],
        },
        "per_mu": {
            "year": found.per_mu.value.year,
            "enterprises": [_per_mu(line) for line in found.per_mu.value.lines],
            "output_wan_per_mu": number(found.per_mu.value.output_per_mu),
            "tax_wan_per_mu": number(found.per_mu.value.tax_per_mu),
            "investment_wan_per_mu": number(found.per_mu.value.investment_per_mu),
            "investment_projects": found.per_mu.value.investment_projects,
            "parks": [
                {
                    "name": one.park or UNFILLED,
                    "wanted_wan_per_mu": number(one.wanted),
                    "reached_wan_per_mu": number(one.reached),
                    "projects": len(one.rows),
                    "below": len(one.below),
                    "rows": ids(one.rows),
                    "below_rows": ids(one.below),
                }
                for one in found.per_mu.value.parks
            ],
            "thresholds": [_thresholds(*one) for one in found.per_mu.value.thresholds],
        },
    }


def _work_values(found: Figures) -> dict[str, Any]:
    return {
        "trips": _trips(found.trips.value),
        "postings": _trips(found.postings.value),
        "overseas": {"count": found.overseas.value.count, "countries": list(found.overseas.value.countries)},
        "visits": {"enterprises": found.visits.value.enterprises, "visits": found.visits.value.visits},
        "receptions": {"count": found.receptions.value},
        "leads": {"new": found.leads.value},
        "labels": [{"name": one.name, "count": len(one.rows), "rows": ids(one.rows)} for one in found.labels.value],
        "rankings": [
            {
                "board": one.board,
                "period": one.period,
                "group": one.group,
                "rank": one.rank,
                "of": one.of,
                "metric": one.metric.value if one.metric else None,
                "announced": one.value,
                "document": one.document,
            }
            for one in found.rankings.value
        ],
        "events": [
            {
                "kind": one.kind.value if one.kind else None,
                "name": _(EVENT_KIND_LABELS[one.kind]) if one.kind else UNFILLED,
                "count": one.count,
                "sessions": one.sessions,
                "people": one.people,
                "rows": ids(one.rows),
            }
            for one in found.events.value
        ],
    }


def _band(band: Band) -> dict[str, Any]:
    return {"at_least_yuan": band.at_least, **tally(band.tally), "rows": ids(band.tally.rows)}


def _shares(parts: Iterable[Share]) -> list[dict[str, Any]]:
    return [{"name": part.name or UNFILLED, **tally(part.tally), "rows": ids(part.tally.rows)} for part in parts]


def _growth(growth: Growth) -> dict[str, Any]:
    return {"increase": growth.increase, "rate": number(growth.rate)}


def _trips(trips: TripSum) -> dict[str, Any]:
    return {"count": trips.count, "person_days": number(trips.person_days), "people": trips.people}


def _target(line: TargetLine) -> dict[str, Any]:
    target = line.target
    return {
        "metric": target.metric.value,
        "subject": target.subject,
        "from": target.from_on.isoformat(),
        "to": target.to_on.isoformat(),
        "target": in_unit(target.metric, target.value),
        "actual": in_unit(target.metric, line.actual),
        "ratio": number(line.ratio),
        "until": line.window.last.isoformat(),
        "in_window": in_unit(target.metric, line.inside),
        "issuer": target.issuer,
        "document": target.document,
    }


def _forecast(one: Forecast) -> dict[str, Any]:
    return {
        "metric": one.metric.value,
        "from": one.from_on.isoformat(),
        "to": one.to_on.isoformat(),
        "value": in_unit(one.metric, one.value),
        "basis": one.basis,
    }


def _per_mu(line: PerMuLine) -> dict[str, Any]:
    return {
        "enterprise": str(line.enterprise_id),
        "name": line.name,
        "output_yuan": line.output,
        "tax_yuan": line.tax,
        "land_mu": number(line.land),
        "output_wan_per_mu": number(line.output_per_mu),
        "tax_wan_per_mu": number(line.tax_per_mu),
        "park": line.park,
        "output_state": line.output_state,
        "tax_state": line.tax_state,
    }


def _thresholds(park: str, told: Thresholds) -> dict[str, Any]:
    return {
        "park": park,
        "investment_wan_per_mu": number(told.investment),
        "output_wan_per_mu": number(told.output),
        "tax_wan_per_mu": number(told.tax),
        "since": told.since.isoformat() if told.since else None,
    }
