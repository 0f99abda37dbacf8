"""What narrows a list, as chips above it: a click takes one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.lines import Link

Chip = tuple[str, Callable[[], object]]
"""The words of a filter, and what takes it away."""


class FilterChips(QWidget):
    """A row that is there while something narrows the list."""

    def __init__(self, parent: QWidget, clear: Callable[[], object]) -> None:
        super().__init__(parent)
        self._clear = clear
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.XS)
        self.hide()

    def put(self, chips: Sequence[Chip]) -> None:
        """Show these, and behind them one that takes all of them away."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for words, run in chips:
            self._row.addWidget(_chip(Link(words, run, tail="  ×")))
        if chips:
            clear = _chip(Link(_("Clear the filter"), self._clear))
            clear.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._row.addWidget(clear)
        self._row.addStretch(1)
        self.setVisible(bool(chips))


def _chip(link: Link) -> Link:
    link.setProperty("role", "filter")
    return link
