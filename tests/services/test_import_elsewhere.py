"""What another laptop exported comes in as the same records, never as second copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app import i18n
from crm_app.domain.enterprises import Enterprise
from crm_app.services import book as books
from crm_app.services import enterprises, exports, imports, merging, recycle_bin
from crm_app.services.book import Book
from crm_app.services.imports import Action
from tests.cells import rows_of
from tests.services.ledgers import (
    CONTACTS,
    FOLLOW_UPS,
    FUNDS,
    LEADS,
    PROJECTS,
    RECEPTIONS,
    SIGNINGS,
    STAGES,
    TARGETS,
    TRIPS,
    Rows,
    all_of,
    ledger,
    run,
)
from tests.templates import new_book


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Export a book that holds something of every kind."""
    folder = tmp_path_factory.mktemp("sheets")
    i18n.set_language("zh_CN")
    first = new_book(folder / "first.crm")
    ledgers = {
        "leads": LEADS,
        "contacts": CONTACTS[:4],
        "projects": PROJECTS,
        "trips": TRIPS[:3],
        "visits": [
            ["拜访企业", "拜访日期", "我方人员", "对方人员", "洽谈内容"],
            ["甲公司", "2023.6.2", "单晓", "张小示 总经理", "谈"],
        ],
        "receptions": RECEPTIONS[:4],
        "follow_ups": FOLLOW_UPS[:3],
        "signings": SIGNINGS[:3],
        "funds": FUNDS[:4],
        "stages": STAGES[:4],
        "targets": TARGETS[:4],
    }
    for kind, rows in ledgers.items():
        result = run(first, ledger(folder / f"{kind}.xlsx", "台账", rows, unit="单位：万元"), kind)
        assert result.created == len(rows) - 1, (kind, result)
    made = _exported(first, folder)
    books.close_book(first)
    return made


def _exported(book: Book, folder: Path) -> dict[str, Path]:
    for kind in imports.KINDS[1:]:
        exports.export(book, kind, folder / f"出_{kind}.xlsx", personal=True)
    return {kind: folder / f"出_{kind}.xlsx" for kind in imports.KINDS[1:]}


def test_sheets_of_every_kind_make_the_same_book_on_another_laptop(
    book: Book, sheets: dict[str, Path], tmp_path: Path
) -> None:
    for path in sheets.values():
        plan = imports.plan(book, path)
        assert plan.sheets[0].kind == path.stem.removeprefix("出_")
        assert plan.result.rejected == 0, (path.stem, [row.reasons for row in plan.rows])
        imports.apply(book, plan)
    assert books.check(book) == []
    for kind, path in _exported(book, tmp_path).items():
        # The entry that follows from an agreement has an id of its own on every laptop.
        width = -1 if kind == "stages" else None
        assert _sorted(rows_of(path), width) == _sorted(rows_of(sheets[kind]), width), kind
        again = imports.plan(book, sheets[kind])
        assert again.result.unchanged == again.result.read, (kind, [(r.action, r.changes, r.added) for r in again.rows])


def _sorted(rows: Rows, width: int | None) -> list[list[str]]:
    return sorted([str(cell) for cell in row[:width]] for row in rows)


def test_a_row_with_an_id_is_that_record_wherever_it_went(book: Book, tmp_path: Path) -> None:
    known, other, gone = (
        enterprises.create_enterprise(book, name=name).value for name in ("甲公司", "乙公司", "丙公司")
    )
    merging.merge(book, known, [other])
    recycle_bin.delete(book, "enterprise", gone)
    elsewhere = "01a217da-4904-7103-bf55-02c6df66d561"
    rows: Rows = [
        ["企业名称", "行业", "记录标识"],
        ["甲公司改名", "电池", known],
        ["乙公司", "电池", other],
        ["丙公司", "电机", gone],
        ["丁公司", "电控", elsewhere],
        ["戊公司", "", "不是标识"],
    ]
    path = ledger(tmp_path / "企业.xlsx", "企业", [[str(cell) for cell in row] for row in rows])
    plan = imports.plan(book, path)
    assert [row.action for row in plan.rows] == [
        Action.UPDATE,
        Action.UNCHANGED,
        Action.CREATE,
        Action.CREATE,
        Action.REJECT,
    ]
    imports.apply(book, plan)
    found = {str(one.id): one.name for one in all_of(book, Enterprise)}  # type: ignore[attr-defined]
    assert found[str(known)] == "甲公司改名"
    assert found[elsewhere] == "丁公司"
    assert sorted(found.values()) == ["丁公司", "丙公司", "甲公司改名"]
