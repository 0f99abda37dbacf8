"""What stands between the stops of a day plan: the head of a day, the line where a dragged stop would come to lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.trips import Trip
from crm_app.domain.workdays import DayMark
from crm_app.i18n import _, ngettext
from crm_app.services.trips import PlanDay
from crm_app.ui import theme
from crm_app.ui.trips.plan_row import PlanRow


class DayHead(QFrame):
    """The head of a day, or of the tray (``on`` is None): which day, what it is in the calendar, how many stops."""

    def __init__(self, parent: QWidget, on: date | None) -> None:
        super().__init__(parent)
        self.on = on
        self.setProperty("role", "band")
        self._day = QLabel(self)
        self._day.setProperty("role", "strong")
        self._nth, self.mark, self._hint = (QLabel(self) for _part in range(3))
        for label in (self._nth, self._hint):
            label.setProperty("role", "muted")
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self._away = QLabel(self)
        self._away.setProperty("role", "error")
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for part in (self._day, self._nth, self.mark, self._hint):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S - 2, theme.M, theme.S - 2)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._away)

    def put_day(self, trip: Trip, day: PlanDay, stops: int) -> None:
        """Show a day of a trip with so many stops."""
        shown = days.show_with_weekday(day.on)
        if day.on == clock.today():
            shown = f"{shown}  {_('today')}"
        self._day.setText(shown)
        self._nth.setText(_("day {n}").format(n=(day.on - trip.start_on).days + 1))
        words, tone = mark_words(day.mark)
        self.mark.setText(words)
        self.mark.setProperty("role", tone)
        self.mark.style().polish(self.mark)
        self.mark.setVisible(bool(words))
        self._hint.setText(_("nothing planned; drag a stop here") if not stops else "")
        self._say(shown, stops)
        self._away.setText(" · ".join(day.away))
        self._away.setVisible(bool(day.away))

    def put_tray(self, stops: int) -> None:
        """Show the tray with so many stops."""
        self._day.setText(_("Not placed yet"))
        self._nth.setText(_("drag to a day, type its day, or Alt+PgDn"))
        for part in (self.mark, self._hint, self._away):
            part.hide()
        self._say(_("Not placed yet"), stops)

    def _say(self, called: str, stops: int) -> None:
        told = ngettext("{n} enterprise", "{n} enterprises", stops).format(n=stops) if stops else ""
        self.count.setText(told)
        self.setAccessibleName(f"{called} {told}".rstrip())


def mark_words(mark: DayMark) -> tuple[str, str]:
    """Return what a day is in the calendar, in words, and the role of its label; nothing for a plain one."""
    if mark.works:
        return (_("working day by exchange"), "muted") if mark.unusual else ("", "muted")
    if mark.named:
        return _("holiday: {name}").format(name=_(mark.holiday)), "error"
    return (_("free"), "error") if mark.unusual else (_("weekend"), "error")


@dataclass(frozen=True)
class Drop:
    """Where a dragged stop would come to lie: the day, the place among its other stops, and the line's height."""

    on: date | None
    at: int
    y: int


def drop_at(parts: Sequence[DayHead | PlanRow], dragged: PlanRow, y: int) -> Drop | None:
    """Return where a stop let go at a height would come to lie; None above the first head."""
    on: date | None = None
    at, line, known = 0, 0, False
    for part in parts:
        if isinstance(part, DayHead):
            if known and y < part.geometry().top():
                break
            on, at, known = part.on, 0, True
            line = part.geometry().bottom()
            continue
        if y < part.geometry().center().y():
            break
        line = part.geometry().bottom()
        at += part is not dragged
    return Drop(on, at, line) if known else None


class DragMarks:
    """What is seen while a stop is dragged: its picture under the pointer, and a line where it would come to lie."""

    def __init__(self, held: QWidget) -> None:
        self._held = held
        self.line = QFrame(held)
        self.line.setProperty("role", "mark")
        self.line.setFixedHeight(theme.px(3))
        self.line.hide()
        self.ghost = QLabel(held)
        self.ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ghost.hide()

    def show(self, picture: QPixmap, y: int, drop: Drop | None) -> None:
        """Show both at a height of the plan."""
        if self.ghost.isHidden():
            self.ghost.setPixmap(picture)
            self.ghost.adjustSize()
            self.ghost.show()
        self.ghost.move(theme.M, y - self.ghost.height() // 2)
        self.ghost.raise_()
        self.line.setVisible(drop is not None)
        if drop is not None:
            self.line.setGeometry(0, drop.y - 1, self._held.width(), 3)
            self.line.raise_()

    def hide(self) -> None:
        """Take both away."""
        self.ghost.hide()
        self.line.hide()
