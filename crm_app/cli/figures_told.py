"""What the JSON of the figures tells beside sums: league table, activities, what is late, what was packaged."""

from __future__ import annotations

from typing import Any

from crm_app.cli.figures_values import UNFILLED, ids, in_unit, number, tally
from crm_app.domain.activity import ACTIVITY_LABELS
from crm_app.domain.counting import Window
from crm_app.domain.coverage import Coverage
from crm_app.domain.figures import Figures, PackagedShare
from crm_app.domain.league import LeagueCell, LeagueTable
from crm_app.domain.overdue import DeptNeeds, Overdue
from crm_app.domain.targets import METRIC_LABELS
from crm_app.i18n import _


def told_values(found: Figures) -> dict[str, Any]:
    """Return the values by their keys."""
    table, activity = found.league.value, found.activity.value
    return {
        "league": {
            "metrics": [{"code": one.value, "name": _(METRIC_LABELS[one])} for one in table.metrics],
            "teams": _league(table.teams),
            "people": _league(table.people),
        },
        "activity": {
            "before": _window(activity.before),
            "year": _window(activity.year),
            "activities": [
                {
                    "code": line.activity.value,
                    "name": _(ACTIVITY_LABELS[line.activity]),
                    "now": tally(line.now) | {"rows": ids(line.now.rows)},
                    "before": tally(line.before) | {"rows": ids(line.before.rows)},
                    "year": tally(line.year) | {"rows": ids(line.year.rows)},
                }
                for line in activity.lines
            ],
        },
        "needs_by_dept": [_dept(one) for one in found.needs_by_dept.value],
        "overdue_starts": [_overdue(one) for one in found.overdue_starts.value],
        "overdue_production": [_overdue(one) for one in found.overdue_production.value],
        "coverage": [_coverage(one) for one in found.coverage.value],
        "campaigns": [
            {
                "name": one.name,
                "year": one.year,
                "enterprises": len(one.enterprises),
                "signed": tally(one.signed) | {"rows": ids(one.signed.rows)},
                "events": len(one.events),
                "rows": ids(one.enterprises),
                "event_rows": ids(one.events),
            }
            for one in found.campaigns.value
        ],
        "packaged": _packaged(found.packaged.value.total)
        | {"by_cluster": [_packaged(one) | {"name": one.name or UNFILLED} for one in found.packaged.value.by_cluster]},
    }


def _window(window: Window) -> dict[str, str]:
    return {"from": window.first.isoformat(), "to": window.last.isoformat()}


def _league(table: LeagueTable) -> dict[str, Any]:
    return {
        "lines": [
            {
                "subject": line.subject,
                "person": str(line.person_id) if line.person_id else None,
                "place": line.place,
                "metrics": [_cell(cell) for cell in line.cells],
            }
            for line in table.lines
        ],
        "nobody": [
            {"metric": one.metric.value, "value": in_unit(one.metric, one.value), "rows": ids(one.rows)}
            for one in table.nobody
        ],
    }


def _cell(cell: LeagueCell) -> dict[str, Any]:
    return {
        "metric": cell.metric.value,
        "value": in_unit(cell.metric, cell.value),
        "rank": cell.rank,
        "target_ratio": number(cell.ratio),
        "rows": ids(cell.rows),
    }


def _dept(one: DeptNeeds) -> dict[str, Any]:
    return {
        "name": one.dept or UNFILLED,
        "open": len(one.rows),
        "overdue": len(one.overdue),
        "longest_days": one.longest_days,
        "median_days": one.median_days,
        "rows": ids(one.rows),
    }


def _overdue(one: Overdue) -> dict[str, Any]:
    return {
        "id": str(one.project_id),
        "name": one.name,
        "agreed_on": one.agreed_on.isoformat(),
        "days": one.days,
        "amount_yuan": one.yuan,
        "stage": one.stage.value,
        "dept": one.dept,
        "owner": one.owner,
    }


def _coverage(one: Coverage) -> dict[str, Any]:
    return {
        "name": one.name,
        "campaign": one.campaign,
        "enterprises": len(one.rows),
        "met": len(one.met),
        "met_ever": len(one.met_ever),
        "ratio": number(one.share),
        "rows": ids(one.rows),
        "met_rows": ids(one.met),
        "open_rows": ids(one.open),
    }


def _packaged(one: PackagedShare) -> dict[str, Any]:
    return {
        "count": len(one.rows),
        "amount_yuan": one.yuan,
        "signed": len(one.signed),
        "signed_yuan": one.signed_yuan,
        "signed_in_window": len(one.signed_inside),
        "rows": ids(one.rows),
        "signed_rows": ids(one.signed),
    }
