"""What figures are held against: targets with their revisions, and forecasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm_app.domain.fields import Field, values_of
from crm_app.domain.kinds import Text
from crm_app.domain.targets import METRIC_LABELS, Forecast, Target, shown
from crm_app.i18n import N_, _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.target_values import period, read_value
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened
from crm_app.ui.widgets.lists import RecordList

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


def _typed_value(field: Field) -> Field:
    """Return the field as text: how it is read depends on the metric beside it."""
    return replace(field, kind=Text())


def _with_value(use: Callable[..., Outcome[Any]]) -> Callable[[Book, dict[str, Any]], Outcome[Any]]:
    def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
        return use(book, **(values | {"value": read_value(values["metric"], values["value"])}))

    return save


_NEW: dict[str, tuple[str, type[Target | Forecast], Callable[[Book, dict[str, Any]], Outcome[Any]]]] = {
    "target": (N_("Set a target"), Target, _with_value(targets.set_target)),
    "forecast": (N_("Set a forecast"), Forecast, _with_value(targets.set_forecast)),
}
"""The form of each tab, in the order of the tabs: its title, what it makes, and the use case."""


class Held(Part):
    """Two lists under tabs. Enter revises a target: the old one is kept, and shown where it is asked for."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._superseded = False
        self._hidden: frozenset[object] = frozenset()
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Targets and forecasts"))
        self.targets = self._targets()
        self.forecasts = self._forecasts()
        self.superseded = QCheckBox(_("Revised ones too"), self)
        self.superseded.toggled.connect(self._show_superseded)
        self.targets.header.insertWidget(1, self.superseded)
        self._stack = QStackedWidget(self)
        hints = (
            _(
                "Figures are held against the target in force at the end of their window. "
                "Enter revises one; the old stays."
            ),
            _("Only a forecast with its ground lets a text say what is expected."),
        )
        lists: tuple[QWidget, ...] = (self.targets, self.forecasts)
        for words, made, hint in zip((_("Targets"), _("Forecasts")), lists, hints, strict=True):
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
        actions.make("delete", self.forecasts.table, self._remove_forecast)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)

    def _targets(self) -> RecordList[Target]:
        def cell(words: Callable[[Target], str]) -> Callable[[Target], Cell]:
            return lambda one: Cell(words(one), tone="muted" if one.id in self._hidden else "text")

        return table(
            self,
            "targets",
            (
                Column[Target]("metric", _("Metric"), cell(lambda one: _(METRIC_LABELS[one.metric])), 130),
                Column[Target]("period", _("Period"), cell(lambda one: period(one.from_on, one.to_on)), 190),
                Column[Target]("subject", _("Team or person"), cell(lambda one: one.subject), 110),
                Column[Target](
                    "value", _("Target value"), cell(lambda one: shown(one.metric, one.value)), 110, right=True
                ),
                Column[Target]("from", _("In force from"), cell(lambda one: one.shown("effective_from")), 130),
                Column[Target]("issuer", _("Issuer"), cell(lambda one: one.issuer or ""), 110, spare=True),
                Column[Target](
                    "document",
                    _("Document number"),
                    cell(lambda one: one.document or ""),
                    140,
                    stretch=True,
                    spare=True,
                ),
            ),
            self._read_targets,
            lambda one: f"{_(METRIC_LABELS[one.metric])} {one.subject}",
            nothing=_("No target is set yet"),
            add=_("Set a target"),
            open_new=lambda: self.open_form("target"),
            open_row=self.revise,
        )

    def _read_targets(self, book: Book) -> list[Target]:
        every = targets.list_targets(book, superseded=True)
        self._hidden = frozenset(one.supersedes_id for one in every if one.supersedes_id)
        return [one for one in every if self._superseded or one.id not in self._hidden]

    def _forecasts(self) -> RecordList[Forecast]:
        return table(
            self,
            "forecasts",
            (
                Column[Forecast]("metric", _("Metric"), lambda one: Cell(_(METRIC_LABELS[one.metric])), 150),
                Column[Forecast]("period", _("Period"), lambda one: Cell(period(one.from_on, one.to_on)), 220),
                Column[Forecast](
                    "value", _("Forecast value"), lambda one: Cell(shown(one.metric, one.value)), 110, right=True
                ),
                Column[Forecast]("basis", _("Basis"), lambda one: Cell(one.basis), 300, stretch=True),
            ),
            targets.list_forecasts,
            lambda one: f"{_(METRIC_LABELS[one.metric])} {one.basis}",
            nothing=_("No forecast is set yet"),
            add=_("Set a forecast"),
            open_new=lambda: self.open_form("forecast"),
        )

    def load(self) -> None:
        """Read both lists."""
        for made in (self.targets, self.forecasts):
            made.reload()

    def refresh(self, changes: Changes) -> None:
        """Read them again where one changed."""
        if changes.touches("target", "forecast"):
            self.load()

    def focus_first(self) -> None:
        """Start at the tabs."""
        self.tabs.setFocus()

    def _show_superseded(self, shown: bool) -> None:
        self._superseded = shown
        self.targets.reload()

    def open_form(self, what: str) -> FormDialog:
        """Open the form of a new ``target`` or ``forecast``."""
        title, record, save = _NEW[what]
        self.tabs.setCurrentIndex(list(_NEW).index(what))
        fields = _fields(record)
        return opened(FormDialog(self.session, self.window(), _(title), fields, save, draft=f"{what}:new", columns=2))

    def revise(self, target: Target) -> FormDialog:
        """Open the form that revises a target: what is saved supersedes it."""

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            if "value" in values:
                metric = values.get("metric", target.metric)
                values = values | {"value": read_value(metric, values["value"])}
            return targets.change_target(book, target.id, **values)

        before = values_of(target) | {"value": shown(target.metric, target.value)}
        title = _("Revise a target")
        draft = f"target:{target.id}"
        dialog = FormDialog(
            self.session, self.window(), title, _fields(Target), save, draft=draft, before=before, columns=2
        )
        return opened(dialog)

    def _remove(self) -> None:
        target = self.targets.current()
        if target is not None:
            words = _("Remove a target")
            self.session.write(words, lambda book, _progress: targets.remove_target(book, target.id))

    def _remove_forecast(self) -> None:
        forecast = self.forecasts.current()
        if forecast is not None:
            words = _("Remove a forecast")
            self.session.write(words, lambda book, _progress: targets.remove_forecast(book, forecast.id))


def _fields(record: type[Target | Forecast]) -> list[Field]:
    return [
        _typed_value(field) if field.name == "value" else field
        for field in record.fields
        if field.name != "supersedes_id"
    ]
