"""The page of duplicates: the book is scanned beside the window, the groups stand best first, keys decide each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import Cancelled, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import duplicates
from crm_app.services.duplicates import Group, Looked, Scan
from crm_app.ui import actions, theme
from crm_app.ui.background import Progress
from crm_app.ui.crash import Bug
from crm_app.ui.duplicates import words
from crm_app.ui.duplicates.comparison import Comparison
from crm_app.ui.duplicates.group_painter import GroupPainter
from crm_app.ui.duplicates.merging import open_merge
from crm_app.ui.session import Session
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.parts import back_button

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_LIST_WIDTH = 288
_PAGE = 200
_TABLES = ("enterprise", "enterprise_name", "contact", "position", "distinct_pair")


class DuplicatesView(QWidget):
    """Nothing is merged by itself: M opens the merge, N says they are not the same, L puts the group last."""

    told = Signal(str)
    """What the status line says."""
    _went = Signal(int, int, str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._progress: Progress | None = None
        self._waiting: list[Group] = []
        self._decided: list[Group] = []
        self._compared = 0
        self._looked: Looked | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Groups that may be one enterprise"))
        self.list.setFixedWidth(theme.px(_LIST_WIDTH))
        self.list.setItemDelegate(GroupPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.list.verticalScrollBar().valueChanged.connect(self._fill_more)
        self.side = Comparison(lambda row: session.go("enterprises", row), self)
        self.state = plain("", "muted")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.scan_button = self._button(_("Scan again"), "refresh", self.scan)
        self.stop_button = self._button(_("Stop"), "x", self.stop)
        self._buttons = [
            self._deciding("merge", self.merge),
            self._deciding("tell_apart", self.tell_apart),
            self._deciding("decide_later", self.decide_later),
        ]
        self._buttons[0].setProperty("role", "primary")
        self.empty = EmptyState("", icon="circle-check", parent=self)
        self._lay_out()
        self._went.connect(self._show_progress)
        session.closing.connect(self.stop)
        self._show_idle()

    def _lay_out(self) -> None:
        to_list = partial(self._session.go, "enterprises", view="list")
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(back_button(_("All enterprises"), to_list, self))
        title = plain(_("Duplicate enterprises"), "title")
        title.setWordWrap(False)
        head.addWidget(title)
        head.addWidget(self.state, 1)
        head.addWidget(self.bar)
        head.addWidget(self.stop_button)
        head.addWidget(self.scan_button)
        decide = QHBoxLayout()
        decide.setSpacing(theme.S)
        for button in self._buttons:
            decide.addWidget(button)
        decide.addStretch(1)
        card = QFrame(self)
        card.setProperty("role", "card")
        right = QVBoxLayout(card)
        right.setContentsMargins(theme.L, theme.M, theme.XS, theme.S)
        right.setSpacing(theme.S)
        right.addLayout(decide)
        right.addWidget(self.side, 1)
        found = QWidget(self)
        across = QHBoxLayout(found)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.M)
        # A list that ends with its last group: a sheet of white below few would look as if something were missing.
        across.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)

    def _button(self, text: str, icon: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        theme.put_icon(button, icon)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _deciding(self, name: str, run: Callable[[], object]) -> QPushButton:
        spec = actions.spec(name)
        button = QPushButton(_("{action}  {keys}").format(action=spec.title, keys=spec.shown_keys), self)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: run())
        actions.make(name, self, run)
        return button

    def begin(self) -> None:
        """Scan when the page is shown for the first time."""
        if self._compared == 0 and self._progress is None:
            self.scan()

    def scan(self) -> None:
        """Search the whole book, beside the window."""
        self.stop()
        self._progress = progress = Progress(self._report)
        # The page may go before the whole book is compared: in another language, or with the book that is left.
        self.destroyed.connect(progress.cancel)
        self._show_progress(0, 0, _("Reading the enterprises"))
        self._session.read(
            lambda book: duplicates.scan(book, progress.report), self._found, self._not_found, owner=self
        )

    def stop(self) -> None:
        """Stop the scan; what was found before stays."""
        if self._progress is not None:
            self._progress.cancel()

    def _report(self, done: int, total: int, text: str) -> None:
        if shiboken6.isValid(self):
            self._went.emit(done, total, text)

    def _show_progress(self, done: int, total: int, text: str) -> None:
        if self._progress is None:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(text)
        for shown in (self.bar, self.stop_button):
            shown.show()
        self.scan_button.hide()
        if not self.list.count():
            self.empty.say(_("Looking for enterprises that stand in the book twice…"))

    def _show_idle(self) -> None:
        self._progress = None
        for hidden in (self.bar, self.stop_button):
            hidden.hide()
        self.scan_button.show()
        self._tell()

    def _found(self, scan: Scan) -> None:
        self._compared = scan.compared
        self._waiting, self._decided = list(scan.groups), []
        self.list.clear()
        self._fill(_PAGE)
        self._show_idle()
        self._select(0)

    def _not_found(self, error: CrmError) -> None:
        self._show_idle()
        if not isinstance(error, (Cancelled, Bug)):
            self._session.trouble.emit(str(error))

    def _fill(self, most: int) -> None:
        for group in self._waiting[:most]:
            self.list.addItem(_item(group))
        del self._waiting[:most]

    def _fill_more(self, value: int) -> None:
        if self._waiting and value >= self.list.verticalScrollBar().maximum() - _PAGE // 4:
            self._fill(_PAGE)

    def _tell(self) -> None:
        left = self.list.count() + len(self._waiting)
        groups = ngettext("{n} group", "{n} groups", left).format(n=left)
        compared = ngettext("{n} enterprise compared", "{n} enterprises compared", self._compared)
        self.state.setText(" · ".join((groups, compared.format(n=self._compared))) if self._compared else "")
        self.told.emit(groups)
        self.list.setFixedHeight(self._list_height())
        self.stack.setCurrentIndex(1 if left else 0)
        if not left:
            self.empty.say(
                _("No duplicates are left"),
                _("Same codes, names, phones and addresses were looked for in the whole book."),
            )

    def _list_height(self) -> int:
        """Return how high all groups are, as far as the page has room."""
        room = self.stack.height()
        rows = self.list.count() * max(self.list.sizeHintForRow(0), 1)
        return min(rows + 2 * self.list.frameWidth() + 2, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list as much of another height as it needs."""
        super().resizeEvent(event)
        self.list.setFixedHeight(self._list_height())

    def _select(self, row: int) -> None:
        if not self.list.count() and self._waiting:
            self._fill(_PAGE)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        if self.isVisible():
            self.list.setFocus()
        self._choose()

    def _current(self) -> Group | None:
        item = self.list.currentItem()
        group: Group | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return group

    def _choose(self) -> None:
        group = self._current()
        self._looked = None
        for button in self._buttons:
            button.setEnabled(group is not None)
        if group is None:
            self._latest.drop()
            self.side.clear()
            return
        book = self._session.book
        self._latest.read(lambda: duplicates.look(book, group), self._put, owner=self)

    def _put(self, looked: Looked | None) -> None:
        self._looked = looked
        if looked is None:
            self._decide()
        else:
            self.side.put(looked)

    def _decide(self) -> None:
        """Take the group that is shown off the list: it is decided, and comes back where that is undone."""
        row = self.list.currentRow()
        item = self.list.takeItem(row)
        if item is not None:
            self._decided.append(item.data(Qt.ItemDataRole.UserRole))
        self._tell()
        self._select(row)

    def merge(self) -> None:
        """Open the merge of the group."""
        if self._looked is not None:
            open_merge(self._session, self.window(), self._looked.group.members)

    def tell_apart(self) -> None:
        """Remember that those of the group are not one enterprise."""
        if self._looked is None:
            return
        pairs = [(pair.one, pair.other) for pair in self._looked.group.pairs]
        self._session.write("", lambda book, _progress: duplicates.tell_apart(book, pairs), owner=self)

    def decide_later(self) -> None:
        """Put the group behind all the others."""
        row = self.list.currentRow()
        item = self.list.takeItem(row)
        if item is not None:
            if self._waiting:
                self._waiting.append(item.data(Qt.ItemDataRole.UserRole))
            else:
                self.list.addItem(item)
            self._select(row)

    def refresh(self, changes: Changes) -> None:
        """Look at the shown group again, and at those that were decided: an undo brings them back."""
        if not changes.touches(*_TABLES) or not self._compared:
            return
        book, decided = self._session.book, tuple(self._decided)
        self._choose()
        if decided:
            self._session.read(
                lambda _book: [group for group in decided if duplicates.look(book, group) is not None],
                self._bring_back,
                owner=self,
            )

    def _bring_back(self, groups: list[Group]) -> None:
        for group in groups:
            if group in self._decided:
                self._decided.remove(group)
                self.list.insertItem(0, _item(group))
        if groups:
            self._tell()
            self._select(0)


def _item(group: Group) -> QListWidgetItem:
    item = QListWidgetItem("\n".join((_(" / ").join(group.titles), words.group(group))))
    item.setData(Qt.ItemDataRole.UserRole, group)
    item.setToolTip("\n".join(group.titles))
    return item
