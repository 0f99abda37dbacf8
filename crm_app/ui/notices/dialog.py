"""排名通报: a notice's text, what was read from it sentence by sentence, and each field to confirm before keeping."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_app.domain import import_achieved
from crm_app.domain.counting import Window
from crm_app.domain.import_achieved import Announced
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import figures, notices
from crm_app.services.book import Book
from crm_app.services.notices import Found
from crm_app.ui import actions, theme
from crm_app.ui.notices.entries import FIELDS, Entry
from crm_app.ui.session import Session
from crm_app.ui.target_values import read_value
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.form import Form
from crm_app.ui.widgets.keeping import ConfirmingDialog
from crm_app.ui.widgets.parts import label
from crm_app.ui.widgets.text_field import TextArea

DRAFT = "notice"
_SIZE = (1154, 520)
_LIST, _SOURCE, _LINES = 264, 320, 44


class NoticeDialog(ConfirmingDialog):
    """↑↓ walk what was found, a tick takes it, Ctrl+Enter keeps what is ticked, Esc keeps the text as a draft."""

    def __init__(self, session: Session, parent: QWidget, text: str, draft: str) -> None:
        super().__init__(session, parent, _("Ranking notice"), _("Keep"), self.save)
        self._latest = session.latest()
        self.entries: list[Entry] = []
        self._at = -1
        self.text = TextArea(self, lines=8, label=_("Text of the notice"))
        self.text.setMaximumHeight(16_777_215)
        self.text.setPlaceholderText(_("Paste the notice here; what it states is listed beside it."))
        self.found = QListWidget(self)
        self.found.setFixedWidth(theme.px(_LIST))
        self.found.setAccessibleName(_("What it states"))
        self.form = Form(session, FIELDS, self, columns=2)
        self.source = label("", "echo", self, wrap=True)
        self.beside = label("", "muted", self, wrap=True)
        self.text.setFixedWidth(theme.px(_SOURCE))
        hint = label(_("Ctrl+Enter keeps what is ticked · Esc keeps a draft"), "muted", self)
        self._lay_out(self.text, self.found, self._confirming(), foot=(hint,))
        self._autosave = session.autosave(self, draft, self._typed)
        self._kept = self._autosave.restore()
        self._connect()
        self.text.setPlainText(self._kept.get("text", text))
        self._show_state()
        resize_within_screen(self, *_SIZE)

    def _confirming(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(theme.S)
        right.addWidget(self.source)
        right.addWidget(self.beside)
        right.addWidget(self.form, 1)
        return right

    def _connect(self) -> None:
        for part in (self.text, self.found):
            actions.make("save", part, self.save)
        self.form.submitted.connect(self.save)
        self.text.textChanged.connect(self._read)
        self.found.currentRowChanged.connect(self._show)
        self.found.itemChanged.connect(self._tick)
        self.form.edited.connect(self._edited)

    def _typed(self) -> dict[str, str]:
        """Return the text and what was typed over what was read from it: nothing of a text that says nothing."""
        typed = {f"{n}:{name}": text for n, one in enumerate(self.entries) for name, text in one.typed.items()}
        text = self.text.toPlainText()
        return ({"text": text} if text.strip() else {}) | typed

    def _read(self) -> None:
        """Read the text anew, beside the window; what was typed over a statement stays with it."""
        self._autosave.touch()
        text = self.text.toPlainText()
        self._latest.read(lambda: notices.read(self._session.book, text), self._fill, owner=self)

    def _fill(self, found: list[Found]) -> None:
        same = self._kept if self._kept.get("text") == self.text.toPlainText() else {}
        before, self.entries = self.entries, [Entry.of(one) for one in found]
        for old in before:
            for one in self.entries:
                if one.found == old.found:
                    one.typed, one.ticked = old.typed, old.ticked
        for key, text in same.items():
            number, _colon, name = key.partition(":")
            if name and number.isdigit() and int(number) < len(self.entries):
                self.entries[int(number)].typed[name] = text
        self._kept = {}
        self._at = -1
        self.found.blockSignals(True)
        self.found.clear()
        for one in self.entries:
            item = QListWidgetItem(one.words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.ticked else Qt.CheckState.Unchecked)
            item.setSizeHint(theme.size(0, _LINES))
            item.setToolTip(one.found.statement.source)
            self.found.addItem(item)
        self.found.blockSignals(False)
        first = next((n for n, one in enumerate(self.entries) if one.ticked), 0)
        self.found.setCurrentRow(first if self.entries else -1)
        self._show(self.found.currentRow())

    def _show(self, row: int) -> None:
        self._at = row
        held = 0 <= row < len(self.entries)
        for part in (self.form, self.source):
            part.setVisible(held)
        self.beside.setVisible(False)
        self._show_state()
        if not held:
            return
        one = self.entries[row]
        self.source.setText(f"“{one.found.statement.source}”")
        self.form.set_values(one.values)
        self.form.set_typed(one.typed)
        # A long text of a field nobody is in yet is read from its beginning.
        for field in self.form.findChildren(QLineEdit):
            field.setCursorPosition(0)
        self._compare(one)

    def _compare(self, one: Entry) -> None:
        """Say what the book counts of the same metric and days."""
        told = one.found.statement
        if told.metric is None or told.value is None or told.first is None or told.last is None or not one.found.ours:
            return
        announced = Announced(told.metric, told.first, told.last, told.value)

        def say(book: Book) -> int:
            return figures.own_values(book, [(announced.metric, Window(announced.first, announced.last))])[0]

        def put(own: int) -> None:
            if self._at >= 0 and self.entries[self._at] is one:
                beside = import_achieved.beside(announced, own)
                self.beside.setText(_("{what}: {beside}").format(what=import_achieved.titled(announced), beside=beside))
                self.beside.setVisible(True)

        self._session.read(say, put, owner=self)

    def _edited(self) -> None:
        if self._at >= 0:
            one = self.entries[self._at]
            one.typed = self.form.typed()
            self.error.hide()
            self._autosave.touch()

    def _tick(self, item: QListWidgetItem) -> None:
        self.entries[self.found.row(item)].ticked = item.checkState() is Qt.CheckState.Checked
        self._show_state()

    def _show_state(self) -> None:
        n = sum(one.ticked for one in self.entries)
        self.save_button.setText(ngettext("Keep {n} ranking", "Keep {n} rankings", n).format(n=n) if n else _("Keep"))
        self.save_button.setEnabled(n > 0)

    def save(self) -> None:
        """Keep what is ticked, in one unit; what cannot be read is said under its field, and nothing is lost."""
        confirmed = []
        for row, one in enumerate(self.entries):
            if one.ticked:
                self.found.setCurrentRow(row)
                try:
                    confirmed.append(self._confirmed(one))
                except BadInput as error:
                    self._refuse(error)
                    return
        if confirmed:
            self.save_button.setEnabled(False)
            self._write_once(
                self._session,
                _("Enter a ranking notice"),
                lambda book: notices.keep(book, confirmed),
                self._finish,
                self._refuse,
                draft=self._autosave,
            )

    def _confirmed(self, one: Entry) -> dict[str, Any]:
        values = self.form.values()
        metric, typed = values["metric"], values["value"]
        if typed and metric is None:
            raise BadInput(_("Choose the metric the value is of."), field="metric")
        values["value"] = read_value(metric, typed) if typed else None
        return values | {"source": one.found.statement.source}

    def _refuse(self, error: CrmError) -> None:
        self._show_state()
        if not (isinstance(error, BadInput) and self.form.show_error(error)):
            self.error.setText(str(error))
            self.error.show()

    def _finish(self, _made: list[UUID]) -> None:
        self._autosave.discard()
        self.accept()

    def focus_first(self) -> None:
        """Begin at the text where there is none, else at what was found."""
        (self.found if self.text.toPlainText().strip() else self.text).setFocus()
