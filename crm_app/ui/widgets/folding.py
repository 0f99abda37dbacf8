"""Buttons of a row that give up their words where there is no room for them, and keep their icons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from crm_app.ui import theme

_LEAST = 120


class Folding(QObject):
    """Watches ``host``, whose layout holds ``row``; ``buttons``: those with an icon, the first keeps its words longest.

    What is folded says its words when it is pointed at, and to a screen reader.
    """

    def __init__(self, host: QWidget, row: QHBoxLayout, buttons: Sequence[QAbstractButton]) -> None:
        super().__init__(host)
        self._host, self._row, self._buttons = host, row, buttons
        self._words = {button: button.text() for button in buttons}
        self._whole: dict[QAbstractButton, int] = {}
        for button, words in self._words.items():
            button.setAccessibleName(button.accessibleName() or words)
            button.setToolTip(button.toolTip() or words)
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold and unfold as the room changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and watched is self._host:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        folded = set()
        room = self._row.geometry().width()
        if not room:
            return
        lacking = self._needed() - room
        for button in reversed(self._buttons):
            if lacking <= 0:
                break
            if not button.isHidden():
                folded.add(button)
                lacking -= self._width(button) - self._bare(button)
        for button, words in self._words.items():
            wanted = "" if button in folded else words
            if button.text() != wanted:
                button.setText(wanted)
                theme.fit_icon(button)

    def _needed(self) -> int:
        widths, between = [], 0
        for number in range(self._row.count()):
            item = self._row.itemAt(number)
            widget = item.widget() if item is not None else None
            if item is not None and item.spacerItem() is not None:
                between += item.sizeHint().width()
            if item is None or item.isEmpty():
                continue
            whole = isinstance(widget, QAbstractButton) and widget in self._words
            if whole:
                widths.append(self._width(widget))  # type: ignore[arg-type]
            else:
                # A title that could be cut to nothing keeps a few characters before any button loses its words.
                least = max(item.minimumSize().width(), theme.px(_LEAST))
                widths.append(min(item.sizeHint().width(), least))
        return between + sum(widths) + self._row.spacing() * max(0, len(widths) - 1)

    def _width(self, button: QAbstractButton) -> int:
        """Return how wide a button is with its words."""
        button.ensurePolished()
        # Dressing a button lays its row out anew, within this very question.
        if button.text():
            self._whole[button] = button.sizeHint().width()
        elif button not in self._whole:
            self._whole[button] = button.sizeHint().width() + button.fontMetrics().horizontalAdvance(
                self._words[button]
            )
        return self._whole[button]

    def _bare(self, button: QAbstractButton) -> int:
        return self._width(button) - button.fontMetrics().horizontalAdvance(self._words[button])
