"""Starts the window: the shell is painted first, then the book is opened beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import crm_app
from crm_app import paths, platform
from crm_app.collecting import give_way, uncollected
from crm_app.crashes import NativeWatch
from crm_app.errors import CrmError, Damaged, Locked
from crm_app.i18n import _
from crm_app.settings import Settings
from crm_app.ui import late, theme
from crm_app.ui.background import Progress
from crm_app.ui.crash import CrashHook
from crm_app.ui.main_window import MainWindow, main_window
from crm_app.ui.places import NEWS, START, Places
from crm_app.ui.session import Session
from crm_app.ui.shell.backup_watch import BackupWatch
from crm_app.ui.shell.first_start import FirstStart
from crm_app.ui.shell.index_watch import IndexWatch
from crm_app.ui.shell.interrupt import close_on_interrupt
from crm_app.ui.shell.protect_card import ProtectCard
from crm_app.ui.shell.recent import Recent
from crm_app.ui.shell.unlock_card import UnlockCard
from crm_app.ui.shell.warming import Warming
from crm_app.ui.words import Words, book_name

if TYPE_CHECKING:
    from crm_app.services.book import Book
    from crm_app.ui.shell.reminding import Reminder

SAMPLE_NAME = "sample.crm"
_DESKTOP_NAME = "outreach-crm"
_GIVES_WAY_S = 0.001
_WITH_A_BOOK = ("shell.reminding",)
"""What the window takes up with any book."""


class Program:
    """One run: the application's session, its window, and the book that is open."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        self.settings = settings
        self.words = Words(app)
        self.words.use(settings.language)
        theme.install(app, settings.look, theme.Sizes(settings.font_size, settings.density), settings.motion)
        app.setDesktopFileName(_DESKTOP_NAME)
        self.hook = CrashHook()
        self.hook.install()
        self.native = NativeWatch()
        self.session = Session(settings, self.hook, self.words)
        self.window: MainWindow = main_window(self.session)
        self._places = Places()
        self._cover: QWidget | None = None
        self._first: FirstStart | None = None
        self._reminder: Reminder | None = None
        self.session.leave_wanted.connect(self.leave)
        BackupWatch(self.session, self.window)
        IndexWatch(self.session, self.window)
        Warming(self.window)

    def begin(self, path: Path | None) -> None:
        """Show the window and open the book that was named, the one of last time, or offer to make one."""
        self.window.show()
        # What follows comes after the first paint: the window's picture, and the book, which imports more.
        QTimer.singleShot(0, self.window, lambda: QApplication.setWindowIcon(theme.app_icon()))
        self._tell_last_end()
        self._tell_news()
        chosen = path or self._own_book()
        if chosen is None:
            self.offer("")
            return
        QTimer.singleShot(0, lambda: self.open(chosen))

    def _own_book(self) -> Path | None:
        """Return the book to open where none is named: the one in the usual place, else that of last time."""
        recent = next((one for one in self.settings.recent_books if one.is_file()), None)
        default = paths.default_book()
        return default if default.is_file() else recent

    def _tell_news(self) -> None:
        """Say once after an update that there is something new, and lead to it."""
        before, self.settings.version = self.settings.version, crm_app.__version__
        if before and before != crm_app.__version__:
            told = _("The program was brought up to date: version {version}.").format(version=crm_app.__version__)
            self.window.notice.tell(told, _("See what is new"), self._show_news)

    def _show_news(self) -> None:
        self.window.notice.hide()
        self._places.help(self.session, self.window, NEWS)

    def leave(self) -> None:
        """Close the book that is open; go to one's own where there is one, else to the start.

        What is typed is kept as drafts in the book that is left. The sample is not opened by itself at the next start.
        """
        if self.window.page is not None and not self.window.page.leave():
            return
        self.session.crash_hook.keep_drafts()
        self.settings.forget_recent_book(self.session.book.path)

        def close() -> None:
            if not self.session.has_book:
                # Asked twice, as by a double click.
                return
            book = self.session.detach()
            self.session.background.aside(lambda: late.service("book").close_book(book), lambda _none: self._go_on())

        # What the forms have just handed over is written first.
        self.session.background.aside(lambda: None, lambda _none: close())

    def _go_on(self) -> None:
        own = self._own_book()
        if own is None:
            self.offer("")
        else:
            self.open(own)

    def _tell_last_end(self) -> None:
        """Offer the report of a run that died without a word; then watch this one."""
        died = self.native.left()
        if died:
            sentence = _("The program stopped by itself last time. What you had typed is kept as drafts.")
            self.window.offer_report(sentence, self.hook.log.report(died))
        self.native.begin()

    def offer(self, sentence: str, broken: Path | None = None, damaged: Path | None = None) -> None:
        """Offer a new book, another book or the sample; ``sentence`` says why the last choice did not work.

        ``broken``: the book that did not open, in whose place a backup can be put; ``damaged``: one to be salvaged.
        """
        cover = FirstStart(
            sentence,
            paths.default_book(),
            self.window,
            may_restore=broken is not None,
            may_salvage=damaged is not None,
        )
        if self._first is not None and shiboken6.isValid(self._first):
            # What was typed before the last choice failed.
            cover.name.setText(self._first.name.text())
            cover.bureau.setText(self._first.bureau.text())
        self._first = cover
        if damaged is not None:
            cover.salvage_wanted.connect(partial(self.salvage, damaged))
        if broken is not None:
            cover.restore_wanted.connect(partial(self.restore, broken))
        cover.make_wanted.connect(partial(self._propose_password, cover))
        cover.open_wanted.connect(self.open)
        cover.sample_wanted.connect(lambda: self.try_sample(paths.data_folder() / SAMPLE_NAME))
        self._show(cover, cover.name)

    def _propose_password(self, first: FirstStart, path: Path, name: str, bureau: str) -> None:
        """Offer to protect the book that is about to be made."""
        card = ProtectCard(self.session, self.window)
        card.chosen.connect(lambda password: self.make(path, name, bureau, password))
        card.declined.connect(lambda: self.make(path, name, bureau))
        card.back_wanted.connect(lambda: self._show(first, first.name))
        self._show(card, card.password.first)

    def _show(self, cover: QWidget, first: QWidget) -> None:
        self.window.show_cover(cover)
        first.setFocus()
        self._cover = cover

    def open(self, path: Path) -> None:
        """Open a book beside the window; ask for its password where it has one."""
        self._take(_("Opening the book"), path, lambda progress: _opened(path, progress=progress))

    def _ask_password(self, path: Path) -> None:
        card = UnlockCard(book_name(path), self.window, may_leave=True)
        card.tried.connect(lambda secret: self._unlock(path, secret, card))
        card.another_wanted.connect(lambda: self.offer(""))
        self._show(card, card.secret)

    def _unlock(self, path: Path, secret: str, card: UnlockCard) -> None:
        def opened(found: _Found) -> None:
            self._attach(path, found)
            if found.recovered:
                self._places.new_password(self.session, self.window, secret)

        def refused(error: CrmError) -> None:
            if isinstance(error, Locked):
                card.refuse(error)
            else:
                self._offer_after(path, error)

        def work(progress: Progress) -> _Found:
            found = _opened(path, secret, progress)
            self._import_first(path)
            return found

        self.session.background.write(_("Opening the book"), work, opened, refused)

    def _offer_after(self, path: Path, error: CrmError) -> None:
        """Offer what can be done when a book did not open: a backup too, where there are some."""
        has_backups = late.service("backups").folder_of(path).is_dir()
        self.offer(str(error), path if has_backups else None, path if isinstance(error, Damaged) else None)

    def make(self, path: Path, name: str, bureau: str, password: str = "") -> None:
        """Make a new book that belongs to ``name``; with a password its recovery key is shown, once."""

        def work(_progress: Progress) -> _Found:
            books, protection = late.service("book"), late.service("protection")
            key = protection.new_recovery_key() if password else ""
            made: Book = books.create_book(path, password or None, key or None)
            books.be(made, name)
            books.change_setting(made, books.BUREAU, bureau or None)
            return _Found(made, protected=bool(password), new_key=key)

        self._take(_("Making the book"), path, work)

    def try_sample(self, path: Path) -> None:
        """Open the sample half-year, made where it is not there yet."""

        def work(progress: Progress) -> _Found:
            books = late.service("book")
            if not path.exists():
                made = books.create_book(path)
                try:
                    late.service("demo").fill(made)
                finally:
                    books.close_book(made)
            return _opened(path, progress=progress)

        self._take(_("Making the sample"), path, work)

    def _take(self, label: str, path: Path, work: Callable[[Progress], _Found]) -> None:
        if self._cover is not None:
            self._cover.setEnabled(False)

        def refused(error: CrmError) -> None:
            if isinstance(error, Locked):
                self._ask_password(path)
            else:
                self._offer_after(path, error)

        def apart(progress: Progress) -> _Found:
            # It imports what the shell did without.
            with uncollected():
                found = work(progress)
                self._import_first(path)
                return found

        self.session.background.write(label, apart, partial(self._attach, path), refused)

    def _import_first(self, path: Path) -> None:
        """Import, beside the window, the place that is shown once the book is there: it takes half a second."""
        left = Recent(self.settings, path).place
        late.warm({left.place if left else START, *_WITH_A_BOOK})

    def _attach(self, path: Path, found: _Found) -> None:
        self.settings.add_recent_book(path)
        if self._reminder is None:
            self._reminder = late.place("shell.reminding").remind(self.session, self.window)
        self._reminder.note_away()
        self.session.attach(found.book, protected=found.protected, sample=found.sample)
        self._cover = None
        self.session.read(lambda book: late.service("book").clock_warning(book), self._tell_clock)
        # A backup that was away when somebody was erased may be here now.
        self.session.background.write("", lambda _progress: late.service("erasure").erase_again(found.book))
        self.session.background.write("", lambda _progress: late.service("attachments").sweep(found.book))
        if found.new_key:
            self._places.recovery_key(self.session, self.window, found.new_key)

    def restore(self, path: Path, secret: str | None = None) -> None:
        """Let a backup be chosen in the place of a book that does not open; ``secret``: the book's own password."""

        def refused(error: CrmError) -> None:
            if isinstance(error, Locked) and secret is None:
                card = UnlockCard(book_name(path), self.window, may_leave=True)
                card.tried.connect(partial(self.restore, path))
                card.another_wanted.connect(lambda: self.offer(""))
                self._show(card, card.secret)
            else:
                self.offer(str(error), path)

        def held(book: Book) -> None:
            dialog = self._places.restore(self.session, self.window, book)
            dialog.restored.connect(lambda restored: self._attach(path, _Found(book, restored.protected)))
            dialog.rejected.connect(lambda: late.service("book").close_book(book))

        self.session.background.write("", lambda _progress: late.service("book").hold_book(path, secret), held, refused)

    def salvage(self, path: Path, secret: str | None = None) -> None:
        """Make a new book of what can be read of a damaged one, open it, and say what is lost."""
        if self._cover is not None:
            self._cover.setEnabled(False)

        def refused(error: CrmError) -> None:
            if isinstance(error, Locked) and secret is None:
                card = UnlockCard(book_name(path), self.window, may_leave=True)
                card.tried.connect(partial(self.salvage, path))
                card.another_wanted.connect(lambda: self.offer(""))
                self._show(card, card.secret)
            else:
                self._offer_after(path, error)

        def opened(answer: tuple[Path, _Found, list[str]]) -> None:
            made, found, sentences = answer
            self._attach(made, found)
            self.session.trouble.emit("\n".join(sentences))

        def work(progress: Progress) -> tuple[Path, _Found, list[str]]:
            checkup = late.service("checkup")
            told = checkup.salvage(path, secret, progress=progress.report)
            return told.path, _opened(told.path, secret), checkup.report(told, lost_only=True)

        self.session.background.write(_("Salvaging the book"), work, opened, refused)

    def _tell_clock(self, warning: str | None) -> None:
        if warning is not None:
            self.session.trouble.emit(warning)

    def end(self) -> None:
        """Close the book once the window is gone."""
        self.session.background.finish()
        # Now, not when the interpreter ends: the document of a preview is closed with its page.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)
        if self.session.has_book:
            late.service("book").close_book(self.session.book)
        self.settings.end()
        self.hook.uninstall()
        self.native.end()


@dataclass(frozen=True, repr=False)
class _Found:
    """A book that was opened or made; ``recovered``: by its recovery key; ``new_key``: one nobody has seen yet."""

    book: Book
    protected: bool
    recovered: bool = False
    new_key: str = ""
    sample: bool = False


def _opened(path: Path, secret: str | None = None, progress: Progress | None = None) -> _Found:
    protection = late.service("protection")
    books = late.service("book")
    book: Book = books.open_book(path, secret, progress.report if progress else None)
    sample = books.setting(book, books.SAMPLE) is not None
    recovered = bool(secret) and protection.is_recovery_key(secret)
    return _Found(book, protection.is_protected(book), recovered, sample=sample)


def _input_plugins() -> set[str]:
    """Return the names of the input methods that this Qt can speak to."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    ends = "platforminputcontextplugin"
    return {file.stem.removeprefix("lib").removesuffix(ends) for file in folder.glob("*.so")}


def run(path: Path | None) -> int:
    """Open the window on a book, the user's own by default."""
    settings = Settings()
    if sys.platform == "linux":
        os.environ.update(platform.input_method(os.environ, _input_plugins()))
    # A thread that reads gives way to the window five times as often as Python has it.
    sys.setswitchinterval(_GIVES_WAY_S)
    give_way()
    # By this name X11 knows the window (WM_CLASS), as the .desktop file does, and the desktop whose note it shows.
    app = QApplication([_DESKTOP_NAME])
    program = Program(app, settings)
    close_on_interrupt(program.window)
    program.begin(path)
    code = app.exec()
    program.end()
    return code
