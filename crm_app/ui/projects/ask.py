"""The one small dialog of this place: some declared fields, what is wrong under each, Ctrl+Enter saves, Esc keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_app.domain.fields import Field, When
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.background import Progress
from crm_app.ui.drafts import Autosave
from crm_app.ui.projects.marks import button, text_label
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import highest
from crm_app.ui.widgets.form import Form
from crm_app.ui.widgets.parts import trouble

WIDTH = 560


def asked(field: Field, *, key: str = "", needed: bool | None = None, label: str = "") -> Field:
    """Return a declared field as a dialog asks for it: under another key, needed or not, in other words."""
    required = field.required if needed is None else When.CREATE if needed else None
    return replace(field, name=key or field.name, required=required, label=label or field.label)


class AskDialog(QDialog):
    """A subject, whatever ``head`` holds, a form, and the buttons. Subclasses or callers give ``save``."""

    def __init__(self, session: Session, parent: QWidget, title: str, subject: str, *, save: str = "") -> None:
        super().__init__(parent)
        self.session = session
        self._autosave: Autosave | None = None
        self._edited = False
        self._initial: dict[str, str] = {}
        self._elsewhere: dict[str, str] = {}
        self.form: Form | None = None
        self.setWindowTitle(title)
        self.setFixedWidth(theme.px(WIDTH))
        self.setMaximumHeight(highest(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        self.subject = text_label(subject, "strong", wrap=True, parent=self)
        layout.addWidget(self.subject)
        self.head = QWidget(self)
        self.head_layout = QVBoxLayout(self.head)
        self.head_layout.setContentsMargins(0, 0, 0, 0)
        self.head_layout.setSpacing(theme.XS)
        layout.addWidget(self.head)
        self._middle = QVBoxLayout()
        layout.addLayout(self._middle, 1)
        self.error = trouble(self)
        layout.addWidget(self.error)
        self.foot = self._make_foot(save or _("Save"))
        layout.addWidget(self.foot)
        # The form hears Ctrl+Enter itself; a second shortcut around it would silence both.
        actions.make("save", self.head, self._submit)
        actions.make("save", self.foot, self._submit)

    def _make_foot(self, save: str) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        self._hint = text_label(_("Ctrl+Enter saves · Esc closes"), "muted")
        row.addWidget(self._hint)
        row.addStretch(1)
        self.save_button = button(save, "primary")
        self.save_button.clicked.connect(lambda _checked=False: self._submit())
        row.addWidget(self.save_button)
        return foot

    def ask(
        self,
        fields: Sequence[Field],
        values: Mapping[str, Any] | None = None,
        *,
        columns: int = 2,
        headings: bool = False,
        titles: Mapping[str, str] | None = None,
    ) -> Form:
        """Show these fields, in place of those asked before."""
        if self.form is not None:
            self._elsewhere = self._differing()
            self._middle.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        form = Form(self.session, fields, self, columns=columns, headings=headings)
        form.set_values(values or {}, titles)
        form.edited.connect(self._touch)
        form.submitted.connect(self._submit)
        form.outgrew.connect(self._make_room)
        self._middle.addWidget(form)
        if self.isVisible():
            # The layout would show it with the next event only; a key pressed before that would be lost.
            form.show()
        self.form = form
        self._initial = form.typed()
        self.fit(columns=columns)
        return form

    def fit(self, *, columns: int = 2, hidden: int = 0) -> None:
        """Be as high as the fields shown need, as far as a small screen allows; what is below scrolls."""
        assert self.form is not None
        high = 0
        single = -hidden
        for editor in self.form.editors.values():
            lines = getattr(editor.field.kind, "lines", 1)
            single += lines == 1
            high += 0 if lines == 1 else 48 + 20 * min(max(lines, 2), 6)
        rows = (single + columns - 1) // columns
        # A scroll area hints at a height of its own, whatever little it holds.
        self.form.setFixedHeight(min(theme.px(62) * rows + high + theme.M, self._room()))
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(theme.px(WIDTH), min(highest(self), layout.totalSizeHint().height()))

    def _make_room(self, lack: int) -> None:
        """Let what is said under a field push nothing out of sight, as far as the dialog may grow."""
        assert self.form is not None
        more = min(lack, self._room() - self.form.height())
        if more > 0:
            self.form.setFixedHeight(self.form.height() + more)
            self.resize(self.width(), self.height() + more)

    def _room(self) -> int:
        """Return the height left for the form."""
        # Wrapped labels may turn out a line higher than they hint at.
        frame = 2 * theme.M + 4 * theme.S + theme.L + self.subject.sizeHint().height() + self.foot.sizeHint().height()
        return highest(self) - frame - (0 if self.head.isHidden() else self.head.sizeHint().height())

    def keep_draft(self, key: str) -> None:
        """Keep what is typed while the dialog is open and after Esc; put back what was kept."""
        self._autosave = self.session.autosave(self, key, lambda: self.typed() if self._edited else {})
        self._hint.setText(_("Ctrl+Enter saves · Esc keeps a draft"))
        kept = self._autosave.restore()
        self._edited = bool(kept)
        self.put_typed(kept)

    @property
    def keeps_draft(self) -> bool:
        """Whether a draft is kept already."""
        return self._autosave is not None

    def typed(self) -> dict[str, str]:
        """Return what is typed, for the draft: what differs from what the form proposed, asked now or before."""
        return self._differing()

    def _differing(self) -> dict[str, str]:
        now = self.form.typed() if self.form is not None else {}
        changed = {name: text for name, text in now.items() if text != self._initial.get(name)}
        return {name: text for name, text in self._elsewhere.items() if name not in now} | changed

    def put_typed(self, kept: Mapping[str, str]) -> None:
        """Put a draft back; what this form does not ask is kept for the one that does."""
        self._elsewhere = dict(kept)
        if self.form is not None:
            self.form.set_typed(kept)

    def _touch(self) -> None:
        self._edited = True
        self.on_edited()
        if self._autosave is not None:
            self._autosave.touch()

    def on_edited(self) -> None:
        """Something was typed: a subclass echoes what follows from it."""

    def _submit(self) -> None:
        if not self.save_button.isEnabled():
            return
        self.error.hide()
        try:
            self.save()
        except BadInput as wrong:
            self.refuse(wrong)

    def save(self) -> None:
        """Read the fields and write; BadInput is shown where it belongs."""
        raise NotImplementedError

    def write(
        self,
        label: str,
        work: Callable[[Book, Progress], Outcome[Any]],
        done: Callable[[Any], object] | None = None,
    ) -> None:
        """Write once, then close; a refusal is a sentence in the dialog."""
        self.save_button.setEnabled(False)

        def saved(value: Any) -> None:
            if self._autosave is not None:
                self._autosave.discard()
            self.accept()
            if done is not None:
                done(value)

        self.session.write(label, work, saved, self.refuse, owner=self, draft=self._autosave)

    def refuse(self, error: CrmError) -> None:
        """Say what is wrong: under its field where it has one here, else above the buttons."""
        self.save_button.setEnabled(True)
        if isinstance(error, BadInput) and self.form is not None and self.form.show_error(error):
            return
        self.error.setText(str(error))
        self.error.show()

    def reject(self) -> None:
        """Close, and keep what was typed."""
        if self._autosave is not None:
            self._autosave.now()
        super().reject()

    def start(self) -> None:
        """Open over the window, with the focus in the first field."""
        self.open()
        if self.form is not None:
            self.form.focus_first()


Saver = Callable[[Book, dict[str, Any]], Outcome[Any]]
"""Writes what a dialog of plain fields read."""


class FieldsDialog(AskDialog):
    """Some fields of one record, written by one use case."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        title: str,
        subject: str,
        fields: Sequence[Field],
        saver: Saver,
        *,
        values: Mapping[str, Any] | None = None,
        titles: Mapping[str, str] | None = None,
        headings: bool = False,
        columns: int = 2,
        draft: str,
    ) -> None:
        super().__init__(session, parent, title, subject)
        self._saver = saver
        self.head.hide()
        self.ask(fields, values, headings=headings, titles=titles, columns=columns)
        self.keep_draft(draft)

    def save(self) -> None:
        """Write the values; warnings of the rules are said once it is saved."""
        assert self.form is not None
        values = self.form.values()
        self.write(self.windowTitle(), lambda book, _progress: self._saver(book, values), self._tell)

    def _tell(self, value: Any) -> None:
        for sentence in getattr(value, "warnings", ()):
            self.session.trouble.emit(sentence)
