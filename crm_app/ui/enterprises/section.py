"""A card of an enterprise's page: a heading with at most one button, and lines under it that are put anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.cells import paint_badge
from crm_app.ui.widgets.focus import focus_kept
from crm_app.ui.widgets.lines import Link, plain

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


class Badge(QWidget):
    """A word as lists show it: a stage by its code, or an honour."""

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__()
        self._words, self._code = words, code
        self.setFixedSize(self.fontMetrics().horizontalAdvance(words) + theme.px(16), theme.px(22))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self.rect(), self._words, theme.colours().stage(self._code))
        painter.end()


def stage_badge(stage: Stage) -> Badge:
    """Return the badge of a project's stage."""
    return Badge(_(STAGE_LABELS[stage]), stage.value)


class Section(QFrame):
    """One card. What stands in it is put within ``with section.filled():``.

    ``inset`` is for a card of links or rows that take the focus.
    """

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        add: str = "",
        run: Callable[[], object] | None = None,
        tip: str = "",
        inset: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        # The ring of what can have the focus stands outside the line that words begin on.
        self._inset = theme.link_inset() if inset else 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.M - self._inset, theme.XS, theme.S, theme.S)
        self._layout.setSpacing(theme.XS)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.S)
        self.head.setContentsMargins(self._inset, 0, 0, 0)
        heading = QLabel(title, self)
        heading.setProperty("role", "strong")
        heading.setMinimumHeight(theme.CONTROL)
        self.head.addWidget(heading)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.head.addWidget(self.count)
        self.head.addStretch(1)
        if run is not None:
            self.head.addWidget(self.head_link(add, run, tip))
        self._layout.addLayout(self.head)
        self._body: QWidget | None = None
        self._column = QVBoxLayout()

    def head_link(self, words: str, run: Callable[[], object], tip: str) -> Link:
        """Return a link for the heading."""
        button = Link(words, run)
        button.setAccessibleName(tip or words)
        button.setToolTip(tip)
        return button

    @contextmanager
    def filled(self) -> Iterator[QWidget]:
        """Put what stands in the card anew, in a widget; the focus stays on the control of the same name."""
        with focus_kept(self):
            if self._body is not None:
                self._layout.removeWidget(self._body)
                # Parted from the card it would be dressed anew before it goes.
                self._body.hide()
                self._body.deleteLater()
            self._body = QWidget(self)
            self._body.setProperty("role", "clear")
            self._column = QVBoxLayout(self._body)
            self._column.setContentsMargins(0, 0, 0, 0)
            self._column.setSpacing(theme.XS)
            yield self._body
            self._layout.addWidget(self._body, 0, Qt.AlignmentFlag.AlignTop)
            self._body.setVisible(self._column.count() > 0)

    def add(self, widget: QWidget) -> None:
        """Add a widget under the others."""
        self._column.addWidget(widget)

    def quiet(self, text: str) -> None:
        """Add a muted line."""
        line = plain(text, "muted")
        line.setContentsMargins(self._inset, 0, 0, 0)
        self._column.addWidget(line)

    def entry(self, title: str, detail: str = "", *, right: tuple[QWidget, ...] = (), role: str = "") -> None:
        """Add a line with widgets at its right, and a detail under both.

        ``role`` is that of the words, muted for what is past.
        """
        words = QVBoxLayout()
        words.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(plain(title, "muted" if role == "muted" else ""), 1)
        for one in right:
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addLayout(row)
        if detail:
            words.addWidget(plain(detail, role or "muted"))
        self._column.addLayout(words)

    def link(self, title: str, detail: str, run: Callable[[], object], *, badge: QWidget | None = None) -> None:
        """Add a line that leads somewhere; under it a badge and a detail."""
        link = Link(title, run)
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if not detail and badge is None:
            return
        under = QHBoxLayout()
        under.setContentsMargins(theme.link_inset(), 0, 0, theme.XS)
        under.setSpacing(theme.S)
        if badge is not None:
            under.addWidget(badge)
        under.addWidget(plain(detail, "muted"), 1)
        self._column.addLayout(under)


def small_button(icon: str, words: str, run: Callable[[], object], role: str = "muted") -> QToolButton:
    """Return an icon button; its words are its tooltip and its accessible name."""
    button = QToolButton()
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setProperty("role", "small")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.put_icon(button, icon, role)
    button.clicked.connect(lambda _checked=False: run())
    return button
