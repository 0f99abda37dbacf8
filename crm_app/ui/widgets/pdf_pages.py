"""Pages of a PDF as pictures and as text. pdfium is not thread-safe: one thread works for the whole program."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar
from weakref import WeakSet

import pypdfium2 as pdfium
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from crm_app.errors import Refused
from crm_app.i18n import _

POINTS = 72
BAND_BYTES = 16 * 1024 * 1024
"""An A4 page at 600 dpi is 104 MB as one picture; printed in bands it is never more than this."""

P = ParamSpec("P")
T = TypeVar("T")

_one_thread: ThreadPoolExecutor = ThreadPoolExecutor(1, thread_name_prefix="pdfium")


@dataclass(frozen=True)
class PageSize:
    """Width and height in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True)
class Found:
    """Where a text stands on a page (from 0): a place for each line of it, in points from the top left corner."""

    page: int
    places: tuple[QRectF, ...]


class PdfPages:
    """One PDF. Every method answers a Future; results are plain pictures, safe to use anywhere.

    Where the document or a page of it is broken, the Future raises Refused.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._document: pdfium.PdfDocument | None = None

    def open(self) -> Future[list[PageSize]]:
        """Read the document; the sizes of its pages in order."""
        return _ask(self._open)

    def render(self, page: int, scale: float) -> Future[QImage]:
        """Draw a page; ``scale`` is device pixels a point."""
        return _ask(self._render, page, scale)

    def find(self, text: str) -> Future[list[Found]]:
        """Find a text, large or small letters alike; one that goes on in the next line is found too."""
        return _ask(self._find, text)

    def bands(self, page: int, dpi: int) -> Iterator[tuple[int, int, QImage]]:
        """Draw a page at a printer's resolution, from the top in bands: (first line, line after the last, picture)."""
        scale = dpi / POINTS
        size = _ask(self._size, page).result()
        width, height = round(size.width * scale), round(size.height * scale)
        lines = max(1, BAND_BYTES // (width * 4))
        for top in range(0, height, lines):
            bottom = min(height, top + lines)
            band = _ask(self._render, page, scale, top / scale, (height - bottom) / scale)
            yield top, bottom, band.result()

    def close(self) -> None:
        """Let go of the document."""
        # The program ending refuses new work, and closes what is open in the end.
        with contextlib.suppress(RuntimeError):
            _one_thread.submit(self._close)

    def _held(self) -> pdfium.PdfDocument:
        if self._document is None:
            self._document = pdfium.PdfDocument(self._content)
            _open.add(self)
        return self._document

    def _open(self) -> list[PageSize]:
        document = self._held()
        return [PageSize(*document.get_page_size(number)) for number in range(len(document))]

    def _size(self, number: int) -> PageSize:
        return PageSize(*self._held().get_page_size(number))

    def _render(self, number: int, scale: float, cut_top: float = 0, cut_bottom: float = 0) -> QImage:
        page = self._held()[number]
        try:
            bitmap = page.render(scale=scale, crop=(0, cut_bottom, 0, cut_top), rev_byteorder=False, prefer_bgrx=True)
        finally:
            page.close()
        picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        # The buffer belongs to pdfium; the copy outlives it.
        return picture.copy()

    def _find(self, text: str) -> list[Found]:
        wanted = "".join(text.lower().split())
        if not wanted:
            return []
        document = self._held()
        return [found for number in range(len(document)) for found in _find_on(document, number, wanted)]

    def _close(self) -> None:
        if self._document is not None:
            self._document.close()
            self._document = None


_open: WeakSet[PdfPages] = WeakSet()
"""Those that hold a document."""


@atexit.register
def _close_all() -> None:
    """Close what is open when the program ends: pdfium's thread is over by then, and complains of what is left."""
    for pages in list(_open):
        pages._close()


def _ask(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
    def told() -> T:
        try:
            return work(*args, **named)
        except pdfium.PdfiumError as error:
            raise Refused(
                _(
                    "This paper is damaged and cannot be shown as a whole. Its record is untouched: compose it anew, "
                    "or save the file and try another program."
                )
            ) from error

    return _one_thread.submit(told)


def _find_on(document: pdfium.PdfDocument, number: int, wanted: str) -> Iterator[Found]:
    """Yield where ``wanted``, without spaces and in small letters, stands on a page."""
    page = document[number]
    words = page.get_textpage()
    try:
        height = page.get_height()
        letters = [(chr(pdfium.raw.FPDFText_GetUnicode(words, at)), at) for at in range(words.count_chars())]
        # One place in the page's text for each character; spaces and line ends are passed over.
        folded = [(low, at) for letter, at in letters if not letter.isspace() for low in letter.lower()[:1]]
        text = "".join(low for low, _at in folded)
        start = text.find(wanted)
        while start >= 0:
            first, last = folded[start][1], folded[start + len(wanted) - 1][1]
            boxes = (words.get_rect(box) for box in range(words.count_rects(first, last - first + 1)))
            places = (QRectF(left, height - top, right - left, top - bottom) for left, bottom, right, top in boxes)
            yield Found(number, tuple(places))
            start = text.find(wanted, start + len(wanted))
    finally:
        words.close()
        page.close()
