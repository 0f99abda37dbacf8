"""Chips that lead somewhere, one after the other and wrapped like words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from crm_app.ui import theme
from crm_app.ui.widgets.parts import literal


class ChipFlow(QWidget):
    """A chip for each ``(words, tip, run)``; one that is too long ends in “…”."""

    def __init__(self, chips: Sequence[tuple[str, str, Callable[[], object]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips: list[tuple[QPushButton, str]] = []
        for words, tip, run in chips:
            chip = QPushButton(literal(words), self)
            chip.setProperty("role", "filter")
            chip.setAccessibleName(words)
            chip.setToolTip("\n".join(part for part in (words, tip) if part))
            chip.clicked.connect(lambda _checked=False, run=run: run())
            self._chips.append((chip, words))

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow flow is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines the chips take."""
        return self._lay(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the height at the width there is."""
        width = max(self.width(), theme.px(160))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Do with the width of one short chip."""
        return QSize(theme.px(80), self.heightForWidth(max(self.width(), theme.px(80))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chips anew."""
        super().resizeEvent(event)
        self._lay(self.width(), move=True)
        self.updateGeometry()

    def _lay(self, width: int, *, move: bool) -> int:
        at, height = QPoint(0, 0), 0
        for chip, words in self._chips:
            chip.ensurePolished()
            metrics = chip.fontMetrics()
            wanted = min(metrics.horizontalAdvance(words) + 2 * theme.S + theme.S, width)
            tall = chip.sizeHint().height()
            if at.x() and at.x() + wanted > width:
                at = QPoint(0, at.y() + tall + theme.XS)
            if move:
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wanted - 2 * theme.S - 2)
                chip.setText(literal(shown))
                chip.setGeometry(at.x(), at.y(), wanted, tall)
            at.setX(at.x() + wanted + theme.XS)
            height = at.y() + tall
        return height
