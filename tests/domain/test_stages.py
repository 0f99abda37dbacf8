from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_app.domain import stages
from crm_app.domain.fields import When
from crm_app.domain.stages import ASIDE, LINE, Stage
from crm_app.errors import BadInput

Log = list[tuple[Stage, date]]

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
a_stage = st.sampled_from(list(Stage))


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """A log as the rules let it grow, whatever was tried."""
    log: Log = []
    for stage, on in draw(st.lists(st.tuples(a_stage, days), max_size=12)):
        if allowed(log, stage, on):
            log.append((stage, on))
    return log


def allowed(log: Log, stage: Stage, on: date, *, evidence: str | None = "许可证", reason: str | None = "原因") -> bool:
    try:
        stages.check_move(log, stage, on, evidence=evidence, reason=reason)
    except BadInput:
        return False
    return True


@given(logs())
def test_neither_days_nor_the_line_ever_run_backwards(log: Log) -> None:
    assert [on for _stage, on in log] == sorted(on for _stage, on in log)
    on_line = [LINE.index(stage) for stage, _on in log if stage in LINE]
    assert on_line == sorted(on_line)


@given(logs())
def test_no_stage_follows_itself(log: Log) -> None:
    assert all(one[0] is not other[0] for one, other in pairwise(log))


@given(logs(), a_stage, st.integers(0, 400))
def test_what_is_offered_is_what_is_let_through(log: Log, stage: Stage, later: int) -> None:
    on = (log[-1][1] if log else date(2023, 1, 1)) + timedelta(days=later)
    assert allowed(log, stage, on) is (stage in stages.open_to(log))


@given(logs(), st.sampled_from(ASIDE))
def test_a_project_put_aside_comes_back_to_the_stage_it_left(log: Log, aside: Stage) -> None:
    assume(log and stages.standing(log) in LINE)
    left, on = log[-1]
    assert allowed([*log, (aside, on)], left, on)
    assert stages.line_standing([*log, (aside, on)]) is left


@given(logs(), st.sampled_from(LINE), st.integers(1, 400))
def test_a_day_before_the_last_entry_is_refused(log: Log, stage: Stage, earlier: int) -> None:
    assume(log)
    with pytest.raises(BadInput) as refused:
        stages.check_move(log, stage, log[-1][1] - timedelta(days=earlier), evidence="证", reason="因")
    assert refused.value.field == "on"


@given(st.sampled_from(LINE), st.sampled_from(LINE))
def test_later_stages_ask_for_all_that_earlier_ones_ask(one: Stage, other: Stage) -> None:
    earlier, later = sorted((one, other), key=LINE.index)
    assert set(stages.asked_at(earlier)) <= set(stages.asked_at(later))


@pytest.mark.parametrize("stage", [Stage.STARTED, Stage.PRODUCING])
@pytest.mark.parametrize("evidence", [None, "", "  "])
def test_start_and_production_want_evidence(stage: Stage, evidence: str | None) -> None:
    log = [(Stage.SIGNED, date(2023, 1, 1))]
    assert not allowed(log, stage, date(2023, 2, 1), evidence=evidence)
    assert allowed(log, stage, date(2023, 2, 1), evidence="施工许可证")


@pytest.mark.parametrize("stage", ASIDE)
@pytest.mark.parametrize("reason", [None, "", " "])
def test_putting_aside_wants_a_reason(stage: Stage, reason: str | None) -> None:
    assert not allowed([(Stage.MOU, date(2023, 1, 1))], stage, date(2023, 2, 1), reason=reason)


def test_stages_may_be_skipped() -> None:
    assert allowed([(Stage.NEGOTIATING, date(2023, 1, 1))], Stage.FULL_CAPACITY, date(2023, 1, 1))


def test_nothing_is_asked_of_a_project_in_talks_or_put_aside() -> None:
    assert [stages.asked_at(stage) for stage in (Stage.NEGOTIATING, *ASIDE)] == [(), (), ()]
    assert stages.asked_at(Stage.MOU) == (When.REVIEW,)
    assert stages.asked_at(Stage.SIGNED) == (When.REVIEW, When.SIGN)


@given(a_stage, days, st.integers(0, 400))
def test_a_project_stalls_after_thirty_days_until_it_is_signed(stage: Stage, last: date, gone: int) -> None:
    told = stages.stalled_days(stage, last, last + timedelta(days=gone))
    stalls = stage in (Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU)
    assert told == (gone if gone > 30 and stalls else None)


def test_an_untouched_project_cannot_be_said_to_stall() -> None:
    assert stages.stalled_days(Stage.MOU, None, date(2023, 1, 1)) is None
