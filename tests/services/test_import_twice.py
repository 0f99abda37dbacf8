"""Whatever rows ledgers of all kinds hold, importing them again changes nothing, and one undo takes them back."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_app import i18n
from crm_app.domain.import_kinds import RECORD_OF
from crm_app.domain.records import RECORDS
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import imports
from crm_app.services.book import Book
from tests.templates import new_book

FIRMS = st.sampled_from(["甲公司", "乙公司", "重庆甲有限公司", "丙公司、丁公司", "", "=1+1", "甲公司60%、乙公司40%"])
CODES = st.sampled_from(["91440600549QX0810K", "9142010057482G482Q", "", "123"])
DAYS = st.sampled_from(
    [
        "2023-06-01",
        "2023.5.20",
        "2023年5月",
        45078,
        "03/04/2023",
        "13/04/2023 09:30",
        "",
        "昨天",
        "2023-06-10至2023-06-12",
    ]
)
PEOPLE = st.sampled_from(["单晓", "张某 总经理 13800000001", "曾敏(1.5天)、李华", "", "王某；13800000002"])
WORDS = st.sampled_from(["对方关注电价", "", "/", "下周三 回访", "6月20日前报送方案", "'+x", "电话", "个\ud800"])
SUMS = st.sampled_from([5.6, "3-5亿", "面议", "1.2亿美元", "约5000万", 0, "", "一些", 300])
PROJECTS = st.sampled_from(["电池基地", "燃机项目", "燃机", "", "没有的"])

COLUMNS: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "enterprises": {
        "企业名称": FIRMS,
        "统一社会信用代码": CODES,
        "联系人": PEOPLE,
        "拟投资额(亿元)": SUMS,
        "备注": WORDS,
    },
    "contacts": {"姓名": PEOPLE, "单位名称": FIRMS, "职务": WORDS, "手机": PEOPLE},
    "leads": {"企业名称": FIRMS, "线索名称": WORDS, "登记日期": DAYS, "意向投资额(亿元)": SUMS, "首报人": PEOPLE},
    "trips": {"批次名称": WORDS, "起止时间": DAYS, "目的地": WORDS, "随行人员": PEOPLE, "拟访企业": FIRMS},
    "visits": {"拜访企业": FIRMS, "拜访日期": DAYS, "洽谈内容": WORDS, "我方人员": PEOPLE, "下一步": WORDS},
    "receptions": {"来访企业": FIRMS, "来访时间": DAYS, "来访人员": PEOPLE, "接待人": PEOPLE, "接待情况": WORDS},
    "follow_ups": {"企业名称": FIRMS, "项目名称": PROJECTS, "跟进日期": DAYS, "跟进内容": WORDS, "下一步": WORDS},
    "projects": {"项目名称": PROJECTS, "投资主体": FIRMS, "总投资(亿元)": SUMS, "签约时间": DAYS, "阶段": WORDS},
    "signings": {
        "项目名称": PROJECTS,
        "协议类型": st.sampled_from(["正式合同", "框架", "补充", "解除", ""]),
        "签署日": DAYS,
        "金额(亿元)": SUMS,
    },
    "stages": {
        "项目名称": PROJECTS,
        "阶段": st.sampled_from(["在谈", "开工", "搁置", "评审"]),
        "日期": DAYS,
        "佐证材料": WORDS,
        "理由": WORDS,
    },
    "funds": {"项目名称": PROJECTS, "到位时间": DAYS, "到位金额(万元)": SUMS, "资金性质": WORDS},
    "targets": {
        "指标": st.sampled_from(["签约项目数", "签约金额", ""]),
        "考核期": DAYS,
        "目标值": SUMS,
        "责任单位": WORDS,
    },
}
LEDGERS = st.fixed_dictionaries(
    {kind: st.lists(st.tuples(*columns.values()), max_size=4) for kind, columns in COLUMNS.items()}
)


def workbook(path: Path, ledgers: dict[str, list[Sequence[object]]]) -> Path:
    """Write a sheet for each kind, called as this program calls it."""
    made = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    for kind in COLUMNS:
        sheet = made.add_worksheet(_(RECORDS[RECORD_OF[kind]].label))
        sheet.write_row(0, 0, list(COLUMNS[kind]))
        for number, row in enumerate(ledgers[kind], 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell.replace("\ud800", ""))
                else:
                    sheet.write(number, place, cell)
    made.close()
    return path


@given(LEDGERS)
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_workbook_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, ledgers: dict[str, list[Sequence[object]]]
) -> None:
    i18n.set_language("zh_CN")
    folder = tmp_path_factory.mktemp("twice")
    path = workbook(folder / "台账.xlsx", ledgers)
    book = new_book(folder / "t.crm")
    try:
        _import_again_and_again(book, path)
    finally:
        books.close_book(book)


def _import_again_and_again(book: Book, path: Path) -> None:
    first = imports.plan(book, path)
    assert [sheet.kind for sheet in first.sheets] == list(COLUMNS)
    made = imports.apply(book, first).changes
    # What a row may mean can be told apart only by what another row of the file says; the second time all is known.
    imports.apply(book, imports.plan(book, path))
    third = imports.plan(book, path)
    told = [(row.title, row.action, row.changes, row.added) for row in third.rows if row.changes or row.added]
    assert (third.result.created, third.result.updated) == (0, 0), told
    assert third.result.unchanged >= first.result.created + first.result.updated
    assert books.check(book) == []
    if made.unit is not None:
        with contextlib.suppress(Refused):
            while True:
                books.undo(book)
        assert imports.plan(book, path).result.created == first.result.created
