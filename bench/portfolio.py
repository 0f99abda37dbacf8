"""Trips and projects of the made-up enterprises: one trip to five hundred of them, one project to a hundred."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench import words
from bench.enterprises import SEED
from bench.history import day_of
from crm_app.db.unit import Unit
from crm_app.domain.days import FuzzyDay
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.stages import LINE, Stage
from crm_app.domain.trips import Trip

Rows = Iterator[dict[str, Any]]


def trips(unit: Unit, held: int, people: Sequence[UUID]) -> list[UUID]:
    """Write the trips of a book of ``held`` enterprises and return their ids."""
    return unit.insert_many(Trip, list(_trips(held // 500, people)))


def _trips(amount: int, people: Sequence[UUID]) -> Rows:
    for n in range(amount):
        chance = random.Random((SEED + 4) * 10**8 + n)
        start = day_of(chance.randrange(900))
        yield {
            "title": f"赴{chance.choice(words.CITIES)}招商",
            "start_on": start,
            "end_on": start + timedelta(days=chance.randrange(5)),
            "number": f"WC-{n:06}",
            "leader_id": chance.choice(people),
        }


def projects(unit: Unit, ids: Sequence[UUID], people: Sequence[UUID]) -> None:
    """Write the projects of these enterprises: each with an investor, a park, its stages and what was signed."""
    chances = [random.Random((SEED + 5) * 10**8 + n) for n in range(len(ids) // 100)]
    made = unit.insert_many(Project, [_project(n, chance, people) for n, chance in enumerate(chances)])
    pairs = list(zip(made, chances, strict=True))
    unit.insert_many(Investor, [{"project_id": one, "enterprise_id": _busy(ids, chance)} for one, chance in pairs])
    unit.insert_many(ProjectPark, [{"project_id": one, "park": chance.choice(words.PARKS)} for one, chance in pairs])
    stages = [entry for one, chance in pairs for entry in _stages(one, chance)]
    unit.insert_many(StageEntry, stages)
    unit.insert_many(Signing, [_signing(entry) for entry in stages if entry["stage"] is Stage.SIGNED])


def _busy(ids: Sequence[UUID], chance: random.Random) -> UUID:
    return ids[int(len(ids) * chance.random() ** 2)]


def _project(n: int, chance: random.Random, people: Sequence[UUID]) -> dict[str, Any]:
    return {
        "name": f"{chance.choice(words.CITIES)}{chance.choice(words.TRADES)[1][0]}项目{n}",
        "number": f"XM-{n:06}",
        "cluster": chance.choice(words.CLUSTERS),
        "total_investment": chance.randrange(1, 1000) * 10_000_000,
        "owner_id": chance.choice(people),
    }


def _stages(project: UUID, chance: random.Random) -> Rows:
    day = day_of(chance.randrange(900))
    for stage in LINE[: chance.randrange(1, len(LINE))]:
        yield {"project_id": project, "stage": stage, "on": day}
        day += timedelta(days=chance.randrange(1, 60))


def _signing(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "project_id": entry["project_id"],
        "kind": Agreement.FORMAL,
        "signed_on": FuzzyDay.of(entry["on"]),
        "amount": Amount(100_000_000),
    }
