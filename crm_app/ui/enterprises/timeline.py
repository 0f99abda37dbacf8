"""The timeline of an enterprise: everything that happened, newest first, narrowed by tabs; files as tiles."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services.enterprises import TimelineEntry
from crm_app.ui import actions, theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.thumbnails import Thumbnails
from crm_app.ui.enterprises.entry_painter import EntryPainter
from crm_app.ui.enterprises.events import LINE, TAB_LABELS, Tab, TimelineLines
from crm_app.ui.widgets.empty import EmptyState

_TABS = tuple(Tab)
_LED_TO = ("visit", "reception", "stage", "lead", "paper")
"""Entries that have a page of their own."""


class _List(QListView):
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class Timeline(QWidget):
    """The tabs and the list. ``opened`` carries an entry with a page of its own, ``file_wanted`` one of its files."""

    opened = Signal(object)
    file_wanted = Signal(object)
    note_wanted = Signal()
    """Nothing happened yet: a follow-up is to be logged."""

    def __init__(
        self,
        thumbnails: Thumbnails,
        files: AttachmentsCard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # In a low window it gives way to what stands above and below, and scrolls.
        self.setMinimumHeight(3 * theme.ROW)
        self.files = files
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(_("Narrow the timeline"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for tab in _TABS:
            self.tabs.addTab(_(TAB_LABELS[tab]))
        self.tabs.currentChanged.connect(self._narrow)
        self.lines = TimelineLines(self)
        self.list = _List(self)
        self.list.setModel(self.lines)
        self.painter = EntryPainter(self.list, thumbnails)
        self.list.setItemDelegate(self.painter)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Timeline"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(lambda _index: self._open())
        self.list.viewport().installEventFilter(self)
        thumbnails.come.connect(self.list.viewport().update)
        self._thumbnails = thumbnails
        actions.make("open", self.list, self._open)
        actions.make("unfold", self.list, self.unfold)
        empty = EmptyState(
            _("Nothing happened yet"),
            _("Visits, follow-ups, progress, papers, photos and changes gather here by themselves."),
            icon="note",
            step=_("Log a follow-up"),
            run=self.note_wanted.emit,
            action="note",
            parent=self,
        )
        self._none = EmptyState(_("Nothing of this kind yet"), icon="filter", parent=self)
        self._stack = QStackedLayout()
        for part in (self.list, empty, self._none, files):
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.tabs, 1)
        self.attach = QPushButton(_("Attach…"), self)
        self.attach.setProperty("role", "link")
        self.attach.setAccessibleName(_("Attach…"))
        self.attach.clicked.connect(lambda _checked=False: files.choose())
        theme.put_icon(self.attach, "paperclip", "accent")
        self.attach.setToolTip(f"{actions.spec('attach').title}  {actions.spec('attach').shown_keys}")
        head.addWidget(self.attach)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    def head_width(self) -> int:
        """Return how wide the tabs and the button beside them are at least."""
        return self.tabs.sizeHint().width() + theme.S + theme.CONTROL

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the button beside the tabs as its icon alone where words would cut them off."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        words = self.attach.fontMetrics().horizontalAdvance(self.attach.accessibleName())
        fits = self.head_width() + words + theme.S <= self.width()
        self.attach.setText(self.attach.accessibleName() if fits else "")
        theme.fit_icon(self.attach)

    def put(self, entries: Sequence[TimelineEntry]) -> None:
        """Show other entries, keeping the tab and the place."""
        row = self.list.currentIndex().row()
        self.painter.forget()
        self.lines.put(entries)
        for number, tab in enumerate(_TABS):
            count = self._count(tab)
            words = _(TAB_LABELS[tab])
            self.tabs.setTabText(number, f"{words} {count}" if count and tab is not Tab.ALL else words)
        # The counts made the tabs wider.
        self._fit_head()
        self._thumbnails.want([file for entry in entries for file in entry.files])
        self._show(max(row, 1))

    def _count(self, tab: Tab) -> int:
        if tab is Tab.FILES:
            return sum(len(entry.files) for entry in self.lines.entries())
        return self.lines.count(tab)

    def _narrow(self, number: int) -> None:
        self.lines.narrow(_TABS[number])
        self._show(1)

    def _show(self, row: int) -> None:
        if _TABS[self.tabs.currentIndex()] is Tab.FILES:
            self._stack.setCurrentWidget(self.files)
            return
        self.lines.give(row + 1)
        rows = self.lines.rowCount()
        if rows:
            self._stack.setCurrentIndex(0)
            row = min(row, rows - 1)
            row = row if isinstance(self.lines.line(row), TimelineEntry) else row + 1
            self.list.setCurrentIndex(self.lines.index(row))
        else:
            self._stack.setCurrentIndex(2 if self.lines.count(Tab.ALL) else 1)

    def current(self) -> TimelineEntry | None:
        """Return the entry under the cursor."""
        index = self.list.currentIndex()
        line = self.lines.line(index.row()) if index.isValid() else None
        return line if isinstance(line, TimelineEntry) else None

    def choose(self, record: UUID) -> None:
        """Put the cursor on the entry of a record, where it is one."""
        row = self.lines.row_of(record)
        if row is not None:
            self.lines.give(row)
            self.list.setCurrentIndex(self.lines.index(row))

    def entry_at(self, spot: QPoint) -> tuple[TimelineEntry | None, QRect | None]:
        """Return the entry at a spot of the list, and where its line stands."""
        index = self.list.indexAt(spot)
        entry = index.data(LINE) if index.isValid() and self.list.isVisible() else None
        return (entry, self.list.visualRect(index)) if isinstance(entry, TimelineEntry) else (None, None)

    def _open(self) -> None:
        """Go where the entry has a page of its own, show its first file, else all of what it says, or less again."""
        entry = self.current()
        if entry is None:
            return
        if entry.kind in _LED_TO:
            self.opened.emit(entry)
        elif entry.kind == "attachment":
            self.file_wanted.emit(entry.files[0])
        else:
            self.unfold()

    def unfold(self) -> None:
        """Show all of what an entry says, or less again."""
        entry = self.current()
        if entry is not None and self.painter.is_cut(entry):
            self.painter.opened ^= {entry}
            self.list.scheduleDelayedItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the file whose picture is clicked."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            spot = event.position().toPoint()
            entry, place = self.entry_at(spot)
            if entry is not None and place is not None and entry.files:
                file = self.painter.file_at(place, entry, spot)
                if file is not None:
                    self.file_wanted.emit(file)
        return super().eventFilter(watched, event)
