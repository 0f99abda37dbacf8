"""Whoever prints, exports, asks for whole numbers or restores is noted by name, before it is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_app import clock
from crm_app.domain.papers import PaperKind
from crm_app.errors import BadInput, Refused
from crm_app.services import access, enterprises, exports, papers, protection
from crm_app.services import book as books
from crm_app.services.papers import Act, Asked
from crm_app.services.visits import WriteVisit, write_visit
from tests.services.conftest import Bureau


def told(bureau: Bureau) -> list[tuple[str, str, str]]:
    return [(one.who, one.act, one.what) for one in access.entries(bureau.book)]


def test_an_export_is_noted_with_its_rows_and_whole_numbers_besides(bureau: Bureau, tmp_path: Path) -> None:
    exports.export(bureau.book, "enterprises", tmp_path / "a.csv")
    exports.export(bureau.book, "contacts", tmp_path / "b.csv", personal=True)
    assert told(bureau) == [
        ("单晓", "导出为文件", "联系人：0条"),
        ("单晓", "显示完整号码", "联系人：0条"),
        ("单晓", "导出为文件", "企业：3条"),
    ]


def test_an_export_that_cannot_be_is_not_noted_and_one_that_failed_is(bureau: Bureau, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        exports.export(bureau.book, "enterprises", tmp_path / "a.pdf")
    assert told(bureau) == []
    with pytest.raises(Refused):
        exports.export(bureau.book, "enterprises", tmp_path / "none" / "a.csv")
    assert len(told(bureau)) == 1


def test_a_paper_is_noted_with_the_enterprise_it_is_about(bureau: Bureau) -> None:
    written = write_visit(bureau.book, WriteVisit(name="渝能电池(示例)", on=date(2023, 6, 1), talk="洽谈"))
    asked = Asked(ids=(written.value,))
    papers.note_handed_out(bureau.book, Act.PRINT, PaperKind.VISIT, asked)
    papers.note_handed_out(bureau.book, Act.EXPORT, PaperKind.ONE_PAGER, Asked(ids=(bureau.motors,)))
    papers.compose(bureau.book, PaperKind.ONE_PAGER, Asked(ids=(bureau.motors,), unmasked=True))
    assert [what for _who, _act, what in told(bureau)] == [
        "企业一页纸：企业 江驰电机(示例)",
        "企业一页纸：企业 江驰电机(示例)",
        "拜访报告：企业 渝能电池(示例)",
    ]
    assert [act for _who, act, _what in told(bureau)] == ["显示完整号码", "导出为文件", "打印"]


def test_a_restore_is_noted_and_takes_no_line_away(bureau: Bureau, tmp_path: Path) -> None:
    copy = books.back_up(bureau.book, tmp_path, clock.now_ms())
    exports.export(bureau.book, "leads", tmp_path / "a.csv")
    enterprises.create_enterprise(bureau.book, name="后来的公司(示例)")
    books.restore(bureau.book, copy)
    assert [act for _who, act, _what in told(bureau)] == ["恢复备份", "导出为文件"]
    assert books.check(bureau.book) == []


def test_unlocking_is_noted(tmp_path: Path) -> None:
    secret = "correct horse 电池"
    made = books.create_book(tmp_path / "t.crm", secret, protection.new_recovery_key())
    protection.lock(made)
    protection.unlock(made, secret)
    books.close_book(made)
    opened = books.open_book(tmp_path / "t.crm", secret)
    assert [one.act for one in access.entries(opened)] == ["解锁", "解锁"]
    books.close_book(opened)
