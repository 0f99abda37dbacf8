"""What every part of the settings is, and the small tables most of them show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

R = TypeVar("R")
_UNSORTED = Sort("as read")


class Part(QWidget):
    """One entry of the settings' rail."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session

    def load(self) -> None:
        """Read and show what the part is about; called each time it comes to the front."""

    def refresh(self, changes: Changes) -> None:
        """Read again where ``changes`` touch what is shown."""

    def focus_first(self) -> None:
        """Put the focus where it makes sense."""
        self.setFocus()


def table(
    part: Part,
    name: str,
    columns: Sequence[Column[R]],
    read: Callable[[Book], Sequence[R]],
    words_of: Callable[[R], str],
    *,
    nothing: str,
    add: str,
    open_new: Callable[[], object],
    open_row: Callable[[R], object] | None = None,
) -> RecordList[R]:
    """Return a list of everything ``read`` answers, filtered by ``words_of``, with a button and Insert to add."""
    book = part.session.book

    def fetch_for(query: str) -> Fetch[R]:
        def fetch(_sort: Sort, _after: Any, _limit: int) -> Block[R]:
            return Block([row for row in read(book) if fits(query, words_of(row))])

        return fetch

    empty = EmptyState(nothing, step=add, run=open_new, action="new_record")
    made = RecordList(part.session, f"settings-{name}", columns, fetch_for, _UNSORTED, empty, part)
    button = QPushButton(add, made)
    button.setToolTip(f"{add}  {actions.spec('new_record').shown_keys}")
    theme.put_icon(button, "plus")
    button.clicked.connect(lambda _checked=False: open_new())
    made.header.addWidget(button)
    actions.make("new_record", made, open_new)
    if open_row is not None:
        made.activated.connect(open_row)
    return made


def heading(text: str, parent: QWidget) -> QLabel:
    """Return the head of a group of settings."""
    label = QLabel(text, parent)
    label.setProperty("role", "strong")
    return label


def muted(text: str, parent: QWidget) -> QLabel:
    """Return a quiet explanation."""
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def yes(value: bool | None) -> str:
    """Return “Yes”, or nothing: a column of noes tells nothing."""
    return _("Yes") if value else ""
