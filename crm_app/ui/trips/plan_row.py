"""One stop of the day plan, changed in place: each field is saved when it is left; its grip drags it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain import days
from crm_app.domain.people import salutation
from crm_app.domain.trips import PLAN_STATE_LABELS, PlanState
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import ContactAt
from crm_app.services.trips import Planned
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_grip import GRIP, Grip
from crm_app.ui.trips.plan_name import PlanName
from crm_app.ui.visits.context import their_people
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextField

WIDTHS = {"on": 108, "time": 68, "contact": 116, "state": 106, "write": 56}
"""Pixels of the columns; the enterprise and the purpose share what is left."""
_WIDEST_NAME = 420
TYPED = ("on", "time", "contact", "purpose")


class StateChoice(QComboBox):
    """To ask, agreed, cancelled; “done” only stands there once the visit is written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("State"))
        self.setProperty("role", "bare")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def put(self, state: PlanState, *, written: bool) -> None:
        """Show a state and what it may change to."""
        self.blockSignals(True)
        self.clear()
        offered = [PlanState.DONE] if written else [PlanState.TO_ASK, PlanState.AGREED, PlanState.CANCELLED]
        for one in dict.fromkeys([*offered, state]):
            self.addItem(_(PLAN_STATE_LABELS[one]), one)
        self.setCurrentIndex(self.findData(state))
        self.setToolTip(self.currentText())
        self.setEnabled(not written)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the itinerary, never change a state by accident."""
        event.ignore()


class PlanRow(QWidget):
    """Emits what is asked of the row; the itinerary writes it and shows what the book then holds."""

    changed = Signal(object, str, str)
    """The plan's id, the field (on, time, purpose), the text as typed."""
    state_changed = Signal(object, object)
    contact_chosen = Signal(object, object, str)
    """The plan's id, the contact's id or None, and the words typed for a new one."""
    write_wanted = Signal(object)
    open_wanted = Signal(object)
    remove_wanted = Signal(object)
    edited = Signal()
    beside_wanted = Signal(object, str, int)
    """The row, a field and a step: the same field of the row above or below is wanted."""

    def __init__(self, session: Session, parent: QWidget, planned: Planned) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._contacts: Sequence[ContactAt] | None = None
        self._unsaved: set[TextField] = set()
        """Fields whose text is typed and not in the book yet: they keep it whatever is read anew."""
        self.planned = planned
        self.on = self._line("on", _("Day"), _("day"))
        self.time = self._line("time", _("Time"), _("time"))
        self.contact = SuggestField(self._ask_contacts, self, placeholder=_("whom to meet"), label=_("Contact"))
        self.contact.setProperty("role", "bare")
        self.contact.chosen.connect(self._take_contact)
        self.contact.left.connect(self._leave_contact)
        self.contact.returnPressed.connect(self.focusNextChild)
        self.contact.textEdited.connect(lambda _text: self._edit(self.contact))
        self.purpose = self._line("purpose", _("Purpose"), _("purpose of this visit"))
        self.state = StateChoice(self)
        self.state.activated.connect(
            lambda _index: self.state_changed.emit(self.planned.plan.id, PlanState(self.state.currentData()))
        )
        self._lay_out()
        self.put(planned, "")

    def _line(self, name: str, label: str, hint: str) -> TextField:
        line = TextField(self, placeholder=hint, label=label)
        line.setProperty("role", "bare")
        line.setObjectName(name)
        line.installEventFilter(self)
        line.textEdited.connect(lambda _text: self._edit(line))
        line.left.connect(lambda: self._leave(name, line))
        line.returnPressed.connect(self.focusNextChild)
        return line

    def _lay_out(self) -> None:
        self.called = PlanName(self)
        self.called.button.clicked.connect(lambda _checked=False: self.open_wanted.emit(self.planned.enterprise.id))
        self.grip = Grip(self)
        self.write = QPushButton(self)
        self.write.setProperty("role", "link")
        self.write.clicked.connect(lambda _checked=False: self.write_wanted.emit(self.planned))
        self.remove = QToolButton(self)
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.put_icon(self.remove, "x", "muted")
        self.remove.clicked.connect(lambda _checked=False: self.remove_wanted.emit(self.planned.plan.id))
        actions.make("open_row", self, self.called.button.click)
        actions.make("delete", self, self.remove.click)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.grip)
        for part, width in ((self.on, "on"), (self.time, "time")):
            part.setFixedWidth(theme.px(WIDTHS[width]))
            row.addWidget(part)
        # On a large screen a name and whom one meets there are read in one glance.
        self.called.setMaximumWidth(theme.px(_WIDEST_NAME))
        row.addWidget(self.called, 3)
        for part, width in ((self.contact, "contact"),):
            part.setFixedWidth(theme.px(WIDTHS[width]))
            row.addWidget(part)
        self.purpose.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.purpose.setMinimumWidth(theme.px(80))
        row.addWidget(self.purpose, 2)
        self.state.setFixedWidth(theme.px(WIDTHS["state"]))
        self.write.setFixedWidth(theme.px(WIDTHS["write"]))
        for button in (self.state, self.write, self.remove):
            row.addWidget(button)
        self.told = QLabel(self)
        self.told.setProperty("role", "error")
        self.told.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, 2, theme.S, 2)
        column.setSpacing(0)
        column.addLayout(row)
        under = QHBoxLayout()
        # Below the enterprise's name; a label's own margins are the stylesheet's.
        under.setContentsMargins(theme.px(GRIP + WIDTHS["time"]) + 2 * theme.S + 5, 0, 0, 0)
        under.addWidget(self.told)
        column.addLayout(under)

    def put(self, planned: Planned, warning: str) -> None:
        """Show what the book holds; a field that is being typed in keeps its text."""
        self.planned = planned
        plan, enterprise = planned.plan, planned.enterprise
        self.on.setVisible(plan.on is None or self.on.hasFocus() or self.on in self._unsaved)
        self.grip.put(movable=planned.visit is None)
        self._show(self.on, days.show_with_weekday(plan.on) if plan.on else "")
        self._show(self.time, plan.time or "")
        self._show(self.purpose, plan.purpose or "")
        self._show(self.contact, self._contact_shown())
        self.called.put(enterprise.name, _place(enterprise.region), off=plan.state is PlanState.CANCELLED)
        self.state.put(plan.state or PlanState.TO_ASK, written=planned.visit is not None)
        self.write.setText(_("Read") if planned.visit else _("Write"))
        writing = _("Write up {name}").format(name=enterprise.name)
        self.write.setAccessibleName(writing)
        self.write.setToolTip(writing)
        self.write.setEnabled(planned.visit is not None or planned.open)
        self.remove.setAccessibleName(_("Take {name} away").format(name=enterprise.name))
        off = _("Take it off the itinerary")
        self.remove.setToolTip(f"{off}  {actions.spec('delete').shown_keys}")
        self.remove.setFixedHeight(theme.CONTROL)
        keep = self.remove.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(keep)
        self.remove.setVisible(planned.visit is None)
        self.remove.setEnabled(planned.visit is None)
        # Of what took place nothing is asked any more.
        self.purpose.setPlaceholderText("" if planned.visit else _("purpose of this visit"))
        self.contact.setPlaceholderText("" if planned.visit else _("whom to meet"))
        back = _("Not saved yet: leaving the field saves what was typed.") if self._unsaved else ""
        self.warn(warning or back)

    def _contact_shown(self) -> str:
        contact = self.planned.contact
        if contact is None:
            return ""
        title = next((one.position.title or "" for one in self._contacts or () if one.contact.id == contact.id), "")
        return salutation(contact.name, title, contact.salutation)

    def _show(self, line: TextField, text: str) -> None:
        same = line.property("held") == text
        line.setProperty("held", text)
        if line.composing or (line in self._unsaved and (same or line.hasFocus())):
            return
        self._unsaved.discard(line)
        self._set(line, text)
        line.setCursorPosition(0)

    @staticmethod
    def _set(line: TextField, text: str) -> None:
        if isinstance(line, SuggestField):
            line.take_text(text)
        else:
            line.setText(text)

    def _edit(self, line: TextField) -> None:
        self._unsaved.add(line)
        self.edited.emit()

    def typed(self) -> dict[str, str]:
        """Return what is typed and not in the book, by field."""
        lines: dict[str, TextField] = {name: getattr(self, name) for name in TYPED}
        return {
            name: line.text()
            for name, line in lines.items()
            if line in self._unsaved and line.text().strip() != (line.property("held") or "")
        }

    def put_typed(self, name: str, text: str) -> None:
        """Put back what was typed in a field; it is saved when the field is left."""
        line: TextField = getattr(self, name)
        self._unsaved.add(line)
        self._set(line, text)
        self.warn(_("Not saved yet: leaving the field saves what was typed."))

    def settle(self, name: str, text: str) -> None:
        """Take a field's text for saved, unless somebody typed on meanwhile."""
        line: TextField = getattr(self, name)
        if line.text().strip() == text:
            self._unsaved.discard(line)

    def warn(self, sentence: str) -> None:
        """Show what clashes or could not be saved; an empty sentence takes it back."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _leave(self, name: str, line: TextField) -> None:
        if line.text().strip() != (line.property("held") or ""):
            self.changed.emit(self.planned.plan.id, name, line.text().strip())

    def _ask_contacts(self, text: str, answer: Answer) -> None:
        if self._contacts is not None:
            self._answer(text, answer)
            return
        book, enterprise_id = self._session.book, self.planned.enterprise.id

        def known(page: enterprises.EnterprisePage) -> None:
            self._contacts = page.contacts
            self._answer(text, answer)

        self._latest.read(lambda: enterprises.enterprise_page(book, enterprise_id), known, owner=self)

    def _answer(self, text: str, answer: Answer) -> None:
        contacts = list(self._contacts or ())
        offered = zip(their_people(contacts), contacts, strict=True)
        answer(
            [
                Suggestion(person.text, one.contact.id, person.detail, "user")
                for person, one in offered
                if not text or person.fits(text) or fits(text, one.contact.name)
            ]
        )

    def _take_contact(self, offer: Suggestion) -> None:
        self.contact.take_text(offer.text)
        self.contact.setProperty("held", offer.text)
        self._unsaved.discard(self.contact)
        self.contact_chosen.emit(self.planned.plan.id, offer.value, "")
        self.focusNextChild()

    def _leave_contact(self) -> None:
        typed = self.contact.text().strip()
        if typed != (self.contact.property("held") or ""):
            known = {one.salutation: one.contact.id for one in self._contacts or ()}
            known |= {one.contact.name: one.contact.id for one in self._contacts or ()}
            self.contact_chosen.emit(self.planned.plan.id, known.get(typed), "" if typed in known else typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go to the same field of the stop above or below."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.beside_wanted.emit(self, watched.objectName(), step)
                return True
        return super().eventFilter(watched, event)

    @property
    def plan_id(self) -> UUID:
        """The plan's id."""
        return self.planned.plan.id

    @property
    def movable(self) -> bool:
        """Whether its day and time may change: not once the visit is written up."""
        return self.planned.visit is None


def _place(region: str | None) -> str:
    """Return the end of a region's name, enough to tell two places apart (广东省深圳市 → 深圳市)."""
    if not region:
        return ""
    return region.split("省")[-1].split("自治区")[-1]
