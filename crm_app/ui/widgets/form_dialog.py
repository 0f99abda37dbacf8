"""A dialog around one form of declared fields: Ctrl+Enter saves, Esc keeps what was typed as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain.fields import Field
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import WIDEST, highest
from crm_app.ui.widgets.form import Form
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.parts import trouble

Save = Callable[[Book, dict[str, Any]], Outcome[Any]]
"""The use case: called beside the window with what was typed; for an edit only with what differs."""


class FormDialog(KeepingDialog):
    """Fields, the sentence that says what is wrong, and one button.

    ``before`` makes it an edit: only what differs is saved, and saving nothing just closes. ``draft`` is the key under
    which what was typed is kept.
    """

    saved = Signal(object)
    """The use case's value, after its commit."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        save: Save,
        *,
        draft: str,
        before: Mapping[str, Any] | None = None,
        titles: Mapping[str, str] | None = None,
        columns: int = 1,
        headings: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session, self._use_case, self._before = session, save, before
        self._titles, self._saving = titles, False
        self.setWindowTitle(title)
        # A closed form that lived on would keep its text as a draft once more.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form(session, fields, self, columns=columns, headings=headings)
        self.form.outgrew.connect(self._make_room)
        self.form.submitted.connect(self.save)
        self.form.edited.connect(self._touched)
        self.note = trouble(self)
        self.buttons = QHBoxLayout()
        self._lay_out()
        self._show_before()
        self._autosave = session.autosave(self, draft, self._typed)
        self._restore()
        self._fit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        self._kept = QPushButton(_("What was typed before is back. Start afresh"), self)
        self._kept.setProperty("role", "link")
        self._kept.setAutoDefault(False)
        self._kept.clicked.connect(lambda _checked=False: self._start_afresh())
        self._kept.hide()
        layout.addWidget(self._kept)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.note)
        hint = QLabel(_("Ctrl+Enter saves · Esc keeps a draft"), self)
        hint.setProperty("role", "muted")
        self.buttons.setSpacing(theme.S)
        self.buttons.addWidget(hint)
        self.buttons.addStretch(1)
        self._button = button = QPushButton(_("Save"), self)
        button.setProperty("role", "primary")
        # Enter walks on through the fields, so that a half-typed form is never stored.
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: self.save())
        self.buttons.addWidget(button)
        layout.addLayout(self.buttons)

    def _fit(self) -> None:
        area = self.form.findChild(QScrollArea)
        inside = area.widget() if area is not None else None
        assert inside is not None, "a form scrolls"
        content = inside.sizeHint().height()
        chrome = self.sizeHint().height() - self.form.sizeHint().height()
        # One line of room: a complaint under a field should not bring a scroll bar.
        self.resize(theme.px(WIDEST), min(highest(self), content + chrome + theme.XL))

    def _make_room(self, lack: int) -> None:
        """Let what is said under a field push nothing out of sight, as far as a dialog may grow."""
        self.resize(self.width(), max(self.height(), min(highest(self), self.height() + lack)))

    def _show_before(self) -> None:
        if self._before is not None:
            self.form.set_values(self._before, self._titles)
        self._initial = self.form.typed()

    def _typed(self) -> dict[str, str]:
        """Return only what differs from the record: an old draft must not bring back other fields' old values."""
        return {name: text for name, text in self.form.typed().items() if text != self._initial.get(name)}

    def _restore(self) -> None:
        kept = self._autosave.restore()
        self.form.set_typed(kept)
        self._kept.setVisible(bool(kept))

    def _start_afresh(self) -> None:
        self._autosave.now()
        self._session.throw_away(self._autosave.key)
        self._autosave.discard()
        self.form.set_typed(self._initial)
        self._kept.hide()
        self.form.focus_first()

    def _touched(self) -> None:
        self._autosave.touch()

    def save(self) -> None:
        """Read the form and hand it to the use case; what is wrong is said under its field."""
        if self._saving:
            # Pressed twice while the book is busy: it would be made twice.
            return
        self.note.hide()
        try:
            if self._before is None:
                values = {name: value for name, value in self.form.values().items() if value is not None}
            else:
                values = self.form.changed_values(self._before)
        except BadInput:
            return
        if not values:
            self.finish(None)
            return
        self._saving = True
        # What is typed from now on would not be saved.
        self._button.setFocus()
        self.form.setEnabled(False)
        self._session.write(
            self.windowTitle(),
            lambda book, _progress: self._use_case(book, values),
            self.finish,
            self._refuse,
            owner=self,
            draft=self._autosave,
        )

    def finish(self, value: object) -> None:
        """Close for good: what was typed is in the book, or no longer wanted."""
        self._autosave.discard()
        self.saved.emit(value)
        self.accept()

    def _refuse(self, error: CrmError) -> None:
        self._saving = False
        self.form.setEnabled(True)
        if not (isinstance(error, BadInput) and self.form.show_error(error)):
            self.say(str(error))

    def say(self, sentence: str, role: str = "error") -> None:
        """Show a sentence above the buttons, or none."""
        self.note.setProperty("role", role)
        self.note.style().polish(self.note)
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))


def opened(dialog: FormDialog) -> FormDialog:
    """Show the dialog over its window with the focus in its first field; return it."""
    dialog.open()
    dialog.form.focus_first()
    return dialog
