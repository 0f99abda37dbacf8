from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_app import clock
from crm_app.domain import amounts, numbering
from crm_app.domain.leads import Triage
from crm_app.domain.stages import Stage
from crm_app.errors import BadInput, Refused
from crm_app.services import book as books
from crm_app.services import enterprises, leads, projects, staff, tasks
from crm_app.services.book import Book
from crm_app.services.leads import Logged, LogLead
from tests.services.conftest import TODAY, Bureau

USCC = "91350100M000100Y43"


def log(bureau: Bureau, name: str = "新希电子(示例)", **values: Any) -> Logged:
    return leads.log_lead(bureau.book, LogLead(name=name, **values)).value


def test_a_name_is_enough(bureau: Bureau) -> None:
    logged = log(bureau)
    row = leads.lead_row(bureau.book, logged.lead_id)
    lead, enterprise, contact = row.lead, row.enterprise, row.contact
    assert (enterprise.name, contact, logged.task_id) == ("新希电子(示例)", None, None)
    assert (lead.registered_on, lead.title, lead.triage) == (TODAY, "新希电子(示例)", Triage.FOLLOW)
    assert lead.first_reporter_id == lead.owner_id == bureau.me


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_without_a_name_nothing_is_saved(bureau: Bureau, name: str) -> None:
    with pytest.raises(BadInput):
        log(bureau, name)
    assert leads.list_leads(bureau.book) == []


def test_a_name_typed_otherwise_is_the_same_enterprise(bureau: Bureau) -> None:
    assert log(bureau, " 渝能电池（示例） ").enterprise_id == bureau.battery
    first = log(bureau, "ＡＢＣ动力（示例）")
    assert log(bureau, "ABC动力(示例)").enterprise_id == first.enterprise_id
    assert log(bureau, "abc動力(示例)").enterprise_id == first.enterprise_id


def test_a_credit_code_finds_its_enterprise_or_is_filled_in(bureau: Bureau) -> None:
    log(bureau, "渝能电池(示例)", uscc=USCC)
    assert enterprises.enterprise_page(bureau.book, bureau.battery).enterprise.uscc == USCC
    assert log(bureau, "渝能(换了名)", uscc=USCC).enterprise_id == bureau.battery


def test_two_enterprises_of_one_name_are_not_chosen_between(bureau: Bureau) -> None:
    enterprises.create_enterprise(bureau.book, name="渝能电池(示例)")
    with pytest.raises(BadInput) as refused:
        log(bureau, "渝能电池(示例)")
    assert refused.value.field == "enterprise_id"
    assert log(bureau, enterprise_id=bureau.battery).enterprise_id == bureau.battery


def test_contact_phone_amount_and_next_step_go_where_they_live(bureau: Bureau) -> None:
    logged = log(
        bureau,
        contact="曾总",
        phone="+8613800138000",
        intent=amounts.parse_range("约3-5亿"),
        next_step="2023-06-21 回访",
        content="电驱总成",
    )
    page = enterprises.enterprise_page(bureau.book, logged.enterprise_id)
    assert [(one.contact.name, one.contact.phone) for one in page.contacts] == [("曾总", "+8613800138000")]
    assert [(task.what, task.lead_id) for task in page.tasks] == [("回访", logged.lead_id)]
    assert page.leads[0].title == "新希电子(示例) 电驱总成"
    again = log(bureau, contact="曾总", phone="+8613900139000")
    assert again.contact_id == logged.contact_id
    assert len(enterprises.enterprise_page(bureau.book, logged.enterprise_id).contacts) == 1


def test_a_contact_is_logged_with_the_title_that_is_told(bureau: Bureau) -> None:
    logged = log(bureau, contact="曾总")
    for told in ("曾总 总经理", "曾总 董事长", "John Smith 首席财务官", "John Smith", "Mary Jones"):
        log(bureau, contact=told)
    known = enterprises.enterprise_page(bureau.book, logged.enterprise_id).contacts
    assert [(one.contact.name, one.position.title, one.contact.note) for one in known] == [
        ("曾总", "总经理", "董事长"),
        ("John Smith", "首席财务官", None),
        ("Mary Jones", None, None),
    ]


def test_a_phone_without_a_name_belongs_to_somebody(bureau: Bureau) -> None:
    logged = log(bureau, phone="+8613800138000")
    (known,) = enterprises.enterprise_page(bureau.book, logged.enterprise_id).contacts
    assert known.contact.phone == "+8613800138000"


def test_one_undo_takes_the_whole_lead_back(bureau: Bureau) -> None:
    log(bureau, contact="曾总", next_step="明天 回访")
    books.undo(bureau.book)
    assert leads.list_leads(bureau.book) == []
    assert len(enterprises.all_enterprises(bureau.book)) == 3
    assert tasks.agenda(bureau.book).week == []


def test_leads_that_are_judged_off_are_no_longer_listed(bureau: Bureau) -> None:
    first = log(bureau, enterprise_id=bureau.battery)
    log(bureau, enterprise_id=bureau.battery)
    log(bureau, enterprise_id=bureau.motors)
    assert len(leads.list_leads(bureau.book)) == 3
    leads.triage(bureau.book, first.lead_id, Triage.NO, "产业不符")
    assert len(leads.list_leads(bureau.book)) == 2
    assert len(leads.list_leads(bureau.book, open_only=False)) == 3


def test_the_first_reporter_stays(bureau: Bureau) -> None:
    lead = log(bureau).lead_id
    with pytest.raises(Refused):
        leads.change_lead(bureau.book, lead, first_reporter_id=bureau.colleague)
    leads.change_lead(bureau.book, lead, owner_id=bureau.colleague, first_reporter_id=bureau.me)
    assert leads.lead_row(bureau.book, lead).lead.owner_id == bureau.colleague


def test_a_book_that_belongs_to_nobody_still_logs(book: Book) -> None:
    logged = leads.log_lead(book, LogLead(name="甲(示例)")).value
    assert leads.lead_row(book, logged.lead_id).lead.first_reporter_id is None
    assert staff.colleagues(book) == []


def test_a_lead_becomes_a_project_with_nothing_typed_twice(bureau: Bureau) -> None:
    enterprises.change_enterprise(bureau.book, bureau.battery, cluster="先进材料", industry="化学制品")
    logged = log(
        bureau,
        enterprise_id=bureau.battery,
        contact="曾总",
        content="电池壳体",
        intent=amounts.parse_range("5.6亿"),
        next_step="明天 送方案",
    )
    made = leads.to_project(bureau.book, logged.lead_id, "电池壳体(示例)", "产业链招商").value
    page = projects.project_page(bureau.book, made)
    project = page.project
    assert (project.content, project.cluster, project.industry) == ("电池壳体", "先进材料", "化学制品")
    assert (project.channel, project.total_investment, project.owner_id) == ("产业链招商", 560_000_000, bureau.me)
    assert page.contact is not None
    assert page.contact.id == logged.contact_id
    assert page.stage is Stage.NEGOTIATING
    assert [(one.enterprise.id, one.investor.share) for one in page.investors] == [(bureau.battery, Decimal(100))]
    assert [task.what for task in page.tasks] == ["送方案"]
    assert leads.list_leads(bureau.book) == []
    (row,) = leads.list_leads(bureau.book, open_only=False)
    assert row.project_id == made
    with pytest.raises(Refused, match="电池壳体"):
        leads.to_project(bureau.book, logged.lead_id, "又一个", None)


def test_a_range_is_no_total(bureau: Bureau) -> None:
    logged = log(bureau, intent=amounts.parse_range("3-5亿"))
    project = leads.to_project(bureau.book, logged.lead_id, "甲(示例)", None).value
    page = projects.project_page(bureau.book, project)
    assert page.project.total_investment is None
    assert projects.list_projects(bureau.book)[0].amount_yuan == 300_000_000


def test_numbers_are_drafts_until_the_office_assigns_them(bureau: Bureau) -> None:
    clock.pin_today(date(2023, 7, 12))
    first, second = (leads.log_lead(bureau.book, leads.LogLead(name)).value.lead_id for name in ("甲公司", "乙公司"))
    numbers = [leads.lead_row(bureau.book, one).lead.number for one in (first, second)]
    assert numbers == sorted(set(numbers))
    assert all(numbering.assigned(number) is None for number in numbers)
    leads.change_lead(bureau.book, first, number="XS-2023-0117")
    assert numbering.assigned(leads.lead_row(bureau.book, first).lead.number) == "XS-2023-0117"
    third = leads.log_lead(bureau.book, leads.LogLead("丙公司")).value.lead_id
    assert leads.lead_row(bureau.book, third).lead.number not in numbers


def test_another_phone_of_a_contact_is_noted(bureau: Bureau) -> None:
    log(bureau, contact="张三", phone="13800000000")
    for phone in ("138 0000 0000", None, "13911112222", "+8613911112222"):
        logged = log(bureau, contact="张三", phone=phone)
    contact = leads.lead_row(bureau.book, logged.lead_id).contact
    assert contact
    assert (contact.phone, contact.note) == ("+8613800000000", "139 1111 2222")


def test_two_credit_codes_are_two_enterprises(bureau: Bureau) -> None:
    first, second = log(bureau, uscc=USCC), log(bureau, uscc="91440600549QX0810K")
    assert first.enterprise_id != second.enterprise_id
    assert log(bureau, uscc=USCC.lower()).enterprise_id == first.enterprise_id


def test_what_was_written_behind_a_draft_number_stops_no_later_one(bureau: Bureau) -> None:
    start = numbering.draft_start("lead", TODAY.year)
    leads.change_lead(bureau.book, log(bureau).lead_id, number=f"{start}0007甲")
    leads.change_lead(bureau.book, log(bureau).lead_id, number=f"{start}10000")
    made = leads.lead_row(bureau.book, log(bureau).lead_id).lead
    assert made.number == f"{start}10001"
