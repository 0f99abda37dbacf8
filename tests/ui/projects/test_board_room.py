"""The board on a small laptop: all stages stand beside one another, in columns of one width; where there is little
room, those around the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.stages import ASIDE, STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.services.projects import ProjectFilter
from crm_app.ui.projects.board import BoardView
from crm_app.ui.projects.board_cards import MIME
from crm_app.ui.session import Session
from tests import templates

_ROOM, _LITTLE = 1110, 820
"""What a window of 1280 pixels leaves the board, and one of 911."""


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    clock.pin_today(date(2023, 7, 12))
    opened = books.open_book(templates.sample_file(tmp_path / "sample.crm"))
    yield opened
    books.close_book(opened)
    clock.pin_today(None)


def _board(sample: Book, qtbot: QtBot, room: int) -> BoardView:
    view = BoardView(None)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    for step in view.making():
        step()
    view.put(projects.board(sample, ProjectFilter()))
    view.fold(ASIDE)
    view.resize(room, 560)
    view.show()
    return view


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_stages_fit_a_window_of_1280_pixels(sample: Book, session: Session, qtbot: QtBot, language: str) -> None:
    session.set_language(language)
    view = _board(sample, qtbot, _ROOM)
    wide = [column for column in view.columns.values() if column.wide]
    assert len(wide) == 6
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: max(one.width() for one in wide) - min(one.width() for one in wide) <= 1)
    session.set_language("zh_CN")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_where_there_is_little_room_the_stages_around_the_cursor_have_it(
    sample: Book, session: Session, qtbot: QtBot, language: str
) -> None:
    session.set_language(language)
    view = _board(sample, qtbot, _LITTLE)

    def shown() -> list[Stage]:
        assert view.horizontalScrollBar().maximum() == 0
        return [column.stage for column in view.columns.values() if column.wide]

    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    view.focus_first()
    assert shown() == [Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU, Stage.SIGNED]
    for _step in range(4):
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Right)
    assert shown() == [Stage.REVIEW, Stage.MOU, Stage.SIGNED, Stage.STARTED]
    started = view.columns[Stage.STARTED].list
    assert view.window().focusWidget() is started
    assert started.current() is not None
    # A click on a strip brings what stands there, the arrows bring the others back.
    qtbot.mouseClick(view.columns[Stage.PRODUCING].list.viewport(), Qt.MouseButton.LeftButton)
    assert shown()[-1] is Stage.PRODUCING
    for _step in range(5):
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Left)
    assert shown()[0] is Stage.NEGOTIATING
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    session.set_language("zh_CN")


def test_a_card_is_dropped_on_a_strip_and_tab_and_enter_open_one(sample: Book, session: Session, qtbot: QtBot) -> None:
    view = _board(sample, qtbot, _LITTLE)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.focus_first()
    strip = view.columns[Stage.PRODUCING]
    assert (strip.filled, strip.wide) == (True, False)
    assert _(STAGE_LABELS[Stage.PRODUCING]) in strip.list.accessibleName()
    card = view.current()
    assert card is not None
    moved: list[tuple[UUID, Stage]] = []
    view.moved.connect(lambda project, stage: moved.append((project, stage)))
    carried = QMimeData()
    carried.setData(MIME, card.project.id.bytes)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(9, 99), Qt.DropAction.CopyAction, carried, left, none),
        QDropEvent(QPointF(9, 99), Qt.DropAction.CopyAction, carried, left, none),
    ):
        QApplication.sendEvent(strip.list.viewport(), event)
        assert event.isAccepted()
    assert moved == [(card.project.id, Stage.PRODUCING)]
    strip.list.setFocus()
    qtbot.keyClick(strip.list, Qt.Key.Key_Return)
    assert strip.wide
    assert view.current() is strip.list.current() is not None
