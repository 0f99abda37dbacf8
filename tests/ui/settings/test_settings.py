"""The settings: what is changed in the window is read back from the book or from the laptop's own settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from crm_app.domain.attainment import Denominator
from crm_app.domain.projects import Project, ProjectPark
from crm_app.domain.targets import Metric
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import dictionaries, enterprises, exports, figures, people, targets, workdays
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.settings.access import AccessPart
from crm_app.ui.settings.book import BookPart
from crm_app.ui.settings.counting import Counting
from crm_app.ui.settings.general import General
from crm_app.ui.settings.held import Held
from crm_app.ui.settings.lists import Lists, Parks
from crm_app.ui.settings.look import LookPart
from crm_app.ui.settings.page import PARTS, SettingsPage
from crm_app.ui.settings.part import Part
from crm_app.ui.settings.people import People
from crm_app.ui.settings.rankings import Rankings
from crm_app.ui.settings.security import SecurityPart
from crm_app.ui.settings.workdays import Workdays
from tests.harm import lose_search_entries
from tests.ui.enterprises.hands import CTRL, Hands
from tests.ui.kit import enter

YI = 100_000_000


P = TypeVar("P", bound=Part)


def part(page: SettingsPage, kind: type[P]) -> P:
    return page.part(kind)


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


def test_the_bureaus_name_and_mine_are_saved_when_the_field_is_left(hands: Hands) -> None:
    general = part(hands.settings("general"), General)
    hands.until(lambda: general.me.text() == "单晓")
    hands.write(general.bureau, "示例区招商投资局")
    hands.press(Qt.Key.Key_Tab)
    hands.until(lambda: books.setting(hands.book, books.BUREAU) == "示例区招商投资局")
    general.codes.click()
    hands.until(lambda: books.setting(hands.book, books.QR_CODES) == "no")
    hands.write(general.me, "曾敏")
    hands.press(Qt.Key.Key_Return)
    hands.written()
    me = books.me(hands.book)
    assert me is not None
    assert me.name == "曾敏"


def test_a_book_without_an_owner_is_refused_in_words_and_keeps_the_one_it_had(hands: Hands) -> None:
    general = part(hands.settings("general"), General)
    hands.until(lambda: general.me.text() == "单晓")
    hands.write(general.me, "")
    hands.press(Qt.Key.Key_Tab)
    hands.until(lambda: general.error.isVisible() and general.me.text() == "单晓")


def test_another_language_changes_every_word(hands: Hands) -> None:
    hands.session.settings.language = "zh_CN"
    general = part(hands.settings("general"), General)
    general.language.setFocus()
    hands.qtbot.keyClick(general.language, Qt.Key.Key_Down)
    hands.until(lambda: _("Save") == "Save")
    assert hands.session.settings.language == "en"
    page = hands.settings()
    shown = [page.rail.item(row).text() for row in range(page.rail.count())]
    assert set(shown) >= {words for _name, words, _kind in PARTS}


def _choose(hands: Hands, choice: str) -> None:
    """Press the button of a choice, by keyboard, in the settings of the look."""
    button = part(hands.settings("look"), LookPart).findChild(QToolButton, f"look-{choice}")
    assert button is not None
    button.setFocus()
    hands.qtbot.keyClick(button, Qt.Key.Key_Space)
    # The loop of a test runs below the key, and would leave the pages that were replaced alive.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_look_changes_at_once_and_is_remembered(hands: Hands) -> None:
    _choose(hands, "look-dark")
    assert theme.colours().dark
    _choose(hands, "motion-off")
    assert not theme.moves()
    _choose(hands, "motion-on")
    assert theme.moves()
    kept = Settings(hands.session.settings.path)
    assert (kept.look, kept.motion) == ("dark", "on")


def test_larger_letters_and_closer_rows_rebuild_the_window_where_one_is(hands: Hands) -> None:
    row, control, gap = theme.ROW, theme.CONTROL, theme.S
    _choose(hands, "font_size-150")
    assert (row * 1.5, control * 1.5, gap) == (theme.ROW, theme.CONTROL, theme.S)
    assert QApplication.font().pixelSize() == theme.BODY > 13
    hands.until(lambda: (focus := QApplication.focusWidget()) and focus.objectName() == "look-font_size-150")
    hands.until(part(hands.settings(), LookPart).isVisible)
    _choose(hands, "density-compact")
    assert row * 1.5 > theme.ROW
    assert gap > theme.S
    kept = Settings(hands.session.settings.path)
    assert (kept.font_size, kept.density) == (150, "compact")


def test_a_sample_book_says_that_it_is_one(hands: Hands) -> None:
    general = part(hands.settings("general"), General)
    hands.until(lambda: general.me.text())
    assert not general.sample.isVisible()
    books.change_setting(hands.book, books.SAMPLE, "1")
    general.load()
    hands.until(general.sample.isVisible)


def test_a_colleague_is_added_and_changed_by_keyboard(hands: Hands) -> None:
    staff = part(hands.settings("people"), People)
    hands.until(lambda: staff.list.model.rowCount() == 1)
    staff.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="曾敏", title="局长", level="区领导带队")
    hands.save(dialog)
    hands.until(lambda: staff.list.model.rowCount() == 2)
    staff.list.table.selectRow(1)
    staff.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, dept="局领导")
    hands.save(dialog)
    added = people.colleagues(hands.book)[1]
    assert (added.name, added.title, added.level, added.dept) == ("曾敏", "局长", "区领导带队", "局领导")

    hands.until(lambda: staff.list.model.rowCount() == 2)
    staff.list.table.selectRow(1)
    staff.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: len(people.colleagues(hands.book)) == 1 and staff.list.model.rowCount() == 1)
    staff.gone.click()
    hands.until(lambda: staff.list.model.rowCount() == 2)
    staff.list.table.selectRow(1)
    staff.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: len(people.colleagues(hands.book)) == 2)


def _is(names: Callable[[], list[str]], name: str, among: bool) -> bool:
    return (name in names()) is among


def test_an_entry_is_added_given_aliases_retired_and_offered_again(hands: Hands) -> None:
    lists = part(hands.settings("lists"), Lists)
    lists.choice.setCurrentIndex(lists.choice.findData("park"))
    hands.until(lambda: lists.list.model.rowCount() == 7)
    lists.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="示例产业城", year="2023")
    hands.save(dialog)
    hands.until(lambda: lists.list.model.rowCount() == 8)
    lists.list.table.selectRow(7)
    lists.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, aliases="示例工业园、示例片区")
    hands.save(dialog)
    assert dictionaries.fold(hands.book, "park", "示例片区") == "示例产业城"
    with hands.book.unit("used") as unit:
        project = unit.insert(Project, name="示例项目")
        unit.insert(ProjectPark, project_id=project, park="示例产业城")
        unit.commit()
    for offered in (False, True):
        hands.until(lambda: lists.list.model.rowCount() == 8)
        lists.list.table.selectRow(7)
        lists.list.table.setFocus()
        hands.press(Qt.Key.Key_Delete, CTRL)
        names = partial(dictionaries.options, hands.book, "park")
        hands.until(partial(_is, names, "示例产业城", offered))
        hands.qtbot.wait(200)


def test_a_park_has_its_threshold_and_days_and_one_never_used_goes(hands: Hands) -> None:
    parks = part(hands.settings("parks"), Parks)
    hands.until(lambda: parks.list.model.rowCount() == 7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="示例新园", per_mu="350")
    hands.save(dialog)
    assert dictionaries.per_mu(hands.book, "示例新园") == 350
    hands.until(lambda: parks.list.model.rowCount() == 8)
    parks.list.table.selectRow(7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, valid_from="2023-7-1", valid_to="2023-6-30")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.form.editors["valid_to"].message.isVisible)
    hands.fill(dialog, valid_to="2025-6-30")
    hands.save(dialog)
    entry = dictionaries.entries(hands.book, "park", retired=True)[-1]
    assert (entry.valid_from, entry.valid_to) == (date(2023, 7, 1), date(2025, 6, 30))
    # It is the 14th of June 2023: the entry is not offered yet.
    assert "示例新园" not in dictionaries.options(hands.book, "park")
    hands.until(lambda: parks.list.model.rowCount() == 8)
    parks.list.table.selectRow(7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: parks.list.model.rowCount() == 7)


def test_a_target_in_yi_becomes_whole_yuan_and_a_bare_number_asks_for_its_unit(hands: Hands) -> None:
    held = part(hands.settings("targets"), Held)
    held.targets.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, metric="签约金额", from_on="2023-1-1", to_on="2023-12-31", subject="全区", value="800")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.form.editors["value"].message.isVisible)
    assert targets.list_targets(hands.book) == []
    hands.fill(dialog, value="800亿")
    hands.save(dialog)
    (target,) = targets.list_targets(hands.book)
    assert (target.metric, target.value) == (Metric.SIGNED_YUAN, 800 * YI)

    hands.until(lambda: held.targets.model.rowCount() == 1)
    held.targets.table.selectRow(0)
    held.targets.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, value="850亿", effective_from="2023-6-1", document="〔2023〕调整示例号")
    hands.save(dialog)
    (revised,) = targets.list_targets(hands.book)
    assert (revised.value, revised.supersedes_id) == (850 * YI, target.id)
    held.superseded.click()
    hands.until(lambda: held.targets.model.rowCount() == 2)


def test_a_forecast_and_a_ranking_are_entered_corrected_and_taken_back(hands: Hands) -> None:
    held = part(hands.settings("targets"), Held)
    held.tabs.setFocus()
    hands.press(Qt.Key.Key_Right)
    held.forecasts.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    typed = {
        "metric": "签约项目数",
        "from_on": "2023-1-1",
        "to_on": "2023-12-31",
        "value": "130",
        "basis": "在谈 46 个",
    }
    hands.fill(dialog, **typed)
    hands.save(dialog)
    assert [one.value for one in targets.list_forecasts(hands.book)] == [130]

    board = part(hands.settings("rankings"), Rankings)
    board.list.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, board="赛马比拼", period="2023年上半年", rank="2", of="12")
    hands.save(dialog)
    hands.until(lambda: board.list.model.rowCount() == 1)
    assert targets.list_rankings(hands.book, printable=True) == []
    board.list.table.selectRow(0)
    board.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, document="〔2023〕示例号")
    hands.save(dialog)
    assert [(one.rank, one.of) for one in targets.list_rankings(hands.book, printable=True)] == [(2, 12)]
    board.list.table.selectRow(0)
    board.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: targets.list_rankings(hands.book) == [])


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


def test_the_rules_of_counting_are_typed_as_people_say_them(hands: Hands) -> None:
    counting = part(hands.settings("counting"), Counting)
    hands.until(lambda: counting.form.typed()["thresholds"])
    hands.write(counting.form.editors["thresholds"].focusProxy(), "10亿、5000万、50亿")
    hands.write(counting.form.editors["denominator"].focusProxy(), _("projects signed in the window"))
    hands.write(counting.form.editors["major_yuan"].focusProxy(), "3亿")
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
