"""The page on which a meeting is read: its name and day on top, cards of what it says below, its photos and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.fitting import scrolled
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.parts import button
from crm_app.ui.widgets.scroll_keys import ScrollKeys
from crm_app.ui.widgets.turns import Turns

Make = Callable[[], QFrame]
"""Makes a card when its turn comes."""
_FACTS_WIDTH, _BESIDE_WIDTH = 320, 340
_WIDE = 1400
"""The width of the page from which what one knew before and the attachments stand beside what was said."""


class MeetingView(QWidget):
    """A page of the place of trips; ``failed`` carries the sentence where there is nothing to show.

    Whoever is one reads the record (``reload``), shows it in cards (``put_cards``), and says what its buttons do.
    """

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._record: UUID | None = None
        self._cards: list[QFrame] = []
        self.attachments = AttachmentsCard(session, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.M)
        self.title = Elided("", "title", self)
        self._under = QLabel(self)
        self._under.setProperty("role", "muted")
        both = (self._head_button("edit", self.edit), self._head_button("note", self.note))
        self._buttons = [*self.own_buttons(), *both]
        layout.addLayout(self._head())
        self._area = scrolled(self._body())
        self._turns = Turns(self._area)
        layout.addWidget(self._area, 1)
        actions.make("attach", self, self.attachments.choose)
        drop_on_page(session, self, lambda _spot: self.attachments.target)
        ScrollKeys(self, self._area, self._buttons)

    def reload(self) -> None:
        """Read again what is shown, where anything is."""
        raise NotImplementedError

    def edit(self) -> None:
        """Open the form with what is shown."""
        raise NotImplementedError

    def note(self) -> None:
        """Log a follow-up of it."""
        raise NotImplementedError

    def target(self) -> Target | None:
        """Return what is shown, as its menu calls it."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go elsewhere: what is shown is being deleted."""
        raise NotImplementedError

    def own_buttons(self) -> Sequence[QPushButton]:
        """Return buttons that stand before those of every meeting."""
        return ()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.title)
        row.addWidget(self._under)
        row.addStretch(1)
        for one in self._buttons:
            row.addWidget(one)
        row.addWidget(RecordMenu(self._session, self, self.target, self.leave))
        folding: Sequence[QAbstractButton] = self._buttons
        Folding(self, row, folding)
        return row

    def _head_button(self, action: str, run: Callable[[], object]) -> QPushButton:
        spec = actions.spec(action)
        made = button(spec.title, run, self)
        theme.put_icon(made, spec.icon)
        made.setToolTip(spec.shown_keys)
        actions.make(action, self, run)
        return made

    def open(self, record: UUID) -> None:
        """Show a record, from its beginning."""
        if record != self._record:
            self._record = record
            self._area.verticalScrollBar().setValue(0)
        self.reload()

    def focus_first(self) -> None:
        """Let Enter do what one comes here for, and the record's shortcuts be heard."""
        self._buttons[0].setFocus()

    def _body(self) -> QWidget:
        """Return the columns; their cards are made for each record, that of the attachments stays."""
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.L)
        self._left, self._right = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._right.setSpacing(theme.L)
        self._beside = QWidget(body)
        self._known = QVBoxLayout(self._beside)
        self._known.setContentsMargins(0, 0, 0, 0)
        self._known.setSpacing(theme.S)
        self._known.addWidget(self.attachments)
        self._known.addStretch(1)
        self._right.addWidget(self._beside)
        across.addLayout(self._left)
        across.addLayout(self._right, 1)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what one knows beside what was said where there is room, so that its lines stay short."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= theme.px(_WIDE)
        self._right.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for part in range(self._right.count()):
            # What was said has the width that is left, what is beside it the height.
            self._right.setStretch(part, int(wide is (part == 0)))
        self._beside.setMinimumWidth(theme.px(_BESIDE_WIDTH) if wide else 0)
        self._beside.setMaximumWidth(theme.px(_BESIDE_WIDTH) if wide else 16_777_215)

    def put_cards(self, facts: Make, told: Make, known: Sequence[Make] = ()) -> None:
        """Show cards in place of those before, made a turn each: facts left, what was said, beside it what one knew."""
        self._turns.begin(self._filling(facts, told, known))

    def _filling(self, facts: Make, told: Make, known: Sequence[Make]) -> Iterator[Callable[[], object]]:
        yield self._drop_cards
        yield lambda: self._hold(self._left, facts(), theme.px(_FACTS_WIDTH))
        yield lambda: self._hold(self._right, told())
        for number, make in enumerate(known):
            yield partial(self._hold_known, number, make)

    def _drop_cards(self) -> None:
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
        self._arrange()

    def _hold_known(self, place: int, make: Make) -> None:
        card = make()
        self._known.insertWidget(place, card)
        self._cards.append(card)

    def card(self) -> tuple[QFrame, QVBoxLayout]:
        """Return an empty card and its inside; facts and links stand in line in it."""
        made = QFrame()
        made.setProperty("role", "card")
        inside = QVBoxLayout(made)
        # In line with the words of the cards below or beside it.
        inside.setContentsMargins(theme.M - theme.link_inset(), theme.M, theme.M, theme.M)
        inside.setSpacing(theme.S)
        return made, inside

    def link(self, inside: QVBoxLayout, label: str, text: str, place: str, record: UUID) -> None:
        """Add a label and under it a line that leads somewhere."""
        pair = column(0)
        named = heading(label, "muted")
        named.setContentsMargins(theme.link_inset(), 0, 0, 0)
        pair.addWidget(named)
        row = QHBoxLayout()
        row.addWidget(button(text, lambda: self._session.go(place, record), self, "link"))
        row.addStretch(1)
        pair.addLayout(row)
        inside.addLayout(pair)


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
