"""The days of a trip: where a stop goes and at what time, what clashes, and an order by region that saves the way.

Times are “09:30” on the wall. A visit is taken to last an hour; between two places of a city half an hour is on the
road, between cities and provinces more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from crm_app.domain import regions

VISIT_MINUTES = 60
DISTRICT_MINUTES, CITY_MINUTES, PROVINCE_MINUTES = 30, 90, 240
"""On the road between two districts of a city, two cities of a province, two provinces."""

SLOTS = ("09:30", "11:00", "14:30", "16:30")
"""When visits of a day are proposed."""

_FIRST, _LAST, _USUAL_GAP = 8 * 60, 20 * 60, 90


@dataclass(frozen=True)
class Stop:
    """A planned visit as the rules see it.

    ``region`` is its code or empty; ``agreed``: day and time are promised to the enterprise; ``done``: it took place.
    """

    id: UUID
    on: date | None = None
    time: str | None = None
    region: str = ""
    agreed: bool = False
    done: bool = False


@dataclass(frozen=True)
class Place:
    """A day and a time; no day: in the tray."""

    on: date | None
    time: str | None


@dataclass(frozen=True)
class Clash:
    """Two stops of a day with fewer minutes between their beginnings than ``needed``; 0: at the same time."""

    one: UUID
    other: UUID
    minutes: int
    needed: int


def code_of(region: str | None) -> str:
    """Return the code of a region by its whole name; empty where it is not known."""
    return regions.code_of(region) if region else ""


def minutes(time: str) -> int:
    """Return the minutes since midnight of “09:30”."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _clock(after_midnight: int) -> str:
    return f"{after_midnight // 60:02}:{after_midnight % 60:02}"


def in_order(stops: Iterable[Stop], on: date | None) -> list[Stop]:
    """Return the stops of a day by their times, those without one last, as they were planned."""
    return sorted((one for one in stops if one.on == on), key=lambda one: (one.time or "~", one.id.int))


def time_between(
    before: str | None, after: str | None, *, there: int = VISIT_MINUTES, onward: int = VISIT_MINUTES
) -> str:
    """Propose a time between two others: a usual one where it leaves room, else the middle.

    ``there`` and ``onward`` are the minutes that have to lie between it and the one before and after.
    """
    earliest = minutes(before) + there if before else 0
    latest = minutes(after) - onward if after else 24 * 60
    for slot in SLOTS:
        if earliest <= minutes(slot) <= latest:
            return slot
    if before and after:
        middle = (minutes(before) + minutes(after)) // 2
        return _clock(middle - middle % 5)
    if before:
        return _clock(max(min(minutes(before) + max(_USUAL_GAP, there), _LAST), minutes(before)))
    assert after, "a day without times has room for a usual one"
    return _clock(min(max(minutes(after) - max(_USUAL_GAP, onward), _FIRST), minutes(after)))


def place(stops: Sequence[Stop], moved: UUID, on: date | None, at: int) -> dict[UUID, Place]:
    """Return what changes when a stop goes to a place of a day (``at`` counts the others of that day), by stop.

    Within a day the times stay and the stops change places, those that took place left alone. On another day it keeps
    its own time where that fits in, else one between its neighbours is proposed; in the tray it has none.
    """
    one = next(stop for stop in stops if stop.id == moved)
    if one.done:
        return {}
    if on is None:
        return {} if one.on is None else {moved: Place(None, None)}
    others = [stop for stop in in_order(stops, on) if stop.id != moved]
    at = min(max(at, 0), len(others))
    if one.on == on:
        return _shifted(in_order(stops, on), [*others[:at], one, *others[at:]])
    return {moved: Place(on, _fitting(one, others, at))}


def _fitting(one: Stop, others: Sequence[Stop], at: int) -> str:
    before = next((stop for stop in reversed(others[:at]) if stop.time), None)
    after = next((stop for stop in others[at:] if stop.time), None)
    first, last = before.time if before else None, after.time if after else None
    if one.time and (first is None or first < one.time) and (last is None or one.time < last):
        return one.time
    return time_between(
        first,
        last,
        there=VISIT_MINUTES + (road_minutes(before.region, one.region) if before else 0),
        onward=VISIT_MINUTES + (road_minutes(one.region, after.region) if after else 0),
    )


def _shifted(before: list[Stop], after: list[Stop]) -> dict[UUID, Place]:
    was = [stop for stop in before if not stop.done]
    now = [stop for stop in after if not stop.done]
    touched = [number for number, (one, other) in enumerate(zip(was, now, strict=True)) if one.id != other.id]
    if not touched:
        return {}
    slots = [stop.time for stop in was]
    for number in range(touched[-1] + 1):
        last = slots[number - 1] if number else None
        slot = slots[number]
        # Of two at one time neither comes first: the later one gives way.
        if slot is None or (last is not None and slot <= last):
            slots[number] = time_between(
                last, next((later for later in slots[number + 1 :] if _after(later, last)), None)
            )
    return {stop.id: Place(stop.on, slot) for stop, slot in zip(now, slots, strict=True) if stop.time != slot}


def _after(time: str | None, last: str | None) -> bool:
    return time is not None and (last is None or time > last)


def road_minutes(one: str, other: str) -> int:
    """Return how long one is on the road between two regions by their codes; nothing where one is not known."""
    if not one or not other or one == other:
        return 0
    if one[:2] != other[:2]:
        return PROVINCE_MINUTES
    # Of Beijing, Chongqing and their like the code knows no city: their counties are districts of one.
    municipality = one[:2] in ("11", "12", "31", "50")
    if one[:4] != other[:4] and not municipality:
        return CITY_MINUTES
    return DISTRICT_MINUTES


def clashes(stops: Iterable[Stop]) -> list[Clash]:
    """Return the stops too close to the one before them; of those that took place there is nothing to say."""
    known = list(stops)
    found = []
    for on in sorted({stop.on for stop in known if stop.on}):
        timed = [stop for stop in in_order(known, on) if stop.time]
        for one, other in pairwise(timed):
            between = minutes(other.time or "") - minutes(one.time or "")
            needed = VISIT_MINUTES + road_minutes(one.region, other.region)
            if between < needed and not (one.done and other.done):
                found.append(Clash(one.id, other.id, between, needed))
    return found


def route(stops: Sequence[Stop], days: Sequence[date]) -> dict[UUID, Place]:
    """Propose an order that goes from city to city and district to district, and a place for what has none; by stop.

    What is agreed or took place stays where it is. ``days`` are those on which something may be placed; none holds
    more than there are usual times, so that what is left stays in the tray.
    """
    free = [stop for stop in stops if not (stop.done or (stop.agreed and stop.on))]
    ordered = sorted(free, key=lambda stop: (stop.on or date.max, stop.time or "~", stop.id.int))
    placed = [stop for stop in ordered if stop.on]
    fresh = _free_places(stops, days, len(ordered) - len(placed))
    places = sorted(
        [*(Place(stop.on, stop.time) for stop in placed), *fresh], key=lambda one: (one.on or date.max, one.time or "~")
    )
    by_way = _by_way(ordered[: len(places)])
    return {stop.id: at for stop, at in zip(by_way, places, strict=True) if (stop.on, stop.time) != (at.on, at.time)}


def _free_places(stops: Iterable[Stop], days: Sequence[date], wanted: int) -> list[Place]:
    known = list(stops)
    taken = {on: [stop.time for stop in known if stop.on == on] for on in days}
    found: list[Place] = []
    while len(found) < wanted:
        open_days = [on for on in days if len(taken[on]) < len(SLOTS)]
        if not open_days:
            break
        on = min(open_days, key=lambda day: (len(taken[day]), day))
        slot = next((one for one in SLOTS if _clear(one, taken[on])), None)
        taken[on].append(slot)
        if slot is not None:
            found.append(Place(on, slot))
    return found


def _clear(slot: str, taken: Iterable[str | None]) -> bool:
    return all(abs(minutes(slot) - minutes(one)) >= VISIT_MINUTES for one in taken if one)


def _by_way(stops: Sequence[Stop]) -> list[Stop]:
    """Put stops of a city together, then those of a district; cities in the order in which they come first today."""
    city: Mapping[str, int] = _first_seen(stop.region[:4] for stop in stops)
    district: Mapping[str, int] = _first_seen(stop.region for stop in stops)
    return sorted(stops, key=lambda stop: (city[stop.region[:4]], district[stop.region]))


def _first_seen(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(Counter(keys))}
