"""A section of the facts column: a heading with at most one button, and lines under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.ui import theme
from crm_app.ui.widgets.lines import Link, plain

_LABEL_WIDTH = 98
_MARK = 16


class Mark(QWidget):
    """A small icon in a colour of the look in use."""

    def __init__(self, icon: str, role: str, words: str) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self.setFixedSize(theme.size(_MARK, _MARK + 2))
        self.setToolTip(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        theme.icon(self._icon, self._role).paint(painter, 0, 2, theme.px(_MARK), theme.px(_MARK))
        painter.end()


class Section(QFrame):
    """One card of the column."""

    def __init__(self, title: str, add: str = "", run: Callable[[], object] | None = None, tip: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.M, theme.XS, theme.S, theme.S)
        self._layout.setSpacing(theme.XS)
        head = QHBoxLayout()
        heading = QLabel(title, self)
        heading.setProperty("role", "strong")
        heading.setMinimumHeight(theme.CONTROL)
        head.addWidget(heading)
        head.addStretch(1)
        if run is not None:
            button = Link(add, run)
            button.setAccessibleName(tip or add)
            button.setToolTip(tip)
            head.addWidget(button)
        self._layout.addLayout(head)
        self._grid: QGridLayout | None = None

    def fact(self, label: str, value: str, mark: QWidget | None = None) -> None:
        """Add a labelled value; ``mark`` stands at its right."""
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(theme.S)
            self._grid.setVerticalSpacing(theme.XS)
            self._grid.setColumnMinimumWidth(0, theme.px(_LABEL_WIDTH))
            self._grid.setColumnStretch(1, 1)
            self._layout.addLayout(self._grid)
        row = self._grid.rowCount()
        name = plain(label, "muted")
        name.setFixedWidth(theme.px(_LABEL_WIDTH))
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        shown = plain(value)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
        if mark is not None:
            self._grid.addWidget(mark, row, 2, Qt.AlignmentFlag.AlignTop)

    def paragraph(self, label: str, text: str) -> None:
        """Add a longer text under its label."""
        self._grid = None
        self._layout.addSpacing(theme.XS)
        self._layout.addWidget(plain(label, "muted"))
        self._layout.addWidget(plain(text))

    def quiet(self, text: str) -> None:
        """Add a muted line."""
        self._grid = None
        self._layout.addWidget(plain(text, "muted"))

    def entry(self, title: str, detail: str = "", *, right: QWidget | None = None, quiet: bool = False) -> None:
        """Add a line with a detail under it and a widget at its right; ``quiet`` for what no longer holds."""
        self._grid = None
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain(title, "muted" if quiet else ""))
        if detail:
            words.addWidget(plain(detail, "muted"))
        row.addLayout(words, 1)
        if right is not None:
            row.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(row)

    def link(self, title: str, detail: str, run: Callable[[], object], *, badge: QWidget | None = None) -> None:
        """Add a line that leads somewhere; under it a badge and a detail."""
        self._grid = None
        self._layout.addWidget(Link(title, run), 0, Qt.AlignmentFlag.AlignLeft)
        under = QHBoxLayout()
        under.setContentsMargins(theme.XS + 1, 0, 0, theme.XS)
        under.setSpacing(theme.S)
        if badge is not None:
            under.addWidget(badge)
        under.addWidget(plain(detail, "muted"), 1)
        self._layout.addLayout(under)


def small_button(icon: str, words: str, run: Callable[[], object]) -> QToolButton:
    """Return an icon button; its words are its tooltip and its accessible name."""
    button = QToolButton()
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.put_icon(button, icon, "muted")
    button.clicked.connect(lambda _checked=False: run())
    return button


@contextmanager
def focus_kept(pane: QWidget) -> Iterator[None]:
    """Give the focus back to the control of the same name after a pane was rebuilt, else to the pane's first.

    Without it a keyboard user who added a contact would stand nowhere.
    """
    here = pane.window().focusWidget()
    inside = here is not None and pane.isAncestorOf(here)
    name = here.accessibleName() if here is not None else ""
    yield
    buttons = pane.findChildren(QAbstractButton) if inside else []
    again = [one for one in buttons if one.accessibleName() == name] or buttons
    if again:
        again[0].setFocus()
