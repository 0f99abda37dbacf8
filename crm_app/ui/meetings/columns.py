"""The cards of a meeting's page: facts on the left, what was said, and what one knew before beside or below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.labelled import column, heading

Make = Callable[[], QFrame]
"""Makes a card when its turn comes."""
_FACTS_WIDTH, _BESIDE_WIDTH = 320, 340


class Columns(QWidget):
    """Cards are made for each record; that of its files, the last of what stands beside, stays."""

    def __init__(self, files: QWidget) -> None:
        super().__init__()
        self._cards: list[QFrame] = []
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.L)
        self._left, self._right = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._wide = False
        self._beside = QWidget(self)
        self._known = QVBoxLayout(self._beside)
        self._known.setContentsMargins(0, 0, 0, 0)
        self._known.setSpacing(theme.S)
        self._known.addWidget(files)
        self._known.addStretch(1)
        self._right.addWidget(self._beside)
        across.addLayout(self._left)
        across.addLayout(self._right, 1)

    def spread(self, *, wide: bool) -> None:
        """Put what one knew beside what was said, or below it."""
        self._wide = wide
        self._right.setSpacing(theme.L if wide else theme.S)
        self._right.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for part in range(self._right.count()):
            # What was said has the width that is left, what is beside it the height.
            self._right.setStretch(part, int(wide is (part == 0)))
        self._beside.setMinimumWidth(theme.px(_BESIDE_WIDTH) if wide else 0)
        self._beside.setMaximumWidth(theme.px(_BESIDE_WIDTH) if wide else 16_777_215)

    def filling(self, facts: Make, told: Make, known: Sequence[Make]) -> Iterator[Callable[[], object]]:
        """Yield the steps in which cards come in place of those before."""
        yield self._drop
        yield lambda: self._hold(self._left, facts(), theme.px(_FACTS_WIDTH))
        yield lambda: self._hold(self._right, told())
        for number, make in enumerate(known):
            yield partial(self._hold_known, number, make)

    def _drop(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []

    def _hold(self, layout: QBoxLayout, card: QFrame, width: int = 0) -> None:
        if width:
            card.setFixedWidth(width)
        inside = card.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addStretch(1)
        layout.insertWidget(0, card, 0, Qt.AlignmentFlag.AlignTop)
        self._cards.append(card)
        self.spread(wide=self._wide)

    def _hold_known(self, place: int, make: Make) -> None:
        card = make()
        self._known.insertWidget(place, card)
        self._cards.append(card)


def fact_card() -> tuple[QFrame, QVBoxLayout]:
    """Return an empty card and its inside; facts and links stand in line in it."""
    made = QFrame()
    made.setProperty("role", "card")
    inside = QVBoxLayout(made)
    # In line with the words of the cards below or beside it.
    inside.setContentsMargins(theme.M - theme.link_inset(), theme.M, theme.M, theme.M)
    inside.setSpacing(theme.S)
    return made, inside


def fact(inside: QVBoxLayout, label: str, value: str, *, gap: bool = False) -> None:
    """Add a label and under it what is known; a ``gap`` is said in its colour where nothing is."""
    pair = column(2)
    pair.setContentsMargins(theme.link_inset(), 0, 0, 0)
    pair.addWidget(heading(label, "muted"))
    told = heading(value or (_("still missing") if gap else _("not noted")), "" if value or not gap else "error")
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    pair.addWidget(told)
    inside.addLayout(pair)
