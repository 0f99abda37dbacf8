"""The six activities of a week: the window, the one before it, and the year so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from crm_app.domain import counting
from crm_app.domain.activity import Activity, ActivityLine, ActivityTable, year_so_far
from crm_app.domain.counting import Tally
from crm_app.domain.events import EventKind
from crm_app.domain.figures import Figure
from crm_app.domain.outings import trips_in
from crm_app.domain.stages import Stage
from crm_app.services.figures.sheet import Sheet


def activity(sheet: Sheet) -> Figure[ActivityTable]:
    """Return the six activities; an event is one row, what is published is no event."""
    before, year = sheet.window.before(), year_so_far(sheet.window)
    sides = [sheet, replace(sheet, window=before), replace(sheet, window=year)]
    lines = tuple(ActivityLine(one, *(count(side) for side in sides)) for one, count in _COUNTS.items())
    rows = dict.fromkeys(row for line in lines for tally in (line.now, line.before, line.year) for row in tally.rows)
    return sheet.figure(ActivityTable(before, year, lines), rows)


def _trips(sheet: Sheet) -> Tally:
    rows = tuple(trip.id for trip in trips_in(sheet.ledger.trips, sheet.window, sheet.rules.trips_by))
    return Tally(len(rows), 0, rows)


def _received(sheet: Sheet) -> Tally:
    rows = tuple(one.id for one in sheet.ledger.receptions if sheet.window.has(one.on))
    return Tally(len(rows), 0, rows)


def _events(sheet: Sheet, *, publicity: bool = False) -> Tally:
    inside = (one for one in sheet.ledger.events if sheet.window.has(one.on))
    rows = tuple(one.id for one in inside if (one.kind is EventKind.PUBLICITY) is publicity)
    return Tally(len(rows), 0, rows)


_COUNTS: Mapping[Activity, Callable[[Sheet], Tally]] = {
    Activity.SIGNED: lambda sheet: counting.tally(sheet.signed),
    Activity.STARTED: lambda sheet: sheet.reached_in(Stage.STARTED),
    Activity.TRIPS: _trips,
    Activity.RECEIVED: _received,
    Activity.EVENTS: _events,
    Activity.PUBLICITY: lambda sheet: _events(sheet, publicity=True),
}
