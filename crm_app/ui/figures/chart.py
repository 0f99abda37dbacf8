"""A chart on screen: by mouse and by keyboard from value to value, each told as it is reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from crm_app.i18n import _
from crm_app.services.charts import Drawing, Spot
from crm_app.ui import theme
from crm_app.ui.figures.drawn import draw, least_height
from crm_app.ui.figures.painting import frame, paint
from crm_app.ui.figures.section import Section

_EDGE = 8.0
"""Room around the marks, for the frame of the focus."""


class ChartView(QWidget):
    """``chosen`` carries the line and the series of Enter or a click, ``told`` the sentence of the value reached."""

    chosen = Signal(int, int)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section: Section | None = None
        self.measure = 0
        self.names: Sequence[str] = ()
        self.drawing = Drawing()
        self.at: int | None = None
        self._over: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Chart"))
        # A screen reader is told the value one stands on; until then the first.
        self.told.connect(self.setAccessibleDescription)
        theme.signals.changed.connect(self.update)

    def put(self, section: Section, measure: int, names: Sequence[str]) -> None:
        """Show a section in one of its measures."""
        moved = self.section is None or section.id != self.section.id
        self.section, self.measure, self.names = section, measure, names
        words = section.measures[measure].name if section.measures else ""
        self.setAccessibleName(_("Chart: {title}").format(title=f"{section.title} {words}".rstrip()))
        self._draw()
        if moved or self.at is None or self.at >= len(self.drawing.spots):
            self.at = None
        self._over = None
        self.setAccessibleDescription(self.drawing.spots[self.at or 0].told if self.drawing.spots else "")
        self.updateGeometry()
        self.update()

    def least_height(self) -> int:
        """Return the least height in pixels the chart can be read in."""
        if self.section is None:
            return 0
        return round(least_height(self.section, self._size(), compared=len(self.names) > 1) + 2 * _EDGE)

    def sizeHint(self) -> QSize:
        """Ask for what can be read."""
        return QSize(theme.px(320), self.least_height())

    def minimumSizeHint(self) -> QSize:
        """Ask for no width to speak of, and for the height the chart can be read in."""
        return QSize(theme.px(260), self.least_height())

    def _size(self) -> float:
        return float(self.font().pixelSize())

    def _draw(self) -> None:
        if self.section is not None:
            box = frame(max(self.width() - 2 * _EDGE, 1), max(self.height() - 2 * _EDGE, 1), self.font())
            self.drawing = draw(self.section, self.measure, self.names, box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room there is."""
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another size of type."""
        if event.type() is QEvent.Type.FontChange:
            self._draw()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the value one stands on, the marks, and the frame of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        if self.section is None:
            self._skeleton(painter)
            return
        painter.save()
        painter.translate(_EDGE, _EDGE)
        for place in {self._over, self.at if self.hasFocus() else None} - {None}:
            spot = self.drawing.spots[place or 0]
            painter.fillRect(QRectF(spot.x - 2, spot.y, spot.width + 4, spot.height), QColor(colours.hover))
        paint(painter, self.drawing, colours, self.font())
        if self.hasFocus() and self.at is not None:
            spot = self.drawing.spots[self.at]
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.drawRoundedRect(QRectF(spot.x - 3, spot.y, spot.width + 6, spot.height), 4, 4)
        painter.restore()
        if self.hasFocus():
            theme.paint_ring(painter, self.rect())

    def _skeleton(self, painter: QPainter) -> None:
        for row, share in enumerate((0.9, 0.72, 0.6, 0.42, 0.3)):
            painter.fillRect(
                QRectF(_EDGE, _EDGE + row * 2.4 * self._size(), self.width() * share - 2 * _EDGE, self._size()),
                QColor(theme.colours().skeleton),
            )

    def spot_at(self, point: QPointF) -> int | None:
        """Return the place of the value under a point, the smaller one where two lie there."""
        x, y = point.x() - _EDGE, point.y() - _EDGE
        found = [place for place, spot in enumerate(self.drawing.spots) if spot.holds(x, y)]
        return min(found, key=lambda place: self._area(place), default=None)

    def _area(self, place: int) -> float:
        return self.drawing.spots[place].width * self.drawing.spots[place].height

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the value under the mouse."""
        place = self.spot_at(event.position())
        if place != self._over:
            self._over = place
            self.update()
            told = "" if place is None else self.drawing.spots[place].told
            QToolTip.showText(event.globalPosition().toPoint(), told, self)
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._over = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the value under the mouse."""
        place = self.spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._go(place)
            self._choose()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a value at once, so that it is told."""
        super().focusInEvent(event)
        if self.at is None and self.drawing.spots:
            self._go(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from value to value; Enter chooses."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None:
            self._choose()
        elif not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self._walk(key):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        spots = self.drawing.spots
        if not spots:
            return False
        onward, back, other = (Qt.Key.Key_Down, Qt.Key.Key_Up, (Qt.Key.Key_Left, Qt.Key.Key_Right))
        if self.drawing.upright:
            onward, back, other = (Qt.Key.Key_Right, Qt.Key.Key_Left, (Qt.Key.Key_Up, Qt.Key.Key_Down))
        here = spots[self.at or 0]
        lines = max(spot.line for spot in spots)
        match key:
            case _ if key == onward:
                self._stand(min(here.line + 1, lines), here.series)
            case _ if key == back:
                self._stand(max(here.line - 1, 0), here.series)
            case Qt.Key.Key_Home:
                self._stand(0, here.series)
            case Qt.Key.Key_End:
                self._stand(lines, here.series)
            case _ if key in other:
                self._stand(here.line, 1 - here.series)
            case _:
                return False
        return True

    def _stand(self, line: int, series: int) -> None:
        """Go to a line's value in a series, or to its own where it has none in that one."""
        places = {(spot.line, spot.series): place for place, spot in enumerate(self.drawing.spots)}
        self._go(places.get((line, series), places[(line, 0)]))

    def _go(self, place: int) -> None:
        self.at = place
        told = self.drawing.spots[place].told
        self.setAccessibleDescription(told)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.told.emit(told)
        self.update()

    def current(self) -> Spot | None:
        """Return the value one stands on."""
        return None if self.at is None else self.drawing.spots[self.at]

    def _choose(self) -> None:
        spot = self.current()
        if spot is not None:
            self.chosen.emit(spot.line, spot.series)
