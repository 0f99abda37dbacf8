"""What comes in between: keys and answers that arrive while a form is being saved, or a page is being read."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from crm_app.domain.visits import Intent
from crm_app.services import attachments, receptions, recycle_bin, trips, visits
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.receptions import Receive
from crm_app.services.visits import WriteVisit
from crm_app.ui.follow_ups.dialog import FollowUpDialog
from crm_app.ui.visits import open_visit
from crm_app.ui.visits.dialog import VisitDialog
from crm_app.ui.visits.form import VisitForm
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import held_up, unread
from tests.ui.trips.hands import NAMES, TODAY, Hands, a_trip

ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


def pressed(hands: Hands, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Press a key at once, whatever is waited for."""
    QTest.keyClick(hands.focus(), key, modifiers)


def a_round(hands: Hands) -> tuple[VisitDialog, VisitForm, list[UUID]]:
    """Begin to write the first of three planned visits."""
    trip = a_trip(hands.book, planned=3)
    plans = [row.plan.id for row in trips.trip_page(hands.book, trip).plans]
    hands.go()
    dialog = open_visit(hands.session, hands.window, trip_id=trip, plan_id=plans[0])
    form = another(hands, dialog)
    form.talk.setFocus()
    hands.write("谈了电价")
    return dialog, form, plans


def another(hands: Hands, dialog: VisitDialog, before: VisitForm | None = None) -> VisitForm:
    hands.until(lambda: dialog.form not in (None, before) and dialog.form.isAncestorOf(hands.focus()))
    assert dialog.form is not None
    return dialog.form


def test_a_visit_is_saved_once_though_the_next_is_long_in_coming(hands: Hands) -> None:
    dialog, form, _plans = a_round(hands)
    with unread(hands.session.background):
        pressed(hands, ENTER, CTRL | SHIFT)
        hands.qtbot.waitUntil(lambda: form.saved, timeout=20_000)
        pressed(hands, ENTER, CTRL)
        pressed(hands, ENTER, CTRL | SHIFT)
    another(hands, dialog, form)
    hands.settle()
    assert [sheet.visit.talk for sheet in hands.only_trip().sheets] == ["谈了电价"]
    dialog.reject()
    hands.closed()


def test_files_that_no_draft_can_keep_are_not_let_go_of_in_silence(hands: Hands, tmp_path: Path) -> None:
    empty = [tmp_path / "合影.txt", tmp_path / "展厅.txt"]
    for file in empty:
        file.touch()
    dialog, form, plans = a_round(hands)
    dialog.files.take(empty[:1])
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "再按一次" in dialog.error.text()
    dialog.files.take(empty)
    hands.press(Qt.Key.Key_PageDown, ALT)
    another(hands, dialog, form)
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible(), "more of them, and those of another stop count too"
    hands.press(Qt.Key.Key_Escape)
    hands.closed()
    assert hands.session.drafts.load(f"visit:{plans[0]}")["talk"] == "谈了电价"


def test_the_photos_of_a_visit_that_is_not_saved_wait_with_its_draft(hands: Hands, tmp_path: Path) -> None:
    photo = tmp_path / "合影.txt"
    photo.write_text("合影", encoding="utf-8")
    dialog, form, plans = a_round(hands)
    dialog.files.take([photo])
    pressed(hands, Qt.Key.Key_PageDown, ALT)
    other = another(hands, dialog, form)
    dialog.files.take([photo])
    hands.settle()
    photo.unlink()
    hands.session.crash_hook.keep_drafts()
    hands.settle()
    drafts = [hands.session.drafts.load(f"visit:{plan}") for plan in plans[:2]]
    assert [list(kept.values()).count("合影.txt") for kept in drafts] == [1, 1], (
        "also where the form was left meanwhile"
    )
    pressed(hands, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    hands.closed()
    attachments.sweep(hands.book)
    again = open_visit(hands.session, hands.window, plan_id=plans[1])
    form = another(hands, again, other)
    assert "合影.txt" in again.files.text()
    assert form.enterprise.text() == NAMES[1], "a draft of photos alone leaves the form as it opens"
    form.talk.setFocus()
    hands.write("谈了厂房")
    hands.press(ENTER, CTRL)
    hands.until(lambda: again.saved is not None)
    (sheet,) = hands.only_trip().sheets
    (kept,) = attachments.list_attachments(hands.book, visit_id=sheet.visit.id)
    assert attachments.content(hands.book, kept.attachment) == "合影".encode()
    again.reject()
    hands.closed()
    assert hands.session.drafts.load(f"visit:{plans[1]}") == {}


def test_printing_what_was_saved_lets_go_of_no_file_of_another_stop(hands: Hands, tmp_path: Path) -> None:
    empty = tmp_path / "展厅.txt"
    empty.touch()
    dialog, form, _plans = a_round(hands)
    dialog.files.take([empty])
    hands.press(Qt.Key.Key_PageDown, ALT)
    beside = another(hands, dialog, form)
    beside.talk.setFocus()
    hands.write("谈了厂房")
    hands.press(ENTER, CTRL)
    hands.until(lambda: dialog.saved is not None)
    assert dialog.saved is not None
    dialog.saved.print_wanted.emit()
    assert (dialog.isVisible(), "再按一次" in dialog.error.text()) == (True, True)
    dialog.saved.print_wanted.emit()
    hands.closed()


def test_a_photo_stays_with_the_stop_it_was_given_to(hands: Hands, tmp_path: Path) -> None:
    photo = tmp_path / "合影.txt"
    photo.write_text("合影", encoding="utf-8")
    dialog, form, _plans = a_round(hands)
    dialog.files.take([photo])
    hands.press(Qt.Key.Key_PageDown, ALT)
    beside = another(hands, dialog, form)
    assert (dialog.files.given, dialog.files.isHidden()) == ([], True)
    hands.press(Qt.Key.Key_PageUp, ALT)
    back = another(hands, dialog, beside)
    assert (len(dialog.files.given), dialog.files.isHidden()) == (1, False)
    with held_up(hands.session.background):
        with unread(hands.session.background):
            pressed(hands, Qt.Key.Key_PageDown, ALT)
            pressed(hands, ENTER, CTRL)
        another(hands, dialog, back)
        pressed(hands, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        assert dialog.isHidden()
    hands.closed()
    (sheet,) = hands.only_trip().sheets
    assert sheet.enterprise.name == NAMES[0]
    kept = attachments.list_attachments(hands.book, enterprise_id=sheet.enterprise.id)
    assert [(one.attachment.name, one.attachment.visit_id) for one in kept] == [("合影.txt", sheet.visit.id)]


def test_what_was_refused_is_said_of_no_field_of_another_stop(hands: Hands) -> None:
    dialog, form, plans = a_round(hands)
    gone = form.enterprise.enterprise_id
    assert gone is not None
    with held_up(hands.session.background):
        hands.session.write("", lambda book, _progress: recycle_bin.delete(book, "enterprise", gone))
        with unread(hands.session.background):
            pressed(hands, Qt.Key.Key_PageDown, ALT)
            pressed(hands, ENTER, CTRL)
        beside = another(hands, dialog, form)
    hands.until(dialog.error.text)
    assert [part.error.text() for part in beside._parts.values() if part.error.text()] == []
    assert beside.isEnabled()
    assert hands.session.drafts.load(f"visit:{plans[0]}")["talk"] == "谈了电价"
    dialog.reject()
    hands.closed()


def test_a_page_stays_where_one_reads_while_it_is_filled_anew(hands: Hands) -> None:
    asked = Receive(guests="某商会", on=TODAY, result="谈了电价\n" * 60)
    long = receptions.receive(hands.book, asked).value
    other = receptions.receive(hands.book, Receive(guests="某协会", on=TODAY)).value
    hands.go(long, "reception")
    bar = hands.page.reception._area.verticalScrollBar()
    hands.until(bar.maximum)
    bar.setValue(300)
    before = bar.maximum()

    def change(book: Book, asked: Receive, record: UUID) -> Outcome[None]:
        return Outcome(receptions.change_reception(book, record, asked).changes, None)

    hands.session.write("", lambda book, _progress: change(book, Receive(guests="某学会", on=TODAY), other))
    hands.settle()
    hands.until(lambda: True)
    assert (bar.value(), bar.maximum()) == (300, before)
    short = Receive(guests="某商会", on=TODAY, result="谈了电价")
    hands.session.write("", lambda book, _progress: change(book, short, long))
    hands.settle()
    hands.until(lambda: not bar.maximum())


def test_who_is_elsewhere_stays_there_when_a_visit_read_before_is_taken_back(hands: Hands) -> None:
    trip = a_trip(hands.book)
    visit = visits.write_visit(hands.book, WriteVisit(name=NAMES[0], talk="谈了电价")).value
    hands.go(visit, "visit")
    hands.until(lambda: hands.page.visit.title.text() == NAMES[0])
    hands.go(trip, "trip")
    hands.until(hands.trip.isVisible)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    assert hands.only_trip().sheets == []
    assert hands.told == []
    assert hands.trip.isVisible()


def test_a_follow_up_is_of_the_visit_that_was_asked_for(hands: Hands) -> None:
    first, second = (visits.write_visit(hands.book, WriteVisit(name=name)).value for name in NAMES[:2])
    hands.go(first, "visit")
    page = hands.page.visit
    hands.until(lambda: page.title.text() == NAMES[0])
    with unread(hands.session.background):
        hands.session.go("trips", second, "visit")
        page.note()
    hands.until(lambda: page.title.text() == NAMES[1])
    page.note()
    dialog = hands.dialog(FollowUpDialog)
    assert next(one.text() for one in dialog.findChildren(QLabel)) == NAMES[1]
    dialog.reject()
    hands.closed()


def test_what_a_trip_came_to_stays_where_one_reads_while_it_is_filled_anew(hands: Hands) -> None:
    trip = a_trip(hands.book)
    for number in range(24):
        visits.write_visit(
            hands.book, WriteVisit(name=f"示例{number}(示例)公司", on=TODAY, trip_id=trip, intent=Intent.A)
        )
    hands.go(trip, "trip")
    bar = next(one for one in hands.trip.summary.findChildren(QScrollArea)).verticalScrollBar()
    hands.until(bar.maximum)
    bar.setValue(60)
    before = bar.maximum()
    hands.trip.reload()
    hands.settle()
    hands.until(lambda: True)
    assert (bar.value(), bar.maximum()) == (60, before)
