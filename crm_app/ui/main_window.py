"""The main window: rail, top bar, pages made when first shown, status line, toast and error bar.

It shows itself before a book is open and before anything heavy is imported; ``session.attach`` brings the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.i18n import _, language
from crm_app.ui import actions, late, theme
from crm_app.ui.actions import Spec
from crm_app.ui.history import History
from crm_app.ui.page import Page
from crm_app.ui.places import ABOUT, BACKUPS, NEWS, SETTINGS, SHORTCUTS, START, Places
from crm_app.ui.report import open_report
from crm_app.ui.session import Location, Session
from crm_app.ui.shell import dropped
from crm_app.ui.shell.commands import Command, commands
from crm_app.ui.shell.entering import Entering
from crm_app.ui.shell.finder import Finder
from crm_app.ui.shell.locking import Lock
from crm_app.ui.shell.notices import NoticeBar, Toast
from crm_app.ui.shell.pages import Pages
from crm_app.ui.shell.placement import Placement
from crm_app.ui.shell.rail import NARROW_BELOW, Rail
from crm_app.ui.shell.recent import Recent
from crm_app.ui.shell.sample_bar import SampleBar
from crm_app.ui.shell.side_buttons import SideButtons
from crm_app.ui.shell.statusline import StatusLine
from crm_app.ui.shell.tabbing import go_on, in_reading_order
from crm_app.ui.shell.topbar import TopBar
from crm_app.ui.widgets.file_drop import FileDrop, Told

if TYPE_CHECKING:
    from crm_app.services.backups import State
    from crm_app.services.outcome import Changes

_SMALLEST = (800, 480)
"""What a laptop of 1366×768 leaves at 150 %, its taskbar taken off."""


class MainWindow(QMainWindow):
    """The window of one session."""

    def __init__(self, session: Session, places: Places) -> None:
        super().__init__()
        self.session = session
        self._places = places
        self._history = History()
        self._closing = False
        self._saved_at: int | None = None
        self._backups: State | None = None
        self._recent: Recent | None = None
        self._build()
        self.lock = Lock(session, self._outer, self)
        self.lock.began.connect(self._hide)
        self.lock.ended.connect(lambda: self._enable(True))
        self.lock.recovered.connect(lambda secret: places.new_password(session, self, secret))
        self._entering = Entering(self)
        QApplication.instance().focusChanged.connect(self._note_focus)  # type: ignore[union-attr]
        self.setMinimumSize(*_SMALLEST)
        self._placement = Placement(self, session.settings)
        sides = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}
        SideButtons(self, {button: partial(self._trigger, name) for button, name in sides.items()})
        session.wanted.connect(self._unless_locked(self._go))
        session.gone.connect(lambda record: self._history.forget(record))
        session.log_wanted.connect(self._unless_locked(self._log))
        session.import_wanted.connect(self._unless_locked(self._import))
        session.export_wanted.connect(self._unless_locked(self._export))
        FileDrop(self, lambda paths, _spot: self._import(dropped.of_these(paths)), self._told_drop)
        session.changed.connect(self._refresh)
        session.opened.connect(self._begin)
        session.left.connect(self._leave)
        session.protection_changed.connect(lambda: self._enable(True))
        theme.signals.changing.connect(self._put_off)
        session.language_changed.connect(self._rebuild)
        session.sizes_changed.connect(self._rebuild)
        session.trouble.connect(lambda sentence: self.notice.tell(sentence))
        session.crash_hook.reported.connect(lambda report: self.offer_report(self.notice.sentence, report))
        session.said.connect(lambda sentence, undo: self.toast.say(sentence, undo))
        session.backed_up.connect(self._note_backup)

    def _build(self) -> None:
        """Build everything that has words and sizes; done anew when the language or the sizes change."""
        self.setWindowTitle(_("Outreach CRM"))
        self._actions = self._make_actions()
        central = QWidget()
        self.rail = Rail(self._actions, central)
        self._came_from: QWidget | None = None
        self._finder = Finder(self.session, self._commands)
        self.topbar = TopBar(self._actions, self._finder.ask, central)
        self.topbar.search.chosen.connect(self._finder.take)
        self.topbar.search.chosen.connect(lambda _taken: self.topbar.search.take_text(""))
        self.topbar.left.connect(self._leave_search)
        self.notice = NoticeBar(central)
        self.stack = self.session.home = QStackedWidget(central)
        self.status = StatusLine(self.session.background, central)
        self.status.backups_wanted.connect(partial(self.session.go, SETTINGS, None, BACKUPS))
        self.pages = Pages(self.session, self._places, self.stack, self.status.set_count)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        held = QVBoxLayout()
        held.setContentsMargins(theme.S, theme.S, theme.S, 0)
        held.setSpacing(theme.S)
        held.addWidget(self.notice)
        held.addWidget(SampleBar(self.session, central))
        right.addLayout(held)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        across = QHBoxLayout(central)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        # The lock's card takes the place of all of it.
        self._outer = QStackedWidget()
        self._outer.addWidget(central)
        self.setCentralWidget(self._outer)
        self.toast = Toast(self.stack)
        self.toast.undo_wanted.connect(self.session.undo)
        self.rail.set_narrow(self.width() < theme.px(NARROW_BELOW))
        self._enable(self.session.has_book)
        self._show_status()

    def _leave(self) -> None:
        """Show nothing more of a book that is left for the start."""
        self.pages.end()
        self._history = History()
        self._hide()

    def _make_actions(self) -> dict[str, QAction]:
        session = self.session
        runs: dict[str, Callable[[], object]] = {
            "help": lambda: self._places.help(session, self, self.page.help() or self._place if self.page else ""),
            **{page: partial(self._places.help, session, self, page) for page in (SHORTCUTS, NEWS, ABOUT)},
            "search": self._search,
            "log": lambda: session.log_wanted.emit(None),
            "new_visit": lambda: self._places.visit(session, self),
            "new_reception": lambda: self._places.receive(session, self),
            "new_follow_up": lambda: self._places.follow_up(session, self),
            "import": lambda: session.import_wanted.emit([]),
            "paste": self._paste,
            "export": lambda: session.export_wanted.emit(self._place),
            "back": lambda: self._return_to(self._history.back()),
            "forward": lambda: self._return_to(self._history.forward()),
            "undo": session.undo,
            "redo": session.redo,
            "lock": session.lock_wanted.emit,
            "switch_look": lambda: session.set_look("light" if theme.colours().dark else "dark"),
            "switch_language": lambda: session.set_language("en" if language() == "zh_CN" else "zh_CN"),
            "quit": self.close,
        }
        leading = {spec.id: partial(self._lead, spec) for spec in actions.SPECS if spec.leads is not None}
        return {name: actions.make(name, self, run) for name, run in (runs | leading).items()}

    def _lead(self, spec: Spec) -> None:
        """Go where a command belongs, and do it there."""
        assert spec.leads is not None
        place, view = spec.leads
        self.session.go(place, None, view)
        if spec.then and self.page is not None and self._history.here == Location(place, None, view):
            done = [one for one in self._commands() if one.spec.id == spec.then]
            if done:
                done[0].run()

    def _commands(self) -> list[Command]:
        """Return what can be done now, where one was before the search first."""
        return commands(self._actions, self.page, self._came_from)

    def show_cover(self, cover: QWidget) -> None:
        """Show a widget in place of the pages: the first start, a password, a book that could not be opened."""
        self.pages.cover(cover)
        self._enable(False)
        self._actions["help"].setEnabled(True)

    def _enable(self, on: bool) -> None:
        self.rail.setEnabled(on)
        self.topbar.setEnabled(on)
        for name, action in self._actions.items():
            action.setEnabled(on or name == "quit")
        self._actions["lock"].setEnabled(on and self.session.is_protected)
        self.rail.lock.setVisible(self.session.is_protected)
        self._show_history()

    def _hide(self) -> None:
        """Show nothing that was on the screen once the lock is open, and let no shortcut through while it is on."""
        self.topbar.search.take_text("")
        self.topbar.search.hide_offers()
        self.toast.hide()
        self._enable(False)

    def _unless_locked(self, run: Callable[[Any], object]) -> Callable[[Any], object]:
        """Return ``run`` for what may still be asked of a locked window: a file can be dropped on it."""
        return lambda asked: None if self.lock.is_on else run(asked)

    def _note_focus(self, before: QWidget | None, focused: QWidget | None) -> None:
        """Note where the search was entered from; let a dialog hear lock and help, and Tab walk it as it is read."""
        self._entering.follow(focused)
        if focused is self.topbar.search:
            self._came_from = before
            self._finder.begin()
        elif focused is not None and isinstance(focused.window(), QDialog):
            for name in ("lock", "help"):
                focused.window().addAction(self._actions[name])
            in_reading_order(focused.window())

    def _begin(self) -> None:
        """Take up a book: every page is made anew."""
        self.pages.drop()
        self.pages.uncover()
        self._history = History()
        self._enable(True)
        self._saved_at = self._backups = None
        self._show_status()
        self._recent = Recent(self.session.settings, self.session.book.path)
        self._finder.remember(self._recent)
        self._take_up(self._recent.place)

    def _take_up(self, left: Location | None) -> None:
        """Go where one was when the program was left last, as far as it is still there."""
        if left is None or left.record is None:
            self._go(left or Location(START))
            return
        wanted, place = left.record, Location(left.place)

        def arrive(there: object) -> None:
            if self._history.here is None:  # else somebody has gone elsewhere meanwhile, and stays there
                self._go(left if there else place)

        named = late.service("search").named
        self.session.read(lambda book: named(book, [wanted]), arrive, lambda _error: arrive(None), owner=self)

    def _put_off(self) -> None:
        self.pages.put_off()

    def _rebuild(self) -> None:
        """Build the window anew in another language or other sizes, where the user is."""
        here = self._history.here
        focused = self.focusWidget()
        named = focused.objectName() if focused is not None else ""
        self.session.crash_hook.keep_drafts()
        self.pages.drop()
        for action in self._actions.values():
            self.removeAction(action)
            action.deleteLater()
        self._build()
        if self._recent is not None:
            self._finder.remember(self._recent)
        self.lock.cover(self._outer)
        if here is not None:
            self._return_to(here)
        again = self.stack.findChild(QWidget, named) if named else None
        if isinstance(again, QWidget):
            again.setFocus()

    @property
    def page(self) -> Page | None:
        """The page on top; None while a cover is shown."""
        return self.pages.top

    def _go(self, location: Location) -> None:
        if self.page is not None and not self.page.leave():
            self.rail.select(self._history.here.place if self._history.here else "")
            return
        self._history.visit(location)
        self._return_to(location)
        self._finder.note(location)

    def _return_to(self, location: Location | None) -> None:
        if location is None:
            return
        self.session.note_arrival()
        page = self.pages.raise_page(location.place)
        self.rail.select(location.place)
        self.topbar.set_title(actions.spec(f"go_{location.place}").title)
        page.show_location(location)
        page.focus_first()
        self._show_history()

    def _show_history(self) -> None:
        here = self.rail.isEnabled()
        self._actions["back"].setEnabled(here and self._history.can_go_back)
        self._actions["forward"].setEnabled(here and self._history.can_go_forward)

    def _refresh(self, changes: Changes) -> None:
        self._saved_at = clock.now_ms()
        self._show_status()
        self.pages.refresh(changes)

    def _note_backup(self, state: State) -> None:
        self._backups = state
        self._show_status()

    def _show_status(self) -> None:
        if self.session.has_book:
            self.status.set_saved(self._saved_at)
            self.status.set_backup(self._backups)

    def offer_report(self, sentence: str, report: Path) -> None:
        """Show a sentence with the way to the report of what went wrong."""
        self.notice.tell(sentence, _("See the report"), partial(open_report, self, report))

    def _search(self) -> None:
        search = self.topbar.search
        search.setFocus()
        search.selectAll()
        search.ask(search.text())

    def _leave_search(self) -> None:
        """Empty the search, and go back to where it was entered from."""
        self.topbar.search.take_text("")
        before = self._came_from
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        elif self.page is not None:
            self.page.focus_first()

    def _trigger(self, name: str) -> None:
        self._actions[name].trigger()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Let Tab walk what is shown now in the order of reading."""
        return go_on(self, following=following) or super().focusNextPrevChild(following)

    def _log(self, enterprise: UUID | None) -> None:
        self._places.log(self.session, self, enterprise)

    def _import(self, paths: Sequence[Path]) -> None:
        if self.session.has_book:
            self._places.imports(self.session, self, paths)

    def _told_drop(self, paths: Sequence[Path], _spot: QPoint) -> Told | None:
        """Say what files that are dropped beside every record do; a locked window takes none."""
        return dropped.told(paths) if self.session.has_book and not self.lock.is_on else None

    def _paste(self) -> None:
        if self.page is not None and not self.page.paste():
            self._places.paste(self.session, self)

    def _export(self, kind: str) -> None:
        self._places.export(self.session, self, kind)

    @property
    def _place(self) -> str:
        return self._history.here.place if self._history.here else START

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons only in a narrow window."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < theme.px(NARROW_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything typed is kept and everything being written is written."""
        background = self.session.background
        focused = self.focusWidget()
        if focused is not None:
            # What is saved when its field is left is left now.
            focused.clearFocus()
        self.session.crash_hook.keep_drafts()
        if background.writing:
            self.notice.tell(_("Finishing what is being saved; the window closes by itself."))
            if not self._closing:
                self._closing = True
                background.idle.connect(self.close)
            event.ignore()
            return
        self._placement.keep()
        if self._recent is not None and self._history.here is not None:
            self._recent.leave(self._history.here)
        self.session.closing.emit()
        background.finish()
        event.accept()


def main_window(session: Session, places: Places | None = None) -> MainWindow:
    """Return the window of a session, not shown yet."""
    return MainWindow(session, places or Places())
