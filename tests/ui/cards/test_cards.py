"""A card's text is confirmed part by part beside where it stands, kept as one unit, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact, Position
from crm_app.services import book as books
from crm_app.services import cards, enterprises
from crm_app.services.book import Book
from crm_app.ui.cards import open_cards
from crm_app.ui.cards.dialog import CardsDialog
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from tests.templates import new_book
from tests.ui.kit import MemoryDrafts, enter, held_up, plain_window, settle

CTRL = Qt.KeyboardModifier.ControlModifier
CARD = "渝江电池(示例)有限公司\n张  伟\n销售总监\n手机：138 0000 0001\n传真：023-87654322\n地址：重庆市江津区滨江路88号"
CHAT = (
    "单晓 10:20\n张总 13800000001，渝江电池(示例)有限公司\n\n单晓 10:25\n李四 副总裁 云岭电机(示例)有限公司 13800000002"
)

Opened = Callable[..., CardsDialog]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "t.crm")
    clock.pin_today(date(2023, 6, 14))
    yield made
    made.close()


@pytest.fixture
def window(session: Session, book: Book, qtbot: QtBot) -> Iterator[MainWindow]:
    with plain_window(session, book, qtbot) as made:
        yield made


@pytest.fixture
def opened(session: Session, window: MainWindow, qtbot: QtBot) -> Iterator[Opened]:
    made: list[CardsDialog] = []

    def opened(text: str = "", *pictures: tuple[str, Path | bytes]) -> CardsDialog:
        made.append(open_cards(session, window, text, pictures))
        with qtbot.waitActive(made[-1]):
            made[-1].activateWindow()
        return made[-1]

    yield opened
    for dialog in made:
        if shiboken6.isValid(dialog):
            # Nothing shall be looked up any more once the threads have ended.
            shiboken6.delete(dialog)


def kept(book: Book) -> list[tuple[str, str | None, str | None]]:
    with book.read() as reader:
        titles = {post.contact_id: post.title for post in reader.find(Position)}
        return [(one.name, titles[one.id], one.phone) for one in reader.find(Contact)]


def test_a_card_is_read_put_right_and_kept_by_keyboard_and_one_undo_takes_it_back(
    opened: Opened, book: Book, session: Session, qtbot: QtBot
) -> None:
    dialog = opened(CARD)
    person = dialog.person
    assert (person.name.text(), person.title.text(), person.phones.text()) == ("张伟", "销售总监", "138 0000 0001")
    assert person._why["phones"].text() == "名片上有标注"
    dialog.activateWindow()
    person.title.setFocus()
    qtbot.waitUntil(person.title.hasFocus)
    person.title.selectAll()
    enter(person.title, "市场总监")
    assert person._why["title"].text() == ""
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(person.title, Qt.Key.Key_Return, CTRL)
    assert kept(book) == [("张伟", "市场总监", "+8613800000001")]
    books.undo(book)
    assert kept(book) == []


def test_the_place_of_a_part_is_marked_while_its_field_has_the_focus(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened(CARD)
    dialog.person.title.setFocus()
    qtbot.waitUntil(lambda: dialog.source._asked == "title")
    marks = dialog.source.text.extraSelections()
    grounds = {mark.cursor.selectedText(): mark.format.background().color().name() for mark in marks}
    assert grounds["销售总监"] != grounds["138 0000 0001"]
    assert "渝江电池(示例)有限公司" in grounds


def test_the_fields_follow_the_text_but_not_where_something_was_typed(opened: Opened) -> None:
    dialog = opened(CARD)
    enter(dialog.person.name, "明")
    dialog.source.text.setPlainText("李四\n副总裁\n云岭电机(示例)有限公司")
    assert (dialog.person.name.text(), dialog.person.title.text()) == ("张伟明", "副总裁")
    assert dialog.person.enterprise.text() == "云岭电机(示例)有限公司"


def test_the_enterprise_of_the_book_is_found_and_one_much_like_it_is_offered(
    opened: Opened, book: Book, qtbot: QtBot
) -> None:
    alike = enterprises.create_enterprise(book, name="渝江电池(示例)股份有限公司").value
    dialog = opened(CARD)

    def offers() -> list[QPushButton]:
        return [one for one in dialog.person.findChildren(QPushButton) if "股份" in one.text()]

    qtbot.waitUntil(lambda: bool(offers()))
    assert "名称相近" in offers()[0].text()
    offers()[0].click()
    assert dialog.entry.enterprise_id == alike
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    assert len(enterprises.all_enterprises(book)) == 1


def test_several_people_are_kept_in_one_unit_and_those_not_ticked_stay(
    opened: Opened, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(CHAT)
    assert [entry.value("name") for entry in dialog.entries] == ["张总", "李四"]
    assert dialog.save_button.text() == "保存 2 人"
    item = dialog.people.item(0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: [entry.value("name") for entry in dialog.entries] == ["张总"])
    assert [name for name, _title, _phone in kept(book)] == ["李四"]
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    assert [name for name, _title, _phone in kept(book)] == ["李四", "张总"]


def test_a_card_is_kept_once_though_it_is_saved_twice_while_the_book_is_busy(
    opened: Opened, session: Session, book: Book, qtbot: QtBot
) -> None:
    dialog = opened(CARD)
    units: list[object] = []
    session.changed.connect(units.append)
    with held_up(session.background):
        for _twice in range(2):
            dialog.save()
        assert not dialog.person.name.isEnabled(), "what is typed from now on would not be saved"
    settle(qtbot, session.background)
    assert len(units) == 1
    with book.read() as reader:
        assert [one.name for one in reader.find(Contact)] == ["张伟"]


def test_what_is_lacking_is_said_at_the_person_concerned_and_nothing_is_kept(opened: Opened, book: Book) -> None:
    dialog = opened(CHAT)
    dialog.entries[1].typed["enterprise"] = ""
    dialog.save_button.click()
    assert dialog.error.text() == "请填写所在企业。"
    assert dialog.people.currentRow() == 1
    assert kept(book) == []


def test_what_was_typed_is_kept_as_a_draft_and_stands_before_what_comes_next(
    opened: Opened, drafts: MemoryDrafts, qtbot: QtBot
) -> None:
    dialog = opened("张总 13800000001，渝江电池(示例)有限公司")
    enter(dialog.person.title, "总经理")
    dialog.reject()
    assert "cards" in drafts.kept
    again = opened(CARD)
    assert [entry.value("title") for entry in again.entries] == ["总经理", "销售总监"]
    assert again.entry.value("name") == "张伟"


def test_a_picture_is_shown_beside_the_fields_and_kept_with_the_enterprise(
    opened: Opened, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "名片.png"
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    picture.save(str(path))
    dialog = opened("", ("名片.png", path))
    qtbot.waitUntil(dialog.source.picture.isVisible, timeout=20_000)
    if not cards.can_read_pictures():
        assert "pip install outreach-crm[cards]" in dialog.source.note.text()
    enter(dialog.person.name, "张伟")
    enter(dialog.person.enterprise, "渝江电池(示例)有限公司")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.person.name, Qt.Key.Key_Return, CTRL)
    with book.read() as reader:
        assert [one.name for one in reader.find(Attachment)] == ["名片.png"]
