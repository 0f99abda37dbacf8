"""The board on a small laptop: all stages stand beside one another, in columns of one width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.stages import ASIDE
from crm_app.services import book as books
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.services.projects import ProjectFilter
from crm_app.ui.projects.board import BoardView
from crm_app.ui.session import Session
from tests import templates

_ROOM = 1110
"""What a window of 1280 pixels leaves the board."""


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    clock.pin_today(date(2023, 7, 12))
    opened = books.open_book(templates.sample_file(tmp_path / "sample.crm"))
    yield opened
    books.close_book(opened)
    clock.pin_today(None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_stages_fit_a_window_of_1280_pixels(sample: Book, session: Session, qtbot: QtBot, language: str) -> None:
    session.set_language(language)
    view = BoardView(None)  # type: ignore[arg-type]
    qtbot.addWidget(view)
    for step in view.making():
        step()
    view.put(projects.board(sample, ProjectFilter()))
    view.fold(ASIDE)
    view.resize(_ROOM, 560)
    view.show()
    wide = [column for column in view.columns.values() if column.wide]
    assert len(wide) == 6
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: max(one.width() for one in wide) - min(one.width() for one in wide) <= 1)
    session.set_language("zh_CN")
