"""The search field: what is offered, in what order, and that an old answer never takes the place of a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.services import trips
from crm_app.ui import actions
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets import emphasis
from crm_app.ui.widgets.suggest import SuggestField, Suggestion
from tests.templates import new_book
from tests.ui.kit import PlainPage, PlainPlaces, compose


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "found.crm")
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


def test_trips_of_one_name_are_told_apart_by_their_day(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    for day in (date(2023, 5, 18), date(2023, 7, 3)):
        trips.create_trip(session.book, start_on=day, title="赴深圳招商")
    field = window.topbar.search
    compose(field, commit="赴深圳")
    qtbot.waitUntil(lambda: len(_found(field)) == 2, timeout=20_000)
    assert {one.detail for one in _found(field)} == {"外出 2023年5月18日", "外出 2023年7月3日"}


def test_esc_puts_the_offers_away_then_empties_the_search_and_leads_back(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page is not None
    window.page.focus_first()
    before = QApplication.focusWidget()
    assert before is not None
    qtbot.keyClick(before, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.topbar.search
    qtbot.waitUntil(field.hasFocus)
    compose(field, commit="长安")
    qtbot.waitUntil(lambda: len(_found(field)) == 2, timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.offers, field.text()) == ((), "长安")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert QApplication.focusWidget() is before


def test_pieces_of_a_cut_text_are_cut_too() -> None:
    assert list(emphasis.pieces("重庆长…", [(2, 4), (9, 11)])) == [("重庆", False), ("长…", True)]
    assert list(emphasis.pieces("长安", [])) == [("长安", False)]


def test_a_command_is_found_by_chinese_pinyin_initials_and_english(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    for language, title in (("en", "Settings"), ("zh_CN", "设置")):
        session.set_language(language)
        field = window.topbar.search
        field.setFocus()
        for typed in ("设置", "shezhi", "shez", "sz", "Settings", "sett"):
            field.ask(typed)
            first = _found(field)[0]
            assert (first.value.spec.id, first.keys, bool(first.spans)) == ("go_settings", "Ctrl+,", True), typed
            assert first.text.startswith(title)
        field.take_text("sz")
        field.ask("sz")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert isinstance(window.page, PlainPage)
        assert window.page.place == "settings"


def test_a_command_is_done_where_one_was_and_not_where_it_is_not_heard(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, PlainPage)
    done: list[QWidget | None] = []
    actions.make("step_done", page.field, lambda: done.append(QApplication.focusWidget()))
    page.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.topbar.search
    assert [offer.text for offer in field.offers][:2] == ["当前页面", "完成"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == [page.field]
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert "完成" not in [offer.text for offer in field.offers]


def test_records_seen_last_are_offered_before_anything_is_typed(
    window: MainWindow, session: Session, book: Book, qtbot: QtBot
) -> None:
    with book.read() as reader:
        by_name = {one.name: one.id for one in reader.find(Enterprise)}
    for name in ("重庆长安汽车股份有限公司", "比亚迪股份有限公司"):
        session.go("enterprises", by_name[name])
    session.go("today")
    field = window.topbar.search

    def offered() -> list[str]:
        return [offer.text for offer in field.offers][:3]

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    seen = ["最近看过", "比亚迪股份有限公司", "重庆长安汽车股份有限公司"]
    qtbot.waitUntil(lambda: offered() == seen, timeout=20_000)
    with book.unit("Delete") as unit:
        unit.delete(Enterprise, by_name["比亚迪股份有限公司"])
        unit.commit()
    field.ask("")
    qtbot.waitUntil(lambda: offered()[:2] == [seen[0], seen[2]], timeout=20_000)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert isinstance(window.page, PlainPage)
    assert window.page.shown[-1].record == by_name[seen[2]]
    session.sizes_changed.emit()
    again = window.topbar.search
    again.setFocus()
    again.ask("")
    qtbot.waitUntil(lambda: bool(again.offers) and again.offers[0].text == seen[0], timeout=20_000)
