"""What is to be reminded of now, over a pinned clock: times, working days, quiet hours, never twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain.clock_words import time_in
from crm_app.domain.reminders import REMEMBERED, Away, Rules, Step, due_now, is_quiet, missed, moment, remember
from crm_app.domain.workdays import Calendar

WEDNESDAY = date(2023, 6, 21)
"""The eve of the Dragon Boat holiday: off from Thursday to Saturday, Sunday the 25th is worked."""
SUNDAY = date(2023, 6, 25)
CALENDAR = Calendar({})
RULES = Rules()
LOUD = Rules(quiet_from=time(0), quiet_to=time(0))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def step(n: int, due: date, hour: int | None = None) -> Step:
    return Step(UUID(int=n), due, None if hour is None else time(hour))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("14:30 回访", time(14, 30)),
        ("下午三点半 见张总", time(15, 30)),
        ("8：30 出发", time(8, 30)),
        ("上午9点30分到园区", time(9, 30)),
        ("三点一刻 电话", time(15, 15)),
        ("10点到11点 座谈", time(10)),
        ("晚上8点宴请", time(20)),
        ("3:30 回访", time(15, 30)),
        ("03:30 抵达", time(3, 30)),
        ("3pm call", time(15)),
        ("提3点要求", None),
        ("9点建议", None),
        ("第3点半", None),
        ("比例 3:1", None),
        ("25:00", None),
        ("晚上12点", None),
        ("2023-07-12 09:30:22", None),
        ("回访", None),
    ],
)
def test_a_time_is_read_where_one_is_named_and_nowhere_else(text: str, named: time | None) -> None:
    assert time_in(text) == named


@given(st.text("0123456789:：点时分半整刻一二三十上下午晚中 apm-.第x", max_size=12))
def test_any_text_is_read_without_trouble(text: str) -> None:
    assert time_in(text) is None or isinstance(time_in(text), time)


def test_a_day_waits_for_the_working_day_to_begin_and_a_time_for_its_minute() -> None:
    assert moment(step(1, WEDNESDAY), RULES, CALENDAR) == at(WEDNESDAY, 9)
    assert moment(step(1, WEDNESDAY, 15), RULES, CALENDAR) == at(WEDNESDAY, 15)
    assert moment(step(1, WEDNESDAY, 22), RULES, CALENDAR) == at(WEDNESDAY + timedelta(days=1), 8)
    assert moment(step(1, WEDNESDAY, 5), RULES, CALENDAR) == at(WEDNESDAY, 8)


def test_on_a_day_off_only_that_days_appointments_are_said_and_days_wait_for_the_next_working_day() -> None:
    holiday = WEDNESDAY + timedelta(days=1)
    plain, appointment, old = step(1, holiday), step(2, holiday, 10), step(3, WEDNESDAY, 10)
    assert due_now([plain, appointment, old], at(holiday, 12), RULES, CALENDAR, {}) == [appointment]
    assert moment(plain, RULES, CALENDAR) == at(SUNDAY, 9)
    assert due_now([plain, old], at(SUNDAY, 12), RULES, CALENDAR, {}) == [old, plain]
    worked = Calendar({holiday: True})
    assert due_now([plain], at(holiday, 12), RULES, worked, {}) == [plain]


def test_what_was_said_is_said_again_only_for_another_day() -> None:
    first = step(1, WEDNESDAY)
    told = remember({}, [first], WEDNESDAY)
    assert due_now([first], at(WEDNESDAY, 17), RULES, CALENDAR, told) == []
    assert due_now([step(1, SUNDAY)], at(SUNDAY, 9), RULES, CALENDAR, told) == [step(1, SUNDAY)]
    much_later = WEDNESDAY + REMEMBERED + timedelta(days=1)
    assert remember(told, [], WEDNESDAY) == told, "done today: undo may bring it back"
    assert remember(told, [], much_later) == {}
    assert due_now([first], at(much_later, 10), RULES, CALENDAR, {}) == [], "overdue for long: on Today alone"


def test_off_and_quiet_say_nothing() -> None:
    assert due_now([step(1, WEDNESDAY)], at(WEDNESDAY, 12), Rules(on=False), CALENDAR, {}) == []
    assert due_now([step(1, WEDNESDAY)], at(WEDNESDAY, 21), RULES, CALENDAR, {}) == []
    assert not is_quiet(time(3), LOUD)


def test_missed_is_what_passed_in_between() -> None:
    away = Away(at(WEDNESDAY, 8), at(WEDNESDAY, 12))
    steps = [step(1, WEDNESDAY), step(2, WEDNESDAY, 15), step(3, WEDNESDAY - timedelta(days=1))]
    assert missed(steps, away, RULES, CALENDAR) == {UUID(int=1)}


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
STEPS = st.builds(Step, st.uuids(), DAYS, st.none() | TIMES)
ANY_RULES = st.builds(Rules, st.just(True), TIMES, TIMES, TIMES)


@given(
    st.lists(STEPS, max_size=6, unique_by=lambda one: one.id), st.lists(st.tuples(DAYS, TIMES), max_size=6), ANY_RULES
)
def test_however_often_one_looks_each_step_is_said_once_when_its_moment_has_come_and_never_in_the_quiet(
    steps: list[Step], looks: list[tuple[date, time]], rules: Rules
) -> None:
    told: dict[str, str] = {}
    said: list[UUID] = []
    for now in sorted(datetime.combine(*look) for look in looks):
        due = due_now(steps, now, rules, CALENDAR, told)
        assert all(moment(one, rules, CALENDAR) <= now for one in due)
        assert not due or not is_quiet(now.time(), rules)
        told = remember(told, due, now.date())
        said += [one.id for one in due]
    assert len(said) == len(set(said))


@given(STEPS, ANY_RULES)
def test_the_moment_of_a_step_is_never_quiet_and_never_before_its_day(one: Step, rules: Rules) -> None:
    when = moment(one, rules, CALENDAR)
    assert not is_quiet(when.time(), rules)
    assert when.date() >= one.due
