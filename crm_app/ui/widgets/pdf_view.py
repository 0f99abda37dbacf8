"""Preview of a paper: pages, zoom, print and save; it takes the PDF's bytes and changes nothing in them.

What is shown may be had as a Word document too, to be edited by hand; that is written when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from crm_app.domain.access import Act
from crm_app.i18n import _
from crm_app.paths import file_name
from crm_app.ui import actions, theme
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets.pdf_pages import PageSize, PdfPages
from crm_app.ui.widgets.pdf_paper import PdfPaper, Spot
from crm_app.ui.widgets.printing import print_pdf, save_bytes

_STEP = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0
_WORDS_FROM = 460
"""Narrower than so many pixels, the tools show their icons alone."""


Note = Callable[[Act], None]
"""Notes that a document is handed out, and how."""
Written = Callable[[], bytes]
"""Writes what is shown as a Word document, beside the window."""


class PdfView(QWidget):
    """``show_pdf`` a document; Ctrl+P prints it, Ctrl+S saves it, Ctrl+Shift+S for Word, PgUp and PgDn turn pages."""

    ready = Signal(int)
    """A document is shown; how many pages it has."""
    spot_clicked = Signal(object)
    """What a place that was clicked stands for; see ``show_spots``."""
    _opened = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._content = b""
        self._name = ""
        self._note: Note = lambda _act: None
        self._word: Written | None = None
        self._spots: list[Spot] = []
        self._pages: PdfPages | None = None
        self._fits = True
        self._paper = PdfPaper()
        self._paper.spot_clicked.connect(self.spot_clicked)
        self._area = QScrollArea(self)
        self._area.setWidget(self._paper)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # Always there: a bar that comes and goes changes the width that pages are fitted to.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setAccessibleName(_("Preview"))
        self._area.verticalScrollBar().valueChanged.connect(lambda _y: self._show_number())
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(theme.S, 0, theme.S, 0)
        self.tools.setSpacing(theme.XS)
        self._worded: list[QToolButton] = []
        self._number = QLabel(self)
        self._number.setProperty("role", "muted")
        self._fill_tools()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(self.tools)
        layout.addWidget(self._area, 1)
        self.setFocusProxy(self._area)
        self._area.viewport().installEventFilter(self)
        self._opened.connect(self._show_opened)
        self.destroyed.connect(lambda: None if self._pages is None else self._pages.close())

    def _fill_tools(self) -> None:
        runs = {
            "zoom_out": lambda: self.zoom_to(self._paper.zoom / _STEP),
            "zoom_in": lambda: self.zoom_to(self._paper.zoom * _STEP),
            "zoom_fit": self.fit_width,
            "print": self.print,
            "save_pdf": self.save,
            "save_word": self.save_word,
        }
        self._actions = {name: actions.make(name, self, run) for name, run in runs.items()}
        self.tools.addWidget(self._number)
        self.tools.addStretch(1)
        for name, action in self._actions.items():
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            if name in ("print", "save_pdf", "save_word"):
                self._worded.append(button)
            self.tools.addWidget(button)
        self._enable()

    def show_pdf(self, content: bytes, name: str, note: Note, word: Written | None = None) -> None:
        """Show a document; ``name`` is offered as its file name, without “.pdf”.

        ``note`` notes in the book that it is printed or taken out; called beside the window, before it is done.
        """
        self.clear()
        self._content, self._name, self._note, self._word = content, name, note, word
        pages = self._pages = PdfPages(content)
        opening = pages.open()
        opening.add_done_callback(lambda answer: self._opened.emit(pages, answer))

    def show_spots(self, spots: list[Spot]) -> None:
        """Let these places of the shown document be clicked."""
        self._spots = spots
        self._paper.show_spots(spots)

    def clear(self) -> None:
        """Show nothing."""
        self._spots = []
        if self._pages is not None:
            self._pages.close()
        self._pages, self._content = None, b""
        self._paper.show_pages(None, [])
        self._enable()

    def _show_opened(self, pages: PdfPages, answer: Future[list[PageSize]]) -> None:
        if pages is not self._pages:
            return
        self._paper.show_pages(pages, answer.result())
        self._paper.show_spots(self._spots)
        self._area.verticalScrollBar().setValue(0)
        if self._fits:
            self.fit_width()
        self._enable()
        self.ready.emit(self._paper.count)

    def _enable(self) -> None:
        for action in self._actions.values():
            action.setEnabled(bool(self._paper.count))
        self._actions["save_word"].setEnabled(bool(self._paper.count) and self._word is not None)
        self._show_number()

    def _show_number(self) -> None:
        count = self._paper.count
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 2
        words = _("Page {n} of {total}").format(n=self._paper.page_at(middle) + 1, total=count)
        self._number.setText(words if count else "")

    def zoom_to(self, zoom: float) -> None:
        """Zoom, keeping the place on the page."""
        self._fits = False
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._zoom(zoom)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, now and when the view changes its size."""
        self._fits = True
        # A page rounded up by a pixel would bring a bar for that pixel.
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._zoom(min(self._paper.zoom_to_width(self._area.viewport().width()), 2.0))

    def _zoom(self, zoom: float) -> None:
        bar = self._area.verticalScrollBar()
        at = bar.value() / max(1, self._paper.height())
        self._paper.set_zoom(max(_SMALLEST, min(zoom, _LARGEST)))
        bar.setValue(round(at * self._paper.height()))
        self._show_number()

    def go_to_page(self, number: int) -> None:
        """Show a page, counted from 0."""
        if 0 <= number < self._paper.count:
            self._area.verticalScrollBar().setValue(self._paper.rect_of(number).top() - theme.S)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page as wide as the view where that was asked for, and the tools within it."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        for button in self._worded:
            wide = self.width() >= theme.px(_WORDS_FROM)
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
        if self._fits and self._paper.count:
            self.fit_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel."""
        if event.type() == QEvent.Type.Wheel and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # type: ignore[attr-defined]
            self.zoom_to(self._paper.zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))  # type: ignore[attr-defined]
            return True
        return super().eventFilter(watched, event)

    def print(self) -> None:
        """Ask for a printer and print in the background."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, self._paper.count > 1)
        dialog.setMinMax(1, max(1, self._paper.count))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a chosen printer in the background."""
        content, count, note = self._content, self._paper.count, self._note

        def work(progress: Progress) -> None:
            note(Act.PRINT)
            print_pdf(content, count, printer, progress)

        self._session.background.write(_("Printing {name}").format(name=self._name), work, owner=self)

    def save(self) -> None:
        """Ask for a file and save the document's own bytes."""
        path = self._ask_file(_("Save as PDF"), "pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_to(path)

    def save_word(self) -> None:
        """Ask for a file and write the document for Word."""
        path = self._ask_file(_("Save for Word"), "docx", "Word (*.docx)")
        if path is not None:
            self.save_word_to(path)

    def _ask_file(self, title: str, suffix: str, kind: str) -> Path | None:
        folder = self._session.settings.last("pdf_folder")
        offered = file_name(self._name, f".{suffix}")
        chosen, _filter = QFileDialog.getSaveFileName(self, title, str(Path(folder) / offered), kind)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(f".{suffix}")

    def save_to(self, path: Path) -> None:
        """Save the document's bytes in a file, whole or not at all."""
        content = self._content
        self._save(path, lambda: content)

    def save_word_to(self, path: Path) -> None:
        """Write the document for Word into a file, whole or not at all."""
        assert self._word is not None, "what is shown can be had for Word"
        self._save(path, self._word)

    def _save(self, path: Path, make: Written) -> None:
        self._session.settings.set_last("pdf_folder", str(path.parent))
        note = self._note

        def work(_progress: Progress) -> Path:
            made = make()
            note(Act.EXPORT)
            return save_bytes(made, path)

        self._session.background.write(
            _("Saving {name}").format(name=path.name),
            work,
            lambda saved: self._session.say(_("Saved as {path}").format(path=saved)),
        )
