"""Rows that write a name in traditional characters mean the enterprise that is kept in simplified ones, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests.services.ledgers import Rows, all_of, counts, ledger, run

CODE = "91440600549QX0810K"


@pytest.mark.parametrize(
    ("kept", "written", "who", "whom"),
    [
        ("台積電（南京）有限公司", "台积电(南京)有限公司", "陳大文", "陈大文"),
        ("鸿海精密工业有限公司", "鴻海精密工業有限公司", "郭铭", "郭銘"),
    ],
)
def test_a_name_in_traditional_characters_is_the_very_same(
    book: Book, tmp_path: Path, kept: str, written: str, who: str, whom: str
) -> None:
    known = enterprises.create_enterprise(book, name=kept).value
    enterprises.add_contact(book, known, name=who, phone="13800000000")
    rows: Rows = [["企业名称", "统一社会信用代码", "联系人", "联系电话"], [written, CODE, whom, "13800000000"]]
    assert counts(run(book, ledger(tmp_path / "台賬.xlsx", "企业", rows))) == (0, 1, 0, 0)
    (enterprise,), (contact,) = all_of(book, Enterprise), all_of(book, Contact)
    assert (enterprise.name, enterprise.uscc, contact.name) == (kept.replace("（", "(").replace("）", ")"), CODE, who)
    assert counts(run(book, ledger(tmp_path / "台賬.xlsx", "企业", rows))) == (0, 0, 1, 0)


def test_where_both_are_kept_the_one_that_is_written_so_is_meant(book: Book, tmp_path: Path) -> None:
    for name in ("台積電", "台积电"):
        enterprises.create_enterprise(book, name=name)
    rows: Rows = [["企业名称", "主营产品"], ["台積電", "晶圆"], ["臺積電", "芯片"]]
    plan = imports.plan(book, ledger(tmp_path / "台賬.xlsx", "企业", rows))
    assert [row.action for row in plan.rows] == [Action.UPDATE, Action.REJECT]
    imports.apply(book, plan)
    assert {one.name: one.products for one in all_of(book, Enterprise)} == {"台積電": "晶圆", "台积电": None}
