"""Step 2 of a sheet: what each column means, with its first values and the evidence; changed beside the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QWidget

from crm_app.i18n import _
from crm_app.services.imports import POLICY_LABELS
from crm_app.ui import theme
from crm_app.ui.imports.column_editor import ColumnEditor
from crm_app.ui.imports.column_rows import ColumnRow, rows_of
from crm_app.ui.imports.shown import Shown
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import CELL, Cell, CellPainter
from crm_app.ui.widgets.record_columns import cut

_Index = QModelIndex | QPersistentModelIndex
_BETWEEN = " · "
_WIDTHS, _LEAST = (140, 160, 176, 56, 116), (120, 64, 128, 56, 80)
"""How wide the columns are, and how narrow they become; the last has the rest, or goes where that is less than:"""
_EVIDENCE = 180
_GROWING = (1, 2)
"""Which have what the last leaves: the first values and what the column means."""
_UNIT = 3


class _Columns(QAbstractTableModel):
    def __init__(self, rows: Sequence[ColumnRow], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = rows
        titles = (_("Header in the file"), _("First values"), _("Taken for"), _("Unit"), _("If they differ"))
        self._titles = (*titles, _("Taken so because"))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = _cell(self.rows[index.row()], index.column())
        return cell if role == CELL else cell.text


def _cell(row: ColumnRow, column: int) -> Cell:
    if column == 0:
        return Cell(row.header)
    if column == 1:
        return Cell(_BETWEEN.join(row.values), tone="muted")
    if column == 2:
        if row.question is not None:
            colours = theme.colours()
            return Cell(_("{title}: which day?").format(title=row.title), badge=_badge(colours))
        return Cell(row.title) if row.target else Cell(_("Not taken"), tone="gap")
    if column == _UNIT:
        return Cell(row.unit)
    if column == 4:
        return Cell(_(POLICY_LABELS[row.policy]) if row.target else "", tone="text" if row.own_policy else "muted")
    return Cell(row.evidence, tone="muted")


def _badge(colours: theme.Palette) -> theme.Badge:
    return theme.Badge(colours.warn_soft, colours.gap)


class Columns(QWidget):
    """The table and, beside it, the column under the cursor. Enter goes from the table to what the column means."""

    target_wanted = Signal(int, str)
    unit_wanted = Signal(int, str)
    order_wanted = Signal(int, object)
    policy_wanted = Signal(object, str)

    def __init__(self, session: Session, shown: Shown, sheet: int, at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = rows_of(shown, sheet)
        self.table = self._make_table()
        self.editor = ColumnEditor(session, shown.plan.sheets[sheet].kind, self)
        self.editor.target_wanted.connect(self.target_wanted)
        self.editor.unit_wanted.connect(self.unit_wanted)
        self.editor.order_wanted.connect(self.order_wanted)
        self.editor.policy_wanted.connect(self.policy_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.XS, 0, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(self.table, 2)
        layout.addWidget(self.editor, 1)
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.table.activated.connect(lambda _index: self.editor.focus_first())
        asked = next((place for place, row in enumerate(self.rows) if row.question is not None), 0)
        here = [place for place, row in enumerate(self.rows) if row.index == at]
        self.table.selectRow(here[0] if here else asked)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(_Columns(self.rows, self))
        table.setItemDelegate(CellPainter(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setWordWrap(False)
        table.setAccessibleName(_("Columns"))
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        table.viewport().installEventFilter(self)
        return table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Divide the table's width among the columns; what the last one tells stands beside the table too."""
        if event.type() is QEvent.Type.Resize and watched is self.table.viewport():
            head, room = self.table.horizontalHeader(), self.table.viewport().width()
            # A ledger without amounts has no units to tell.
            gone = () if any(row.unit for row in self.rows) else (_UNIT,)
            head.setSectionHidden(_UNIT, bool(gone))
            widths, least = (
                [0 if place in gone else theme.px(width) for place, width in enumerate(some)]
                for some in (_WIDTHS, _LEAST)
            )
            spare = room - sum(widths)
            head.setSectionHidden(len(_WIDTHS), spare < theme.px(_EVIDENCE))
            if head.isSectionHidden(len(_WIDTHS)) and spare > 0:
                for place in _GROWING:
                    widths[place] += spare // len(_GROWING)
            for number, width in enumerate(cut(widths, least, room)):
                if number not in gone:
                    head.resizeSection(number, width)
        return super().eventFilter(watched, event)

    @property
    def at(self) -> int:
        """The column of the sheet under the cursor, from 0."""
        row = self.table.currentIndex().row()
        return self.rows[row].index if 0 <= row < len(self.rows) else 0

    def _show(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.editor.show_column(self.rows[index.row()])

    def focus_first(self) -> None:
        """Let the arrow keys walk the columns."""
        self.table.setFocus()
