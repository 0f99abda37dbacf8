"""The handbook's window: topics at the left, the page at the right, the shortcut sheet last."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.handbook.shortcuts import ShortcutSheet
from crm_app.ui.handbook.topics import TOPICS, Topic
from crm_app.ui.places import SHORTCUTS
from crm_app.ui.session import Session

_WIDTH, _HEIGHT, _RAIL_WIDTH = 560, 420, 128


def _words(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _scrolled(inside: QWidget, name: str) -> QScrollArea:
    inside.setProperty("role", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(inside)
    return area


def _page(topic: Topic) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.M, 0, theme.S, 0)
    column.setSpacing(theme.S)
    column.addWidget(_words(_(topic.title), "title"))
    column.addWidget(_words(_(topic.lead)))
    column.addSpacing(theme.XS)
    for step in topic.steps:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(QLabel("•"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_words(_(step)), 1)
        column.addLayout(row)
    column.addStretch(1)
    return _scrolled(inside, _(topic.title))


class Handbook(QDialog):
    """Read with ↑ and ↓; Esc closes."""

    def __init__(self, parent: QWidget, place: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.size(_WIDTH, _HEIGHT))
        self.topics = QListWidget(self)
        self.topics.setFixedWidth(theme.px(_RAIL_WIDTH))
        self.topics.setAccessibleName(_("Topics"))
        self.pages = QStackedWidget(self)
        for topic in TOPICS.values():
            self._add(_(topic.title))
            self.pages.addWidget(_page(topic))
        self._add(_("Shortcuts"))
        self.pages.addWidget(ShortcutSheet())
        self.topics.currentRowChanged.connect(self.pages.setCurrentIndex)
        names = [*TOPICS, SHORTCUTS]
        self.topics.setCurrentRow(names.index(place) if place in names else 0)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        across.setSpacing(theme.S)
        across.addWidget(self.topics)
        across.addWidget(self.pages, 1)

    def _add(self, title: str) -> None:
        entry = QListWidgetItem(title, self.topics)
        entry.setSizeHint(QSize(0, theme.CONTROL))


def open_help(session: Session, window: QWidget, place: str) -> Handbook:
    """Open the handbook at a place."""
    dialog = Handbook(window, place)
    session.language_changed.connect(dialog.close)
    dialog.open()
    dialog.topics.setFocus()
    return dialog
