"""A program on the sample's book, in which every form is opened, typed in and saved; and what stands in a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_app.services import book as books
from crm_app.services import drafts
from crm_app.services.book import Book
from crm_app.services.drafts import Waiting
from crm_app.settings import Settings
from crm_app.ui import reopening
from crm_app.ui.crash import CrashHook
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.places import Places
from crm_app.ui.session import Session
from crm_app.ui.words import Words
from tests.templates import sample_file
from tests.ui.every_form import WALKED, Walk, add_a_need, keep_a_paper
from tests.ui.kit import enter, settle


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_book(sample_file(tmp_path / "sample.crm"))
    keep_a_paper(opened)
    add_a_need(opened)
    yield opened
    books.close_book(opened)


class Desk:
    """A program that runs on a book, until it is killed."""

    def __init__(self, book: Book, hook: CrashHook, words: Words, folder: Path, qtbot: QtBot) -> None:
        self.book, self.qtbot = book, qtbot
        self.session = Session(Settings(folder / "settings.json"), hook, words)
        self.window: MainWindow = main_window(self.session, Places())
        self.window.resize(1366, 768)
        self.window.show()
        self.session.attach(book)
        self.named: dict[str, Waiting] = {}
        """Drafts by their keys, also of what is not there yet, as Today would list them."""

    def until(self, holds: object, timeout: int = 20_000) -> None:
        assert callable(holds)
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=timeout)

    def rest(self) -> None:
        """Wait until all that was asked for is answered."""
        settle(self.qtbot, self.session.background)

    def find(self, walk: Walk, key: str) -> QWidget:
        """Open a form as Today opens its draft, and return it once it stands there."""
        before = set(open_dialogs())
        draft = self.named[key]
        assert reopening.reopen(self.session, self.window, draft), key
        found: list[QWidget] = []

        def there() -> bool:
            if walk.part is not None:
                part = walk.part(self.window)
                found[:] = [part] if part is not None else []
            else:
                found[:] = [one for one in open_dialogs() if one not in before and type(one).__name__ == walk.form]
            return bool(found) and all(field_of(found[0], name) is not None for name in walk.typed)

        self.until(there)
        return found[0]

    def save(self, form: QWidget, walk: Walk) -> None:
        """Save a form as it is saved by hand: by its button, or by leaving the field."""
        if walk.leaves:
            field = field_of(form, next(iter(walk.typed)))
            assert field is not None
            field.setFocus()
            field.clearFocus()
            return
        if walk.saved_by:
            button: QPushButton = getattr(form, walk.saved_by)
            self.until(button.isEnabled)
            button.click()
            return
        host: QWidget | None = form
        while host is not None and not host.findChildren(QPushButton):
            # A row of the evening table is saved by the table's button.
            host = host.parentWidget()
        assert host is not None
        buttons = [one for one in host.findChildren(QPushButton) if one.property("role") == "primary"]
        self.until(lambda: any(one.isVisible() and one.isEnabled() for one in buttons))
        next(one for one in buttons if one.isVisible() and one.isEnabled()).click()

    def kill(self) -> None:
        """End without asking any form to keep anything."""
        shiboken6.delete(self.window)
        self.session.background.finish()
        self.session.settings.end()
        shiboken6.delete(self.session)


@pytest.fixture
def start(book: Book, hook: CrashHook, words: Words, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Desk]]:
    made: list[Desk] = []

    def one_more() -> Desk:
        made.append(Desk(book, hook, words, tmp_path, qtbot))
        return made[-1]

    yield one_more
    for desk in made:
        if shiboken6.isValid(desk.window):
            desk.kill()


def open_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def keyed_forms(book: Book) -> list[tuple[str, Walk]]:
    """Return every walk with the key of its draft: to find its record takes as long as to fill the form."""
    return [(walk.key(book), walk) for walk in WALKED]


def named_drafts(book: Book, keyed: list[tuple[str, Walk]]) -> dict[str, Waiting]:
    for key, _walk in keyed:
        drafts.keep(book, key, {"": " "})
    found = {one.key: one for one in drafts.waiting(book)}
    for key, _walk in keyed:
        drafts.drop(book, key)
    return found


def field_of(form: QWidget, name: str) -> QLineEdit | QPlainTextEdit | None:
    found: object = form
    for part in name.split(".") if name else ():
        editors = getattr(getattr(found, "form", found), "editors", {})
        if part in editors:
            found = editors[part]
        elif part.isdigit():
            assert isinstance(found, list)
            found = found[int(part)]
        else:
            found = getattr(found, part)
        if found is None:
            return None
    assert isinstance(found, QWidget)
    while (proxy := found.focusProxy()) is not None:
        found = proxy
    assert isinstance(found, (QLineEdit, QPlainTextEdit)), name
    return found


def text_of(form: QWidget, name: str) -> str:
    found = field_of(form, name)
    assert found is not None
    return found.text() if isinstance(found, QLineEdit) else found.toPlainText()


def type_in(form: QWidget, walk: Walk) -> None:
    for name, text in walk.typed.items():
        found = field_of(form, name)
        assert found is not None
        found.selectAll()
        enter(found, text)
