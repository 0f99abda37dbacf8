"""A record whose texts look like formulas goes out and comes in unchanged; a search for anything is only a search."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app import clock
from crm_app.domain.projects import Investor, Project
from crm_app.files.csv_text import unguard
from crm_app.services import book as books
from crm_app.services import enterprises, exports, imports, leads, search
from crm_app.services.book import Book
from crm_app.services.imports import Action
from crm_app.services.leads import LogLead
from crm_app.services.visits import WriteVisit, write_visit
from tests.templates import new_book

HARMFUL = (
    "=1+1",
    "+8613800138000",
    "@x",
    "-5",
    "\t=1+1",
    "\r=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x","点此")',
    "'=1+1",
    "''x",
    "＝1+1",
    "＋86",
    '"=1"',
    "一行\n=1+1",
    "-",
    "/",
    "'",
    "=",
    "138****0000",
)

NAMES = ("渝能电池(示例)", *(f"{sign}江机电(示例)" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"))
"""A name for each of them."""


@pytest.mark.parametrize("text", HARMFUL)
def test_no_cell_of_a_copied_list_is_a_formula(text: str) -> None:
    line = exports.tabbed([["企业0001", text]])
    name, cell = line.removesuffix("\n").split("\t")
    assert name == "企业0001"
    assert cell[:1] not in tuple("=+-@＝＋－＠")
    assert unguard(cell) == " ".join(text.split())


def filled(folder: Path, *texts: str) -> Book:
    """Return a book in which every free text of an enterprise, and of what belongs to it, is one of ``texts``."""
    made = new_book(folder / "t.crm")
    clock.pin_today(date(2023, 6, 14))
    for number, text in enumerate(texts):
        fill(made, NAMES[number], text)
    return made


def fill(book: Book, name: str, text: str) -> None:
    known = enterprises.create_enterprise(
        book, name=name, products=text, address=text, fit=text, topics=text, expansion_signal=text
    ).value
    enterprises.add_contact(book, known, name="王小示", title=text, note=text, email=text)
    leads.log_lead(book, LogLead(name=name, note=text, content=text))
    write_visit(
        book, WriteVisit(name=name, on=date(2023, 6, 1), talk=text, asks=text, consensus=text, place=text, raw=text)
    )
    with book.unit("项目") as unit:
        project = unit.insert(Project, name=f"{name}基地", content=text)
        unit.insert(Investor, project_id=project, enterprise_id=known)
        unit.commit()


def test_what_looks_like_a_formula_comes_back_unchanged(tmp_path: Path) -> None:
    book = filled(tmp_path, *HARMFUL)
    for suffix in (".csv", ".xlsx"):
        for kind in ("enterprises", "leads", "visits", "projects"):
            out = tmp_path / f"{kind}{suffix}"
            assert exports.export(book, kind, out, personal=True) == len(HARMFUL)
            plan = imports.plan(book, out, kind)
            changes = [(row.number, change) for row in plan.rows for change in row.changes]
            assert [row.action for row in plan.rows] == [Action.UNCHANGED] * len(HARMFUL), (kind, suffix, changes)
    books.close_book(book)


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    with tempfile.TemporaryDirectory() as folder:
        made = filled(Path(folder), '洽谈电池扩产 NEAR "x" * ^ title:y')
        yield made
        books.close_book(made)


SYNTAX = (
    *('"', "'", "*", "^", "-", "+", "(", ")", ":", ";", "--", "/*", "%", "_", "\\", "\0", "\x1b", " "),
    *("NEAR(", "NEAR", "AND", "OR", "NOT", "title:", "{title body}:", "'; DROP TABLE unit; --", "1=1"),
    *("电池", "dc", "渝能"),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(SYNTAX), max_size=6).map("".join)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
)
def test_a_query_is_never_syntax(book: Book, query: str) -> None:
    for kind in ("", "enterprise", "visit"):
        hits = search.search(book, query, kind=kind)
        assert all(hit.table == kind or not kind for hit in hits)
    assert enterprises.suggest(book, query) is not None


def test_half_a_character_finds_nothing(book: Book) -> None:
    assert search.search(book, "\ud800") == []


def test_a_query_that_holds_syntax_still_finds(book: Book) -> None:
    for query in ('"电池"', "电池*", "title:电池", "电池 AND", "渝能^"):
        found = {hit.title for hit in search.search(book, query.replace("title:", "").replace(" AND", ""))}
        assert "渝能电池(示例)" in found, query
    assert books.check(book) == []
