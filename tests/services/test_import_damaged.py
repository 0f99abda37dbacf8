"""A text that is damaged in a few places is read: what is lost is named, and the rest comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.domain.enterprises import Enterprise
from crm_app.errors import BadInput
from crm_app.services import imports
from crm_app.services.book import Book
from crm_app.services.imports import Action, Choices
from tests.services.ledgers import all_of, counts

LEDGER = (
    "序号,企业名称,统一社会信用代码,所在地,联系人,领导批示\n"
    "1,重庆测试电池有限公司,,重庆市江津区,张某某,已阅\n"
    "2,上海测试科技股份有限公司,,上海市,王某某,请跟进\n"
    "3,深圳测试装备集团,,广东省深圳市,刘某某,请跟进\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("chosen", [True, False])
def test_a_broken_byte_sends_one_row_back_and_says_where(
    book: Book, tmp_path: Path, encoding: str, *, chosen: bool
) -> None:
    path = tmp_path / "台账.csv"
    data = bytearray(LEDGER.encode(encoding))
    data[bytes(data).index("上海测试".encode(encoding))] = 0xFF
    path.write_bytes(data)
    plan = imports.plan(book, path, choices=Choices(encoding=encoding if chosen else ""))
    assert plan.sheets[0].encoding == encoding
    assert [row.action for row in plan.rows] == [Action.CREATE, Action.REJECT, Action.CREATE]
    assert "企业名称" in plan.rows[1].reasons[0]
    assert "�" in plan.rows[1].reasons[0]
    imports.apply(book, plan)
    assert len(all_of(book, Enterprise)) == 2


def test_a_short_text_may_have_one_broken_character(book: Book, tmp_path: Path) -> None:
    """A character of UTF-8 is three bytes: one that is broken is one place, not three."""
    path = tmp_path / "台账.csv"
    data = bytearray("企业名称,联系人\n重庆测试电池有限公司,张三\n上海测试科技有限公司,李四\n".encode())
    data[bytes(data).index("张三".encode())] = 0xFF
    path.write_bytes(data)
    assert counts(imports.plan(book, path).result) == (1, 0, 0, 1)


def test_what_is_lost_in_a_column_that_is_not_taken_keeps_nothing_out(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    data = bytearray(LEDGER.encode("gb18030"))
    del data[bytes(data).index("已阅".encode("gb18030"))]
    path.write_bytes(data)
    assert counts(imports.take(book, path).value.result) == (3, 0, 0, 0)


def test_a_text_in_another_encoding_is_not_taken_for_a_damaged_one(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "台帳.csv"
    path.write_bytes("企业名称,備註\n東亞電機股份有限公司,說明\n".encode("big5", "replace"))
    with pytest.raises(BadInput):
        imports.plan(book, path, "enterprises", choices=Choices(encoding="utf-8"))


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_too_much_text_sends_its_row_back(book: Book, tmp_path: Path, quote: str) -> None:
    path = tmp_path / "台账.csv"
    long = f"{quote}{'长' * 140_000}{quote}"
    path.write_text(f"企业名称,所在地,备注\n甲公司,重庆市,短\n乙公司,上海市,{long}\n丙公司,北京市,\n", "utf-8")
    plan = imports.plan(book, path)
    assert counts(plan.result) == (2, 0, 0, 1)
    assert "备注" in plan.rows[1].reasons[0]
    back = tmp_path / "退回.csv"
    assert imports.write_rejects(plan, back) == 1
    back.write_text(back.read_text("utf-8-sig").replace("长" * 140_000, "短"), "utf-8")
    assert counts(imports.plan(book, back).result) == (1, 0, 0, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cell_without_end_is_named_by_its_line(book: Book, tmp_path: Path, end: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(f"企业名称,备注{end}甲公司,短{end}乙公司,{'长' * 1_000_001}{end}", "utf-8", newline="")
    with pytest.raises(BadInput, match="第 3 行"):
        imports.plan(book, path)
