"""How the rows of a list are painted, all that can be seen in one go.

Qt hands a delegate each cell with all that may be asked of it: that took three times as long.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from crm_app.ui import theme
from crm_app.ui.widgets.cells import WAITING, CellModel, CellPainter, Letters, inset, paint_skeleton

_NONE = QModelIndex()


def paint_rows(
    table: QTableView, model: CellModel, cells: CellPainter, painter: QPainter, within: QRect, hovered: int
) -> None:
    """Paint the rows of a table that stand in a part of its viewport; the mouse is over row ``hovered``."""
    first, last = table.rowAt(within.top()), table.rowAt(within.bottom())
    columns = [
        (number, at, wide)
        for number in range(model.columnCount())
        if (wide := table.columnWidth(number)) and (at := table.columnViewportPosition(number)) <= within.right()
        if at + wide > within.left()
    ]
    if first < 0 or not columns:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    letters = Letters(painter.font())
    left, right = min(at for _number, at, _wide in columns), max(at + wide for _number, at, wide in columns)
    selection = table.selectionModel()
    for line in range(first, (model.rowCount() - 1 if last < 0 else last) + 1):
        top, height = table.rowViewportPosition(line), table.rowHeight(line)
        chosen = selection.isRowSelected(line, _NONE)
        row = [(number, at, wide, model.cell(line, number)) for number, at, wide in columns]
        rect = QRect(left, top, right - left, height)
        _ground(table, painter, rect, band=row[0][3].band, chosen=chosen, hovered=line == hovered)
        for number, at, wide, cell in row:
            if cell.text:
                rect = QRect(at, top, wide, height)
                side = model.is_right(line, number)
                cells.paint_cell(painter, letters, rect, cell, chosen=chosen, right=side)
                if cell is WAITING:
                    paint_skeleton(painter, inset(rect), line + number, right=side)


def _ground(table: QTableView, painter: QPainter, rect: QRect, *, band: bool, chosen: bool, hovered: bool) -> None:
    """Paint what a row stands on, and the line at its foot; what is chosen without the keyboard stands back."""
    colours = theme.colours()
    if band:
        painter.fillRect(rect, QColor(colours.window))
    if chosen:
        active = table.hasFocus() and table.isActiveWindow()
        painter.fillRect(rect, QColor(colours.accent_soft if active else colours.chosen))
    elif hovered:
        painter.fillRect(rect, QColor(colours.hover))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.border))
