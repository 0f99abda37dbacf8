"""The list of a place: a search field, filters under the heads, chosen columns, groups; all by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain import filter_words
from crm_app.domain.lists import GROUPED
from crm_app.domain.views import Filter, Query
from crm_app.i18n import _
from crm_app.services import lists
from crm_app.services.lists import Row
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets import copying, view_menu
from crm_app.ui.widgets.cells import CellPainter
from crm_app.ui.widgets.edit_rows import EditRows
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.filter_row import FilterHeader, Offered, StayingMenu
from crm_app.ui.widgets.list_model import BLOCK, ListModel
from crm_app.ui.widgets.list_table import ListTable
from crm_app.ui.widgets.text_field import TextField

_KEEP_MS = 800


class DataList(QWidget):
    """A list shown and narrowed.

    ``activated`` carries the row of Enter or a double click, ``current_changed`` the row under the cursor or None,
    ``filled`` how many rows are known and whether these are all.
    """

    activated = Signal(object)
    current_changed = Signal(object)
    filled = Signal(int, bool)
    shown = Signal(object)
    """Another query is shown."""

    def __init__(
        self, session: Session, query: Query, empty: EmptyState, parent: QWidget, *, search_hint: str = ""
    ) -> None:
        super().__init__(parent)
        self._session, self._empty = session, empty
        self._offered: Offered = {}
        self._at: int | None = None
        self.model = ListModel(session, self._with_own_columns(query), self)
        self.search = TextField(self, placeholder=search_hint or _("Filter as you type"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self.search.committed.connect(lambda _text: self._ask(self.model.query))
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.S)
        self.header.addWidget(self.search, 1)
        self.columns_button = self._menu_button(_("Columns"), "settings", self._open_columns)
        self.group_button = self._menu_button(_("Group by"), "files", self._open_groups)
        self.views_button = self._menu_button(_("Views"), "layout-kanban", self._open_views)
        self.header.addWidget(self.views_button)
        self.header.addWidget(self.columns_button)
        self.header.addWidget(self.group_button)
        self.header.addStretch(1)
        self.chips = QWidget(self)
        self._chips = QHBoxLayout(self.chips)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(theme.XS)
        self.chips.hide()
        self.table = self._make_table()
        self._none_found = EmptyState(_("Nothing fits"), _("Try fewer characters, or initials."), icon="search")
        self._nothing = QLabel(_("No row fits the filter. Esc in a filter field clears it."), self.table.viewport())
        self._nothing.setProperty("role", "muted")
        self._nothing.move(theme.L, theme.L)
        self._nothing.hide()
        self._stack = QStackedLayout()
        for part in (self.table, empty, self._none_found):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self.header)
        layout.addWidget(self.chips)
        layout.addLayout(self._stack, 1)
        self.model.filled.connect(self._show_filled)
        self.model.failed.connect(session.trouble)
        actions.make("find", self, self._enter_filters)
        actions.make("open", self.table, self._activate_current)
        actions.make("copy_rows", self.table, self.copy)
        actions.make("views", self, self._open_views)
        actions.make("edit_rows", self.table, self.edit_chosen)
        self._show_columns()

    def _menu_button(self, words: str, icon: str, run: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _make_table(self) -> ListTable:
        table = ListTable(self)
        table.setModel(self.model)
        table.setItemDelegate(CellPainter(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setAccessibleName(self.model.wanted.title)
        rows = table.verticalHeader()
        rows.hide()
        # A fixed height: measuring rows takes 98 s at 100,000 of them.
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW)
        self.heads = FilterHeader(lambda: self._offered, table)
        table.setHorizontalHeader(self.heads)
        self.heads.setSortIndicatorShown(True)
        self.heads.sortIndicatorChanged.connect(self._sort)
        self.heads.changed.connect(self._filter)
        self.heads.left_down.connect(self._enter_rows)
        pause = QTimer(self, singleShot=True, interval=_KEEP_MS)
        pause.timeout.connect(self._keep_columns)
        for signal in (self.heads.sectionResized, self.heads.sectionMoved):
            signal.connect(lambda *_places: pause.start())
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self.heads.place())
        table.viewport().installEventFilter(self)
        table.doubleClicked.connect(lambda _index: self._activate_current())
        table.typed.connect(self._type_ahead)
        table.selectionModel().currentRowChanged.connect(self._tell_current)
        return table

    # -- what is asked

    @property
    def query(self) -> str:
        """What the search field holds."""
        return self.search.text().strip()

    def show_query(self, query: Query) -> None:
        """Show another view of the list."""
        self._ask(query if query.columns else replace(query, columns=self.model.query.columns))

    def reload(self) -> None:
        """Read again, keeping the place and the row under the cursor; also the first time."""
        self._session.read(lambda book: lists.offered(book, self.model.query.list), self._offer, owner=self)
        if self.model.found != self.query:
            self._ask(self.model.query)
        else:
            row = self.current()
            self._at = row.number if row else None
            self.model.reload(self.table.rowAt(0))

    def _offer(self, offered: Offered) -> None:
        self._offered = offered
        self._say_filters()

    def _ask(self, query: Query) -> None:
        anew = lists.columns_of(query) != lists.columns_of(self.model.query)
        self.model.ask(query, self.query)
        if anew:
            self._show_columns()
        self._show_sort()
        self._say_filters()
        self.shown.emit(query)

    def _filter(self, name: str, value: Filter | None) -> None:
        query = self.model.query
        others = tuple(one for one in query.filters if one.column != name)
        self._ask(replace(query, filters=(*others, value) if value is not None else others))

    def clear_filters(self) -> None:
        """Show every row again."""
        self._ask(replace(self.model.query, filters=()))
        self._enter_rows()

    def _say_filters(self) -> None:
        """Put the filters into their fields, and name each as a chip that a click takes away."""
        query, wanted = self.model.query, self.model.wanted
        held = {one.column: one for one in query.filters}
        people = {value: word for pairs in self._offered.values() for value, word in pairs}
        for name, field in self.heads.fields.items():
            one = held.get(name)
            field.put(one, filter_words.value_of(wanted.column(name), one, people) if one else "")
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in query.filters:
            words = filter_words.said(wanted.column(one.column), one, people)
            self._chips.addWidget(self._chip(f"{words}  ×", partial(self._filter, one.column, None)))
        if query.filters:
            self._chips.addWidget(self._chip(_("Clear the filter"), self.clear_filters))
        self._chips.addStretch(1)
        self.chips.setVisible(bool(query.filters))

    def _chip(self, words: str, run: Callable[[], object]) -> QPushButton:
        chip = QPushButton(words, self.chips)
        chip.setProperty("role", "filter")
        chip.clicked.connect(lambda _checked=False: run())
        return chip

    # -- columns and sort

    def _with_own_columns(self, query: Query) -> Query:
        kept = self._session.settings.geometry(f"columns-{query.list}")
        self._widths: dict[str, int] = {}
        if not kept:
            return query
        held = json.loads(kept)
        self._widths = dict(held["widths"])
        return replace(query, columns=tuple(held["columns"]))

    def _show_columns(self) -> None:
        columns = self.model.columns
        with QSignalBlocker(self.heads):
            for number in range(len(columns)):
                self.heads.moveSection(self.heads.visualIndex(number), number)
            self.heads.show_columns(columns)
            for number, column in enumerate(columns):
                self.heads.resizeSection(number, self._widths.get(column.name, column.width))
        self._fill_width()
        self._show_sort()
        self._say_filters()

    def _keep_columns(self) -> None:
        columns = self.model.columns
        order = sorted(range(len(columns)), key=self.heads.visualIndex)
        self._widths |= {column.name: self.heads.sectionSize(number) for number, column in enumerate(columns)}
        kept = {"columns": [columns[number].name for number in order], "widths": self._widths}
        self._session.settings.set_geometry(f"columns-{self.model.query.list}", json.dumps(kept))

    def _open_views(self) -> None:
        below = self.views_button.mapToGlobal(QPoint(0, self.views_button.height()))
        people = {value: word for pairs in self._offered.values() for value, word in pairs}
        view_menu.offer(self._session, self, self.model.query, people, self.show_query, below)

    def _open_columns(self) -> None:
        menu = StayingMenu(self)
        shown = lists.columns_of(self.model.query)
        for column in self.model.wanted.columns:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.setEnabled(column is not self.model.wanted.columns[0])
            action.toggled.connect(partial(self._choose_column, column.name))
        menu.addSeparator()
        menu.addAction(_("As at first")).triggered.connect(lambda _checked=False: self._choose_columns(()))
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))

    def _choose_column(self, name: str, on: bool) -> None:
        shown = lists.columns_of(self.model.query)
        self._choose_columns((*shown, name) if on else tuple(one for one in shown if one != name))

    def _choose_columns(self, names: Sequence[str]) -> None:
        if not names:
            self._widths = {}
        self._ask(replace(self.model.query, columns=tuple(names)))
        self._keep_columns()

    def _open_groups(self) -> None:
        menu = StayingMenu(self)
        for name, words in (("", _("No groups")), *self._groupings()):
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, name=name: self._ask(replace(self.model.query, group=name)))
        menu.popup(self.group_button.mapToGlobal(QPoint(0, self.group_button.height())))

    def _groupings(self) -> list[tuple[str, str]]:
        return [(one.name, one.title) for one in self.model.wanted.columns if one.shape in GROUPED and one.sorts]

    def _show_sort(self) -> None:
        sort = self.model.sorting
        number = next((i for i, column in enumerate(self.model.columns) if column.name == sort.column), -1)
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(self.heads):
            self.heads.setSortIndicator(number, order)
        self.heads.viewport().update()

    def _sort(self, number: int, order: Qt.SortOrder) -> None:
        self.model.sort(number, order)
        self._show_sort()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns to the table's width."""
        if event.type() is QEvent.Type.Resize and watched is self.table.viewport():
            self._fill_width()
        return super().eventFilter(watched, event)

    def _fill_width(self) -> None:
        """Give what the columns leave to the first, and never less than its own width asks."""
        columns = self.model.columns
        if not columns or self.heads.count() != len(columns):
            return
        widest = max(range(len(columns)), key=lambda number: columns[number].width)
        others = self.heads.length() - self.heads.sectionSize(widest)
        least = min(self._widths.get(columns[widest].name, columns[widest].width), 220)
        with QSignalBlocker(self.heads):
            self.heads.resizeSection(widest, max(self.table.viewport().width() - others, least))
        self.heads.place()

    # -- rows

    def current(self) -> Row | None:
        """Return the row under the cursor, where it is read."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def choose(self, record: UUID | None) -> None:
        """Put the cursor on a row that is held, by default the first."""
        line = next((n for n in range(min(self.model.rowCount(), BLOCK)) if self._is(n, record)), 0)
        self.table.selectRow(line)

    def _is(self, line: int, record: UUID | None) -> bool:
        row = self.model.row(line)
        return row is not None and row.id == record

    def chosen(self) -> list[int]:
        """Return the numbers of the chosen rows, top to bottom."""
        selection = self.table.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        ranges = sorted((one.top(), one.bottom() + 1) for one in parts)
        return self.model.numbers([range(*ends) for ends in ranges])

    def edit_chosen(self) -> None:
        """Set a field of the chosen rows, after saying what that changes."""
        query, numbers = self.model.query, self.chosen()
        if numbers:
            self._session.read(lambda book: lists.ids(book, query, numbers), self._edit, owner=self)

    def _edit(self, ids: list[UUID]) -> None:
        EditRows(self._session, self.model.wanted, ids, self.window()).open()

    def copy(self) -> None:
        """Put the chosen rows with their heads into the clipboard, as a table."""
        query, numbers = self.model.query, self.chosen()
        self._session.read(lambda book: copying.table_of(book, query, numbers), self._copied, owner=self)

    def _copied(self, table: copying.Table) -> None:
        copying.put(table)
        self._session.say(_("Copied {n} rows; paste them into a sheet.").format(n=len(table.rows)))

    def _activate_current(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.model.head(index.row()) is not None:
            self.model.fold(index.row())
            return
        row = self.current()
        if row is not None:
            self.activated.emit(row)

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.model.row(index.row()) if index.isValid() else None)

    def _show_filled(self, held: int, complete: bool) -> None:
        if complete and self._at is not None and not self.table.currentIndex().isValid():
            line = self.model.line_of(self._at)
            if line is not None:
                self.table.selectRow(line)
        narrowed = bool(self.model.query.filters)
        shown: QWidget = self.table if held or narrowed else (self._none_found if self.query else self._empty)
        self._stack.setCurrentWidget(shown)
        self._nothing.setVisible(narrowed and not held and complete)
        self._nothing.adjustSize()
        self.filled.emit(held, self.model.complete)

    def _enter_filters(self) -> None:
        index = self.table.currentIndex()
        columns = self.model.columns
        name = columns[index.column() if index.isValid() else 0].name
        self.heads.fields[name].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _enter_rows(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def _type_ahead(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letters)

    def focus_first(self) -> None:
        """Put the focus on the table where there are rows, else on the search field."""
        (self.table if self.model.rowCount() else self.search).setFocus()
