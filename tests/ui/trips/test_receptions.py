"""Receptions by keyboard: logged from anywhere, found again, corrected, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from crm_app.services import attachments, enterprises, receptions, staff
from crm_app.services.book import Book
from crm_app.services.receptions import Receive
from crm_app.ui.receptions.dialog import ReceptionDialog, open_reception
from crm_app.ui.receptions.form import ReceptionForm
from crm_app.ui.receptions.typed import TypedReception, of_sheet, read
from crm_app.ui.visits.dialog import VisitDialog, open_visit
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import enter, held_up
from tests.ui.trips.hands import NAMES, TODAY, Hands

ENTER = Qt.Key.Key_Return


def begun(hands: Hands) -> tuple[ReceptionDialog, ReceptionForm]:
    hands.press(Qt.Key.Key_R, CTRL | SHIFT)
    return shown(hands)


def shown(hands: Hands) -> tuple[ReceptionDialog, ReceptionForm]:
    dialog = hands.dialog(ReceptionDialog)
    hands.until(lambda: dialog.form is not None and dialog.form.isAncestorOf(hands.focus()))
    assert dialog.form is not None
    return dialog, dialog.form


def test_a_reception_is_logged_by_keyboard_alone_found_and_corrected(hands: Hands, tmp_path: Path) -> None:
    leader = next(one for one in staff.colleagues(hands.book) if one.name == "曾敏")
    hands.go()
    dialog, form = begun(hands)
    hands.press(ENTER, CTRL)
    assert "来访" in form._parts["enterprise"].error.text()
    hands.write("yndc")
    hands.press(ENTER)
    hands.until(form.guests.hasFocus)
    hands.write("张总一行5人")
    hands.tab_to(form.hosts.typing)
    hands.press(Qt.Key.Key_Backspace)
    hands.until(lambda: form.hosts.keys() == "")
    for initials in ("zm", "sx"):
        hands.write(initials)
        hands.until(lambda: form.hosts.typing.offers)
        hands.press(ENTER)
    hands.tab_to(form.sites.typing)
    hands.write("双福园区、新能源展厅")
    hands.tab_to(form.result)
    hands.write("看了标准厂房")
    hands.tab_to(form.asks)
    hands.write("五万平米厂房")
    hands.tab_to(form.promises)
    hands.write("下周五前 回复电价")
    hands.tab_to(form.next_step.field)
    hands.write("下周三 回访")
    photo = tmp_path / "合影.txt"
    photo.write_text("合影", encoding="utf-8")
    dialog.files.take([photo])
    hands.press(ENTER, CTRL)
    hands.closed()

    hands.go(view="receptions")
    listed = hands.page.lists.top
    hands.until(lambda: listed.model.complete and listed.model.rowCount() == 1)
    (row,) = listed.model.rows()
    assert (row.values["guests"], row.values["enterprise"], row.values["host"]) == ("张总一行5人", NAMES[0], "曾敏")
    sheet = receptions.reception_sheet(hands.book, row.id)
    assert sheet.enterprise is not None
    assert (sheet.reception.on, sheet.hosts[0], sheet.reception.sites) == (TODAY, leader, ("双福园区", "新能源展厅"))
    assert [one.name for one in sheet.hosts] == ["曾敏", "单晓"]
    assert row.values["sites"] == ("双福园区", "新能源展厅")
    assert sheet.reception.result == "看了标准厂房\n诉求：五万平米厂房\n承诺：回复电价（2023-06-23前）"
    assert [(task.what, task.due) for task, _owner in sheet.tasks] == [("回访", date(2023, 6, 21))]
    hands.until(lambda: attachments.list_attachments(hands.book, reception_id=row.id))
    (timed,) = attachments.list_attachments(hands.book, enterprise_id=sheet.enterprise.id)
    assert timed.attachment.on == TODAY, "it stands on the enterprise's page, too"
    page = enterprises.enterprise_page(hands.book, sheet.enterprise.id)
    assert {(need.text, need.due, need.promised_on) for need in page.needs} == {
        ("五万平米厂房", None, None),
        ("回复电价", date(2023, 6, 23), TODAY),
    }
    assert "reception" in {entry.kind for entry in page.timeline}

    listed.table.setFocus()
    hands.press(ENTER)
    hands.until(lambda: hands.page.reception.title.text() == "张总一行5人")
    hands.press(Qt.Key.Key_F2)
    _dialog, form = shown(hands)
    assert form.enterprise.text() == NAMES[0]
    assert form.asks.toPlainText() == ""
    assert [one.text for one in form.hosts.people()] == ["曾敏", "单晓"]
    form.guests.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.write("，含技术总监")
    hands.press(ENTER, CTRL)
    hands.closed()
    hands.until(lambda: hands.page.reception.title.text() == "张总一行5人，含技术总监")
    assert receptions.reception_sheet(hands.book, row.id).reception.result == sheet.reception.result

    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    hands.press(Qt.Key.Key_V, CTRL)
    hands.until(lambda: len(attachments.list_attachments(hands.book, enterprise_id=sheet.enterprise.id)) == 2)
    assert {
        one.attachment.on for one in attachments.list_attachments(hands.book, enterprise_id=page.enterprise.id)
    } == {TODAY}
    assert hands.told == []


def test_escape_keeps_a_draft_and_a_delegation_needs_no_enterprise(hands: Hands, tmp_path: Path) -> None:
    hands.go()
    _dialog, form = begun(hands)
    form.guests.setFocus()
    hands.write("长三角商会代表团")
    hands.press(Qt.Key.Key_Escape)
    hands.closed()
    dialog, form = begun(hands)
    assert form.guests.text() == "长三角商会代表团"
    photo = tmp_path / "合影.txt"
    photo.write_text("合影", encoding="utf-8")
    dialog.files.take([photo])
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    form.result.setFocus()
    hands.press(Qt.Key.Key_V, CTRL)
    assert [one.name.rsplit(".")[-1] for one in dialog.files.given] == ["txt", "png"], "a text field has no use for it"
    form.on.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("明天")
    hands.press(ENTER, CTRL)
    hands.until(lambda: "不能晚于今天" in form._parts["on"].error.text())
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("昨天")
    form.hosts.typing.setFocus()
    hands.write("周局长")
    hands.press(ENTER, CTRL)
    hands.until(lambda: "周局长" in form._parts["hosts"].error.text())
    hands.settle()
    dialog.reject()
    hands.closed()
    dialog, form = begun(hands)
    assert form.hosts.typing.text() == "周局长", "half a name is kept as well"
    assert [one.name.rsplit(".")[-1] for one in dialog.files.given] == ["txt", "png"], "and so are the files"
    dialog.files.take_away()
    dialog.files.take([photo])
    form.hosts.typing.clear()
    hands.press(ENTER, CTRL)
    hands.closed()
    assert hands.session.drafts.load("reception:") == {}
    hands.go(view="receptions")
    listed = hands.page.lists.top
    hands.until(lambda: listed.model.complete and listed.model.rowCount() == 1)
    listed.table.setFocus()
    hands.press(ENTER)
    page = hands.page.reception
    hands.until(lambda: len(page.attachments.tiles.lines.held()) == 1)
    (kept,) = page.attachments.tiles.lines.held()
    assert (kept.attachment.name, kept.attachment.on) == ("合影.txt", date(2023, 6, 13))
    assert kept.attachment.enterprise_id is None


def test_an_imported_reception_opens_in_the_form(hands: Hands) -> None:
    made = receptions.receive(hands.book, Receive(guests="某集团", on=TODAY, result="达成意向\n陪同：赵六")).value
    hands.go(made, "reception")
    hands.until(lambda: hands.page.reception.title.text() == "某集团")
    hands.press(Qt.Key.Key_F2)
    _dialog, form = shown(hands)
    assert form.result.toPlainText() == "达成意向\n陪同：赵六"
    form.result.setFocus()
    hands.press(Qt.Key.Key_End, CTRL)
    hands.write("，月底复谈")
    hands.press(ENTER, CTRL)
    hands.closed()
    assert receptions.reception_sheet(hands.book, made).reception.result == "达成意向\n陪同：赵六，月底复谈"
    long = receptions.receive(hands.book, Receive(guests="某商会", on=TODAY, result="谈了电价\n" * 60)).value
    hands.go(long, "reception")
    page = hands.page.reception
    hands.until(lambda: page.title.text() == "某商会" and page._area.verticalScrollBar().maximum())
    bar = page._area.verticalScrollBar()
    for key, at in ((Qt.Key.Key_End, bar.maximum()), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, bar.singleStep())):
        hands.press(key)
        assert bar.value() == at
    hands.press(Qt.Key.Key_PageDown)
    assert bar.value() > bar.singleStep()


def test_a_photo_is_kept_though_the_form_is_closed_while_the_book_is_busy(hands: Hands, tmp_path: Path) -> None:
    enterprise = enterprises.suggest(hands.book, NAMES[0])[0].enterprise.id
    photo = tmp_path / "合影.txt"
    photo.write_text("合影", encoding="utf-8")
    hands.go()
    with held_up(hands.session.background):
        open_reception(hands.session, hands.window, enterprise_id=enterprise)
        dialog, form = shown(hands)
        hands.write("张总")
        dialog.files.take([photo])
        hands.press(ENTER, CTRL)
        assert not form.isEnabled(), "what is typed from now on would not be saved"
        hands.press(Qt.Key.Key_Escape)
        assert dialog.isHidden()
        visit = open_visit(hands.session, hands.window, enterprise_id=enterprise)
        hands.dialog(VisitDialog)
        hands.until(lambda: visit.form is not None)
        assert visit.form is not None
        enter(visit.form.talk, "谈了电价")
        visit.files.take([photo])
        hands.press(ENTER, CTRL)
        assert not visit.form.isEnabled(), "neither would this"
        hands.press(Qt.Key.Key_Escape)
    hands.closed()
    hands.until(lambda: len(attachments.list_attachments(hands.book, enterprise_id=enterprise)) == 2)
    assert (hands.told, hands.session.drafts.load(f"reception:{enterprise}")) == ([], {})
    assert hands.session.drafts.load(f"visit:{enterprise}") == {}


def test_whatever_is_typed_stands_in_the_form_again_when_the_reception_is_corrected(book: Book) -> None:
    known = enterprises.all_enterprises(book)[0]
    typed = TypedReception(
        enterprise=known.name,
        chosen=str(known.id),
        on="2023年6月13日",
        time="09:30",
        next_step="下周三 回访",
        guests="张总一行5人",
        hosts="\n".join(str(one.id) for one in staff.colleagues(book)),
        sites="双福园区\n新能源展厅",
        result="看了厂房",
        asks="要厂房",
        promises="回复电价",
    )
    assert [name for name, text in asdict(typed).items() if not text] == [], "say here what a new field holds"
    made = receptions.receive(book, read(typed)).value
    told = "看了厂房\n诉求：要厂房\n承诺：回复电价"
    kept = replace(typed, result=told, asks="", promises="", next_step="")  # these stand with the enterprise by now
    assert asdict(of_sheet(receptions.reception_sheet(book, made))) == asdict(kept)
    corrected = replace(kept, result="看了厂房，定了地块")
    receptions.change_reception(book, made, read(corrected))
    assert asdict(of_sheet(receptions.reception_sheet(book, made))) == asdict(corrected)
