"""回收站: what was deleted, newest first; what restoring brings back, and the button that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.records import RECORDS
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import recycle_bin
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.recycle_bin import Binned, Returning
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted
from crm_app.ui.settings.steps_words import counts, moment
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_NEWEST = Sort("newest")
_KINDS = ("enterprise", "contact", "lead", "visit", "follow_up", "task", "trip", "project", "attachment")
_MOST_NAMES = 5


class RecycleBinPart(Part):
    """Enter, or the button beneath, restores the deletion under the cursor."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._latest = session.latest()
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(_("Kind of record"))
        self.kind.addItem(_("All kinds"), "")
        for table in _KINDS:
            self.kind.addItem(_(RECORDS[table].label), table)
        self.list = RecordList(
            session,
            "settings-bin",
            (
                Column[Binned]("title", _("Deleted"), lambda one: Cell(one.title), 200, stretch=True),
                Column[Binned]("with", _("With it"), lambda one: Cell(counts(one.counts)), 210),
                Column[Binned]("who", _("Who"), lambda one: Cell(one.line.who), 80),
                Column[Binned]("at", _("When"), lambda one: Cell(moment(one.line.at)), 128),
            ),
            self._fetch_for,
            _NEWEST,
            EmptyState(
                _("The recycle bin is empty"), _("What is deleted stays here and can be restored."), icon="trash"
            ),
            self,
        )
        self.list.header.addWidget(self.kind)
        QWidget.setTabOrder(self.list.search, self.kind)
        self.kind.activated.connect(lambda _row: self.list.reload())
        self.list.current_changed.connect(self._look)
        self.list.activated.connect(self.restore)
        self.list.filled.connect(self._begin_at_the_top)
        self.consequence = QLabel(self)
        self.consequence.setProperty("role", "muted")
        self.consequence.setWordWrap(True)
        self.button = QPushButton(_("Restore"), self)
        theme.put_icon(self.button, "arrow-back-up")
        self.button.setEnabled(False)
        self.button.clicked.connect(lambda _checked=False: self.restore(self.list.current()))
        foot = QHBoxLayout()
        foot.setSpacing(theme.M)
        foot.addWidget(self.button)
        foot.addWidget(self.consequence, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        hint = _("What was deleted together comes back together. Nothing here is ever thrown away by itself.")
        layout.addWidget(muted(hint, self))
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)

    def _fetch_for(self, query: str) -> Fetch[Binned]:
        book, table = self.session.book, self.kind.currentData() or ""

        def fetch(_sort: Sort, after: Any, limit: int) -> Block[Binned]:
            page = recycle_bin.list_deleted(book, table=table, before=after, limit=limit)
            found = [one for one in page if fits(query, one.title)]
            return Block(found, page[-1].line.n if len(page) == limit else None)

        return fetch

    def load(self) -> None:
        """Read what is deleted."""
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read it again: a change may be a deletion or a return."""
        if self.isVisible():
            self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the deletions."""
        self.list.focus_first()

    def _begin_at_the_top(self, held: int, _complete: bool) -> None:
        """Put the cursor on the newest deletion: most who come here want that one back."""
        if not held:
            self._look(None)
        elif not self.list.table.currentIndex().isValid():
            self.list.table.setCurrentIndex(self.list.model.index(0, 0))

    def _look(self, one: Binned | None) -> None:
        """Say what restoring the deletion under the cursor brings back."""
        self.button.setEnabled(one is not None)
        self._latest.drop()
        self._say("", error=False)
        if one is not None:
            book, n = self.session.book, one.line.n
            self._latest.read(
                lambda: recycle_bin.preview_restore(book, n), self._tell, lambda error: self._refuse(error), owner=self
            )

    def _tell(self, returning: Returning) -> None:
        lines = [_("Comes back: {counts}.").format(counts=counts(returning.counts))]
        if returning.needed:
            names = _(", ").join(returning.needed[:_MOST_NAMES]) + ("…" if len(returning.needed) > _MOST_NAMES else "")
            lines.append(_("With it, because it needs them: {names}.").format(names=names))
        self._say("\n".join(lines), error=False)

    def _say(self, words: str, *, error: bool) -> None:
        self.consequence.setProperty("role", "error" if error else "muted")
        self.consequence.style().polish(self.consequence)
        self.consequence.setText(words)

    def restore(self, one: Binned | None) -> None:
        """Bring a deletion back."""
        if one is None:
            return

        def work(book: Book, _progress: object) -> Outcome[None]:
            return Outcome(recycle_bin.restore(book, one.line.n), None)

        self.session.write(_("Restoring"), work, None, self._refuse, owner=self)

    def _refuse(self, error: CrmError) -> None:
        self._say(str(error), error=True)
