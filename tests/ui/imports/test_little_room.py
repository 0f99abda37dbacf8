"""The import on a laptop at 150 %, in both languages: chips, sentences and what a choice rests on are read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm_app.ui.imports.dialog import ImportDialog
from crm_app.ui.imports.sheet_pane import SheetPane, Step
from crm_app.ui.session import Session
from tests.ui.imports.conftest import Open
from tests.ui.looking import cut_off
from tests.ui.test_small_screen import squeezed

_SCREEN = (911, 480)
"""What is left of 1366×768 at 150 % below a title bar."""


@pytest.fixture(params=["zh_CN", "en"])
def small(request: pytest.FixtureRequest, session: Session, opened: Open, ledger: Path, qtbot: QtBot) -> ImportDialog:
    session.set_language(request.param)
    dialog = opened(ledger)
    dialog.resize(*_SCREEN)
    qtbot.waitUntil(lambda: (dialog.width(), dialog.height()) == _SCREEN)
    return dialog


def pane_of(dialog: ImportDialog) -> SheetPane:
    assert dialog.pane is not None
    return dialog.pane


def is_whole(dialog: ImportDialog) -> bool:
    """Say whether the dialog fits its screen, and no word in it is cut."""
    least = dialog.minimumSizeHint()
    low = [text for text, _height, _needs in squeezed(dialog) if text]
    return least.width() <= _SCREEN[0] and least.height() <= _SCREEN[1] and not cut_off(dialog) and not low


def test_every_chip_is_read_whole_and_rows_have_room(small: ImportDialog, qtbot: QtBot) -> None:
    preview = pane_of(small).preview
    qtbot.waitUntil(lambda: is_whole(small))
    assert sum(map(preview.tabs.isTabVisible, range(preview.tabs.count()))) == 5
    assert preview.rows.table.viewport().height() >= 5 * preview.rows.table.rowHeight(0)


def test_what_a_sheet_and_its_columns_rest_on_is_read_whole(small: ImportDialog, qtbot: QtBot) -> None:
    pane = pane_of(small)
    pane.show_step(Step.ABOUT)
    qtbot.waitUntil(lambda: is_whole(small))
    pane.show_step(Step.COLUMNS)
    told = []
    for row in range(len(pane.columns.rows)):
        pane.columns.table.selectRow(row)
        qtbot.waitUntil(lambda: is_whole(small))
        evidence: QLabel = pane.columns.editor.evidence
        told += [evidence.text()] if evidence.isVisible() else []
    assert told
    table = pane.columns.table
    qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())
    assert table.horizontalScrollBar().maximum() == 0


def test_a_finished_import_stays_on_the_screen_says_all_of_it_and_shows_its_rows(
    small: ImportDialog, qtbot: QtBot
) -> None:
    # What is written is planned anew, in a pane of its own, while the columns are looked at.
    pane_of(small).show_step(Step.COLUMNS)
    qtbot.mouseClick(small.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: small.undo.isVisible() and small.desk.busy is None)
    qtbot.waitUntil(lambda: is_whole(small))
    assert (small.width(), small.height()) == _SCREEN
    assert small.foot.note.height() >= small.foot.note.heightForWidth(small.foot.note.width())
    preview = pane_of(small).preview
    pane_of(small).show_step(Step.ROWS)
    head = preview.rows.table.horizontalHeader()
    qtbot.waitUntil(lambda: head.length() == preview.rows.table.viewport().width())
