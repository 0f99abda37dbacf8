"""What a double click in the preview leads to: the text that stands there, the record of a row, what fills a gap."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QWidget

from crm_app.domain.papers import PaperState
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.papers import Area, Gap, Standing
from crm_app.ui.papers.life import Life
from crm_app.ui.papers.work import Shown
from crm_app.ui.session import Session
from crm_app.ui.widgets.pdf_paper import Spot
from crm_app.ui.widgets.pdf_view import PdfView


class Ways(QObject):
    """From places on the pages of a paper to what they stand for."""

    row_wanted = Signal(object)
    keep_wanted = Signal()
    """The paper has to be kept as a draft first."""

    def __init__(self, session: Session, page: QWidget, life: Life, view: Callable[[], PdfView]) -> None:
        super().__init__(page)
        self._session, self._life, self._view = session, life, view
        self._shown: Shown | None = None

    def show_paper(self, shown: Shown) -> None:
        """Find where the figures and the texts of a paper stand, after its pages are on screen."""
        self._shown = shown
        book = self._session.book
        # Laid out once more for it, beside the window.
        self._session.background.write(
            "",
            lambda _progress: papers.standing_of(book, shown.paper, shown.kept),
            lambda standing: self._take(shown, standing),
            owner=self,
        )

    def _take(self, shown: Shown, standing: Standing) -> None:
        if shown is self._shown:
            self._view().show_spots(
                [Spot(one.page, QRectF(one.x, one.y, one.width, one.height), one.rows) for one in standing.figures],
                [
                    Spot(one.page, QRectF(one.x, one.y, one.width, one.height), one, _hint(one, shown))
                    for one in standing.areas
                ],
            )

    def go(self, area: Area) -> None:
        """Go to what an area of the paper on show stands for."""
        shown = self._shown
        if shown is None:
            return
        if area.row:
            self.row_wanted.emit(area.row[0])
        elif area.gap is not None:
            self._fill(area.gap)
        elif shown.kept is None:
            self._session.say(_hint(area, shown))
            self.keep_wanted.emit()
        elif shown.state is PaperState.FINAL:
            self._session.say(_hint(area, shown))
        else:
            self._life.open_texts(area.place)

    def _fill(self, gap: Gap) -> None:
        if gap.rows:
            self.row_wanted.emit(gap.rows[0])
        elif not self._life.fill(gap.where):
            self._life.open_texts()


def _hint(area: Area, shown: Shown) -> str:
    """Return what a double click on an area does; for a text that cannot be changed, why not."""
    if area.row:
        return _("Double-click to go to the record")
    if area.gap is not None:
        return _("Double-click to fill it in")
    if shown.kept is None:
        return _("Keep the paper as a draft first; then a double click changes its texts.")
    if shown.state is PaperState.FINAL:
        return _("This paper is final; make a new one to correct it.")
    return _("Double-click to change the text")
