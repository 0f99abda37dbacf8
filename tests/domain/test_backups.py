"""Which backups go: never the newest, never one made by hand, never by a clock that cannot be trusted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.backups import DAYS, EVERY, MONTHS, THINNED, WEEKS, Kind, Made, is_due, name_for, read_names, thin

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

ages = st.lists(
    st.tuples(st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)), st.sampled_from(Kind)),
    max_size=60,
)


def made_of(drawn: list[tuple[timedelta, Kind]]) -> list[Made]:
    return [Made(f"b{n}.crm", NOW - age, kind) for n, (age, kind) in enumerate(drawn)]


@given(ages)
def test_the_newest_and_what_was_made_by_hand_stay(drawn: list[tuple[timedelta, Kind]]) -> None:
    made = made_of(drawn)
    gone = set(thin(made, NOW).remove)
    assert all(one.kind in THINNED for one in gone)
    if made:
        newest = max(one.at for one in made)
        assert any(one.at == newest for one in made if one not in gone)
    assert not any(NOW - one.at < EVERY for one in gone)


@given(ages)
def test_each_late_day_week_and_month_keeps_its_newest(drawn: list[tuple[timedelta, Kind]]) -> None:
    made = made_of(drawn)
    gone = set(thin(made, NOW).remove)
    ours = [one for one in made if one.kind in THINNED]
    periods = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        for late in sorted({period(one.at) for one in ours}, reverse=True)[:most]:
            newest = max(one.at for one in ours if period(one.at) == late)
            assert any(one.at == newest and one not in gone for one in ours)
    outside = [one for one in ours if NOW - one.at >= EVERY and one not in gone]
    assert len(outside) <= DAYS + WEEKS + MONTHS + 1


@given(ages)
def test_thinning_again_removes_nothing_more(drawn: list[tuple[timedelta, Kind]]) -> None:
    made = made_of(drawn)
    gone = set(thin(made, NOW).remove)
    assert thin([one for one in made if one not in gone], NOW).remove == ()


@given(ages, st.integers(1, 10_000))
def test_a_clock_behind_the_newest_removes_nothing(drawn: list[tuple[timedelta, Kind]], seconds: int) -> None:
    made = made_of([*drawn, (timedelta(0), Kind.AUTO)])
    found = thin(made, NOW - timedelta(seconds=seconds))
    assert (found.remove, found.clock_behind) == ((), True)


@given(ages, st.integers(0, 20 * 365))
def test_a_clock_that_jumps_ahead_spares_every_day_and_month(drawn: list[tuple[timedelta, Kind]], days: int) -> None:
    made = made_of(drawn)
    later = set(thin(made, NOW + timedelta(days=days)).remove)
    # Only what the last day would have kept beside the others can go sooner.
    assert all(NOW - one.at < EVERY for one in later - set(thin(made, NOW).remove))


def test_a_year_of_daily_backups_thins_to_days_weeks_and_months() -> None:
    kept: list[Made] = []
    for day in range(365):
        now = NOW + timedelta(days=day)
        kept.append(Made(f"{day}.crm", now, Kind.AUTO))
        gone = set(thin(kept, now).remove)
        kept = [one for one in kept if one not in gone]
    assert len({(one.at.year, one.at.month) for one in kept}) == 13
    assert DAYS + 3 <= len(kept) <= DAYS + WEEKS + 13


def test_names_are_read_back_and_foreign_ones_left_alone() -> None:
    taken: set[str] = set()
    for kind in (*Kind, Kind.HAND):
        taken.add(name_for("台账", ".crm", NOW, kind, taken.__contains__))
    read = read_names("台账", ".crm", [*taken, "台账.crm", "台账-20261399-000000.crm", "台账-20261126-090000.crm-keys"])
    assert {one.name for one in read} == taken
    assert sorted(one.kind for one in read) == sorted([*Kind, Kind.HAND])
    assert "台账-20261126-090000-2.crm" in taken
    assert read_names("别册", ".crm", taken) == []


def test_a_backup_is_due_after_a_day_whatever_lies_in_the_future() -> None:
    young, old = Made("a", NOW - timedelta(hours=23), Kind.AUTO), Made("b", NOW - timedelta(hours=25), Kind.HAND)
    put_aside, ahead = Made("c", NOW, Kind.RESTORE), Made("d", NOW + timedelta(days=400), Kind.AUTO)
    assert not is_due([young, old], NOW)
    assert is_due([old], NOW)
    assert is_due([put_aside, ahead], NOW)
    assert is_due([], NOW)
