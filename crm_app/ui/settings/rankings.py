"""The ranking notices of superiors: the board, its period, the place, and the document that announced it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.fields import values_of
from crm_app.domain.kinds import Text
from crm_app.domain.targets import Metric, Ranking, board_of, placed, shown
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui.notices import open_notice
from crm_app.ui.session import Session
from crm_app.ui.settings.kept import Kept, KeptPart, Words
from crm_app.ui.target_values import read_value
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.parts import button

_FIELDS = tuple(replace(field, kind=Text()) if field.name == "value" else field for field in Ranking.fields)
"""What was announced is typed as text: how it is read depends on the metric beside it."""


class Rankings(KeptPart[Ranking]):
    """Enter corrects a rank, Insert enters one, Ctrl+Delete takes it back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session,
            parent,
            Kept(
                "ranking",
                ("ranking",),
                Words(
                    _("Without the number of its document no text may claim a rank."),
                    _("No ranking is entered yet"),
                    _("Enter a ranking"),
                    _("Change a ranking"),
                    _("Remove a ranking"),
                ),
                (
                    Column[Ranking]("board", _("Board"), lambda one: Cell(board_of(one)), 220),
                    Column[Ranking]("period", _("Period"), lambda one: Cell(one.period), 140),
                    Column[Ranking]("group", _("Group"), lambda one: Cell(one.group or ""), 120),
                    Column[Ranking]("rank", _("Rank"), lambda one: Cell(placed(one)), 112),
                    Column[Ranking]("document", _("Document number"), _document, 180, stretch=True),
                    Column[Ranking]("on", _("Announced on"), lambda one: Cell(one.shown("announced_on")), 130),
                ),
                targets.list_rankings,
                lambda one: f"{one.board} {one.period}",
                lambda one: one.id,
                _FIELDS,
                _before,
                lambda book, values: targets.add_ranking(book, **_read(values, None)),
                _change,
                targets.remove_ranking,
            ),
        )
        self.notice = button(_("From a notice…"), lambda: open_notice(session, self.window()), self)
        self.list.header.insertWidget(self.list.header.count() - 1, self.notice)


def _before(known: Ranking) -> dict[str, Any]:
    """Return the values of a ranking as its form takes them: what was announced with its unit."""
    if known.metric is None or known.value is None:
        return values_of(known)
    return values_of(known) | {"value": shown(known.metric, known.value)}


def _read(values: dict[str, Any], metric: Metric | None) -> dict[str, Any]:
    """Return the values typed; raise BadInput for a value without a metric, or one its metric does not have."""
    if "value" not in values:
        return values
    metric = values.get("metric", metric)
    if not values["value"]:
        return values
    if metric is None:
        raise BadInput(_("Choose the metric the value is of."), field="metric")
    return values | {"value": read_value(metric, values["value"])}


def _change(book: Book, ranking: UUID, values: dict[str, Any]) -> Outcome[Any]:
    known = next(one for one in targets.list_rankings(book) if one.id == ranking)
    return targets.change_ranking(book, ranking, **_read(values, known.metric))


def _document(one: Ranking) -> Cell:
    return Cell(one.document) if one.document else Cell(_("no document yet"), tone="gap")
