"""The dialog in which a meeting is logged or corrected. Ctrl+Enter saves, Esc keeps a draft, files come along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain.attachments import NewFile
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import attachments
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import not_attached
from crm_app.ui.background import Progress
from crm_app.ui.drafts import Autosave
from crm_app.ui.meetings.form import MeetingForm
from crm_app.ui.meetings.held_files import HeldFiles
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.parts import trouble

F = TypeVar("F", bound=MeetingForm[Any])

Writing = Callable[[Book, Sequence[NewFile]], Outcome[UUID]]
"""What saves a form, and keeps files with what it wrote."""


class MeetingDialog(QDialog, Generic[F]):
    """Holds a form that comes once the book has answered what it opens with.

    Whoever is one says what saving writes (``writing``), what dropping files does (``told_files``) and what follows
    (``after``).
    """

    def __init__(self, session: Session, parent: QWidget, title: str, size: tuple[int, int]) -> None:
        super().__init__(parent)
        self._session = session
        self._autosave: Autosave | None = None
        self._saving = False
        self._told_lost = 0
        """Of how many files it was said that they would be lost."""
        self.form: F | None = None
        self.setWindowTitle(title)
        resize_within_screen(self, *size)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._layout.setSpacing(theme.S)
        self._held = QScrollArea(self)
        self._held.setWidgetResizable(True)
        self._held.setFrameShape(QFrame.Shape.NoFrame)
        self._held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._across = QHBoxLayout()
        self._across.setSpacing(theme.L)
        self._across.addWidget(self._held, 1)
        self._layout.addLayout(self._across, 1)
        self.error = trouble(self)
        self._layout.addWidget(self.error)
        # What comes while it is saved would be kept with nothing.
        self.files = HeldFiles(session, self, lambda n: self.told_files(n) if self.form and not self._saving else None)
        self.files.changed.connect(self._keep_files)
        self._layout.addWidget(self.files)
        self._foot = self._make_foot()
        self._layout.addWidget(self._foot)
        self.finished.connect(self.deleteLater)
        actions.make("save", self, self.save)

    def told_files(self, n: int) -> str:
        """Return what dropping so many files would do."""
        raise NotImplementedError

    def writing(self, form: F) -> Writing:
        """Return what saves the form; raise BadInput naming the field that is wrong."""
        raise NotImplementedError

    def after(self, made: UUID, *, go_on: bool) -> None:
        """Do what follows once it is saved; ``go_on`` where the next one was asked for."""
        self.accept()

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        self._buttons = QHBoxLayout(foot)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(theme.S)
        self._hint = Elided("", "muted", foot)
        self.tell_keys()
        self._buttons.addWidget(self._hint, 1)
        self._button = self.foot_button(_("Save"), "save", self.save)
        self._button.setProperty("role", "primary")
        self._buttons.addWidget(self._button)
        return foot

    def tell_keys(self, *more: str) -> None:
        """Say at the foot what keys do, ``more`` of this kind of meeting too."""
        keys = (_("Ctrl+Enter saves · Esc keeps a draft"), *more, _("Photos: drop them here, or Ctrl+V"))
        self._hint.say(" · ".join(keys))

    def foot_button(self, words: str, action: str, run: Callable[[], object]) -> QPushButton:
        """Return a button of the foot. Enter walks through the fields: what is half typed is never stored by it."""
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setToolTip(actions.spec(action).shown_keys)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def give_up(self, error: CrmError) -> None:
        """Say why there is no form, and close."""
        self._session.trouble.emit(str(error))
        super().reject()

    def clear(self) -> None:
        """Take away what is shown; of what was typed in it a draft is kept first."""
        if self._autosave is not None:
            self._autosave.now()
            self._autosave = None
        part = self._held.takeWidget()
        if part is not None:
            part.hide()
            part.deleteLater()
        self.form = None
        self.files.turn_to("")
        self.complain("")

    def put_form(self, form: F, key: str) -> bool:
        """Show a form with what was typed in it before, kept under a key; answer whether there was such a draft."""
        self.form = form
        form.setProperty("role", "clear")
        form.fit(self._held.viewport().height())
        self._held.setWidget(form)
        self.files.watch(form, key)
        self._autosave = self._session.autosave(form, key, lambda: form.draft() | self.files.draft(key))
        kept = self._autosave.restore()
        self.files.put_draft(kept)
        if kept.keys() - self.files.draft(key).keys():
            # Else it holds files alone, and the form stands as it opened.
            form.put_draft(kept)
        form.edited.connect(self._autosave.touch)
        return bool(kept)

    def _keep_files(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the form stand as the height allows."""
        super().resizeEvent(event)
        if self.form is not None:
            self.form.fit(self._held.viewport().height())

    def complain(self, sentence: str) -> None:
        """Say what no field is to blame for; nothing takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def save(self, *, go_on: bool = False) -> None:
        """Save what is typed, once."""
        form, autosave = self.form, self._autosave
        if form is None or autosave is None or form.saved or self._saving:
            # One that is saved stands there yet while the next is read.
            return
        try:
            write = self.writing(form)
        except CrmError as error:
            self._refuse(form, error)
            return
        given, refused = self.files.of(autosave.key), list[str]()

        def work(book: Book, _progress: Progress) -> Outcome[UUID]:
            files, reasons = attachments.ready(book, given)
            refused.extend(reasons)
            return write(book, files)

        self._saving = True
        form.forgive()
        # What is typed from now on would not be saved.
        self._button.setFocus()
        form.setEnabled(False)
        self.complain("")
        self._session.write(
            self.windowTitle(),
            work,
            lambda made: self._done(form, autosave.key, made, refused, go_on=go_on),
            lambda error: self._refuse(form, error),
            owner=self,
            draft=autosave,
        )

    def _refuse(self, form: F, error: CrmError) -> None:
        self._saving = False
        if self.isHidden():
            self.open()
        if self.form is not form:
            # Another form stands here by now; of the one that was not saved there is a draft.
            self.complain(str(error))
            return
        form.setEnabled(True)
        if not form.complain(error):
            self.complain(str(error))

    def _done(self, form: F, key: str, made: UUID, refused: Sequence[str], *, go_on: bool) -> None:
        self._saving = False
        self.files.let_go(key)
        if refused:
            self._session.trouble.emit(not_attached(refused))
        if self.form is not form:
            # Another form stands here by now, and what is typed there is not saved.
            self._session.drafts.drop(key)
            if self.isHidden():
                self.accept()
            return
        assert self._autosave is not None
        form.saved = True
        self._autosave.discard()
        self.after(made, go_on=go_on)

    def may_close(self) -> bool:
        """Answer whether nothing is held that a draft does not keep; where something is, say so once."""
        unkept = self.files.unkept
        if unkept in (0, self._told_lost):
            return True
        self._told_lost = unkept
        self.complain(
            _("Not every photo and file is kept in the draft yet: wait a moment, or press once more to let them go.")
        )
        return False

    def reject(self) -> None:
        """Close; what was typed is kept as a draft. What is being saved is waited for out of sight: its files too."""
        if self._autosave is not None:
            self._autosave.now()
        if self._saving:
            self.hide()
        elif self.may_close():
            super().reject()
