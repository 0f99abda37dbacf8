"""Colours can be read, looks switch while the program runs, icons follow."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QImage, QImageReader
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_app import i18n, paths
from crm_app.ui import actions, theme
from crm_app.ui.theme.dark import DARK
from crm_app.ui.theme.light import LIGHT
from crm_app.ui.theme.stylesheet import SHEET
from crm_app.ui.theme.tokens import DECORATION, MARKS_ON, TEXT_ON, Palette

LOOKS = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@LOOKS
def test_text_has_a_contrast_of_4_5(palette: Palette) -> None:
    assert _below(palette, TEXT_ON, 4.5) == []


@LOOKS
def test_marks_have_a_contrast_of_3(palette: Palette) -> None:
    assert _below(palette, MARKS_ON, 3) == []


def _below(palette: Palette, pairs: Mapping[str, tuple[str, ...]], least: float) -> list[tuple[str, str, float]]:
    found = [
        (one, ground, round(contrast(getattr(palette, one), getattr(palette, ground)), 2))
        for one, grounds in pairs.items()
        for ground in grounds
    ]
    return [pair for pair in found if pair[2] < least]


def test_the_icon_is_there_for_the_bundles_of_windows_and_macos() -> None:
    for ending, largest in ((".ico", 256), (".icns", 1024)):
        pictures = QImageReader(str(paths.resources() / "icons" / f"outreach-crm{ending}"))
        sides = set()
        for number in range(pictures.imageCount()):
            pictures.jumpToImage(number)
            sides.add(pictures.read().width())
        assert {16, 32, 256, largest} <= sides


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_name_is_no_markup_in_a_tooltip(app: QApplication) -> None:
    hostile = '<img src="/etc/hostname"><b>某公司</b>'
    QToolTip.showText(QPoint(10, 10), hostile)
    shown = [one for one in app.topLevelWidgets() if isinstance(one, QLabel) and one.inherits("QTipLabel")]
    assert [(one.text(), one.textFormat()) for one in shown] == [(hostile, Qt.TextFormat.PlainText)]
    QToolTip.hideText()


def test_every_colour_says_where_it_is_used() -> None:
    grounds = {ground for pairs in (TEXT_ON, MARKS_ON) for known in pairs.values() for ground in known}
    colours = {name for name, value in vars(LIGHT).items() if isinstance(value, str) and name != "name"}
    assert colours == grounds | set(TEXT_ON) | set(MARKS_ON) | set(DECORATION)


def test_the_stylesheet_uses_no_pair_that_is_not_measured() -> None:
    """A rule that gives a colour and no ground stands on the window and on paper."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"\$\{\w+\}", "0", SHEET)):
        if ":disabled" in selector or "#toast" in selector:
            continue
        said = dict(re.findall(r"([a-z-]+): [^;$]*\$([a-z_]+)", body))
        grounds = (said["background"],) if "background" in said else ("window", "base")
        if "color" in said:
            assert set(grounds) <= set(TEXT_ON[said["color"]]), selector
        borders = {said[name] for name in said if name.startswith("border")} - set(DECORATION) - set(grounds)
        for border in borders:
            assert {"window", "base", *grounds} & set(MARKS_ON[border]) or border == "toast", selector


@LOOKS
def test_badges_have_a_contrast_of_4_5(palette: Palette) -> None:
    for code, badge in {**palette.stages, "neutral": palette.neutral}.items():
        assert contrast(badge.ground, badge.text) >= 4.5, code
    assert palette.stage("no such stage") == palette.neutral


def test_both_looks_know_the_same_stages() -> None:
    assert set(LIGHT.stages) == set(DARK.stages)


def test_the_bundled_font_is_used(app: QApplication) -> None:
    assert QFontInfo(app.font()).family() == "Noto Sans SC"


def test_english_has_narrow_quotation_marks_and_all_else_of_the_one_font(app: QApplication) -> None:
    chinese = QFontMetricsF(app.font())
    i18n.set_language("en")
    theme.follow_language()
    english = QFontMetricsF(app.font())
    i18n.set_language("zh_CN")
    theme.follow_language()
    for mark in "“”‘’":
        assert english.horizontalAdvance(mark) < 0.7 * chinese.horizontalAdvance(mark)
    for text in ("Trips of July 2023", "渝能电池（示例）有限公司，已约定。", "—"):
        assert english.horizontalAdvance(text) == chinese.horizontalAdvance(text)
    assert (english.height(), english.ascent()) == (chinese.height(), chinese.ascent())
    assert QFontMetricsF(app.font()).horizontalAdvance("“") == chinese.horizontalAdvance("“")


def test_a_look_switches_palette_and_icons_at_once(app: QApplication) -> None:
    button = QToolButton()
    theme.put_icon(button, "plus")
    light = _darkest(button)
    theme.set_look("dark")
    assert theme.colours() is DARK
    assert app.palette().window().color().name() == DARK.window
    assert _darkest(button) > light + 300
    theme.set_look("light")
    assert _darkest(button) == light


def _darkest(button: QToolButton) -> int:
    """Return the sum of red, green and blue of the first opaque pixel of the button's icon."""
    picture: QImage = button.icon().pixmap(48, 48).toImage()
    for x, y in product(range(picture.width()), range(picture.height())):
        colour = picture.pixelColor(x, y)
        if colour.alpha() == 255:
            return colour.red() + colour.green() + colour.blue()
    raise AssertionError("the icon is empty")


def test_every_action_has_its_icon() -> None:
    present = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    assert {spec.icon for spec in actions.SPECS if spec.icon} <= present


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_what_is_ticked_wears_its_ring_around_the_box_alone(
    app: QApplication, qtbot: QtBot, kind: type[QCheckBox | QRadioButton]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    ticked, other = kind("线上会谈"), QPushButton("别处")
    row.addWidget(other)
    row.addWidget(ticked)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    def pictures() -> tuple[QImage, QImage]:
        whole = ticked.grab().toImage()
        return whole.copy(0, 0, 20, whole.height()), whole.copy(20, 0, whole.width() - 20, whole.height())

    other.setFocus()
    box, words = pictures()
    # Only for one who uses the keys Qt's own style puts a frame around the words.
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert ticked.hasFocus()
    box_with_ring, words_beside = pictures()
    assert box != box_with_ring
    assert words == words_beside


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")
def test_the_bindings_count_references_to_none(app: QApplication) -> None:
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(1000):
        font.setBold(True)
    # PySide6 6.12.0 loses one at each such call, until Python aborts.
    assert sys.getrefcount(None) > before - 100


def test_the_bits_of_a_row_are_those_of_qt() -> None:
    flags = QStyle.StateFlag
    of_qt = (flags.State_HasFocus, flags.State_MouseOver, flags.State_Selected, flags.State_Active)
    assert tuple(theme.State) == tuple(flag.value for flag in of_qt)
