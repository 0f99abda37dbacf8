"""The row of tools over a preview: which page, how large, find, print, save."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QIntValidator, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.text_field import TextField

_PAGE_WIDTH = 44
_ZOOM_WIDTH = 72
_WORDED = ("print", "save_pdf", "save_word")
_LEVELS = ("zoom_fit", "zoom_page", "zoom_actual", "zoom_in", "zoom_out")
_ROOM_FOR_STEPS = 600
"""Narrower, in pixels of the design, larger and smaller are found in the menu of sizes alone."""


class _PageField(TextField):
    """Entered, it is as good as empty: who types a number means that page."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.selectAll()


class PdfTools(QWidget):
    """Buttons for the actions of a paper, heard in ``host``; ``page_wanted`` carries the page typed, from 0."""

    page_wanted = Signal(int)

    def __init__(self, host: QWidget, runs: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(host)
        self._actions = {name: actions.make(name, host, run) for name, run in runs.items()}
        self._actions["pages"].setCheckable(True)
        self._count = 0
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.XS)
        self._button("pages")
        self._add_pages()
        self.row.addStretch(1)
        smaller = self._button("zoom_out")
        self._add_zoom()
        self._steps = (smaller, self._button("zoom_in"))
        self.row.addStretch(1)
        self._button("find_text")
        worded = [self._button(name) for name in _WORDED]
        for button in worded:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        Folding(self, self.row, worded)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(self._actions[name])
        button.setAccessibleName(self._actions[name].text())
        self.row.addWidget(button)
        return button

    def _add_pages(self) -> None:
        before, _mark, self._after = _("Page {n} of {total}").partition("{n}")
        self._before = QLabel(before.strip(), self)
        self.page = _PageField(self, label=_("Page"))
        self.page.setFixedWidth(theme.px(_PAGE_WIDTH))
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.returnPressed.connect(self._go)
        self._total = QLabel(self)
        for label in (self._before, self._total):
            label.setProperty("role", "muted")
        for widget in (self._before, self.page, self._total):
            self.row.addWidget(widget)

    def _add_zoom(self) -> None:
        self.zoom = QToolButton(self)
        self.zoom.setProperty("role", "more")
        self.zoom.setFixedWidth(theme.px(_ZOOM_WIDTH))
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.zoom)
        menu.addActions([self._actions[name] for name in _LEVELS])
        self.zoom.setMenu(menu)
        self.row.addWidget(self.zoom)

    def _go(self) -> None:
        if self.page.text().isdigit():
            self.page.setModified(False)
            self.page_wanted.emit(max(1, min(int(self.page.text()), self._count)) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the steps of the zoom to its menu where there is little room."""
        super().resizeEvent(event)
        for button in self._steps:
            button.setVisible(self.width() >= theme.px(_ROOM_FOR_STEPS))

    def enable(self, count: int, *, word: bool, broken: bool = False) -> None:
        """Let be done what can be: nothing without pages, no document for Word where none can be had.

        ``broken``: there is a document that shows no pages; it can be saved all the same.
        """
        self._count = count
        for action in self._actions.values():
            action.setEnabled(bool(count))
        self._actions["save_pdf"].setEnabled(bool(count) or broken)
        self._actions["save_word"].setEnabled((bool(count) or broken) and word)
        self._actions["pages"].setEnabled(count > 1)
        self.zoom.setEnabled(bool(count))
        self.page.setValidator(QIntValidator(1, max(1, count), self))
        for widget in (self._before, self.page, self._total):
            widget.setVisible(bool(count))

    def show_number(self, page: int, count: int) -> None:
        """Say which page is in view, from 0, and of how many."""
        if not (self.page.hasFocus() and self.page.isModified()):
            self.page.setText(str(page + 1) if count else "")
        self._total.setText(self._after.format(total=count).strip())

    def show_zoom(self, zoom: float) -> None:
        """Say how large a page is, 1.0 being its size on a screen of 96 dpi."""
        words = _("{n} %").format(n=round(100 * zoom))
        self.zoom.setText(words)
        self.zoom.setAccessibleName(_("Zoom: {percent}").format(percent=words))

    def show_pages(self, shown: bool) -> None:
        """Say whether the pages stand beside the preview."""
        self._actions["pages"].setChecked(shown)

    def action(self, name: str) -> QAction:
        """Return one of its actions."""
        return self._actions[name]
