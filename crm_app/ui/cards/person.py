"""The fields of one person, each with why it reads so; the enterprise with those of the book it may be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm_app.i18n import N_, _
from crm_app.services import cards
from crm_app.services.cards import WHY_KNOWN, WHY_LABELS, Known, Part
from crm_app.ui import theme
from crm_app.ui.cards.entries import FIELDS, Entry
from crm_app.ui.session import Session
from crm_app.ui.widgets.enterprise_field import EnterpriseField
from crm_app.ui.widgets.parts import button, label, literal
from crm_app.ui.widgets.text_field import TextArea, TextField

_PAUSE_MS = 150
_MOST_KNOWN = 3
_WORDS = {
    "name": N_("Contact name"),
    "title": N_("Title"),
    "enterprise": N_("Enterprise"),
    "uscc": N_("Unified social credit code"),
    "phones": N_("Phones"),
    "email": N_("Mail or WeChat"),
    "address": N_("Address"),
    "note": N_("Note"),
}


class Person(QWidget):
    """Shows an entry and writes what is typed into it."""

    edited = Signal()
    asked = Signal(str)
    """The field the user has gone to: its place in the text is shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._entry = Entry()
        self.name = TextField(self)
        self.title = TextField(self)
        self.enterprise = EnterpriseField(session, self)
        self.uscc = TextField(self)
        self.phones = TextField(self, placeholder=_("several with ; between"))
        self.email = TextField(self)
        self.address = TextField(self)
        self.note = TextArea(self, lines=4)
        self._why = {name: label("", "muted", self) for name in FIELDS}
        self._known = QVBoxLayout()
        self._known.setSpacing(0)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self._lay_out()
        for name in FIELDS:
            field = self.field(name)
            field.setAccessibleName(_(_WORDS[name]))
            field.installEventFilter(self)
            field.textChanged.connect(partial(self._typed, name))
        self.enterprise.taken.connect(self._take_enterprise)

    def field(self, name: str) -> QLineEdit | QPlainTextEdit:
        """Return the field of a name."""
        found = getattr(self, name)
        assert isinstance(found, QLineEdit | QPlainTextEdit)
        return found

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        rows = (("name", "title"), ("enterprise",), ("uscc", "email"), ("phones",), ("address",), ("note",))
        line = 0
        for row in rows:
            for column, name in enumerate(row):
                span = 1 if len(row) > 1 else 2
                grid.addLayout(self._head(name), line, column, 1, span)
                grid.addWidget(self.field(name), line + 1, column, 1, span)
            line += 2
            if row == ("enterprise",):
                grid.addLayout(self._known, line, 0, 1, 2)
                line += 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(line, 1)

    def _head(self, name: str) -> QGridLayout:
        head = QGridLayout()
        head.setContentsMargins(0, 0, 0, 0)
        title: QLabel = label(_(_WORDS[name]), "muted", self)
        title.setBuddy(self.field(name))
        head.addWidget(title, 0, 0)
        head.setColumnStretch(1, 1)
        head.addWidget(self._why[name], 0, 2)
        return head

    def show_entry(self, entry: Entry) -> None:
        """Show a person."""
        self._entry = entry
        for name in FIELDS:
            field = self.field(name)
            field.blockSignals(True)
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(entry.value(name))
            else:
                field.setText(entry.value(name))
            field.blockSignals(False)
            self._say_why(name)
        self.enterprise.settle(entry.enterprise_id, entry.value("enterprise"))
        self._look_up()

    def _say_why(self, name: str) -> None:
        found = self._entry.found(name)
        typed = name in self._entry.typed
        self._why[name].setText("" if typed or not found else _(WHY_LABELS[found[0].why]))

    def _typed(self, name: str, *_text: str) -> None:
        field = self.field(name)
        self._entry.typed[name] = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        if name == "enterprise":
            self._entry.enterprise_id = self.enterprise.enterprise_id
        self._say_why(name)
        self._pause.start()
        self.edited.emit()

    def _look_up(self) -> None:
        """Ask the book which enterprises are meant."""
        book, entry = self._session.book, self._entry
        name, code, phone = entry.value("enterprise"), entry.value("uscc"), entry.value("phones").split(";")[0]
        self._latest.read(lambda: cards.look_up(book, name, code, phone), self._offer, owner=self)

    def _offer(self, known: list[Known]) -> None:
        """Choose the one that is sure, and offer the others with their evidence; others on the card too."""
        while (item := self._known.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        entry = self._entry
        sure = [one for one in known if one.sure]
        if entry.enterprise_id is None and sure and "enterprise" not in entry.typed:
            entry.enterprise_id = sure[0].enterprise.id
            self.enterprise.settle(sure[0].enterprise.id, sure[0].enterprise.name)
        for one in known[:_MOST_KNOWN]:
            chosen = one.enterprise.id == entry.enterprise_id or (one.sure and entry.enterprise_id is None)
            words = _("In the book: {name} ({why})") if chosen else _("Perhaps {name} ({why}): take this one")
            self._line(words.format(name=one.enterprise.name, why=_why(one)), None if chosen else self._taker(one))
        if not known and entry.value("enterprise").strip():
            self._line(_("Not in the book yet; it will be made."), None)
        for other in entry.card.all(Part.ENTERPRISE):
            if other != entry.value("enterprise"):
                self._line(_("Also on the card: {name}").format(name=other), partial(self._put_enterprise, other))

    def _line(self, words: str, run: Callable[[], object] | None) -> None:
        line = button(literal(words), run, self, "link") if run else label(words, "echo", self)
        self._known.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)

    def _taker(self, one: Known) -> Callable[[], object]:
        return lambda: self._take_enterprise(one.enterprise.id, one.enterprise.name)

    def _take_enterprise(self, enterprise_id: object, name: str) -> None:
        self._put_enterprise(name)
        self._entry.enterprise_id = enterprise_id  # type: ignore[assignment]
        self.enterprise.settle(self._entry.enterprise_id, name)
        self._look_up()

    def _put_enterprise(self, name: str) -> None:
        self._entry.enterprise_id = None
        self._entry.typed["enterprise"] = name
        self.enterprise.settle(None, name)
        self._say_why("enterprise")
        self._look_up()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which field the user has gone to."""
        if event.type() is QEvent.Type.FocusIn:
            for name in FIELDS:
                if watched is self.field(name):
                    self.asked.emit(name)
        return super().eventFilter(watched, event)


def _why(known: Known) -> str:
    why = _(WHY_KNOWN[known.why])
    return _("{why}: {who}").format(why=why, who=known.who) if known.who else why
