"""The sample's bureau: its colleagues, targets, forecasts, rankings, events and settings."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain import paper_words
from crm_app.domain.counting import Window
from crm_app.domain.events import Event, EventKind
from crm_app.domain.staff import DictionaryEntry, Person, Setting
from crm_app.domain.targets import Forecast, Metric, Ranking, Target
from crm_app.services.demo.material import Staff, words

YEAR = {"from_on": date(2023, 1, 1), "to_on": date(2023, 12, 31)}
HALF_YEAR = Window(date(2023, 1, 1), date(2023, 6, 30))


def write(unit: Unit) -> Staff:
    """Write the bureau; return its colleagues."""
    data = words("bureau")
    staff = Staff(tuple(unit.insert_many(Person, data["people"])), tuple(one["level"] for one in data["people"]))
    _settings(unit, data, staff.promoters[0])
    _thresholds(unit, data)
    for one in data["targets"]:
        _target(unit, data, one)
    for one in data["forecasts"]:
        unit.insert(Forecast, metric=Metric(one["metric"]), value=one["value"], basis=one["basis"], **YEAR)
    for one in data["rankings"]:
        unit.insert(Ranking, **(one | {"announced_on": date.fromisoformat(one["announced_on"])}))
    for one in data["events"]:
        unit.insert(Event, **(one | {"on": date.fromisoformat(one["on"]), "kind": EventKind(one["kind"])}))
    return staff


def _settings(unit: Unit, data: dict[str, Any], me: UUID) -> None:
    settings = {
        "bureau": data["bureau"],
        "book_day": data["book_day"],
        "sample": "1",
        "me": str(me),
        paper_words.KEY: json.dumps(data["bulletin"], ensure_ascii=False, sort_keys=True),
        paper_words.key_of(HALF_YEAR): json.dumps(data["half_year"], ensure_ascii=False, sort_keys=True),
    }
    unit.insert_many(Setting, [{"key": key, "value": value} for key, value in settings.items()])


def _thresholds(unit: Unit, data: dict[str, Any]) -> None:
    """Set what the parks want of a mu, so that the projects on their land are above it or below."""
    parks = {one.name: one.id for one in unit.find(DictionaryEntry, list_name="park")}
    since = date.fromisoformat(data["parks_since"])
    for one in data["parks"]:
        wanted = {key: Decimal(value) for key, value in one.items() if key != "name"}
        unit.update(DictionaryEntry, parks[one["name"]], per_mu_since=since, **wanted)


def _target(unit: Unit, data: dict[str, Any], one: dict[str, Any]) -> None:
    usual = {
        "metric": Metric(one["metric"]),
        "subject": one["subject"],
        "issuer": data["target_issuer"],
        "document": data["target_document"],
        **YEAR,
    }
    revised = unit.insert(Target, value=one["revises"], **usual) if "revises" in one else None
    effective = date.fromisoformat(one["effective_from"]) if "effective_from" in one else None
    unit.insert(Target, value=one["value"], effective_from=effective, supersedes_id=revised, **usual)
