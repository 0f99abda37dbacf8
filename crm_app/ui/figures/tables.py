"""Two tables: the lines of a section with what they are compared with, and the rows a figure stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.fields import RECORDS
from crm_app.i18n import _
from crm_app.services.figures import Row
from crm_app.ui import actions, theme
from crm_app.ui.figures.section import Line, Section, difference
from crm_app.ui.widgets.copying import Table
from crm_app.ui.widgets.record_columns import cut

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROOT = QModelIndex()
_LEAST_NAME, _SHORTEST_NAME, _LEAST_WORDS, _MOST, _PADDING, _MEASURED = 216, 100, 60, 340, 26, 200
_ROUNDING = 4
"""A text set as wide as it measures is cut where its glyphs stand between two pixels."""
_Index = QModelIndex | QPersistentModelIndex


class _Cells(QAbstractTableModel):
    """Texts, made as they are looked at; the first column is a name, the others figures unless they are ``words``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heads: Sequence[str] = ()
        self.count = 0
        self.cell: Callable[[int, int], str] = lambda _row, _column: ""
        self.words: frozenset[int] = frozenset()

    def put(self, heads: Sequence[str], count: int, cell: Callable[[int, int], str]) -> None:
        """Show other cells."""
        self.beginResetModel()
        self.heads, self.count, self.cell = heads, count, cell
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self.count

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, or how it stands."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a head's words, standing as its column does."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column and column not in self.words else _LEFT


class FigureTable(QTableView):
    """Rows walked by the arrow keys; ``taken`` carries the number of one that is clicked or entered.

    ``copy_wanted`` is Ctrl+C: the whole table is meant.
    """

    taken = Signal(int)
    copy_wanted = Signal()

    def __init__(self, parent: QWidget, name: str, *, by_click: bool) -> None:
        super().__init__(parent)
        self.cells = _Cells(self)
        self.setModel(self.cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        # In line with the header, whose sections have the same padding.
        self.setProperty("role", "padded")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self._widths: list[int] = []
        self._least: list[int] = []
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        (self.clicked if by_click else self.doubleClicked).connect(lambda index: self.taken.emit(index.row()))
        actions.make("open", self, self._take)
        actions.make("copy_rows", self, self.copy_wanted.emit)

    def _take(self) -> None:
        if self.currentIndex().isValid():
            self.taken.emit(self.currentIndex().row())

    def fill(self, heads: Sequence[str], count: int, cell: Callable[[int, int], str]) -> None:
        """Show other cells, each column as wide as its words; the name takes what is left.

        Where there is too little for it, the others give up what stands empty in them, and what is no figure is cut.
        """
        self.cells.put(heads, count, cell)
        self.horizontalHeader().ensurePolished()
        metrics, small = QFontMetrics(self.font()), self.horizontalHeader().fontMetrics()
        self._widths, self._least = [], []
        for column, title in enumerate(heads):
            words = (cell(row, column) for row in range(min(count, _MEASURED)))
            longest = max((metrics.horizontalAdvance(text) for text in words), default=0)
            whole = max(longest, metrics.horizontalAdvance(title)) + theme.px(_PADDING)
            cut_to = theme.px(_LEAST_WORDS) if column in self.cells.words else longest
            least = max(small.horizontalAdvance(title), min(cut_to, longest)) + 2 * theme.S + _ROUNDING
            self._widths.append(min(whole, theme.px(_MOST)))
            self._least.append(min(least, self._widths[-1]))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name what the figures leave."""
        super().resizeEvent(event)
        self._fit()

    def wanted_width(self) -> int:
        """Return the width in which no cell is cut, up to what a long name may take."""
        return sum(self._widths) + 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()

    def least_width(self) -> int:
        """Return the width in which only the name is cut: below it the table scrolls sideways."""
        name = self._widths[0] if self._widths else 0
        return self.wanted_width() - name + min(name, theme.px(_LEAST_NAME))

    def _fit(self) -> None:
        if not self._widths:
            return
        room, name = self.viewport().width(), min(self._widths[0], theme.px(_LEAST_NAME))
        if sum(self._least[1:]) > room - name:
            name = min(name, theme.px(_SHORTEST_NAME))
        others = cut(self._widths[1:], self._least[1:], room - name)
        widths = [max(room - sum(others), name), *others]
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, width)

    def table(self) -> Table:
        """Return every cell as it is read."""
        heads = self.cells.heads
        rows = [[self.cells.cell(row, column) for column in range(len(heads))] for row in range(self.cells.count)]
        return Table(heads, rows)


class LineTable(FigureTable):
    """The lines of a section; Enter or a click shows a line's rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Figures as a table"), by_click=True)

    def put(self, section: Section, measure: int, names: Sequence[str]) -> None:
        """Show a section; what is compared is the chosen measure."""
        compared = section.compared and len(names) > 1 and any(line.then for line in section.lines)
        # Beside what it is compared with, the one measure that is drawn is enough.
        shown = [measure] if compared else list(range(len(section.measures)))
        heads = [section.title, *(section.measures[place].name for place in shown)]
        heads += [_("Compared"), _("Difference"), _("Growth")] if compared else []
        growth = len(heads) - 1
        heads += section.columns
        texts = [_texts(section, line, shown, compared=compared) for line in section.lines]
        if compared and not any(line[growth] for line in texts):
            heads, texts = (
                [*heads[:growth], *heads[growth + 1 :]],
                [[*line[:growth], *line[growth + 1 :]] for line in texts],
            )
        self.cells.words = frozenset(
            column for column in range(1, len(heads)) if _words(line[column] for line in texts)
        )
        self.fill(heads, len(texts), lambda row, column: texts[row][column])


def _words(texts: Iterable[str]) -> bool:
    """Say whether a column holds words, which stand on the left, and no figures."""
    told = [text for text in texts if text]
    return bool(told) and not any(text[0].isdigit() or text[0] in "+−—" for text in told)


def _texts(section: Section, line: Line, measures: Sequence[int], *, compared: bool) -> list[str]:
    texts = [line.name]
    for place in measures:
        asked, now = section.measures[place], line.values[place] if line.values else None
        texts.append("" if now is None else asked.show(now))
        if compared:
            then = line.then[place] if line.then else None
            texts += ["" if then is None else asked.show(then), *difference(asked, now, then)]
    return [*texts, *(line.cells or [""] * len(section.columns))]


class RowTable(FigureTable):
    """The rows a figure stands on; Enter or a double click goes to the record."""

    row_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Rows"), by_click=False)
        self.rows: Sequence[Row] = ()
        self.taken.connect(lambda row: self.row_wanted.emit(self.rows[row].id))
        self.put(())

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows, the one stood on before chosen again where it is among them."""
        at = self.currentIndex().row()
        before = self.rows[at].id if 0 <= at < len(self.rows) else None
        self.rows = rows
        self.fill((_("Name"), _("Day"), _("Amount")), len(rows), self._text)
        if rows:
            self.selectRow(next((place for place, row in enumerate(rows) if row.id == before), 0))

    def _text(self, row: int, column: int) -> str:
        one = self.rows[row]
        match column:
            case 0:
                return one.title or _(RECORDS[one.table].label)
            case 1:
                return days.show_day(one.day) if one.day else ""
            case _ if one.cents:
                return amounts.show_money(one.cents, Currency.USD)
            case _:
                return amounts.show_yi(one.yuan) if one.yuan else ""
