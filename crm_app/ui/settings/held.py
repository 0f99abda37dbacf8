"""What figures are held against: targets, forecasts, rankings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Text, Whole
from crm_app.domain.targets import METRIC_LABELS, Forecast, Metric, Ranking, Target
from crm_app.errors import BadInput
from crm_app.i18n import N_, _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened
from crm_app.ui.widgets.lists import RecordList

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_CURRENCY = {
    Metric.SIGNED_YUAN: Currency.CNY,
    Metric.FUNDS_YUAN: Currency.CNY,
    Metric.FDI_USD: Currency.USD,
}
"""Metrics that are amounts; the others are plain counts."""


def shown_value(metric: Metric, value: int) -> str:
    """Return a target or a forecast as it is read: an amount with its unit, or a number."""
    return amounts.show_money(value, _CURRENCY[metric]) if metric in _CURRENCY else str(value)


def read_value(metric: Metric, typed: str) -> int:
    """Return the value typed for a metric, in yuan, US cents or units; raise BadInput."""
    try:
        if metric in _CURRENCY:
            return amounts.parse_money(typed, _CURRENCY[metric])
        read = Whole().parse(typed)
    except BadInput as error:
        raise BadInput(str(error), field="value") from error
    assert read is not None, "the form asks for a value"
    return read


def _typed_value(field: Field) -> Field:
    """Return the field as text: how it is read depends on the metric beside it."""
    return replace(field, kind=Text())


def _period(first: date, last: date) -> Cell:
    return Cell(_("{first} to {last}").format(first=days.show_date(first), last=days.show_date(last)))


def _with_value(use: Callable[..., Outcome[Any]]) -> Callable[[Book, dict[str, Any]], Outcome[Any]]:
    def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
        return use(book, **(values | {"value": read_value(values["metric"], values["value"])}))

    return save


def _add_ranking(book: Book, values: dict[str, Any]) -> Outcome[Any]:
    return targets.add_ranking(book, **values)


_NEW: dict[str, tuple[str, type[Target | Forecast | Ranking], Callable[[Book, dict[str, Any]], Outcome[Any]]]] = {
    "target": (N_("Set a target"), Target, _with_value(targets.set_target)),
    "forecast": (N_("Set a forecast"), Forecast, _with_value(targets.set_forecast)),
    "ranking": (N_("Enter a ranking"), Ranking, _add_ranking),
}
"""The form of each tab, in the order of the tabs: its title, what it makes, and the use case."""


class Held(Part):
    """Three lists under tabs. A target of the same metric, period and subject supersedes the one before."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Targets, forecasts, rankings"))
        self.targets = self._targets()
        self.forecasts = self._forecasts()
        self.rankings = self._rankings()
        self._stack = QStackedWidget(self)
        hints = (
            _("Figures are held against the target in force at the end of their window."),
            _("Only a forecast with its ground lets a text say what is expected."),
            _("Without the number of its document no text may claim a rank."),
        )
        lists: tuple[QWidget, ...] = (self.targets, self.forecasts, self.rankings)
        for words, made, hint in zip((_("Targets"), _("Forecasts"), _("Rankings")), lists, hints, strict=True):
            self.tabs.addTab(words)
            held = QWidget(self)
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.S)
            column.addWidget(muted(hint, held))
            column.addWidget(made, 1)
            self._stack.addWidget(held)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        actions.make("delete", self.targets.table, self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)

    def _targets(self) -> RecordList[Target]:
        return table(
            self,
            "targets",
            (
                Column[Target]("metric", _("Metric"), lambda one: Cell(_(METRIC_LABELS[one.metric])), 150),
                Column[Target]("period", _("Period"), lambda one: _period(one.from_on, one.to_on), 250),
                Column[Target]("subject", _("Team or person"), lambda one: Cell(one.subject), 120),
                Column[Target](
                    "value", _("Target value"), lambda one: Cell(shown_value(one.metric, one.value)), 110, right=True
                ),
                Column[Target]("issuer", _("Issuer"), lambda one: Cell(one.issuer or ""), 120),
                Column[Target](
                    "document", _("Document number"), lambda one: Cell(one.document or ""), 160, stretch=True
                ),
            ),
            targets.list_targets,
            lambda one: f"{_(METRIC_LABELS[one.metric])} {one.subject}",
            nothing=_("No target is set yet"),
            add=_("Set a target"),
            open_new=lambda: self.open_form("target"),
        )

    def _forecasts(self) -> RecordList[Forecast]:
        return table(
            self,
            "forecasts",
            (
                Column[Forecast]("metric", _("Metric"), lambda one: Cell(_(METRIC_LABELS[one.metric])), 150),
                Column[Forecast]("period", _("Period"), lambda one: _period(one.from_on, one.to_on), 250),
                Column[Forecast](
                    "value", _("Forecast value"), lambda one: Cell(shown_value(one.metric, one.value)), 110, right=True
                ),
                Column[Forecast]("basis", _("Basis"), lambda one: Cell(one.basis), 300, stretch=True),
            ),
            targets.list_forecasts,
            lambda one: f"{_(METRIC_LABELS[one.metric])} {one.basis}",
            nothing=_("No forecast is set yet"),
            add=_("Set a forecast"),
            open_new=lambda: self.open_form("forecast"),
        )

    def _rankings(self) -> RecordList[Ranking]:
        return table(
            self,
            "rankings",
            (
                Column[Ranking]("board", _("Board"), lambda one: Cell(one.board), 200),
                Column[Ranking]("period", _("Period"), lambda one: Cell(one.period), 140),
                Column[Ranking]("group", _("Group"), lambda one: Cell(one.group or ""), 120),
                Column[Ranking](
                    "rank", _("Rank"), lambda one: Cell(_("{rank} of {of}").format(rank=one.rank, of=one.of)), 80
                ),
                Column[Ranking](
                    "document", _("Document number"), lambda one: Cell(one.document or ""), 180, stretch=True
                ),
                Column[Ranking]("on", _("Announced on"), lambda one: Cell(one.shown("announced_on")), 120),
            ),
            targets.list_rankings,
            lambda one: f"{one.board} {one.period}",
            nothing=_("No ranking is entered yet"),
            add=_("Enter a ranking"),
            open_new=lambda: self.open_form("ranking"),
        )

    def load(self) -> None:
        """Read the three lists."""
        for made in (self.targets, self.forecasts, self.rankings):
            made.reload()

    def refresh(self, changes: Changes) -> None:
        """Read them again where one changed."""
        if changes.touches("target", "forecast", "ranking"):
            self.load()

    def focus_first(self) -> None:
        """Start at the tabs."""
        self.tabs.setFocus()

    def open_form(self, what: str) -> FormDialog:
        """Open the form of a new ``target``, ``forecast`` or ``ranking``."""
        title, record, save = _NEW[what]
        self.tabs.setCurrentIndex(list(_NEW).index(what))
        fields = [
            _typed_value(field) if field.name == "value" else field
            for field in record.fields
            if field.name != "supersedes_id"
        ]
        return opened(FormDialog(self.session, self.window(), _(title), fields, save, draft=f"{what}:new", columns=2))

    def _remove(self) -> None:
        target = self.targets.current()
        if target is not None:
            words = _("Remove a target")
            self.session.write(words, lambda book, _progress: targets.remove_target(book, target.id))
