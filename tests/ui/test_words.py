"""Qt's own words are of the language in use, those too that its catalogue leaves out."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QFileDialog, QFileSystemModel, QLabel
from pytestqt.qtbot import QtBot

from crm_app.ui.words import Words


def _said(dialog: QFileDialog) -> list[str]:
    labels = [one.text() for one in dialog.findChildren(QLabel)]
    return [*labels, *(one.text() or one.toolTip() for one in dialog.findChildren(QAbstractButton))]


def test_a_file_dialog_of_qt_is_chinese_throughout(words: Words, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "材料").mkdir()
    dialog = QFileDialog(None, "导出日历", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert [one for one in _said(dialog) if re.search("[a-z]", one)] == []
    (model,) = dialog.findChildren(QFileSystemModel)
    folder = model.index(str(tmp_path / "材料"))
    assert model.data(folder.siblingAtColumn(2)) == "文件夹"
    words.use("en")
    assert "Look in:" in QFileDialog(dialog).labelText(QFileDialog.DialogLabel.LookIn).replace("&", "")
