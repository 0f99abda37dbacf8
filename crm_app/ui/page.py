"""What the window asks of a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_app.ui.session import Location, Session

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class Page(QWidget):
    """A place of the window. Made when it is first shown, and made anew when the language changes.

    A page reads the book through ``session.read`` and never keeps the window waiting: it shows its frame at once and
    fills it when the rows come.
    """

    count_changed = Signal(str)
    """The first part of the status line, such as “312 enterprises”."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent or session.home)
        self.session = session

    def refresh(self, changes: Changes) -> None:
        """Read again what ``changes.touches(…)``; called after every change, for pages not on top too."""

    def ahead(self) -> Iterator[object]:
        """Make what is not shown at first, a part at each step; the window asks while nobody is at work."""
        return iter(())

    def show_location(self, location: Location) -> None:
        """Show the record or view of a Location; without one, the place's own beginning."""

    def focus_first(self) -> None:
        """Put the focus where typing or the arrow keys make sense."""
        self.setFocus()

    def paste(self) -> bool:
        """Take what the clipboard holds, pasted where no text has the focus; False where it is none of this page's."""
        return False

    def help(self) -> str:
        """Return what of the page the handbook shall tell about, ``settings/book``; empty for the place as a whole."""
        return ""

    def leave(self) -> bool:
        """Say whether the page may be left; one with a half-typed form keeps a draft and answers True."""
        return True
