"""Preview of a paper: pages, zoom, find, print and save; it takes the PDF's bytes and changes nothing in them.

What is shown may be had as a Word document too, to be edited by hand; that is written when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.pdf_find import PdfFind
from crm_app.ui.widgets.pdf_out import Handed, PdfOut
from crm_app.ui.widgets.pdf_pages import Found, PageSize, PdfPages
from crm_app.ui.widgets.pdf_paper import PdfPaper, Spot
from crm_app.ui.widgets.pdf_strip import PdfStrip
from crm_app.ui.widgets.pdf_tools import PdfTools
from crm_app.ui.widgets.saved_bar import SavedBar

_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0
_WIDEST_FIT = 2.0
_ROOM_FOR_PAGES = 900
"""From so many pixels on the pages stand beside the preview by themselves."""
_AROUND = 48


class PdfView(QWidget):
    """``show_pdf`` a document; what is done with it by keys says ``actions.py``, under “on a paper”."""

    ready = Signal(int)
    """A document is shown; how many pages it has."""
    spot_clicked = Signal(object)
    """What a place that was clicked stands for; see ``show_spots``."""
    area_opened = Signal(object)
    """What a place stands for that was clicked twice, or is asked for by keys; see ``show_spots``."""
    _opened = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.out = PdfOut(session, self)
        self._spots: list[Spot] = []
        self._areas: list[Spot] = []
        self._pages: PdfPages | None = None
        self._fit: Callable[[], float] | None = self._width_fit
        self._strip_wanted: bool | None = None
        self.paper = PdfPaper()
        self.paper.spot_clicked.connect(self.spot_clicked)
        self.paper.area_opened.connect(self.area_opened)
        self.area = self._make_area()
        self.finder = PdfFind(self)
        self.finder.shown.connect(self._show_found)
        self.finder.closed.connect(self.area.setFocus)
        self.strip = PdfStrip(self)
        self.strip.page_wanted.connect(self.go_to_page)
        self.strip.hide()
        self.broken = QLabel(self)
        self.broken.setProperty("role", "error")
        self.broken.setWordWrap(True)
        self.broken.setContentsMargins(theme.S, 0, theme.S, 0)
        self.broken.hide()
        for part in (self.paper, self.strip, self.finder):
            part.broken.connect(self._tell_broken)
        self.saved = SavedBar(self)
        self.out.saved.connect(self.saved.say)
        self.tools = PdfTools(
            self,
            {
                "pages": self._switch_strip,
                "zoom_out": lambda: self.zoom_to(self.paper.zoom / _STEP),
                "zoom_in": lambda: self.zoom_to(self.paper.zoom * _STEP),
                "zoom_fit": self.fit_width,
                "zoom_page": self.fit_page,
                "zoom_actual": lambda: self.zoom_to(1.0),
                "find_text": self.finder.begin,
                "find_next": self.finder.next,
                "find_before": self.finder.before,
                "print": self.out.print,
                "save_pdf": self.out.save,
                "save_word": self.out.save_word,
            },
        )
        self.tools.page_wanted.connect(self.go_to_page)
        self._lay_out()
        # Never within show_pdf itself, though a small document is open before it is asked for.
        self._opened.connect(self._show_opened, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(lambda: None if self._pages is None else self._pages.close())
        self._enable()

    def _make_area(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setProperty("role", "paper")
        area.setWidget(self.paper)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # Always there: a bar that comes and goes changes the width that pages are fitted to.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setAccessibleName(_("Preview"))
        area.verticalScrollBar().valueChanged.connect(lambda _y: self._show_number())
        area.viewport().installEventFilter(self)
        area.installEventFilter(self)
        self.setFocusProxy(area)
        return area

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for bar in (self.tools, self.finder, self.saved, self.broken):
            layout.addWidget(bar)
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        across.addWidget(self.strip)
        across.addWidget(self.area, 1)
        layout.addLayout(across, 1)

    def show_pdf(self, content: bytes, handed: Handed) -> None:
        """Show a document; ``handed`` says what it is called, and what is done when it is handed out."""
        self.clear()
        self.out.take(content, handed)
        pages = self._pages = PdfPages(content)
        opening = pages.open()
        opening.add_done_callback(lambda answer: self._opened.emit(pages, answer))

    def show_spots(self, spots: list[Spot], areas: list[Spot]) -> None:
        """Let places of the shown document be clicked, and ``areas`` be clicked twice."""
        self._spots, self._areas = spots, areas
        self.paper.show_spots(spots)
        self.paper.show_areas(areas)

    def open_area(self) -> None:
        """Do as a double click does: where a text was found and is in view, else at the first place in view."""
        area = self.paper.area_in(self.paper.visibleRegion().boundingRect())
        if area is not None:
            self.area_opened.emit(area.value)

    def clear(self) -> None:
        """Show nothing."""
        self._spots, self._areas = [], []
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self.out.take(b"", None)
        self.saved.hide()
        self.broken.hide()
        self._show_pages(None, [])

    def _show_pages(self, pages: PdfPages | None, sizes: list[PageSize]) -> None:
        self.paper.show_pages(pages, sizes)
        self.strip.show_pages(pages, sizes)
        self.finder.show_pages(pages)
        self.out.count = len(sizes)
        self._show_strip()
        self._enable()

    def _show_opened(self, pages: PdfPages, answer: Future[list[PageSize]]) -> None:
        if pages is not self._pages:
            return
        try:
            sizes = answer.result()
        except Refused as error:
            self._tell_broken(str(error))
            return
        self._show_pages(pages, sizes)
        self.show_spots(self._spots, self._areas)
        self.area.verticalScrollBar().setValue(0)
        self._refit()
        self.ready.emit(self.paper.count)

    def _tell_broken(self, sentence: str) -> None:
        self.broken.setText(sentence)
        self.broken.show()
        self._enable()

    def _enable(self) -> None:
        broken = self.broken.isVisibleTo(self)
        self.tools.enable(self.paper.count, word=self.out.has_word, broken=broken)
        self._show_number()

    def _show_number(self) -> None:
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        page = self.paper.page_at(middle)
        self.tools.show_number(page, self.paper.count)
        self.strip.mark(page)

    def zoom_to(self, zoom: float) -> None:
        """Zoom, keeping the place on the page."""
        self._fit = None
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._zoom(zoom)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, now and when the view changes its size."""
        self._fit = self._width_fit
        self._refit()

    def fit_page(self) -> None:
        """Make a whole page fit the view, now and when the view changes its size."""
        self._fit = self._page_fit
        self._refit()

    def _width_fit(self) -> float:
        return min(self.paper.zoom_to_width(self.area.viewport().width()), _WIDEST_FIT)

    def _page_fit(self) -> float:
        return min(self._width_fit(), self.paper.zoom_to_height(self.area.viewport().height()))

    def _refit(self) -> None:
        if self._fit is not None:
            # A page rounded up by a pixel would bring a bar for that pixel.
            self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._zoom(self._fit())

    def _zoom(self, zoom: float) -> None:
        bar = self.area.verticalScrollBar()
        at = bar.value() / max(1, self.paper.height())
        self.paper.set_zoom(max(_SMALLEST, min(zoom, _LARGEST)))
        bar.setValue(round(at * self.paper.height()))
        self.tools.show_zoom(self.paper.zoom)
        self._show_number()

    def go_to_page(self, number: int) -> None:
        """Show a page, counted from 0."""
        if 0 <= number < self.paper.count:
            self.area.verticalScrollBar().setValue(self.paper.rect_of(number).top() - theme.S)

    def _show_found(self, found: Sequence[Found], here: int) -> None:
        self.paper.show_found(found, here)
        if here >= 0:
            place = self.paper.place_of(found[here].page, found[here].places[0])
            self.area.ensureVisible(place.center().x(), place.center().y(), _AROUND, self.area.height() // 3)

    def _switch_strip(self) -> None:
        self._strip_wanted = self.strip.isHidden()
        self._show_strip()

    def _show_strip(self) -> None:
        wide = self.width() >= theme.px(_ROOM_FOR_PAGES)
        wanted = wide if self._strip_wanted is None else self._strip_wanted
        self.strip.setVisible(wanted and self.paper.count > 1)
        self.tools.show_pages(self.strip.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page as wide as the view where that was asked for."""
        super().resizeEvent(event)
        self._show_strip()
        if self.paper.count:
            self._refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel; Home and End go to the ends; what is fitted follows the view."""
        kind = event.type()
        if kind == QEvent.Type.Wheel and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # type: ignore[attr-defined]
            self.zoom_to(self.paper.zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))  # type: ignore[attr-defined]
            return True
        if kind == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):  # type: ignore[attr-defined]
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.maximum() if event.key() == Qt.Key.Key_End else 0)  # type: ignore[attr-defined]
            return True
        if kind == QEvent.Type.Resize and watched is self.area.viewport() and self.paper.count:
            self._refit()
        return super().eventFilter(watched, event)
