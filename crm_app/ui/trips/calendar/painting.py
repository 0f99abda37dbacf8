"""How a calendar is painted: quiet days, bars of trips, a mark and a line for each thing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.workdays import DayMark
from crm_app.i18n import _
from crm_app.services.calendar import FOLLOW_UP, NEED, PLAN, RECEPTION, TASK, TRIP, VISIT, Item
from crm_app.ui import theme
from crm_app.ui.trips.calendar.layout import Box, Cell, Laid, Measures

_DOT = 7
_CARRIED = 180
"""How much of its words is told of what is dragged, in pixels."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def tone_of(item: Item) -> str:
    """Return the role of a mark's colour: overdue red, a step amber, a visit green, what is done muted."""
    if item.kind in (TASK, NEED):
        if item.done_on is not None:
            return "muted"
        return "overdue" if item.on < clock.today() else "gap"
    return {VISIT: "good", PLAN: "accent", FOLLOW_UP: "muted"}.get(item.kind, "accent")


def words_of(item: Item) -> tuple[str, str]:
    """Return what a line says, and what stands muted behind it."""
    if item.kind in (TASK, NEED):
        return item.title, item.enterprise
    if item.kind == FOLLOW_UP:
        return item.enterprise or item.title, item.title if item.enterprise else ""
    if item.kind == RECEPTION:
        return item.enterprise or item.title, _("Reception")
    return item.enterprise, item.title


def paint_mark(painter: QPainter, kind: str, tone: str, at: QPointF, *, hollow: bool) -> None:
    """Paint a mark: a square for a step or a promise, a bar for a trip, else a dot; hollow where planned or done."""
    colour = QColor(getattr(theme.colours(), tone))
    wide = theme.px(_DOT)
    half = wide / 2
    painter.setPen(QPen(colour, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
    if kind in (TASK, NEED):
        painter.drawRoundedRect(QRectF(at.x() - half, at.y() - half, wide, wide), 2, 2)
    elif kind == TRIP:
        painter.drawRoundedRect(QRectF(at.x() - wide, at.y() - half, 2 * wide, wide), 3, 3)
    else:
        painter.drawEllipse(at, half, half)


def mark_icon(kind: str, ratio: float) -> QIcon:
    """Return the mark of a kind as an icon, for the button that shows or hides it."""
    side = theme.px(16)
    pixmap = QPixmap(int(side * ratio), int(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tones = {TASK: "gap", VISIT: "good", FOLLOW_UP: "muted"}
    paint_mark(painter, kind, tones.get(kind, "accent"), QPointF(side / 2, side / 2), hollow=False)
    painter.end()
    return QIcon(pixmap)


class CalendarPainter:
    """Paints one view; made for each painting, so that no colour is kept."""

    def __init__(self, painter: QPainter, measures: Measures, *, month: int | None) -> None:
        self._painter, self._measures, self._month = painter, measures, month
        self._colours = theme.colours()
        self._today = clock.today()
        self._small = QFont(painter.font())
        self._small.setPixelSize(theme.SMALL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def days(self, laid: Laid, marks: dict[date, DayMark], target: date | None) -> None:
        """Paint the cells: grounds, lines, numbers, holidays; ``target`` is the day something is dragged to."""
        for cell in laid.cells.values():
            self._ground(cell, marks[cell.day], target=cell.day == target)
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(QColor(self._colours.border), 1))
        for cell in laid.cells.values():
            painter.drawLine(cell.rect.topRight(), cell.rect.bottomRight())
            painter.drawLine(cell.rect.bottomLeft(), cell.rect.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell in laid.cells.values():
            self._head(cell, marks[cell.day])

    def cursor(self, laid: Laid, day: date) -> None:
        """Paint the frame of the day under the cursor."""
        if day in laid.cells:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(QColor(self._colours.accent), 2))
            self._painter.drawRoundedRect(QRectF(laid.cells[day].rect).adjusted(1, 1, -2, -2), 3, 3)

    def _ground(self, cell: Cell, mark: DayMark, *, target: bool) -> None:
        colours = self._colours
        colour = colours.base if mark.works else colours.window
        if target:
            colour = colours.accent_soft
        self._painter.fillRect(cell.rect, QColor(colour))

    def _head(self, cell: Cell, mark: DayMark) -> None:
        painter, colours = self._painter, self._colours
        head = cell.rect.adjusted(theme.S, 2, -theme.S, 0)
        head.setHeight(self._measures.head - 2)
        other = self._month is not None and cell.day.month != self._month
        number = str(cell.day.day) if cell.day.day != 1 else days.show_of_year(cell.day)
        font = QFont(painter.font())
        font.setBold(not other)
        painter.save()
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(number)
        if cell.day == self._today:
            high = theme.px(19)
            pill = QRectF(head.left() - 4, head.center().y() - high / 2, max(width + 8, high + 1), high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(pill, high / 2, high / 2)
            painter.setPen(QColor(colours.on_accent))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
        else:
            painter.setPen(QColor(colours.muted if other or not mark.works else colours.text))
            painter.drawText(head, _LEFT, number)
        painter.setFont(self._small)
        right = self._measures.more - theme.S if cell.more is not None else 0
        self._mark(head.adjusted(max(width, 16) + theme.S, 0, -right, 0), mark)
        painter.restore()

    def _mark(self, rect: QRect, mark: DayMark) -> None:
        colours = self._colours
        if mark.named or (mark.unusual and not mark.works):
            self._painter.setPen(QColor(colours.overdue))
            words = _("off") if not mark.holiday else _("{holiday} off").format(holiday=_(mark.holiday))
        elif mark.unusual:
            self._painter.setPen(QColor(colours.gap))
            words = _("worked")
        else:
            return
        self._text(rect, words, _RIGHT)

    def bars(self, laid: Laid, chosen: Item | None) -> None:
        """Paint the trips over their days."""
        painter, colours = self._painter, self._colours
        for box in laid.bars:
            picked = chosen is not None and chosen.id == box.item.id
            rect = QRectF(box.rect)
            quiet = colours.neutral if box.item.resident else theme.Badge(colours.accent_soft, colours.on_soft)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if picked else quiet.ground))
            painter.drawRoundedRect(rect, 4, 4)
            if not box.first:
                painter.drawRect(rect.adjusted(0, 0, -8, 0))
            if not box.last:
                painter.drawRect(rect.adjusted(8, 0, 0, 0))
            painter.setPen(QColor(colours.on_accent if picked else quiet.text))
            painter.setFont(self._small)
            self._text(box.rect.adjusted(theme.S, 0, -theme.S, 0), box.item.title)

    def lines(self, laid: Laid, chosen: Item | None) -> None:
        """Paint what lies on each day, and how many more there are."""
        two_rows = self._measures.line > self._measures.row
        for cell in laid.cells.values():
            faint = self._month is not None and cell.day.month != self._month
            for box in cell.boxes:
                picked = chosen is not None and chosen.id == box.item.id
                (self._two_rows if two_rows else self._one_row)(box, picked=picked, faint=faint)
            if cell.more is not None:
                self._painter.setPen(QColor(self._colours.muted))
                self._painter.setFont(self._small)
                self._text(cell.more.rect.adjusted(0, 0, -theme.S, 0), f"+{cell.more.n}", _RIGHT)

    def carried(self, item: Item, day: date, at: QPoint, within: QRect) -> None:
        """Paint beside the hand what it carries, and the day on which that would begin."""
        painter, colours = self._painter, self._colours
        painter.setFont(self._small)
        words = painter.fontMetrics().elidedText(
            words_of(item)[0] or item.title, Qt.TextElideMode.ElideRight, theme.px(_CARRIED)
        )
        words = f"{words} → {days.show_with_weekday(day)}"
        chip = QRect(0, 0, painter.fontMetrics().horizontalAdvance(words) + 2 * theme.S, theme.px(26))
        chip.moveTopLeft(at + QPoint(theme.M, theme.M))
        chip.moveRight(min(chip.right(), within.right() - 1))
        chip.moveBottom(min(chip.bottom(), within.bottom() - 1))
        painter.setPen(QPen(QColor(colours.accent), 1))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(QRectF(chip), theme.RADIUS, theme.RADIUS)
        painter.setPen(QColor(colours.text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _one_row(self, box: Box, *, picked: bool, faint: bool) -> None:
        item, rect = box.item, box.rect
        self._picked(rect, picked=picked)
        self._dot(item, rect.left() + theme.px(_DOT), rect.center().y() + 0.5)
        inner = rect.adjusted(theme.px(16), 0, -2, 0)
        self._painter.setFont(self._small)
        if item.time:
            self._painter.setPen(QColor(self._colours.muted))
            inner.setLeft(inner.left() + self._text(inner, item.time) + 5)
        words, behind = words_of(item)
        self._painter.setPen(self._pen(item, picked=picked, faint=faint))
        used = self._text(inner, words or behind)
        if words and behind and inner.width() - used > 48:
            self._painter.setPen(QColor(self._colours.muted))
            self._text(inner.adjusted(used + 6, 0, 0, 0), behind)

    def _two_rows(self, box: Box, *, picked: bool, faint: bool) -> None:
        item, rect = box.item, box.rect
        self._picked(rect, picked=picked)
        upper, lower = QRect(rect), QRect(rect)
        upper.setHeight(rect.height() // 2 + 1)
        lower.setTop(upper.bottom())
        self._dot(item, rect.left() + theme.px(_DOT), upper.center().y() + 0.5)
        words, behind = words_of(item)
        self._painter.setFont(self._small)
        self._painter.setPen(self._pen(item, picked=picked, faint=faint))
        self._text(upper.adjusted(theme.px(16), 0, -2, 0), words or behind)
        self._painter.setPen(QColor(self._colours.on_soft if picked else self._colours.muted))
        second = " ".join(part for part in (item.time, behind if words else "") if part)
        self._text(lower.adjusted(theme.px(16), -2, -2, -2), second)

    def _picked(self, rect: QRect, *, picked: bool) -> None:
        if picked:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(self._colours.accent_soft))
            self._painter.drawRoundedRect(QRectF(rect), 4, 4)

    def _pen(self, item: Item, *, picked: bool, faint: bool) -> QColor:
        if tone_of(item) == "overdue":
            return QColor(self._colours.overdue)
        if item.done_on is not None or faint:
            return QColor(self._colours.muted)
        return QColor(self._colours.on_soft if picked else self._colours.text)

    def _dot(self, item: Item, x: float, y: float) -> None:
        hollow = item.kind == PLAN or item.done_on is not None
        paint_mark(self._painter, item.kind, tone_of(item), QPointF(x, y), hollow=hollow)

    def _text(self, rect: QRect, text: str, side: Qt.AlignmentFlag = _LEFT) -> int:
        metrics = self._painter.fontMetrics()
        shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
        self._painter.drawText(rect, side, shown)
        return metrics.horizontalAdvance(shown)
