"""The button “⋯” of a record's page: its history and its deletion, with their shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.session import Session


@dataclass(frozen=True)
class Target:
    """The record a page shows: its table, its id, and what it is called there."""

    table: str
    id: UUID
    title: str


class RecordMenu(QToolButton):
    """``target`` answers what is shown, or None; ``leave`` takes it off the screen before it is deleted."""

    def __init__(
        self,
        session: Session,
        page: QWidget,
        target: Callable[[], Target | None],
        leave: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(page)
        self._session, self._page, self.target, self._leave = session, page, target, leave
        self.setText("⋯")
        self.setProperty("role", "more")
        self.setAccessibleName(_("More"))
        self.setToolTip(_("More"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addAction(actions.make("history", page, self.show_history))
        menu.addAction(actions.make("delete_record", page, self.delete))
        self.setMenu(menu)

    def add(self, name: str, run: Callable[[], object]) -> None:
        """Put another action first, one that only this kind of record has."""
        menu = self.menu()
        menu.insertAction(menu.actions()[0], actions.make(name, self._page, run))

    def show_history(self) -> None:
        """Open the history of what is shown."""
        target = self.target()
        if target is not None:
            open_history(self._session, self._page, target.id, target.title)

    def delete(self) -> None:
        """Ask whether what is shown shall be deleted."""
        target = self.target()
        if target is not None:
            ask_delete(self._session, self._page, target.table, target.id, self._leave)
