"""What the lists of this place share: rows opened and deleted, counted for the status line, read again when needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from crm_app.domain.views import Query
from crm_app.services import lists
from crm_app.services.lists import FirstRows, Row
from crm_app.ui import actions, theme
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.print_rows import print_chosen

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class Listing(DataList):
    """A list of the place, read when it is first shown. ``counted`` says how many rows there are, in words."""

    counted = Signal(str)

    def __init__(
        self, session: Session, query: Query, empty: EmptyState, parent: QWidget, hint: str, view: str = ""
    ) -> None:
        super().__init__(session, query, empty, parent, search_hint=hint, view=view)
        self._here: UUID | None = None
        self._line = 0
        self._stale = True
        self.told = ""
        self.tools: list[QPushButton] = []
        """What stands at the right above the list; the last begins a record."""
        self.activated.connect(self.open_row)
        self.current_changed.connect(self._note_current)
        self.filled.connect(self._count)
        actions.make("new_record", self, self.make_new)
        actions.make("delete", self.table, self._delete)

    def open_row(self, row: Row) -> None:
        """Show what a row is."""
        raise NotImplementedError

    def make_new(self) -> None:
        """Begin a new record."""
        raise NotImplementedError

    def words(self, count: int) -> str:
        """Say how many rows there are."""
        raise NotImplementedError

    def tool(self, action: str, run: Callable[[], object], words: str = "", *, primary: bool = False) -> QPushButton:
        """Add a button for a declared action to those above the list."""
        spec = actions.spec(action)
        button = QPushButton(words or spec.title, self)
        button.setAccessibleName(words or spec.title)
        button.setToolTip(f"{words or spec.title}  {spec.shown_keys}".rstrip())
        # A click leaves the focus on the rows, so that their keys go on working.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if primary:
            button.setProperty("role", "primary")
        theme.put_icon(button, spec.icon, "on_accent" if primary else "text")
        button.clicked.connect(lambda _checked=False: run())
        self.tools.append(button)
        return button

    def on_row(self, action: str, run: Callable[[UUID], object]) -> None:
        """Let an action be done with the row under the cursor, by its keys and by the right button."""
        actions.make(action, self.table, lambda: self._with_current(run))

    def print_rows(self, kind: str) -> None:
        """Let Ctrl+P make the papers of the chosen rows; ``kind`` is the papers' word for them."""
        actions.make("print_row", self.table, lambda: print_chosen(self._session, self, kind))

    def _with_current(self, run: Callable[[UUID], object]) -> None:
        row = self.current()
        if row is not None:
            run(row.id)

    def show_record(self, record: UUID) -> None:
        """Put the cursor on a record, whatever narrowed the list before."""
        self.search.clear()
        if self.model.query.filters:
            self.show_query(Query(self.model.query.list))
        # Rows that are being read come back to it too.
        self._at, self._wanted = None, record
        if self.model.complete:
            self.choose(record)

    def enter(self) -> None:
        """Read the rows where they are not known, or not any more."""
        if self._stale:
            self._stale = False
            self.reload()

    def refresh(self, changes: Changes) -> None:
        """Read the rows again where a change may show in them: now where they are seen, else when they are."""
        if changes.touches(*self.model.wanted.tables):
            self._stale = True
            if self.isVisible():
                self.enter()

    def reload(self) -> None:
        """Read again, and note on which line the cursor stands: its row may be gone."""
        self._line = max(self.table.currentIndex().row(), 0)
        super().reload()

    def _seek(self, number: int | None) -> None:
        """Go to a row; where it is gone, to the one that took its line."""
        line = self._line
        super()._seek(number)
        if self.model.complete and number is not None and self.model.line_of(number) is None:
            self.table.selectRow(min(line, self.model.rowCount() - 1))

    def _show_filled(self, held: int, complete: bool) -> None:
        """Learn whether it is a view that leaves nothing."""
        super()._show_filled(held, complete)
        if complete and not held and self.model.query.filters:
            whole = Query(self.model.query.list)
            self._session.read(lambda book: lists.first_rows(book, whole, 1), self._teach, owner=self)
        if held and complete and not self.table.currentIndex().isValid():
            self.choose(self._here)

    def _teach(self, any_row: FirstRows) -> None:
        """Say how to begin where it is not the filter that leaves nothing."""
        if not any_row.rows and not self.model.rowCount():
            self._stack.put(self._empty)

    def _note_current(self, row: Row | None) -> None:
        if row is not None:
            self._here = row.id

    def _count(self, held: int, complete: bool) -> None:
        if complete:
            self.told = self.words(held)
            self.counted.emit(self.told)

    def _delete(self) -> None:
        self._with_current(lambda record: ask_delete(self._session, self, self.model.wanted.record.table, record))
