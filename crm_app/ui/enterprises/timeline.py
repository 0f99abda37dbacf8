"""The timeline of an enterprise: visits, follow-ups, progress, changes, newest first, narrowed by tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.services.enterprises import TimelineEntry
from crm_app.ui import actions, theme
from crm_app.ui.enterprises.events import LINE, TAB_LABELS, Month, Tab, TimelineLines
from crm_app.ui.widgets.empty import EmptyState

_Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    "visit": "map-pin",
    "reception": "users",
    "follow_up": "note",
    "stage": "arrow-right",
    "lead": "briefcase",
    "edit": "pencil",
}
_DAY_WIDTH = 48
_MARK_WIDTH = 28
_MARK = 16
_HEAD = 32
_MOST_LINES = 3
_WHOLE = 400


def _wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return the text's lines at a width, the last one cut with “…” where more follow."""
    lines: list[str] = []
    metrics = QFontMetrics(font)
    for paragraph in text.splitlines():
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            lines.append(paragraph[start : start + line.textLength()])
        layout.endLayout()
    if len(lines) > most:
        lines = [*lines[: most - 1], metrics.elidedText(f"{lines[most - 1]}…", Qt.TextElideMode.ElideRight, width)]
    return lines


class TimelinePainter(QStyledItemDelegate):
    """Paints an entry: its day, its mark, its title, and up to three lines of what was said; all once opened."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.opened: set[TimelineEntry] = set()

    def _text_lines(self, entry: TimelineEntry) -> list[str]:
        width = self._view.viewport().width() - theme.px(_DAY_WIDTH + _MARK_WIDTH) - 3 * theme.M
        return _wrapped(entry.text, self._view.font(), max(width, 80), _WHOLE if entry in self.opened else _MOST_LINES)

    def is_cut(self, entry: TimelineEntry) -> bool:
        """Say whether more was said than is shown unopened."""
        width = self._view.viewport().width() - theme.px(_DAY_WIDTH + _MARK_WIDTH) - 3 * theme.M
        return len(_wrapped(entry.text, self._view.font(), max(width, 80), _WHOLE)) > _MOST_LINES

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room its lines take."""
        line = index.data(LINE)
        if isinstance(line, Month):
            return theme.size(200, _HEAD)
        height = self._view.fontMetrics().lineSpacing() * (1 + len(self._text_lines(line)))
        return QSize(200, height + 2 * theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = index.data(LINE)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(self._view.font())
        if isinstance(line, Month):
            painter.setPen(QColor(theme.colours().muted))
            self._bold(painter, True)
            inner = rect.adjusted(theme.M, theme.S, -theme.M, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.title)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._entry(painter, rect, line, chosen, hovered)
        painter.restore()

    @staticmethod
    def _bold(painter: QPainter, on: bool) -> None:
        font = QFont(painter.font())
        font.setBold(on)
        painter.setFont(font)

    def _entry(self, painter: QPainter, rect: QRect, entry: TimelineEntry, chosen: bool, hovered: bool) -> None:
        colours = theme.colours()
        if chosen or hovered:
            painter.fillRect(rect, QColor(colours.accent_soft if chosen else colours.hover))
        text, quiet = (colours.on_soft, colours.on_soft) if chosen else (colours.text, colours.muted)
        height = painter.fontMetrics().lineSpacing()
        top = rect.top() + theme.S
        left = rect.left() + theme.M
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(quiet))
        painter.drawText(QRect(left, top, theme.px(_DAY_WIDTH), height), side, f"{entry.on:%m-%d}")
        mark = left + theme.px(_DAY_WIDTH)
        is_edit = entry.kind == "edit"
        side_of_mark = theme.px(_MARK)
        below = QRect(mark + side_of_mark // 2, top + height + 4, 1, rect.bottom() - top - height - 4)
        painter.fillRect(below, QColor(colours.border))
        role = "muted" if is_edit else "accent"
        theme.icon(_ICONS.get(entry.kind, "note"), role).paint(
            painter, mark, top + (height - side_of_mark) // 2, side_of_mark, side_of_mark
        )
        words = mark + theme.px(_MARK_WIDTH)
        width = rect.right() - words - theme.M
        painter.setPen(QColor(quiet if is_edit else text))
        self._bold(painter, not is_edit)
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(words, top, width, height), side, title)
        self._bold(painter, False)
        painter.setPen(QColor(quiet if is_edit else text))
        ascent = painter.fontMetrics().ascent()
        for number, one in enumerate(self._text_lines(entry), start=1):
            painter.drawText(QPointF(words, top + number * height + ascent), one)


class _List(QListView):
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class Timeline(QWidget):
    """The tabs and the list. ``opened`` carries an entry with a page of its own."""

    opened = Signal(object)

    def __init__(self, first_step: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # In a low window it gives way to what stands above and below, and scrolls.
        self.setMinimumHeight(3 * theme.ROW)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(_("Narrow the timeline"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for tab in Tab:
            self.tabs.addTab(_(TAB_LABELS[tab]))
        self.tabs.currentChanged.connect(self._narrow)
        self.lines = TimelineLines(self)
        self.list = _List(self)
        self.list.setModel(self.lines)
        self.painter = TimelinePainter(self.list)
        self.list.setItemDelegate(self.painter)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Timeline"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(lambda _index: self._open())
        actions.make("open", self.list, self._open)
        empty = EmptyState(
            _("Nothing happened yet"),
            _("Visits, follow-ups, progress and changes gather here by themselves."),
            icon="note",
            step=_("Log a follow-up"),
            run=first_step,
            parent=self,
        )
        self._none = EmptyState(_("Nothing of this kind yet"), icon="filter", parent=self)
        self._stack = QStackedLayout()
        for part in (self.list, empty, self._none):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.tabs)
        layout.addLayout(self._stack, 1)

    def put(self, entries: Sequence[TimelineEntry]) -> None:
        """Show other entries, keeping the tab and the place."""
        row = self.list.currentIndex().row()
        self.lines.put(entries)
        for number, tab in enumerate(Tab):
            count = self.lines.count(tab)
            words = _(TAB_LABELS[tab])
            self.tabs.setTabText(number, f"{words} {count}" if count and tab is not Tab.ALL else words)
        self._show(max(row, 1))

    def _narrow(self, number: int) -> None:
        self.lines.narrow(list(Tab)[number])
        self._show(1)

    def _show(self, row: int) -> None:
        rows = self.lines.rowCount()
        if rows:
            self._stack.setCurrentIndex(0)
            row = min(row, rows - 1)
            row = row if isinstance(self.lines.line(row), TimelineEntry) else row + 1
            self.list.setCurrentIndex(self.lines.index(row))
        else:
            self._stack.setCurrentIndex(2 if self.lines.count(Tab.ALL) else 1)

    def current(self) -> TimelineEntry | None:
        """Return the entry under the cursor."""
        index = self.list.currentIndex()
        line = self.lines.line(index.row()) if index.isValid() else None
        return line if isinstance(line, TimelineEntry) else None

    def _open(self) -> None:
        """Go where the entry has a page of its own, else show all of what it says, or less again."""
        entry = self.current()
        if entry is None:
            return
        if entry.kind in ("visit", "stage", "lead"):
            self.opened.emit(entry)
        elif self.painter.is_cut(entry):
            self.painter.opened ^= {entry}
            self.list.scheduleDelayedItemsLayout()
