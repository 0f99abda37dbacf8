"""Files imported together are one step: tried without a trace, written whole or not at all, taken back as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Fund, Project
from crm_app.errors import BadInput, Cancelled
from crm_app.services import book as books
from crm_app.services import changes, imports
from crm_app.services.book import Book
from tests.services.ledgers import all_of, counts, run

PROJECTS = "项目名称,投资主体,总投资(亿元)\n电池基地,甲公司,7\n"
FUNDS = "项目名称,到位时间,到位金额(万元)\n电池基地,2023-06-05,500\n没有的项目,2023-06-05,1\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two files, the first of which refers to the second."""
    found = []
    for name, text in (("资金.csv", FUNDS), ("项目.csv", PROJECTS)):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        found.append(path)
    return found


def test_what_refers_to_another_file_is_tried_with_it(book: Book, files: list[Path]) -> None:
    plans = [imports.plan(book, path) for path in files]
    assert [counts(plan.result) for plan in plans] == [(0, 0, 0, 2), (1, 0, 0, 0)]
    stood = len(changes.list_units(book))
    tried = imports.apply_all(book, plans, keep=False)
    assert [counts(plan.result) for plan in tried.value] == [(1, 0, 0, 0), (1, 0, 0, 1)]
    assert tried.changes.unit is None
    assert all_of(book, Project) == all_of(book, Fund) == []
    assert len(changes.list_units(book)) == stood
    done = imports.apply_all(book, plans)
    assert [counts(plan.result) for plan in done.value] == [counts(plan.result) for plan in tried.value]
    assert len(changes.list_units(book)) == stood + 1
    assert books.check(book) == []
    assert {"资金.csv", "项目.csv"} <= set(books.undo(book).label.replace("、", " ").split())
    assert all_of(book, Enterprise) == all_of(book, Fund) == []
    assert books.check(book) == []


def test_where_one_cannot_be_written_none_is(book: Book, files: list[Path]) -> None:
    plans = [imports.plan(book, path) for path in files]
    files[0].unlink()
    with pytest.raises(BadInput, match="资金"):
        imports.apply_all(book, plans)
    assert all_of(book, Project) == []

    def stop(_done: int, _total: int, text: str) -> None:
        if text == "正在写入":
            raise Cancelled

    files[0].write_text(FUNDS, "utf-8")
    with pytest.raises(Cancelled):
        imports.apply_all(book, plans, stop)
    assert all_of(book, Project) == []
    run(book, files[1])
    assert len(all_of(book, Project)) == 1


def test_many_files_are_called_by_the_first_of_them(book: Book, tmp_path: Path) -> None:
    plans = []
    for name in "甲乙丙丁":
        path = tmp_path / f"{name}.csv"
        path.write_text(f"企业名称,所在地\n{name}公司,重庆市\n", "utf-8")
        plans.append(imports.plan(book, path))
    imports.apply_all(book, plans)
    assert changes.list_units(book)[0].label == "导入 甲.csv、乙.csv、丙.csv等 4 个文件"
