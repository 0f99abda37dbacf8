"""The search field: what is offered, in what order, and that an old answer never takes the place of a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.services.book import create_book
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets import emphasis
from crm_app.ui.widgets.suggest import SuggestField, Suggestion
from tests.ui.kit import PlainPlaces, compose


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = create_book(tmp_path / "found.crm")
    yield made
    made.close()


@pytest.fixture
def window(session: Session, book: Book, qtbot: QtBot) -> Iterator[MainWindow]:
    with book.unit("Add") as unit:
        made = unit.insert(Enterprise, name="重庆长安汽车股份有限公司")
        unit.insert(Lead, enterprise_id=made, title="整车扩产", note="长安提出需要用地")
        unit.insert(Enterprise, name="比亚迪股份有限公司")
        unit.commit()
    window = main_window(session, PlainPlaces())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.attach(book)
    window.topbar.search.setFocus()
    yield window
    window.close()


def _found(field: SuggestField) -> list[Suggestion]:
    """Return what is offered, without the headings."""
    return [offer for offer in field.offers if not offer.heading]


def test_what_matched_stands_out_with_whose_it_is(window: MainWindow, qtbot: QtBot) -> None:
    field = window.topbar.search
    field.ask("长安")
    qtbot.waitUntil(lambda: len(_found(field)) == 2, timeout=20_000)
    company, lead = _found(field)
    assert [company.text[a:b] for a, b in company.spans] == [lead.text[a:b] for a, b in lead.spans] == ["长安"]
    assert (company.detail, lead.detail) == ("企业", "线索  重庆长安汽车股份有限公司")
    assert lead.text == "整车扩产  长安提出需要用地"


def test_an_old_answer_never_overwrites_a_newer_one(window: MainWindow, qtbot: QtBot) -> None:
    field = window.topbar.search
    seen: list[tuple[str, ...]] = []
    for query in ("长安", "gfyxgs", "比亚迪"):
        field.ask(query)
    qtbot.waitUntil(lambda: bool(field.offers), timeout=20_000)
    for _turn in range(10):
        qtbot.wait(10)
        seen.append(tuple(offer.text for offer in _found(field)))
    assert set(seen) == {("比亚迪股份有限公司",)}


def test_keys_choose_and_only_committed_text_is_looked_for(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    field = window.topbar.search
    wanted: list[Location] = []
    session.wanted.connect(wanted.append)
    compose(field, preedit="changan")
    qtbot.wait(50)
    assert field.offers == ()
    compose(field, commit="长安")
    qtbot.waitUntil(lambda: len(_found(field)) == 2, timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [(one.place, one.view) for one in wanted] == [("projects", "lead")]


def test_offers_stand_until_the_next_answer_and_none_is_said(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    field = window.topbar.search
    wanted: list[Location] = []
    session.wanted.connect(wanted.append)
    compose(field, commit="长安")
    qtbot.waitUntil(lambda: len(_found(field)) == 2, timeout=20_000)
    compose(field, commit="长江")
    field.commit_now()
    assert len(_found(field)) == 2
    qtbot.waitUntil(lambda: len(_found(field)) == 1, timeout=20_000)
    assert field.offers[0].text == "库里没有找到“长安长江”"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (wanted, field.text()) == ([], "长安长江")
    compose(field, commit="汉江")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.text for one in field.offers] == ["库里没有找到“长安长江汉江”"], timeout=20_000)
    assert not wanted


def test_pieces_of_a_cut_text_are_cut_too() -> None:
    assert list(emphasis.pieces("重庆长…", [(2, 4), (9, 11)])) == [("重庆", False), ("长…", True)]
    assert list(emphasis.pieces("长安", [])) == [("长安", False)]
