"""Restoring: the backups by date at the left, what is in the chosen one at the right, and one button."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import Cancelled, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import backups
from crm_app.services import book as books
from crm_app.services.backups import Contents, Found, Preview
from crm_app.services.book import Book, Restored
from crm_app.ui import theme
from crm_app.ui.crash import Bug
from crm_app.ui.session import Session
from crm_app.ui.settings.backup_preview import PreviewPanel
from crm_app.ui.settings.backup_table import BackupTable
from crm_app.ui.shell.backup_watch import second_place
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.parts import trouble

_SIZE = (1000, 560)


class RestoreDialog(QDialog):
    """Of an open book, or of one that is held because it could not be opened."""

    restored = Signal(object)
    """The book's own content is another now: a ``Restored``."""

    def __init__(self, session: Session, book: Book, second: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._book, self._second = session, book, second
        self._latest = session.latest()
        self._file: Path | None = None
        self._now: Contents | None = None
        self.setWindowTitle(_("Restore from a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = BackupTable(book.path, second, self)
        self.empty = EmptyState(_("No backup in reach"), _("Plug in the second place, or choose a file."))
        self.panel = PreviewPanel(self)
        self.panel.unlocked.connect(self._look)
        self.trouble = trouble(self)
        self._lay_out()
        self.table.chosen.connect(self._choose)
        resize_within_screen(self, *_SIZE)
        self._session.background.read(self._read, self._fill, self._refuse, owner=self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.M)
        across = QHBoxLayout()
        across.setSpacing(theme.L)
        across.addWidget(self.table, 1)
        across.addWidget(self.empty, 1)
        self.empty.hide()
        across.addWidget(self.panel)
        layout.addLayout(across, 1)
        layout.addWidget(self.trouble)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        other = QPushButton(_("Another file…"), self)
        other.setProperty("role", "quiet")
        other.setAutoDefault(False)
        other.clicked.connect(lambda _checked=False: self._ask_file())
        foot.addWidget(other)
        promise = QLabel(_("The book as it is now is kept first, among the backups beside it."), self)
        promise.setProperty("role", "muted")
        foot.addWidget(promise, 1, Qt.AlignmentFlag.AlignRight)
        cancel = QPushButton(_("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        # Made last, so that Tab comes to it last, as the eye does.
        self.restore_button = QPushButton(_("Restore this backup"), self)
        self.restore_button.setProperty("role", "primary")
        self.restore_button.setAutoDefault(False)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(lambda _checked=False: self._restore())
        foot.addWidget(self.restore_button)
        layout.addLayout(foot)

    def _read(self) -> tuple[list[Found], Contents | None]:
        return backups.list_backups(self._book.path, self._second), backups.present(self._book)

    def _fill(self, read: tuple[list[Found], Contents | None]) -> None:
        found, self._now = read
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.table.show_all(found)
        self.table.setFocus()

    def _choose(self, found: Found | None) -> None:
        if found is not None:
            self._show_file(found.path)

    def _ask_file(self) -> None:
        folder = str(self._file.parent if self._file else self._book.path.parent)
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a backup"), folder, "*.crm")
        if chosen:
            self._show_file(Path(chosen))

    def _show_file(self, file: Path) -> None:
        self._file = file
        self.panel.begin(file)
        self._look("")

    def _look(self, secret: str) -> None:
        """Look into the chosen backup; ``secret``: what was typed as its password."""
        assert self._file is not None
        file = self._file
        self.restore_button.setEnabled(False)
        self.trouble.hide()

        def look() -> tuple[int, Preview]:
            return file.stat().st_size if file.is_file() else 0, backups.preview(self._book, file, secret or None)

        def seen(read: tuple[int, Preview]) -> None:
            size, preview = read
            self.panel.show_preview(size, preview, self._now)
            self.restore_button.setEnabled(preview.contents is not None)

        self._latest.read(look, seen, self._refuse, owner=self)

    def _restore(self) -> None:
        file, secret = self._file, self.panel.secret or None
        assert file is not None
        self._set_busy(True)
        self._session.background.write(
            _("Restoring"),
            lambda progress: books.restore(self._book, file, secret, progress.report),
            self._done,
            self._refuse,
            owner=self,
        )

    def _set_busy(self, busy: bool) -> None:
        for one in (self.table, self.restore_button, self.panel):
            one.setEnabled(not busy)

    def _done(self, restored: Restored) -> None:
        self.accept()
        self.restored.emit(restored)

    def _refuse(self, error: CrmError) -> None:
        self._set_busy(False)
        self.restore_button.setEnabled(False)
        if not isinstance(error, (Cancelled, Bug)):
            self.trouble.setText(str(error))
            self.trouble.show()


def open_restore(session: Session, window: QWidget) -> RestoreDialog:
    """Open the dialog for the open book; afterwards the window takes the book up anew."""
    book = session.book
    dialog = RestoreDialog(session, book, second_place(session.settings), window)
    dialog.restored.connect(partial(_taken, session, book))
    dialog.open()
    return dialog


def restore_held(session: Session, book: Book, window: QWidget) -> RestoreDialog:
    """Open the dialog for a book that could not be opened and is held; the caller takes up or lets go of it."""
    dialog = RestoreDialog(session, book, second_place(session.settings), window)
    dialog.open()
    return dialog


def _taken(session: Session, book: Book, restored: Restored) -> None:
    session.attach(book, protected=restored.protected)
    session.say(told(restored))


def told(restored: Restored) -> str:
    """Return what came of a restore, in a sentence or two."""
    words = _("Restored.")
    if restored.kept is not None:
        words = _("Restored. The book as it was is kept as {name}.").format(name=restored.kept.name)
    if restored.missing:
        missing = ngettext(
            "{n} attachment was not found beside the backup.",
            "{n} attachments were not found beside the backup.",
            restored.missing,
        )
        words = _("{one} {other}").format(one=words, other=missing.format(n=restored.missing))
    if restored.later:
        words = _("{one} {other}").format(one=words, other=restored.later)
    return words
