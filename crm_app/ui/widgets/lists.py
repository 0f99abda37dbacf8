"""The list every place uses: header field, paged table, empty state; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.list_table import RowTable
from crm_app.ui.widgets.paging import Fetch, PagedRows, Sort
from crm_app.ui.widgets.record_columns import RecordColumns
from crm_app.ui.widgets.skeleton import Skeleton
from crm_app.ui.widgets.text_field import TextField

R = TypeVar("R")


class RecordList(QWidget, Generic[R]):
    """A searchable, sortable, paged list of rows.

    ``fetch_for(query)`` answers the ``fetch`` of what the header field holds. ``activated`` carries the row of Enter or
    a double click, ``current_changed`` the row under the cursor or None. ``name`` keeps the column widths.
    """

    activated = Signal(object)
    current_changed = Signal(object)
    filled = Signal(int, bool)
    """How many rows are held, and whether these are all."""

    def __init__(
        self,
        session: Session,
        name: str,
        columns: Sequence[Column[R]],
        fetch_for: Callable[[str], Fetch[R]],
        sort: Sort,
        empty: EmptyState,
        parent: QWidget | None = None,
        *,
        search_hint: str = "",
    ) -> None:
        super().__init__(parent)
        self._session, self._name = session, name
        self._fetch_for = fetch_for
        self._empty = empty
        self._none_found = EmptyState(
            _("Nothing fits"),
            _("Try fewer characters, or initials."),
            icon="search",
            step=_("Show all"),
            run=self._search_nothing,
        )
        self.model = PagedRows(columns, fetch_for(""), sort, session.background, self)
        self.search = TextField(self, placeholder=search_hint or _("Filter as you type"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(140))
        self.search.setMaximumWidth(theme.px(320))
        self.search.committed.connect(self._filter)
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.S)
        self.header.addWidget(self.search, 1)
        self.header.addStretch(1)
        self.table = self._make_table()
        self._stack = QStackedLayout()
        for part in (self.table, empty, self._none_found):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self.header)
        layout.addLayout(self._stack, 1)
        self.model.filled.connect(self._show_filled)
        self.model.failed.connect(session.trouble)
        self._skeleton = Skeleton(self.table.viewport())
        self.model.failed.connect(self._skeleton.done)
        self._skeleton.expect()
        actions.make("find", self, self.search.setFocus)
        actions.make("open", self.table, self._activate_current)

    def _make_table(self) -> QTableView:
        table = RowTable(self.model, self)
        table.setAccessibleName(self.search.placeholderText())
        RecordColumns(self._session.settings, self._name, self.model, table)
        self._make_sortable(table)
        table.doubleClicked.connect(lambda _index: self._activate_current())
        table.selectionModel().currentRowChanged.connect(self._tell_current)
        return table

    def _make_sortable(self, table: QTableView) -> None:
        head = table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        self._show_sort(head)
        head.sortIndicatorChanged.connect(self._sort)

    def _show_sort(self, head: QHeaderView) -> None:
        sort = self.model.sorting
        number = next((i for i, column in enumerate(self.model.columns) if sort.key and column.sort == sort.key), -1)
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(head):
            head.setSortIndicator(number, order)

    def _sort(self, number: int, order: Qt.SortOrder) -> None:
        self.model.sort(number, order)
        self._show_sort(self.table.horizontalHeader())

    @property
    def query(self) -> str:
        """What the header field holds."""
        return self.search.text().strip()

    def reload(self) -> None:
        """Read again, keeping the place and the row under the cursor; also the first time."""
        self.model.reload(self._fetch_for(self.query), keep=self.model.rowCount())

    def _filter(self, _text: str) -> None:
        self.model.reload(self._fetch_for(self.query))

    def current(self) -> R | None:
        """Return the row under the cursor."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def selected(self) -> list[R]:
        """Return the selected rows, top to bottom."""
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.row(number) for number in numbers]

    def _activate_current(self) -> None:
        row = self.current()
        if row is not None:
            self.activated.emit(row)

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.model.row(index.row()) if index.isValid() else None)

    def _show_filled(self, held: int) -> None:
        self._skeleton.done()
        shown: QWidget = self.table if held else (self._none_found if self.query else self._empty)
        self._stack.setCurrentWidget(shown)
        self.filled.emit(held, self.model.complete)

    def _search_nothing(self) -> None:
        self.search.clear()
        self.search.commit_now()
        self.search.setFocus()

    def focus_first(self) -> None:
        """Put the focus on the table where there are rows, else on the header field."""
        (self.table if self.model.rowCount() else self.search).setFocus()
