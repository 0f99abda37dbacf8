"""Small marks and rows the views of this place share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.cells import paint_badge

_MARK = 16
_AROUND = 14
"""Pixels of a badge beside its word."""


class StageBadge(QWidget):
    """A stage as the badge the lists paint."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._code, self._word = "", ""

    def show_stage(self, stage: Stage) -> None:
        """Show this stage."""
        self.show_word(stage.value, _(STAGE_LABELS[stage]))

    def show_word(self, code: str, word: str) -> None:
        """Show a word in the colours of a stage's code; quiet ones for what is no stage."""
        self._code, self._word = code, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the badge's size."""
        return QSize(self._metrics().horizontalAdvance(self._word) + theme.px(_AROUND), theme.px(20))

    def _metrics(self) -> QFontMetrics:
        font = QFont(self.font())
        font.setPixelSize(theme.SMALL)
        return QFontMetrics(font)

    def minimumSizeHint(self) -> QSize:
        """Keep the whole word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge, its word shortened where a smaller width was forced on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = QRect(0, 0, self.width(), self.height())
        paint_badge(painter, at, self.shown_word(), theme.colours().stage(self._code))

    def shown_word(self) -> str:
        """Return what is painted of the word."""
        if self.width() >= self.sizeHint().width():
            # Measured anew, a text as wide as it measured is cut where its glyphs stand between two pixels.
            return self._word
        room = self.width() - theme.px(_AROUND)
        return self._metrics().elidedText(self._word, Qt.TextElideMode.ElideRight, room)


class Mark(QWidget):
    """A small icon that says how a row stands."""

    def __init__(self, icon: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._role = icon, role
        self.setFixedSize(theme.px(_MARK), theme.px(_MARK))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the colours of the look."""
        theme.icon(self._icon, self._role).paint(QPainter(self), self.rect())


def text_label(text: str, role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label in a role of the stylesheet."""
    label = QLabel(text, parent)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(wrap)
    return label


def button(text: str, role: str = "quiet", icon: str = "", *, tip: str = "") -> QPushButton:
    """Return a button that Enter in a field never presses."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    made.setAccessibleName(tip or text)
    if tip:
        made.setToolTip(tip)
    if icon:
        theme.put_icon(made, icon)
    return made


def combo(label: str, options: list[tuple[str, object]]) -> QComboBox:
    """Return a closed choice of (word, value) pairs."""
    made = QComboBox()
    made.setAccessibleName(label)
    made.setToolTip(label)
    for word, value in options:
        made.addItem(word, value)
    return made
