"""Plain rows, taken column by column, come to the same as rows that are looked at one after the other."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.leads import Lead
from crm_app.services import book as books
from crm_app.services import imports
from crm_app.services.book import Book
from tests.templates import new_book

HEADERS = ("企业名称", "统一社会信用代码", "注册地", "曾用名", "联系人", "联系电话", "职务", "拟投资额(亿元)", "备注")
ROWS = st.tuples(
    st.sampled_from(["甲公司", "乙公司", "甲有限公司", "重庆丙科技有限公司", "丁集团", "丁公司", "戊公司", ""]),
    st.sampled_from(["", "", "91440600549QX0810K", "9142010057482G482Q", "123"]),
    st.sampled_from(["", "重庆市江北区", "广东省佛山市"]),
    st.sampled_from(["", "", "", "乙公司", "戊公司"]),
    st.sampled_from(["", "单晓", "曾敏", "单晓、曾敏"]),
    st.sampled_from(["", "13800000001", "138****0001", "13800000002"]),
    st.sampled_from(["", "总经理"]),
    st.sampled_from(["", "3", "3-5", "面议", "一些"]),
    st.sampled_from(["", "对方关注电价"]),
)
LEDGERS = st.lists(st.lists(ROWS, min_size=12, max_size=30), min_size=2, max_size=2)


def write(path: Path, rows: Sequence[Sequence[str]], *, looked_at: bool) -> Path:
    """Write a ledger; beside another sheet nothing in it is plain, so that every row is looked at by itself."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("企业")
        for number, row in enumerate([HEADERS, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        if looked_at:
            workbook.add_worksheet("说明").write_string(0, 0, "由办公室填写")
    return path


def held(book: Book) -> list[object]:
    """Return what a book holds of enterprises, without ids."""
    with book.read() as reader:
        people = {one.id: one for one in reader.find(Contact)}
        posts, other, leads = reader.find(Position), reader.find(EnterpriseName), reader.find(Lead)
        found = [
            (
                *(getattr(firm, field.name) for field in Enterprise.fields),
                sorted(one.name for one in other if one.enterprise_id == firm.id),
                sorted(
                    str((people[one.contact_id].name, people[one.contact_id].phone, one.title, one.to_on))
                    for one in posts
                    if one.enterprise_id == firm.id
                ),
                sorted(
                    str((one.title, one.intent, one.note, one.triage, one.contact_id and people[one.contact_id].name))
                    for one in leads
                    if one.enterprise_id == firm.id
                ),
            )
            for firm in reader.find(Enterprise)
        ]
    return sorted(found, key=str)


def told(plan: imports.ImportPlan) -> list[tuple[object, ...]]:
    """Return what a plan says of each row, in their order; what it says of one row is in none."""
    return [(row.number, row.action, row.title, *(sorted(map(str, said)) for said in row[4:9])) for row in plan.rows]


NONE = [""] * (len(HEADERS) - 3)
KNOWN = [
    ["甲公司", "91440600549QX0810K", "广东省佛山市", *NONE],
    ["乙公司", "9142010057482G482Q", "广东省佛山市", *NONE],
    ["丙公司", "", "广东省佛山市", "丁公司", *NONE[1:]],
    ["辛公司", "", "", "", "单晓", "13800000001", "", "", ""],
    ["壬公司", "", "", *NONE],
]
MEANING_ONE_RECORD = [
    # By the code alone, under another name with the code, by another name: what the first row says is believed.
    ["", "91440600549QX0810K", "重庆市江北区", *NONE],
    ["甲公司", "", "广东省佛山市", *NONE],
    ["己公司", "9142010057482G482Q", "重庆市江北区", *NONE],
    ["乙公司", "", "广东省佛山市", *NONE],
    ["丁公司", "", "重庆市江北区", *NONE],
    ["丙公司", "", "广东省佛山市", *NONE],
    # Of a person with two posts too.
    ["辛公司", "", "", "", "单晓", "13800000002", "", "", ""],
    ["壬公司", "", "", "", "单晓", "13800000001", "", "", ""],
    # What a row above says an enterprise was called is no new enterprise.
    ["庚公司", "", "", "戊公司", *NONE[1:]],
    ["戊公司", "", "", *NONE],
    # Names of marks alone have nothing in common.
    ["***", "", "", *NONE],
    ["###", "", "", *NONE],
]


@pytest.mark.parametrize("at_once", [True, False])
def test_rows_that_mean_one_record_by_different_words_are_taken_in_their_order(
    tmp_path: Path, *, at_once: bool
) -> None:
    i18n.set_language("zh_CN")
    found = []
    for careful in (False, True):
        book = new_book(tmp_path / f"{careful}.crm")
        imports.take(book, write(tmp_path / f"known-{careful}.xlsx", KNOWN, looked_at=careful))
        with book.unit("A second post") as unit:
            ((firm,), (person,)) = unit.find(Enterprise, name="壬公司"), unit.find(Contact)
            unit.insert(Position, enterprise_id=firm.id, contact_id=person.id)
            unit.commit()
        path = write(tmp_path / f"more-{careful}.xlsx", MEANING_ONE_RECORD, looked_at=careful)
        plan = imports.take(book, path).value if at_once else imports.plan(book, path)
        if not at_once:
            imports.apply(book, plan)
        found.append((told(plan), held(book)))
        assert books.check(book) == []
        books.close_book(book)
    assert found[0] == found[1]
    assert [(row[1], row[0]) for row in found[0][0]] == [
        *(("update", 2), ("unchanged", 3), ("update", 4), ("unchanged", 5), ("update", 6), ("unchanged", 7)),
        *(("update", 8), ("unchanged", 9), ("create", 10), ("unchanged", 11), ("create", 12), ("create", 13)),
    ]


@given(LEDGERS, st.sampled_from(["enterprises", "leads"]), st.booleans())
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, ledgers: list[list[tuple[str, ...]]], kind: str, at_once: bool
) -> None:
    i18n.set_language("zh_CN")
    folder = tmp_path_factory.mktemp("plain")
    plain, looked_at = (new_book(folder / f"{name}.crm") for name in ("plain", "looked-at"))
    for number, rows in enumerate(ledgers):
        plans = []
        for book, careful in ((plain, False), (looked_at, True)):
            path = write(folder / f"{number}-{careful}.xlsx", rows, looked_at=careful)
            if at_once:
                plans.append(imports.take(book, path, kind).value)
            else:
                plans.append(imports.plan(book, path, kind))
                imports.apply(book, plans[-1])
        assert told(plans[0]) == told(plans[1])
        assert held(plain) == held(looked_at)
    for book in (plain, looked_at):
        assert books.check(book) == []
        books.close_book(book)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_long_ledger_means_the_same_enterprise_far_below(tmp_path: Path, *, at_once: bool) -> None:
    rows = [[f"第{number}号工厂", "", "单晓", str(13800000000 + number)] for number in range(3_100)]
    rows[3_050] = ["第7号工厂", "91440600549QX0810K", "曾敏", "13900000000"]
    rows[3_060] = ["第8号工厂", "", "单晓", "13800000008"]
    path = tmp_path / "企业.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["企业名称", "统一社会信用代码", "联系人", "联系电话"], *rows])
    book = new_book(tmp_path / "t.crm")
    plan = imports.take(book, path).value if at_once else imports.plan(book, path)
    assert (plan.result.created, plan.result.updated, plan.result.unchanged) == (3_098, 1, 1)
    assert plan.rows[3_050].added == ("曾敏",)
    if not at_once:
        imports.apply(book, plan)
    with book.read() as reader:
        (factory,) = reader.find(Enterprise, name="第7号工厂")
        assert factory.uscc == "91440600549QX0810K"
        assert len(reader.find(Position, enterprise_id=factory.id)) == 2
    again = imports.plan(book, path).result
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3_100)
    assert books.check(book) == []
    books.close_book(book)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_list_of_people_below_the_enterprises_means_those_of_the_rows_above(tmp_path: Path, *, at_once: bool) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        "企业名称,联系人,联系电话\n甲公司,单晓,13800000001\n乙公司,曾敏,13800000002\n丙公司,,\n"
        "\n姓名,手机,邮箱\n单晓,13800000001,a@b.cn\n曾敏,,c@d.cn\n",
        "utf-8",
    )
    book = new_book(tmp_path / "t.crm")
    plan = imports.take(book, path).value if at_once else imports.plan(book, path)
    assert [row.reasons for row in plan.rows] == [()] * 5
    if not at_once:
        imports.apply(book, plan)
    with book.read() as reader:
        found = {one.name: (one.phone, one.email) for one in reader.find(Contact)}
    assert found == {"单晓": ("+8613800000001", "a@b.cn"), "曾敏": ("+8613800000002", "c@d.cn")}
    assert books.check(book) == []
    books.close_book(book)
