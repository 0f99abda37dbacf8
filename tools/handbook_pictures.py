"""The pictures of the handbook, of the sample in both languages and looks: ``python -m tools.handbook_pictures``.

Cut from the window to what a page tells about, and few colours, so that all of them weigh little.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget

from crm_app import clock, i18n, paths
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.handbook.written import in_look
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.start import Program
from crm_app.ui.today.page import TodayPage
from crm_app.ui.tour.walk import Walk

WIDTH = 556
"""Pixels: what the handbook's window has room for."""
_COLOURS = 128
_LINES = 5
"""Lines of Today that are shown."""
_CTRL = Qt.KeyboardModifier.ControlModifier
Shot = Callable[[Walk], QPixmap]


def today(walk: Walk) -> QPixmap:
    """Take the first lines of Today with its buttons."""
    page = walk.go("today")
    assert isinstance(page, TodayPage)
    walk.until(page.chosen)
    rows = page.list.visualRect(page.list.model().index(_LINES, 0))
    foot = page.list.viewport().mapTo(page, rows.bottomLeft()).y()
    return page.grab(QRect(0, 0, page.list.geometry().right() + 12, foot))


def log(walk: Walk) -> QPixmap:
    """Take the form that logs a lead, filled in."""
    walk.press(walk.program.window, Qt.Key.Key_N, _CTRL)
    form = walk.dialog()
    assert isinstance(form, LogDialog)
    for field, text in (
        (form.enterprise, "示例云帆储能科技有限公司"),
        (form.contact, "张总"),
        (form.note, "要5万平方米标准厂房，月底前来区里看"),
        (form.next_step.field, "下周三 下午三点 回访"),
    ):
        walk.type(field, text)
    return _grabbed(form)


def find(walk: Walk) -> QPixmap:
    """Take what the search offers for initials."""
    bar = walk.program.window.topbar
    walk.type(bar.search, "jwjy")
    walk.rest(400)
    window = walk.program.window
    offers = next(one for one in window.findChildren(QListView, "suggestions") if one.isVisible())
    corner = offers.mapTo(window, offers.rect().topLeft())
    taken = window.grab(QRect(corner.x() - 4, 0, window.width() - corner.x() + 4, corner.y() + offers.height() + 12))
    bar.search.clear()
    return taken


SHOTS: dict[str, Shot] = {"today": today, "find": find, "log": log}


def _grabbed(form: QDialog) -> QPixmap:
    taken = form.grab()
    form.reject()
    return taken


def _keep(taken: QPixmap, path: Path) -> None:
    image = taken.toImage().scaledToWidth(min(WIDTH, taken.width()), Qt.TransformationMode.SmoothTransformation)
    # On a page of its own colour nobody would see where a picture ends.
    painter = QPainter(image)
    painter.setPen(QColor(theme.colours().border))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(path))
    with Image.open(path) as whole:
        whole.convert("RGB").quantize(_COLOURS).save(path, optimize=True)


def take(app: QApplication, language: str, look: str, folder: Path) -> list[str]:
    """Take every picture in a language and a look; return what went wrong."""
    settings = Settings(folder / "settings.json")
    settings.language, settings.look = language, look
    i18n.set_language(language)
    program = Program(app, settings)
    walk = Walk(program, folder, folder)
    program.window.resize(1180, 720)
    program.window.show()
    program.try_sample(folder / "sample.crm")
    walk.until(lambda: program.session.has_book)
    for name, shot in SHOTS.items():
        _keep(shot(walk), in_look(paths.resources() / "handbook" / language / "pictures" / f"{name}.png", look))
    for left in program.window.findChildren(QWidget):
        left.clearFocus()
    program.window.close()
    program.end()
    clock.pin_today(None)
    return walk.trouble


def main() -> int:
    """Take all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    wrong: list[str] = []
    for language, look in product(("zh_CN", "en"), ("light", "dark")):
        with tempfile.TemporaryDirectory() as folder:
            wrong += take(app, language, look, Path(folder))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
