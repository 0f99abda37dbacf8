"""One project on one page: a head with what can be done, facts on the left, what happens on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.counting import Counted
from crm_app.domain.projects import Need, Signing
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.projects import ProjectPage
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.dropping import drop_on_page
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.projects import parts
from crm_app.ui.projects.cards import InfoCard
from crm_app.ui.projects.facts import FactsCard, open_edit
from crm_app.ui.projects.investors import open_investors
from crm_app.ui.projects.marks import StageBadge, button
from crm_app.ui.projects.moving import open_move
from crm_app.ui.projects.project_cards import (
    FundsCard,
    InvestorsCard,
    MilestonesCard,
    NeedsCard,
    PlaceCard,
    ProgressCard,
    SigningsCard,
    StepsCard,
    TimelineCard,
    stage_words,
)
from crm_app.ui.projects.signing import CountDialog, open_signing
from crm_app.ui.records.menu import RecordMenu, Target
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.folding import Folding
from crm_app.ui.widgets.parts import back_button
from crm_app.ui.widgets.turns import Turns

_THREE_FROM, _TWO_FROM = 1060, 720
"""Widths from which the cards stand in three and in two columns."""


class ProjectView(QWidget):
    """The page of one project. ``failed`` carries the error where it cannot be read."""

    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._latest = session.latest()
        self.record: UUID | None = None
        """The project that is asked for."""
        self.page: ProjectPage | None = None
        self._columns = 0
        self.title = Elided("", "title", self)
        self.badge = StageBadge(self)
        self.line = Elided("", "muted", self)
        self.stalled = QLabel(self)
        self.stalled.setProperty("role", "error")
        self._make_cards()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._make_head())
        layout.addWidget(self._make_body(), 1)
        self._turns = Turns(self._body)
        actions.make("edit", self, self.edit)
        actions.make("note", self, self.note)
        actions.make("print_record", self, self.print_sheet)

    def _make_cards(self) -> None:
        self.facts = FactsCard(self, self.edit)
        self.investors = InvestorsCard(self, self.edit_investors, partial(self.session.go, "enterprises"))
        self.place = PlaceCard(self, self.set_park)
        self.signings = SigningsCard(self, self.sign, self.switch_count)
        self.progress = ProgressCard(self, self.move_stage)
        self.milestones = MilestonesCard(self, partial(self._add, "milestone"), self.reach)
        self.funds = FundsCard(self, partial(self._add, "fund"))
        self.needs = NeedsCard(self, partial(self._add, "need"), self.change_need, partial(parts.solve, self.session))
        self.steps = StepsCard(self, self.next_step, partial(parts.finish_step, self.session))
        self.timeline = TimelineCard(self, self.note)
        self._groups: tuple[tuple[InfoCard, ...], ...] = (
            (self.facts, self.investors, self.place),
            (self.signings, self.progress, self.milestones, self.funds, self.needs),
            (self.steps, self.timeline),
        )

    def _make_head(self) -> QVBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.S)
        to_board = partial(self.session.go, "projects", view="board")
        bar.addWidget(back_button(_("All projects"), to_board, self))
        bar.addStretch(1)
        buttons = self._make_buttons()
        for made in buttons:
            bar.addWidget(made)
        bar.addWidget(RecordMenu(self.session, self, self.target, self._leave))
        Folding(self, bar, buttons)
        names = QHBoxLayout()
        names.setSpacing(theme.M)
        names.addWidget(self.title)
        names.addWidget(self.badge)
        names.addWidget(self.stalled)
        names.addStretch(1)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(bar)
        head.addSpacing(theme.XS)
        head.addLayout(names)
        head.addWidget(self.line)
        return head

    def target(self) -> Target | None:
        """Return the project, where the one that is asked for is shown."""
        if self.page is None or self.page.project.id != self.record:
            return None
        return Target("project", self.page.project.id, self.page.project.name)

    def forget(self) -> None:
        """Show nothing from now on: what was shown is gone, or being deleted."""
        self._latest.drop()
        self.record = self.page = None

    def _leave(self) -> None:
        self.forget()
        self.session.go("projects", view="board")

    def _make_buttons(self) -> list[QPushButton]:
        self.move_button = button(_("Move…"), "primary")
        theme.put_icon(self.move_button, "arrow-right", "on_accent")
        self.note_button = button(_("Log a follow-up"), "", "note", tip=actions.spec("note").title + "  N")
        self.sign_button = button(_("Sign…"), "", "pencil")
        self.step_button = button(_("Next step…"), "", "clock")
        self.print_button = button(_("Print"), "", "printer", tip=_("Project sheet"))
        runs = (
            (self.move_button, self.move_stage),
            (self.note_button, self.note),
            (self.sign_button, self.sign),
            (self.step_button, self.next_step),
            (self.print_button, self.print_sheet),
        )
        for made, run in runs:
            made.clicked.connect(lambda _checked=False, run=run: run())
        return [made for made, _run in runs]

    def _make_body(self) -> QScrollArea:
        self._body = QScrollArea(self)
        self._body.setProperty("role", "page")
        self._body.setWidgetResizable(True)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body.setAccessibleName(_("Project"))
        # In its place while it is empty: to move a full widget takes as long as to make it.
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._body.setWidget(inner)
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._stacks = []
        self.attachments = AttachmentsCard(self.session, self)
        drop_on_page(self.session, self, lambda _spot: self.attachments.target)
        actions.make("attach", self, self.attachments.choose)
        for cards in self._groups:
            stack = QWidget(inner)
            column = QVBoxLayout(stack)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.S)
            for card in cards:
                column.addWidget(card)
            if self.timeline in cards:
                column.addWidget(self.attachments)
            column.addStretch(1)
            self._stacks.append(stack)
        self._arrange()
        return self._body

    def _arrange(self) -> None:
        """Put the stacks beside one another as far as the width allows."""
        width = self.width()
        columns = 3 if width >= theme.px(_THREE_FROM) else 2 if width >= theme.px(_TWO_FROM) else 1
        if columns == self._columns:
            return
        self._columns = columns
        places = {3: ((0, 0), (0, 1), (0, 2)), 2: ((0, 0), (0, 1), (1, 1)), 1: ((1, 0), (2, 0), (0, 0))}[columns]
        for stack, (row, column) in zip(self._stacks, places, strict=True):
            self._grid.removeWidget(stack)
            span = 2 if columns == 2 and column == 0 else 1
            self._grid.addWidget(stack, row, column, span, 1)
        for column, stretch in enumerate({3: (27, 43, 30), 2: (2, 3, 0), 1: (1, 0, 0)}[columns]):
            self._grid.setColumnStretch(column, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def load(self, project_id: UUID) -> None:
        """Read and show a project."""
        self.record, book = project_id, self.session.book
        self._latest.read(lambda: projects.project_page(book, project_id), self._show, self.failed.emit, owner=self)

    def reload(self) -> None:
        """Read the project again."""
        if self.record is not None:
            self.load(self.record)

    def _show(self, page: ProjectPage) -> None:
        fresh = self.page is None or self.page.project.id != page.project.id
        self.page = page
        project = page.project
        self.title.say(project.name)
        self.badge.show_stage(page.stage)
        self.stalled.setText(
            _("● stalled for {n} d").format(n=page.stalled_days) if page.stalled_days is not None else ""
        )
        total = amounts.show_money(project.total_investment) if project.total_investment is not None else ""
        amount = total or project.shown("intent") or _("amount open")
        parties = _(", ").join(one.enterprise.name for one in page.investors)
        owner = page.owner.name if page.owner else ""
        words = (stage_words(page), amount, parties, page.park_today or "", owner)
        self.line.say(" · ".join(word for word in words if word))
        self.attachments.show_for("project", project.id, project.name)
        self._turns.begin(self._filling(page))
        if fresh:
            self._body.verticalScrollBar().setValue(0)

    def _filling(self, page: ProjectPage) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the cards are filled: none of them takes long."""
        for cards in self._groups:
            for card in cards:
                yield partial(card.show_page, page)
        yield partial(self.shown.emit, page)

    def _add(self, what: str) -> None:
        if self.page is not None:
            parts.OPENERS[what](self.session, self, self.page.project)

    def reach(self, milestone: str) -> None:
        """Say when a milestone was reached."""
        if self.page is not None:
            parts.open_milestone(self.session, self, self.page.project, milestone)

    def edit(self) -> None:
        """Change the facts."""
        if self.page is not None:
            open_edit(self.session, self, self.page)

    def edit_investors(self) -> None:
        """Change who invests."""
        if self.page is not None:
            open_investors(self.session, self, self.page.project.id, self.page.project.name, self.page.investors)

    def set_park(self) -> None:
        """Say where the project lands."""
        if self.page is not None:
            parts.open_park(self.session, self, self.page)

    def sign(self) -> None:
        """Write an agreement down."""
        if self.page is not None:
            open_signing(self.session, self, self.page.project.id)

    def switch_count(self, signing: Signing, counted: Counted) -> None:
        """Count a signing otherwise."""
        CountDialog(self.session, self, signing, counted).start()

    def move_stage(self) -> None:
        """Move to a stage that is chosen in the dialog."""
        if self.page is not None:
            open_move(self.session, self, self.page.project.id, choose=True)

    def change_need(self, need: Need) -> None:
        """Change a need."""
        if self.page is not None:
            parts.open_need(self.session, self, self.page.project, need)

    def next_step(self) -> None:
        """Set the next step."""
        if self.page is not None:
            page = self.page
            enterprise = page.investors[0].enterprise.id if page.investors else None
            parts.open_next_step(
                self.session, self, page.project.name, project_id=page.project.id, enterprise_id=enterprise
            )

    def note(self) -> None:
        """Log a follow-up."""
        if self.page is not None:
            project = self.page.project
            open_follow_up(self.session, self.window(), about=project.name, project_id=project.id)

    def print_sheet(self) -> None:
        """Go to the papers, with the sheet of this project."""
        if self.page is not None:
            self.session.go("papers", self.page.project.id, "project")

    def focus_first(self) -> None:
        """Put the keyboard on the page: arrows scroll, Tab walks the buttons, N and F2 act."""
        self._body.setFocus()
