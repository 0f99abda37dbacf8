"""The day plan's rules: whatever is moved, nothing is lost, what is done stays, and the order is the one asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.day_plans import Place, Stop, clashes, in_order, minutes, place, route, time_between

MONDAY = date(2023, 6, 12)
DAYS = [MONDAY + timedelta(days=n) for n in range(3)]
NANSHAN, BAOAN, GUANGZHOU, CHANGSHA = "440305", "440306", "440106", "430102"
_times = st.sampled_from([None, "08:30", "09:30", "10:00", "11:00", "14:30", "16:30"])


@st.composite
def plans(draw: st.DrawFn) -> list[Stop]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([None, *DAYS]),
                _times,
                st.sampled_from(["", NANSHAN, BAOAN, GUANGZHOU]),
                st.booleans(),
                st.booleans(),
            ),
            min_size=1,
            max_size=9,
        )
    )
    return [
        Stop(UUID(int=n), on, time if on else None, region, agreed, done and on is not None)
        for n, (on, time, region, agreed, done) in enumerate(rows)
    ]


def _after(stops: list[Stop], changes: dict[UUID, Place]) -> list[Stop]:
    placed = {one.id: changes.get(one.id, Place(one.on, one.time)) for one in stops}
    return [Stop(s.id, placed[s.id].on, placed[s.id].time, s.region, s.agreed, s.done) for s in stops]


@given(plans(), st.data())
def test_a_stop_goes_where_it_is_put(stops: list[Stop], data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(stops))
    on = data.draw(st.sampled_from([None, *DAYS]))
    at = data.draw(st.integers(0, 9))
    changes = place(stops, moved.id, on, at)
    after = _after(stops, changes)
    assert [one for one in after if one.done] == [one for one in stops if one.done]
    if moved.done:
        assert changes == {}
    elif on != moved.on:
        assert set(changes) <= {moved.id}  # on another day only the one that is moved changes
        assert next(one.on for one in after if one.id == moved.id) == on
    else:
        others = [one.id for one in in_order(stops, on) if one.id != moved.id and not one.done]
        wanted = [one.id for one in in_order(stops, on) if one.id != moved.id]
        wanted.insert(min(at, len(wanted)), moved.id)
        assert [one for one in wanted if one in {*others, moved.id}] == [
            one.id for one in in_order(after, on) if not one.done
        ] or on is None


@given(plans())
def test_a_route_moves_only_what_is_free_and_into_times_that_are_free(stops: list[Stop]) -> None:
    changes = route(stops, DAYS)
    fixed = {one.id for one in stops if one.done or (one.agreed and one.on)}
    assert not fixed & set(changes)
    after = _after(stops, changes)
    free = [one for one in sorted(after, key=lambda s: (s.on or date.max, s.time or "~")) if one.id not in fixed]
    kept = Counter((one.on, one.time) for one in stops if one.on and one.id not in fixed)
    assert not kept - Counter((one.on, one.time) for one in free)
    if any(n > 1 for n in kept.values()):
        return  # stops at one time, or with none, have no order of their own
    cities = [one.region[:4] for one in free if one.on]
    assert len([city for n, city in enumerate(cities) if n == 0 or city != cities[n - 1]]) == len(set(cities))
    assert route(after, DAYS) == {}


def test_times_are_shifted_within_a_day_and_kept_on_another() -> None:
    one, two, three = (Stop(UUID(int=n), MONDAY, t) for n, t in enumerate(("09:30", "11:00", "14:30")))
    assert place([one, two, three], three.id, MONDAY, 0) == {
        three.id: Place(MONDAY, "09:30"),
        one.id: Place(MONDAY, "11:00"),
        two.id: Place(MONDAY, "14:30"),
    }
    assert place([one, two, three], two.id, DAYS[1], 0) == {two.id: Place(DAYS[1], "11:00")}
    tray = Stop(UUID(int=9))
    assert place([one, two, three, tray], tray.id, MONDAY, 2) == {tray.id: Place(MONDAY, "12:45")}
    assert place([one, two, three, tray], tray.id, MONDAY, 9) == {tray.id: Place(MONDAY, "16:30")}
    assert place([one, two, three], one.id, None, 0) == {one.id: Place(None, None)}


@given(_times, _times)
def test_a_proposed_time_lies_between(one: str | None, other: str | None) -> None:
    before, after = sorted((one or "00:00", other or "23:59"))
    told = time_between(before if before != "00:00" else None, after if after != "23:59" else None)
    assert minutes(before) <= minutes(told) <= minutes(after)


def test_the_way_between_two_places_needs_its_time() -> None:
    def found(minutes_apart: str, *regions: str) -> list[tuple[int, int]]:
        stops = [
            Stop(UUID(int=n), MONDAY, t, r)
            for n, (t, r) in enumerate(zip(("09:30", minutes_apart), regions, strict=True))
        ]
        return [(one.minutes, one.needed) for one in clashes(stops)]

    assert found("09:30", "", "") == [(0, 60)]
    assert found("10:30", NANSHAN, NANSHAN) == []
    assert found("10:30", NANSHAN, BAOAN) == [(60, 90)]
    assert found("11:30", NANSHAN, GUANGZHOU) == [(120, 150)]
    assert found("13:30", NANSHAN, CHANGSHA) == [(240, 300)]
    assert found("10:30", "500116", "500103") == [(60, 90)]


def test_the_time_that_is_proposed_leaves_the_way_there_and_onward() -> None:
    met = Stop(UUID(int=1), MONDAY, "09:30", NANSHAN)
    near, far = Stop(UUID(int=2), region=BAOAN), Stop(UUID(int=3), region=GUANGZHOU)
    assert place([met, near], near.id, MONDAY, 1)[near.id].time == "11:00"
    assert place([met, far], far.id, MONDAY, 1)[far.id].time == "14:30"
    late = Stop(UUID(int=4), MONDAY, "12:00", NANSHAN)
    assert place([late, far], far.id, MONDAY, 0)[far.id].time == "09:30"
    stops = _after([met, late, far], place([met, late, far], far.id, MONDAY, 2))
    assert clashes(stops) == []
