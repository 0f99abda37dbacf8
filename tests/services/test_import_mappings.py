"""What was chosen of a ledger is used for the next one with the same headers, said, and can be forgotten."""

from __future__ import annotations

from pathlib import Path

from crm_app.domain.import_days import DayOrder
from crm_app.services import book as books
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.imports import Choices, Policy, SheetChoice

HEAD = "企业名称,地段,首次接触\n"


def ledger(folder: Path, name: str, row: str, head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + row, "utf-8")
    return path


def chosen() -> Choices:
    choice = SheetChoice(targets={1: "enterprise.address"}, day_orders={2: DayOrder.DAY_FIRST})
    return Choices(sheets={"": choice}, policy=Policy.FILL, of_target={"enterprise.address": Policy.KEEP})


def test_what_was_chosen_is_used_the_next_time_and_the_import_alone_is_undone(book: Book, tmp_path: Path) -> None:
    first = ledger(tmp_path, "六月.csv", "渝江电池(示例)有限公司,滨江路1号,2023-06-01\n")
    imports.apply_all(book, imports.learn(book, [imports.plan(book, first, choices=chosen())]))
    books.undo(book)
    assert len(enterprises.all_enterprises(book)) == 0
    second = ledger(
        tmp_path, "七月.csv", "云岭电机(示例)有限公司,滨江路2号,2023-07-01\n", HEAD.replace("地段", " 地 段 ")
    )
    plan = imports.plan(book, second)
    assert plan.sheets[0].columns[1].target == "enterprise.address"
    assert plan.sheets[0].columns[2].day_order is DayOrder.DAY_FIRST
    assert (plan.choices.policy, dict(plan.choices.of_target)) == (Policy.FILL, {"enterprise.address": Policy.KEEP})
    remembered = plan.sheets[0].remembered
    assert remembered is not None
    assert remembered.file == "六月.csv"
    assert imports.plan(book, second, choices=Choices(sheets={"": SheetChoice()})).sheets[0].remembered is None
    imports.forget(book, plan.sheets[0].headers)
    assert imports.plan(book, second).sheets[0].remembered is None


def test_what_is_only_guessed_is_not_remembered(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path, "六月.csv", "渝江电池(示例)有限公司,滨江路1号,2023-06-01\n")
    plan = imports.plan(book, path)
    assert imports.learn(book, [plan]) == [plan]
    assert imports.plan(book, path).sheets[0].remembered is None


def test_what_is_remembered_again_in_the_same_way_is_no_new_step(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path, "六月.csv", "渝江电池(示例)有限公司,滨江路1号,2023-06-01\n")
    for expected in (True, False):
        plan = imports.plan(book, path, choices=chosen())
        assert (imports.learn(book, [plan])[0].unit != plan.unit) is expected


def test_another_order_of_headers_is_another_ledger(book: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path, "六月.csv", "渝江电池(示例)有限公司,滨江路1号,2023-06-01\n")
    imports.learn(book, [imports.plan(book, path, choices=chosen())])
    other = ledger(tmp_path, "别.csv", "滨江路1号,渝江电池(示例)有限公司,2023-06-01\n", "地段,企业名称,首次接触\n")
    assert imports.plan(book, other).sheets[0].remembered is None
    assert imports.plan(book, path, "leads").sheets[0].remembered is None


def test_files_of_one_name_are_each_remembered(book: Book, tmp_path: Path) -> None:
    paths = []
    for folder, head in (("一部", HEAD), ("二部", HEAD.replace("地段", "片区"))):
        (tmp_path / folder).mkdir()
        paths.append(ledger(tmp_path / folder, "台账.csv", "渝江电池(示例)有限公司,滨江路1号,2023-06-01\n", head))
    imports.learn(book, [imports.plan(book, path, choices=chosen()) for path in paths])
    assert [imports.plan(book, path).sheets[0].columns[1].target for path in paths] == ["enterprise.address"] * 2
