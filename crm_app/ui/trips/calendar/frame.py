"""The days under the names of their weekdays; where not all weeks have room, those around the cursor are seen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.trips.calendar.canvas import Canvas


class DaysFrame(QFrame):
    """Scrolls to the day of the cursor when it goes to another one, and when there is another height."""

    def __init__(self, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._canvas = canvas
        self._sought: tuple[date, int] | None = None
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self._heads = QHBoxLayout()
        self._heads.setSpacing(0)
        for word in (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")):
            label = QLabel(word, self)
            label.setProperty("role", "muted")
            label.setIndent(theme.S)
            self._heads.addWidget(label, 1)
        inside.addLayout(self._heads)
        line = QFrame(self)
        line.setProperty("role", "line")
        inside.addWidget(line)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(canvas)
        self.area.verticalScrollBar().setSingleStep(theme.ROW)
        self.area.verticalScrollBar().rangeChanged.connect(self._leave_room)
        self._leave_room(0, 0)
        inside.addWidget(self.area, 1)
        canvas.laid_out.connect(self._seek)
        canvas.moved.connect(self._seek)

    def _leave_room(self, _least: int, most: int) -> None:
        """Have the weekdays stand over their days, beside the scroll bar where there is one."""
        # Asked for each time: what PySide once answered may be the bar of an area that is gone.
        bar = self.area.verticalScrollBar().sizeHint().width() if most else 0
        self._heads.setContentsMargins(0, theme.XS, bar, theme.XS)

    def _seek(self) -> None:
        """Bring the day of the cursor into view, unless somebody scrolled since it came there."""
        place = self._canvas.place_of(self._canvas.cursor_day)
        sought = (self._canvas.cursor_day, self._canvas.height())
        if place is not None and sought != self._sought:
            self._sought = sought
            self.area.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + 1)
