"""The backups of the book: the two places with their state, back up now, restore, and the list."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.errors import Cancelled, CrmError, Refused
from crm_app.i18n import _
from crm_app.services import backups
from crm_app.services.backups import Found, State
from crm_app.settings import BACKUP_FOLDER
from crm_app.ui import theme
from crm_app.ui.crash import Bug
from crm_app.ui.session import Session
from crm_app.ui.settings import drives
from crm_app.ui.settings.backup_table import BackupTable, megabytes
from crm_app.ui.settings.part import muted
from crm_app.ui.settings.restore import RestoreDialog, open_restore
from crm_app.ui.shell.backup_watch import second_place
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.parts import literal


class Backups(QWidget):
    """Reads anew each time it comes to the front, and whenever a backup was made."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.restoring: RestoreDialog | None = None
        self._latest = session.latest()
        own = backups.folder_of(session.book.path)
        self.own = PlaceRow(_("Beside the book"), str(own), self)
        self.second = PlaceRow(_("Second place"), "", self)
        self.choose_button = QPushButton(_("Choose…"), self)
        self.forget_button = QPushButton(_("Do without"), self)
        self.back_up_button = QPushButton(_("Back up now"), self)
        self.restore_button = QPushButton(_("Restore from a backup…"), self)
        # Empty, it keeps the buttons from growing.
        self.answer = muted("", self)
        self.table = BackupTable(session.book.path, second_place(session.settings), self)
        self._lay_out()
        session.backed_up.connect(self._show_state)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.own)
        layout.addWidget(self.second)
        for button in (self.choose_button, self.forget_button):
            button.setProperty("role", "quiet")
            self.second.buttons.addWidget(button)
        self.choose_button.clicked.connect(lambda _checked=False: self._choose())
        self.forget_button.clicked.connect(lambda _checked=False: self._put_second(None))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        theme.put_icon(self.back_up_button, "files")
        theme.put_icon(self.restore_button, "arrow-back-up")
        self.back_up_button.clicked.connect(lambda _checked=False: self.back_up())
        self.restore_button.clicked.connect(lambda _checked=False: self.restore())
        row.addWidget(self.back_up_button)
        row.addWidget(self.restore_button)
        row.addWidget(self.answer, 1)
        layout.addLayout(row)
        self.table.setMinimumHeight(4 * theme.ROW)
        layout.addWidget(self.table, 1)

    def load(self) -> None:
        """Read which backups there are and how they stand."""
        book, second = self.session.book, second_place(self.session.settings)
        self._latest.read(
            lambda: (backups.state(book, second), backups.list_backups(book.path, second)),
            self._fill,
            self._refuse,
            owner=self,
        )

    def _fill(self, read: tuple[State, list[Found]]) -> None:
        state, found = read
        self._show_places(state)
        self.table.show_all(found)

    def _show_state(self, state: State) -> None:
        self._show_places(state)
        if state.made and self.isVisible():
            self.load()

    def _show_places(self, state: State) -> None:
        now = clock.now_ms()
        if state.own_at is None:
            self.own.say(_("No backup yet"), "error")
        else:
            age = backups.age_in_words(state.own_at, now)
            self.own.say(_("Last backup {ago}").format(ago=age), "error" if state.is_old(now) else "good")
        self.forget_button.setVisible(state.second is not None)
        if state.second is None:
            self.second.place(_("A USB stick or a folder on another disk: a laptop can be lost whole."))
            self.second.say(_("none chosen"), "error")
            return
        self.second.place(str(state.second))
        age = "" if state.second_at is None else backups.age_in_words(state.second_at, now)
        if state.second_here:
            words = _("there · {ago}").format(ago=age) if age else _("there")
        else:
            words = _("not plugged in · {ago}").format(ago=age) if age else _("not plugged in")
        self.second.say(words, "error" if state.is_out_of_reach(now) else "good" if state.second_here else "muted")

    def _choose(self) -> None:
        """Offer the drives that are plugged in, and any folder. A drive that hardly answers keeps nobody waiting."""
        self.session.background.read(drives.removable, self._offer, self._refuse, owner=self)

    def _offer(self, plugged_in: list[drives.Drive]) -> None:
        menu = QMenu(self)
        for drive in plugged_in:
            words = _("{name} · {free} free").format(name=drive.name, free=megabytes(drive.free))
            menu.addAction(literal(words), partial(self._take_drive, drive.root))
        if menu.isEmpty():
            self._choose_folder()
            return
        menu.addSeparator()
        menu.addAction(_("Another folder…"), self._choose_folder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.choose_button.mapToGlobal(self.choose_button.rect().bottomLeft()))

    def _take_drive(self, root: Path) -> None:
        # A folder of its own: where the drive is away, its root may still be there, and empty.
        folder = root / _("Outreach CRM backups")
        self.session.background.read(lambda: _made(folder), self._put_second, self._refuse, owner=self)

    def _choose_folder(self) -> None:
        before = second_place(self.session.settings) or self.session.book.path.parent
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for backups"), str(before))
        if chosen:
            self._put_second(Path(chosen))

    def _put_second(self, folder: Path | None) -> None:
        self.session.settings.set_last(BACKUP_FOLDER, str(folder) if folder else "")
        self.table.take_second(folder)
        self.session.backup_wanted.emit()
        self.load()

    def back_up(self) -> None:
        """Make a checked backup beside the book, and at the second place where that is there."""
        book, second = self.session.book, second_place(self.session.settings)

        def done(made: list[Path]) -> None:
            self._say(_("Copied and checked: {path}").format(path=made[0].name), "echo")
            self.session.backup_wanted.emit()
            self.load()

        self.session.background.write(
            _("Backing up"),
            lambda progress: backups.back_up_now(book, second, progress.report),
            done,
            self._refuse,
            owner=self,
        )

    def restore(self) -> None:
        """Let a backup be chosen and restored."""
        self.restoring = open_restore(self.session, self.window())

    def _refuse(self, error: CrmError) -> None:
        if not isinstance(error, (Cancelled, Bug)):
            self._say(str(error), "error")

    def _say(self, words: str, role: str) -> None:
        self.answer.setProperty("role", role)
        self.answer.style().polish(self.answer)
        self.answer.setText(words)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        words = _("{path} cannot be written: {reason}")
        raise Refused(words.format(path=folder, reason=error.strerror)) from error
    return folder


class PlaceRow(QFrame):
    """One place of backups: its name and path, how it stands, and its buttons."""

    def __init__(self, name: str, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setHorizontalSpacing(theme.M)
        layout.setVerticalSpacing(0)
        title = QLabel(name, self)
        title.setProperty("role", "strong")
        self._path = Elided(path, "muted", self)
        self.state = QLabel(self)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.XS)
        layout.addWidget(title, 0, 0)
        layout.addWidget(self._path, 1, 0)
        layout.addWidget(self.state, 0, 1, 2, 1)
        layout.addLayout(self.buttons, 0, 2, 2, 1)
        layout.setColumnStretch(0, 1)

    def place(self, words: str) -> None:
        """Say where it is."""
        self._path.say(words)

    def say(self, words: str, role: str) -> None:
        """Say how it stands."""
        self.state.setText(words)
        self.state.setProperty("role", {"good": "echo"}.get(role, role))
        self.state.style().polish(self.state)
