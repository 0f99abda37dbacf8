"""Several people in one field: each a chip, more by typing a name, initials or a form of address. Sites, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from crm_app.domain import pinyin
from crm_app.domain.staff import Person
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.parts import literal
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion

_APART = re.compile(r"[、,，;；\n]+")
_FIELD_WIDTH = 140
HALF = ":typed"
"""Behind a field's name in a draft: the name somebody was in the middle of typing."""


@dataclass(frozen=True)
class Named:
    """Somebody who can be in the field: ``key`` is what is stored, ``known_as`` what one may also type."""

    key: str
    text: str
    detail: str = ""
    known_as: str = ""

    def fits(self, typed: str) -> bool:
        """Say whether the typed text may mean this person; surnames have readings of their own (曾 zeng)."""
        parts = [part for part in (self.text, self.known_as, self.detail) if part]
        wanted = typed.strip().casefold()
        return any(fits(typed, part) or wanted in pinyin.person_initials(part) for part in parts)


def our_people(colleagues: Sequence[Person]) -> list[Named]:
    """Return our people as they are offered."""
    return [Named(str(one.id), one.name, one.title or "") for one in colleagues]


class FlowLayout(QLayout):
    """Items from left to right, on as many lines as they need; the last one takes the rest of its line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item behind the others."""
        self._items.append(item)

    def put_before_last(self, widget: QWidget) -> None:
        """Put a widget before the last item, the field one types into."""
        self.addWidget(widget)
        self._items.insert(len(self._items) - 2, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that the lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of one line; what a field asks for in height goes by the width that was given to it."""
        field = self.parentWidget()
        assert field is not None, "it lays out a field"
        return self.minimumSize().expandedTo(QSize(field.minimumWidth(), 0))

    def minimumSize(self) -> QSize:
        """Return the size of one line with the widest item."""
        return QSize(theme.px(_FIELD_WIDTH), theme.CONTROL)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y = rect.x(), rect.y()
        for item in self._items:
            last = item is self._items[-1]
            width = theme.px(_FIELD_WIDTH) if last else min(item.sizeHint().width(), rect.width())
            if x > rect.x() and x + width > rect.right() + 1:
                x, y = rect.x(), y + theme.CONTROL + theme.XS
            if move:
                width = rect.right() + 1 - x if last else width
                item.setGeometry(QRect(QPoint(x, y), QSize(width, theme.CONTROL)))
            x += width + theme.XS
        return y + theme.CONTROL - rect.y()


class _Typing(SuggestField):
    """The line at the end of the chips: Backspace in it takes the last chip away, Tab shows who can be chosen."""

    emptied = Signal()
    arrived = Signal()
    _been = False

    @property
    def entered(self) -> bool:
        """Whether Enter was pressed for offers that are still to come."""
        return self._enter_waits

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the last chip with Backspace where nothing is typed."""
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not self.composing:
            self.emptied.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that typing may begin."""
        super().focusInEvent(event)
        if not self.hasFocus():
            # The window is shown and not the active one yet: the keyboard comes with it.
            return
        first, self._been = not self._been, True
        reason = event.reason()
        with_window = first and reason is Qt.FocusReason.ActiveWindowFocusReason
        if with_window or reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason):
            self.arrived.emit()


class PeopleField(QWidget):
    """Chips of people. With ``read_new`` a name that is not offered becomes a chip of its own."""

    edited = Signal()

    def __init__(
        self,
        parent: QWidget,
        label: str,
        placeholder: str,
        *,
        read_new: Callable[[str], Named] | None = None,
        icon: str = "user",
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._read_new = read_new
        self._options: Sequence[Named] = ()
        self._people: list[Named] = []
        self._buttons: list[QPushButton] = []
        self._hint = placeholder
        self.typing = _Typing(self._ask, self, placeholder=placeholder, label=label, on_click=True)
        self.typing.chosen.connect(lambda offer: self._add_offer(offer))
        self.typing.emptied.connect(self._drop_last)
        self.typing.arrived.connect(self._greet)
        self.typing.returnPressed.connect(self._enter)
        self.typing.left.connect(self._settle)
        self.typing.textEdited.connect(lambda _text: self.edited.emit())
        self._flow = FlowLayout(self)
        self._flow.addWidget(self.typing)
        self.setFocusProxy(self.typing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def people(self) -> list[Named]:
        """Return who is in the field, with what is typed and not yet a chip."""
        return [*self._people, *self._typed_new()]

    def keys(self) -> str:
        """Return the keys, one a line: the form's text of this field."""
        return "\n".join(person.key for person in self.people())

    def half_typed(self) -> str:
        """Return what is typed and is nobody yet: no chip, and no name of its own."""
        return self.typing.text() if self._read_new is None else ""

    def go_on_typing(self, text: str) -> None:
        """Show again what was half typed."""
        if text:
            self.typing.take_text(text)

    def set_options(self, options: Sequence[Named]) -> None:
        """Offer these from now on; chips put before their names were known take them now."""
        self._options = options
        known = {person.key: person for person in options}
        self.set_people([known.get(person.key, person) for person in self._people])

    def set_people(self, people: Sequence[Named]) -> None:
        """Show these."""
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._people, self._buttons = [], []
        for person in people:
            self._put(person)

    def set_keys(self, keys: str) -> None:
        """Show those of the keys, one a line; one that nobody has becomes a new name."""
        known = {person.key: person for person in self._options}
        self.set_people([known.get(key) or Named(key, key) for key in keys.splitlines()])

    def _put(self, person: Named) -> None:
        if any(person.key == there.key for there in self._people):
            return
        button = QPushButton(literal(person.text), self)
        button.setProperty("role", "chip")
        button.setIcon(theme.icon("x", "muted"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setIconSize(theme.size(12, 12))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(" ".join(part for part in (person.text, person.detail, _("click: take away")) if part))
        button.setAccessibleName(_("Take {name} away").format(name=person.text))
        button.setMaximumWidth(theme.px(200))
        button.clicked.connect(lambda _checked=False: self._drop(person))
        self._people.append(person)
        self._buttons.append(button)
        self._flow.put_before_last(button)
        button.show()
        self._tell()

    def _tell(self) -> None:
        self.typing.setPlaceholderText("" if self._people else self._hint)
        self.typing.setAccessibleDescription(_(", ").join(person.text for person in self._people))
        self.updateGeometry()

    def _drop(self, person: Named) -> None:
        self.set_people([there for there in self._people if there.key != person.key])
        self._tell()
        self.edited.emit()

    def _drop_last(self) -> None:
        if self._people:
            self._drop(self._people[-1])

    def _left_over(self) -> list[Named]:
        taken = {person.key for person in self._people}
        return [person for person in self._options if person.key not in taken]

    def _ask(self, text: str, answer: Answer) -> None:
        fitting = [person for person in self._left_over() if person.fits(text)]
        entered = self.typing.entered
        answer([Suggestion(person.text, person, person.detail, self._icon) for person in fitting])
        if entered and not fitting:
            self._settle()

    def _greet(self) -> None:
        """Offer who is known as soon as the field is entered, where nobody is chosen yet."""
        if not self._people and not self.typing.text() and self._options:
            self.typing.ask("")

    def _add_offer(self, offer: Suggestion) -> None:
        self.typing.take_text("")
        self._put(offer.value)
        self.edited.emit()

    def _typed_new(self) -> list[Named]:
        if self._read_new is None:
            return []
        return [self._read_new(part.strip()) for part in _APART.split(self.typing.text()) if part.strip()]

    def settle(self, field: str) -> None:
        """Raise BadInput, of a field of a form, where what is typed is nobody who could be chosen: it would be lost."""
        self._settle()
        left = self.typing.text().strip()
        if left:
            told = _("“{name}” is none of the colleagues: choose one, or add them under Settings → Colleagues.")
            raise BadInput(told.format(name=left), field=field)

    def _enter(self) -> None:
        if self.typing.text().strip():
            self._settle()
        else:
            self.focusNextChild()

    def _settle(self) -> None:
        """Make chips of what is typed, as soon as the field is left."""
        new = self._typed_new()
        if new:
            self.typing.take_text("")
            for person in new:
                self._put(person)
            self.edited.emit()
