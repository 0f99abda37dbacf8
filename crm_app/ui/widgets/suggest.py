"""A field that offers what fits while one types: search, record pickers and choices all use it.

The offers are a child of the window, not a popup: Chinese input fails in Qt.Popup fields, and a popup takes the focus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets import emphasis
from crm_app.ui.widgets.text_field import TextField

_MOST_SHOWN = 9
_LEAST_WIDTH = 320
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Suggestion:
    """One offer: its text, a quiet detail on the right, and what choosing it means; None: it only says something.

    ``spans`` are the places in the text to emphasise, from–to in characters; ``keys`` the shortcut that does the same.
    A ``heading`` stands above those it gathers.
    """

    text: str
    value: Any
    detail: str = ""
    icon: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    keys: str = ""
    heading: bool = False


Answer = Callable[[Sequence[Suggestion]], None]
Ask = Callable[[str, Answer], object]
"""Asked with the typed text, it calls the answer now (a list at hand) or later (a read of the book)."""


class _Offers(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Suggestion] = ()

    def put(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) if self.rows[index.row()].value is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (row.text, row.detail, row.keys) if part)
        return None


_ICON = 16


class _OfferPainter(QStyledItemDelegate):
    def __init__(self, offers: _Offers) -> None:
        super().__init__(offers)
        self._offers = offers

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme.px(120), theme.ROW + theme.XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, colours = self._offers.rows[index.row()], theme.colours()
        rect = option.rect
        if row.heading:
            _draw_heading(painter, rect, row.text)
            return
        chosen = bool(theme.state_of(option) & theme.State.SELECTED)
        if chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        inner = rect.adjusted(theme.S, 0, -theme.S, 0)
        side = theme.px(_ICON)
        if row.icon:
            at = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            theme.icon(row.icon, "muted").paint(painter, at)
        if any(one.icon for one in self._offers.rows):
            # A row without one stands in line with the others.
            inner.setLeft(inner.left() + side + theme.S)
        metrics = painter.fontMetrics()
        if row.keys:
            inner.setRight(_draw_keys(painter, inner, row.keys) - theme.S)
        detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, inner.width() // 2)
        painter.setPen(QColor(colours.on_soft if chosen else colours.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        inner.setRight(inner.right() - metrics.horizontalAdvance(detail) - theme.S)
        text, spans = emphasis.fitted(row.text, row.spans, _bold(painter) if row.spans else metrics, inner.width())
        plain = colours.muted if row.value is None else colours.text
        painter.setPen(QColor(colours.on_soft if chosen else plain))
        emphasis.draw(painter, inner, text, spans, QColor(colours.on_soft if chosen else colours.accent))


def _draw_heading(painter: QPainter, rect: QRect, text: str) -> None:
    small = QFont(painter.font())
    small.setPixelSize(theme.SMALL)
    painter.save()
    painter.setFont(small)
    painter.setPen(QColor(theme.colours().muted))
    inner = rect.adjusted(theme.S, 0, -theme.S, -2)
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
    painter.restore()


def _draw_keys(painter: QPainter, rect: QRect, keys: str) -> int:
    """Draw a shortcut as keys are printed, at the right; return where it begins."""
    colours, metrics = theme.colours(), painter.fontMetrics()
    width = metrics.horizontalAdvance(keys) + 2 * theme.XS + 4
    cap = QRect(rect.right() - width, rect.top() + 4, width, rect.height() - 9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colours.border))
    painter.setBrush(QColor(colours.window))
    painter.drawRoundedRect(cap, 4, 4)
    painter.setPen(QColor(colours.muted))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
    return cap.left()


def _bold(painter: QPainter) -> QFontMetrics:
    """Measure as the emphasised pieces are written: the widest a line can become."""
    font = QFont(painter.font())
    font.setBold(True)
    return QFontMetrics(font)


class SuggestField(TextField):
    """Type, ↑↓, Enter. ``preselect``: Enter takes the first offer; without it only one the user moved to.

    ``room`` is the least width of the offers, in pixels; ``most`` of them are shown at once.
    """

    chosen = Signal(object)
    """The Suggestion that was taken."""
    nothing_fits = Signal()
    """Enter was pressed before it was known what fits, and nothing does."""

    def __init__(
        self,
        ask: Ask,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        label: str = "",
        preselect: bool = True,
        on_click: bool = False,
        room: int = 0,
        most: int = _MOST_SHOWN,
    ) -> None:
        super().__init__(parent, placeholder=placeholder, label=label)
        self._ask = ask
        self._preselect = preselect
        self._on_click = on_click
        self._chooses = False
        self._room, self._most = room or theme.px(_LEAST_WIDTH), most
        self._offers = _Offers(self)
        self._list: QListView | None = None
        self._asked = ""
        self._offered = self._settled = ""
        self._enter_waits = False
        self.committed.connect(self.ask)

    def let_choose(self) -> None:
        """Be for what a list has: wear its mark at the right, and let an early Enter wait for what fits."""
        self._chooses = True
        whole = QAction(_("Show the whole list"), self)
        theme.put_icon(whole, theme.list_mark(), "muted")
        whole.triggered.connect(self._offer_all)
        self.addAction(whole, QLineEdit.ActionPosition.TrailingPosition)

    def _offer_all(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.ask("")

    @property
    def offers(self) -> Sequence[Suggestion]:
        """What is offered now; empty while the list is hidden."""
        return self._offers.rows if self._list is not None and self._list.isVisible() else ()

    @property
    def offered(self) -> str:
        """The words of the offer that Enter takes; empty where it takes none."""
        at = self._list.currentIndex() if self.offers and self._list is not None else QModelIndex()
        return self._offers.rows[at.row()].text if at.isValid() else ""

    @property
    def awaits_choice(self) -> bool:
        """Whether one chooses here, and it is not known yet what fits the text: Enter came before the answer."""
        return self._chooses and self.text() not in (self._offered, self._settled)

    def ask(self, text: str) -> None:
        """Offer what fits ``text``; nothing where the field lost the focus meanwhile."""
        # The whole list may be asked for beside a text: it is offered for that text all the same.
        self._asked, here = text, self.text()
        self._ask(text.strip(), lambda rows: self._offer(text, here, rows))

    def take_text(self, text: str) -> None:
        """Put text into the field without asking what fits it."""
        self._last = self._settled = text
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _offer(self, text: str, here: str, rows: Sequence[Suggestion]) -> None:
        # The answer may come when the form is closed already.
        if not shiboken6.isValid(self) or text != self._asked or not self.hasFocus():
            return
        self._offered = here
        self._offers.put(rows)
        waits, self._enter_waits = self._enter_waits, False
        if not rows:
            self.hide_offers()
            if waits:
                self.nothing_fits.emit()
            return
        first = self._offers.index(1 if rows[0].heading else 0)
        if waits and rows[first.row()].value is not None:
            self._take(first)
            return
        shown = self._shown_list()
        shown.scrollToTop()
        if self._preselect:
            shown.setCurrentIndex(first if text == here else self._same_as(here))
        self._place(shown)
        shown.show()
        shown.raise_()

    def _same_as(self, here: str) -> QModelIndex:
        """Return which of the whole list the field says already, if any: what Enter takes of it changes nothing."""
        row = next((number for number, one in enumerate(self._offers.rows) if one.text == here), -1)
        return self._offers.index(row)

    def _shown_list(self) -> QListView:
        if self._list is None or self._list.parentWidget() is not self.window():
            made = QListView(self.window())
            made.setObjectName("suggestions")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            made.setUniformItemSizes(True)
            # The list goes a turn later than the field does: what it shows stays with it, or Qt warns.
            self._offers.setParent(made)
            made.setModel(self._offers)
            made.setItemDelegate(_OfferPainter(self._offers))
            made.clicked.connect(self._take)
            made.hide()
            self.destroyed.connect(made.deleteLater)
            self._list = made
        return self._list

    def _place(self, shown: QListView) -> None:
        """Below the field, or above it where there is more room; never outside the window."""
        window = self.window()
        row = theme.ROW + theme.XS
        top = self.mapTo(window, QPoint(0, 0)).y()
        bottom = top + self.height()
        below, above = window.height() - bottom - theme.S, top - theme.S
        wanted = min(len(self._offers.rows), self._most) * row + 2
        down = below >= wanted or below >= above
        height = min(wanted, below if down else above)
        width = max(self.width(), self._room)
        left = min(self.mapTo(window, QPoint(0, 0)).x(), window.width() - width - theme.S)
        shown.setGeometry(max(0, left), bottom + 2 if down else top - height - 2, width, height)

    def hide_offers(self) -> None:
        """Take the offers away."""
        if self._list is not None:
            self._list.setCurrentIndex(QModelIndex())
            self._list.hide()

    def _take(self, index: QModelIndex) -> None:
        suggestion = self._offers.rows[index.row()] if index.isValid() else None
        if suggestion is not None and suggestion.value is not None:
            self.hide_offers()
            self._asked = ""
            self.chosen.emit(suggestion)

    def _move(self, by: int) -> None:
        assert self._list is not None
        rows = self._offers.rows
        row = max(0, min(self._list.currentIndex().row() + by, len(rows) - 1))
        if rows[row].heading:
            # The first row is one: above it there is nothing to go to.
            row += 1 if by > 0 or row == 0 else -1
        self._list.setCurrentIndex(self._offers.index(row))
        if row == 1 and rows[0].heading:
            self._list.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the offers with the arrow keys, take one with Enter, put them away with Esc."""
        key = event.key()
        if self.composing:
            super().keyPressEvent(event)
        elif not self.offers and key == Qt.Key.Key_Down:
            self.ask(self.text())
        elif not self.offers and self.awaits_choice and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wait_for_answer()
        elif not self.offers:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move(self._most - 1 if key == Qt.Key.Key_PageDown else 1 - self._most)
        elif key == Qt.Key.Key_Escape:
            self.hide_offers()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter(event)
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        assert self._list is not None
        if self.text() != self._offered:
            self._wait_for_answer()
        elif self._list.currentIndex().isValid():
            self._take(self._list.currentIndex())
        else:
            if self._preselect:
                # Nothing of the whole list is what stands here.
                self.hide_offers()
            super().keyPressEvent(event)

    def _wait_for_answer(self) -> None:
        """Take the next offers' first: Enter was faster than the answer, what is offered belongs to an older text."""
        self._enter_waits = self._preselect
        if self.text() == self._last:
            # It was asked for already, and the answer may have come while the keyboard was elsewhere.
            self.ask(self.text())
        else:
            self.commit_now()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer the whole list on a click where the field is a choice."""
        super().mousePressEvent(event)
        if self._on_click and not self.offers:
            self.ask("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the offers away; an Enter that waited for them is over."""
        self._enter_waits = False
        self.hide_offers()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc while offers are shown, before it closes the dialog."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.offers
        ):
            event.accept()
            return True
        return super().event(event)
