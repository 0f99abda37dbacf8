"""The sheets of a PDF one under another, drawn beside the window's thread as they come into view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_app.errors import Refused
from crm_app.ui import theme
from crm_app.ui.widgets.pdf_pages import POINTS, Found, PageSize, PdfPages

_SCREEN_DPI = 96
_MOST_KEPT = 12
"""Pictures kept: a page at 200 % is some 14 MB."""
_SAME = 2
"""Pixels by which a picture's size may be off, after all the rounding, to be the one of this zoom."""
_VEIL, _VEIL_HERE = 60, 120
"""How much of 255 the accent covers what was found, and the one the view stands at."""


@dataclass(frozen=True)
class Spot:
    """A place on a page (from 0) that can be clicked, in points from its top left corner, and what it stands for."""

    page: int
    place: QRectF
    value: Any


class PdfPaper(QWidget):
    """Paints what is visible and asks for what is missing; a white sheet stands in until it is drawn."""

    spot_clicked = Signal(object)
    broken = Signal(str)
    """A page cannot be drawn, in a sentence; its sheet stays white."""
    _drawn = Signal(int, float, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.zoom = 1.0
        self._pages: PdfPages | None = None
        self._sizes: list[PageSize] = []
        self._pictures: dict[tuple[int, float], QImage] = {}
        self._asked: set[tuple[int, float]] = set()
        self._spots: list[Spot] = []
        self._found: Sequence[Found] = ()
        self._here = -1
        self.setMouseTracking(True)
        self._drawn.connect(self._take)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_pages(self, pages: PdfPages | None, sizes: list[PageSize]) -> None:
        """Show another document, or none."""
        self._pages, self._sizes = pages, sizes
        self._spots = []
        self._found, self._here = (), -1
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()

    def show_spots(self, spots: list[Spot]) -> None:
        """Let these places of the document be clicked."""
        self._spots = spots

    def show_found(self, found: Sequence[Found], here: int) -> None:
        """Mark what was found, and stronger the one the view stands at; -1 is none."""
        self._found, self._here = found, here
        self.update()

    def place_of(self, page: int, place: QRectF) -> QRect:
        """Return where a place of a page, in points, lies."""
        scale = self.zoom * _SCREEN_DPI / POINTS
        corner = place.topLeft() * scale + QPointF(self.rect_of(page).topLeft())
        return QRectF(corner, place.size() * scale).toAlignedRect()

    def spot_at(self, at: QPointF) -> Spot | None:
        """Return the smallest place under a point of the widget."""
        if not self._spots or not self.count:
            return None
        page = self.page_at(round(at.y()))
        scale = self.zoom * _SCREEN_DPI / POINTS
        on_page = (at - QPointF(self.rect_of(page).topLeft())) / scale
        under = [spot for spot in self._spots if spot.page == page and spot.place.contains(on_page)]
        return min(under, key=lambda spot: spot.place.width() * spot.place.height(), default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        found = self.spot_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which place was clicked."""
        found = self.spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.spot_clicked.emit(found.value)

    def set_zoom(self, zoom: float) -> None:
        """Show pages at ``zoom`` (1.0: their size on a 96 dpi screen)."""
        if zoom != self.zoom:
            self.zoom = zoom
            self._lay_out()

    def zoom_to_width(self, width: int) -> float:
        """Return the zoom at which the widest page fills ``width`` pixels."""
        widest = max((size.width for size in self._sizes), default=595.0)
        return max(0.1, (width - 2 * theme.L) / (widest * _SCREEN_DPI / POINTS))

    def zoom_to_height(self, height: int) -> float:
        """Return the zoom at which the highest page fills ``height`` pixels."""
        highest = max((size.height for size in self._sizes), default=842.0)
        return max(0.1, (height - 2 * theme.S) / (highest * _SCREEN_DPI / POINTS))

    def rect_of(self, number: int) -> QRect:
        """Return where a page lies."""
        top = theme.L
        for size in self._sizes[:number]:
            top += self._pixels(size).height() + theme.L
        size_here = self._pixels(self._sizes[number])
        return QRect((self.width() - size_here.width()) // 2, top, size_here.width(), size_here.height())

    def page_at(self, y: int) -> int:
        """Return the page that covers the height ``y``."""
        for number in range(self.count):
            if y < self.rect_of(number).bottom() + theme.L:
                return number
        return max(0, self.count - 1)

    def _pixels(self, size: PageSize) -> QSize:
        # Up, as pdfium rounds: a picture squeezed by a pixel would be blurred all over.
        scale = self.zoom * _SCREEN_DPI / POINTS
        return QSize(math.ceil(size.width * scale), math.ceil(size.height * scale))

    def _lay_out(self) -> None:
        sizes = [self._pixels(size) for size in self._sizes]
        width = max((size.width() for size in sizes), default=0) + 2 * theme.L
        height = sum(size.height() + theme.L for size in sizes) + theme.L
        self.setFixedSize(width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible sheets."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = QColor(theme.colours().border)
        for number in range(self.count):
            rect = self.rect_of(number)
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            picture = self._picture(number)
            if picture is not None:
                self._paint(painter, rect, picture)
            self._mark(painter, number)
            painter.setPen(edge)
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect, picture: QImage) -> None:
        """Paint a page: pixel on pixel where it was drawn for this zoom, else stretched until that is done."""
        ratio = self.devicePixelRatioF()
        off = (picture.width() - rect.width() * ratio, picture.height() - rect.height() * ratio)
        if max(map(abs, off)) >= _SAME:
            painter.drawImage(rect, picture)
            return
        # At 125 % a corner may lie between two pixels of the screen, and everything would be smeared over both.
        origin = QPointF(self.mapTo(self.window(), rect.topLeft()))
        shift = QPointF(round(origin.x() * ratio) / ratio, round(origin.y() * ratio) / ratio) - origin
        picture.setDevicePixelRatio(ratio)
        painter.setClipRect(rect)
        painter.drawImage(QPointF(rect.topLeft()) + shift, picture)
        painter.setClipping(False)

    def _mark(self, painter: QPainter, page: int) -> None:
        veil = QColor(theme.colours().accent)
        for number, found in enumerate(self._found):
            if found.page == page:
                veil.setAlpha(_VEIL_HERE if number == self._here else _VEIL)
                for place in found.places:
                    painter.fillRect(self.place_of(page, place), veil)

    def _picture(self, number: int) -> QImage | None:
        """Return a page's picture at this zoom; else ask for it, and stretch another one meanwhile."""
        scale = round(self.zoom * _SCREEN_DPI / POINTS * self.devicePixelRatioF(), 4)
        key = (number, scale)
        if key in self._pictures:
            return self._pictures[key]
        if key not in self._asked and self._pages is not None:
            self._asked.add(key)
            pages = self._pages
            future = pages.render(number, scale)
            future.add_done_callback(lambda drawn: self._drawn.emit(number, scale, (pages, drawn)))
        return next((picture for (page, _scale), picture in self._pictures.items() if page == number), None)

    def _take(self, number: int, scale: float, answer: tuple[PdfPages, Future[QImage]]) -> None:
        pages, drawn = answer
        if pages is not self._pages:
            return
        try:
            picture = drawn.result()
        except Refused as error:
            # Still held as asked for: it would be tried again with every paint.
            self.broken.emit(str(error))
            return
        except CancelledError:
            self._asked.discard((number, scale))
            return
        self._asked.discard((number, scale))
        while len(self._pictures) >= _MOST_KEPT:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[(number, scale)] = picture
        self.update(self.rect_of(number))
