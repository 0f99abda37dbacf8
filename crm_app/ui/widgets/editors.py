"""One editor for each kind of field: what is typed is read by the kind itself when the field is left, and echoed.

Every editor keeps the text as typed, so that a draft gives back exactly what was there, readable or not.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days, regions
from crm_app.domain.amounts import Currency, UnitMissing
from crm_app.domain.days import Precision
from crm_app.domain.fields import Field
from crm_app.domain.kinds import AnyMoney, Day, Flag, Fuzzy, Money, Range, Region, Text
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.list_cells import how_far
from crm_app.ui.widgets.text_field import TextArea, TextField


class Editor(QWidget):
    """A control with a line under it for the echo (“→ 12月2日 周三”) or for what is wrong."""

    edited = Signal()
    """The user changed something; ``set_typed`` and ``set_value`` do not emit it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(2)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.hide()

    def _hold(self, control: QWidget) -> None:
        control.setAccessibleName(self.field.title)
        self.setFocusProxy(control)
        self.body.addWidget(control)
        self.body.addWidget(self.message)

    def typed(self) -> str:
        """Return the text as it stands."""
        raise NotImplementedError

    def set_typed(self, text: str) -> None:
        """Put text back, as a draft kept it."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return the value, None where nothing is typed; raise BadInput naming the field."""
        try:
            read = self.field.kind.parse(self.typed())
            if read is not None:
                self.field.kind.check(read)
        except UnitMissing:
            raise
        except BadInput as error:
            raise BadInput(str(error), field=self.field.name) from error
        return read

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_typed("" if value is None else self.field.kind.show(value))
        self.clear_message()

    def check(self) -> bool:
        """Read what is typed; echo it, or say what is wrong. Say whether it can be used."""
        try:
            value = self.value()
        except BadInput as error:
            self.complain(str(error))
            return False
        self.clear_message()
        echo = "" if value is None else self.echo(value)
        doubt = self.doubt()
        if doubt:
            self._say(doubt, "echo")
        elif echo:
            self._say(_("→ {meaning}").format(meaning=echo), "echo")
        return True

    def doubt(self) -> str:
        """Return a sentence where what is typed can be kept, and is probably a slip; empty elsewhere."""
        return ""

    def echo(self, value: Any) -> str:
        """Return what a value means in full; empty where that is what was typed."""
        shown = self.field.kind.show(value)
        return "" if shown == self.typed().strip() else shown

    def complain(self, sentence: str) -> None:
        """Say what is wrong under the control."""
        self._say(sentence, "error")
        self._mark(True)

    def clear_message(self) -> None:
        """Take echo and complaint away."""
        self.message.hide()
        self._mark(False)

    def _say(self, sentence: str, role: str) -> None:
        self.message.setProperty("role", role)
        self.message.style().polish(self.message)
        self.message.setText(sentence)
        self.message.show()

    def _mark(self, wrong: bool) -> None:
        control = self.focusProxy()
        if control is not None and bool(control.property("wrong")) != wrong:
            control.setProperty("wrong", wrong)
            control.style().polish(control)


class LineEditor(Editor):
    """One line, for every kind that is typed as text."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = TextField(self, placeholder=_hint(field))
        self._hold(self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self.check)

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put text back; a long one shows its beginning."""
        self.line.setText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)


def _hint(field: Field) -> str:
    """Return how an amount may be typed, else the unit: nobody writes 560 million out in yuan."""
    if isinstance(field.kind, Money) and field.kind.currency is Currency.CNY:
        return _("such as 560 million")
    if isinstance(field.kind, AnyMoney):
        return _("such as 560 million, USD 80 million")
    if isinstance(field.kind, Range):
        return _("such as about 300-500 million")
    return _("Unit: {unit}").format(unit=field.unit_title) if field.unit else ""


class AreaEditor(Editor):
    """Several lines."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        lines = field.kind.lines if isinstance(field.kind, Text) else 3
        self.area = TextArea(self, lines=min(max(lines, 2), 6))
        self._hold(self.area)
        self._quiet = False
        self.area.textChanged.connect(lambda: None if self._quiet else self.edited.emit())
        self.area.left.connect(self.check)

    def typed(self) -> str:
        """Return the text."""
        return self.area.toPlainText()

    def set_typed(self, text: str) -> None:
        """Put text back."""
        self._quiet = True
        self.area.setPlainText(text)
        self._quiet = False

    def echo(self, value: Any) -> str:
        """Return nothing: several lines are read as they are."""
        return ""


class RegionEditor(LineEditor):
    """A region; one that no list of regions knows is pointed out, not refused: there are places abroad."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._settled = ""

    def set_typed(self, text: str) -> None:
        """Put text back; what is there already is no slip."""
        super().set_typed(text)
        self._settled = text.strip()

    def doubt(self) -> str:
        """Say that no region is called so."""
        typed = self.typed().strip()
        if typed == self._settled or not typed or regions.find(typed) is not None:
            return ""
        return _("“{text}” is no region of the list; it is kept as typed.").format(text=typed)


class DayEditor(LineEditor):
    """A day in words: “下周三” is echoed as “12月2日 周三”. A future day is only pointed out, never refused."""

    def echo(self, value: Any) -> str:
        """Return the weekday of an exact day and how far off it is, else how exact it is."""
        exact = (
            value if isinstance(self.field.kind, Day) else (value.first if value.precision is Precision.DAY else None)
        )
        if exact is None:
            return super().echo(value)
        today = clock.today()
        told = (days.show_near_with_weekday(exact, today), how_far(exact, today))
        return " · ".join(part for part in told if part)


class MoneyEditor(LineEditor):
    """An amount; a bare number asks for its unit right there, by one click or one key."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._units = QWidget(self)
        row = QHBoxLayout(self._units)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        for unit in ("亿", "万"):
            written = unit + ("美元" if field.kind == Money(Currency.USD) else "元")
            button = QPushButton(written, self._units)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, written=written: self._add(written))
            row.addWidget(button)
        row.addStretch(1)
        self._units.hide()
        self.body.addWidget(self._units)

    def check(self) -> bool:
        """Read the amount; offer the units where only a number was typed."""
        try:
            self.value()
        except UnitMissing as error:
            self.complain(str(error))
            self._units.show()
            return False
        except BadInput:
            self._units.hide()
            return super().check()
        self._units.hide()
        return super().check()

    def _add(self, unit: str) -> None:
        self.line.setText(self.line.text().strip() + unit)
        self.edited.emit()
        self.check()
        self.line.setFocus()


class FlagEditor(Editor):
    """Yes or no; untouched it says nothing."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(field.title, self)
        self._hold(self.box)
        self._known = False
        self.box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self._known = True
        self.edited.emit()

    def typed(self) -> str:
        """Return 1, 0 or nothing."""
        return str(int(self.box.isChecked())) if self._known else ""

    def set_typed(self, text: str) -> None:
        """Put the answer back."""
        self._known = bool(text)
        self.box.setChecked(bool(self.field.kind.parse(text)))

    def set_value(self, value: Any) -> None:
        """Show yes, no or nothing."""
        self.set_typed("" if value is None else str(int(value)))

    def echo(self, value: Any) -> str:
        """Return nothing: the tick says it."""
        return ""


def plain_editor(field: Field, parent: QWidget | None = None) -> Editor:
    """Return the editor of a kind that needs no source of choices."""
    kind = field.kind
    if isinstance(kind, (Money, AnyMoney, Range)):
        return MoneyEditor(field, parent)
    if isinstance(kind, (Day, Fuzzy)):
        return DayEditor(field, parent)
    if isinstance(kind, Flag):
        return FlagEditor(field, parent)
    if isinstance(kind, Region):
        return RegionEditor(field, parent)
    if isinstance(kind, Text) and kind.lines > 1:
        return AreaEditor(field, parent)
    return LineEditor(field, parent)
