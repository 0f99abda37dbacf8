"""What a list works out from other rows: what a trip's visits come to, when somebody last dealt with a project."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from crm_app import clock
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.projects import Investor, Project, StageEntry
from crm_app.domain.stages import LINE, MAY_STALL, STALLED_AFTER_DAYS, Stage
from crm_app.domain.trips import Trip
from crm_app.domain.views import Query, Sort
from crm_app.domain.visits import Visit, VisitMode
from crm_app.services import book as books
from crm_app.services import lists
from crm_app.services.book import Book
from tests.templates import new_book

TODAY = date(2023, 6, 14)


def _values(book: Book, query: Query) -> dict[UUID, dict[str, Any]]:
    rows = lists.rows(book, query, lists.order(book, query).numbers)
    assert [row.id for row in lists.first_rows(book, query).rows] == [row.id for row in rows]
    return {row.id: row.values for row in rows}


@pytest.mark.parametrize("others", [(), (Category.ASSOCIATION, Category.OFFICE)])
def test_a_trip_counts_visits_face_to_face_and_each_company_once(tmp_path: Path, others: tuple[Category, ...]) -> None:
    book, chance = new_book(tmp_path / "t.crm"), random.Random(5)
    with book.unit("fill") as unit:
        categories = [Category.COMPANY, *others] * 3
        ids = unit.insert_many(Enterprise, [{"name": f"企业{n}", "category": one} for n, one in enumerate(categories)])
        trips = unit.insert_many(Trip, [{"title": f"赴上海{n}", "start_on": TODAY, "end_on": TODAY} for n in range(5)])
        visits = [
            (chance.choice(trips), chance.randrange(len(ids)), chance.choice([None, *VisitMode])) for _n in range(60)
        ]
        for trip, at, mode in visits:
            unit.insert(Visit, enterprise_id=ids[at], on=TODAY, mode=mode, trip_id=trip)
        unit.commit()
    for sort in ("visits", "enterprises"):
        found = _values(book, Query("trips", sort=Sort(sort), columns=("visits", "enterprises")))
        for trip in trips:
            met = [
                at
                for of, at, mode in visits
                if of == trip and mode is not VisitMode.ONLINE and categories[at] is Category.COMPANY
            ]
            assert found[trip] == {"visits": len(met), "enterprises": len(set(met))}
    books.close_book(book)


def test_a_project_was_last_touched_by_whatever_came_last_to_it_or_to_its_investors(tmp_path: Path) -> None:
    book, chance = new_book(tmp_path / "t.crm"), random.Random(11)
    clock.pin_today(TODAY)

    def day() -> date:
        return TODAY - timedelta(days=chance.randrange(90))

    touched: dict[UUID, list[date]] = {}
    last: dict[UUID, tuple[date, int, Stage]] = {}
    with book.unit("fill") as unit:
        ids = unit.insert_many(Enterprise, [{"name": f"企业{n}"} for n in range(30)])
        met = {one: [day() for _n in range(chance.randrange(3))] for one in ids}
        for number, (one, days) in enumerate(met.items()):
            for on in days:
                kind, more = ((Visit, {}), (FollowUp, {"content": "回访", "mode": "电话"}))[number % 2]
                unit.insert(kind, enterprise_id=one, on=on, **more)
        for n in range(40):
            project = unit.insert(Project, name=f"项目{n}")
            investors = chance.sample(ids, chance.randrange(3))
            touched[project] = [on for one in investors for on in met[one]]
            for one in investors:
                unit.insert(Investor, project_id=project, enterprise_id=one)
            for number in range(chance.randrange(4)):
                on, stage = day(), chance.choice(LINE)
                unit.insert(StageEntry, project_id=project, stage=stage, on=on)
                touched[project].append(on)
                last[project] = max(last.get(project, (date.min, 0, stage)), (on, number, stage))
            if n % 5 == 0:
                touched[project].append(day())
                unit.insert(FollowUp, project_id=project, on=touched[project][-1], content="回访", mode="电话")
        unit.commit()
    for sort in ("touched_on", "stalled"):
        for descending in (False, True):
            found = _values(book, Query("projects", sort=Sort(sort, descending), columns=("touched_on", "stalled")))
            for project, days in touched.items():
                early = project not in last or last[project][2] in MAY_STALL
                idle = (TODAY - max(days)).days if days else 0
                stalled = idle if early and idle > STALLED_AFTER_DAYS else None
                assert found[project] == {"touched_on": max(days, default=None), "stalled": stalled}
    books.close_book(book)
