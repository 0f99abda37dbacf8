"""The entries of a timeline as lines of a list: a heading for each month, edits of one day gathered into one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_app.domain import days
from crm_app.i18n import N_, _
from crm_app.services.enterprises import TimelineEntry

_Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1


class Tab(StrEnum):
    """What the timeline is narrowed to."""

    ALL = "all"
    VISITS = "visits"
    FOLLOW_UPS = "follow_ups"
    PROGRESS = "progress"
    PAPERS = "papers"
    FILES = "files"
    CHANGES = "changes"


TAB_LABELS = {
    Tab.ALL: N_("All"),
    Tab.VISITS: N_("Meetings"),
    Tab.FOLLOW_UPS: N_("Follow-ups"),
    Tab.PROGRESS: N_("Progress"),
    Tab.PAPERS: N_("Papers"),
    Tab.FILES: N_("Files"),
    Tab.CHANGES: N_("Changes"),
}
_TAB_OF = {
    "visit": Tab.VISITS,
    "reception": Tab.VISITS,
    "follow_up": Tab.FOLLOW_UPS,
    "stage": Tab.PROGRESS,
    "lead": Tab.PROGRESS,
    "paper": Tab.PAPERS,
    "attachment": Tab.FILES,
    "edit": Tab.CHANGES,
}


@dataclass(frozen=True)
class Month:
    """The head of a month's entries."""

    title: str


Line = Month | TimelineEntry


def gathered(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return the entries in their order, the changes of one day under one label joined line by line."""
    found: list[TimelineEntry] = []
    place: dict[object, int] = {}
    for entry in entries:
        key = (entry.on, entry.title, entry.id)
        if entry.kind == "edit" and key in place:
            before = found[place[key]]
            found[place[key]] = replace(before, text=f"{before.text}\n{entry.text}")
            continue
        if entry.kind == "edit":
            place[key] = len(found)
        found.append(entry)
    return found


_AT_ONCE = 40
"""Lines a list is given at once: about three screens of them."""


class TimelineLines(QAbstractListModel):
    """The lines of one tab; months cannot be selected.

    The list lays out every line it has, so of the thousands of a busy enterprise it is given more as it is scrolled.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[TimelineEntry] = []
        self._lines: list[Line] = []
        self._given = 0
        self._tab = Tab.ALL

    def put(self, entries: Iterable[TimelineEntry]) -> None:
        """Show other entries, newest first."""
        self._entries = gathered(entries)
        self._arrange()

    def narrow(self, tab: Tab) -> None:
        """Show the entries of one tab."""
        self._tab = tab
        self._arrange()

    def entries(self) -> list[TimelineEntry]:
        """Return the entries of every tab."""
        return list(self._entries)

    def count(self, tab: Tab) -> int:
        """Return how many entries a tab holds."""
        return sum(_belongs(entry, tab) for entry in self._entries)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._lines = []
        month = ""
        for entry in self._entries:
            if not _belongs(entry, self._tab):
                continue
            title = days.show_day(days.month_of(entry.on.year, entry.on.month))
            if title != month:
                month = title
                self._lines.append(Month(title))
            self._lines.append(entry)
        self._given = min(len(self._lines), _AT_ONCE)
        self.endResetModel()

    def canFetchMore(self, parent: _Index) -> bool:
        """Say whether there are lines the list was not given yet."""
        return not parent.isValid() and self._given < len(self._lines)

    def fetchMore(self, parent: _Index) -> None:
        """Give the list some more lines."""
        self.give(self._given + _AT_ONCE - 1)

    def give(self, row: int) -> None:
        """Give the list the lines down to a row at least, or all there are."""
        until = min(len(self._lines), row + 1)
        if until > self._given:
            self.beginInsertRows(QModelIndex(), self._given, until - 1)
            self._given = until
            self.endInsertRows()

    def row_of(self, record: UUID) -> int | None:
        """Return the row of the entry of a record, given or not; None where the tab has none."""
        return next((n for n, line in enumerate(self._lines) if getattr(line, "id", None) == record), None)

    def line(self, row: int) -> Line:
        """Return one line."""
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of lines the list was given."""
        return 0 if parent.isValid() else self._given

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let entries be selected, months not."""
        if isinstance(self._lines[index.row()], Month):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer the painter with the line, a screen reader with its words."""
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(line, Month):
                return line.title
            files = _(", ").join(one.name for one in line.files)
            return " ".join(part for part in (days.show_day(line.when), line.title, line.text, files) if part)
        return None


def _belongs(entry: TimelineEntry, tab: Tab) -> bool:
    return tab in (Tab.ALL, _TAB_OF.get(entry.kind, Tab.CHANGES)) or (tab is Tab.FILES and bool(entry.files))
