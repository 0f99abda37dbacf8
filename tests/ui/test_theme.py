"""Colours can be read, looks switch while the program runs, icons follow."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QToolButton

from crm_app import paths
from crm_app.ui import actions, theme
from crm_app.ui.theme.dark import DARK
from crm_app.ui.theme.light import LIGHT
from crm_app.ui.theme.tokens import Palette, contrast

LOOKS = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)


@LOOKS
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("text", ("window", "base", "raised", "hover", "danger_soft", "warn_soft", "accent_soft")),
        ("muted", ("window", "base", "raised", "hover")),
        ("accent", ("window", "base", "raised")),
        ("overdue", ("window", "base", "accent_soft")),
        ("gap", ("window", "base", "warn_soft")),
        ("good", ("window", "base")),
        ("on_accent", ("accent",)),
        ("on_soft", ("accent_soft", "base", "window")),
        ("on_toast", ("toast",)),
    ],
)
def test_text_has_a_contrast_of_4_5(palette: Palette, text: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5, ground


@LOOKS
def test_badges_have_a_contrast_of_4_5(palette: Palette) -> None:
    for code, badge in {**palette.stages, "neutral": palette.neutral}.items():
        assert contrast(badge.ground, badge.text) >= 4.5, code
    assert palette.stage("no such stage") == palette.neutral


@LOOKS
def test_marks_have_a_contrast_of_3(palette: Palette) -> None:
    for mark, ground in product(("edge", "accent", "overdue"), ("window", "base")):
        assert contrast(getattr(palette, mark), getattr(palette, ground)) >= 3, (mark, ground)


def test_both_looks_know_the_same_stages() -> None:
    assert set(LIGHT.stages) == set(DARK.stages)


def test_the_bundled_font_is_used(app: QApplication) -> None:
    assert QFontInfo(app.font()).family() == "Noto Sans SC"


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


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")
def test_the_bindings_count_references_to_none(app: QApplication) -> None:
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range(1000):
        font.setBold(True)
    # PySide6 6.12.0 loses one at each such call, until Python aborts.
    assert sys.getrefcount(None) > before - 100
