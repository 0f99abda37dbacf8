"""What a calendar shows of some days, in one read: trips, meetings and planned ones, follow-ups, next steps, promises.

Of a day with very many rows the first are read and all are counted, so that a month costs the same in every book.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select

from crm_app.db.reader import Reader, living
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain.projects import Need
from crm_app.domain.trips import PlanState, TripKind

TRIP, PLAN, VISIT, RECEPTION = "trip", "trip_plan", "visit", "reception"
FOLLOW_UP, TASK, NEED = "follow_up", "task", "need"
KINDS = (TRIP, VISIT, RECEPTION, PLAN, TASK, NEED, FOLLOW_UP)
"""The tables whose rows have a place in the calendar, in the order in which a day shows them."""

_trip, _visit, _reception, _plan, _task, _need, _follow_up = (RECORD_TABLES[name] for name in KINDS)
_enterprise, _project = RECORD_TABLES["enterprise"], RECORD_TABLES["project"]

_FIRST: ColumnElement[Any] = bindparam("first")
_LAST: ColumnElement[Any] = bindparam("last")


@dataclass(frozen=True)
class Item:
    """Something of a calendar: ``until`` is the last day (a trip's), ``title`` what it says beside the enterprise.

    What is promised to a project, or needed by it, has the project's name for the enterprise's.

    ``resident``: a posting of weeks and months, which stands behind the trips proper.

    ``text`` and ``place`` are read only for a file.
    """

    kind: str
    id: UUID
    on: date
    until: date
    time: str = ""
    title: str = ""
    enterprise: str = ""
    trip_id: UUID | None = None
    done_on: date | None = None
    resident: bool = False
    text: str = ""
    place: str = ""


@dataclass
class Found:
    """The items of some days, and how many there are of each day though fewer were read."""

    items: list[Item] = field(default_factory=list)
    counts: defaultdict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def between(
    reader: Reader, first: date, last: date, kinds: Collection[str], per_day: int | None, *, texts: bool = False
) -> Found:
    """Return what lies in some days: of a kind at most ``per_day`` rows a day, without a number all of them."""
    found = Found()
    days = {"first": first.isoformat(), "last": last.isoformat()}
    for kind in KINDS:
        if kind in kinds:
            for row in reader.rows(_select(kind, per_day, texts), days):
                # A mapping of the driver is slow to say what it has not.
                item = _item(kind, dict(row))
                found.items.append(item)
                if kind != TRIP:
                    found.counts[item.on][kind] = row["n_of_day"]
    return found


def _item(kind: str, row: dict[str, Any]) -> Item:
    on = date.fromisoformat(row["on"])
    until = row.get("until")
    done, trip = row.get("done_on"), row.get("trip_id")
    return Item(
        kind,
        UUID(bytes=row["id"]),
        on,
        date.fromisoformat(until) if until else on,
        row.get("time") or "",
        Need.load(row).marked if kind == NEED else row.get("title") or "",
        row.get("enterprise") or row.get("project") or "",
        UUID(bytes=trip) if trip else None,
        date.fromisoformat(done) if done else None,
        row.get("kind") == TripKind.POSTING.value,
        row.get("text") or "",
        row.get("place") or "",
    )


@cache
def _select(kind: str, per_day: int | None, texts: bool) -> Select[Any]:
    """Return the statement of a kind, made once: composing it takes longer than a week's answer."""
    return _SELECTS[kind](per_day, texts)


def _trips(_per_day: int | None, texts: bool) -> Select[Any]:
    columns = [_trip.c.id, _trip.c.start_on.label("on"), _trip.c.end_on.label("until"), _trip.c.title, _trip.c.kind]
    if texts:
        columns.append(_trip.c.purpose.label("text"))
    return (
        select(*columns)
        .where(living(_trip), _trip.c.start_on <= _LAST, _trip.c.end_on >= _FIRST)
        .order_by(_trip.c.start_on, _trip.c.end_on.desc(), _trip.c.id)
    )


def _by_day(
    table: Table,
    day: ColumnElement[Any],
    per_day: int | None,
    columns: Sequence[ColumnElement[Any]],
    order: Sequence[ColumnElement[Any]],
    *narrowed: ColumnElement[bool],
) -> Select[Any]:
    """Select the first rows of each day by a window over an index of days, then the names of their enterprises."""
    ranked = (
        select(
            table.c.id,
            day.label("on"),
            table.c.enterprise_id,
            *columns,
            func.row_number().over(partition_by=day, order_by=[*order, table.c.id]).label("nth"),
            func.count().over(partition_by=day).label("n_of_day"),
        )
        .where(table.c.deleted_at.is_(None), day >= _FIRST, day <= _LAST, *narrowed)
        .subquery()
    )
    statement = select(ranked, _enterprise.c.name.label("enterprise")).join(
        _enterprise, _enterprise.c.id == ranked.c.enterprise_id, isouter=True
    )
    if per_day is not None:
        statement = statement.where(ranked.c.nth <= per_day)
    return statement.order_by(ranked.c.on, ranked.c.nth)


def _visits(per_day: int | None, texts: bool) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [_visit.c.time, _visit.c.trip_id]
    if texts:
        columns += [_visit.c.talk.label("text"), _visit.c.place]
    return _by_day(_visit, _visit.c.on, per_day, columns, _by_hour(_visit))


def _receptions(per_day: int | None, texts: bool) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [_reception.c.time, _reception.c.guests.label("title")]
    if texts:
        columns.append(_reception.c.result.label("text"))
    return _by_day(_reception, _reception.c.on, per_day, columns, _by_hour(_reception))


def _plans(per_day: int | None, _texts: bool) -> Select[Any]:
    columns = [_plan.c.time, _plan.c.trip_id, _plan.c.purpose.label("title")]
    stands = func.coalesce(_plan.c.state, "") != PlanState.CANCELLED.value
    return _by_day(_plan, _plan.c.on, per_day, columns, _by_hour(_plan), _plan.c.visit_id.is_(None), stands)


def _follow_ups(per_day: int | None, texts: bool) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [_follow_up.c.time, _follow_up.c.mode.label("title")]
    if texts:
        columns.append(_follow_up.c.content.label("text"))
    return _by_day(_follow_up, _follow_up.c.on, per_day, columns, _by_hour(_follow_up))


def _tasks(per_day: int | None, _texts: bool) -> Select[Any]:
    columns = [_task.c.what.label("title"), _task.c.done_on]
    return _by_day(_task, _task.c.due, per_day, columns, [_task.c.done_on.is_not(None)])


def _needs(per_day: int | None, _texts: bool) -> Select[Any]:
    """Select needs and promises that are open; what they say is put together of all their fields."""
    own = [column for column in _need.c if column.name not in ("id", "enterprise_id")]
    project = select(_project.c.name).where(_project.c.id == _need.c.project_id).scalar_subquery().label("project")
    return _by_day(_need, _need.c.due, per_day, [*own, project], [], _need.c.solved_on.is_(None))


def _by_hour(table: Table) -> list[ColumnElement[Any]]:
    return [table.c.time.is_(None), table.c.time]


_SELECTS: dict[str, Callable[[int | None, bool], Select[Any]]] = {
    TRIP: _trips,
    PLAN: _plans,
    VISIT: _visits,
    RECEPTION: _receptions,
    FOLLOW_UP: _follow_ups,
    TASK: _tasks,
    NEED: _needs,
}
