"""The window on a book of its own with the real enterprises and settings, and hands that use keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services.book import Book
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.session import Session
from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.widgets.form_dialog import FormDialog
from tests.ui.keyboard import CTRL, Keyboard
from tests.ui.kit import PlainPlaces, enter, window_in_front

W = TypeVar("W", bound=QWidget)


@dataclass
class Hands(Keyboard):
    """Keys and clicks, at the places of enterprises and settings."""

    rooms: PlainPlaces = field(kw_only=True)

    def enterprises(self, record: UUID | None = None) -> EnterprisesPage:
        self.session.go("enterprises", record)
        page = self.window.page
        assert isinstance(page, EnterprisesPage)
        if record is None:
            self.until(lambda: page.list.model.complete)
        else:
            self.until(lambda: page.view.title.text())
        return page

    def settings(self, view: str = "") -> SettingsPage:
        self.session.go("settings", None, view)
        page = self.window.page
        assert isinstance(page, SettingsPage)
        return page

    def write(self, field: QWidget | None, text: str) -> None:
        """Put the focus into a field and type over what it holds."""
        assert field is not None
        field.setFocus()
        self.press(Qt.Key.Key_A, CTRL)
        self.press(Qt.Key.Key_Delete)
        enter(field, text)

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_row(self, table: QTableView, row: int) -> None:
        spot = table.visualRect(table.model().index(row, 0)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), spot.y()))

    def named(self, parent: QObject, words: str, kind: type[W] = QPushButton) -> W:  # type: ignore[assignment]
        """Return the control a screen reader finds by these words."""
        found = [
            one
            for one in parent.findChildren(kind)
            if words in (one.accessibleName(), getattr(one, "text", str)()) and one.isVisibleTo(self.window)
        ]
        assert found, f"nothing is called {words}"
        return found[0]

    def dialog(self) -> FormDialog:
        def shown() -> list[FormDialog]:
            return [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]

        self.until(lambda: shown() and self.focus().window() is shown()[0])
        return shown()[0]

    def fill(self, dialog: FormDialog, **typed: str) -> None:
        for name, text in typed.items():
            self.write(dialog.form.editors[name].focusProxy(), text)

    def save(self, dialog: FormDialog) -> None:
        """Press Ctrl+Enter and wait until the form is gone and everything is written."""
        gone: list[bool] = []
        dialog.destroyed.connect(lambda: gone.append(True))
        self.press(Qt.Key.Key_Return, CTRL)
        self.until(lambda: gone)
        self.come_back()
        self.written()

    def come_back(self) -> None:
        """Do what a window manager does when a dialog is gone; the screen of the tests has none."""
        self.window.activateWindow()
        self.until(lambda: QApplication.focusWidget() and self.focus().window() is self.window)

    def written(self) -> None:
        self.until(lambda: not self.session.background.writing)


@contextmanager
def window_on(book: Book, session: Session, qtbot: QtBot, *, protected: bool = False) -> Iterator[Hands]:
    """Show the window on a book; nothing may have gone wrong by the end."""
    rooms = PlainPlaces({"enterprises": EnterprisesPage, "settings": SettingsPage})
    window = window_in_front(session, rooms, qtbot)
    qtbot.addWidget(window)
    told: list[str] = []
    session.trouble.connect(told.append)
    session.attach(book, protected=protected)
    yield Hands(window, session, book, qtbot, told, rooms=rooms)
    session.background.finish()
    window.close()
    assert told == []
