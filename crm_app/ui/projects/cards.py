"""A card of the project page: a heading with what can be added, rows under it, a word where there is nothing yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crm_app.services.projects import ProjectPage
from crm_app.ui import theme
from crm_app.ui.projects.marks import button, text_label

Run = Callable[[], object]


class InfoCard(QFrame):
    """A titled card with one thing that can be done about it; filled again whenever the project is read."""

    def __init__(self, title: str, parent: QWidget, *, add: str, run: Run) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(text_label(title, "strong", parent=self))
        self.count = text_label("", "muted", parent=self)
        head.addWidget(self.count)
        head.addStretch(1)
        self.add_button = button(add, "link")
        self.add_button.clicked.connect(lambda _checked=False: run())
        head.addWidget(self.add_button)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.XS, theme.S, theme.S)
        layout.setSpacing(2)
        layout.addLayout(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(2)
        layout.addLayout(self._body)
        self._held: QWidget | None = None

    def show_page(self, page: ProjectPage) -> None:
        """Show this card's part of a project."""
        raise NotImplementedError

    def add_above(self, widget: QWidget) -> None:
        """Put a widget between the heading and the rows, for good."""
        self._layout.insertWidget(1, widget)

    def begin(self) -> QGridLayout:
        """Throw the rows away and return the grid for new ones."""
        if self._held is not None:
            self._body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = QWidget(self)
        grid = QGridLayout(self._held)
        grid.setContentsMargins(0, 0, theme.XS, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(2)
        self._body.addWidget(self._held)
        return grid

    def put_under(self, widgets: Sequence[QWidget], beside: int) -> None:
        """Show more widgets under the rows, so many beside one another."""
        assert self._held is not None, "rows come first"
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for number, widget in enumerate(widgets):
            grid.addWidget(widget, number // beside, number % beside)
            grid.setRowMinimumHeight(number // beside, theme.CONTROL - theme.XS)
        rows = self._held.layout()
        assert isinstance(rows, QGridLayout)
        rows.addLayout(grid, rows.rowCount(), 0, 1, rows.columnCount())

    def put_rows(self, rows: Sequence[Sequence[QWidget]], empty: str, *, stretch: int = 0) -> None:
        """Show rows of widgets in columns, column ``stretch`` taking what is left; or the ``empty`` sentence."""
        grid = self.begin()
        grid.setColumnStretch(stretch, 1)
        for number, row in enumerate(rows):
            for column, widget in enumerate(row):
                grid.addWidget(widget, number, column)
            grid.setRowMinimumHeight(number, theme.CONTROL - theme.XS)
        if not rows and empty:
            grid.addWidget(text_label(empty, "muted", wrap=True), 0, 0, 1, stretch + 1)
        self.count.setText(str(len(rows)) if rows else "")


def link(text: str, run: Run, tip: str = "") -> QPushButton:
    """Return a small link in a row."""
    made = button(text, "link", tip=tip)
    made.clicked.connect(lambda _checked=False: run())
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def icon_link(icon: str, tip: str, run: Run) -> QPushButton:
    """Return a small picture in a row that says what it does when pointed at."""
    made = button("", "link", tip=tip)
    theme.put_icon(made, icon, "muted")
    made.clicked.connect(lambda _checked=False: run())
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class LinkLabel(QLabel):
    """A name that leads somewhere, flush with the texts around it; Tab reaches it, Enter follows it."""

    def __init__(self, text: str, run: Run, tip: str = "") -> None:
        super().__init__(f'<a href="#" style="text-decoration:none">{escape(text)}</a>')
        self.setAccessibleName(tip or text)
        self.setToolTip(tip or text)
        self.setWordWrap(True)
        reach = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(reach)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._run = run
        self.linkActivated.connect(lambda _href: run())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the link: Qt does so only where the focus came to the very letters."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._run()
        else:
            super().keyPressEvent(event)
