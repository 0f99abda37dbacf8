"""Today by keyboard and mouse: done, postponed in words, a follow-up with its next step, undone."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from crm_app.domain.projects import OTHER_NEED
from crm_app.domain.reminders import Away
from crm_app.services import book as books
from crm_app.services import enterprises, follow_ups, projects, tasks
from crm_app.services.projects import ProjectRow
from crm_app.services.tasks import Agenda, Due
from crm_app.ui.follow_ups.dialog import FollowUpDialog
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.projects.moving import StageDialog
from crm_app.ui.projects.parts import NextStepDialog
from crm_app.ui.session import Session
from crm_app.ui.today.agenda import Heading
from crm_app.ui.today.page import TodayPage
from crm_app.ui.today.painting import circle_of
from crm_app.ui.today.postpone import PostponeDialog
from tests.templates import new_book
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.sampled import PUBLISHED, Hands, windowed


def today(hands: Hands) -> TodayPage:
    page = hands.go("today")
    assert isinstance(page, TodayPage)
    hands.until(page.chosen)
    return page


def agenda(hands: Hands) -> Agenda:
    return tasks.agenda(hands.book)


def first(page: TodayPage) -> Due:
    due = page.current()
    assert due is not None
    return due


def to_a_step(page: TodayPage) -> Due:
    """Go to the first line that is a next step and neither a promise nor an ask."""
    row = next(n for n in range(page.lines.rowCount()) if isinstance(line := page.lines.line(n), Due) and not line.mark)
    page.list.setCurrentIndex(page.lines.index(row))
    return first(page)


def test_overdue_steps_stand_on_top_and_the_cursor_on_the_first(hands: Hands) -> None:
    page = today(hands)
    heading = page.lines.line(0)
    assert isinstance(heading, Heading)
    assert heading.overdue
    assert heading.count == len(agenda(hands).overdue) > 0
    assert first(page).record == agenda(hands).overdue[0].record
    assert not page.lines.flags(page.lines.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_space_ticks_a_step_off_and_ctrl_z_brings_it_back(hands: Hands) -> None:
    page = today(hands)
    before = len(agenda(hands).overdue)
    done, words = first(page).id, first(page).what
    hands.press(Qt.Key.Key_Space)
    hands.settle()
    assert len(agenda(hands).overdue) == before - 1
    hands.until(lambda: first(page).id != done)
    done_words, undoable = hands.said[-1]
    assert undoable
    assert words in done_words, "the toast says what was done"

    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    assert len(agenda(hands).overdue) == before
    hands.until(lambda: page.lines.rowCount() and first(page).id == done)


def test_a_step_is_moved_to_a_day_in_words(hands: Hands) -> None:
    page = today(hands)
    moved = first(page).id
    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("下周三")
    assert dialog.echo.text() == "→ 7月19日 周三"
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    assert next(due.due for due in agenda(hands).week if due.id == moved) == date(2023, 7, 19)


def test_a_promise_stands_among_the_steps_and_is_answered_in_place(hands: Hands) -> None:
    page = today(hands)
    company = agenda(hands).today[0].enterprise
    assert company is not None
    made = projects.add_need(
        hands.book,
        kind=OTHER_NEED,
        text="回复电价",
        enterprise_id=company.id,
        dept="发改委",
        due=date(2023, 7, 11),
        promised_on=date(2023, 7, 3),
    )
    before, words = agenda(hands).counts, "回复电价"
    hands.session.changed.emit(made.changes)
    hands.until(lambda: page.lines.row_of(made.value) >= 0)
    row = page.lines.index(page.lines.row_of(made.value))
    assert page.lines.data(row) == f"承诺 回复电价 {company.name} 逾1天  7月11日 周二"
    hands.until(lambda: f"逾期 {before[0]} · 今天 {before[1]}" in page._count.text())
    page.list.setCurrentIndex(row)

    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("明天")
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    assert hands.said[-1] == (f"承诺改到 7月13日 周四：{words}", True)
    assert agenda(hands).counts == (before[0] - 1, before[1], before[2] + 1)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    hands.until(lambda: page.current() is not None and first(page).id == made.value)

    row = page.lines.index(page.lines.row_of(made.value))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=circle_of(page.list.visualRect(row)).center())
    hands.settle()
    assert hands.said[-1] == (f"兑现承诺：{words}", True)
    hands.until(lambda: page.lines.row_of(made.value) < 0)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    hands.until(lambda: page.current() is not None and first(page).id == made.value)

    hands.press(Qt.Key.Key_N)
    follow_up = hands.dialog(FollowUpDialog)
    hands.write("已向发改委催办")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(follow_up)
    assert agenda(hands).counts == before, "a word on a promise does not keep it"
    hands.settle()
    hands.until(lambda: page.current() is not None and first(page).id == made.value)
    hands.press(Qt.Key.Key_Return)
    assert hands.went_to("enterprises").record == company.id


def test_a_day_that_cannot_be_read_is_told_and_the_form_stays(hands: Hands) -> None:
    page = today(hands)
    kept = first(page).record
    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("某天")
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.echo.text)
    assert dialog.isVisible()
    assert agenda(hands).overdue[0].record == kept
    # What is wrong is read whole, and is no colour of what is right afterwards.
    hands.until(lambda: dialog.echo.height() >= dialog.echo.heightForWidth(dialog.echo.width()))
    assert dialog.echo.property("role") == "error"
    dialog.day.clear()
    hands.write("下周三")
    assert dialog.echo.text() == "→ 7月19日 周三"
    assert dialog.echo.property("role") == "echo"
    dialog.day.clear()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_one_key_logs_a_follow_up_ticks_the_step_off_and_sets_the_next(hands: Hands) -> None:
    page = today(hands)
    answered = to_a_step(page)
    assert answered.enterprise is not None
    hands.press(Qt.Key.Key_N)
    dialog = hands.dialog(FollowUpDialog)
    assert dialog.content.hasFocus()
    # It says for whom it is, and what saving does.
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert f"{answered.what} · {answered.enterprise.name}" in said
    assert "保存后，这一步即记为完成。" in said
    hands.write("对方要厂房清单")
    hands.tab_to(dialog.next_step.field)
    hands.write("下周一 发厂房清单")
    assert "7月17日" in dialog.next_step.echo.text()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)

    now = agenda(hands)
    assert answered.id not in {due.id for due in now.overdue}
    (new,) = (due for due in now.week if due.what == "发厂房清单")
    assert (new.due, new.record.enterprise_id) == (date(2023, 7, 17), answered.enterprise.id)
    told = enterprises.enterprise_page(hands.book, answered.enterprise.id).timeline
    assert any(entry.kind == "follow_up" and entry.on == PUBLISHED for entry in told)


def test_a_follow_up_wants_words_and_esc_keeps_a_draft(hands: Hands) -> None:
    page = today(hands)
    hands.click(button(page, "记一笔跟进"))
    dialog = hands.dialog(FollowUpDialog)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: dialog.error.text())
    hands.write("说到一半")
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)

    hands.click(button(page, "记一笔跟进"))
    again = hands.dialog(FollowUpDialog)
    assert again.content.toPlainText() == "说到一半"
    hands.press(Qt.Key.Key_Escape)
    hands.closed(again)


def button(page: TodayPage, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == words)


def test_buttons_do_what_the_keys_do_and_leave_the_focus_in_the_list(hands: Hands) -> None:
    page = today(hands)
    before = len(agenda(hands).overdue)
    hands.click(button(page, "完成"))
    hands.settle()
    assert len(agenda(hands).overdue) == before - 1
    assert page.list.hasFocus()


def test_enter_goes_to_the_enterprise_or_the_project(hands: Hands) -> None:
    page = today(hands)
    due = first(page)
    assert due.enterprise is not None
    hands.press(Qt.Key.Key_Return)
    assert hands.went_to("enterprises").record == due.enterprise.id


def test_with_nothing_due_the_stalled_projects_are_left_and_answered_in_place(hands: Hands) -> None:
    page = today(hands)
    now = agenda(hands)
    tasks.finish_tasks(hands.book, [due.id for due in (*now.overdue, *now.today, *now.week)])
    later = tasks.add_task(hands.book, "2023-12-01 年终回访")
    hands.session.changed.emit(later.changes)
    hands.until(lambda: page.lines.line(0) == Heading("未来七天没有到期的下一步。"))
    stalled = page.chosen()[0]
    assert isinstance(stalled, ProjectRow)
    assert [name for name in page.answers.runs() if page.answers.fits(name)] == [
        "task_note",
        "task_next",
        "task_hold",
        "task_open",
    ]
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_N)
    dialog = hands.dialog(FollowUpDialog)
    hands.write("重新对接，下月来考察")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    hands.until(lambda: page.chosen() and page.chosen()[0] != stalled)

    left = page.chosen()[0]
    hands.press(Qt.Key.Key_H)
    hold = hands.dialog(StageDialog)
    hands.press(Qt.Key.Key_Escape)
    hands.closed(hold)
    hands.press(Qt.Key.Key_T)
    step = hands.dialog(NextStepDialog)
    hands.write("明天 下午三点 约总经理")
    hands.press(Qt.Key.Key_Return)
    hands.closed(step)
    (due,) = agenda(hands).week
    assert (due.project, due.at) == (left.project, time(15))
    hands.until(lambda: page.lines.row_of(due.id) >= 0)
    assert "15:00" in page.lines.data(page.lines.index(page.lines.row_of(due.id)))


def test_several_steps_are_answered_at_once_by_keys_and_mouse(hands: Hands) -> None:
    page = today(hands)
    assert page.list.viewport().height() // page.list.sizeHintForRow(1) >= 14 + 3, "14 steps under three headings"
    before = agenda(hands)
    hands.press(Qt.Key.Key_Down, SHIFT)
    hands.press(Qt.Key.Key_Down, SHIFT)
    moved = [line.id for line in page.chosen() if isinstance(line, Due)]
    assert len(moved) == 3
    assert not page.answers.fits("task_note")
    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("明天")
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    assert {due.id for due in agenda(hands).week} >= set(moved)
    assert hands.said[-1] == ("3 件事项改到 7月13日 周四", True)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    assert agenda(hands) == before

    hands.until(lambda: page.lines.row_of(before.today[0].id) >= 0)
    row = page.lines.index(page.lines.row_of(before.today[0].id))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=circle_of(page.list.visualRect(row)).center())
    hands.settle()
    assert len(agenda(hands).today) == len(before.today) - 1

    menu = page.answers.menu()
    first = page.chosen()[0]
    assert isinstance(first, Due)
    days = next(one for one in menu.findChildren(QMenu) if one.title() == "改期")
    days.actions()[0].trigger()
    hands.settle()
    assert first.id in {due.id for due in agenda(hands).week}


def test_what_was_missed_while_the_laptop_was_off_stands_on_top(hands: Hands) -> None:
    page = today(hands)
    missed = agenda(hands).overdue[-1]
    assert missed.due == date(2023, 7, 11)
    hands.session.away = Away(datetime.combine(date(2023, 7, 10), time(18)), datetime.combine(PUBLISHED, time(8)))
    hands.session.away_noted.emit()
    hands.until(lambda: page.lines.row_of(missed.id) == 2)
    heading = page.lines.line(0)
    assert isinstance(heading, Heading)
    assert (heading.title, heading.count) == ("关机期间错过", 2)


def test_a_new_book_says_what_to_do_first_and_a_done_one_what_comes_next(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    book = new_book(tmp_path / "new.crm")
    for hands in windowed(session, book, qtbot):
        page = hands.window.page
        assert isinstance(page, TodayPage)
        hands.until(page.beginning.isVisible)
        assert page.beginning.ways[0].button.hasFocus()
        hands.press(Qt.Key.Key_Space)
        form = hands.dialog(LogDialog)
        hands.press(Qt.Key.Key_Escape)
        hands.closed(form)
        session.changed.emit(tasks.add_task(book, "三个月后 回访").changes)
        hands.until(page.empty.isVisible)
        assert any("回访" in label.text() for label in page.empty.findChildren(QLabel))
    books.close_book(book)


def test_a_follow_up_is_kept_with_the_way_it_was_made(hands: Hands) -> None:
    page = today(hands)
    hands.press(Qt.Key.Key_N)
    dialog = hands.dialog(FollowUpDialog)
    hands.until(dialog.mode.count)
    dialog.mode.setCurrentIndex(dialog.mode.count() - 1)
    chosen = dialog.mode.currentText()
    hands.write("已电话沟通")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    assert follow_ups.last_mode(hands.book) == chosen
    assert page.isVisible()


def test_counts_that_have_no_room_are_left_away_whole(hands: Hands) -> None:
    counts = today(hands)._count
    parts = counts.text().split(" · ")
    assert len(parts) >= 3
    whole = counts.fontMetrics().horizontalAdvance(counts.text())
    for room in range(whole, counts.fontMetrics().horizontalAdvance(parts[0]), -7):
        counts.resize(room, counts.height())
        assert counts.shown().split(" · ") == parts[: len(counts.shown().split(" · "))]
    assert counts.shown() == parts[0]
    counts.resize(20, counts.height())
    assert counts.shown() == ""
