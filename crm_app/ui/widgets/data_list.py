"""The list of a place: a search field, filters under the heads, chosen columns, groups; all by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain import filter_words
from crm_app.domain.listed import shipped
from crm_app.domain.views import Filter, Query
from crm_app.i18n import _, ngettext
from crm_app.services import lists, views
from crm_app.services.lists import Row
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets import copying, list_memory, list_menus, view_menu
from crm_app.ui.widgets.edit_rows import EditRows
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.filter_row import FilterHeader, Offered
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.list_chips import FilterChips
from crm_app.ui.widgets.list_columns import ListColumns
from crm_app.ui.widgets.list_model import BLOCK, ListModel
from crm_app.ui.widgets.list_stack import ListStack
from crm_app.ui.widgets.list_table import ListTable
from crm_app.ui.widgets.list_walk import SearchWalk
from crm_app.ui.widgets.skeleton import Skeleton
from crm_app.ui.widgets.text_field import TextField


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
        self,
        session: Session,
        query: Query,
        empty: EmptyState,
        parent: QWidget,
        *,
        search_hint: str = "",
        view: str = "",
    ) -> None:
        super().__init__(parent)
        self._session, self._empty = session, empty
        self._offered: Offered = {}
        self._at: int | None = None
        self._were_chosen: list[int] = []
        """The numbers of the rows that were chosen when the list was read again: the cursor may be on another one."""
        self._line = 0
        self._left = list_memory.recall(session.settings, query.list)
        self._wanted = self._left.record
        self.view = self._left.view or view
        """The view that is shown: the name of a shipped one or the id of one's own; empty for none of them."""
        known = shipped(query.list, self.view)
        self._first = shipped(query.list, view) or query
        self.model = ListModel(session, self._with_own_columns(self._left.applied(known or query)), self)
        self.search = TextField(self, placeholder=search_hint or _("Filter as you type"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(140))
        self.search.setMaximumWidth(theme.px(300))
        self.search.committed.connect(lambda _text: self._ask(self.model.query))
        self.header = self._make_header()
        self.chips = FilterChips(self, self.clear_filters)
        self.table = self._make_table()
        self._none_found = EmptyState(
            _("Nothing fits"),
            _("Try fewer characters, or initials."),
            icon="search",
            step=_("Show all"),
            run=self._search_nothing,
        )
        self._nothing = QLabel(_("No row fits the filter. Esc in a filter field clears it."), self.table.viewport())
        self._nothing.setProperty("role", "muted")
        self._nothing.move(theme.L, theme.L)
        self._nothing.hide()
        self._stack = ListStack(self.table, self.search, empty, self._none_found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self.header)
        layout.addWidget(self.chips)
        layout.addLayout(self._stack, 1)
        self.model.filled.connect(self._show_filled)
        self.model.failed.connect(session.trouble)
        session.closing.connect(self._keep_left)
        walk = SearchWalk(self.search, self.table, self.model, self.reload, self.activated.emit)
        self.filled.connect(lambda _held, _complete: walk.arrive())
        actions.make("find", self, self._enter_filters)
        actions.make("views", self, self._open_views)
        actions.make("open", self.table, self._activate_current)
        actions.make("copy_rows", self.table, self.copy)
        actions.make("edit_rows", self.table, self.edit_chosen)
        self._skeleton = Skeleton(self.table.viewport())
        self.model.failed.connect(self._skeleton.done)
        self._skeleton.expect()
        self._show_columns()

    def _make_header(self) -> QHBoxLayout:
        header = QHBoxLayout()
        header.setSpacing(theme.S)
        header.addWidget(self.search, 1)
        self.columns_button = list_menus.menu_button(self, _("Columns"), "layout-columns", self._open_columns)
        self.group_button = list_menus.menu_button(self, _("Group by"), "layout-list", self._open_groups)
        self.views_button = list_menus.menu_button(self, _("Views"), "eye", self._open_views)
        for button in (self.views_button, self.columns_button, self.group_button):
            header.addWidget(button)
        header.addStretch()
        Folding(self, header, (self.views_button, self.columns_button, self.group_button))
        return header

    def _make_table(self) -> ListTable:
        table = ListTable(self.model, self)
        table.setAccessibleName(self.model.wanted.title)
        self.heads = FilterHeader(lambda: self._offered, table)
        table.setHorizontalHeader(self.heads)
        self.heads.changed.connect(self._filter)
        self.heads.left_down.connect(self._enter_rows)
        self.columns = ListColumns(self._session.settings, self.model, table, self.heads)
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self.heads.place())
        table.doubleClicked.connect(lambda _index: self._activate_current())
        table.selectionModel().currentRowChanged.connect(self._tell_current)
        return table

    # -- what is asked

    @property
    def query(self) -> str:
        """What the search field holds."""
        return self.search.text().strip()

    def show_query(self, query: Query, view: str = "") -> None:
        """Show another view of the list; ``view`` is its name or id where it is a kept one."""
        self.view = view
        self._ask(query if query.columns else replace(query, columns=self.model.query.columns))

    def show_shipped(self, name: str) -> None:
        """Show a view that comes with the list; one that is not known shows all rows."""
        name_of_list = self.model.query.list
        self.show_query(shipped(name_of_list, name) or Query(name_of_list), name)

    def reload(self) -> None:
        """Read again, keeping the place and the row under the cursor; also the first time."""
        name = self.model.query.list
        self._session.read(lambda book: lists.offered(book, name), self._offer, owner=self)
        if self._left.view and shipped(name, self._left.view) is None:
            self._session.read(lambda book: views.views_of(book, name), self._show_left, owner=self)
        elif self.model.found != self.query:
            self._ask(self.model.query)
        else:
            row = self.current()
            self._at = row.number if row else None
            self._line = max(0, self.table.currentIndex().row())
            self._were_chosen = self.chosen()
            self.model.reload(self.table.rowAt(0))

    def _show_left(self, known: list[views.View]) -> None:
        """Show the own view the list was left in, where it is still there."""
        left, self._left = self._left, list_memory.Left()
        own = next((one for one in known if str(one.id) == left.view), None)
        self.show_query(left.applied(own.query) if own else self.model.query, left.view if own else "")

    def _keep_left(self) -> None:
        """Remember which view is shown, in which order, and where the cursor stands."""
        query, row = self.model.query, self.current()
        record = row.id.hex if row is not None else ""
        left = list_memory.Left(self.view, query.sort.column, query.sort.descending, query.group, record)
        list_memory.keep(self._session.settings, query.list, left)

    def _offer(self, offered: Offered) -> None:
        self._offered = offered
        self._say_filters()

    def _ask(self, query: Query) -> None:
        anew = lists.columns_of(query) != lists.columns_of(self.model.query)
        self._line, self._were_chosen = 0, []
        self.model.ask(query, self.query)
        if anew:
            self._show_columns()
        else:
            self.columns.let_see()
        self.columns.show_sort()
        self._say_filters()
        self.shown.emit(query)

    def _filter(self, name: str, value: Filter | None) -> None:
        query, self.view = self.model.query, ""
        others = tuple(one for one in query.filters if one.column != name)
        self._ask(replace(query, filters=(*others, value) if value is not None else others))

    def clear_filters(self) -> None:
        """Show every row again."""
        self.view = ""
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
        self.chips.put(
            [
                (filter_words.said(wanted.column(one.column), one, people), partial(self._filter, one.column, None))
                for one in query.filters
            ]
        )

    # -- columns

    def _with_own_columns(self, query: Query) -> Query:
        names, _widths = list_memory.recall_columns(self._session.settings, query.list)
        return replace(query, columns=names) if names else query

    def _show_columns(self) -> None:
        self.columns.show()
        self._say_filters()

    def _open_views(self) -> None:
        below = list_menus.below(self.views_button)
        people = {value: word for pairs in self._offered.values() for value, word in pairs}
        view_menu.offer(self._session, self, self.model.query, self.view, people, self.show_query, below)

    def _open_columns(self) -> None:
        below = list_menus.below(self.columns_button)
        shown = lists.columns_of(self.model.query)
        lacking = self.columns.without_room()
        list_menus.offer_columns(
            self, self.model.wanted, shown, lacking, self._choose_column, self._choose_columns, below
        )

    def _choose_column(self, name: str, on: bool) -> None:
        shown = lists.columns_of(self.model.query)
        self._choose_columns((*shown, name) if on else tuple(one for one in shown if one != name))

    def _choose_columns(self, names: Sequence[str]) -> None:
        if not names:
            self.columns.forget_widths()
        self._ask(replace(self.model.query, columns=tuple(names)))
        self.columns.keep()

    def _open_groups(self) -> None:
        below = list_menus.below(self.group_button)
        query = self.model.query
        list_menus.offer_groups(
            self, self.model.wanted, query.group, lambda name: self._ask(replace(query, group=name)), below
        )

    # -- rows

    def current(self) -> Row | None:
        """Return the row under the cursor, where it is read."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def choose(self, record: UUID | None) -> None:
        """Put the cursor on the row of a record, wherever it stands; by default where it was left, or on the first."""
        sought, self._wanted = record or self._wanted, None
        if sought is not None:
            self._were_chosen = []
        held = range(min(self.model.rowCount(), BLOCK))
        line = next((n for n in held if self._is(n, sought)), None)
        if sought is None or line is not None:
            self.table.selectRow(line or 0)
            return
        query = self.model.query
        self._session.read(lambda book: lists.number_of(book, query, sought), self._seek, owner=self)

    def _seek(self, number: int | None) -> None:
        """Go to the row of a number as soon as it is known where it stands; to the one now in its place if it went."""
        self._at = number
        if not self.model.complete:
            return
        found = self.model.line_of(number) if number is not None else None
        chosen, self._were_chosen = self.model.lines_of(self._were_chosen), []
        if found is not None:
            line, hint = found, QAbstractItemView.ScrollHint.PositionAtCenter
        else:
            line = min(chosen, key=lambda one: abs(one - self._line), default=self._line)
            line, hint = min(line, self.model.rowCount() - 1), QAbstractItemView.ScrollHint.EnsureVisible
        self.table.selectRow(line)
        if chosen:
            self.table.choose(chosen)
        self.table.scrollTo(self.model.index(line, 0), hint)

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
        n = len(table.rows)
        words = ngettext("Copied {n} row; paste it into a sheet.", "Copied {n} rows; paste them into a sheet.", n)
        self._session.say(words.format(n=n))

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
        self._skeleton.done()
        if complete and not self.table.currentIndex().isValid():
            if self._at is not None:
                self._seek(self._at)
            elif self._wanted is not None and held:
                self.choose(None)
        # What a place shows at first is no filter of the user's: where nothing is in it, the next step is taught.
        narrowed = self.model.query.filters not in ((), self._first.filters)
        shown: QWidget = self.table if held or narrowed else (self._none_found if self.query else self._empty)
        self._stack.put(shown)
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

    def _search_nothing(self) -> None:
        self.search.clear()
        self.search.commit_now()
        self.search.setFocus()

    def focus_first(self) -> None:
        """Let the arrow keys walk the rows; of an empty list, let Space take the step it offers."""
        self._stack.focus()
