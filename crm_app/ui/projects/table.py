"""表格: every project as a row of a list, narrowed, gathered and moved on from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _
from crm_app.services.lists import Row
from crm_app.ui import actions
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.projects.moving import open_move
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.print_rows import print_chosen


class TableView(QWidget):
    """The list. ``opened`` carries a project's id, ``filled`` how many rows are shown."""

    opened = Signal(object)
    filled = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        empty = EmptyState(
            _("No project here"),
            _("A lead becomes a project under Leads: Enter on it, everything known is carried over."),
            icon="layout-kanban",
            step=_("Show the leads"),
            run=lambda: session.go("projects", view="leads"),
        )
        hint = _("Project, enterprise or initials")
        self.list = DataList(session, Query("projects"), empty, self, search_hint=hint)
        self.list.activated.connect(lambda row: self.opened.emit(row.id))
        self.list.filled.connect(self._settle)
        drop_on_rows(session, self.list, "project")
        for name, run in (("stage_forward", self._move), ("history", self._history), ("delete", self._delete)):
            actions.make(name, self.list.table, partial(self._with_current, run))
        actions.make("print_row", self.list.table, lambda: print_chosen(session, self.list, "project"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def _settle(self, held: int, complete: bool) -> None:
        if held and not self.list.table.currentIndex().isValid():
            self.list.choose(None)
        if complete:
            self.filled.emit(held)

    def load(self) -> None:
        """Read the projects again."""
        self.list.reload()

    def _with_current(self, run: Callable[[Row], object]) -> None:
        row = self.list.current()
        if row is not None:
            run(row)

    def move_current(self) -> None:
        """Let the stage of the project under the cursor be chosen; the next one is offered first."""
        self._with_current(self._move)

    def _move(self, row: Row) -> None:
        open_move(self._session, self, row.id, choose=True)

    def _history(self, row: Row) -> None:
        open_history(self._session, self, row.id, row.values["name"])

    def _delete(self, row: Row) -> None:
        ask_delete(self._session, self, "project", row.id)

    def focus_first(self) -> None:
        """Let the arrow keys walk the rows."""
        self.list.focus_first()
