"""The painted days, with their hands: arrows walk them, Enter opens, a drag puts an item on another day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services import calendar
from crm_app.services.calendar import TRIP, Item, Span
from crm_app.ui import theme
from crm_app.ui.trips.calendar.layout import WEEK, Laid, lay_out, measures_of
from crm_app.ui.trips.calendar.painting import CalendarPainter
from crm_app.ui.trips.plan_days import mark_words

_ONE = timedelta(days=1)
_LEAST_WIDTH = 560


class Canvas(QWidget):
    """Shows a :class:`Span`; the cursor is a day, and may stand on one of its items."""

    moved = Signal()
    """The cursor went to another day; another span may have to be read."""
    opened = Signal(object)
    """An item is wanted."""
    more_wanted = Signal(object)
    """All of a day is wanted."""
    dropped = Signal(object, object)
    """An item was dragged to another day."""
    laid_out = Signal()
    """Days stand elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.weekly = False
        self.cursor_day = clock.today()
        self.chosen: Item | None = None
        self.span: Span | None = None
        self._laid: Laid | None = None
        self._pressed: tuple[QPoint, date, Item] | None = None
        self._target: date | None = None
        self._hand = QPoint()
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return theme.size(900, 560)

    def minimumSizeHint(self) -> QSize:
        """Stay readable on a small screen: what is higher than it is scrolled."""
        first, last = self.wanted()
        weeks = ((last - first).days + 1) // WEEK
        return QSize(theme.px(_LEAST_WIDTH), weeks * measures_of(weekly=self.weekly).least)

    # -- what is shown

    def wanted(self) -> tuple[date, date]:
        """Return the first and the last day to be shown: whole weeks around the cursor's day or month."""
        day = self.cursor_day
        if self.weekly:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=WEEK - 1)
        first = day.replace(day=1)
        last = day.replace(day=monthrange(day.year, day.month)[1])
        return first - timedelta(days=first.weekday()), last + timedelta(days=WEEK - 1 - last.weekday())

    def put(self, span: Span) -> None:
        """Show these days; the chosen item stays chosen where it is still there."""
        self.span = span
        if self.chosen is not None:
            known = self.chosen
            self.chosen = next((one for one in span.items if one.id == known.id), None)
            if self.chosen is not None and self.chosen.kind != TRIP and span.first <= self.chosen.on <= span.last:
                self.cursor_day = self.chosen.on
        self.updateGeometry()
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        span = self.span
        if span is not None:
            self._laid = lay_out(span, QRect(0, 0, self.width(), self.height()), measures_of(weekly=self.weekly))
            self.laid_out.emit()
        self.update()

    def place_of(self, day: date) -> QRect | None:
        """Return where a day stands; None where it is not shown."""
        cell = self._laid.cells.get(day) if self._laid is not None else None
        return cell.rect if cell is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def go_to(self, day: date, item: Item | None = None) -> None:
        """Put the cursor on a day, and on one of its items."""
        self.cursor_day, self.chosen = day, item
        self.moved.emit()
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Say to a screen reader where the cursor stands."""
        day = self.cursor_day
        parts = [days.show_whole(day)]
        if self.span is not None and day in self.span.marks:
            parts.append(mark_words(self.span.marks[day])[0])
        if self.chosen is not None:
            parts.append(calendar.told(self.chosen))
        else:
            parts += [calendar.told(item) for item in self._walked()]
        self.setAccessibleName(_("Calendar"))
        self.setAccessibleDescription(_(", ").join(part for part in parts if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days and what lies on them."""
        if self._laid is None or self.span is None:
            return
        painter = QPainter(self)
        month = None if self.weekly else self.cursor_day.month
        hand = CalendarPainter(painter, measures_of(weekly=self.weekly), month=month)
        hand.days(self._laid, self.span.marks, self._target)
        hand.bars(self._laid, self.chosen)
        hand.lines(self._laid, self.chosen)
        if self.hasFocus():
            hand.cursor(self._laid, self.cursor_day)
        if self._pressed is not None and self._target is not None:
            _start, taken, item = self._pressed
            hand.carried(item, item.on + (self._target - taken), self._hand, self.rect())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor's frame away."""
        super().focusOutEvent(event)
        self.update()

    # -- keys

    def _walked(self) -> list[Item]:
        if self._laid is None or self.cursor_day not in self._laid.cells:
            return []
        return self._laid.walk(self.cursor_day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk days with ←/→, the items of a day and then weeks with ↑/↓; Ctrl goes by weeks at once."""
        key = Qt.Key(event.key())
        across = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        along = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape and self._pressed is not None:
            self._give_up_drag()
        elif across and plain:
            self.go_to(self.cursor_day + across * _ONE)
        elif along and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_to(self.cursor_day + along * WEEK * _ONE)
        elif along and plain:
            self._walk(along)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            by = -self.cursor_day.weekday() if key == Qt.Key.Key_Home else WEEK - 1 - self.cursor_day.weekday()
            self.go_to(self.cursor_day + by * _ONE)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        items = self._walked()
        ids = [item.id for item in items]
        at = ids.index(self.chosen.id) if self.chosen is not None and self.chosen.id in ids else -1
        if at + step >= len(items) or at + step < -1:
            self.go_to(self.cursor_day + step * WEEK * _ONE)
        else:
            self.go_to(self.cursor_day, items[at + step] if at + step >= 0 else None)

    def open_chosen(self) -> None:
        """Open the chosen item, or the first of the day."""
        items = [self.chosen] if self.chosen is not None else self._walked()
        if items:
            self.opened.emit(items[0])

    def page(self, step: int) -> None:
        """Go a month or a week on."""
        day = self.cursor_day
        if self.weekly:
            self.go_to(day + step * WEEK * _ONE)
            return
        number = day.year * 12 + day.month - 1 + step
        year, month = divmod(number, 12)
        self.go_to(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed; it may be dragged from here."""
        at = event.position().toPoint()
        if self._laid is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        more, box, day = self._laid.more_at(at), self._laid.box_at(at), self._laid.day_at(at)
        if more is not None:
            self.more_wanted.emit(more.day)
        elif day is not None:
            if box is not None and calendar.movable(box.item):
                self._pressed = (at, day, box.item)
            self.go_to(day, box.item if box else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once the hand has moved further than a trembling one; else show what can be taken."""
        at = event.position().toPoint()
        if self._laid is None:
            return
        if self._pressed is not None:
            start, _day, _item = self._pressed
            if self._target is not None or (at - start).manhattanLength() >= QApplication.startDragDistance():
                self._target, self._hand = self._laid.day_at(at), at
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()
            return
        box = self._laid.box_at(at)
        hand = box is not None or self._laid.more_at(at) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: another day is asked for."""
        pressed, target = self._pressed, self._target
        self._give_up_drag()
        if pressed is not None and target is not None and target != pressed[1]:
            item = pressed[2]
            # A trip is taken at any of its days, and moves by as many.
            self.dropped.emit(item, item.on + (target - pressed[1]))

    def _give_up_drag(self) -> None:
        self._pressed = self._target = None
        self.unsetCursor()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an item; of a day without one, its week."""
        at = event.position().toPoint()
        if self._laid is None:
            return
        box, day = self._laid.box_at(at), self._laid.day_at(at)
        if box is not None:
            self.opened.emit(box.item)
        elif day is not None:
            self.more_wanted.emit(day)

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what a line has no room for."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._laid is not None:
            box = self._laid.box_at(event.pos())
            QToolTip.showText(event.globalPos(), calendar.told(box.item) if box else "", self)
            return True
        return super().event(event)
