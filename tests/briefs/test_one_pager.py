"""The one-pager is one page: what was dealt with long ago gives way, and is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crm_app.briefs import one_pager, pdf
from crm_app.briefs.one_pager import Dealing
from crm_app.domain.days import FuzzyDay
from crm_app.domain.papers import PaperState
from tests.briefs import reading, samples


def test_long_dealings_leave_room_for_the_topics() -> None:
    on, talk = date(2023, 6, 30), "对方关注厂房层高、荷载与供电容量。" * 4
    dealings = [
        Dealing(
            on=FuzzyDay.of(on - timedelta(days=number)),
            what=f"拜访：第{number}次，" + talk,
        )
        for number in range(12)
    ]
    made = pdf.render(one_pager.compose(replace(samples.ONE_PAGER, dealings=dealings)), state=PaperState.FINAL)
    text = reading.text_of(made)
    assert reading.count_of(made) == 1
    assert "配套铸件、热处理企业对接" in text
    told = [number for number in range(12) if f"第{number}次" in text]
    assert told == list(range(len(told)))
    assert f"此前另有{12 - len(told)}项往来" in text
