"""变更记录: every step, newest first; what one did, what taking it back would do, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from crm_app.domain.records import RECORDS
from crm_app.i18n import N_, _
from crm_app.services import changes
from crm_app.services.changes import Asked, Standing, UnitLine
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted
from crm_app.ui.settings.step_view import StepView
from crm_app.ui.settings.steps_words import counts, moment
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import Block, Fetch, Sort

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SPLIT = "changes-split"
_NEWEST = Sort("newest")
_KINDS = ("enterprise", "contact", "lead", "visit", "follow_up", "task", "trip", "project", "signing", "issued_paper")
STANDINGS = {Standing.STANDS: "", Standing.UNDONE: N_("undone"), Standing.FINAL: N_("stands for good")}


class ChangesPart(Part):
    """The list at the left, the step under the cursor at the right."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._kept: int | None = None
        self.kind = self._combo(_("Kind of record"), _("All kinds"))
        for table in _KINDS:
            self.kind.addItem(_(RECORDS[table].label), table)
        self.who = self._combo(_("Person"), _("Everybody"))
        self.list = RecordList(
            session,
            "settings-changes",
            (
                Column[UnitLine]("at", _("When"), lambda one: Cell(moment(one.at)), 128),
                Column[UnitLine]("label", _("Step"), _step_cell, 240, stretch=True),
                Column[UnitLine]("who", _("Who"), lambda one: Cell(one.who), 88),
                Column[UnitLine]("counts", _("Touched"), lambda one: Cell(counts(one.counts, 2)), 144),
            ),
            self._fetch_for,
            _NEWEST,
            EmptyState(_("Nothing was done yet"), _("Whatever is saved stands here, and can be taken back.")),
            self,
            search_hint=_("Find a step by its words"),
        )
        self.list.header.addWidget(self.kind)
        self.list.header.addWidget(self.who)
        QWidget.setTabOrder(self.list.search, self.kind)
        QWidget.setTabOrder(self.kind, self.who)
        self.step = StepView(session, self)
        self.step.step_wanted.connect(self._show_step)
        self.list.current_changed.connect(self.step.show_line)
        self.list.filled.connect(self._keep_to_the_step)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        held = QWidget(self)
        around = QVBoxLayout(held)
        around.setContentsMargins(0, 0, theme.M, 0)
        around.addWidget(self.list)
        split.addWidget(held)
        split.addWidget(self.step)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        settings = session.settings
        split.restoreState(QByteArray.fromBase64(settings.geometry(_SPLIT).encode()))
        split.splitterMoved.connect(lambda _at, _number: settings.set_geometry(_SPLIT, _shape(split)))
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        hint = _("Any step can be taken back as long as nothing later stands on it. Ctrl+Z takes back the last one.")
        layout.addWidget(muted(hint, self))
        layout.addWidget(split, 1)

    def _combo(self, name: str, every: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.addItem(every, "")
        combo.activated.connect(lambda _row: self.list.reload())
        return combo

    def _fetch_for(self, query: str) -> Fetch[UnitLine]:
        book = self.session.book
        asked = Asked(words=query, who=self.who.currentData() or "", table=self.kind.currentData() or "")

        def fetch(_sort: Sort, after: Any, limit: int) -> Block[UnitLine]:
            page = changes.list_units(book, asked, before=after, limit=limit)
            return Block(page, page[-1].n if len(page) == limit else None)

        return fetch

    def load(self) -> None:
        """Read the steps and who took them."""
        self.list.reload()
        self.session.read(changes.writers, self._put_writers, owner=self)

    def _put_writers(self, names: Sequence[str]) -> None:
        chosen = self.who.currentData()
        while self.who.count() > 1:
            self.who.removeItem(1)
        for name in names:
            self.who.addItem(name, name)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _keep_to_the_step(self, held: int, _complete: bool) -> None:
        """Put the cursor on the step that is shown, whose row a newer one may have moved, or at the top."""
        if not held:
            self.step.show_line(None)
            return
        wanted = self._kept
        self._kept = None
        rows = self.list.model.rows()
        number = next((i for i, line in enumerate(rows) if line.n == wanted), 0)
        if wanted is not None or not self.list.table.currentIndex().isValid():
            self.list.table.setCurrentIndex(self.list.model.index(number, 0))

    def _show_step(self, n: int) -> None:
        """Put the cursor on a step that is in the list, else show it beside the list all the same."""
        for number, line in enumerate(self.list.model.rows()):
            if line.n == n:
                self.list.table.setCurrentIndex(self.list.model.index(number, 0))
                return
        book = self.session.book
        self.session.read(lambda _book: changes.unit_line(book, n), self.step.show_line, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Read again: whatever was changed is a step."""
        if self.isVisible():
            self._kept = self.step.shown
            self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the steps."""
        self.list.focus_first()


def _step_cell(line: UnitLine) -> Cell:
    tone = "text" if line.standing is Standing.STANDS else "muted"
    words = STANDINGS[line.standing]
    return Cell(line.label, hint=_(words) if words else "", tone=tone)


def _shape(split: QSplitter) -> str:
    return bytes(split.saveState().toBase64().data()).decode()
