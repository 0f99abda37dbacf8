"""The form of a meeting: facts and people on the left, what came of it on the right; Tab walks them in that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.meetings.fields import on_change, show_text, text_of
from crm_app.ui.meetings.typed import TypedMeeting, day_in_words
from crm_app.ui.session import Session
from crm_app.ui.widgets.enterprise_field import EnterpriseField
from crm_app.ui.widgets.labelled import Labelled
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.people_field import HALF, PeopleField
from crm_app.ui.widgets.text_field import TextField

T = TypeVar("T", bound=TypedMeeting)

LEFT_WIDTH = 384
_LOW = 560
"""Pixels of height; in less, pairs of fields stand beside one another, so that a form is seen whole."""


class MeetingForm(QWidget, Generic[T]):
    """Shows and answers a record of texts, ``edited`` after every change.

    Each field of the record is an attribute of the form with the same name: a new one is a line of the record, a
    widget and its place, and is then kept, restored and saved. Whoever is a form makes its widgets, then calls
    ``lay_out`` and ``start``.
    """

    edited = Signal()
    record: type[T]
    """What the form is read into."""
    errors_of: ClassVar[dict[str, str]] = {"name": "enterprise", "enterprise_id": "enterprise"}
    """The service's field → the form's, where they are called otherwise."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parts: dict[str, Labelled] = {}
        self._columns: list[QVBoxLayout] = []
        self._pairs: list[QBoxLayout] = []
        self.enterprise = EnterpriseField(session, self)
        self.on = TextField(self, placeholder=_("today, yesterday, 12 June"), label=_("Day"))
        self.time = TextField(self, placeholder=_("9:30, 2pm"), label=_("Time"))
        self.next_step = NextStepField(self)
        self._echo = QLabel(self)
        self._echo.setProperty("role", "echo")
        self.saved = False
        """Whether it stands in the book: nothing of the form is kept as a draft any more."""
        self._taken_up = False
        self._begun_with: dict[str, str] = {}

    def focus_after_enterprise(self) -> None:
        """Go on behind the enterprise, to the first field that is not proposed."""
        raise NotImplementedError

    @property
    def _fields(self) -> dict[str, QWidget]:
        return {one.name: getattr(self, one.name) for one in fields(self.record) if one.name != "chosen"}

    def part(self, name: str, label: str, hint: str = "", *, grows: bool = False) -> Labelled:
        """Return a field with its label above it, and the line under it for what is wrong with it."""
        self._parts[name] = Labelled(label, getattr(self, name), hint=hint, grows=grows)
        return self._parts[name]

    def pair(self, one: Labelled, other: Labelled) -> QBoxLayout:
        """Return two fields, one under the other where there is room, else beside one another."""
        made = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        made.setSpacing(theme.S)
        made.addLayout(one, 1)
        made.addLayout(other, 1)
        self._pairs.append(made)
        return made

    def fit(self, height: int) -> None:
        """Stand so that all of it is seen in so many pixels of height, where that can be."""
        low = height < theme.px(_LOW)
        for pair in self._pairs:
            pair.setDirection(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        for column in self._columns:
            column.setSpacing(theme.XS if low else theme.S)

    def add_when(self, left: QVBoxLayout) -> None:
        """Put day and time into the left column, beside one another, and the day that is meant under them."""
        when = QHBoxLayout()
        when.setSpacing(theme.S)
        when.addLayout(self.part("on", _("Day")), 3)
        when.addLayout(self.part("time", _("Time")), 2)
        left.addLayout(when)
        left.addWidget(self._echo)

    def lay_out(self, left: QVBoxLayout, right: QVBoxLayout, narrow: Sequence[QWidget]) -> None:
        """Put the columns beside one another; fields of the left one that would spread are as wide as it."""
        for one in (self.enterprise, *narrow):
            one.setFixedWidth(theme.px(LEFT_WIDTH))
        self._columns = [left, right]
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.XL)
        across.addLayout(left, 0)
        across.addLayout(right, 1)

    def start(self, opens_with: T) -> None:
        """Show what the form opens with, and tell from then on what is changed."""
        self.put(opens_with)
        for field in self._fields.values():
            on_change(field, self.edited.emit)
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.focusNextChild)
        self.on.textChanged.connect(lambda _text: self._echo_day())
        self.enterprise.taken.connect(self.take_enterprise)
        self._begun_with = self._texts()

    def take_enterprise(self, _enterprise_id: UUID | None, _name: str) -> None:
        """Go on once an enterprise, known or new, is chosen."""
        self.edited.emit()
        self.focus_after_enterprise()

    def typed(self) -> T:
        """Return the form as it stands."""
        texts = {name: text_of(field) for name, field in self._fields.items()}
        return self.record(chosen=str(self.enterprise.enterprise_id or ""), **texts)

    def put(self, typed: T) -> None:
        """Show these texts."""
        with QSignalBlocker(self):
            for name, field in self._fields.items():
                if field is not self.enterprise:
                    show_text(field, getattr(typed, name))
            self.enterprise.settle(UUID(typed.chosen) if typed.chosen else None, typed.enterprise)
        self._echo_day()

    @property
    def _people(self) -> dict[str, PeopleField]:
        return {f"{name}{HALF}": one for name, one in self._fields.items() if isinstance(one, PeopleField)}

    def _texts(self) -> dict[str, str]:
        return asdict(self.typed()) | {name: field.half_typed() for name, field in self._people.items()}

    def draft(self) -> dict[str, str]:
        """Return what there is to keep: nothing where the form stands as it opened, or where it is saved."""
        texts = self._texts()
        return {} if self.saved or (texts == self._begun_with and not self._taken_up) else texts

    def put_draft(self, kept: Mapping[str, str]) -> None:
        """Show a draft; fields it does not hold were empty."""
        self._taken_up = True
        empty: Any = self.record()
        self.put(replace(empty, **{name: kept.get(name, "") for name in asdict(empty)}))
        for name, field in self._people.items():
            field.go_on_typing(kept.get(name, ""))

    def begin(self) -> None:
        """Go to the first field that is to be filled in."""
        if self.enterprise.settled:
            self.focus_after_enterprise()
        else:
            self.enterprise.setFocus()

    def _echo_day(self) -> None:
        self._echo.setText(day_in_words(self.on.text()) or " ")

    def forgive(self) -> None:
        """Take back every complaint."""
        for part in self._parts.values():
            if not part.error.isHidden():
                part.complain("")

    def complain(self, error: Exception) -> bool:
        """Show an error under its field and go there; answer False where no field of the form is to blame."""
        self.forgive()
        name = getattr(error, "field", None) or ""
        part = self._parts.get(self.errors_of.get(name, name))
        if part is None:
            return False
        part.complain(str(error))
        return True
