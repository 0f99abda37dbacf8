"""Attachments on the page of an enterprise: dropped, pasted, shown, made smaller, saved, removed and brought back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from crm_app.services import access, attachments, enterprises, trips, visits
from crm_app.services import book as books
from crm_app.services.attachments import Given, Held
from crm_app.ui.attachments.card import AttachmentsCard
from crm_app.ui.attachments.dropping import AskWhich
from crm_app.ui.attachments.tiles import Tiles
from crm_app.ui.attachments.viewer import Viewer
from crm_app.ui.enterprises.events import Tab
from crm_app.ui.projects.project_view import ProjectView
from crm_app.ui.projects.table import TableView
from crm_app.ui.session import Session
from crm_app.ui.trips.trip_view import TripView
from crm_app.ui.visits import open_visit
from crm_app.ui.visits.view import VisitView
from crm_app.ui.widgets.drop_hint import DropHint
from tests.files import hostile
from tests.projects import new_project
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL
from tests.ui.kit import enter

BOMB = "炸弹.png"


def listed(hands: Hands, enterprise: UUID) -> list[Held]:
    return attachments.list_attachments(hands.book, enterprise_id=enterprise)


def attach(hands: Hands, enterprise: UUID, *given: Given) -> AttachmentsCard:
    attachments.attach(hands.book, given, enterprise_id=enterprise)
    card = open_files(hands, enterprise)
    hands.until(lambda: card.tiles.lines.rowCount() == len(given))
    return card


def open_files(hands: Hands, enterprise: UUID) -> AttachmentsCard:
    """Show the photos and files in the timeline of an enterprise."""
    view = hands.enterprises(enterprise).view
    view.timeline.tabs.setCurrentIndex(list(Tab).index(Tab.FILES))
    return view.attachments


def thumbnails(tiles: Tiles) -> dict[str, bool]:
    held = tiles.lines.held()
    come = tiles.lines.thumbnails.known
    return {
        one.attachment.name: come[one.attachment.sha256] is not None for one in held if one.attachment.sha256 in come
    }


def viewer(hands: Hands) -> Viewer:
    def shown() -> list[Viewer]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, Viewer) and one.isVisible()]

    hands.until(shown)
    dialog = shown()[0]
    dialog.activateWindow()
    hands.until(lambda: QApplication.focusWidget() and dialog.isAncestorOf(hands.focus()))
    return dialog


def close(hands: Hands, dialog: Viewer) -> None:
    """Do what a window manager does when a dialog is gone; the screen of the tests has none."""
    dialog.close()
    hands.window.activateWindow()
    hands.until(QApplication.focusWidget)


def photo(name: str = "厂房.jpg", size: tuple[int, int] = (2400, 1600)) -> Given:
    return Given(name, hostile.photo(size=size))


def open_files_of(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(over: QWidget, *paths: Path, at: QPoint = QPoint(5, 5)) -> DropHint:
    """Drag files over a widget, and return what is said meanwhile."""
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = open_files_of(paths)
    QApplication.sendEvent(over, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held))
    (hint,) = over.findChildren(DropHint, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return hint


def drop(over: QWidget, *paths: Path, at: QPoint = QPoint(5, 5)) -> None:
    hint = drag(over, *paths, at=at)
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = open_files_of(paths)
    QApplication.sendEvent(over, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, *held))
    assert not hint.isVisible()


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """Files as a file manager hands them over."""
    found = {name: tmp_path / name for name in ("年报.txt", "厂房.jpg", "安装.exe", "名单.xlsx")}
    for path in found.values():
        path.write_bytes(hostile.photo() if path.suffix == ".jpg" else "年报".encode())
    return found


def test_files_dropped_on_a_page_are_kept_there_and_what_is_no_document_is_told(
    hands: Hands, battery: UUID, paths: dict[str, Path]
) -> None:
    card = open_files(hands, battery)
    view = hands.enterprises(battery).view
    assert card.nothing.isVisible()
    assert any("Ctrl+V" in words.text() for words in card.nothing.findChildren(QLabel))
    dropped = [paths[name] for name in ("年报.txt", "厂房.jpg", "安装.exe")]
    hint = drag(view, *dropped)
    assert hint.isVisible()
    assert hint.words == "把 3 个文件附到“渝能电池(示例)有限公司”"
    drop(view, *dropped)
    hands.until(lambda: thumbnails(card.tiles).get("厂房.jpg"))
    assert not card.nothing.isVisible()
    assert {held.attachment.name for held in listed(hands, battery)} == {"年报.txt", "厂房.jpg"}
    hands.until(lambda: hands.told)
    assert "安装.exe" in hands.told.pop()
    hands.session.undo()
    hands.until(lambda: not listed(hands, battery))
    drop(view, paths["安装.exe"], paths["厂房.jpg"].parent)
    hands.until(lambda: hands.told)
    assert ["程序" in hands.told[0], "文件夹" in hands.told.pop()] == [True, True]
    assert listed(hands, battery) == []


def test_files_are_dropped_on_a_visit_in_the_timeline_and_on_a_row_of_the_list(
    hands: Hands, battery: UUID, paths: dict[str, Path]
) -> None:
    timeline = hands.enterprises(battery).view.timeline
    view = hands.enterprises(battery).view
    row = next(n for n in range(timeline.lines.rowCount()) if getattr(timeline.lines.line(n), "kind", "") == "visit")
    spot = timeline.list.visualRect(timeline.lines.index(row)).center()
    drop(view, paths["厂房.jpg"], at=timeline.list.viewport().mapTo(view, spot))
    hands.until(lambda: listed(hands, battery))
    assert listed(hands, battery)[0].visit is not None
    table = hands.enterprises().list.table
    place = next(n for n in range(3) if hands.enterprises().list.model.row(n).id == battery)  # type: ignore[union-attr]
    on_row = table.visualRect(table.model().index(place, 0)).center()
    assert "渝能电池" in drag(table.viewport(), paths["年报.txt"], at=on_row).words
    drop(table.viewport(), paths["年报.txt"], at=on_row)
    hands.until(lambda: len(listed(hands, battery)) == 2)


def test_files_go_with_a_contacts_enterprise_and_a_visit_that_is_being_written(
    hands: Hands, battery: UUID, paths: dict[str, Path]
) -> None:
    enterprises.add_contact(hands.book, battery, name="张总")
    page = hands.enterprises()
    hands.session.go("enterprises", view="contacts")
    contacts = page.front.contacts
    hands.until(lambda: contacts.model.rowCount())
    on_row = contacts.table.visualRect(contacts.table.model().index(0, 0)).center()
    assert "渝能电池" in drag(contacts.table.viewport(), paths["年报.txt"], at=on_row).words
    drop(contacts.table.viewport(), paths["年报.txt"], at=on_row)
    hands.until(lambda: [one.attachment.name for one in listed(hands, battery)] == ["年报.txt"])
    dialog = open_visit(hands.session, hands.window, enterprise_id=battery)
    hands.until(lambda: dialog.form is not None)
    drop(dialog, paths["厂房.jpg"])
    assert "厂房.jpg" in dialog.files.text()
    assert len(listed(hands, battery)) == 1
    assert dialog.form is not None
    enter(dialog.form.talk, "看了厂房")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: any(one.visit is not None for one in listed(hands, battery)))
    dialog.reject()


def test_a_ledger_on_a_record_is_asked_about_and_beside_it_is_imported(
    hands: Hands, battery: UUID, paths: dict[str, Path]
) -> None:
    view = hands.enterprises(battery).view
    wanted: list[list[Path]] = []
    hands.session.import_wanted.disconnect()
    hands.session.import_wanted.connect(wanted.append)
    for take in ("importing", "attaching"):
        drop(view, paths["名单.xlsx"])
        (asked,) = [one for one in hands.window.findChildren(AskWhich) if one.isVisible()]
        hands.click(getattr(asked, take))
    assert wanted == [[paths["名单.xlsx"]]]
    hands.until(lambda: [one.attachment.name for one in listed(hands, battery)] == ["名单.xlsx"])
    assert drag(hands.window, paths["名单.xlsx"]).words == "作为台账导入 1 个文件"
    assert "记录" in drag(hands.window, paths["安装.exe"]).words


def test_a_picture_is_pasted_anywhere_on_the_page_and_cells_are_not(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    data = QMimeData()
    data.setImageData(QImage(40, 30, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    page.view.timeline.list.setFocus()
    hands.press(Qt.Key.Key_V, CTRL)
    hands.until(lambda: listed(hands, battery))
    (held,) = listed(hands, battery)
    assert held.attachment.kind == "image/png"
    assert held.attachment.name.startswith("渝能电池(示例)有限公司 20")
    cells = QMimeData()
    cells.setImageData(QImage(40, 30, QImage.Format.Format_RGB32))
    cells.setText("企业\t电话\n甲\t1\n")
    QGuiApplication.clipboard().setMimeData(cells)
    assert not page.paste()
    QGuiApplication.clipboard().clear()


def test_what_does_harm_is_a_sentence_and_the_window_lives(hands: Hands, battery: UUID) -> None:
    card = attach(hands, battery, Given(BOMB, hostile.huge_png(20_000)), Given("网页.jpg", b"<html>"), photo("好.jpg"))
    hands.until(lambda: thumbnails(card.tiles) == {BOMB: False, "好.jpg": True})
    bomb = next(held for held in card.tiles.lines.held() if held.attachment.name == BOMB)
    card.tiles.opened.emit(bomb)
    shown = viewer(hands)
    hands.until(lambda: "太大" in shown.picture.text())
    while shown.later.isEnabled():
        hands.click(shown.later)
    while shown.earlier.isEnabled():
        hands.click(shown.earlier)
    hands.until(lambda: not shown.picture.pixmap().isNull())
    # By keyboard too, from the field of the name as well; past either end nothing happens.
    shown.name.setFocus()
    for _time in range(3):
        hands.press(Qt.Key.Key_PageDown)
    assert shown.held == card.tiles.lines.held()[-1]
    for _time in range(3):
        hands.press(Qt.Key.Key_PageUp)
    assert shown.held == card.tiles.lines.held()[0]
    assert hands.told == []


def test_enter_opens_and_ctrl_delete_removes_with_a_way_back(hands: Hands, battery: UUID) -> None:
    card = attach(hands, battery, photo())
    card.tiles.setFocus()
    card.tiles.setCurrentIndex(card.tiles.lines.index(0))
    hands.until(lambda: thumbnails(card.tiles))
    # Chosen, it still shows its picture.
    assert card.tiles.grab().toImage().pixelColor(45, 25).hsvSaturation() > 200
    hands.press(Qt.Key.Key_Return)
    shown = viewer(hands)
    hands.until(lambda: not shown.picture.pixmap().isNull())
    close(hands, shown)
    card.tiles.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: card.nothing.isVisible())
    assert listed(hands, battery) == []
    books.undo(hands.book)
    assert len(listed(hands, battery)) == 1


def test_in_the_viewer_a_photo_is_named_and_made_smaller(hands: Hands, battery: UUID) -> None:
    card = attach(hands, battery, photo())
    card.tiles.opened.emit(card.tiles.lines.held()[0])
    shown = viewer(hands)
    hands.write(shown.name, "厂房大门")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: shown.name.text() == "厂房大门.jpg")
    before = shown.held.attachment.size
    hands.click(shown.shrink)
    hands.until(lambda: shown.held.attachment.size != before)
    hands.click(shown.shrink)
    hands.until(lambda: "已经" in shown.note.text())
    hands.click(shown.remove)
    hands.until(lambda: not listed(hands, battery))


def test_a_copy_is_saved_without_its_place_and_noted(hands: Hands, battery: UUID, tmp_path: Path) -> None:
    card = attach(hands, battery, photo())
    card.tiles.opened.emit(card.tiles.lines.held()[0])
    shown = viewer(hands)
    assert shown.strip.isChecked()
    shown.save_copy(tmp_path / "copy.jpg")
    hands.until((tmp_path / "copy.jpg").exists)
    assert not Image.open(io.BytesIO((tmp_path / "copy.jpg").read_bytes())).getexif().get_ifd(0x8825)
    assert "厂房.jpg" in access.entries(hands.book)[0].what


def test_the_pages_of_a_pdf_are_turned(hands: Hands, battery: UUID) -> None:
    pages = io.BytesIO()
    Image.new("RGB", (200, 300), "red").save(
        pages, "PDF", save_all=True, append_images=[Image.new("RGB", (200, 300), "blue")]
    )
    card = attach(hands, battery, Given("年报.pdf", pages.getvalue()))
    card.tiles.opened.emit(card.tiles.lines.held()[0])
    shown = viewer(hands)

    def middle() -> str:
        image = shown.picture.pixmap().toImage()
        return "" if image.isNull() else image.pixelColor(image.width() // 2, image.height() // 2).name()

    hands.until(lambda: middle() in ("#ff0000", "#fe0000"))
    assert shown.forth.isVisible()
    hands.click(shown.forth)
    hands.until(lambda: middle().endswith(("ff", "fe")))
    assert not shown.forth.isEnabled()
    assert not shown.strip.isVisible()


def test_a_visit_shows_its_own_and_takes_what_is_dropped_on_it(
    hands: Hands, battery: UUID, session: Session, paths: dict[str, Path]
) -> None:
    visit = visits.visits_of(hands.book, battery)[0]
    attachments.attach(hands.book, [photo()], visit_id=visit.id)
    attachments.attach(hands.book, [photo("营业执照.jpg")], enterprise_id=battery)
    view = VisitView(session, hands.window)
    view.open(visit.id)
    hands.until(lambda: [one.attachment.name for one in view.attachments.tiles.lines.held()] == ["厂房.jpg"])
    # Read again: the card stays, the columns are made anew.
    view.reload()
    hands.qtbot.wait(100)
    assert view.attachments.parentWidget() is not None
    added = paths["厂房.jpg"].rename(paths["厂房.jpg"].with_name("展厅.jpg"))
    added.write_bytes(hostile.photo(size=(640, 480)))
    drop(view, added)
    hands.until(lambda: len(attachments.list_attachments(hands.book, visit_id=visit.id)) == 2)
    page = hands.enterprises(battery).view.attachments
    hands.until(lambda: page.tiles.lines.rowCount() == 3)


def test_a_project_and_a_trip_keep_files_of_their_own(hands: Hands, session: Session, paths: dict[str, Path]) -> None:
    project = new_project(hands.book, name="电池基地(示例)").value
    trip = trips.create_trip(
        hands.book, title="赴苏州招商", start_on=date(2023, 6, 1), end_on=date(2023, 6, 2)
    ).value.id
    at_home, away = ProjectView(session, hands.window), TripView(session, hands.window, trip)
    at_home.load(project)
    away.reload()
    for view, owner in ((at_home, {"project_id": project}), (away, {"trip_id": trip})):
        hands.until(lambda view=view: view.attachments.target is not None)
        drop(view, paths["厂房.jpg"])
        hands.until(lambda owner=owner: attachments.list_attachments(hands.book, **owner))
    rows = TableView(session, hands.window)
    rows.load()
    hands.until(rows.list.model.rowCount)
    sheet = paths["年报.txt"].with_name("可研.pdf")
    Image.new("RGB", (200, 300), "red").save(sheet, "PDF")
    drop(rows.list.table.viewport(), sheet, at=rows.list.table.visualRect(rows.list.model.index(0, 1)).center())
    hands.until(lambda: len(attachments.list_attachments(hands.book, project_id=project)) == 2)
