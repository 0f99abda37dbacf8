"""快速登记: a lead in twenty seconds. Only the enterprise is required; likely duplicates show while typing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain.entry_names import entry_name
from crm_app.domain.leads import Lead
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import dictionaries, duplicates, leads
from crm_app.services.duplicates import Found
from crm_app.services.enterprises import Match
from crm_app.ui import actions, theme
from crm_app.ui.duplicates import words as told
from crm_app.ui.log.request import Placed, Typed, is_number, place_number, read_request, save, suggest
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import MoneyEditor
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextArea, TextField

DRAFT = "log"


class LogDialog(KeepingDialog):
    """The form. Enter on a suggestion takes that enterprise; a new name is simply typed on."""

    def __init__(self, session: Session, parent: QWidget, enterprise: UUID | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._for = self._chosen = enterprise
        self._duplicate: UUID | None = None
        self.setWindowTitle(_("Log a lead"))
        self.setFixedWidth(theme.px(560))
        self._uscc = ""
        self.enterprise = SuggestField(
            self._ask,
            self,
            placeholder=_("Initials, two characters, a credit code or a phone"),
            preselect=False,
            label=_("Enterprise"),
        )
        self.contact = TextField(self, placeholder=_("such as 张总"), label=_("Contact"))
        self.phone = TextField(self, placeholder=_("mobile, landline, overseas"), label=_("Phone"))
        self.note = TextArea(self, lines=3, label=_("Note"))
        self.next_step = NextStepField(self)
        # Asks the unit of a bare number right there.
        self.amount = MoneyEditor(Lead.field("intent"), self)
        self.source = QComboBox(self)
        self.source.setAccessibleName(_("Source"))
        self.moved = QLabel(self)
        self.moved.setProperty("role", "echo")
        self.moved.setWordWrap(True)
        self.warning = QLabel(self)
        self.warning.setProperty("role", "error")
        self.warning.setWordWrap(True)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self._lay_out()
        # A lead begun for one enterprise must not overwrite what waits for a name.
        key = DRAFT if enterprise is None else f"{DRAFT}:{enterprise}"
        self._autosave = session.autosave(self, key, self._draft)
        self._connect()
        self._restore()
        session.read(
            lambda book: (dictionaries.options(book, "lead_source"), leads.last_source(book)),
            lambda found: self._offer_sources(*found),
            owner=self,
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        rows: Sequence[tuple[tuple[str, QWidget], ...]] = (
            ((_("Enterprise *"), self.enterprise),),
            ((_("Contact"), self.contact), (_("Phone"), self.phone)),
            ((_("Note"), self.note),),
            ((_("Next step"), self.next_step),),
            ((_("Intended amount"), self.amount), (_("Source"), self.source)),
        )
        for number, row in enumerate(rows):
            span = 2 if len(row) == 1 else 1
            for column, (label, widget) in enumerate(row):
                name = QLabel(label, self)
                name.setProperty("role", "muted")
                name.setBuddy(widget)
                grid.addWidget(name, number * 3, column, 1, span)
                grid.addWidget(widget, number * 3 + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self.warning.hide()
        self.moved.hide()
        layout.addWidget(self._back_again())
        layout.addLayout(grid)
        layout.addWidget(self.moved)
        # Below the form: under the field it would hide behind the suggestions.
        layout.addWidget(self.warning)
        layout.addWidget(self.error)
        self.error.hide()
        layout.addLayout(self._buttons())

    def _back_again(self) -> QPushButton:
        self.kept = QPushButton(_("What was typed before is back. Start afresh"), self)
        self.kept.setProperty("role", "link")
        self.kept.setAutoDefault(False)
        self.kept.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.kept.clicked.connect(lambda _checked=False: self._throw_away())
        self.kept.hide()
        return self.kept

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        hint = Elided(_("Ctrl+Enter saves · Ctrl+Shift+Enter saves and goes on · Esc keeps a draft"), "muted", self)
        row.addWidget(hint, 1)
        button = QPushButton(_("Save"), self)
        button.setProperty("role", "primary")
        # Enter walks on through the fields; only Ctrl+Enter saves, so that a half-typed form is never stored.
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: self._save(another=False))
        row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.enterprise.chosen.connect(self._take)
        self.enterprise.textEdited.connect(self._forget_choice)
        for field in (self.enterprise, self.contact, self.phone, self.amount.line, self.next_step.field):
            field.textChanged.connect(lambda _text: self._autosave.touch())
        for field in (self.contact, self.phone, self.amount.line):
            field.returnPressed.connect(self.focusNextChild)
        self.enterprise.returnPressed.connect(self._leave_enterprise)
        self.enterprise.left.connect(self._place_number)
        self.phone.left.connect(self._look_by_phone)
        self.note.textChanged.connect(self._autosave.touch)
        actions.make("save", self, lambda: self._save(another=False))
        actions.make("save_and_next", self, lambda: self._save(another=True))
        actions.make("show_duplicate", self, self._show_duplicate)

    def _typed(self) -> dict[str, str]:
        return {
            "enterprise": self.enterprise.text(),
            "chosen": str(self._chosen or ""),
            "uscc": self._uscc,
            "contact": self.contact.text(),
            "phone": self.phone.text(),
            "amount": self.amount.typed(),
            "note": self.note.toPlainText(),
            "next_step": self.next_step.text(),
        }

    def _draft(self) -> dict[str, str]:
        """Return what is worth keeping: nothing where only the enterprise stands that the form was opened for."""
        typed = self._typed()
        own = [text for name, text in typed.items() if name not in ("enterprise", "chosen")]
        if not any(own) and self._chosen == self._for and (self._for is not None or not typed["enterprise"]):
            return {}
        return typed | {"source": self.source.currentData() or ""}

    def _restore(self) -> None:
        kept = self._autosave.restore()
        self.kept.setVisible(bool(kept))
        if self._chosen is not None and not kept:
            self._session.read(lambda book: suggest(book, str(self._chosen)), self._take_first, owner=self)
        else:
            self._keep_code(kept.get("uscc", ""))
            self.enterprise.take_text(kept.get("enterprise", ""))
            self._chosen = UUID(kept["chosen"]) if kept.get("chosen") else None
        self._kept_source = kept.get("source", "")
        self.contact.setText(kept.get("contact", ""))
        self.phone.setText(kept.get("phone", ""))
        self.amount.set_typed(kept.get("amount", ""))
        self.note.setPlainText(kept.get("note", ""))
        self.next_step.set_text(kept.get("next_step", ""))

    def _offer_sources(self, sources: list[str], last: str) -> None:
        for name in ("", *sources):
            self.source.addItem(entry_name(name), name)
        self.source.setCurrentIndex(max(0, self.source.findData(self._kept_source or last)))
        self.source.activated.connect(lambda _index: self._autosave.touch())

    def _ask(self, text: str, answer: Answer) -> None:
        book = self._session.book
        phone = self.phone.text()
        self._latest.read(
            lambda: (suggest(book, text), duplicates.suggest(book, text, phone=phone)),
            lambda read: self._offer(*read, answer),
            owner=self,
        )

    def _offer(self, found: list[Match], likely: list[Found], answer: Answer) -> None:
        self._warn(likely)
        offered = {match.enterprise.id for match in found}
        reason = [Suggestion(one.name, one.id, told.reasons(one.likeness)) for one in likely if one.id not in offered]
        answer([*(self._suggestion(match) for match in found), *reason])

    def _look_by_phone(self) -> None:
        """Say who is known by the phone, where the enterprise was not chosen."""
        if self._chosen is None:
            book, name, phone = self._session.book, self.enterprise.text(), self.phone.text()
            self._latest.read(lambda: duplicates.suggest(book, name, phone=phone), self._warn, owner=self)

    def _suggestion(self, match: Match) -> Suggestion:
        known = match.enterprise
        detail = " ".join(part for part in (known.region, known.uscc) if part)
        return Suggestion(known.name, known.id, detail, "building-factory-2")

    def _warn(self, likely: list[Found]) -> None:
        self._duplicate = likely[0].id if likely and self._chosen is None else None
        self.warning.setVisible(self._duplicate is not None)
        if self._duplicate is not None:
            words = _("Possible duplicate: {names}. ↓ and Enter take it, F3 shows it.")
            self.warning.setText(words.format(names=told.known(likely[:1])))

    def _take_first(self, found: list[Match]) -> None:
        if found:
            self._take(self._suggestion(found[0]))

    def _take(self, taken: Suggestion) -> None:
        self._chosen = taken.value
        self.enterprise.take_text(taken.text)
        self._keep_code("")
        self._warn([])
        self.contact.setFocus()

    def _forget_choice(self, _text: str) -> None:
        self._chosen = None

    def _leave_enterprise(self) -> None:
        if self._chosen is None and is_number(self.enterprise.text()):
            self._place_number()
        else:
            self.focusNextChild()

    def _place_number(self) -> None:
        """Bring a bare number to its own field, or take the enterprise known by it."""
        text = self.enterprise.text().strip()
        if self._chosen is None and is_number(text) and self.isVisible():
            self._session.read(
                lambda book: place_number(book, text),
                lambda placed: self._placed(text, placed),
                self._refuse,
                owner=self,
            )

    def _placed(self, text: str, placed: Placed) -> None:
        if self.enterprise.text().strip() != text:
            return
        if len(placed.known) == 1:
            self._take(self._suggestion(placed.known[0]))
            return
        self.enterprise.setFocus()
        if placed.known:
            self.enterprise.ask(text)
            return
        self.enterprise.take_text("")
        if placed.phone:
            self.phone.setText(placed.phone)
            self._say(_("Nobody is known by {number}; it went to the phone. What is the enterprise's name?"), text)
        else:
            self._keep_code(placed.uscc)

    def _keep_code(self, code: str) -> None:
        self._uscc = code
        self.moved.setVisible(bool(code))
        if code:
            self._say(_("{number} is kept as the new enterprise's credit code. What is its name?"), code)

    def _say(self, words: str, number: str) -> None:
        self.moved.setText(words.format(number=number))
        self.moved.show()

    def _show_duplicate(self) -> None:
        if self._duplicate is not None:
            self.reject()
            self._session.go("enterprises", self._duplicate)

    def _save(self, *, another: bool) -> None:
        typed = Typed(**{**self._typed(), "source": self.source.currentData() or ""})
        try:
            asked = read_request(typed)
        except CrmError as error:
            self._refuse(error)
            return
        self._write_once(
            self._session,
            _("Log a lead: {name}").format(name=asked.name),
            lambda book: save(book, asked),
            lambda _logged: self._saved(another=another),
            self._refuse,
            draft=self._autosave,
        )

    def _saved(self, *, another: bool) -> None:
        if another:
            self._start_afresh()
        else:
            self._autosave.discard()
            self.accept()

    def _throw_away(self) -> None:
        self._autosave.now()
        self._session.throw_away(self._autosave.key)
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._chosen = None
        self._keep_code("")
        self.enterprise.take_text("")
        for field in (self.contact, self.phone, self.amount.line, self.next_step.field):
            field.clear()
        self.amount.clear_message()
        self.note.clear()
        self.kept.hide()
        self.error.hide()
        self._autosave.discard()
        self.enterprise.setFocus()

    def _refuse(self, error: CrmError) -> None:
        fields = {
            "name": self.enterprise,
            "enterprise_id": self.enterprise,
            "phone": self.phone,
            "intent": self.amount.line,
        }
        self.error.setText(str(error))
        self.error.show()
        fields.get(getattr(error, "field", None) or "name", self.enterprise).setFocus()


def open_log(session: Session, window: QWidget, enterprise: UUID | None = None) -> LogDialog:
    """Open the form, for an enterprise where one is given."""
    dialog = LogDialog(session, window, enterprise)
    dialog.open()
    dialog.enterprise.setFocus()
    return dialog
