"""The enterprise of a stop with its place, in whatever room the row leaves: cut, never pushing the columns aside."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from crm_app.ui import actions, theme
from crm_app.ui.widgets.parts import literal

_LEAST = 120


class PlanName(QWidget):
    """``button`` leads to the enterprise; the place is left out where there is no room for both."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.button.setProperty("role", "name")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._where = QLabel(self)
        self._where.setProperty("role", "muted")
        self._name = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self.button)
        row.addWidget(self._where)
        row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the columns of all rows stand under one another."""
        return QSize(theme.px(_LEAST), super().minimumSizeHint().height())

    def put(self, name: str, where: str, *, off: bool) -> None:
        """Show an enterprise; ``off``: it is not met after all."""
        if self.button.property("off") != off:
            self.button.setProperty("off", off)
            self.button.style().polish(self.button)
        self._name = name
        self.button.setToolTip(f"{name}  {actions.spec('open_row').shown_keys}")
        self._where.setText(where)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.button.fontMetrics()
        room = self.width() - 2 * theme.XS - 4
        whole = metrics.horizontalAdvance(self._name)
        place = self._where.fontMetrics().horizontalAdvance(self._where.text()) + 2 * theme.S
        self._where.setVisible(whole + place <= room)
        self.button.setText(literal(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, max(room, 1))))
