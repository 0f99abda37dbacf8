"""The tables of lists: whole rows with a ring around the one that has the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_app.ui import theme
from crm_app.ui.widgets.cells import CellModel, CellPainter
from crm_app.ui.widgets.list_rows import paint_rows

_Index = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """A table of whole rows, each as high as the next."""

    def __init__(self, model: CellModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._model, self._painter = model, CellPainter(self)
        self._hovered = -1
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        # A fixed height: measuring rows takes 98 s at 100,000 of them.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(theme.ROW)

    def choose(self, lines: Sequence[int]) -> None:
        """Choose these lines, in their order, and no others; the cursor stays."""
        chosen, last = QItemSelection(), self._model.columnCount() - 1
        # One range for those that stand together: of all rows of a long list it is a single one.
        for _apart, run in groupby(enumerate(lines), lambda one: one[1] - one[0]):
            together = [line for _at, line in run]
            chosen.select(self._model.index(together[0], 0), self._model.index(together[-1], last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the ring over the one that has the keyboard."""
        painter = QPainter(self.viewport())
        paint_rows(self, self._model, self._painter, painter, event.rect(), self._hovered)
        if self.hasFocus() and self.currentIndex().isValid():
            theme.paint_ring(painter, self._row_rect(self.currentIndex()))

    def _row_rect(self, index: _Index) -> QRect:
        width = min(self.viewport().width(), self.horizontalHeader().length())
        return QRect(0, self.rowViewportPosition(index.row()), width, self.rowHeight(index.row()) - 1)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Move the ring: it lies over whole rows, of which Qt paints the changed cells alone."""
        super().currentChanged(current, previous)
        self._repaint_rows(current, previous)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the row under the mouse be seen."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let it go with the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        before, self._hovered = self._hovered, row
        if row != before:
            self._repaint_rows(self._model.index(before, 0), self._model.index(row, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, and what is chosen in its own colour."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away, and let what is chosen stand back."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _repaint_rows(self, *indexes: _Index) -> None:
        for index in indexes:
            if index.isValid():
                self.viewport().update(self._row_rect(index))


class ListTable(RowTable):
    """Hands letters typed on it to ``typed``; the right button offers its actions; Home and End go to its ends."""

    typed = Signal(str)

    def __init__(self, model: CellModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyboardSearch(self, search: str) -> None:
        """Let the search of the book find it: looking through every row here would read them all."""
        self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
            return
        super().keyPressEvent(event)
