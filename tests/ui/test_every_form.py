"""Whatever is typed in any form is kept within two seconds, comes back after a crash, and survives a failed save."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

import crm_app
from crm_app.services import drafts, enterprises, recycle_bin
from crm_app.services.book import Book
from crm_app.ui import reopening
from crm_app.ui.today import waiting
from crm_app.ui.today.page import TodayPage
from tests.ui.desk import Desk, book, keyed_forms, named_drafts, open_dialogs, start, text_of, type_in
from tests.ui.every_form import EXEMPT, PARTS, WALKED, Walk

__all__ = ["book", "start"]

FIELDS = {
    "TextField", "TextArea", "SuggestField", "EnterpriseField", "PeopleField", "NextStepField", "MoneyEditor",
    "InvestorsEditor", "Form", "QLineEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox", "QInputDialog", "make_editor",
}  # fmt: skip


def _stands(form: QWidget, walk: Walk) -> None:
    assert {name: text_of(form, name) for name in walk.typed} == walk.typed, walk


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
    first, keyed = start(), keyed_forms(book)
    first.named = named_drafts(book, keyed)
    for group in _groups():
        keys = {key: walk for key, walk in keyed if walk in group}
        assert len(keys) == len(group), "two forms share a key"
        for key, walk in keys.items():
            type_in(first.find(walk, key), walk)
        first.qtbot.waitUntil(lambda keys=keys: _all_kept(book, keys), timeout=60_000)
    first.kill()
    second = start()
    second.named = {one.key: one for one in drafts.waiting(book)}
    for key, walk in keyed:
        form = second.find(walk, key)
        second.qtbot.waitUntil(lambda form=form, walk=walk: _stands(form, walk))


def test_a_failed_save_leaves_every_form_as_typed(start: Callable[[], Desk], book: Book) -> None:
    desk, keyed = start(), keyed_forms(book)
    desk.named = named_drafts(book, keyed)
    with book._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    for key, walk in keyed:
        form = desk.find(walk, key)
        type_in(form, walk)
        desk.save(form, walk)
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
        texts: list[waiting.WaitingText] = []

        def opened(texts: list[waiting.WaitingText] = texts) -> bool:
            texts[:] = [one for one in open_dialogs() if isinstance(one, waiting.WaitingText)]
            return bool(texts)

        desk.until(opened)
        (shown,) = texts
        assert shown.text.toPlainText() == words
        shown.copy.click()
        assert QApplication.clipboard().text() == words
        shown.throw.click()
        desk.until(lambda key=key: drafts.load(book, key) is None)
        QTest.qWait(0)
    assert not [one for one in drafts.waiting(book) if one.gone]
    undo = next(one for one in desk.window.toast.findChildren(QPushButton))
    undo.click()
    desk.until(lambda: drafts.load(book, "unheard_of:1") == {"text": "来自更新的程序"})
    (back,) = drafts.waiting(book)
    desk.until(lambda: waiting.in_words(back) in [one.toolTip() for one in page.side.findChildren(QPushButton)])
