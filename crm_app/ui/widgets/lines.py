"""Lines of text: one that is wrapped and never read as markup, and one that leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from crm_app.ui import theme
from crm_app.ui.widgets.parts import literal


def plain(text: str, role: str = "") -> QLabel:
    """Return a wrapped label that never reads markup: names and notes are a stranger's text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # A long word (a mail address) is cut rather than widening the column.
    label.setMinimumWidth(1)
    if role:
        label.setProperty("role", role)
    return label


class Link(QPushButton):
    """A line that leads somewhere; it ends in “…” where there is no room, and ``tail`` stands behind that."""

    def __init__(self, text: str, run: Callable[[], object], *, tail: str = "") -> None:
        super().__init__()
        self._whole, self._tail = text, tail
        self._bear(text)
        self.setProperty("role", "link")
        # A button is never narrower than its words, a line of a column may be.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.clicked.connect(lambda _checked=False: run())

    def say(self, text: str) -> None:
        """Bear other words."""
        self._whole = text
        self._bear(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()

    def _bear(self, words: str) -> None:
        self._shown = words + self._tail
        self.setText(literal(self._shown))

    def sizeHint(self) -> QSize:
        """Ask for room for all of it."""
        # Its letters are known once the stylesheet was applied.
        self.ensurePolished()
        hint = super().sizeHint()
        cut = self.fontMetrics().horizontalAdvance(self._shown)
        # Advances are rounded: a pixel more, or the end of words that have all their room would be cut.
        whole = self.fontMetrics().horizontalAdvance(self._whole + self._tail)
        return QSize(hint.width() - cut + whole + 1, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Do with less."""
        return QSize(theme.CONTROL, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room there is."""
        super().resizeEvent(event)
        # What the style puts around the words, whichever role it is.
        around = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self._shown)
        room = self.width() - around - self.fontMetrics().horizontalAdvance(self._tail)
        self._bear(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
