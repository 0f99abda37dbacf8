"""What a trip came to so far: whom it interested how far, and what was agreed to do next; each leads to its visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.visits import INTENT_LABELS
from crm_app.i18n import _
from crm_app.services.trips import VisitSheet
from crm_app.ui import theme
from crm_app.ui.meetings.wording import step
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.labelled import heading
from crm_app.ui.widgets.parts import literal

Row = tuple[VisitSheet, str, str, str]
"""Whose visit, a short word, a text, and the role of the text."""
_ROWS = 8
"""So many at a step."""
_BESIDE = 900
"""From this width on the two cards stand beside one another."""


class Reached(QWidget):
    """Two cards under the figures of a trip. ``visit_chosen`` carries the visit to be read."""

    visit_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.M)
        self._cards: list[QFrame] = []

    def filling(self, sheets: Sequence[VisitSheet]) -> Iterator[Callable[[], object]]:
        """Yield the steps in which is shown what the visits came to, the highest interest first, steps by their day."""
        yield self._drop
        judged = [
            (one, _(INTENT_LABELS[one.visit.intent]), one.visit.consensus or "", "")
            for one in sorted(sheets, key=lambda one: one.visit.intent or "")
            if one.visit.intent
        ]
        if judged:
            yield from self._card(_("Degree of interest"), judged)
        agreed = sorted(((task, owner, one) for one in sheets for task, owner in one.tasks), key=lambda row: row[0].due)
        today = clock.today()
        steps = [
            (
                one,
                _("done") if task.done_on else "",
                step(task, owner),
                "muted" if task.done_on else "error" if task.due < today else "",
            )
            for task, owner, one in agreed
        ]
        if steps:
            yield from self._card(_("Next step"), steps)

    def _drop(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []

    def _card(self, title: str, rows: Sequence[Row]) -> Iterator[Callable[[], object]]:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        yield partial(self._begin, title, grid)
        for first in range(0, len(rows), _ROWS):
            yield partial(self._add, grid, first, rows[first : first + _ROWS])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards beside one another where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_BESIDE)
        self._layout.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _begin(self, title: str, grid: QGridLayout) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.M - theme.link_inset(), theme.S, theme.M, theme.S)
        inside.setSpacing(theme.XS)
        named = heading(title, "strong")
        named.setContentsMargins(theme.link_inset(), 0, 0, 0)
        inside.addWidget(named)
        inside.addLayout(grid)
        self._cards.append(card)
        self._layout.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)

    def _add(self, grid: QGridLayout, first: int, rows: Sequence[Row]) -> None:
        card = self._cards[-1]
        for number, (sheet, word, text, role) in enumerate(rows, first):
            link = QPushButton(literal(sheet.enterprise.name), card)
            link.setProperty("role", "link")
            visit = sheet.visit.id
            link.clicked.connect(lambda _checked=False, visit=visit: self.visit_chosen.emit(visit))
            grid.addWidget(link, number, 0, Qt.AlignmentFlag.AlignLeft)
            if word:
                short = QLabel(word, card)
                short.setProperty("role", "muted")
                grid.addWidget(short, number, 1)
            grid.addWidget(Elided(" ".join(text.split()), role, card), number, 2)
