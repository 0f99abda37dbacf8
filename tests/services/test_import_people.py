"""Several people of one row, and several numbers of one person, however their columns are headed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.errors import BadInput
from crm_app.services import exports, imports
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests.services.ledgers import Rows, all_of, counts, imported, ledger

TWO: Rows = [
    ["企业名称", "联系人", "职务", "手机", "座机", "联系人2", "职务2", "联系人2电话", "序号2"],
    ["甲公司", "张小示", "总经理", "13800000001", "023-47654321", "李小示", "副总", "13800000002", "略"],
    ["乙公司", "王小示", "", "13800000003", "", "", "", "", ""],
    ["丙公司", "", "", "", "", "赵小示", "", "13800000004", ""],
    ["丁公司", "钱小示", "", "13800000005", "", "", "", "13800000006", ""],
    ["戊公司", "", "", "", "", "", "", "13800000007", ""],
]
LAYOUTS: list[Rows] = [
    [
        ["企业名称", "联系人1", "联系人2", "职务", "职务", "电话", "电话"],
        ["甲公司", "张小示", "李小示", "总经理", "副总", "13800000001", "13800000002"],
    ],
    [
        ["企业名称", "第一联系人", "电话", "第二联系人", "职务", "电话"],
        ["甲公司", "张小示 总经理", "13800000001", "李小示", "副总", "13800000002"],
    ],
    [
        ["企业名称", "负责人", "联系人", "职务", "联系电话", "联系人2", "职务2", "电话2"],
        ["甲公司", "曾小示", "张小示", "总经理", "13800000001", "李小示", "副总", "13800000002"],
    ],
    [
        ["企业名称", "联系人", "职务", "联系电话", "备用联系人", "职务", "备用联系人电话"],
        ["甲公司", "张小示", "总经理", "13800000001", "李小示", "副总", "13800000002"],
    ],
]


def _people(book: Book) -> dict[str, tuple[Any, ...]]:
    titles: dict[Any, Any] = {one.contact_id: one.title for one in all_of(book, Position)}
    people: list[Any] = all_of(book, Contact)
    return {one.name: (titles[one.id], one.phone, one.note) for one in people}


def test_a_second_contact_has_columns_of_its_own(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path / "企业.xlsx", "企业台账", TWO)
    plan = imported(book, path, "enterprises", 5, 0)
    assert [one.header for one in plan.sheets[0].columns if not one.target] == ["序号", "序号2"]
    assert _people(book) == {
        "张小示": ("总经理", "+8613800000001", "023-47654321"),
        "李小示": ("副总", "+8613800000002", None),
        "王小示": (None, "+8613800000003", None),
        "赵小示": (None, "+8613800000004", None),
        # A number whose person is not named is nobody's, and kept.
        "钱小示": (None, "+8613800000005", "13800000006"),
        "(姓名未知)": (None, "+8613800000007", None),
    }
    for kind, out in (("enterprises", path), ("contacts", tmp_path / "人.csv"), ("contacts", tmp_path / "人.vcf")):
        if out is not path:
            exports.export(book, kind, out, personal=True)
        plan = imports.plan(book, out, kind)
        assert {row.action for row in plan.rows} == {Action.UNCHANGED}, [row.reasons for row in plan.rows]


@pytest.mark.parametrize("rows", LAYOUTS)
def test_whose_a_column_is_tells_its_number_or_its_place(book: Book, tmp_path: Path, rows: Rows) -> None:
    imported(book, ledger(tmp_path / "企业.xlsx", "企业台账", rows), "enterprises", 1, 0)
    expected = {"张小示": ("总经理", "+8613800000001", None), "李小示": ("副总", "+8613800000002", None)}
    assert _people(book) == expected


def test_a_column_of_our_own_people_is_no_second_contact(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "联系人", "电话", "负责人"], ["甲公司", "张小示", "13800000001", "单晓"]]
    plan = imported(book, ledger(tmp_path / "企业.xlsx", "企业台账", rows), "enterprises", 1, 0)
    assert list(_people(book)) == ["张小示"]
    assert plan.sheets[0].columns[-1].target == ""


def test_a_card_keeps_every_number_and_gives_it_back(book: Book, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张小示\r\nORG:甲公司\r\n{}END:VCARD\r\n"
    path = tmp_path / "名片.vcf"
    path.write_text(
        card.format("TEL;TYPE=WORK:023-47654321\r\nTEL;TYPE=CELL:13800000001\r\nTEL;TYPE=FAX:02347654322\r\n"), "utf-8"
    )
    imports.apply(book, imports.plan(book, path))
    assert _people(book) == {"张小示": (None, "+8613800000001", "023-47654321")}
    # A number more goes below the note of the book, whatever else stands there.
    path.write_text(card.format("TEL:13800000001\r\nTEL:13800000009\r\n"), "utf-8")
    imports.apply(book, imports.plan(book, path))
    assert _people(book) == {"张小示": (None, "+8613800000001", "023-47654321\n13800000009")}
    exports.export(book, "contacts", tmp_path / "出.vcf", personal=True)
    written = (tmp_path / "出.vcf").read_text("utf-8")
    numbers = [line.strip() for line in written.splitlines() if line.startswith("TEL")]
    assert numbers == ["TEL;TYPE=CELL:+8613800000001", "TEL;TYPE=WORK:023-47654321", "TEL;TYPE=CELL:13800000009"]
    assert [row.changes for row in imports.plan(book, tmp_path / "出.vcf").rows] == [()]
    assert {row.action for row in imports.plan(book, tmp_path / "出.vcf").rows} == {Action.UNCHANGED}
    exports.export(book, "contacts", tmp_path / "出.vcf")
    assert "0000009" not in (tmp_path / "出.vcf").read_text("utf-8")
    rows: Rows = [["企业名称", "联系人", "备用电话", "备用邮箱"], ["甲公司", "张小示", "13800000010", "a@example.com"]]
    imports.apply(book, imports.plan(book, ledger(tmp_path / "再.xlsx", "企业", rows), "enterprises"))
    assert _people(book)["张小示"][2] == "023-47654321\n13800000009\n13800000010、a@example.com"


def test_people_pasted_from_a_chat_into_a_text_are_contacts(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "微信.txt"
    path.write_text(
        "王总监 2023年6月12日 15:02\n宁德测试新能源有限公司\n王某某 市场总监\n"
        "手机：138-0000-1234\n邮箱 wang@test.cn\n\n"
        "李工 2023年6月12日 15:10\n上海测试科技股份有限公司 李某某 副总经理 13900002345\n",
        "gb18030",
    )
    plan = imported(book, path, "contacts", 2)
    assert plan.sheets[0].encoding == "gb18030"
    people = [(one.name, one.phone, one.email) for one in all_of(book, Contact) if isinstance(one, Contact)]
    assert people == [("王某某", "+8613800001234", "wang@test.cn"), ("李某某", "+8613900002345", None)]
    at = [one.name for one in all_of(book, Enterprise) if isinstance(one, Enterprise)]
    assert at == ["宁德测试新能源有限公司", "上海测试科技股份有限公司"]
    assert [one.title for one in all_of(book, Position) if isinstance(one, Position)] == ["市场总监", "副总经理"]
    path.write_text("企业名称\t联系人\t电话\n甲公司\t张三\t13800000001\n", "utf-8")
    assert imports.plan(book, path).sheets[0].columns[0].header == "企业名称", "a table stays one"


def test_nobody_of_a_long_chat_is_lost(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "名片.txt"
    said = [f"重庆测试电池有限公司 张{chr(0x4E00 + n)}明 总经理 138{n:08}" for n in range(501)]
    path.write_text("\n".join(said), "utf-8")
    assert counts(imports.plan(book, path).result)[0] == 501
    path.write_text(said[0] + "\n" * 5_000 + said[1], "utf-8")
    with pytest.raises(BadInput, match="太大"):
        imports.plan(book, path)


def test_the_mobile_number_is_the_contacts_own_in_whichever_column_it_stands(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["单位名称", "姓名", "职务", "办公电话", "手机"],
        ["甲公司", "张小示", "总经理", "023-47654321", "138 0000 0001"],
        ["乙公司", "李小示", "副总", "", "１３８０００００００２、13900000003"],
        ["丙公司", "王小示", "", "13800000004", "023-47654322"],
        ["丁公司", "赵小示", "", "", "1380000000"],
    ]
    plan = imported(book, ledger(tmp_path / "通讯录.xlsx", "通讯录", rows), "contacts", 3, 1)
    assert "1380000000" in plan.rows[3].reasons[0]
    people = [(one.phone, one.note) for one in all_of(book, Contact) if isinstance(one, Contact)]
    assert people == [
        ("+8613800000001", "023-47654321"),
        ("+8613800000002", "13900000003"),
        ("+8613800000004", "023-47654322"),
    ]
