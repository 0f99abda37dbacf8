from __future__ import annotations

from dataclasses import replace
from datetime import date

from crm_app.briefs import pdf, trip
from crm_app.briefs.content import gaps
from crm_app.domain.papers import PaperState
from tests.briefs import reading, samples


def text_of(data: trip.TripData) -> str:
    return reading.text_of(pdf.render(trip.compose(data), state=PaperState.REVIEW))


def test_sections_stand_in_their_order() -> None:
    text = text_of(samples.TRIP)
    heads = ["一、基本情况", "二、主要成效", "三、启示", "四、存在问题", "五、下一步工作打算", "外出招商拜访表"]
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)


def test_enterprises_and_visits_are_both_printed() -> None:
    assert "拜访企业9家、10家次" in text_of(samples.TRIP)


def test_a_visit_may_end_without_a_consensus() -> None:
    assert gaps(trip.compose(samples.TRIP)) == ()
    assert [gap.text for gap in gaps(trip.compose(replace(samples.TRIP, findings="")))] == ["启示未填写"]


def test_the_days_of_visits_are_told_without_the_year_the_report_begins_with() -> None:
    assert "示例智能装备（苏州）有限公司" in text_of(samples.TRIP)
    annex = text_of(samples.TRIP).partition("外出招商拜访表")[2]
    assert "5月15日" in annex
    assert "2023年5月15日" not in annex
    over_new_year = text_of(replace(samples.TRIP, start_on=date(2022, 12, 30))).partition("外出招商拜访表")[2]
    assert "2023年" in over_new_year


def test_a_trip_without_visits_prints() -> None:
    assert "尚无拜访记录" in text_of(replace(samples.TRIP, visits=(), enterprises=0, visit_count=0))


def test_results_are_drafted_from_what_each_visit_noted() -> None:
    text = text_of(samples.TRIP)
    noted = [visit for visit in samples.TRIP.visits if visit.result and visit.intent[:1] in ("A", "B")]
    assert noted
    assert "一行3人" in text
    cold = [replace(visit, intent="C") for visit in noted]
    assert "，达成初步意向：" not in text_of(replace(samples.TRIP, visits=cold))
    weak = text_of(replace(samples.TRIP, visits=[replace(visit, result="对方尚在考虑") for visit in noted]))
    assert "对方尚在考虑" in weak
    assert "，达成初步意向：" not in weak
    bare = [replace(visit, result="下月来访") for visit in noted]
    assert text_of(replace(samples.TRIP, visits=bare)).count("，达成初步意向：下月来访") == len(noted)
