"""Headers and cells as they come out of card scanners, online forms, associations and foreign offices."""

from __future__ import annotations

from datetime import date

import pytest

from crm_app import clock
from crm_app.domain import imports
from crm_app.domain.amounts import Currency
from crm_app.domain.import_guesses import guess_kind
from crm_app.domain.import_headers import split_unit
from crm_app.domain.import_rows import RowReader


@pytest.mark.parametrize(
    ("kind", "header", "wanted"),
    [
        ("enterprises", "链主企业", "enterprise.name"),
        ("enterprises", "联系人手机号", "contact.phone"),
        ("enterprises", "職稱", "contact.title"),
        ("enterprises", "統一社會信用代碼（18位）", "enterprise.uscc"),
        ("enterprises", "Company Name", "enterprise.name"),
        ("enterprises", "Planned Investment (USD mn)", "lead.intent"),
        ("enterprises", "人数", "enterprise.staff"),
        ("receptions", "人数", ""),
        ("visits", "人数", ""),
        ("visits", "谈话内容", "visit.talk"),
        ("follow_ups", "最近跟进时间", "follow_up.on"),
        ("receptions", "我方接待领导", "reception.host"),
        ("projects", "下周计划", "task.what"),
        ("projects", "求和项:总投资(亿元)", "project.total_investment"),
        ("projects", "签约信息›合同投资额", "signing.amount"),
        ("trips", "预期成果", "trip.purpose"),
    ],
)
def test_headers_of_many_hands_are_understood(kind: str, header: str, wanted: str) -> None:
    assert imports.columns_for(kind, [header])[0].target == wanted


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Investment (USD mn)", "Investment", "百万美元"),
        ("Investment (in US$ million)", "Investment", "百万美元"),
        ("Capital (million RMB)", "Capital", "百万元"),
        ("Capital (RMB 10,000)", "Capital", "万元"),
        ("Revenue ($bn)", "Revenue", "十亿美元"),
        ("Price (USD)", "Price", "美元"),
        ("总投资(百万元)", "总投资", "百万元"),
        ("Office (US)", "Office (US)", ""),
    ],
)
def test_units_are_read_in_english_too(header: str, name: str, unit: str) -> None:
    assert split_unit(header) == (name, unit)


@pytest.mark.parametrize(
    ("header", "cell", "minor", "currency"),
    [
        ("Planned Investment (USD mn)", 12.5, 1_250_000_000, Currency.USD),
        ("Planned Investment (USD mn)", "USD 12,500,000", 1_250_000_000, Currency.USD),
        ("Planned Investment (RMB million)", 12.3456789, 12_345_679, Currency.CNY),
        ("Planned Investment (RMB bn)", 1.23456789123, 1_234_567_891, Currency.CNY),
    ],
)
def test_amounts_of_english_units_lose_nothing(header: str, cell: object, minor: int, currency: Currency) -> None:
    intent = RowReader(imports.columns_for("enterprises", [header]), {}).read([cell]).values["lead.intent"]
    assert (intent.low, intent.currency) == (minor, currency)


def test_of_a_column_for_each_year_the_last_counts_and_its_year_is_kept() -> None:
    clock.pin_today(date(2024, 6, 14))
    headers = ["企业名称", "2021年营收（亿元）", "2023年营收（亿元）", "2022年度纳税总额(万元)", "2025年营收(亿元)"]
    columns = imports.columns_for("enterprises", headers)
    assert [one.target for one in columns] == ["enterprise.name", "", "enterprise.revenue", "enterprise.tax", ""]
    said = RowReader(columns, {}).read(["甲公司", 1, 2, 3, 4]).values
    assert (said["enterprise.revenue"], said["enterprise.revenue_year"]) == (200_000_000, 2023)
    assert (said["enterprise.tax"], said["enterprise.tax_year"]) == (30_000, 2022)


def test_an_entry_of_a_list_is_known_in_traditional_characters_and_other_words_stay() -> None:
    reader = RowReader(imports.columns_for("enterprises", ["所有制"]), {"ownership": {"民营": "民营"}})
    assert reader.read(["民營"]).values["enterprise.ownership"] == "民营"
    assert reader.read(["僑資"]).values["enterprise.ownership"] == "僑資"


@pytest.mark.parametrize(
    ("cell", "phone", "others"),
    [
        ("13811110001 / 13911110001", "+8613811110001", "13911110001"),
        ("13811110001 13911110001", "+8613811110001", "13911110001"),
        ("13811110001或13911110001", "+8613811110001", "13911110001"),
        ("13811110001（微信同号）", "+8613811110001", None),
    ],
)
def test_of_several_phones_in_a_cell_none_is_lost(cell: str, phone: str, others: str | None) -> None:
    reader = RowReader(imports.columns_for("contacts", ["姓名", "手机", "微信"]), {})
    (contact,) = reader.read(["陈示例", cell, "同手机"]).values["contacts"]
    assert (contact["phone"], contact["note"], contact["email"]) == (phone, others, None)


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("孙某某/李某", [("孙某某", None), ("李某", None)]),
        ("张总、李总", [("张总", None), ("李总", None)]),
        ("王示例/总经理", [("王示例", "总经理")]),
        ("王示例、董事长", [("王示例", "董事长")]),
        ("王示例/招商部", [("王示例/招商部", None)]),
    ],
)
def test_a_column_of_names_tells_people_and_never_a_post_as_one(
    cell: str, people: list[tuple[str, str | None]]
) -> None:
    reader = RowReader(imports.columns_for("contacts", ["单位名称", "姓名"]), {})
    found = reader.read(["甲公司", cell]).values["contacts"]
    assert [(one["name"], one["title"]) for one in found] == people


def test_people_parted_by_a_stroke_each_keep_their_number() -> None:
    reader = RowReader(imports.columns_for("contacts", ["单位名称", "联系人"]), {})
    found = reader.read(["甲公司", "王示例|13811110001|李示例 13911110001"]).values["contacts"]
    assert [(one["name"], one["phone"]) for one in found] == [
        ("王示例", "+8613811110001"),
        ("李示例", "+8613911110001"),
    ]


def test_all_numbers_of_one_person_are_kept_whatever_their_columns_are_called() -> None:
    columns = imports.columns_for("contacts", ["姓名", "座机", "手机1", "手机2", "备用电话"])
    (contact,) = (
        RowReader(columns, {}).read(["周示例", "0755-82220001", "", 13922220001, "13722220001"]).values["contacts"]
    )
    assert (contact["phone"], contact["note"]) == ("+8613922220001", "0755-82220001、13722220001")


def test_a_name_with_letters_of_other_countries_stays_whole() -> None:
    reader = RowReader(imports.columns_for("contacts", ["单位名称", "联系人"]), {})
    (contact,) = reader.read(["Alpha", "Jürgen Müller 总经理"]).values["contacts"]
    assert (contact["name"], contact["title"]) == ("Jürgen Müller", "总经理")


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["企业名称", "下一步工作", "完成时限"], "tasks"),
        (["工作任务", "责任人", "完成时限"], "tasks"),
        (["企业名称", "下一步工作", "完成时限", "联系人", "联系电话"], "enterprises"),
        (["企业名称", "下一步工作", "责任人"], "enterprises"),
        (["姓名", "单位及职务", "手机", "办公电话", "微信"], "contacts"),
        (["项目名称", "签约主体", "签约时间", "合同投资额", "注册时间", "开工时间"], "projects"),
        (["企业名称", "跟进人", "最近跟进时间", "跟进记录"], "follow_ups"),
        (["企业名称", "需求类型", "需求面积", "单位"], "needs"),
    ],
)
def test_a_sheet_is_taken_for_what_its_columns_are(headers: list[str], kind: str) -> None:
    assert guess_kind(headers, ["企业用地需求" if kind == "needs" else "Sheet1"]).kind == kind


def test_two_people_in_a_column_of_names_each_keep_their_post_and_phone() -> None:
    reader = RowReader(imports.columns_for("contacts", ["姓名", "职务", "手机"]), {})
    people = reader.read(["孙示例/李示例", "副总/经理", "13833330002/13833330008"]).values["contacts"]
    said = [(one["name"], one["title"], one["phone"]) for one in people]
    assert said == [("孙示例", "副总", "+8613833330002"), ("李示例", "经理", "+8613833330008")]


def test_a_moment_with_its_zone_is_read() -> None:
    reader = RowReader(imports.columns_for("visits", ["企业名称", "拜访日期"]), {})
    said = reader.read(["甲公司", "2024-05-01T08:30:00+08:00"]).values
    assert (said["visit.on"], said["visit.time"]) == (date(2024, 5, 1), "08:30")
    assert reader.read(["甲公司", "2024-05-01 9:30-11:00"]).values["visit.on"] == date(2024, 5, 1)
