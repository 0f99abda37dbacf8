"""The board of the day plan: heads of days and rows of stops under one another, with complaints above them."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_app.services.trips import TripPage
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.trips.plan_days import DayHead
from crm_app.ui.trips.plan_row import PlanRow
from crm_app.ui.widgets.parts import trouble


class PlanBoard(QWidget):
    """What stands on the board is shown by whoever derives from it, and moved and written by others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page: TripPage | None = None
        self._rows: dict[UUID, PlanRow] = {}
        self._autosave: Autosave | None = None
        self.error = trouble(self)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._held = QFrame()
        self._held.setProperty("role", "card")
        self._lines = QVBoxLayout(self._held)
        self._lines.setContentsMargins(1, 1, 1, theme.S)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._held)

    @property
    def page(self) -> TripPage | None:
        """The trip that is shown."""
        return self._page

    def touch(self) -> None:
        """Keep what is typed."""
        if self._autosave is not None:
            self._autosave.touch()

    def parts(self) -> list[DayHead | PlanRow]:
        """Return the heads and the rows from top to bottom."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found: list[DayHead | PlanRow] = [
            *self._held.findChildren(DayHead, options=direct),
            *self._held.findChildren(PlanRow, options=direct),
        ]
        placed = sorted((self._lines.indexOf(part), number) for number, part in enumerate(found))
        return [found[number] for place, number in placed if place >= 0]

    def rows(self) -> list[PlanRow]:
        """Return the rows from top to bottom."""
        return [part for part in self.parts() if isinstance(part, PlanRow)]

    def row_of(self, plan_id: UUID) -> PlanRow | None:
        """Return the row of a plan; None where it is gone."""
        return self._rows.get(plan_id)

    def show_row(self, plan_id: UUID) -> None:
        """Let a row be seen."""
        row = self._rows.get(plan_id)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, theme.XL)

    def complain(self, sentence: str) -> None:
        """Say above the plan what could not be done; an empty sentence takes it back."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
