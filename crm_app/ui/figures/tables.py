"""Two small tables: the lines of a section, and the rows a figure stands on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from crm_app.domain import amounts, days
from crm_app.domain.fields import RECORDS
from crm_app.i18n import _
from crm_app.services.figures import Row
from crm_app.ui import theme
from crm_app.ui.figures.sections import Line, Section

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Table(QTableWidget):
    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        # In line with the header, whose sections have the same padding.
        self.setProperty("role", "padded")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.horizontalHeader().setHighlightSections(False)

    def _head(self, titles: Sequence[str], widths: Sequence[int]) -> None:
        self.setColumnCount(len(titles))
        for number, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if number else _LEFT)
            self.setHorizontalHeaderItem(number, item)
        head = self.horizontalHeader()
        for number, width in enumerate(widths):
            stretch = QHeaderView.ResizeMode.Stretch if not width else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(number, stretch)
            if width:
                head.resizeSection(number, width)

    def _put(self, row: int, column: int, text: str, *, right: bool = False) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        if right:
            item.setTextAlignment(_RIGHT)
        self.setItem(row, column, item)


class LineTable(_Table):
    """The lines of a section; Enter or a click shows a line's rows."""

    line_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Figures"))
        self._lines: Sequence[Line] = ()
        self.cellActivated.connect(lambda row, _column: self.line_wanted.emit(self._lines[row]))
        self.cellClicked.connect(lambda row, _column: self.line_wanted.emit(self._lines[row]))

    def put(self, section: Section) -> None:
        """Show another section."""
        self._lines = section.lines
        wide = 300 if len(section.columns) == 1 else 110
        self._head((section.title, *section.columns), (0, *(wide for _column in section.columns)))
        self.setRowCount(len(section.lines))
        for row, line in enumerate(section.lines):
            self._put(row, 0, line.name)
            for column, text in enumerate(line.cells, 1):
                self._put(row, column, text, right=True)


class RowTable(_Table):
    """The rows a figure stands on; Enter or a double click goes to the record."""

    row_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Rows"))
        self._ids: list[UUID] = []
        self._head((_("Name"), _("Day"), _("Amount")), (0, 116, 90))
        self.cellActivated.connect(lambda row, _column: self.row_wanted.emit(self._ids[row]))
        self.cellDoubleClicked.connect(lambda row, _column: self.row_wanted.emit(self._ids[row]))

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._ids = [row.id for row in rows]
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            self._put(number, 0, row.title or _(RECORDS[row.table].label))
            self._put(number, 1, days.show_day(row.day) if row.day else "", right=True)
            self._put(number, 2, amounts.show_yi(row.yuan) if row.yuan else "", right=True)
