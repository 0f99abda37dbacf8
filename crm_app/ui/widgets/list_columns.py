"""The columns of a list: how wide they are, where they stand, by which rows are sorted; kept as the user left them.

Where there is room nothing is cut. Where there is little, columns give up first what stands empty in them, then how
far off a day is, then texts are cut; columns in which nothing stands go, then those that can be spared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer

from crm_app.domain.kinds import Choice, Option
from crm_app.domain.listed import SHIPPED
from crm_app.domain.lists import RIGHT, Column, Shape
from crm_app.domain.views import Filter
from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.widgets import list_memory
from crm_app.ui.widgets.cells import Letters
from crm_app.ui.widgets.filter_row import FilterHeader
from crm_app.ui.widgets.list_cells import least_width, room_of
from crm_app.ui.widgets.list_model import BLOCK, ListModel
from crm_app.ui.widgets.list_table import ListTable
from crm_app.ui.widgets.record_columns import cut

_KEEP_MS = 800
_WHOLE_NAME, _LEAST_NAME = 216, 140
"""How wide the column rows are called by stays while others can go, and how narrow it becomes in the end."""
_FINE_TEXT, _GOOD_TEXT, _LEAST_TEXT = 160, 120, 72
"""How wide a text stays while columns that can be spared are there, and days tell how far off they are; its least."""
_WIDEST = 320
"""No text takes more before all columns have what they ask for."""
_MEASURED = 40
"""Rows that are measured: what stands below the first screens is cut where it is longer."""
_GROWS_BY = 0.5
"""The part of its width by which the widest column grows before the other texts do."""
_WHOLE = (*RIGHT, Shape.DAY, Shape.FLAG, Shape.PERSON)
"""Columns whose values say nothing once they are cut."""


class ListColumns(QObject):
    """Keeps the heads of one list in step with the columns its model shows. Widths are kept in pixels of the design."""

    def __init__(self, settings: Settings, model: ListModel, table: ListTable, heads: FilterHeader) -> None:
        super().__init__(table)
        self._settings, self._model, self._table, self._heads = settings, model, table, heads
        _names, self._widths = list_memory.recall_columns(settings, model.query.list)
        self._measured: dict[str, int] = {}
        self._content: dict[str, int] = {}
        heads.setSortIndicatorShown(True)
        heads.sortIndicatorChanged.connect(self._sort)
        pause = QTimer(heads, singleShot=True, interval=_KEEP_MS)
        pause.timeout.connect(self.keep)
        heads.sectionResized.connect(self._note)
        heads.sectionResized.connect(lambda *_places: pause.start())
        heads.sectionMoved.connect(lambda *_places: pause.start())
        table.viewport().installEventFilter(self)
        model.filled.connect(self._take_content)

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

    def _note(self, number: int, _before: int, width: int) -> None:
        """Note at once what the user drags, before rows or another window come; what is only fitted is not told."""
        self._widths[self._model.columns[number].name] = round(width * 100 / theme.px(100))

    def keep(self) -> None:
        """Keep the columns, their order and their widths."""
        if not shiboken6.isValid(self._heads):
            # The window was built anew meanwhile.
            return
        columns = self._model.columns
        order = sorted(range(len(columns)), key=self._heads.visualIndex)
        names = [columns[number].name for number in order]
        list_memory.keep_columns(self._settings, self._model.query.list, names, self._widths)

    def _take_content(self) -> None:
        """Have the columns as wide as what stands in their first rows; while one types they stay as they are."""
        rows = self._model.rows()[:BLOCK]
        if not rows:
            return
        self._table.ensurePolished()
        letters, found, typed = Letters(self._table.font()), {}, self._is_typed()
        for number, column in enumerate(self._model.columns):
            if typed and column.name in self._content:
                continue
            # Days are all of one width but for how far off they are: what is done is told without.
            measured = rows if column.shape is Shape.DAY else rows[:_MEASURED]
            found[column.name] = room_of(column, measured, letters, first=not number)
            if not found[column.name]:
                # A column goes as empty only where the further screens show nothing in it either.
                found[column.name] = room_of(column, rows, letters, first=not number)
        if any(width > self._content.get(name, -1) for name, width in found.items()):
            self._content |= {name: max(width, self._content.get(name, 0)) for name, width in found.items()}
            self.fit()

    def _is_typed(self) -> bool:
        """Say whether the rows are those of a search, or somebody is at the filters."""
        at = self._heads.window().focusWidget()
        return bool(self._model.found) or (at is not None and self._heads.isAncestorOf(at))

    def _width(self, column: Column) -> int:
        """Return how wide a column is where there is room."""
        return max(self._filled(column), 0 if column.name in self._widths else theme.px(column.width))

    def _filled(self, column: Column) -> int:
        """Return how wide a column is in which no room is left empty."""
        if column.name in self._widths:
            return theme.px(self._widths[column.name])
        content = self._content.get(column.name, theme.px(column.width))
        return max(self._measure(column), min(content, theme.px(_WIDEST)))

    def _measure(self, column: Column) -> int:
        """Return what a column's title and usual values take; measured once, for other letters make the list anew."""
        if column.name not in self._measured:
            # The fonts are known once the stylesheet was applied, which otherwise waits for the first painting.
            self._table.ensurePolished()
            self._heads.ensurePolished()
            found = least_width(column, self._heads.fontMetrics(), self._table.fontMetrics())
            self._measured[column.name] = found
        return self._measured[column.name]

    def _least(self, column: Column, name: int, *, bare: bool, text: int = _LEAST_TEXT) -> int:
        """Return how narrow a column becomes before the table scrolls sideways.

        ``name`` is for the column rows are called by, else 0; ``bare``: a day without how far off; ``text``: any other.
        """
        filled = self._filled(column)
        if column.name in self._widths or isinstance(column.kind, Option):
            return filled
        if column.shape is Shape.DAY:
            return self._measure(column) if bare else filled
        if column.shape in _WHOLE:
            return filled
        return max(min(self._measure(column), filled), min(filled, theme.px(name or text)))

    def _is_empty(self, column: Column) -> bool:
        """Say whether nothing stands in a column that nobody dragged."""
        return not self._content.get(column.name, 1) and column.name not in self._widths

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
        """Return the columns that go for want of room, none that were chosen: empty ones, spare ones, then the last."""
        columns, query = self._model.columns, self._model.query
        if {one.name for one in columns} != set(self._model.wanted.shown()):
            return set()
        # A view that comes with the program says by its chips what it leaves out.
        narrowed = {one.column for one in query.filters if one not in _come_with(query.list)}
        stays = {query.sort.column, query.group, *narrowed, *self._widths}
        widest = _widest(columns)
        can_go = [n for n in range(1, len(columns)) if columns[n] is not widest and columns[n].name not in stays]
        # What stands empty goes before anything is cut; the rest stays as long as cutting makes room.
        whole = [self._filled(one) for one in columns]
        empty = [number for number in can_go if self._is_empty(columns[number])]
        gone = _let_go(whole, reversed(empty), set(), room)

        def least(name: int, text: int) -> list[int]:
            return [self._least(one, name * (one is widest), bare=True, text=text) for one in columns]

        # What can be spared goes before a name is cut.
        spare = [number for number in can_go if columns[number].spare]
        gone = _let_go(least(_WIDEST, _FINE_TEXT), reversed(spare), gone, room)
        # What it is worth stays longest.
        rest = sorted(can_go, key=lambda number: (columns[number].shape is Shape.MONEY, -number))
        return _let_go(least(_WHOLE_NAME, _LEAST_TEXT), rest, gone, room)

    def fit(self) -> None:
        """Give what the columns leave to the widest not dragged; where they have no room, let some go and cut texts."""
        every = self._model.columns
        if not every or self._heads.count() != len(every):
            return
        room = self._table.viewport().width()
        gone = self._without(room)
        shown = [number for number in range(len(every)) if number not in gone]
        columns = [every[number] for number in shown]
        widths = self._fit(columns, room)
        # All days of a column tell how far off they are, or none.
        self._model.bare = {
            column.name
            for column, width in zip(columns, widths, strict=True)
            if column.shape is Shape.DAY and width < self._content.get(column.name, 0)
        }
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
        # What was dragged stays as it is: the rest of the room is for another.
        rest = columns.index(_widest([one for one in columns if one.name not in self._widths] or columns))
        if sum(widths) <= room:
            self._spread(columns, widths, rest, room - sum(widths))
            return widths

        def lowest(name: int, text: int, *, bare: bool) -> list[int]:
            return [
                self._least(one, name * (number == widest), bare=bare, text=text) for number, one in enumerate(columns)
            ]

        filled = [self._filled(column) for column in columns]
        if sum(filled) <= room:
            widths = _narrowed(widths, filled, sum(widths) - room)
            widths[rest] += room - sum(widths)
            return widths
        # Texts are cut a little, then how far off a day is goes, then they are cut more, the longest first.
        for name, text, bare in (
            (_WHOLE_NAME, _GOOD_TEXT, False),
            (_WHOLE_NAME, _GOOD_TEXT, True),
            (_WHOLE_NAME, _LEAST_TEXT, True),
            (_LEAST_NAME, _LEAST_TEXT, True),
        ):
            least = lowest(name, text, bare=bare)
            if sum(least) <= room:
                break
        whole = [
            low if bare and one.shape is Shape.DAY else full
            for one, low, full in zip(columns, least, filled, strict=True)
        ]
        widths = cut(whole, least, room)
        widths[rest] += max(0, room - sum(widths))
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


def _narrowed(widths: Sequence[int], least: Sequence[int], lacking: int) -> list[int]:
    """Take from each width its share of what is lacking, none below its least."""
    spare = [width - low for width, low in zip(widths, least, strict=True)]
    share = lacking / max(1, sum(spare))
    return [width - min(one, int(one * share + 0.999)) for width, one in zip(widths, spare, strict=True)]


def _let_go(widths: Sequence[int], candidates: Iterable[int], gone: set[int], room: int) -> set[int]:
    """Return the columns that are gone when one candidate after the other went until the rest fits."""
    left = set(gone)
    for number in candidates:
        if sum(width for at, width in enumerate(widths) if at not in left) <= room:
            break
        left.add(number)
    return left


@lru_cache
def _come_with(name: str) -> frozenset[Filter]:
    """Return the filters of the views that come with a list."""
    return frozenset(one for view in SHIPPED if view.query.list == name for one in view.query.filters)


def _widest(columns: Sequence[Column]) -> Column:
    """Return the column that is declared widest: what rows are called by, or what they say."""
    return max(columns, key=lambda column: column.width)
