"""The columns of a list: how wide they are, where they stand, by which rows are sorted; kept as the user left them."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer

from crm_app.domain.kinds import Choice
from crm_app.domain.lists import RIGHT, Column, Shape
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.widgets import list_memory
from crm_app.ui.widgets.filter_row import FilterHeader
from crm_app.ui.widgets.list_cells import least_width
from crm_app.ui.widgets.list_model import ListModel
from crm_app.ui.widgets.list_table import ListTable

_KEEP_MS = 800
_WHOLE_NAME, _LEAST_NAME = 216, 140
"""How wide the column rows are called by stays while others can go, and how narrow it becomes in the end."""
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
        self._measured: dict[str, int] = {}
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
        sizes = {
            column.name: self._heads.sectionSize(number)
            for number, column in enumerate(columns)
            if not self._heads.isSectionHidden(number)
        }
        # What was only fitted follows the window; what the user dragged stays.
        dragged = {name: size for name, size in sizes.items() if size != self._fitted.get(name)}
        self._widths |= {name: round(size * per_pixel) for name, size in dragged.items()}
        names = [columns[number].name for number in order]
        list_memory.keep_columns(self._settings, self._model.query.list, names, self._widths)

    def _width(self, column: Column) -> int:
        kept = self._widths.get(column.name)
        return theme.px(kept or 0) or max(theme.px(column.width), self._measure(column))

    def _measure(self, column: Column) -> int:
        """Return what a column's title and usual values take; measured once, for other letters make the list anew."""
        if column.name not in self._measured:
            # The fonts are known once the stylesheet was applied, which otherwise waits for the first painting.
            self._table.ensurePolished()
            self._heads.ensurePolished()
            found = least_width(column, self._heads.fontMetrics(), self._table.fontMetrics())
            self._measured[column.name] = found
        return self._measured[column.name]

    def _least(self, column: Column, name: int, *, bare: bool) -> int:
        """Return how narrow a column becomes before the table scrolls sideways.

        ``name`` is for the column rows are called by, else 0; ``bare``: a day without how far off.
        """
        if column.name in self._widths:
            return theme.px(self._widths[column.name])
        least = self._measure(column)
        if column.shape in _WHOLE:
            return max(least, self._width(column) if column.shape is Shape.DAY and not bare else 0)
        return max(min(least, self._width(column)), theme.px(name or _LEAST_TEXT))

    def without_room(self) -> list[str]:
        """Return the columns that are wanted and that the window has no room for."""
        columns = self._model.columns
        return [one.name for number, one in enumerate(columns) if self._heads.isSectionHidden(number)]

    def let_see(self) -> None:
        """Show the column that is sorted, gathered or narrowed by now, if it had gone for want of room."""
        query = self._model.query
        if {query.sort.column, query.group, *(one.column for one in query.filters)} & set(self.without_room()):
            self.fit()

    def _without(self, room: int) -> set[int]:
        """Return the columns that go where there is no room: spare ones first, from the last; none that were chosen."""
        columns, query = self._model.columns, self._model.query
        if {one.name for one in columns} != set(self._model.wanted.shown()):
            return set()
        stays = {query.sort.column, query.group, *(one.column for one in query.filters), *self._widths}
        widest = _widest(columns)
        least = [self._least(one, _WHOLE_NAME * (one is widest), bare=True) for one in columns]
        can_go = [n for n in range(1, len(columns)) if columns[n] is not widest and columns[n].name not in stays]
        gone: set[int] = set()
        for number in sorted(can_go, key=lambda number: (not columns[number].spare, -number)):
            if sum(least) - sum(least[one] for one in gone) <= room:
                break
            gone.add(number)
        return gone

    def fit(self) -> None:
        """Give what the columns leave to the widest; where they have no room, let some go and cut texts."""
        every = self._model.columns
        if not every or self._heads.count() != len(every):
            return
        room = self._table.viewport().width()
        gone = self._without(room)
        shown = [number for number in range(len(every)) if number not in gone]
        columns = [every[number] for number in shown]
        widths = self._fit(columns, room)
        self._fitted = {column.name: width for column, width in zip(columns, widths, strict=True)}
        changed = any(self._heads.isSectionHidden(number) is not (number in gone) for number in range(len(every)))
        with QSignalBlocker(self._heads):
            for number in range(len(every)):
                self._heads.setSectionHidden(number, number in gone)
            for number, width in zip(shown, widths, strict=True):
                self._heads.resizeSection(number, width)
        if changed:
            # The table did not hear of it.
            self._table.doItemsLayout()
        self._heads.place()

    def _fit(self, columns: Sequence[Column], room: int) -> list[int]:
        widths = [self._width(column) for column in columns]
        widest = columns.index(_widest(columns))

        def lowest(name: int, *, bare: bool) -> list[int]:
            return [self._least(one, name * (number == widest), bare=bare) for number, one in enumerate(columns)]

        lacking = sum(widths) - room
        if lacking < 0:
            self._spread(columns, widths, widest, -lacking)
            return widths
        # How far off a day is goes before names are cut, and these before the table scrolls sideways.
        for least in (lowest(_WHOLE_NAME, bare=False), lowest(_WHOLE_NAME, bare=True), lowest(_LEAST_NAME, bare=True)):
            if sum(least) <= room:
                break
        spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
        share = min(1.0, lacking / max(1, sum(spare)))
        widths = [width - int(one * share + 0.999) for width, one in zip(widths, spare, strict=True)]
        widths[widest] += max(0, room - sum(widths))
        return widths

    def _spread(self, columns: Sequence[Column], widths: list[int], widest: int, left: int) -> None:
        """Give what is left to the widest column; on a large screen the other texts have their part of it."""
        texts = [
            number
            for number, column in enumerate(columns)
            if (column.shape is Shape.TEXT or isinstance(column.kind, Choice))
            and number != widest
            and column.name not in self._widths
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


def _widest(columns: Sequence[Column]) -> Column:
    """Return the column that is declared widest: what rows are called by, or what they say."""
    return max(columns, key=lambda column: column.width)
