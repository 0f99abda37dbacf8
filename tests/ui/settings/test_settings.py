"""The settings: what is changed in the window is read back from the book or from the laptop's own settings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_app import paths
from crm_app.domain.attainment import Denominator
from crm_app.domain.figures import Rules
from crm_app.domain.kinds import Choice
from crm_app.domain.records import RECORDS
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import enterprises, exports, figures, workdays
from crm_app.ui.settings.access import AccessPart
from crm_app.ui.settings.book import BookPart
from crm_app.ui.settings.counting import Counting
from crm_app.ui.settings.lists import LISTS, Parks
from crm_app.ui.settings.page import PARTS
from crm_app.ui.settings.security import SecurityPart
from crm_app.ui.settings.workdays import Workdays
from crm_app.ui.widgets.filter_row import StayingMenu
from tests.harm import lose_search_entries
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter
from tests.ui.settings.parts import YI, part


def test_every_list_that_a_field_is_chosen_from_is_shipped_and_can_be_edited() -> None:
    kinds = [field.kind for record in RECORDS.values() for field in record.fields]
    chosen = {kind.list_name for kind in kinds if isinstance(kind, Choice)}
    entries = json.loads((paths.resources() / "dictionaries" / "lists.json").read_text("utf-8"))["entries"]
    assert chosen - {one["list"] for one in entries} == set(), "no entries in resources/dictionaries/lists.json"
    assert chosen - set(LISTS) == set(), "no words in LISTS of crm_app/ui/settings/lists.py"


def test_the_arrow_keys_walk_the_parts(hands: Hands) -> None:
    page = hands.settings()
    page.rail.setFocus()
    for name, _words, _kind in PARTS:
        assert page.parts[name].isVisible(), name
        hands.press(Qt.Key.Key_Down)


def test_a_setting_is_found_by_its_words_or_initials(hands: Hands) -> None:
    page = hands.settings()
    hands.write(page.search, "yy")
    hands.until(lambda: page.rail.count() == 1)
    assert page.rail.item(0).text() == "语言 · 常规"
    hands.write(page.search, "亩均")
    hands.until(page.part(Parks).isVisible)
    hands.press(Qt.Key.Key_Return)
    assert page.parts["parks"].isAncestorOf(hands.focus())
    hands.write(page.search, "没有这一项")
    hands.until(lambda: page.rail.item(0).text() == "没有符合的条目" or page.rail.count() == 1)
    assert page.parts["parks"].isVisible()
    hands.session.go("settings", None, "security")
    hands.until(page.part(SecurityPart).isVisible)
    assert page.search.text() == ""


def test_the_published_holidays_are_corrected_and_taken_back(hands: Hands) -> None:
    shown = part(hands.settings("workdays"), Workdays)
    rows = shown.list.model.rowCount
    hands.until(lambda: rows() > 20)
    shown.list.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, day="2023-10-7", until="2023-10-8", note="补休")
    hands.save(dialog)

    def works(day: int) -> bool:
        return {one.day: one.works for one in workdays.special_days(hands.book, 2023)}[date(2023, 10, day)]

    assert [works(day) for day in (6, 7, 8)] == [False, False, False]
    enter(shown.list.search, "补休")
    hands.until(lambda: rows() == 2)
    shown.list.table.selectRow(1)
    shown.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: rows() == 1)
    assert works(8)
    assert not workdays.is_published(2099)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_rules_of_counting_are_typed_as_people_say_them(hands: Hands) -> None:
    counting = part(hands.settings("counting"), Counting)
    hands.until(lambda: counting.form.typed()["thresholds"])
    hands.write(counting.form.editors["thresholds"].focusProxy(), "10亿、5000万、50亿")
    hands.write(counting.form.editors["denominator"].focusProxy(), _("projects signed in the window"))
    hands.write(counting.form.editors["major_yuan"].focusProxy(), "3亿")
    league = counting.form.editors["league"].focusProxy()
    assert league is not None
    league.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: isinstance(QApplication.activePopupWidget(), StayingMenu))
    menu = QApplication.activePopupWidget()
    hands.qtbot.keyClick(menu, Qt.Key.Key_Down)
    hands.qtbot.keyClick(menu, Qt.Key.Key_Space)
    hands.qtbot.keyClick(menu, Qt.Key.Key_Escape)
    hands.window.activateWindow()
    hands.until(lambda: QApplication.activeWindow() is hands.window)
    hands.write(counting.form.editors["since"].focusProxy(), "2023-1-1")
    hands.press(Qt.Key.Key_Return, CTRL)
    # Counted otherwise from a day on: somebody has to be told why.
    hands.until(counting.form.editors["reason"].message.isVisible)
    hands.write(counting.form.editors["reason"].focusProxy(), "按市级最新口径")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: figures.counting_rules(hands.book).major_yuan == 3 * YI)
    rules = figures.counting_rules(hands.book)
    assert rules.thresholds == (YI // 2, 10 * YI, 50 * YI)
    assert rules.denominator is Denominator.WINDOW
    assert (rules.since, rules.reason) == (date(2023, 1, 1), "按市级最新口径")
    assert rules.league == tuple(Rules().league[1:]), "the first metric was taken away"


def test_a_threshold_that_is_no_amount_is_refused_under_its_field(hands: Hands) -> None:
    counting = part(hands.settings("counting"), Counting)
    hands.until(lambda: counting.form.typed()["thresholds"])
    before = figures.counting_rules(hands.book)
    hands.write(counting.form.editors["thresholds"].focusProxy(), "很多")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(counting.form.editors["thresholds"].message.isVisible)
    hands.written()
    assert figures.counting_rules(hands.book) == before


def test_a_backup_is_a_book_of_its_own_and_a_sound_book_is_called_so(hands: Hands, tmp_path: Path) -> None:
    shelf = part(hands.settings("book"), BookPart)
    hands.click(hands.named(shelf, _("Back up now")))
    hands.until(lambda: shelf.backups.table.rowCount())
    (copy,) = tmp_path.glob("t.crm-backups/t-*.crm")
    assert copy.name in shelf.backups.answer.text()
    opened = books.open_book(copy)
    assert books.check(opened) == []
    books.close_book(opened)
    hands.click(hands.named(shelf, _("Check the book")))
    hands.until(lambda: shelf.checked.text() == _("The book is sound."))


def test_an_index_out_of_step_is_told_and_rebuilt_by_a_button(hands: Hands) -> None:
    enterprises.create_enterprise(hands.book, name="渝能电池(示例)")
    lose_search_entries(hands.book.path)
    shelf = part(hands.settings("book"), BookPart)
    hands.click(hands.named(shelf, _("Check the book")))
    hands.until(lambda: _("Rebuild the search index") in shelf.checked.text())
    hands.click(hands.named(shelf, _("Rebuild the search index")))
    hands.until(lambda: shelf.checked.property("role") == "echo")
    assert "2" in shelf.checked.text()
    hands.click(hands.named(shelf, _("Check the book")))
    hands.until(lambda: shelf.checked.text() == _("The book is sound."))


def test_a_rebuilding_that_is_stopped_changes_nothing(hands: Hands) -> None:
    enterprises.create_enterprise(hands.book, name="渝能电池(示例)")
    lose_search_entries(hands.book.path)
    wrong = books.check(hands.book)
    shelf = part(hands.settings("book"), BookPart)
    with hands.book.unit("held"):
        # Another write is under way: this one waits, and is stopped before its first row.
        hands.click(hands.named(shelf, _("Rebuild the search index")))
        hands.click(hands.named(hands.window, _("Stop")))
    hands.until(lambda: shelf.checked.text() == _("Stopped; nothing was changed."))
    assert shelf.checked.property("role") == "muted"
    assert books.check(hands.book) == wrong


def test_who_took_what_out_is_listed_newest_first_and_filtered(hands: Hands, tmp_path: Path) -> None:
    exports.export(hands.book, "contacts", tmp_path / "a.csv", personal=True)
    access = part(hands.settings("access"), AccessPart)
    hands.until(lambda: access.list.model.rowCount() == 2)
    assert [(one.who, one.act) for one in access.list.model.rows()] == [
        ("单晓", _("Taken out as a file")),
        ("单晓", _("Whole phone numbers shown")),
    ]
    hands.write(access.list.search, "完整")
    hands.until(lambda: access.list.model.rowCount() == 1)
