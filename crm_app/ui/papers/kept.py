"""The papers that were kept: found by their words, narrowed by state, each with its state as a badge."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.domain import days, pinyin
from crm_app.domain.counting import Window
from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, IssuedPaper, PaperState
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import paint_badge
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.windows_of_days import words_of

_Index = QModelIndex | QPersistentModelIndex
_ID = Qt.ItemDataRole.UserRole
STATE = Qt.ItemDataRole.UserRole + 1
_UNDER = Qt.ItemDataRole.UserRole + 2
_BADGES = {PaperState.DRAFT: "on_hold", PaperState.REVIEW: "mou", PaperState.FINAL: "producing"}
"""The stage in whose colours a state stands."""
_LINES = 2.1


class _Painter(QStyledItemDelegate):
    """Two lines: the title, then the state as a badge and what the paper is of."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, round(theme.ROW * _LINES))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        painter.save()
        chosen = theme.fill_row(painter, option)
        colours = theme.colours()
        inner = rect.adjusted(theme.S, theme.XS, -theme.S, -theme.XS)
        half = inner.height() // 2
        title = QRect(inner.left(), inner.top(), inner.width(), half)
        under = QRect(inner.left(), inner.top() + half, inner.width(), half)
        painter.setPen(QColor(colours.on_soft if chosen else colours.text))
        self._line(painter, title, index.data(Qt.ItemDataRole.DisplayRole))
        state: PaperState = index.data(STATE)
        badge = colours.stage(_BADGES[state])
        taken = paint_badge(painter, under, _(PAPER_STATE_LABELS[state]), badge, outlined=chosen)
        small = QFont(painter.font())
        small.setPixelSize(theme.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(colours.on_soft if chosen else colours.muted))
        self._line(painter, under.adjusted(taken + theme.S, 0, 0, 0), index.data(_UNDER))
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Kept(QWidget):
    """The kept papers, newest first; a click or Enter opens one."""

    wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._all: Sequence[IssuedPaper] = ()
        self._marked: UUID | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        self.search = TextField(self, placeholder=_("Title or initials"), label=_("Find in the kept papers"))
        self.search.textChanged.connect(lambda _text: self._show())
        column.addWidget(self.search)
        self.state = QComboBox(self)
        self.state.setAccessibleName(_("State"))
        self.state.addItem(_("All states"), None)
        for state in PaperState:
            self.state.addItem(_(PAPER_STATE_LABELS[state]), state)
        self.state.currentIndexChanged.connect(lambda _index: self._show())
        column.addWidget(self.state)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Kept papers"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._empty = EmptyState("", parent=self)
        self._shown = QStackedWidget(self)
        self._shown.addWidget(self.list)
        self._shown.addWidget(self._empty)
        column.addWidget(self._shown, 1)
        self.setTabOrder(self.search, self.state)
        self.setTabOrder(self.state, self.list)

    def reload(self) -> None:
        """Read the kept papers anew."""
        self._session.read(papers.list_papers, self._take_all, owner=self)

    def _take_all(self, kept: Sequence[IssuedPaper]) -> None:
        self._all = kept
        self._show()

    def _show(self) -> None:
        state, words = self.state.currentData(), self.search.text().strip().lower()
        fitting = [one for one in self._all if state in (None, one.state) and _fits(one, words)]
        self.list.clear()
        for one in fitting:
            item = QListWidgetItem(one.title)
            item.setData(_ID, one.id)
            item.setData(STATE, one.state)
            item.setData(_UNDER, _under(one))
            item.setToolTip(one.title)
            self.list.addItem(item)
        if self._all:
            self._empty.say(_("No kept paper is like that"), _("Look for other words, or in all states."))
        else:
            self._empty.say(_("None yet"), _("A paper that was made is kept as a draft from the right."))
        walked = self.window().focusWidget() is self.list
        self._shown.setCurrentWidget(self.list if fitting else self._empty)
        self.mark(self._marked)
        if walked:
            self.focus_first()

    def mark(self, paper: UUID | None) -> None:
        """Put the cursor on a kept paper, or on none."""
        self._marked = paper
        rows = range(self.list.count()) if paper is not None else ()
        self.list.setCurrentRow(next((row for row in rows if self.list.item(row).data(_ID) == paper), -1))

    def _take(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(_ID))

    def focus_first(self) -> None:
        """Let the arrow keys walk the papers, which may be read yet, or words be typed where there are none to walk."""
        if self._shown.currentWidget() is self.list:
            # Before it has the keyboard: with it a list stands on its first row, but does not choose it.
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.search.setFocus()


def _fits(one: IssuedPaper, words: str) -> bool:
    return not words or words in one.title.lower() or words in pinyin.initials(one.title)


def _under(one: IssuedPaper) -> str:
    """Return the kind, and the window or the day it was issued."""
    parts = [_(PAPER_KIND_LABELS[one.kind])]
    if one.issued_at is not None:
        parts.append(days.show_date(clock.local(one.issued_at).date()))
    elif one.from_on and one.to_on:
        parts.append(words_of(Window(one.from_on, one.to_on)))
    return " · ".join(parts)
