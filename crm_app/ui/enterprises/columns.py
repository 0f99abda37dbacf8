"""Where the cards of an enterprise's page stand: three columns, two, or one behind tabs, by the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.enterprises.cards import Cards

_WIDE, _TICKS, _NARROW = 1180, 960, 760
"""Widths of the page from which there are three columns, from which what was promised and asked stands above the
timeline, and below which there is one column."""
_SIDE, _LEAST_SIDE, _MOST_SIDE = 352, 304, 400
"""Of three columns those at the sides take a quarter of the page each, within these widths."""
_LEAST_CLOSE, _CLOSE_SIDE = 240, 288
"""How wide the side is where two columns have little room: it leaves the tabs of the timeline theirs."""
_DEALINGS, _WANTED, _FACTS = range(3)
"""The tabs of a page with one column."""


class Shape(Enum):
    """How many columns there are."""

    NARROW = 1
    CLOSE = 2
    TWO = 3
    WIDE = 4


def _known_of_it(cards: Cards) -> tuple[QWidget, ...]:
    """Return the cards that stand below the facts wherever these do."""
    return (cards.results, cards.honours, cards.relations, cards.names)


def _at_the_sides(cards: Cards) -> tuple[tuple[QWidget, ...], tuple[QWidget, ...]]:
    """Return what stands at the left and at the right of three columns, about as much in each."""
    left = (cards.facts, cards.results, cards.relations, cards.names)
    return left, (cards.people, cards.promised, cards.asked, cards.business, cards.honours)


class Side(QScrollArea):
    """A column of cards that scrolls by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "clear")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.XS, 0)
        self._column.setSpacing(theme.S)
        self._column.addStretch(1)
        self._cards: tuple[QWidget, ...] = ()
        self.setWidget(inside)

    def put(self, cards: Sequence[QWidget]) -> None:
        """Hold these cards, one under the other."""
        for held in self._cards:
            # An item that is taken lives on, and alone hears of another height of its card.
            self._column.removeWidget(held)
        self._cards = tuple(cards)
        for number, card in enumerate(cards):
            # A card that says nothing hides itself; one that was never shown is hidden too, as Qt sees it.
            hidden = card.isHidden() and card.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            self._column.insertWidget(number, card)
            card.setHidden(hidden)


class Columns(QWidget):
    """Holds the cards; a narrower or wider page lays them anew, and each keeps what it shows."""

    def __init__(self, parent: QWidget, cards: Cards) -> None:
        super().__init__(parent)
        self._cards = cards
        self.shape: Shape | None = None
        self.left, self.right = Side(self), Side(self)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(_("Parts of the page"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("Dealings"))
        self.tabs.addTab(_("Promises and asks"))
        self.tabs.addTab(_("Facts and people"))
        self.tabs.currentChanged.connect(lambda _number: self._show_tab())
        self._middle = QWidget(self)
        self._middle_column = QVBoxLayout(self._middle)
        self._middle_column.setContentsMargins(0, 0, 0, 0)
        self._middle_column.setSpacing(theme.S)
        self._middle_column.addWidget(cards.steps)
        self._ticks = QHBoxLayout()
        self._ticks.setSpacing(theme.S)
        self._middle_column.addLayout(self._ticks)
        self._middle_column.addWidget(cards.timeline, 1)
        for card in (cards.steps, cards.promised, cards.asked):
            # The timeline gives way in a low window: it scrolls. Two beside one another are of one width.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addWidget(self.left)
        across.addWidget(self._middle, 1)
        across.addWidget(self.right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.tabs)
        layout.addLayout(across, 1)

    def arrange(self, width: int) -> None:
        """Lay the cards for a page of this width."""
        shape = self._shape(width)
        self._set_sides(shape, width)
        if shape is self.shape:
            return
        self.shape = shape
        cards = self._cards
        wanted, known = (cards.promised, cards.asked), (cards.business, *_known_of_it(cards))
        facts = (cards.people, cards.facts, *known)
        if shape is Shape.WIDE:
            left, right = _at_the_sides(cards)
            self.left.put(left)
            self.right.put(right)
        elif shape is Shape.NARROW:
            self.left.put(facts)
            self.right.put(wanted)
        elif shape is Shape.CLOSE:
            self.left.put((cards.people, cards.facts, *wanted, *known))
        else:
            self.left.put(facts)
            for card in wanted:
                self._ticks.addWidget(card, 1)
        self._show_tab()

    def _shape(self, width: int) -> Shape:
        if width >= self._wide():
            return Shape.WIDE
        if width >= theme.px(_TICKS):
            return Shape.TWO
        return Shape.CLOSE if width >= theme.px(_NARROW) else Shape.NARROW

    def _wide(self) -> int:
        """Return from which width there are three columns: the tabs of the timeline are never cut off for them."""
        between = self._cards.timeline.head_width() + 2 * (theme.px(_LEAST_SIDE) + theme.M + theme.L)
        return max(theme.px(_WIDE), between)

    def _set_sides(self, shape: Shape, width: int) -> None:
        side = theme.px(_SIDE)
        if shape is Shape.CLOSE:
            left = width - self._cards.timeline.head_width() - theme.M - 2 * theme.L
            side = min(max(left, theme.px(_LEAST_CLOSE)), theme.px(_CLOSE_SIDE))
        if shape is Shape.WIDE:
            side = min(max(width // 4, theme.px(_LEAST_SIDE)), theme.px(_MOST_SIDE))
        for part in (self.left, self.right):
            part.setMinimumWidth(0 if shape is Shape.NARROW else side)
            part.setMaximumWidth(16_777_215 if shape is Shape.NARROW else side)

    def show_facts(self) -> None:
        """Bring the facts to the front where they stand behind a tab."""
        self.tabs.setCurrentIndex(_FACTS)

    def _show_tab(self) -> None:
        narrow, tab = self.shape is Shape.NARROW, self.tabs.currentIndex()
        self.tabs.setVisible(narrow)
        self.left.setVisible(not narrow or tab == _FACTS)
        self.right.setVisible(self.shape is Shape.WIDE or (narrow and tab == _WANTED))
        self._middle.setVisible(not narrow or tab == _DEALINGS)
