"""The handbook's window, to be read beside the work: contents and search at the left, the page at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.handbook import about, written
from crm_app.ui.handbook.about import Facts
from crm_app.ui.handbook.contents import CONTENTS, PAGES, page_of
from crm_app.ui.handbook.reader import Reader
from crm_app.ui.handbook.shortcuts import ShortcutSheet
from crm_app.ui.places import ABOUT, SHORTCUTS
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.text_field import TextField

_WIDTH, _HEIGHT, _RAIL_WIDTH = 860, 600, 200
_PAGE = Qt.ItemDataRole.UserRole
_PLACE = "place:"


class Handbook(QDialog):
    """Esc closes; ↑ and ↓ walk the contents, Alt+← goes back to the page before."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: Facts | None = None
        self._before: list[str] = []
        self._after: list[str] = []
        self.page = ""
        self.setWindowTitle(_("Handbook"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, _WIDTH, _HEIGHT)
        self.search = TextField(self, placeholder=_("Search"), label=_("Search the handbook"))
        self.search.setClearButtonEnabled(True)
        self.topics = QListWidget(self)
        self.topics.setAccessibleName(_("Topics"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader = Reader(self)
        self.sheet = ShortcutSheet(self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.reader)
        self.pages.addWidget(self.sheet)
        self._lay_out()
        self._list("")
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._take_first)
        self.topics.currentItemChanged.connect(self._follow)
        self.reader.wanted.connect(self.follow)
        session.language_changed.connect(self.close)
        session.left.connect(self.close)
        if session.has_book:
            session.read(about.facts, self._note, owner=self)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        self.back, self.forward = (
            self._button(name, run) for name, run in (("back", self.go_back), ("forward", self.go_forward))
        )
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addWidget(self.search, 1)
        left.addLayout(row)
        left.addWidget(self.topics, 1)
        rail = QWidget(self)
        rail.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        rail.setFixedWidth(theme.px(_RAIL_WIDTH))
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        across.setSpacing(theme.M)
        across.addWidget(rail)
        across.addWidget(self.pages, 1)

    def _button(self, action: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(actions.make(action, self, run))
        button.setAccessibleName(actions.spec(action).title)
        return button

    def _note(self, facts: Facts) -> None:
        self._facts = facts
        if self.page == ABOUT:
            self._put(ABOUT)

    def _list(self, asked: str) -> None:
        """List the contents, or the pages on which something stands."""
        self.topics.blockSignals(True)
        self.topics.clear()
        if asked.strip():
            hits = written.search(asked)
            for hit in hits:
                self._add(f"{hit.title}\n{hit.around}", hit.page, lines=3)
            if not hits:
                self._add(_("Nothing was found. Try fewer words."), "", lines=2)
        else:
            for group in CONTENTS:
                self._add(_(group.title), "")
                for page in group.pages:
                    self._add(self.title(page), page)
        self.topics.blockSignals(False)
        self._mark()

    def _add(self, words: str, page: str, *, lines: int = 1) -> None:
        item = QListWidgetItem(words, self.topics)
        item.setData(_PAGE, page)
        item.setSizeHint(QSize(0, theme.CONTROL + (lines - 1) * theme.px(20)))
        if not page:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setForeground(self.palette().placeholderText())

    @staticmethod
    def title(page: str) -> str:
        """Return what a page is called."""
        if page == SHORTCUTS:
            return _("Shortcuts")
        return _("About the program") if page == ABOUT else written.title_of(page)

    def _mark(self) -> None:
        """Put the cursor of the contents on the page that is shown."""
        self.topics.blockSignals(True)
        for row in range(self.topics.count()):
            if self.topics.item(row).data(_PAGE) == self.page:
                self.topics.setCurrentRow(row)
                break
        else:
            self.topics.setCurrentRow(-1)
        self.topics.blockSignals(False)

    def _follow(self, item: QListWidgetItem | None) -> None:
        page = item.data(_PAGE) if item is not None else ""
        if page:
            self.show_page(page)

    def _take_first(self) -> None:
        if self.search.composing:
            return
        first = next((row for row in range(self.topics.count()) if self.topics.item(row).data(_PAGE)), None)
        if first is not None:
            self.show_page(self.topics.item(first).data(_PAGE))
            self.topics.setFocus()

    def show_page(self, page: str) -> None:
        """Show a page; the one before is come back to with Alt+←."""
        if page == self.page:
            return
        if self.page:
            self._before.append(self.page)
            self._after.clear()
        self._put(page)

    def _put(self, page: str) -> None:
        self.page = page
        if page == SHORTCUTS:
            self.pages.setCurrentWidget(self.sheet)
        else:
            if page == ABOUT:
                text = about.text(self._session, self._facts)
            elif page.startswith(about.LICENCE):
                text = about.licence(page.removeprefix(about.LICENCE))
            else:
                text = written.text_of(page)
            self.reader.read(text, written.folder())
            self.pages.setCurrentWidget(self.reader)
        self._mark()
        self.back.defaultAction().setEnabled(bool(self._before))
        self.forward.defaultAction().setEnabled(bool(self._after))

    def go_back(self) -> None:
        """Show the page before."""
        if self._before:
            self._after.append(self.page)
            self._put(self._before.pop())

    def go_forward(self) -> None:
        """Show again the page one came back from."""
        if self._after:
            self._before.append(self.page)
            self._put(self._after.pop())

    def follow(self, link: str) -> None:
        """Follow a link of a page: to another page, to a place of the window, or copy the summary."""
        if link == about.COPY:
            QGuiApplication.clipboard().setText("\n".join(about.summary(self._session, self._facts)))
            self._session.say(_("Copied"))
        elif link.startswith(_PLACE):
            place, _slash, view = link.removeprefix(_PLACE).partition("/")
            if self._session.has_book:
                self._session.go(place, view=view)
        elif link in PAGES or link.startswith(about.LICENCE):
            self.show_page(link)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in the search field open the first page found, and nothing close the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)


def open_help(session: Session, window: QWidget, place: str) -> Handbook:
    """Open the handbook at the page about a place or the form in front; the one that is open is used again."""
    window = QApplication.activeModalWidget() or window
    if isinstance(window, Handbook):
        return window
    page = page_of(window, place)
    found = next((one for one in window.findChildren(Handbook) if one.isVisible()), None)
    dialog = found or Handbook(session, window)
    dialog.show_page(page)
    dialog.show()
    dialog.activateWindow()
    dialog.topics.setFocus()
    return dialog
