"""The ranking notices of superiors: the board, its period, the place, and the document that announced it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain.fields import values_of
from crm_app.domain.targets import Ranking
from crm_app.i18n import _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class Rankings(Part):
    """Enter corrects a rank, Insert enters one, Ctrl+Delete takes it back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.list = table(
            self,
            "rankings",
            (
                Column[Ranking]("board", _("Board"), lambda one: Cell(one.board), 200),
                Column[Ranking]("period", _("Period"), lambda one: Cell(one.period), 140),
                Column[Ranking]("group", _("Group"), lambda one: Cell(one.group or ""), 120),
                Column[Ranking](
                    "rank", _("Rank"), lambda one: Cell(_("{rank} of {of}").format(rank=one.rank, of=one.of)), 80
                ),
                Column[Ranking]("document", _("Document number"), _document, 180, stretch=True),
                Column[Ranking]("on", _("Announced on"), lambda one: Cell(one.shown("announced_on")), 130),
            ),
            targets.list_rankings,
            lambda one: f"{one.board} {one.period}",
            nothing=_("No ranking is entered yet"),
            add=_("Enter a ranking"),
            open_new=lambda: self.open_form(None),
            open_row=self.open_form,
        )
        actions.make("delete", self.list.table, self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(muted(_("Without the number of its document no text may claim a rank."), self))
        layout.addWidget(self.list, 1)

    def load(self) -> None:
        """Read the rankings."""
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read them again where one changed."""
        if changes.touches("ranking"):
            self.load()

    def focus_first(self) -> None:
        """Let the arrow keys walk the rankings."""
        self.list.focus_first()

    def open_form(self, known: Ranking | None) -> FormDialog:
        """Open the form of a ranking, or of a new one."""

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            return targets.add_ranking(book, **values) if known is None else _change(book, known, values)

        dialog = FormDialog(
            self.session,
            self.window(),
            _("Enter a ranking") if known is None else _("Change a ranking"),
            Ranking.fields,
            save,
            draft=f"ranking:{known.id if known else 'new'}",
            before=values_of(known) if known else None,
            columns=2,
        )
        return opened(dialog)

    def _remove(self) -> None:
        ranking = self.list.current()
        if ranking is not None:
            words = _("Remove a ranking")
            self.session.write(words, lambda book, _progress: targets.remove_ranking(book, ranking.id))


def _change(book: Book, known: Ranking, values: dict[str, Any]) -> Outcome[Any]:
    return targets.change_ranking(book, known.id, **values)


def _document(one: Ranking) -> Cell:
    return Cell(one.document) if one.document else Cell(_("no document yet"), tone="gap")
