"""One column of a sheet: what it means (searched by typing), its unit, how its days are written, whose word counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QRadioButton, QVBoxLayout, QWidget

from crm_app.domain import days, imports
from crm_app.domain.import_days import DayOrder
from crm_app.domain.import_kinds import field_of
from crm_app.domain.kinds import AnyMoney, Money, Range
from crm_app.i18n import _
from crm_app.services.imports import POLICY_LABELS, Policy
from crm_app.ui import theme
from crm_app.ui.imports.column_rows import ColumnRow
from crm_app.ui.session import Session
from crm_app.ui.widgets.matching import fit
from crm_app.ui.widgets.parts import button, choose, combo, label
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion

_LEAST, _MOST = 208, 296
_UNITS = ("", "元", "万元", "亿元", "万美元", "亿美元", "亩", "平方米", "人")


def _is_measured(target: str) -> bool:
    field = field_of(target)
    return bool(field.unit) or isinstance(field.kind, Money | Range | AnyMoney)


def _offered(target: str, names: tuple[str, str], typed: str) -> Suggestion | None:
    """Return a meaning where either of its names fits what was typed; the other name is shown where that one does."""
    title, other = names
    if not typed:
        return Suggestion(title, target)
    if (found := fit(typed, title)) is not None:
        return Suggestion(title, target, spans=found.spans)
    return Suggestion(title, target, detail=other) if fit(typed, other) is not None else None


class ColumnEditor(QFrame):
    """Beside the table of columns; shows one of them, and says what is wanted of it."""

    target_wanted = Signal(int, str)
    unit_wanted = Signal(int, str)
    order_wanted = Signal(int, object)
    policy_wanted = Signal(object, str)

    def __init__(self, session: Session, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setMinimumWidth(theme.px(_LEAST))
        self.setMaximumWidth(theme.px(_MOST))
        self._row: ColumnRow | None = None
        self._kind = kind
        self.header = label("", "strong", self, wrap=True)
        self.values = label("", "muted", self, wrap=True)
        self.target = SuggestField(
            self._offer, self, label=_("Taken for"), placeholder=_("Type to find"), on_click=True
        )
        self.target.chosen.connect(lambda taken: self._want_target(taken.value))
        self.target.left.connect(self._show_title)
        self.leave = button(_("Leave this column alone"), lambda: self._want_target(""), self, "link")
        self.evidence = label("", "muted", self, wrap=True)
        self._named: dict[QWidget, QWidget] = {}
        units = ((unit or _("as written"), unit) for unit in _UNITS)
        self.unit = combo(_("Unit"), units, self._want_unit, self)
        policies = ((_(POLICY_LABELS[one]), one) for one in Policy)
        self.policy = combo(_("Where book and file differ"), policies, self._want_policy, self)
        self.orders: list[QRadioButton] = []
        self._days = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.header)
        layout.addWidget(self.values)
        layout.addLayout(self._days)
        for field in (self.target, self.unit, self.policy):
            layout.addSpacing(theme.S)
            name = label(field.accessibleName(), "muted", self)
            name.setBuddy(field)
            self._named[field] = name
            layout.addWidget(name)
            layout.addWidget(field)
            if field is self.target:
                layout.addWidget(self.evidence)
                layout.addWidget(self.leave)
        layout.addStretch(1)

    def show_column(self, row: ColumnRow) -> None:
        """Show a column."""
        self._row = row
        self.header.setText(row.header)
        self.values.setText("\n".join(row.values) or _("(empty)"))
        self._show_title()
        self.evidence.setText(row.evidence)
        self.evidence.setVisible(bool(row.evidence))
        self.leave.setVisible(bool(row.target))
        if self.unit.findData(row.unit) < 0:
            self.unit.addItem(row.unit, row.unit)
        choose(self.unit, row.unit)
        choose(self.policy, row.policy)
        self._offer_field(self.unit, bool(row.target) and (bool(row.unit) or _is_measured(row.target)))
        self._offer_field(self.policy, bool(row.target))
        self._ask_days(row)

    def _offer_field(self, field: QWidget, wanted: bool) -> None:
        field.setVisible(wanted)
        self._named[field].setVisible(wanted)

    def _show_title(self) -> None:
        if self._row is not None:
            self.target.take_text(self._row.title)

    def _ask_days(self, row: ColumnRow) -> None:
        """Ask how the days of the column are written, with its examples read each way."""
        while (item := self._days.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.orders = []
        if row.question is None:
            return
        self._days.addWidget(label(_("Which day is meant?"), "strong", self))
        for order in row.question.orders:
            examples = [
                _("{text} is {day}").format(text=text, day=days.show_date(read[order]))
                for text, read in row.question.examples
                if order in read
            ]
            asked = QRadioButton("\n".join(examples), self)
            asked.clicked.connect(lambda _checked=False, order=order: self._want_order(order))
            self._days.addWidget(asked)
            self.orders.append(asked)

    def _offer(self, text: str, answer: Answer) -> None:
        shown = "" if self._row is not None and text == self._row.title else text
        titles = imports.targets_of(self._kind, self._row.header if self._row is not None else "")
        offers = (_offered(target, names, shown) for target, names in titles)
        answer([one for one in offers if one is not None])

    def _want_target(self, target: str) -> None:
        if self._row is not None and target != self._row.target:
            self.target_wanted.emit(self._row.index, target)

    def _want_unit(self) -> None:
        if self._row is not None:
            self.unit_wanted.emit(self._row.index, self.unit.currentData())

    def _want_order(self, order: DayOrder) -> None:
        if self._row is not None:
            self.order_wanted.emit(self._row.index, order)

    def _want_policy(self) -> None:
        if self._row is not None and self._row.target:
            self.policy_wanted.emit(Policy(self.policy.currentData()), self._row.target)

    def focus_first(self) -> None:
        """Go to the question where one is asked, else to what the column means."""
        (self.orders[0] if self.orders else self.target).setFocus()
