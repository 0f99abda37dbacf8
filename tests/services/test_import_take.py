"""A ledger imported in one pass does what its preview says; many records are noted as few are; choices are heeded."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.domain import import_plain
from crm_app.domain.enterprises import Enterprise
from crm_app.errors import BadInput
from crm_app.services import book as books
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.imports import Choices, Policy, SheetChoice
from crm_app.services.imports.plan import Action
from tests.services.test_imports import all_of, counts, csv_of, run


def test_without_a_preview_the_same_comes_in(book: Book, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "主营产品", "母公司", "联系人", "统一社会信用代码"],
        ["甲子公司", "", "甲集团", "张小示", ""],
        ["甲集团", "电池", "", "", "91440600549QX0810K"],
        ["乙公司", "电池", "", "", "91440600549QX0810L"],
    ]
    rows += [[f"示例{n}公司", "电机", "", f"李小示{n}"] for n in range(1200)] + [["甲集团", "电机", "", "王小示", ""]]
    path = csv_of(tmp_path, rows)
    plan = imports.plan(book, path)
    taken = imports.take(book, path).value
    assert [row[:9] for row in taken.rows] == [row[:9] for row in plan.rows]
    assert [taken.rows[place] == list(taken.rows)[place] for place in (0, 2, 700, 1203, -1)] == [True] * 5
    assert [row.title for row in taken.rows[1202:]] == ["示例1199公司", "甲集团"]
    back = [[row.cells for row in one.rows if row.action is Action.REJECT] for one in (plan, taken)]
    assert back[0] == back[1] == [["乙公司", "电池", None, None, "91440600549QX0810L"]]
    assert books.check(book) == []
    assert counts(run(book, path)) == (0, 0, 1203, 1)
    books.undo(book)
    assert all_of(book, Enterprise) == []


def test_what_the_reader_says_wrongly_of_the_index_is_refused_in_words(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = import_plain.Plain.with_entries
    monkeypatch.setattr(import_plain.Plain, "with_entries", lambda plain, packed: told(plain, [b"[[1,", *packed[1:]]))
    with pytest.raises(BadInput):
        imports.take(book, csv_of(tmp_path, [["企业名称"], ["甲公司"]]))
    assert all_of(book, Enterprise) == []


def test_very_many_records_are_noted_as_few_are(book: Book, tmp_path: Path) -> None:
    rows = [["企业名称", "联系人"]] + [[f"示例{n}公司", f"李小示{n}"] for n in range(1800)]
    imports.take(book, csv_of(tmp_path, rows))
    enterprises.create_enterprise(book, name="丙公司")
    assert books.check(book) == []
    books.undo(book)
    books.undo(book)
    assert all_of(book, Enterprise) == []


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [(Policy.TAKE, ("电机", "重庆")), (Policy.KEEP, ("电池", None)), (Policy.FILL, ("电池", "重庆"))],
)
def test_the_choice_says_whose_word_counts(
    book: Book, tmp_path: Path, policy: Policy, wanted: tuple[str, str | None]
) -> None:
    enterprises.create_enterprise(book, name="甲公司", products="电池")
    path = csv_of(tmp_path, [["企业名称", "主营产品", "地址"], ["甲公司", "电机", "重庆"]])
    imports.apply(book, imports.plan(book, path, choices=Choices(policy=policy)))
    (enterprise,) = all_of(book, Enterprise)
    assert (enterprise.products, enterprise.address) == wanted  # type: ignore[attr-defined]


def test_a_file_of_which_everything_is_left_out_is_refused_in_words(book: Book, tmp_path: Path) -> None:
    path = csv_of(tmp_path, [["企业名称"], ["甲公司"]])
    with pytest.raises(BadInput, match="工作表"):
        imports.plan(book, path, choices=Choices(sheets={"": SheetChoice(leave_out=True)}))
