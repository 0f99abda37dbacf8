"""Today by keyboard and mouse: done, postponed in words, a follow-up with its next step, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from crm_app.domain.targets import Metric, Target
from crm_app.services import enterprises, follow_ups, tasks
from crm_app.services.tasks import Agenda, Due
from crm_app.ui.follow_ups.dialog import FollowUpDialog
from crm_app.ui.today.agenda import Heading
from crm_app.ui.today.page import TodayPage
from crm_app.ui.today.postpone import PostponeDialog
from crm_app.ui.today.side import read, target_names
from tests.ui.sampled import CTRL, PUBLISHED, Hands


def today(hands: Hands) -> TodayPage:
    page = hands.go("today")
    assert isinstance(page, TodayPage)
    hands.until(lambda: page.lines.rowCount())
    return page


def agenda(hands: Hands) -> Agenda:
    return tasks.agenda(hands.book)


def first(page: TodayPage) -> Due:
    due = page.current()
    assert due is not None
    return due


def test_overdue_steps_stand_on_top_and_the_cursor_on_the_first(hands: Hands) -> None:
    page = today(hands)
    heading = page.lines.line(0)
    assert isinstance(heading, Heading)
    assert heading.overdue
    assert heading.count == len(agenda(hands).overdue) > 0
    assert first(page).task == agenda(hands).overdue[0].task
    assert not page.lines.flags(page.lines.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_space_ticks_a_step_off_and_ctrl_z_brings_it_back(hands: Hands) -> None:
    page = today(hands)
    before = len(agenda(hands).overdue)
    done = first(page).task.id
    hands.press(Qt.Key.Key_Space)
    hands.settle()
    assert len(agenda(hands).overdue) == before - 1
    assert first(page).task.id != done
    assert hands.said[-1][1], "the toast offers to undo it"

    hands.press(Qt.Key.Key_Z, CTRL)
    hands.settle()
    assert len(agenda(hands).overdue) == before
    hands.until(lambda: page.lines.rowCount() and first(page).task.id == done)


def test_a_step_is_moved_to_a_day_in_words(hands: Hands) -> None:
    page = today(hands)
    moved = first(page).task.id
    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("下周三")
    assert dialog.echo.text() == "→ 07-19 周三"
    hands.press(Qt.Key.Key_Return)
    hands.closed(dialog)
    assert next(due.task.due for due in agenda(hands).week if due.task.id == moved) == date(2023, 7, 19)


def test_a_day_that_cannot_be_read_is_told_and_the_form_stays(hands: Hands) -> None:
    page = today(hands)
    kept = first(page).task
    hands.press(Qt.Key.Key_D)
    dialog = hands.dialog(PostponeDialog)
    hands.write("某天")
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.echo.text)
    assert dialog.isVisible()
    assert agenda(hands).overdue[0].task == kept
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_one_key_logs_a_follow_up_ticks_the_step_off_and_sets_the_next(hands: Hands) -> None:
    page = today(hands)
    answered = first(page)
    assert answered.enterprise is not None
    hands.press(Qt.Key.Key_N)
    dialog = hands.dialog(FollowUpDialog)
    assert dialog.content.hasFocus()
    hands.write("对方要厂房清单")
    hands.tab_to(dialog.next_step.field)
    hands.write("下周一 发厂房清单")
    assert "07-17" in dialog.next_step.echo.text()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)

    now = agenda(hands)
    assert answered.task.id not in {due.task.id for due in now.overdue}
    (new,) = (due for due in now.week if due.task.what == "发厂房清单")
    assert (new.task.due, new.task.enterprise_id) == (date(2023, 7, 17), answered.enterprise.id)
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


def test_with_nothing_due_it_says_what_to_do_next(hands: Hands) -> None:
    page = today(hands)
    now = agenda(hands)
    for due in (*now.overdue, *now.today, *now.week):
        tasks.finish_task(hands.book, due.task.id)
    hands.session.changed.emit(tasks.add_task(hands.book, "2023-12-01 年终回访").changes)
    hands.settle()
    hands.until(lambda: not page.lines.rowCount())
    assert any(label.text() == "没有待办事项" and label.isVisible() for label in page.findChildren(QLabel))


def test_a_target_says_whose_it_is_where_not_the_bureaus(hands: Hands) -> None:
    beside = read(hands.book)
    names = target_names([line.target for line in beside.targets], beside.ours)
    assert "签约项目数" in names
    assert "签约项目数 · 汽车专班" in names
    assert len(set(names)) == len(names)


def test_two_targets_of_one_metric_are_told_apart() -> None:
    base = Target(
        id=uuid4(), metric=Metric.TRIPS, from_on=date(2023, 1, 1), to_on=date(2023, 12, 31), subject="全区", value=9
    )
    issued = replace(base, issuer="示例区政府")
    names = target_names(
        [replace(base, issuer="示例市局"), issued, replace(issued, metric=Metric.SIGNED_COUNT)], frozenset()
    )
    assert len(set(names)) == 3
    assert names[2] == "签约项目数"


def test_the_column_beside_never_scrolls_sideways(hands: Hands) -> None:
    hands.session.set_language("en")
    page = today(hands)
    hands.settle()
    inner = page.side.widget()
    assert inner is not None
    assert inner.width() <= page.side.viewport().width()


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
