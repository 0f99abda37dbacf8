"""The list of next steps: headings and steps in one list, so that the arrow keys walk through all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services.tasks import Agenda, Due
from crm_app.ui import theme

_Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING, _STEP = 36, 44


@dataclass(frozen=True)
class Heading:
    """The head of a group of steps."""

    title: str
    count: int
    overdue: bool = False


Line = Heading | Due


class AgendaLines(QAbstractListModel):
    """Headings and steps in order; a heading cannot be selected."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def put(self, agenda: Agenda) -> None:
        """Show another agenda."""
        groups = (
            (Heading(_("Overdue"), len(agenda.overdue), overdue=True), agenda.overdue),
            (Heading(_("Due today"), len(agenda.today)), agenda.today),
            (Heading(_("Next seven days"), len(agenda.week)), agenda.week),
        )
        self.beginResetModel()
        self._lines = []
        for heading, rows in groups:
            if rows:
                self._lines += [heading, *rows]
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return one line."""
        return self._lines[row]

    def first_step(self, at_least: int = 0) -> int:
        """Return the row of the first step from ``at_least`` on, else of the last one; -1 where there is none."""
        steps = [row for row, line in enumerate(self._lines) if isinstance(line, Due)]
        return next((row for row in steps if row >= at_least), steps[-1] if steps else -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let steps be selected, headings not."""
        if isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer the painter with the line, a screen reader with its text."""
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.title} {line.count}" if isinstance(line, Heading) else f"{line.task.what} {about(line)}"
        return None


def about(due: Due) -> str:
    """Return whose step it is: the project, else the enterprise."""
    if due.project is not None:
        return due.project.name
    return due.enterprise.name if due.enterprise is not None else ""


class AgendaPainter(QStyledItemDelegate):
    """Paints a step on two quiet columns: what and about whom on the left, owner and day on the right."""

    def __init__(self, parent: QObject, today: date) -> None:
        super().__init__(parent)
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the row's height; a heading has air above it."""
        return theme.size(200, _HEADING if isinstance(index.data(ROW_ROLE), Heading) else _STEP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        if isinstance(line, Heading):
            self._heading(painter, rect, line)
        else:
            self._step(painter, option, rect, line)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        colours = theme.colours()
        font = QFont(painter.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.overdue if heading.overdue else colours.text))
        inner = rect.adjusted(theme.M, theme.S, -theme.M, 0)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, side, heading.title)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(heading.title) + theme.S)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(colours.muted))
        painter.drawText(inner, side, str(heading.count))

    def _step(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, due: Due) -> None:
        colours = theme.colours()
        state: Any = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        late = due.task.due < self._today
        quiet = QColor(colours.on_soft if chosen else colours.muted)
        inner = rect.adjusted(theme.M, theme.XS, -theme.M, -theme.XS)
        day_width = self._day(painter, inner, due, QColor(colours.overdue) if late else quiet)
        left = inner.adjusted(0, 0, -day_width - theme.L, 0)
        upper, lower = QRect(left), QRect(left)
        upper.setBottom(left.center().y())
        lower.setTop(left.center().y() + 1)
        painter.setPen(QColor(colours.on_soft if chosen else colours.text))
        self._put(painter, upper, due.task.what)
        small = QFont(painter.font())
        small.setPixelSize(theme.SMALL)
        painter.setFont(small)
        painter.setPen(quiet)
        self._put(painter, lower, about(due))

    def _day(self, painter: QPainter, rect: QRect, due: Due, pen: QColor) -> int:
        words = f"{days.relative(due.task.due, self._today)}  {days.show_with_weekday(due.task.due)}"
        upper, lower = QRect(rect), QRect(rect)
        upper.setBottom(rect.center().y())
        lower.setTop(rect.center().y() + 1)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(pen)
        painter.drawText(upper, side, words)
        width = painter.fontMetrics().horizontalAdvance(words)
        if due.owner is not None:
            small = QFont(painter.font())
            small.setPixelSize(theme.SMALL)
            body = painter.font()
            painter.setFont(small)
            painter.setPen(QColor(theme.colours().muted))
            painter.drawText(lower, side, due.owner.name)
            painter.setFont(body)
        return width

    @staticmethod
    def _put(painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
