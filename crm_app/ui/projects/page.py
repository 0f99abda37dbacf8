"""The place of projects: leads, board and table behind one another, and the page of one project over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain.stages import ASIDE, Stage
from crm_app.errors import CrmError
from crm_app.i18n import N_, _, ngettext
from crm_app.services import leads, projects
from crm_app.services.leads import LeadRow
from crm_app.services.projects import Board, ProjectPage
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.page import Page
from crm_app.ui.projects.board import BoardView
from crm_app.ui.projects.filters import FilterBar
from crm_app.ui.projects.leads import LeadsView
from crm_app.ui.projects.marks import button
from crm_app.ui.projects.moving import move, open_move
from crm_app.ui.projects.project_view import ProjectView
from crm_app.ui.projects.table import TableView
from crm_app.ui.records.gone import give_up
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.skeleton import Skeleton
from crm_app.ui.widgets.turns import Turns
from crm_app.ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

PLACE = "projects"
LEADS, BOARD, TABLE = "leads", "board", "table"
_VIEWS = ((LEADS, N_("Leads")), (BOARD, N_("Kanban")), (TABLE, N_("Table")))
_LAST_VIEW, _FOLDED = "projects_view", "board_folded"
_NOTHING_FOLDED = "none"
_ROOM_FOR_KEYS = 1500
_CARD = 96
_OF_LEADS = ("lead", "enterprise", "contact", "person", "project", "task")
_OF_FILTERS = ("dictionary_entry", "person", "project", "project_park")
_OF_PROJECTS = (
    "project", "investor", "signing", "stage_entry", "milestone", "project_park", "fund", "need",
    "task", "follow_up", "visit", "enterprise", "contact", "person", "attachment",
)  # fmt: skip


def _stages(folded: str) -> list[Stage]:
    """Return the stages folded last; at first what was put aside is."""
    return [stage for stage in ASIDE if not folded or stage.value in folded.split(",")]


class ProjectsPage(Page):
    """The page of this place."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest = session.latest()
        self._view = ""
        self._held: int | None = None
        self._wants_focus = False
        self._counts = dict.fromkeys((LEADS, BOARD, TABLE), "")
        self.filters = FilterBar(session, self)
        self.filters.changed.connect(self._load_board)
        self.filters.search.returnPressed.connect(self.focus_first)
        self._read: Board | None = None
        self._lists = self._make_lists()
        self._turns, self._opening = Turns(self._lists), Turns(self)
        # A stacked layout knows no margins of its own.
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self._stack = QStackedLayout()
        around.addLayout(self._stack)
        self._stack.addWidget(self._lists)
        self.filters.load()

    @cached_property
    def _begun(self) -> BoardView:
        return BoardView(self._lists)

    @cached_property
    def board(self) -> BoardView:
        """The board, made when what is on it is read."""
        made = self._begun
        for make in made.making():
            make()
        made.fold(_stages(self.session.settings.last(_FOLDED)))
        self._connect(made)
        self._views.addWidget(made)
        return made

    @cached_property
    def leads(self) -> LeadsView:
        """The leads, read when they are first shown."""
        made = LeadsView(self.session, self)
        made.filled.connect(lambda held: self._count(LEADS, ngettext("{n} lead", "{n} leads", held), held))
        self._views.addWidget(made)
        made.load()
        return made

    @cached_property
    def table(self) -> TableView:
        """The table, read when it is first shown."""
        made = TableView(self.session, self)
        made.filled.connect(
            lambda held: self._count(TABLE, ngettext("{n} project here", "{n} projects here", held), held)
        )
        made.opened.connect(lambda project: self.session.go(PLACE, project))
        self._views.addWidget(made)
        made.load()
        return made

    @cached_property
    def project(self) -> ProjectView:
        """The page of one project."""
        made = ProjectView(self.session, self)
        made.shown.connect(self._say_project)
        made.failed.connect(self._give_up)
        self._stack.addWidget(made)
        return made

    def _made(self, name: str) -> bool:
        return name in vars(self)

    @property
    def _shows_one(self) -> bool:
        return self._made("project") and self._stack.currentWidget() is self.project

    def ahead(self) -> Iterator[object]:
        """Make the page of one project and the views."""
        for make in self._begun.making():
            yield make()
        yield self.board
        yield self.project
        yield self.leads
        yield self.table

    def _connect(self, board: BoardView) -> None:
        session = self.session
        board.opened.connect(lambda project: session.go(PLACE, project))
        board.refused.connect(session.trouble)
        for column in board.columns.values():
            drop_on_page(session, column.list.viewport(), column.list.file_target)
        actions.make("find", board, self.filters.search.setFocus)
        board.folded.connect(
            lambda stages: session.settings.set_last(_FOLDED, ",".join(sorted(stages)) or _NOTHING_FOLDED)
        )
        board.moved.connect(
            lambda project, stage: move(session, self, project, stage, begun=lambda: board.follow(project))
        )

    def _make_lists(self) -> QWidget:
        lists = QWidget(self)
        layout = QVBoxLayout(lists)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        head = self._make_tabs()
        layout.addLayout(head)
        Folding(lists, head, (self.move_button,))
        self.tabs.listen(lists)
        self._empty_board = EmptyState(
            _("No project here"),
            _("A lead becomes a project under Leads: Enter on it, everything known is carried over."),
            icon="layout-kanban",
            step=_("Show the leads"),
            run=lambda: self.session.go(PLACE, view=LEADS),
        )
        self._nothing_fits = EmptyState(
            _("No project fits"),
            _("Nothing under way is as you asked; ask for less."),
            icon="filter",
            step=_("Show all projects"),
            run=self.filters.clear,
        )
        self._waiting = QWidget(lists)
        self._waiting.setProperty("role", "clear")
        self._waiting.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._waiting.setAccessibleName(_("Kanban"))
        self._skeleton = Skeleton(self._waiting, theme.px(_CARD), columns=5)
        self._views = QStackedLayout()
        for one in (self._waiting, self._empty_board, self._nothing_fits):
            self._views.addWidget(one)
        layout.addLayout(self._views, 1)
        return lists

    def _make_tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        self.tabs = ViewTabs(_VIEWS, lambda view: self.session.go(PLACE, view=view), self)
        row.addWidget(self.tabs)
        row.addSpacing(theme.L)
        row.addWidget(self.filters, 1)
        row.addStretch()
        self.keys = Elided(_("Ctrl+Shift+← → moves the card · Enter opens · Ctrl+Z undoes"), "muted", self)
        row.addWidget(self.keys)
        self.move_button = button(_("Move…"), icon="arrow-right")
        self.move_button.clicked.connect(lambda _checked=False: self._move_current())
        row.addWidget(self.move_button)
        return row

    def _move_current(self) -> None:
        if self._view == TABLE:
            self.table.move_current()
            return
        card = self.board.current()
        if card is not None:
            self.board.follow(card.project.id)
            open_move(self.session, self, card.project.id, choose=True)

    def _count(self, view: str, words: str, held: int) -> None:
        self._counts[view] = words.format(n=held)
        if self._view == view and self._stack.currentWidget() is self._lists:
            self.count_changed.emit(self._counts[view])

    def _load_projects(self) -> None:
        self._load_board()
        if self._made("table"):
            self.table.load()

    def _load_board(self) -> None:
        book, wanted = self.session.book, self.filters.wanted()
        self._latest.read(lambda: projects.board(book, wanted), self._put_board, owner=self)

    def _put_board(self, board: Board) -> None:
        self._read = board
        if self._made("board"):
            self._fill_board()
        else:
            self._turns.begin(self._making_board())

    def _making_board(self) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the board is made and filled; none of them takes long."""
        yield from self._begun.making()
        yield lambda: self.board
        yield self._fill_board

    def _fill_board(self) -> None:
        board = self._read
        assert board is not None, "it was read"
        self._skeleton.done()
        self.board.put(board)
        self._held = held = sum(len(column.cards) for column in board.columns)
        self._count(BOARD, ngettext("{n} project here", "{n} projects here", held), held)
        self._show_view()
        if self._wants_focus:
            self.focus_first()

    def _show_view(self) -> None:
        shown: QWidget = self._waiting
        if self._view in (LEADS, TABLE):
            shown = self.leads if self._view == LEADS else self.table
        elif self._held == 0:
            shown = self._nothing_fits if self.filters.narrow else self._empty_board
        elif self._held is not None:
            shown = self.board
        self._views.setCurrentWidget(shown)

    def paste(self) -> bool:
        """Attach a picture or files to the project that is shown."""
        return self._shows_one and self.project.attachments.paste_file()

    def refresh(self, changes: Changes) -> None:
        """Read again what the change touched."""
        if changes.touches(*_OF_FILTERS):
            self.filters.load()
        if changes.touches(*_OF_LEADS) and self._made("leads"):
            self.leads.load()
        if changes.touches(*_OF_PROJECTS):
            self._load_projects()
            if self._shows_one:
                self.project.reload()

    def show_location(self, location: Location) -> None:
        """Show a project, the lead of that id, or one of the three views (the last one by default).

        ``table:stalled`` is the table in a view that comes with it.
        """
        self._opening.drop()
        if location.record is not None:
            if self._made("project"):
                self._show_one(location.record)
            else:
                # The page of one is made in a turn of its own.
                show = partial(self._show_one, location.record, fresh=True)
                self._opening.begin((lambda: self.project, show))
            return
        view, _sign, narrowed = location.view.partition(":")
        self._show_list(view or self.session.settings.last(_LAST_VIEW) or BOARD, narrowed)

    def _show_one(self, record: UUID, *, fresh: bool = False) -> None:
        self.project.load(record)
        self._stack.setCurrentWidget(self.project)
        if fresh and self.isVisible():
            self.focus_first()

    def _show_list(self, view: str, narrowed: str = "") -> None:
        first = not self._view
        self._view = view if view in self.tabs.tabs else BOARD
        self.session.settings.set_last(_LAST_VIEW, self._view)
        self.tabs.show_view(self._view)
        self.filters.setVisible(self._view == BOARD)
        self.keys.setVisible(self._view == BOARD and self.width() >= theme.px(_ROOM_FOR_KEYS))
        self.move_button.setVisible(self._view != LEADS)
        self._stack.setCurrentWidget(self._lists)
        self._show_view()
        if narrowed and self._view == TABLE:
            self.table.list.show_shipped(narrowed)
        if first:
            self._skeleton.expect()
            self._load_board()
        self.count_changed.emit(self._counts[self._view])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where there is no room to tell them."""
        super().resizeEvent(event)
        self.keys.setVisible(self._view == BOARD and self.width() >= theme.px(_ROOM_FOR_KEYS))

    def _give_up(self, error: CrmError) -> None:
        """Show the lead of that id; where there is none either, the list that was shown last."""
        wanted, view = self.project.record, self.project

        def leave() -> None:
            if view.record == wanted:
                on_top = self._shows_one and self.isVisible()
                give_up(self.session, view, error, Location(PLACE), on_top=on_top)

        def show(row: LeadRow) -> None:
            if view.record == wanted and self._shows_one:
                self._show_lead(row)

        if wanted is None or view.target() is not None:
            leave()
        else:
            self.session.read(lambda book: leads.lead_row(book, wanted), show, lambda _error: leave(), owner=view)

    def _show_lead(self, row: LeadRow) -> None:
        self._show_list(LEADS)
        self.leads.choose(row)

    def _say_project(self, page: ProjectPage) -> None:
        if self._shows_one:
            self.count_changed.emit(
                ngettext("{n} signing", "{n} signings", len(page.signings)).format(n=len(page.signings))
            )

    def focus_first(self) -> None:
        """Put the keyboard where the arrow keys make sense in what is shown; what is being made takes it then."""
        if self._opening.busy:
            return
        self._wants_focus = False
        if self._shows_one:
            self.project.focus_first()
        elif self._view == LEADS:
            self.leads.focus_first()
        elif self._view == TABLE:
            self.table.focus_first()
        elif isinstance(empty := self._views.currentWidget(), EmptyState):
            empty.focus_step()
        else:
            read = self._held is not None
            self._wants_focus = not (read and any(column.list.cards.cards for column in self.board.columns.values()))
            (self.board.focus_first if read else self._waiting.setFocus)()
