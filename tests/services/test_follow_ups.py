from __future__ import annotations

from datetime import date

import pytest

from crm_app.domain.tasks import Task
from crm_app.errors import BadInput
from crm_app.services import enterprises, follow_ups, leads, tasks
from crm_app.services.leads import LogLead
from tests.projects import new_project
from tests.services.conftest import TODAY, Bureau


def timeline(bureau: Bureau) -> list[str]:
    page = enterprises.enterprise_page(bureau.book, bureau.battery)
    return [entry.text for entry in page.timeline if entry.kind == "follow_up"]


def test_a_call_answers_a_task_and_sets_the_next(bureau: Bureau) -> None:
    logged = leads.log_lead(bureau.book, LogLead(name="", enterprise_id=bureau.battery, next_step="今天 电话")).value
    follow_ups.log_follow_up(
        bureau.book, content="愿来考察", mode="电话", done_task=logged.task_id, next_step="6月20日 确认行程"
    )
    assert timeline(bureau) == ["愿来考察"]
    agenda = tasks.agenda(bureau.book)
    assert agenda.today == []
    (due,) = agenda.week
    assert isinstance(due.record, Task)
    assert (due.what, due.due, due.record.lead_id) == ("确认行程", date(2023, 6, 20), logged.lead_id)
    assert due.enterprise is not None
    assert due.enterprise.id == bureau.battery


def test_a_project_s_call_belongs_to_its_enterprise(bureau: Bureau) -> None:
    project = new_project(bureau.book, "甲(示例)", [bureau.battery]).value
    follow_ups.log_follow_up(bureau.book, content="催报", mode="微信/企业微信", project_id=project)
    assert timeline(bureau) == ["催报"]


def test_a_lead_s_call_belongs_to_its_enterprise(bureau: Bureau) -> None:
    lead = leads.log_lead(bureau.book, LogLead(name="", enterprise_id=bureau.battery)).value.lead_id
    follow_ups.log_follow_up(bureau.book, content="催报", mode="电话", lead_id=lead)
    assert timeline(bureau) == ["催报"]


def test_the_last_way_is_proposed(bureau: Bureau) -> None:
    assert follow_ups.last_mode(bureau.book) is None
    follow_ups.log_follow_up(bureau.book, content="一", mode="邮件", enterprise_id=bureau.battery, on=TODAY)
    follow_ups.log_follow_up(bureau.book, content="二", mode="短信", enterprise_id=bureau.battery, on=date(2023, 1, 1))
    assert follow_ups.last_mode(bureau.book) == "短信"


def test_a_follow_up_says_something(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as refused:
        follow_ups.log_follow_up(bureau.book, content="", mode="电话", enterprise_id=bureau.battery)
    assert refused.value.field == "content"
