"""The columns of a list: how wide they are, where they stand, by which rows are sorted; kept as the user left them."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer

from crm_app.domain.lists import RIGHT, Column, Shape
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.widgets import list_memory
from crm_app.ui.widgets.filter_row import FilterHeader
from crm_app.ui.widgets.list_cells import least_width, natural_width
from crm_app.ui.widgets.list_model import ListModel
from crm_app.ui.widgets.list_table import ListTable

_KEEP_MS = 800
_LEAST_NAME = 140
_LEAST_TEXT = 72
_GROWS_BY = 0.5
"""The part of its width by which the widest column grows before the other texts do."""
_WHOLE = (*RIGHT, Shape.DAY, Shape.CHOICE, Shape.FLAG)
"""Columns whose values say nothing once they are cut."""


class ListColumns(QObject):
    """Keeps the heads of one list in step with the columns its model shows. Widths are kept in pixels of the design."""

    def __init__(self, settings: Settings, model: ListModel, table: ListTable, heads: FilterHeader) -> None:
        super().__init__(table)
        self._settings, self._model, self._table, self._heads = settings, model, table, heads
        _names, self._widths = list_memory.recall_columns(settings, model.query.list)
        self._fitted: dict[str, int] = {}
        heads.setSortIndicatorShown(True)
        heads.sortIndicatorChanged.connect(self._sort)
        pause = QTimer(heads, singleShot=True, interval=_KEEP_MS)
        pause.timeout.connect(self.keep)
        heads.sectionResized.connect(lambda *_places: pause.start())
        heads.sectionMoved.connect(lambda *_places: pause.start())
        table.viewport().installEventFilter(self)

    def forget_widths(self) -> None:
        """Have every column as wide as at first."""
        self._widths = {}

    def show(self) -> None:
        """Show the columns of the model, in their order."""
        columns = self._model.columns
        with QSignalBlocker(self._heads):
            for number in range(len(columns)):
                self._heads.moveSection(self._heads.visualIndex(number), number)
            self._heads.show_columns(columns)
        self.fit()
        self.show_sort()

    def keep(self) -> None:
        """Keep the columns, their order and their widths."""
        if not shiboken6.isValid(self._heads):
            # The window was built anew meanwhile.
            return
        columns = self._model.columns
        order = sorted(range(len(columns)), key=self._heads.visualIndex)
        per_pixel = 100 / theme.px(100)
        sizes = {column.name: self._heads.sectionSize(number) for number, column in enumerate(columns)}
        # What was only fitted follows the window; what the user dragged stays.
        dragged = {name: size for name, size in sizes.items() if size != self._fitted.get(name)}
        self._widths |= {name: round(size * per_pixel) for name, size in dragged.items()}
        names = [columns[number].name for number in order]
        list_memory.keep_columns(self._settings, self._model.query.list, names, self._widths)

    def _width(self, column: Column) -> int:
        # The fonts are known once the stylesheet was applied, which otherwise waits for the first painting.
        self._table.ensurePolished()
        self._heads.ensurePolished()
        kept = self._widths.get(column.name)
        if kept:
            return theme.px(kept)
        return natural_width(column, self._heads.fontMetrics(), self._table.fontMetrics())

    def _least(self, column: Column, *, name: bool, bare: bool) -> int:
        """Return how narrow a column becomes before the table scrolls sideways; ``bare``: a day without how far off."""
        if column.name in self._widths:
            return theme.px(self._widths[column.name])
        least = least_width(column, self._heads.fontMetrics(), self._table.fontMetrics())
        if column.shape in _WHOLE:
            return max(least, self._width(column) if column.shape is Shape.DAY and not bare else 0)
        return max(min(least, self._width(column)), theme.px(_LEAST_NAME if name else _LEAST_TEXT))

    def fit(self) -> None:
        """Give what the columns leave to the widest; where they have no room, cut texts before scrolling sideways."""
        columns = self._model.columns
        if not columns or self._heads.count() != len(columns):
            return
        widths = [self._width(column) for column in columns]
        widest = max(range(len(columns)), key=lambda number: columns[number].width)
        room = self._table.viewport().width()

        def lowest(*, bare: bool) -> list[int]:
            return [self._least(column, name=number == widest, bare=bare) for number, column in enumerate(columns)]

        least = lowest(bare=False)
        if sum(least) > room:
            least = lowest(bare=True)
        lacking = sum(widths) - room
        if lacking < 0:
            self._spread(widths, widest, -lacking)
        elif lacking:
            spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
            share = min(1.0, lacking / max(1, sum(spare)))
            widths = [width - int(one * share + 0.999) for width, one in zip(widths, spare, strict=True)]
            widths[widest] += max(0, room - sum(widths))
        self._fitted = {column.name: width for column, width in zip(columns, widths, strict=True)}
        with QSignalBlocker(self._heads):
            for number, width in enumerate(widths):
                self._heads.resizeSection(number, width)
        self._heads.place()

    def _spread(self, widths: list[int], widest: int, left: int) -> None:
        """Give what is left to the widest column; on a large screen the other texts have their part of it."""
        texts = [
            number
            for number, column in enumerate(self._model.columns)
            if column.shape is Shape.TEXT and number != widest and column.name not in self._widths
        ]
        if texts:
            each = max(0, left - round(widths[widest] * _GROWS_BY)) // len(texts)
            for number in texts:
                widths[number] += each
            left -= each * len(texts)
        widths[widest] += left

    def show_sort(self) -> None:
        """Mark the column by which the rows are sorted."""
        sort = self._model.sorting
        number = next((i for i, column in enumerate(self._model.columns) if column.name == sort.column), -1)
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(self._heads):
            self._heads.setSortIndicator(number, order)
        self._heads.viewport().update()

    def _sort(self, number: int, order: Qt.SortOrder) -> None:
        self._model.sort(number, order)
        self.show_sort()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns to the table's width."""
        if event.type() is QEvent.Type.Resize and watched is self._table.viewport():
            self.fit()
        return super().eventFilter(watched, event)
