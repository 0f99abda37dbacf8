"""Step 1 of a sheet: what it is taken for, how its text is read, where its header stands, and what was left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain import days
from crm_app.i18n import _, ngettext
from crm_app.services import imports
from crm_app.services.imports import SheetPlan
from crm_app.ui import theme
from crm_app.ui.imports.shown import Shown, Tab
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.widgets.parts import button, choose, combo, label, literal


class About(QWidget):
    """The facts of one sheet, each with the means to change it where it was understood wrongly."""

    kind_wanted = Signal(str)
    encoding_wanted = Signal(str)
    left_out = Signal()
    """The sheet shall not be imported."""
    taken_in = Signal(str)
    """A sheet that was left out shall be imported after all."""
    forgotten = Signal()
    """How such a sheet was read the last time shall be forgotten."""

    def __init__(self, shown: Shown, sheet: int, parent: QWidget) -> None:
        super().__init__(parent)
        plan = shown.plan.sheets[sheet]
        self.kind = combo(
            _("What it holds"),
            ((_(KIND_WORDS[kind]), kind) for kind in imports.KINDS if kind != "auto"),
            lambda: self.kind_wanted.emit(self.kind.currentData()),
            self,
        )
        choose(self.kind, plan.kind)
        self.kinds = [self._answer(kind) for kind in ((plan.kind, *plan.near) if plan.near else ())]
        """Where it may be of several kinds, a button for each."""
        self.encoding = encodings(lambda: self.encoding_wanted.emit(self.encoding.currentData()), self)
        show_encoding(self.encoding, shown.plan.sheets[sheet].encoding)
        self.take = QCheckBox(_("Import this sheet"), self)
        self.take.setChecked(True)
        self.take.setVisible(len(shown.plan.sheets) > 1)
        self.take.clicked.connect(lambda _checked=False: self.left_out.emit())
        self.forget = button(_("Forget it and guess anew"), self.forgotten.emit, self, "link")
        self._lay_out(shown, sheet, plan)

    def _lay_out(self, shown: Shown, sheet: int, plan: SheetPlan) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.L)
        form.setVerticalSpacing(theme.M)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # What wraps has the width there is; a choice is as wide as its words.
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for box in (self.kind, self.encoding):
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row(form, self.kind.accessibleName(), self.kind)
        if plan.evidence:
            self._row(form, "", label(plan.evidence, "muted", self, wrap=True))
        if self.kinds:
            self._row(form, _("Please say which"), self._question())
        if shown.plan.sheets[sheet].encoding:
            self._row(form, self.encoding.accessibleName(), self.encoding)
        else:
            self.encoding.hide()
        for name, facts in facts_of(shown, sheet):
            self._row(form, name, label(facts, "", self, wrap=True))
        if plan.remembered is not None:
            self._row(form, _("Recognised"), self._recognised(plan))
        else:
            self.forget.hide()
        self._row(form, "", self.take)
        outer.addLayout(form)
        for name, choice in shown.plan.choices.sheets.items():
            if choice.leave_out:
                words = _("Import “{name}” too").format(name=name)
                back = button(literal(words), partial(self.taken_in.emit, name), self, "link")
                outer.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        if about_targets(plan):
            outer.addWidget(label(about_targets(plan), "muted", self, wrap=True))
        for sentence in shown.plan.skipped:
            outer.addWidget(label(_("Left out: {why}").format(why=sentence), "muted", self, wrap=True))
        outer.addStretch(1)

    def _row(self, form: QFormLayout, name: str, field: QWidget) -> None:
        form.addRow(label(name, "muted", self), field)

    def _answer(self, kind: str) -> QPushButton:
        return button(_(KIND_WORDS[kind]), lambda: self.kind_wanted.emit(kind), self)

    def _question(self) -> QWidget:
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        for answer in self.kinds:
            row.addWidget(answer)
        row.addStretch(1)
        return held

    def _recognised(self, plan: SheetPlan) -> QWidget:
        assert plan.remembered is not None
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        day = days.show_date(plan.remembered.on)
        words = _("as the last time, {file} on {day}").format(file=plan.remembered.file, day=day)
        row.addWidget(label(words, "echo", held))
        row.addWidget(self.forget)
        return held

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds; where one has to be said, the answers have the keys."""
        (self.kinds[0] if self.kinds else self.kind).setFocus()


def encodings(run: Callable[[], object], parent: QWidget) -> QComboBox:
    """Return the choice of the encoding in which a text is read."""
    return combo(_("Encoding"), ((name.upper(), name) for name in imports.ENCODINGS), run, parent)


def show_encoding(box: QComboBox, encoding: str) -> None:
    """Show the encoding a text was read in, a rare one too."""
    if encoding and box.findData(encoding) < 0:
        box.addItem(encoding.upper(), encoding)
    choose(box, encoding)


def facts_of(shown: Shown, sheet: int) -> list[tuple[str, str]]:
    """Return what was found in a sheet: name and facts."""
    plan = shown.plan.sheets[sheet]
    named = [column for column in plan.columns if column.header]
    known = sum(1 for column in named if column.target)
    rows = shown.counts[sheet, Tab.ALL]
    left = []
    if plan.titles:
        left.append(ngettext("{n} title row", "{n} title rows", plan.titles).format(n=plan.titles))
    if plan.repeated:
        left.append(ngettext("{n} repeated header", "{n} repeated headers", plan.repeated).format(n=plan.repeated))
    if plan.totals:
        left.append(ngettext("{n} total", "{n} totals", plan.totals).format(n=plan.totals))
    if plan.notes:
        left.append(ngettext("{n} note", "{n} notes", plan.notes).format(n=plan.notes))
    facts = [
        (_("Sheet"), plan.name),
        (_("Header"), _("in row {row}").format(row=plan.header_row)),
        (_("Columns"), _("{known} of {n} understood").format(known=known, n=len(named))),
        (_("Rows"), ngettext("{n} row of data", "{n} rows of data", rows).format(n=rows)),
        (_("Not data"), _(", ").join(left)),
        (_("Hidden"), _("{what}; taken like the rest").format(what=plan.hidden) if plan.hidden else ""),
    ]
    return [(name, fact) for name, fact in facts if fact]


def about_targets(plan: SheetPlan) -> str:
    """Say of a sheet that tells what was achieved what becomes of the targets in it."""
    if not plan.achieved:
        return ""
    if plan.kind == "targets":
        return _("The sheet tells what was achieved; of it only the columns of targets are taken, as you said.")
    return _(
        "The sheet tells what was achieved, so no target of it is taken. To take those, choose “Targets” above; "
        "they revise the ones that stand."
    )
