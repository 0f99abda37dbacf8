from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_app.domain.projects import OTHER_NEED
from crm_app.errors import BadInput
from crm_app.services import changes, projects, tasks
from tests.services.conftest import TODAY, Bureau


def test_the_agenda_has_overdue_today_and_seven_days(bureau: Bureau) -> None:
    for typed in ("2023-06-21 乙", "2023-06-01 甲", "2023-06-22 丙", "2023-06-14 今", "2023-06-13 昨"):
        tasks.add_task(bureau.book, typed, enterprise_id=bureau.battery)
    agenda = tasks.agenda(bureau.book)
    assert [due.what for due in agenda.overdue] == ["甲", "昨"]
    assert [due.what for due in agenda.today] == ["今"]
    assert [due.what for due in agenda.week] == ["乙"]
    assert {due.owner.name for due in agenda.overdue if due.owner} == {"单晓"}


def test_without_a_day_a_step_is_due_on_the_next_working_day(bureau: Bureau) -> None:
    tasks.add_task(bureau.book, "送方案")
    assert [due.due for due in tasks.agenda(bureau.book).week] == [date(2023, 6, 15)]


def test_a_step_says_what(bureau: Bureau) -> None:
    with pytest.raises(BadInput):
        tasks.add_task(bureau.book, "  ")


def test_steps_are_ticked_off_and_put_off(bureau: Bureau) -> None:
    first = tasks.add_task(bureau.book, "今天 甲").value
    second = tasks.add_task(bureau.book, "今天 乙").value
    tasks.finish_task(bureau.book, first)
    third = tasks.add_task(bureau.book, "今天 丙").value
    assert tasks.finish_tasks(bureau.book, [first, third]).changes.ids("task") == {third}
    assert tasks.postpone_tasks(bureau.book, [second], "明天").value == date(2023, 6, 15)
    agenda = tasks.agenda(bureau.book)
    assert (agenda.overdue, agenda.today) == ([], [])
    assert [due.id for due in agenda.week] == [second]
    assert agenda.week[0].due > TODAY


def test_a_step_as_long_as_a_page_is_called_by_its_beginning(bureau: Bureau) -> None:
    said = "今天 " + "按会议要求逐条对接" * 6 + "电话13800000001，" + "再报送" * 200
    done = tasks.finish_task(bureau.book, tasks.add_task(bureau.book, said).value)
    label = next(step.label for step in changes.list_units(bureau.book) if step.n == done.changes.unit)
    assert label == "完成下一步：" + "按会议要求逐条对接" * 6 + "电话…", "no half of a number"


def test_a_long_list_is_read_as_far_as_it_is_shown_and_counted(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST", 2)
    made = [tasks.add_task(bureau.book, f"2023-06-0{n} 第{n}件").value for n in range(1, 6)]
    tasks.add_task(bureau.book, "今天 今")
    agenda = tasks.agenda(bureau.book)
    assert [due.id for due in agenda.overdue] == made[:2]
    assert (agenda.more, agenda.counts) == ((3, 0, 0), (5, 1, 0))
    agenda = tasks.agenda(bureau.book, made[3:4])
    assert [due.id for due in agenda.overdue] == [*made[:2], made[3]]
    assert (agenda.more, agenda.counts) == ((2, 0, 0), (5, 1, 0))


def test_promises_and_asks_with_a_day_are_owed_like_steps(bureau: Bureau) -> None:
    owed: dict[str, Any] = {"kind": OTHER_NEED, "enterprise_id": bureau.battery}
    late = projects.add_need(
        bureau.book, **owed, text="回复电价", dept="发改委", due=date(2023, 6, 12), promised_on=date(2023, 6, 1)
    ).value
    asked = projects.add_need(bureau.book, **(owed | {"kind": "用地"}), text="60 亩", due=date(2023, 6, 16)).value
    projects.add_need(bureau.book, **owed, text="没有期限")
    projects.add_need(bureau.book, **owed, text="已办", due=date(2023, 6, 12), solved_on=date(2023, 6, 12))
    far = projects.add_need(bureau.book, **owed, text="月底", due=date(2023, 6, 30)).value
    step = tasks.add_task(bureau.book, "2023-06-13 送方案").value
    agenda = tasks.agenda(bureau.book, [far])
    assert [(due.id, due.mark, due.what, due.whose) for due in agenda.overdue] == [
        (late, "承诺", "回复电价", "发改委"),
        (step, "", "送方案", "单晓"),
    ]
    assert [(due.mark, due.what) for due in agenda.week] == [("诉求", "用地：60 亩")]
    assert agenda.counts == (2, 0, 1)

    tasks.postpone_tasks(bureau.book, [late, step], "明天")
    tasks.finish_tasks(bureau.book, [late, asked, step])
    done = tasks.agenda(bureau.book)
    assert done.counts == (0, 0, 0)
    assert done.later is not None
    assert done.later.id == far
    bureau.book.undo()
    bureau.book.undo()
    assert tasks.agenda(bureau.book).counts == agenda.counts
