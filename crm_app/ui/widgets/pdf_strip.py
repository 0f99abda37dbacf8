"""The pages of a PDF as small pictures beside the preview: a click, or the arrow keys, go to a page."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.pdf_pages import PageSize, PdfPages

_Index = QModelIndex | QPersistentModelIndex
_WIDTH = 116
_PAGE = 84
"""The width a page is drawn at, in pixels of the design."""
_WORDS = 18


class _Painter(QStyledItemDelegate):
    def __init__(self, strip: PdfStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = self._strip.height_of(index.row()) + theme.px(_WORDS) + 2 * theme.XS
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        painter.save()
        chosen = theme.fill_row(painter, option, line=False)
        colours = theme.colours()
        width, height = theme.px(_PAGE), self._strip.height_of(index.row())
        sheet = QRect(rect.left() + (rect.width() - width) // 2, rect.top() + theme.XS, width, height)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        picture = self._strip.picture(index.row())
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, picture)
        painter.setPen(QColor(colours.accent if chosen else colours.border))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        small = QFont(painter.font())
        small.setPixelSize(theme.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(colours.on_soft if chosen else colours.muted))
        under = QRect(rect.left(), sheet.bottom() + 1, rect.width(), theme.px(_WORDS))
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()


class PdfStrip(QListWidget):
    """Draws only what is in view; ``page_wanted`` says which page was chosen, from 0."""

    page_wanted = Signal(int)
    broken = Signal(str)
    """A page cannot be drawn, in a sentence."""
    _drawn = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._sizes: list[PageSize] = []
        self._pictures: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self.setAccessibleName(_("Pages"))
        self.setItemDelegate(_Painter(self))
        self.setFixedWidth(theme.px(_WIDTH))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._drawn.connect(self._take)
        self.currentRowChanged.connect(lambda row: self.page_wanted.emit(row) if row >= 0 else None)

    def show_pages(self, pages: PdfPages | None, sizes: list[PageSize]) -> None:
        """Show another document, or none."""
        blocked = self.blockSignals(True)
        # Before the sizes go: a view asks for those of its rows until the last of them is gone.
        self.clear()
        self._pages, self._sizes = pages, sizes
        self._pictures.clear()
        self._asked.clear()
        self.addItems([str(number + 1) for number in range(len(sizes))])
        self.blockSignals(blocked)

    def mark(self, page: int) -> None:
        """Put the cursor on the page the preview shows, without going anywhere."""
        if page == self.currentRow() or page >= self.count():
            return
        blocked = self.blockSignals(True)
        self.setCurrentRow(page)
        self.scrollToItem(self.item(page))
        self.blockSignals(blocked)

    def height_of(self, page: int) -> int:
        """Return how high a page is drawn."""
        size = self._sizes[page] if page < len(self._sizes) else PageSize(1, 1)
        return round(theme.px(_PAGE) * size.height / size.width)

    def picture(self, page: int) -> QImage | None:
        """Return a page's picture; else ask for it."""
        if page not in self._pictures and page not in self._asked and self._pages is not None:
            self._asked.add(page)
            pages = self._pages
            # Drawn twice as large and shrunk: pdfium makes no rule thinner than a pixel, and a table would be black.
            scale = 2 * theme.px(_PAGE) / self._sizes[page].width * self.devicePixelRatioF()
            future = pages.render(page, scale)
            future.add_done_callback(lambda drawn: self._drawn.emit(page, (pages, drawn)))
        return self._pictures.get(page)

    def _take(self, page: int, answer: Any) -> None:
        pages, drawn = answer
        if pages is not self._pages:
            return
        future: Future[QImage] = drawn
        try:
            self._pictures[page] = future.result()
        except Refused as error:
            self.broken.emit(str(error))
        except CancelledError:
            return
        self.viewport().update()
