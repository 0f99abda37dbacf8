"""The fonts of papers in the settings: a file chosen, one refused, one that is gone, and ours again."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from crm_app import paths
from crm_app.domain.typefaces import Typeface
from crm_app.services import papers
from crm_app.ui.settings.typefaces import TypefacesPart
from tests.ui.enterprises.hands import Hands
from tests.ui.settings.parts import part


def choose(hands: Hands, shown: TypefacesPart, file: Path) -> None:
    hands.click(shown.choose[Typeface.BODY])
    hands.until(lambda: hands.window.findChild(QFileDialog))
    dialog = hands.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    hands.until(lambda: hands.window.findChild(QFileDialog) is None)


def test_a_font_is_chosen_and_given_up_again(hands: Hands, tmp_path: Path) -> None:
    kai = Path(shutil.copy(paths.resources() / "fonts" / "OutreachKai-Regular.ttf", tmp_path / "own.ttf"))
    shown = part(hands.settings("typefaces"), TypefacesPart)
    words = shown.shown[Typeface.BODY]
    hands.until(lambda: words.text() == "随附字体")
    choose(hands, shown, kai)
    hands.until(lambda: words.text() == "Outreach Kai（own.ttf）")
    choose(hands, shown, paths.resources() / "fonts" / "NotoSerifThai-Regular.ttf")
    hands.until(lambda: "没有中文字" in shown.error.text())
    assert words.text().startswith("Outreach Kai"), "the one before stays"
    kai.unlink()
    shown.load()
    hands.until(lambda: "无法读取" in shown.error.text())
    hands.click(shown.ours[Typeface.BODY])
    hands.until(lambda: words.text() == "随附字体" and not shown.error.isVisible())
    assert not papers.typefaces_lacking(hands.book)
