"""The left of the import: every file with its sheets, what each holds, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_app.i18n import N_, _, ngettext
from crm_app.ui import theme
from crm_app.ui.imports.shown import Tab
from crm_app.ui.imports.sources import Desk, Source, State
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.widgets.parts import button

WIDTH, _NARROW = 216, 148
_STATE_WORDS = {
    State.READING: N_("being looked through…"),
    State.REFUSED: N_("cannot be imported"),
    State.WRITING: N_("being written…"),
    State.DONE: N_("imported"),
}
_LINES = 46


class SourceList(QWidget):
    """↑↓ walk the sheets, Delete takes a file off the list; nothing happens to the file."""

    chosen = Signal(object, int)
    """A Source and the number of its sheet (-1: it has none to show)."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFixedWidth(theme.px(WIDTH))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Files and sheets"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _before: self._tell(item))
        self.add = button(_("Add files…"), lambda: None, self)
        self.paste = button(_("Paste"), lambda: None, self)
        self.remove = button(_("Take off the list"), self._remove, self, "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.list, 1)
        for one in (self.add, self.paste, self.remove):
            layout.addWidget(one)

    def set_narrow(self, narrow: bool) -> None:
        """Leave room for what stands beside it."""
        self.setFixedWidth(theme.px(_NARROW if narrow else WIDTH))

    @property
    def here(self) -> tuple[Source, int] | None:
        """The source and the sheet under the cursor."""
        item = self.list.currentItem()
        held: tuple[Source, int] | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        return held

    def show_all(self) -> None:
        """Show the sources as they are now, the cursor where it was."""
        source, sheet = self.here or (None, 0)
        self.list.blockSignals(True)
        self.list.clear()
        at = 0
        for one in self._desk.sources:
            for number in range(max(1, len(one.shown.plan.sheets) if one.shown else 1)):
                if one is source and number <= max(0, sheet):
                    at = self.list.count()
                self.list.addItem(_item(one, number if one.shown else -1))
        self.list.blockSignals(False)
        self.remove.setVisible(bool(self._desk.sources))
        self.list.setCurrentRow(at)
        self._tell(self.list.currentItem())

    def go_to(self, source: Source) -> None:
        """Put the cursor on the first sheet of a source."""
        held = (self.list.item(row).data(Qt.ItemDataRole.UserRole)[0] for row in range(self.list.count()))
        self.list.setCurrentRow(next(row for row, one in enumerate(held) if one is source))

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(*item.data(Qt.ItemDataRole.UserRole))

    def _remove(self) -> None:
        if self.here is not None:
            self._desk.remove(self.here[0])


def _item(source: Source, sheet: int) -> QListWidgetItem:
    shown = source.shown
    name, words = source.path.name, _(_STATE_WORDS[source.state]) if source.state in _STATE_WORDS else ""
    if shown is not None and sheet >= 0:
        plan = shown.plan.sheets[sheet]
        if plan.name and len(shown.plan.sheets) > 1:
            name = f"{source.path.stem} › {plan.name}"
        n = shown.counts[sheet, Tab.ALL]
        rows = ngettext("{n} row", "{n} rows", n).format(n=n)
        if plan.near and not words:
            words = _("asks what it holds")
        if plan.day_questions and not words:
            words = _("asks about days")
        words = " · ".join((_(KIND_WORDS[plan.kind]), words or rows))
    item = QListWidgetItem(f"{name}\n{words}")
    item.setToolTip(str(source.path) if source.content is None else source.path.name)
    item.setSizeHint(theme.size(0, _LINES))
    item.setData(Qt.ItemDataRole.UserRole, (source, sheet))
    return item
