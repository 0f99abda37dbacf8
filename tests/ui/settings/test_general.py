"""The settings of the bureau, of oneself and of how the window looks and speaks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.settings.general import General
from crm_app.ui.settings.look import LookPart
from crm_app.ui.settings.page import PARTS
from tests.ui.enterprises.hands import Hands
from tests.ui.settings.parts import part


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
