"""The board: walking, dragging, being refused, putting aside and coming back; what is typed is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel

from crm_app.domain.kinds import Amount
from crm_app.domain.stages import Stage
from crm_app.services import attachments, dictionaries, projects, recycle_bin, staff
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui.projects.board_column import StageColumn
from crm_app.ui.projects.moving import StageDialog
from crm_app.ui.projects.page import ProjectsPage
from tests.projects import new_project
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import enter
from tests.ui.projects.conftest import TODAY, Hands

YI = 100_000_000
KNOWN: dict[str, Any] = {
    "content": "壳体",
    "cluster": "智能网联新能源汽车",
    "industry": "汽车零部件",
    "output": 5 * YI,
    "tax": YI,
    "jobs": 30,
}


def make(hands: Hands, name: str, **values: Any) -> UUID:
    return new_project(hands.book, name, on=TODAY, **values).value


def drop(page: ProjectsPage, project: UUID, source: Stage, target: Stage) -> None:
    """Let a card go over a column, as the mouse does at the end of a drag."""
    let_go(page, taken_up(page, project, source), target)


def taken_up(page: ProjectsPage, project: UUID, source: Stage) -> QMimeData:
    """Return what the mouse carries of a card."""
    cards = page.board.columns[source].list.cards
    return cards.mimeData([cards.index(cards.row_of(project))])


def let_go(page: ProjectsPage, carried: QMimeData, target: Stage) -> None:
    """Let what the mouse carries go over a column."""
    viewport = page.board.columns[target].list.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(20, 20), copy, carried, left, none))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(20, 20), copy, carried, left, none))


def test_arrows_walk_from_card_to_card_and_over_empty_columns(hands: Hands) -> None:
    make(hands, "甲项目(示例)", total_investment=3 * YI)
    make(hands, "乙项目(示例)", total_investment=2 * YI)
    third = make(hands, "丙项目(示例)", **KNOWN)
    projects.move_stage(hands.book, third, Stage.MOU)
    board = hands.go(view="board").board
    assert [card.project.name for card in board.columns[Stage.NEGOTIATING].list.cards.cards] == [
        "甲项目(示例)",
        "乙项目(示例)",
    ]
    hands.press(Qt.Key.Key_Down)
    assert board.current() is not None
    assert board.current().project.name == "乙项目(示例)"  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Right)
    assert board.current().project.name == "丙项目(示例)"  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Left)
    assert board.columns[Stage.NEGOTIATING].list.hasFocus()


def test_a_card_is_dragged_to_another_column(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", **KNOWN)
    page = hands.go(view="board")
    drop(page, project, Stage.NEGOTIATING, Stage.MOU)
    hands.until(lambda: hands.stage(project) is Stage.MOU)
    hands.settle()
    assert page.board.columns[Stage.MOU].list.cards.row_of(project) == 0
    assert page.board.columns[Stage.MOU].list.dragDropMode() != QAbstractItemView.DragDropMode.NoDragDrop


def test_a_card_is_dragged_while_the_board_changes_under_it(hands: Hands) -> None:
    moved, gone, other = (make(hands, f"{name}项目(示例)", **KNOWN) for name in "甲乙丙")
    page = hands.go(view="board")
    carried = {project: taken_up(page, project, Stage.NEGOTIATING) for project in (moved, gone)}

    def change(book: Book, _progress: object) -> Outcome[object]:
        projects.move_stage(book, moved, Stage.MOU)
        return Outcome(recycle_bin.delete(book, "project", gone).changes, None)

    hands.session.write("", change)
    hands.session.write("", lambda book, _progress: projects.move_stage(book, other, Stage.REVIEW))
    hands.settle()
    assert not page.board.columns[Stage.NEGOTIATING].list.cards.cards
    let_go(page, carried[moved], Stage.MOU)
    let_go(page, carried[moved], Stage.REVIEW)
    let_go(page, carried[gone], Stage.MOU)
    hands.settle()
    assert (hands.stage(moved), hands.stage(other)) == (Stage.MOU, Stage.REVIEW)
    assert len(hands.told) == 2, "it has been there already; it is gone"
    assert any(one.startswith("项目 乙项目(示例)已被删除") for one in hands.told)


def test_a_card_never_goes_back_along_the_line(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", **KNOWN)
    projects.move_stage(hands.book, project, Stage.REVIEW)
    hands.go(view="board")
    hands.press(Qt.Key.Key_Left, CTRL | SHIFT)
    hands.until(lambda: hands.told)
    assert "研判评审" in hands.told[0]
    assert hands.stage(project) is Stage.REVIEW


def test_a_project_is_put_aside_with_a_reason_and_comes_back_to_the_stage_it_left(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", **KNOWN)
    projects.move_stage(hands.book, project, Stage.REVIEW)
    page = hands.go(view="board")
    drop(page, project, Stage.REVIEW, Stage.ON_HOLD)
    dialog = hands.dialog()
    assert dialog.form is not None
    assert set(dialog.form.editors) == {"on", "stage_entry.reason"}
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "请填写" in dialog.form.editors["stage_entry.reason"].message.text()
    hands.fill(dialog, reason="等总部决策")
    hands.save(dialog)
    assert hands.stage(project) is Stage.ON_HOLD
    hands.press(Qt.Key.Key_Left, CTRL | SHIFT)
    hands.until(lambda: hands.stage(project) is Stage.REVIEW)


def test_the_signing_follows_the_total_until_it_is_typed_itself(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", **KNOWN)
    page = hands.go(view="board")
    drop(page, project, Stage.NEGOTIATING, Stage.SIGNED)
    dialog = hands.dialog()
    assert dialog.form is not None
    hands.fill(dialog, total_investment="5.6亿")
    assert dialog.form.editors["signing.amount"].value() == Amount(560_000_000)
    hands.fill(dialog, amount="5亿", total_investment="6亿")
    assert dialog.form.editors["signing.amount"].value() == Amount(500_000_000)
    dialog.close()


def test_what_was_typed_for_a_stage_is_there_again(hands: Hands) -> None:
    make(hands, "甲项目(示例)")
    hands.go(view="board")
    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)
    dialog = hands.dialog()
    hands.fill(dialog, industry="汽车零部件", jobs="三百")
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)
    again = hands.dialog()
    assert again.form is not None
    assert again.form.editors["project.industry"].typed() == "汽车零部件"
    assert again.form.editors["project.jobs"].typed() == "三百"
    again.close()


def test_the_stage_is_chosen_where_the_page_asks_for_a_move(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", **KNOWN)
    page = hands.go(project)
    hands.tab_to(page.project.move_button)
    hands.press(Qt.Key.Key_Space)
    dialog = hands.dialog()
    assert isinstance(dialog, StageDialog)
    assert isinstance(dialog.choice, QComboBox)
    assert dialog.choice.currentData() == Stage.REVIEW
    dialog.choice.setCurrentIndex(dialog.choice.findData(Stage.LOST))
    # Another stage's questions may hold a reason too: what is typed there would not be asked any more.
    hands.until(lambda: dialog.typed()["stage"] == Stage.LOST.value)
    assert dialog.form is not None
    control = dialog.form.editors["stage_entry.reason"].focusProxy()
    assert control is not None
    control.setFocus()
    enter(control, "落户外地")
    hands.save(dialog)
    assert hands.stage(project) is Stage.LOST
    hands.until(lambda: page.project.page is not None and page.project.page.stage is Stage.LOST)


def test_what_is_lacking_is_said_and_every_question_stays_in_sight(hands: Hands) -> None:
    project = make(hands, "甲项目(示例)", content="壳体")
    page = hands.go(view="board")
    drop(page, project, Stage.NEGOTIATING, Stage.REVIEW)
    dialog = hands.dialog()
    assert dialog.form is not None
    editors = dialog.form.editors
    hands.press(Qt.Key.Key_Return, CTRL)
    reason = editors["stage_entry.reason"].focusProxy()
    assert reason is not None
    hands.until(lambda: any("请先填写" in one.message.text() for one in editors.values()))
    hands.until(lambda: reason.visibleRegion().boundingRect() == reason.rect())
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_a_file_is_dropped_on_a_card(hands: Hands, tmp_path: Path) -> None:
    project = make(hands, "甲项目(示例)")
    plan = tmp_path / "可研报告.txt"
    plan.write_text("可研", encoding="utf-8")
    cards = hands.go(view="board").board.columns[Stage.NEGOTIATING].list
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(plan))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(cards.visualRect(cards.cards.index(0)).center())
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(cards.viewport(), QDragEnterEvent(at.toPoint(), copy, carried, left, none))
    QApplication.sendEvent(cards.viewport(), QDropEvent(at, copy, carried, left, none))
    hands.until(lambda: attachments.list_attachments(hands.book, project_id=project))


def test_filters_narrow_the_board(hands: Hands) -> None:
    make(hands, "甲项目(示例)", **KNOWN)
    parked = make(hands, "乙电池基地(示例)")
    projects.set_park(hands.book, parked, "双福科技创新城")
    # Nobody chooses them any more, but projects have them.
    for entry in dictionaries.entries(hands.book, "park"):
        dictionaries.retire_entry(hands.book, entry.id)
    left = staff.add_colleague(hands.book, name="已调离", gone=True).value
    projects.change_project(hands.book, parked, owner_id=left)
    page = hands.go(view="board")
    cards = page.board.columns[Stage.NEGOTIATING].list.cards

    def seen(*names: str) -> bool:
        return {card.project.name for card in cards.cards} == set(names)

    hands.press(Qt.Key.Key_F, CTRL)
    assert hands.focus() is page.filters.search
    enter(page.filters.search, "dcjd")
    hands.until(lambda: seen("乙电池基地(示例)"))
    hands.press(Qt.Key.Key_Return)
    assert page.board.columns[Stage.NEGOTIATING].list.hasFocus()
    page.filters.clear()
    hands.until(lambda: seen("甲项目(示例)", "乙电池基地(示例)"))
    for box, value, name in (
        (page.filters.cluster, KNOWN["cluster"], "甲项目(示例)"),
        (page.filters.park, "双福科技创新城", "乙电池基地(示例)"),
        (page.filters.owner, "已调离", "乙电池基地(示例)"),
    ):
        hands.until(lambda box=box, value=value: box.findText(value) > 0)
        box.setCurrentIndex(box.findText(value))
        hands.until(lambda name=name: seen(name))
        page.filters.clear()
    enter(page.filters.search, "没有的")
    hands.until(lambda: not cards.cards)
    hands.settle()
    page.focus_first()
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: len(cards.cards) == 2)


def test_what_was_put_aside_is_a_strip_until_it_is_looked_at(hands: Hands) -> None:
    make(hands, "甲项目(示例)", **KNOWN)
    project = make(hands, "乙项目(示例)", **KNOWN)
    projects.move_stage(hands.book, project, Stage.LOST, answers={"stage_entry.reason": "落户外地"})
    board = hands.go(view="board").board
    lost = board.columns[Stage.LOST]
    assert not lost.list.cards.cards
    assert lost.list.accessibleName() == "终止：1个项目"
    assert lost.width() < board.columns[Stage.NEGOTIATING].width() / 3
    hands.tab_to(lost.list)
    hands.press(Qt.Key.Key_Return)
    assert [card.project.name for card in lost.list.cards.cards] == ["乙项目(示例)"]
    assert hands.session.settings.last("board_folded") == "on_hold"
    lost.fold_changed.emit(True)
    assert not lost.list.cards.cards
    assert board.current() is not None
    # Whoever looks for a card that is folded away sees it.
    board.choose(project)
    assert lost.list.hasFocus()


def test_the_head_of_a_stage_is_whole_in_words_that_are_longer_too(hands: Hands) -> None:
    for stage in (Stage.REVIEW, Stage.MOU):
        project = make(hands, f"{stage}(示例)", total_investment=12345 * YI // 100, **KNOWN)
        projects.move_stage(hands.book, project, stage)
    hands.session.set_language("en")
    hands.window.resize(911, 512)
    columns = hands.go(view="board").board.columns
    column = columns[Stage.MOU]
    hands.until(lambda: column.badge.isVisible() and column.badge.shown_word() == "Framework or intent")
    assert [label.text() for label in column.findChildren(QLabel) if label.isVisible()] == ["1", "12.345 bn"]
    # The cards of every column begin at one height.
    assert len({one.list.y() for one in columns.values()}) == 1
    hands.session.set_language("zh_CN")


def test_the_table_is_narrowed_under_its_heads_and_moves_a_project_on(hands: Hands) -> None:
    make(hands, "甲项目(示例)", **KNOWN)
    idle = make(hands, "乙项目(示例)", **KNOWN, total_investment=3 * YI)
    page = hands.go(view="table")
    listed = page.table.list
    hands.until(lambda: [row.values["name"] for row in listed.model.rows()] == ["乙项目(示例)", "甲项目(示例)"])
    hands.press(Qt.Key.Key_F, CTRL)
    field = hands.focus()
    assert field is listed.heads.fields["name"]
    enter(field, "乙")
    hands.until(lambda: listed.model.rowCount() == 1)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Right, CTRL | SHIFT)
    dialog = hands.dialog()
    assert isinstance(dialog, StageDialog)
    hands.save(dialog)
    assert hands.stage(idle) is Stage.REVIEW
    hands.until(lambda: [row.values["stage"] for row in listed.model.rows()] == [Stage.REVIEW])
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.until(lambda: hands.stage(idle) is Stage.NEGOTIATING)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: page.project.isVisible() and page.project.page is not None)
    assert page.project.title.text() == "乙项目(示例)"


def test_a_board_that_is_made_beforehand_and_asked_for_meanwhile_has_each_stage_once(hands: Hands) -> None:
    make(hands, "甲项目(示例)")
    hands.session.go("projects", view="board")
    for _part in hands.page.ahead():
        hands.qtbot.wait(1)
    hands.settle()
    hands.until(lambda: hands.page.board.isVisible())
    shown = [one.stage for one in hands.page.board.findChildren(StageColumn)]
    assert sorted(shown) == sorted(Stage)


def test_a_view_that_comes_with_the_table_is_gone_to(hands: Hands) -> None:
    make(hands, "甲项目(示例)")
    page = hands.go(view="table:stalled")
    hands.until(lambda: page.table.list.model.complete and page.table.list.model.rowCount() == 0)
    assert page.table.isVisible()
    assert page.table.list.view == "stalled"
    page.table.list.clear_filters()
    hands.until(lambda: page.table.list.model.rowCount() == 1)


@pytest.mark.parametrize("known", [True, False], ids=["read before", "read after"])
def test_the_keyboard_stands_on_the_step_of_an_empty_list(hands: Hands, known: bool) -> None:
    hands.go()
    for view in ("leads", "table"):
        if known:
            _made = getattr(hands.page, view)
            hands.settle()
        page = hands.go(view=view)
        listed = page.leads.list if view == "leads" else page.table.list
        assert listed._empty.isAncestorOf(hands.focus())
    hands.session.changed.emit(new_project(hands.book, "甲项目(示例)", on=TODAY).changes)
    hands.settle()
    assert hands.focus() is hands.page.table.list.table
