"""The list of backups: when, why, where, how large; the newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from crm_app import clock
from crm_app.i18n import _
from crm_app.services import backups
from crm_app.services.backups import Found
from crm_app.ui import theme
from crm_app.ui.widgets.cells import CELL, Cell, CellPainter


def when(at_ms: int) -> str:
    """Return an instant to the minute, on the wall clock."""
    return clock.local(at_ms).strftime("%Y-%m-%d %H:%M")


def megabytes(size: int) -> str:
    """Return a size as people say it."""
    return _("{n} MB").format(n=f"{size / 1_000_000:.1f}")


class BackupTable(QTableWidget):
    """Rows are chosen, not changed. ``chosen`` tells of the row under the cursor, None where there is none."""

    chosen = Signal(object)

    def __init__(self, book: Path, second: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._book, self._second = book, second
        self._found: list[Found] = []
        self.setAccessibleName(_("Backups"))
        self.setHorizontalHeaderLabels([_("When"), _("Made"), _("Where it is"), _("Size")])
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((205, 110, 0, 72)):
            if width:
                self.setColumnWidth(column, theme.px(width))
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.current))

    @property
    def current(self) -> Found | None:
        """The backup under the cursor."""
        row = self.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def take_second(self, second: Path | None) -> None:
        """Call another folder the second place from now on."""
        self._second = second

    def show_all(self, found: Sequence[Found]) -> None:
        """Show these backups; the cursor stays on the one it was on, or goes to the newest sound one."""
        before = self.current.path if self.current else None
        self.blockSignals(True)
        self._found = list(found)
        self.setRowCount(len(found))
        now = clock.now_ms()
        for row, one in enumerate(found):
            cells = (
                Cell(when(one.at), hint=backups.age_in_words(one.at, now)),
                Cell(_(backups.LABELS[one.kind])),
                Cell(self._place(one)),
                Cell(megabytes(one.size)),
            )
            for column, cell in enumerate(cells):
                item = QTableWidgetItem()
                item.setData(CELL, cell)
                item.setData(Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignLeft.value)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.text)
                item.setToolTip(str(one.path))
                self.setItem(row, column, item)
        # What was kept of a damaged book is there to be looked at, not to begin with.
        first = next((row for row, one in enumerate(found) if one.kind is not backups.Kind.DAMAGED), 0)
        at = next((row for row, one in enumerate(found) if one.path == before), first)
        if found:
            self.setCurrentCell(at, 0)
        self.blockSignals(False)
        self.chosen.emit(self.current)

    def _place(self, found: Found) -> str:
        folder = found.path.parent
        if folder == backups.folder_of(self._book).absolute():
            return _("beside the book")
        if self._second is not None and folder == self._second.absolute():
            return _("second place")
        return str(folder)
