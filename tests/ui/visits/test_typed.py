from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import clock
from crm_app.domain.visits import Intent, VisitMode
from crm_app.errors import BadInput
from crm_app.services import enterprises, staff, trips, visits
from crm_app.services.book import Book
from crm_app.services.visits import WriteVisit
from crm_app.ui.meetings.typed import day_in_words, read_time
from crm_app.ui.visits.typed import TypedVisit, of_sheet, read_day, read_enterprise, read_fields

TODAY = date(2023, 6, 14)


@pytest.fixture(autouse=True)
def that_day() -> None:
    clock.pin_today(TODAY)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:30", "09:30"),
        ("930", "09:30"),
        ("1405", "14:05"),
        ("９：３０", "09:30"),
        ("9点", "09:00"),
        ("九点半", "09:30"),
        ("下午2点", "14:00"),
        ("下午两点一刻", "14:15"),
        ("14时30分", "14:30"),
        ("2pm", "14:00"),
        ("2:30 PM", "14:30"),
        ("12pm", "12:00"),
        ("12am", "00:00"),
        ("上午", "上午"),
        ("25:00", "25:00"),
        ("午饭后", "午饭后"),
        ("", None),
    ],
)
def test_a_time_is_read_in_any_of_its_forms(typed: str, read: str | None) -> None:
    assert read_time(typed) == read


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_survives_being_shown_and_typed_again(hour: int, minute: int) -> None:
    shown = f"{hour:02}:{minute:02}"
    assert read_time(shown) == shown
    assert read_time(f"{hour}点{minute:02}分") == shown


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("", "→ 2023年6月14日 周三 · 今天"),
        ("昨天", "→ 2023年6月13日 周二"),
        # None that is refused is told as a day.
        ("6月", "→ 2023年6月"),
        ("上半年", "→ 2023年上半年"),
        ("6月31日", ""),
    ],
)
def test_the_echo_tells_what_was_understood(typed: str, echo: str) -> None:
    assert day_in_words(typed) == echo


def test_no_day_is_today_and_a_later_one_is_refused() -> None:
    assert read_day("") == TODAY
    assert read_day("昨天") == TODAY - timedelta(days=1)
    for typed in ("明天", "2023年6月", "啊"):
        with pytest.raises(BadInput) as refused:
            read_day(typed)
        assert refused.value.field == "on"


def test_the_form_is_read_whole() -> None:
    typed = TypedVisit(on="昨天", time="9点", theirs="张总 总经理\n李芳", talk=" 要厂房 ", intent="B", online="1")
    read = read_fields(typed)
    assert read["on"] == date(2023, 6, 13)
    assert read["their_people"] == ("张总 总经理", "李芳")
    assert (read["talk"], read["intent"], read["mode"]) == ("要厂房", Intent.B, VisitMode.ONLINE)
    assert read["asks"] is None


def test_whatever_is_typed_stands_in_the_form_again_when_the_visit_is_corrected(book: Book) -> None:
    known = enterprises.all_enterprises(book)[0]
    typed = TypedVisit(
        enterprise=known.name,
        chosen=str(known.id),
        on="2023年6月13日",
        time="09:30",
        next_step="下周三 回访",
        place="一号楼",
        trip=str(trips.create_trip(book, start_on=TODAY, end_on=TODAY).value.id),
        online="1",
        ours=str(staff.colleagues(book)[0].id),
        theirs="张总",
        raw="微信原文",
        talk="谈了扩产",
        asks="要厂房",
        consensus="七月来访",
        intent="B",
    )
    assert [name for name, text in asdict(typed).items() if not text] == [], "say here what a new field holds"
    made = visits.write_visit(book, WriteVisit(**read_enterprise(typed), **read_fields(typed))).value
    kept = replace(typed, next_step="")  # a task by now
    assert asdict(of_sheet(visits.visit_sheet(book, made))) == asdict(kept)
    corrected = replace(kept, talk="谈了扩产和电价")
    visits.change_visit(book, made, **read_fields(corrected))
    assert asdict(of_sheet(visits.visit_sheet(book, made))) == asdict(corrected)


def test_a_next_step_on_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        read_fields(TypedVisit(next_step="6月31日 回访"))
    assert refused.value.field == "next_step"


def test_a_number_is_no_enterprise() -> None:
    for typed in ("", "13800138000"):
        with pytest.raises(BadInput) as refused:
            read_enterprise(TypedVisit(enterprise=typed))
        assert refused.value.field == "name"
    assert read_enterprise(TypedVisit(enterprise="渝能"))["name"] == "渝能"
