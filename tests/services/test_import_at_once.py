"""Taking a ledger while it is read does what its preview says, also where rows far apart speak of one record."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.services import enterprises, imports
from crm_app.services.book import Book
from crm_app.services.imports import RowPlan

BETWEEN = 1_050
"""Rows, more than are decided together."""

CODE = "91350900587527783P"


def ledger(path: Path, head: Sequence[str], first: Sequence[str], last: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerows([head, first])
        rows.writerows([f"企业{n}号", "", *["某路"] * (len(head) - 2)] for n in range(BETWEEN))
        rows.writerow(last)
    return path


def said(rows: Sequence[RowPlan]) -> list[tuple[object, ...]]:
    return [(row.action, row.title, row.changes, row.added, row.duplicates, row.remarks) for row in rows]


def both_ways(book: Book, path: Path, kind: str) -> RowPlan:
    """Preview a file and take it; return what both say of its last row."""
    previewed = imports.plan(book, path, kind)
    taken = imports.take(book, path, kind).value
    assert said(taken.rows) == said(previewed.rows)
    assert book.check() == []
    return taken.rows[-1]


@pytest.fixture
def known(book: Book) -> UUID:
    return enterprises.create_enterprise(book, name="甲公司", uscc=CODE, address="老地址").value


def test_the_first_row_is_believed_however_far_below_the_other_stands(book: Book, known: UUID, tmp_path: Path) -> None:
    head = ("企业名称", "统一社会信用代码", "地址")
    path = ledger(tmp_path / "台账.csv", head, ("甲公司", CODE, "第一行"), ("甲公司", CODE, "最后一行"))
    last = both_ways(book, path, "enterprises")
    assert last.remarks
    assert not last.duplicates
    with book.read() as reader:
        assert reader.get(Enterprise, known).address == "第一行"


def test_a_lead_further_down_is_another_lead(book: Book, tmp_path: Path) -> None:
    head = ("企业名称", "统一社会信用代码", "线索内容")
    path = ledger(tmp_path / "线索.csv", head, ("甲公司", "", "建电池线"), ("甲公司", "", "建研发中心"))
    both_ways(book, path, "leads")
    with book.read() as reader:
        assert len(reader.find(Lead)) == BETWEEN + 2
