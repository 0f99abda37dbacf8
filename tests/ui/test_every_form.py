"""Whatever is typed in any form is kept within two seconds, comes back after a crash, and survives a failed save."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import crm_app
from crm_app.services import book as books
from crm_app.services import drafts, enterprises, recycle_bin
from crm_app.services.book import Book
from crm_app.services.drafts import Waiting
from crm_app.settings import Settings
from crm_app.ui import reopening
from crm_app.ui.crash import CrashHook
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.places import Places
from crm_app.ui.session import Session
from crm_app.ui.today import waiting
from crm_app.ui.today.page import TodayPage
from crm_app.ui.words import Words
from tests.templates import sample_file
from tests.ui.every_form import EXEMPT, PARTS, WALKED, Walk, add_a_need, keep_a_paper
from tests.ui.kit import enter

FIELDS = {
    "TextField", "TextArea", "SuggestField", "EnterpriseField", "PeopleField", "NextStepField", "MoneyEditor",
    "InvestorsEditor", "Form", "QLineEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox", "QInputDialog", "make_editor",
}  # fmt: skip


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

    def find(self, walk: Walk, key: str) -> QWidget:
        """Open a form as Today opens its draft, and return it once it stands there."""
        before = set(_dialogs())
        draft = self.named[key]
        assert reopening.reopen(self.session, self.window, draft), key
        found: list[QWidget] = []

        def there() -> bool:
            if walk.part is not None:
                part = walk.part(self.window)
                found[:] = [part] if part is not None else []
            else:
                found[:] = [one for one in _dialogs() if one not in before and type(one).__name__ == walk.form]
            return bool(found) and all(_field(found[0], name) is not None for name in walk.typed)

        self.until(there)
        return found[0]

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


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _keyed(book: Book) -> list[tuple[str, Walk]]:
    """Return every walk with the key of its draft: to find its record takes as long as to fill the form."""
    return [(walk.key(book), walk) for walk in WALKED]


def _named(book: Book, keyed: list[tuple[str, Walk]]) -> dict[str, Waiting]:
    for key, _walk in keyed:
        drafts.keep(book, key, {"": " "})
    found = {one.key: one for one in drafts.waiting(book)}
    for key, _walk in keyed:
        drafts.drop(book, key)
    return found


def _field(form: QWidget, name: str) -> QLineEdit | QPlainTextEdit | None:
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


def _text(form: QWidget, name: str) -> str:
    found = _field(form, name)
    assert found is not None
    return found.text() if isinstance(found, QLineEdit) else found.toPlainText()


def _stands(form: QWidget, walk: Walk) -> None:
    assert {name: _text(form, name) for name in walk.typed} == walk.typed, walk


def _type(form: QWidget, walk: Walk) -> None:
    for name, text in walk.typed.items():
        found = _field(form, name)
        assert found is not None
        found.selectAll()
        enter(found, text)


def _kept(book: Book, key: str, walk: Walk) -> bool:
    values = drafts.load(book, key) or {}
    return all(any(text in value for value in values.values()) for text in walk.typed.values())


def _all_kept(book: Book, keys: Mapping[str, Walk]) -> None:
    assert [key for key, walk in keys.items() if not _kept(book, key, walk)] == []


def _groups() -> list[list[Walk]]:
    """Forms that can stand open together: those on a page leave no others waiting, the evening fills the trip's."""
    fact = [walk for walk in WALKED if walk.form == "FactRow"]
    trip = [walk for walk in WALKED if walk.form in ("PlanRow", "Members", "Conclusion")]
    evening = [walk for walk in WALKED if walk.form == "Evening"]
    return [fact, [walk for walk in WALKED if walk not in fact + trip + evening], trip, evening]


def test_what_is_typed_in_any_form_is_there_after_a_kill(start: Callable[[], Desk], book: Book) -> None:
    first, keyed = start(), _keyed(book)
    first.named = _named(book, keyed)
    for group in _groups():
        keys = {key: walk for key, walk in keyed if walk in group}
        assert len(keys) == len(group), "two forms share a key"
        for key, walk in keys.items():
            _type(first.find(walk, key), walk)
        first.qtbot.waitUntil(lambda keys=keys: _all_kept(book, keys), timeout=60_000)
    first.kill()
    second = start()
    second.named = {one.key: one for one in drafts.waiting(book)}
    for key, walk in keyed:
        form = second.find(walk, key)
        second.qtbot.waitUntil(lambda form=form, walk=walk: _stands(form, walk))


def test_a_failed_save_leaves_every_form_as_typed(start: Callable[[], Desk], book: Book) -> None:
    desk, keyed = start(), _keyed(book)
    desk.named = _named(book, keyed)
    with book._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    for key, walk in keyed:
        form = desk.find(walk, key)
        _type(form, walk)
        if walk.leaves:
            field = _field(form, next(iter(walk.typed)))
            assert field is not None
            field.setFocus()
            field.clearFocus()
        else:
            host = form if walk.form != "Evening" else form.window()
            buttons = [one for one in host.findChildren(QPushButton) if one.property("role") == "primary"]
            desk.until(lambda buttons=buttons: any(one.isVisible() and one.isEnabled() for one in buttons))
            next(one for one in buttons if one.isVisible() and one.isEnabled()).click()
        desk.until(lambda: not desk.session.background.writing)
        _stands(form, walk)
        desk.until(form.isVisible)
        if isinstance(form, QDialog):
            shiboken6.delete(form)


def test_every_form_is_known_to_today() -> None:
    walked = {walk.form for walk in WALKED}
    assert walked
    assert set(waiting.FORMS) == set(reopening.FORMS)


def test_every_class_with_a_field_to_type_in_is_walked_or_says_why_not() -> None:
    known = {walk.form for walk in WALKED} | set(PARTS) | set(EXEMPT)
    found = set()
    for file in sorted((Path(crm_app.__file__).parent / "ui").rglob("*.py")):
        # Classes stand at the top of their files.
        for made in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(made, ast.ClassDef) and (_makes_fields(made) or _is_dialog_of_fields(made)):
                found.add(made.name)
    assert found <= known, "new forms: let them keep a draft and walk them in every_form.py, or say why not"
    assert set(PARTS) | set(EXEMPT) <= found, "these are gone"


def _makes_fields(made: ast.ClassDef) -> bool:
    calls = (node.func for node in ast.walk(made) if isinstance(node, ast.Call))
    return any((isinstance(call, ast.Name) and call.id in FIELDS) for call in calls)


def _is_dialog_of_fields(made: ast.ClassDef) -> bool:
    names = {base.id for base in made.bases if isinstance(base, ast.Name)}
    return bool(names & {"FormDialog", "AskDialog", "FieldsDialog", "TextField", "SuggestField"})


def test_a_draft_whose_record_is_gone_is_shown_as_text(start: Callable[[], Desk], book: Book) -> None:
    gone = enterprises.create_enterprise(book, name="已删除的示例企业").value
    drafts.keep(book, f"contact:{gone}", {"name": "张三丰", "chosen": str(gone)})
    drafts.keep(book, "unheard_of:1", {"text": "来自更新的程序"})
    recycle_bin.delete(book, "enterprise", gone)
    desk = start()
    page = desk.window.page
    assert isinstance(page, TodayPage)
    for key, words in ((f"contact:{gone}", "张三丰"), ("unheard_of:1", "来自更新的程序")):
        one = next(one for one in drafts.waiting(book) if one.key == key)
        page.side.take_up(one)
        desk.until(_dialogs)
        shown = _dialogs()[0]
        assert isinstance(shown, waiting.WaitingText)
        assert shown.text.toPlainText() == words
        shown.copy.click()
        assert QApplication.clipboard().text() == words
        shown.throw.click()
        desk.until(lambda key=key: drafts.load(book, key) is None)
        QTest.qWait(0)
    assert not [one for one in drafts.waiting(book) if one.gone]
