"""Every row of a kind goes to a file, and the window says how many."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from crm_app.domain.views import Query
from crm_app.services import enterprises, exports
from crm_app.services.book import Book
from crm_app.ui.imports import open_export
from crm_app.ui.imports.export import ExportDialog
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.main_window import MainWindow
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_every_row_is_written_and_counted(
    suffix: str, session: Session, window: MainWindow, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_export(session, window, "enterprises")
    with qtbot.waitSignal(session.said) as said:
        dialog.export(tmp_path / f"企业{suffix}")
    assert said.args is not None
    assert said.args[0] == f"已写入 2 行：{tmp_path / f'企业{suffix}'}"
    assert dialog.told.text() == said.args[0]
    assert dialog.folder.isVisible()
    assert (tmp_path / f"企业{suffix}").stat().st_size > 0


def test_what_is_personal_is_written_only_where_it_is_asked_for(
    session: Session, window: MainWindow, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    found = enterprises.suggest(book, "星河电池")[0].enterprise
    enterprises.add_contact(book, found.id, name="张三", phone="+8613812345678")
    written = []
    for personal in (False, True):
        dialog = open_export(session, window, "contacts")
        dialog.personal.setChecked(personal)
        path = tmp_path / f"{personal}.csv"
        with qtbot.waitSignal(session.said):
            dialog.export(path)
        written.append(path.read_text(encoding="utf-8-sig"))
    assert ["5678" in text and "1234" in text for text in written] == [False, True]


def test_a_folder_that_cannot_be_written_is_said_and_the_dialog_stays(
    session: Session, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_export(session, window, "projects")
    dialog.export(tmp_path / "没有" / "项目.xlsx")
    qtbot.waitUntil(dialog.error.isVisible)
    assert "无法写入" in dialog.error.text()
    assert dialog.isVisible()


def test_the_shortcut_offers_the_kind_of_the_place_and_a_name(
    session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    session.go("projects")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.kind.currentData() == "projects"
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    assert asked.selectedFiles()[0].endswith("项目 2023-06-14.xlsx")
    asked.reject()


def test_every_kind_has_its_word() -> None:
    assert set(exports.KINDS) <= set(KIND_WORDS)


def test_the_list_goes_out_as_it_is_seen(
    session: Session, window: MainWindow, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    DataList(session, Query("enterprises"), EmptyState("无", "", icon="search"), window).show()
    dialog = open_export(session, window, "enterprises")
    dialog.kind.setCurrentIndex(0)
    assert not dialog.template.isEnabled()
    with qtbot.waitSignal(session.said):
        dialog.export(tmp_path / "所见.csv")
    heads = (tmp_path / "所见.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert heads[0] == "企业名称"
    assert heads[-1] == "记录标识"


def test_each_kind_offers_what_it_can_be_written_as(session: Session, window: MainWindow) -> None:
    dialog = open_export(session, window, "contacts")
    assert [dialog.format.itemData(at) for at in range(dialog.format.count())] == [".xlsx", ".csv", ".vcf"]
    dialog.kind.setCurrentIndex(dialog.kind.findData("visits"))
    assert [dialog.format.itemData(at) for at in range(dialog.format.count())] == [".xlsx", ".csv", ".ics"]
    dialog.reject()
