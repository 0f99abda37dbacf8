"""One sheet of a plan in its three steps: what it is, what its columns mean, what becomes of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QTabBar, QVBoxLayout, QWidget

from crm_app.domain.import_kinds import joins
from crm_app.i18n import _, ngettext
from crm_app.services.imports import SheetChoice
from crm_app.ui import theme
from crm_app.ui.imports.about import About
from crm_app.ui.imports.columns import Columns
from crm_app.ui.imports.preview import Preview
from crm_app.ui.imports.shown import Shown, Tab
from crm_app.ui.imports.sources import Source
from crm_app.ui.session import Session


class Step(IntEnum):
    """The steps of a sheet, in their order."""

    ABOUT = 0
    COLUMNS = 1
    ROWS = 2


class SheetPane(QWidget):
    """Made anew for each plan; ``step`` and ``column`` say where the user was."""

    decided = Signal()
    """Something was decided that asks for another plan."""
    forget_wanted = Signal(str)
    """What is remembered of these headers shall be forgotten."""

    def __init__(
        self, session: Session, source: Source, sheet: int, parent: QWidget, *, step: Step | None, column: int
    ) -> None:
        super().__init__(parent)
        assert source.shown is not None, "a pane shows a plan"
        self.source, self.sheet = source, sheet
        self.shown: Shown = source.shown
        self.plan = self.shown.plan.sheets[sheet]
        self.about = About(self.shown, sheet, self)
        self.columns = Columns(session, self.shown, sheet, column, self)
        self.preview = Preview(session, self.shown, sheet, self)
        self.steps = self._make_steps()
        self._stack = QStackedLayout()
        for pane in (self.about, self.columns, self.preview):
            self._stack.addWidget(pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.steps)
        layout.addLayout(self._stack, 1)
        self._connect()
        asked = Step.ABOUT if self.plan.near else Step.COLUMNS if self.plan.day_questions else Step.ROWS
        self.show_step(step if step is not None else asked)

    def _make_steps(self) -> QTabBar:
        steps = QTabBar(self)
        steps.setAccessibleName(_("Steps"))
        steps.setDrawBase(False)
        steps.setExpanding(False)
        about = _("1  What it is")
        if self.plan.near:
            about += " · " + ngettext("{n} question", "{n} questions", 1).format(n=1)
        asked = len(self.plan.day_questions)
        columns = _("2  Columns")
        if asked:
            columns += " · " + ngettext("{n} question", "{n} questions", asked).format(n=asked)
        rows = self.shown.counts[self.sheet, Tab.ALL]
        for words in (about, columns, ngettext("3  Preview, {n} row", "3  Preview, {n} rows", rows).format(n=rows)):
            steps.addTab(words)
        steps.currentChanged.connect(self._show)
        return steps

    def _connect(self) -> None:
        self.about.kind_wanted.connect(lambda kind: self._decide(lambda _choice: SheetChoice(kind=kind)))
        self.about.encoding_wanted.connect(self._decide_encoding)
        self.about.left_out.connect(lambda: self._decide(lambda choice: replace(choice, leave_out=True)))
        self.about.taken_in.connect(self._take_in)
        self.about.forgotten.connect(lambda: self.forget_wanted.emit(self.plan.headers))
        self.columns.target_wanted.connect(
            lambda column, target: self._decide(
                lambda choice: replace(choice, targets=self._moved(choice, column, target))
            )
        )
        self.columns.unit_wanted.connect(
            lambda column, unit: self._decide(lambda choice: replace(choice, units={**choice.units, column: unit}))
        )
        self.columns.order_wanted.connect(
            lambda column, order: self._decide(
                lambda choice: replace(choice, day_orders={**choice.day_orders, column: order})
            )
        )
        self.columns.policy_wanted.connect(self._decide_policy)
        self.preview.policy_wanted.connect(lambda policy: self._decide_policy(policy, ""))

    def _moved(self, choice: SheetChoice, column: int, target: str) -> dict[int, str]:
        """Return the targets with one given to a column; whichever had it before is left alone, texts aside."""
        alone = target and not joins(target)
        held = {one.index: "" for one in self.plan.columns if alone and one.target == target}
        return {**choice.targets, **held, column: target}

    def _decide(self, change: Callable[[SheetChoice], SheetChoice]) -> None:
        self.source.decide(self.plan, change(self.source.choice_of(self.plan)))
        self.decided.emit()

    def _decide_encoding(self, encoding: str) -> None:
        self.source.decide_encoding(encoding)
        self.decided.emit()

    def _take_in(self, name: str) -> None:
        self.source.take_in(name)
        self.decided.emit()

    def _decide_policy(self, policy: Any, target: str) -> None:
        self.source.decide_policy(policy, target)
        self.decided.emit()

    @property
    def step(self) -> Step:
        """The step on top."""
        return Step(self.steps.currentIndex())

    def show_step(self, step: Step) -> None:
        """Bring a step to the front."""
        self.steps.setCurrentIndex(step)
        self._show(step)

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)

    def focus_first(self) -> None:
        """Let the keys work on what is on top."""
        (self.about, self.columns, self.preview)[self.step].focus_first()
