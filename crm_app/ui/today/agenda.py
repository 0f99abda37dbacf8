"""The list of Today: headings, next steps and stalled projects in one list, so that the arrow keys walk all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _, ngettext
from crm_app.services.projects import ProjectRow
from crm_app.services.tasks import Due
from crm_app.ui.today.reading import Shown

_Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
STEP = 44
"""The height of a step, in pixels."""


@dataclass(frozen=True)
class Heading:
    """The head of a group; without a count it is a sentence."""

    title: str
    count: int | None = None
    overdue: bool = False


Line = Heading | Due | ProjectRow
Key = tuple[UUID, date | None]


class AgendaLines(QAbstractListModel):
    """Headings and what stands under them, in order; a heading cannot be selected."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def put(self, shown: Shown) -> None:
        """Show something else."""
        missed, agenda = shown.missed, shown.agenda
        late = [*agenda.overdue, *agenda.today]
        overdue, today, week = agenda.more
        groups = [
            _group(_("Missed while the laptop was off"), [due for due in late if due.id in missed], True),
            _group(_("Overdue"), [due for due in agenda.overdue if due.id not in missed], True, more=overdue),
            _group(_("Due today"), [due for due in agenda.today if due.id not in missed], more=today),
            _group(_("Next seven days"), agenda.week, more=week),
            _group(_("Stalled for over 30 days"), shown.stalled),
        ]
        self.beginResetModel()
        self._lines = []
        if shown.stalled and not (late or agenda.week):
            self._lines.append(Heading(_("Nothing is due in the next seven days.")))
        for heading, rows, more in groups:
            if rows:
                self._lines += [heading, *rows]
            if more:
                words = ngettext(
                    "{n} more is under “All next steps” or on its enterprise's page.",
                    "{n} more are under “All next steps” or on the pages of their enterprises.",
                    more,
                )
                self._lines.append(Heading(words.format(n=more)))
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return one line."""
        return self._lines[row]

    def first_step(self, at_least: int = 0) -> int:
        """Return the row of the first line to answer from ``at_least`` on, else of the last one; -1 without any."""
        steps = [row for row, line in enumerate(self._lines) if not isinstance(line, Heading)]
        return next((row for row in steps if row >= at_least), steps[-1] if steps else -1)

    def row_of(self, task: UUID) -> int:
        """Return the row of a next step; -1 where it is not here."""
        return next((n for n, line in enumerate(self._lines) if isinstance(line, Due) and line.id == task), -1)

    def keys(self) -> list[Key | None]:
        """Return what each line is known by when the list is read anew; None for a heading."""
        return [key_of(line) for line in self._lines]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let all but headings be selected."""
        if isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer the painter with the line, a screen reader with its text, the mouse with all of it."""
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(line, Heading):
            return "\n".join(filter(None, (name(line), about(line), whose(line))))
        return None


def _group(
    title: str, rows: Sequence[Line], overdue: bool = False, *, more: int = 0
) -> tuple[Heading, Sequence[Line], int]:
    return Heading(title, len(rows) + more, overdue), rows, more


def key_of(line: Line) -> Key | None:
    """Return what a line is known by: a step that was put on another day is another one."""
    if isinstance(line, Heading):
        return None
    return (line.id, line.due) if isinstance(line, Due) else (line.project.id, None)


def name(line: Due | ProjectRow) -> str:
    """Return what is to be done, or the project that stalls."""
    return line.what if isinstance(line, Due) else line.project.name


def mark_of(line: Due | ProjectRow) -> str:
    """Return the word that tells a promise and what is asked from a next step; empty for any other line."""
    return line.mark if isinstance(line, Due) else ""


def whose(line: Due | ProjectRow) -> str:
    """Return who sees to it: the owner, of a promise the department."""
    if isinstance(line, Due):
        return line.whose
    return line.owner.name if line.owner is not None else ""


def about(line: Due | ProjectRow) -> str:
    """Return whose step it is: the project, else the enterprise; of a project its first investor."""
    if isinstance(line, ProjectRow):
        return line.enterprises[0].name if line.enterprises else ""
    if line.project is not None:
        return line.project.name
    return line.enterprise.name if line.enterprise is not None else ""


def when(line: Due | ProjectRow, *, whole: bool = True) -> str:
    """Return the day as it stands at the right: 逾2天 7月10日 周一, 今天 14:30, for how long a project stands still.

    Not ``whole``: how far off it is, without the day of the month.
    """
    if isinstance(line, ProjectRow):
        return ngettext("{n} day", "{n} days", line.stalled_days or 0).format(n=line.stalled_days)
    today = clock.today()
    parts = [days.relative(line.due, today)]
    if whole and line.due != today:
        parts.append(days.show_near_with_weekday(line.due, today))
    if line.at is not None:
        parts.append(f"{line.at:%H:%M}")
    return "  ".join(parts)


def spoken(line: Line) -> str:
    """Return a line as a screen reader says it."""
    if isinstance(line, Heading):
        return line.title if line.count is None else f"{line.title} {line.count}"
    return " ".join(filter(None, (mark_of(line), name(line), about(line), when(line))))
