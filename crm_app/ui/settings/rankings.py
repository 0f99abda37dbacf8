"""The ranking notices of superiors: the board, its period, the place, and the document that announced it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain.fields import values_of
from crm_app.domain.kinds import Text
from crm_app.domain.targets import Ranking, board_of, placed, shown
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.notices import open_notice
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.target_values import read_value
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened
from crm_app.ui.widgets.parts import button

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_FIELDS = tuple(replace(field, kind=Text()) if field.name == "value" else field for field in Ranking.fields)
"""What was announced is typed as text: how it is read depends on the metric beside it."""


class Rankings(Part):
    """Enter corrects a rank, Insert enters one, Ctrl+Delete takes it back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.list = table(
            self,
            "rankings",
            (
                Column[Ranking]("board", _("Board"), lambda one: Cell(board_of(one)), 220),
                Column[Ranking]("period", _("Period"), lambda one: Cell(one.period), 140),
                Column[Ranking]("group", _("Group"), lambda one: Cell(one.group or ""), 120),
                Column[Ranking]("rank", _("Rank"), lambda one: Cell(placed(one)), 80),
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
        self.notice = button(_("From a notice…"), lambda: open_notice(session, self.window()), self)
        self.list.header.insertWidget(self.list.header.count() - 1, self.notice)
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
            values = _read(values, known)
            return targets.add_ranking(book, **values) if known is None else _change(book, known, values)

        dialog = FormDialog(
            self.session,
            self.window(),
            _("Enter a ranking") if known is None else _("Change a ranking"),
            _FIELDS,
            save,
            draft=f"ranking:{known.id if known else 'new'}",
            before=_before(known) if known else None,
            columns=2,
        )
        return opened(dialog)

    def _remove(self) -> None:
        ranking = self.list.current()
        if ranking is not None:
            words = _("Remove a ranking")
            self.session.write(words, lambda book, _progress: targets.remove_ranking(book, ranking.id))


def _before(known: Ranking) -> dict[str, Any]:
    """Return the values of a ranking as its form takes them: what was announced with its unit."""
    if known.metric is None or known.value is None:
        return values_of(known)
    return values_of(known) | {"value": shown(known.metric, known.value)}


def _read(values: dict[str, Any], known: Ranking | None) -> dict[str, Any]:
    """Return the values typed; raise BadInput for a value without a metric, or one its metric does not have."""
    if "value" not in values:
        return values
    metric = values.get("metric", known.metric if known else None)
    if not values["value"]:
        return values
    if metric is None:
        raise BadInput(_("Choose the metric the value is of."), field="metric")
    return values | {"value": read_value(metric, values["value"])}


def _change(book: Book, known: Ranking, values: dict[str, Any]) -> Outcome[Any]:
    return targets.change_ranking(book, known.id, **values)


def _document(one: Ranking) -> Cell:
    return Cell(one.document) if one.document else Cell(_("no document yet"), tone="gap")
