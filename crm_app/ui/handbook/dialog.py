"""The handbook's window: topics at the left, the page at the right, the shortcut sheet last."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import N_, _
from crm_app.ui import actions, theme
from crm_app.ui.actions import Spec, Where
from crm_app.ui.handbook.topics import TOPICS, Topic
from crm_app.ui.session import Session

_WIDTH, _HEIGHT, _RAIL_WIDTH = 560, 420, 128
_HEARD = {
    Where.WINDOW: N_("Everywhere"),
    Where.LIST: N_("In a list"),
    Where.FORM: N_("In a form"),
    Where.TODAY: N_("On Today's steps"),
    Where.RECORD: N_("On a record's page"),
    Where.ATTACHMENT: N_("On an attachment"),
    Where.DUPLICATES: N_("Among duplicates"),
    Where.BOARD: N_("On the board"),
    Where.PAPER: N_("On a paper"),
}


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


_KEYS = {"Return": "Enter", "Left": "←", "Right": "→"}
"""Keys by what stands on them; Return and Enter are one key to most people."""


def shown_keys(declared: Spec) -> str:
    """Return an action's first shortcut as it stands on the keyboard."""
    parts = declared.keys[0].split("+")
    return "+".join(_KEYS.get(part, part) for part in parts)


def _sheet() -> QScrollArea:
    """Return every declared shortcut under where it is heard: the list the window itself is built from."""
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(theme.M, 0, theme.S, 0)
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnStretch(1, 1)
    grid.addWidget(_words(_("Shortcuts"), "title"), 0, 0, 1, 2)
    row = 1
    for where, words in _HEARD.items():
        heading = _words(_(words), "strong")
        heading.setContentsMargins(0, theme.S, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        row += 1
        for declared in actions.SPECS:
            if declared.where is where and declared.keys:
                grid.addWidget(_words(shown_keys(declared), "muted"), row, 0)
                grid.addWidget(_words(declared.title), row, 1)
                row += 1
    grid.setRowStretch(row, 1)
    return _scrolled(inside, _("Shortcuts"))


class Handbook(QDialog):
    """Read with ↑ and ↓; Esc closes."""

    def __init__(self, parent: QWidget, place: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self.topics = QListWidget(self)
        self.topics.setFixedWidth(_RAIL_WIDTH)
        self.topics.setAccessibleName(_("Topics"))
        self.pages = QStackedWidget(self)
        for topic in TOPICS.values():
            self._add(_(topic.title))
            self.pages.addWidget(_page(topic))
        self._add(_("Shortcuts"))
        self.pages.addWidget(_sheet())
        self.topics.currentRowChanged.connect(self.pages.setCurrentIndex)
        names = list(TOPICS)
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
