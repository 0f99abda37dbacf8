"""Tab walks layouts in their order, and asks for none of their items."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot

from crm_app.ui.shell.tabbing import walk


def _items() -> int:
    return sum(isinstance(one, QWidgetItem) for one in shiboken6.getAllValidWrappers())


def test_the_walk_follows_nested_layouts_and_keeps_no_item_that_may_be_gone(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    fields = {name: QLineEdit(top) for name in ("last", "grid below", "grid right", "grid left", "column", "first")}
    across, column, grid = QHBoxLayout(top), QVBoxLayout(), QGridLayout()
    across.addWidget(fields["first"])
    across.addLayout(column)
    column.addWidget(fields["column"])
    column.addLayout(grid)
    grid.addWidget(fields["grid below"], 1, 0)
    grid.addWidget(fields["grid right"], 0, 1)
    grid.addWidget(fields["grid left"], 0, 0)
    across.addWidget(fields["last"])
    top.show()
    qtbot.waitExposed(top)
    before = _items()
    order = ["first", "column", "grid left", "grid right", "grid below", "last"]
    assert list(walk(top)) == [fields[name] for name in order]
    assert _items() == before
