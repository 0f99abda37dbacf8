"""A window on a book of its own, at the place of projects, and hands that use the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crm_app.domain import amounts
from crm_app.domain.stages import Stage
from crm_app.services import leads, projects
from crm_app.services.book import Book
from crm_app.services.leads import LogLead
from crm_app.ui.projects.ask import AskDialog
from crm_app.ui.projects.page import ProjectsPage
from crm_app.ui.session import Session
from tests.templates import own_book
from tests.ui.keyboard import CTRL, Keyboard
from tests.ui.kit import PlainPlaces, enter, window_in_front

TODAY = date(2023, 6, 14)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", TODAY) as made:
        yield made


def a_lead(book: Book) -> UUID:
    asked = LogLead(
        "渝能电池(示例)有限公司",
        contact="张总",
        source="以商招商",
        content="动力电池壳体",
        intent=amounts.parse_range("10亿"),
        next_step="下周三 回访",
    )
    return leads.log_lead(book, asked).value.lead_id


class Hands(Keyboard):
    """Keys, at the place of projects."""

    @property
    def page(self) -> ProjectsPage:
        assert isinstance(self.window.page, ProjectsPage)
        return self.window.page

    def go(self, record: UUID | None = None, view: str = "") -> ProjectsPage:
        self.session.go("projects", record, view)
        self.settle()
        return self.page

    def dialog(self) -> AskDialog:
        def found() -> AskDialog | None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
            return shown[0] if shown and isinstance(shown[0], AskDialog) else None

        self.until(found)
        dialog = found()
        assert dialog is not None
        self.until(lambda: dialog.isAncestorOf(self.focus()))
        return dialog

    def fill(self, dialog: AskDialog, **typed: str) -> None:
        """Walk the form from its first field to its last, typing what is given by the last part of a field's key."""
        assert dialog.form is not None
        for key, editor in dialog.form.editors.items():
            control = editor.focusProxy()
            assert control is not None
            if not control.isVisible():
                continue
            self.tab_to(control)
            text = typed.get(key.rpartition(".")[2])
            if text is not None:
                self.press(Qt.Key.Key_A, CTRL)
                enter(control, text)
                self.press(Qt.Key.Key_Tab)

    def save(self, dialog: AskDialog) -> None:
        self.press(Qt.Key.Key_Return, CTRL)
        self.closed(dialog)

    def stage(self, project: UUID) -> Stage:
        return projects.project_page(self.book, project).stage


@pytest.fixture
def hands(session: Session, book: Book, qtbot: QtBot) -> Iterator[Hands]:
    window = window_in_front(session, PlainPlaces({"projects": ProjectsPage}), qtbot)
    qtbot.addWidget(window)
    told: list[str] = []
    session.trouble.connect(told.append)
    session.attach(book)
    yield Hands(window, session, book, qtbot, told)
    window.close()
    session.background.finish()
