"""The page of the settings: parts in a rail at the left, one part beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from crm_app.i18n import N_, _
from crm_app.ui import theme
from crm_app.ui.page import Page
from crm_app.ui.session import Location, Session
from crm_app.ui.settings.access import AccessPart
from crm_app.ui.settings.book import BookPart
from crm_app.ui.settings.changes import ChangesPart
from crm_app.ui.settings.counting import Counting
from crm_app.ui.settings.general import General
from crm_app.ui.settings.held import Held
from crm_app.ui.settings.lists import Lists
from crm_app.ui.settings.look import LookPart
from crm_app.ui.settings.part import Part
from crm_app.ui.settings.people import People
from crm_app.ui.settings.recycle_bin import RecycleBinPart
from crm_app.ui.settings.security import SecurityPart

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

P = TypeVar("P", bound=Part)
_RAIL_WIDTH = 176
_LEFT = "settings"
"""What the settings of the laptop know the part by that was shown last."""
PARTS: tuple[tuple[str, str, type[Part]], ...] = (
    ("general", N_("General"), General),
    ("look", N_("Look"), LookPart),
    ("people", N_("Colleagues"), People),
    ("lists", N_("Lists"), Lists),
    ("targets", N_("Targets"), Held),
    ("counting", N_("Counting rules"), Counting),
    ("book", N_("Book and backup"), BookPart),
    ("changes", N_("Change list"), ChangesPart),
    ("recycle_bin", N_("Recycle bin"), RecycleBinPart),
    ("security", N_("Security"), SecurityPart),
    ("access", N_("Who took what out"), AccessPart),
)
"""Name of the view, words, and the part."""


class SettingsPage(Page):
    """The view of a Location names the part."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rail = QListWidget(self)
        self.rail.setAccessibleName(_("Settings"))
        self.rail.setFixedWidth(theme.px(_RAIL_WIDTH))
        self._stack = QStackedWidget(self)
        self.parts: dict[str, Part] = {}
        for name, words, make in PARTS:
            entry = QListWidgetItem(_(words), self.rail)
            # Rows are measured before the stylesheet is known, so their height is given.
            entry.setSizeHint(QSize(0, theme.CONTROL))
            part = make(session, self)
            self.parts[name] = part
            self._stack.addWidget(part)
        self.rail.currentRowChanged.connect(self._show)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        across.setSpacing(theme.L)
        across.addWidget(self.rail)
        across.addWidget(self._stack, 1)
        names = list(self.parts)
        left = session.settings.last(_LEFT)
        self.rail.setCurrentRow(names.index(left) if left in names else 0)

    def _show(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        name = list(self.parts)[row]
        self.session.settings.set_last(_LEFT, name)
        self.parts[name].load()

    def show_location(self, location: Location) -> None:
        """Show the part a view names; without one, the part shown last."""
        names = list(self.parts)
        if location.view in names:
            self.rail.setCurrentRow(names.index(location.view))

    def part(self, kind: type[P]) -> P:
        """Return the part of a kind."""
        return next(part for part in self.parts.values() if isinstance(part, kind))

    def refresh(self, changes: Changes) -> None:
        """Let every part read again what it shows."""
        for part in self.parts.values():
            part.refresh(changes)

    def focus_first(self) -> None:
        """Let the arrow keys walk the parts."""
        self.rail.setFocus()
