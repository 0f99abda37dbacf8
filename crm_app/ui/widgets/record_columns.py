"""The columns of a list that is read whole: as wide as what stands in them, within the room of the window.

Where there is room nothing is cut; where there is little, columns give up first what stands empty in them; those that
can be spared go while names and texts would be cut to little, then the longest texts are cut, and columns in which
nothing stands go. Only then the table scrolls sideways. What the user dragged stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from crm_app.settings import Settings
from crm_app.ui import theme
from crm_app.ui.widgets import list_memory
from crm_app.ui.widgets.cells import Cell, Column, cell_width
from crm_app.ui.widgets.paging import PagedRows

_KEEP_MS = 800
_MEASURED = 40
"""Rows that are measured: what stands below the first screens is cut where it is longer."""
_WIDEST = 320
"""No text takes more before the columns that stretch have theirs."""
_LEAST_NAME, _LEAST_TEXT = 120, 64
_GOOD_NAME, _GOOD_TEXT = 200, 110
"""How wide names and texts stay while columns that can be spared are there."""
_NAME, _TEXT = 220, 150
"""What columns that stretch ask for, the first and the next ones; the rest they have of what is left."""
_ARROW = 16
_ROUNDING = 4
"""A text set as wide as it measures is cut where its glyphs stand between two pixels."""


class RecordColumns(QObject):
    """Keeps the head of one list in step with its rows and its room. Widths are kept in pixels of the design."""

    def __init__(self, settings: Settings, name: str, model: PagedRows[Any], table: QTableView) -> None:
        super().__init__(table)
        self._settings, self._name, self._model, self._table = settings, f"list-{name}", model, table
        self._fitting = False
        names, self._dragged = list_memory.recall_columns(settings, self._name)
        self._content = [0] * len(model.columns)
        self._prepare(names)
        pause = QTimer(self, singleShot=True, interval=_KEEP_MS)
        pause.timeout.connect(self._keep)
        self._head.sectionResized.connect(self._note)
        # Dragging a border reports every pixel, and each save reaches the disk.
        self._head.sectionResized.connect(lambda *_sizes: None if self._fitting else pause.start())
        self._head.sectionMoved.connect(lambda *_places: pause.start())
        model.filled.connect(self._measure)
        table.viewport().installEventFilter(self)

    @property
    def _head(self) -> QHeaderView:
        """The table's head, asked for each time: what PySide once answered may be the head of a table that is gone."""
        return self._table.horizontalHeader()

    def _prepare(self, names: Sequence[str]) -> None:
        """Put the heads in the order they were left in, each as wide as was designed."""
        head, columns = self._head, self._model.columns
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        places = {column.id: number for number, column in enumerate(columns)}
        for at, number in enumerate(places[one] for one in names if one in places):
            head.moveSection(head.visualIndex(number), at)
        for number, column in enumerate(columns):
            head.resizeSection(number, theme.px(self._dragged.get(column.id, column.width)))
            mode = QHeaderView.ResizeMode.Fixed if column.stretch else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(number, mode)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns to the table's width."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _note(self, number: int, _before: int, width: int) -> None:
        """Note what the user drags; the columns that stretch take the rest."""
        if not self._fitting:
            self._dragged[self._model.columns[number].id] = round(width * 100 / theme.px(100))
            self._fit()

    def _keep(self) -> None:
        if not shiboken6.isValid(self._table):
            # The window was built anew meanwhile.
            return
        columns = self._model.columns
        order = sorted(range(len(columns)), key=self._head.visualIndex)
        list_memory.keep_columns(self._settings, self._name, [columns[one].id for one in order], self._dragged)

    def _measure(self) -> None:
        """Measure what stands in the columns now."""
        if not shiboken6.isValid(self._table):
            # The model was filled once more after its table was gone.
            return
        # The fonts are known once the stylesheet was applied, which otherwise waits for the first painting.
        self._table.ensurePolished()
        self._head.ensurePolished()
        rows = self._model.rows()[:_MEASURED]
        small = QFont(self._table.font())
        small.setPixelSize(theme.SMALL)
        metrics = QFontMetrics(self._table.font()), QFontMetrics(small)
        self._content = [
            max([self._title(column), *(self._room(column.cell(row), *metrics) for row in rows)])
            for column in self._model.columns
        ]
        self._fit()

    def _title(self, column: Column[Any]) -> int:
        arrow = theme.px(_ARROW) if column.sort else 0
        return self._head.fontMetrics().horizontalAdvance(column.title) + arrow + 2 * theme.S + _ROUNDING

    @staticmethod
    def _room(cell: Cell, text: QFontMetrics, small: QFontMetrics) -> int:
        return cell_width(cell, text, small) + 2 * theme.S + _ROUNDING

    def _fit(self) -> None:
        """Give every column its width."""
        room = self._table.viewport().width()
        shown = list(range(len(self._model.columns)))
        empty = [number for number in shown if self._is_empty(number)]
        spare = [number for number in shown if number not in empty and self._is_spare(number)]
        for going, narrow in ((empty, self._least), (spare, self._good)):
            for gone in reversed(going):
                if sum(map(narrow, shown)) <= room:
                    break
                shown.remove(gone)
        widths = self._widths(shown, room)
        self._fitting = True
        for number in range(len(self._model.columns)):
            self._head.setSectionHidden(number, number not in shown)
        for number, width in zip(shown, widths, strict=True):
            self._head.resizeSection(number, width)
        self._fitting = False

    def _widths(self, shown: Sequence[int], room: int) -> list[int]:
        wanted, filled, least = map(self._wanted, shown), map(self._filled, shown), map(self._least, shown)
        widths, narrower = list(wanted), list(filled)
        if sum(widths) > room:
            lacking, spare = sum(widths) - room, sum(widths) - sum(narrower)
            share = min(1.0, lacking / max(1, spare))
            widths = [wide - math.ceil((wide - narrow) * share) for wide, narrow in zip(widths, narrower, strict=True)]
        if sum(widths) > room:
            widths = cut(widths, list(least), room)
        self._spread(shown, widths, room - sum(widths))
        return widths

    def _is_empty(self, number: int) -> bool:
        """Say whether nothing stands in a column that nobody dragged or sorts by: it may go for want of room."""
        column = self._model.columns[number]
        rows = self._model.rows()[:_MEASURED]
        used = bool(column.sort) or column.id in self._dragged or number == 0
        return not used and bool(rows) and not any(column.cell(row).text for row in rows)

    def _is_spare(self, number: int) -> bool:
        column = self._model.columns[number]
        return column.spare and column.id not in self._dragged

    def _wanted(self, number: int) -> int:
        """Return how wide a column is where there is room."""
        column = self._model.columns[number]
        if column.stretch or column.id in self._dragged:
            return self._filled(number)
        return max(theme.px(column.width), self._filled(number))

    def _filled(self, number: int) -> int:
        """Return how wide a column is in which no room is left empty."""
        column = self._model.columns[number]
        if column.id in self._dragged:
            return theme.px(self._dragged[column.id])
        most = (_TEXT if number else _NAME) if column.stretch else _WIDEST
        return min(self._content[number] or theme.px(column.width), theme.px(most))

    def _least(self, number: int) -> int:
        """Return how narrow a column becomes before the table scrolls sideways; figures say nothing once cut."""
        column, filled = self._model.columns[number], self._filled(number)
        if column.right or column.id in self._dragged:
            return filled
        return min(filled, max(self._title(column), theme.px(_LEAST_TEXT if number else _LEAST_NAME)))

    def _good(self, number: int) -> int:
        """Return how narrow a column becomes while others can be spared."""
        return max(self._least(number), min(self._filled(number), theme.px(_GOOD_TEXT if number else _GOOD_NAME)))

    def _spread(self, shown: Sequence[int], widths: list[int], left: int) -> None:
        """Give what is left to the columns that stretch: first what they lack, then by their design."""
        columns = [self._model.columns[number] for number in shown]
        stretching = [at for at, one in enumerate(columns) if one.stretch and one.id not in self._dragged]
        for at in stretching:
            lacking = min(self._content[shown[at]], theme.px(_WIDEST)) - widths[at]
            widths[at] += max(0, min(left, lacking))
            left -= max(0, min(left, lacking))
        whole = sum(columns[at].width for at in stretching)
        for at in stretching:
            share = max(0, left) * columns[at].width // max(1, whole)
            widths[at] += share
            left, whole = left - share, whole - columns[at].width


def cut(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths that fit, the widest cut first: what is short, such as a day, stays whole as long as it can."""
    low, high = 0, max(widths, default=0)
    while low < high:
        most = (low + high + 1) // 2
        if sum(max(low_one, min(one, most)) for one, low_one in zip(widths, least, strict=True)) <= room:
            low = most
        else:
            high = most - 1
    return [max(low_one, min(one, low)) for one, low_one in zip(widths, least, strict=True)]
