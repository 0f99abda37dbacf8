"""The handbook: a page for every place in both languages, links that lead somewhere, keys that exist; found, read."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import crm_app
from crm_app.ui import actions, theme
from crm_app.ui.handbook import Handbook, about, open_help, written
from crm_app.ui.handbook.contents import CONTENTS, FORMS, PAGES, PARTS, WRITTEN
from crm_app.ui.handbook.shortcuts import shown_keys
from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.imports.export import ExportDialog
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.places import KNOWN, NEWS, PLACES, SETTINGS, SHORTCUTS
from crm_app.ui.session import Session
from crm_app.ui.settings.page import PARTS as SETTINGS_PARTS
from tests.ui.every_form import EXEMPT, WALKED
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter
from tests.ui.sampled import Hands

LANGUAGES = ("zh_CN", "en")
LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<to>[^)]+)\)")
KEYS = {QKeySequence(keys).toString() for spec in actions.SPECS for keys in spec.keys}
VIEWS = {
    "projects": {"leads", "board", "table"},
    "trips": {"trips", "visits", "receptions", "follow_ups", "tasks", "calendar"},
    "settings": {name for name, *_rest in SETTINGS_PARTS},
}


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_written_and_leads_only_where_there_is_something(language: str) -> None:
    assert {*PLACES, SETTINGS} <= set(WRITTEN)
    assert {path.stem for path in written.folder(language).glob("*.md")} == set(WRITTEN)
    for page in WRITTEN:
        text = written.text_of(page, language)
        assert re.match(r"# \S.*\n\n\S", text), page
        assert ("的" in text or "，" in text) == (language == "zh_CN"), page
        for link in LINK.finditer(text):
            place, _slash, view = link["to"].removeprefix("place:").partition("/")
            if link["to"].startswith("pictures/"):
                for look in ("light", "dark"):
                    assert written.in_look(written.folder(language) / link["to"], look).is_file(), (page, link["to"])
            elif link["to"].startswith("place:"):
                assert place in KNOWN, (page, link["to"])
                assert not view or view in VIEWS[place], (page, link["to"])
            else:
                assert link["to"] in PAGES, (page, link["to"])
        for key in written.KEY.finditer(text):
            assert QKeySequence(key["keys"]).toString() in KEYS, (page, key["keys"])


def test_both_languages_say_the_same_by_their_keys_and_links() -> None:
    for page in WRITTEN:
        chinese, english = (written.text_of(page, language) for language in LANGUAGES)
        for form in (written.KEY, LINK):
            said = [{match.groups()[-1] for match in form.finditer(text)} for text in (chinese, english)]
            assert said[0] == said[1], page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_new_begins_with_this_version(language: str) -> None:
    assert re.findall(r"^## (.+)$", written.text_of(NEWS, language), re.M)[0] == crm_app.__version__


def test_every_form_and_part_of_the_settings_it_tells_of_is_there() -> None:
    known = {walk.form for walk in WALKED} | EXEMPT.keys() | {ImportDialog.__name__, ExportDialog.__name__}
    dialogs = {kind.__name__ for kind in _below(QWidget)} | known
    assert FORMS.keys() <= dialogs
    assert PARTS.keys() <= VIEWS["settings"]
    assert {*FORMS.values(), *PARTS.values()} <= set(PAGES)


def _below(kind: type) -> set[type]:
    return {kind, *(one for below in kind.__subclasses__() for one in _below(below))}


def test_it_opens_where_one_is_is_searched_and_goes_back(session: Session, window: QWidget, qtbot: QtBot) -> None:
    book = open_help(session, window, "settings/book")
    qtbot.waitUntil(book.isActiveWindow)
    assert book.page == "backup"
    assert open_help(session, window, "trips") is book
    assert book.page == "trips"
    book.search.setFocus()
    enter(book.search, "恢复密钥")
    assert book.topics.item(0).data(Qt.ItemDataRole.UserRole) == "password"
    qtbot.keyClick(book.search, Qt.Key.Key_Return)
    assert book.isVisible()
    assert book.page == "password"
    assert "恢复密钥" in book.reader.toPlainText()
    qtbot.keyClick(book.topics, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert book.page == "trips"
    qtbot.keyClick(book.topics, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert book.page == "password"
    book.search.clear()
    enter(book.search, "某个没有的词")
    assert book.topics.count() == 1
    book.search.clear()
    assert book.topics.count() == len(PAGES) + len(CONTENTS)

    book.follow("reminders")
    assert book.page == "reminders"
    book.follow("https://example.com/")
    assert book.page == "reminders", "nothing outside is ever opened"


def test_every_page_can_be_shown_in_both_languages(session: Session, window: QWidget) -> None:
    for language in LANGUAGES:
        session.set_language(language)
        book = Handbook(session, window)
        for page in PAGES:
            book.show_page(page)
            assert book.reader.toPlainText() or page == SHORTCUTS
        book.close()


def test_the_sheet_lists_every_declared_shortcut(session: Session, window: QWidget) -> None:
    book = open_help(session, window, SHORTCUTS)
    lines = [label.text() for label in book.sheet.findChildren(QLabel)]
    for declared in actions.SPECS:
        if declared.keys:
            assert shown_keys(declared) in lines, declared.id
            assert declared.title in lines, declared.id


def test_about_names_every_licence_and_its_summary_says_nothing_of_anybody(hands: Hands) -> None:
    book = open_help(hands.session, hands.window, "about")
    hands.until(lambda: "enterprise" in book.reader.toPlainText())
    shown = book.reader.toPlainText()
    for library in ("PySide6", "SQLAlchemy", "Tabler", "SIL OFL"):
        assert library in shown + "\n".join(path.name for path in about.licences()), library
    assert crm_app.__version__ in shown
    book.follow("licence:icons/LICENSE")
    assert "MIT" in book.reader.toPlainText()
    book.follow(about.COPY)
    copied = QGuiApplication.clipboard().text()
    assert "Qt 6" in copied
    assert str(hands.book.path.parent) not in copied
    assert hands.book.path.stem not in copied
    book.follow("place:figures")
    hands.until(lambda: hands.window.page is not None and type(hands.window.page).__name__ == "FiguresPage")


def test_f1_is_heard_in_a_form_and_opens_its_page(hands: Hands) -> None:
    hands.go("today")
    hands.press(Qt.Key.Key_N, CTRL)
    form = hands.dialog(LogDialog)
    hands.press(Qt.Key.Key_F1)
    hands.until(lambda: any(isinstance(one, Handbook) for one in QApplication.topLevelWidgets()))
    opened = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Handbook) and one.isVisible())
    assert opened.page == "log"
    opened.close()
    form.activateWindow()
    form.enterprise.setFocus()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(form)


def test_its_pictures_are_no_wider_than_the_page_while_there_is_one(session: Session, window: QWidget) -> None:
    reader = open_help(session, window, "today").reader

    def widths() -> list[float]:
        found, block = [], reader.document().begin()
        while block.isValid():
            at = QTextCursor(block)
            at.movePosition(QTextCursor.MoveOperation.NextCharacter)
            form = at.charFormat()
            found += [form.toImageFormat().width()] if form.isImageFormat() else []
            block = block.next()
        return found

    (wide,) = widths()
    reader.resize(reader.width() - 200, reader.height())
    (narrow,) = widths()
    assert narrow < reader.viewport().width() < wide
    reader.clear()
    reader.resize(reader.width() + 100, reader.height())
    assert not widths()


def test_its_pictures_follow_the_look(session: Session, window: QWidget) -> None:
    book = open_help(session, window, "today")
    grounds = {}
    for look in ("light", "dark"):
        theme.set_look(look)
        picture = book.reader.document().resource(
            QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/today.png")
        )
        grounds[look] = picture.pixelColor(3, 3).lightness()
    theme.set_look("light")
    assert grounds["dark"] < 64 < 192 < grounds["light"]


def test_a_bullet_stands_a_little_away_from_its_text(session: Session, window: QWidget) -> None:
    reader = open_help(session, window, "today").reader
    reader.read("- 一一", written.folder("zh_CN"))
    cursor = QTextCursor(reader.document())
    line = reader.cursorRect(cursor)
    picture = reader.viewport().grab().toImage()
    ground = picture.pixelColor(1, 1)
    inked = [
        any(picture.pixelColor(x, y) != ground for y in range(line.top() + 1, line.bottom()))
        for x in range(line.left() + line.width())
    ]
    bullet = max(x for x in range(line.left() - 2) if inked[x])
    assert not any(inked[bullet + 1 : line.left() - 1])
    assert line.left() - bullet >= theme.XS + 2
