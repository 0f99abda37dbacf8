"""The sheets of a PDF one under another, drawn beside the window's thread as they come into view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

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
_AIR = 4
"""Pixels between a text and the outline around it."""


@dataclass(frozen=True)
class Spot:
    """A place on a page (from 0) that can be clicked, in points from its top left corner, and what it stands for.

    ``hint`` is said of it while the pointer rests there.
    """

    page: int
    place: QRectF
    value: Any
    hint: str = ""


_BySheet = dict[int, list[Spot]]


def _by_sheet(spots: Sequence[Spot]) -> _BySheet:
    # A ledger of very many rows has a dozen places a row: those of other pages are not looked through at every move.
    sheets: _BySheet = {}
    for spot in spots:
        sheets.setdefault(spot.page, []).append(spot)
    return sheets


class PdfPaper(QWidget):
    """Paints what is visible and asks for what is missing; a white sheet stands in until it is drawn."""

    spot_clicked = Signal(object)
    area_opened = Signal(object)
    """What a place stands for that was clicked twice; see ``show_areas``."""
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
        self._spots: _BySheet = {}
        self._areas: _BySheet = {}
        self._under: Spot | None = None
        self._twice = False
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
        self._spots, self._areas, self._under = {}, {}, None
        self._found, self._here = (), -1
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Let these places of the document be clicked."""
        self._spots = _by_sheet(spots)

    def show_areas(self, areas: Sequence[Spot]) -> None:
        """Let these places of the document be clicked twice; the one under the pointer is outlined."""
        self._areas, self._under = _by_sheet(areas), None

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
        """Return the smallest place under a point of the widget that can be clicked."""
        return self._smallest(self._spots, at)

    def _smallest(self, sheets: _BySheet, at: QPointF) -> Spot | None:
        if not sheets or not self.count:
            return None
        page = self.page_at(round(at.y()))
        scale = self.zoom * _SCREEN_DPI / POINTS
        on_page = (at - QPointF(self.rect_of(page).topLeft())) / scale
        under = [spot for spot in sheets.get(page, ()) if spot.place.contains(on_page)]
        return min(under, key=lambda spot: spot.place.width() * spot.place.height(), default=None)

    def area_in(self, visible: QRect) -> Spot | None:
        """Return the place that was found, where it is in view, else the first that begins there."""
        here = self._found[self._here] if self._here >= 0 else None
        found = self.place_of(here.page, here.places[0]) if here else QRect()
        if here and visible.intersects(found):
            return self._smallest(self._areas, QPointF(found.center()))
        for number in range(self.count):
            if self.rect_of(number).intersects(visible):
                for area in self._areas.get(number, ()):
                    if visible.contains(self.place_of(number, area.place).topLeft()):
                        return area
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked, by an outline what can be clicked twice."""
        found = self.spot_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self._outline(self._smallest(self._areas, event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Outline nothing any more."""
        super().leaveEvent(event)
        self._outline(None)

    def _outline(self, area: Spot | None) -> None:
        if area is self._under:
            return
        for one in (self._under, area):
            if one is not None:
                self.update(self._around(one).adjusted(-1, -1, 1, 1))
        self._under = area

    def _around(self, area: Spot) -> QRect:
        return self.place_of(area.page, area.place).adjusted(-_AIR, 0, _AIR, 0)

    def event(self, event: QEvent) -> bool:
        """Say of a place what a double click does there."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            area = self._smallest(self._areas, QPointF(event.pos()))
            hint = area.hint if area else ""
            QToolTip.showText(event.globalPos(), hint, self, self.place_of(area.page, area.place) if area else QRect())
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which place was clicked."""
        found = self.spot_at(event.position())
        twice, self._twice = self._twice, False
        if event.button() == Qt.MouseButton.LeftButton and found is not None and not twice:
            self.spot_clicked.emit(found.value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell which place was clicked twice."""
        area = self._smallest(self._areas, event.position())
        if event.button() == Qt.MouseButton.LeftButton and area is not None:
            self._twice = True
            self.area_opened.emit(area.value)

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
        if self._under is not None and self._under.page == page:
            veil.setAlpha(_VEIL_HERE)
            painter.setPen(veil)
            painter.drawRect(self._around(self._under))

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
