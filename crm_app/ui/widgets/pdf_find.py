"""A line over the preview to find a text in a paper: how often it stands there, the next one, the one before."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.pdf_pages import Found, PdfPages
from crm_app.ui.widgets.text_field import TextField


class PdfFind(QWidget):
    """``shown`` carries what was found and which of it the view shall show; Enter goes on, Shift+Enter back."""

    shown = Signal(object, int)
    closed = Signal()
    broken = Signal(str)
    """A page cannot be looked through, in a sentence."""
    _answered = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._found: Sequence[Found] = ()
        self._here = -1
        self._newest: Future[list[Found]] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 0, theme.S, 0)
        row.setSpacing(theme.XS)
        self.field = TextField(self, placeholder=_("Find in the paper"), label=_("Find in the paper"))
        row.addWidget(self.field, 1)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        row.addWidget(self.told)
        for icon, words, run in (
            ("chevron-up", _("The one before"), self.before),
            ("chevron-down", _("The next one"), self.next),
            ("x", _("Close"), self.close_find),
        ):
            button = QToolButton(self)
            theme.put_icon(button, icon)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
        self.field.committed.connect(lambda _text: self._ask())
        self._answered.connect(self._take)
        self.hide()

    def begin(self) -> None:
        """Let a text be typed."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def show_pages(self, pages: PdfPages | None) -> None:
        """Look through another document from now on; an answer about the one before is for nobody."""
        self._pages, self._found, self._here, self._newest = pages, (), -1, None
        self.told.clear()
        if self.isVisible() and self.field.text():
            self._ask()

    def next(self) -> None:
        """Go to the next place."""
        self._go(1)

    def before(self) -> None:
        """Go to the place before."""
        self._go(-1)

    def close_find(self) -> None:
        """Mark nothing any more."""
        self.hide()
        self.shown.emit((), -1)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Esc out of the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_find()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._pages is None:
            return
        asked = self._newest = self._pages.find(self.field.text())
        asked.add_done_callback(lambda answer: self._answered.emit(asked, answer))

    def _take(self, asked: Future[list[Found]], answer: Future[list[Found]]) -> None:
        if asked is not self._newest or answer.cancelled():
            return
        try:
            self._found = answer.result()
        except Refused as error:
            self._found = ()
            self.broken.emit(str(error))
        self._here = 0 if self._found else -1
        self._tell()

    def _go(self, by: int) -> None:
        if self._found:
            self._here = (self._here + by) % len(self._found)
            self._tell()

    def _tell(self) -> None:
        words = _("Hit {n} of {total}").format(n=self._here + 1, total=len(self._found))
        nothing = _("Nothing found") if self.field.text().strip() else ""
        self.told.setText(words if self._found else nothing)
        self.shown.emit(self._found, self._here)
