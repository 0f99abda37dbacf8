"""Logging a reception, and correcting one. Ctrl+Enter saves, Esc keeps a draft; photos dropped on it come along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import book as books
from crm_app.services import dictionaries, enterprises, people, receptions
from crm_app.services.attachments import Given
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import Target, keep
from crm_app.ui.drafts import Autosave
from crm_app.ui.receptions.form import Context, ReceptionForm
from crm_app.ui.receptions.typed import read
from crm_app.ui.session import Session
from crm_app.ui.visits.typed import read_exact_day
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.file_drop import FileDrop, Told, named
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.lines import Link
from crm_app.ui.widgets.parts import trouble

_SIZE = (960, 620)


class ReceptionDialog(QDialog):
    """The form of a new reception, for an enterprise if one is given, or of one that is in the book."""

    def __init__(
        self, session: Session, parent: QWidget, enterprise_id: UUID | None, reception_id: UUID | None
    ) -> None:
        super().__init__(parent)
        self._session, self._reception = session, reception_id
        self._key = f"reception:{reception_id or enterprise_id or ''}"
        self._autosave: Autosave | None = None
        self._saving = False
        self._files: list[Path] = []
        self.form: ReceptionForm | None = None
        self.setWindowTitle(_("Correct a reception") if reception_id else _("Log a reception"))
        resize_within_screen(self, *_SIZE)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._layout.setSpacing(theme.S)
        self._held = QScrollArea(self)
        self._held.setWidgetResizable(True)
        self._held.setFrameShape(QFrame.Shape.NoFrame)
        self._held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout.addWidget(self._held, 1)
        self.error = trouble(self)
        self._layout.addWidget(self.error)
        self.files = Link("", self._take_files_away)
        self.files.hide()
        self._layout.addWidget(self.files)
        self._layout.addLayout(self._foot())
        FileDrop(self, lambda paths, _spot: self._take_files(paths), self._told_files)
        self.finished.connect(self.deleteLater)
        actions.make("save", self, self._save)
        session.read(lambda book: _context(book, enterprise_id, reception_id), self._show, self._give_up, owner=self)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(Elided(_("Ctrl+Enter saves · Esc keeps a draft"), "muted", self), 1)
        self._button = save = QPushButton(_("Save"), self)
        save.setProperty("role", "primary")
        # Enter walks through the fields; only Ctrl+Enter saves, so that what is half typed is never stored.
        save.setAutoDefault(False)
        save.setToolTip(actions.spec("save").shown_keys)
        save.clicked.connect(lambda _checked=False: self._save())
        row.addWidget(save)
        return row

    def _give_up(self, error: CrmError) -> None:
        self._session.trouble.emit(str(error))
        super().reject()

    def _show(self, context: Context) -> None:
        self.form = form = ReceptionForm(self._session, self, context)
        form.setProperty("role", "clear")
        self._held.setWidget(form)
        self._autosave = self._session.autosave(form, self._key, form.draft)
        kept = self._autosave.restore()
        if kept:
            form.put_draft(kept)
        form.edited.connect(self._autosave.touch)
        form.show()
        form.begin()

    def _told_files(self, paths: Sequence[Path], _spot: QPoint) -> Told | None:
        words = ngettext("Keep {n} file of this reception", "Keep {n} files of this reception", len(paths))
        return Told(words.format(n=len(paths))) if self.form is not None else None

    def _take_files(self, paths: Sequence[Path]) -> None:
        """Hold files until the reception is in the book."""
        self._files += [path for path in paths if path not in self._files]
        self._show_files()

    def _take_files_away(self) -> None:
        self._files.clear()
        self._show_files()

    def _show_files(self) -> None:
        told = _("Attached once it is saved: {names} · a click takes them away").format(names=named(self._files))
        self.files.say(told)
        self.files.setVisible(bool(self._files))

    def _save(self) -> None:
        if self.form is None or self._saving:
            return
        form = self.form
        try:
            write = self._writing(form)
        except CrmError as error:
            self._refuse(error)
            return
        self._saving = True
        # What is typed from now on would not be saved.
        self._button.setFocus()
        form.setEnabled(False)
        self.error.hide()
        self._session.write(
            self.windowTitle(),
            lambda book, _progress: write(book),
            lambda reception: self._saved(form, reception),
            self._refuse,
            owner=self,
            draft=self._autosave,
        )

    def _writing(self, form: ReceptionForm) -> Callable[[Book], Outcome[UUID]]:
        form.hosts.settle("hosts")
        asked, known = read(form.typed()), self._reception
        if self._files and not asked.name:
            raise BadInput(_("Name the enterprise: photos and files are kept with it."), field="name")
        if known is not None:
            return lambda book: receptions.change_reception(book, known, asked)
        return lambda book: receptions.receive(book, asked)

    def _refuse(self, error: CrmError) -> None:
        self._saving = False
        if self.form is not None:
            self.form.setEnabled(True)
        if self.isHidden():
            self.open()
        if self.form is None or not self.form.complain(error):
            self.error.setText(str(error))
            self.error.show()

    def _saved(self, form: ReceptionForm, reception: UUID) -> None:
        assert self._autosave is not None
        form.saved = True
        self._autosave.discard()
        if self._files:
            given = [Given.file(path) for path in self._files]
            target = Target("reception", reception, form.enterprise.text(), on=read_exact_day(form.on.text()))
            keep(self._session, target, given)
        self.accept()

    def reject(self) -> None:
        """Close; what was typed is kept as a draft. What is being saved is waited for out of sight: its files too."""
        if self._autosave is not None:
            self._autosave.now()
        if self._saving:
            self.hide()
        else:
            super().reject()


def _context(book: Book, enterprise_id: UUID | None, reception_id: UUID | None) -> Context:
    sheet = receptions.reception_sheet(book, reception_id) if reception_id else None
    known = enterprises.enterprise_page(book, enterprise_id).enterprise if enterprise_id else None
    ours = people.colleagues(book)
    if sheet is not None and sheet.host is not None and sheet.host.id not in {one.id for one in ours}:
        ours.append(sheet.host)
    return Context(
        ours,
        books.me(book),
        dictionaries.options(book, "park"),
        known.id if known else None,
        known.name if known else "",
        sheet,
    )


def open_reception(
    session: Session, window: QWidget, *, enterprise_id: UUID | None = None, reception_id: UUID | None = None
) -> ReceptionDialog:
    """Open the form of a new reception, or of one that is in the book."""
    dialog = ReceptionDialog(session, window, enterprise_id, reception_id)
    dialog.open()
    return dialog
