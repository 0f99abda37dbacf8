from __future__ import annotations

from datetime import date

import pytest

from crm_app.errors import BadInput
from crm_app.services import tasks
from tests.services.conftest import TODAY, Bureau


def test_the_agenda_has_overdue_today_and_seven_days(bureau: Bureau) -> None:
    for typed in ("2023-06-21 乙", "2023-06-01 甲", "2023-06-22 丙", "2023-06-14 今", "2023-06-13 昨"):
        tasks.add_task(bureau.book, typed, enterprise_id=bureau.battery)
    agenda = tasks.agenda(bureau.book)
    assert [due.task.what for due in agenda.overdue] == ["甲", "昨"]
    assert [due.task.what for due in agenda.today] == ["今"]
    assert [due.task.what for due in agenda.week] == ["乙"]
    assert {due.owner.name for due in agenda.overdue if due.owner} == {"单晓"}


def test_without_a_day_a_step_is_due_on_the_next_working_day(bureau: Bureau) -> None:
    tasks.add_task(bureau.book, "送方案")
    assert [due.task.due for due in tasks.agenda(bureau.book).week] == [date(2023, 6, 15)]


def test_a_step_says_what(bureau: Bureau) -> None:
    with pytest.raises(BadInput):
        tasks.add_task(bureau.book, "  ")


def test_steps_are_ticked_off_and_put_off(bureau: Bureau) -> None:
    first = tasks.add_task(bureau.book, "今天 甲").value
    second = tasks.add_task(bureau.book, "今天 乙").value
    tasks.finish_task(bureau.book, first, date(2023, 6, 13))
    third = tasks.add_task(bureau.book, "今天 丙").value
    assert tasks.finish_tasks(bureau.book, [first, third]).changes.ids("task") == {third}
    assert tasks.postpone_tasks(bureau.book, [second], "明天").value == date(2023, 6, 15)
    agenda = tasks.agenda(bureau.book)
    assert (agenda.overdue, agenda.today) == ([], [])
    assert [due.task.id for due in agenda.week] == [second]
    assert agenda.week[0].task.due > TODAY


def test_a_long_list_is_read_as_far_as_it_is_shown_and_counted(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MOST", 2)
    made = [tasks.add_task(bureau.book, f"2023-06-0{n} 第{n}件").value for n in range(1, 6)]
    tasks.add_task(bureau.book, "今天 今")
    agenda = tasks.agenda(bureau.book)
    assert [due.task.id for due in agenda.overdue] == made[:2]
    assert (agenda.more, agenda.counts) == ((3, 0, 0), (5, 1, 0))
    agenda = tasks.agenda(bureau.book, made[3:4])
    assert [due.task.id for due in agenda.overdue] == [*made[:2], made[3]]
    assert (agenda.more, agenda.counts) == ((2, 0, 0), (5, 1, 0))
