"""The head figures of a window: each a button that shows its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.counting import Growth
from crm_app.domain.figures import Figures
from crm_app.i18n import _
from crm_app.ui import theme


@dataclass(frozen=True)
class Head:
    """A head figure: its name, the figure, a quiet line under it, and its rows."""

    name: str
    value: str
    beside: str
    rows: tuple[UUID, ...]


def heads(figures: Figures) -> list[Head]:
    """Return the head figures of a window."""
    signed, visits, trips = figures.signed, figures.visits, figures.trips
    large = {band.at_least: band.tally for band in figures.bands.value}
    ten, fifty = large.get(10 * amounts.YI), large.get(50 * amounts.YI)
    found = [
        Head(_("Projects signed"), str(signed.value.count), _year_on_year(figures, amount=False), signed.rows),
        Head(_("Amount signed"), amounts.show_yi(signed.value.yuan), _year_on_year(figures, amount=True), signed.rows),
    ]
    if ten is not None:
        beside = _("of them {n} of 5 billion and above").format(n=fifty.count) if fifty else ""
        found.append(Head(_("1 billion and above"), str(ten.count), beside, ten.rows))
    found += [
        Head(
            _("Enterprises visited"),
            str(visits.value.enterprises),
            _("{n} visits").format(n=visits.value.visits),
            visits.rows,
        ),
        Head(
            _("Trips"),
            str(trips.value.count),
            _("{n} person-days").format(n=whole(trips.value.person_days)),
            trips.rows,
        ),
    ]
    return found


def _year_on_year(figures: Figures, *, amount: bool) -> str:
    compared = figures.year_on_year.value
    if compared is None:
        return _("no figures of last year")
    growth: Growth = compared.yuan if amount else compared.count
    if growth.rate is None:
        return ""
    return _("{rate} on last year").format(rate=_signed(growth.rate))


def whole(number: Decimal) -> str:
    """Return a number without a fraction that is nothing: 330, 12.5."""
    return f"{number.normalize():f}"


def _signed(rate: Decimal) -> str:
    return f"{rate * 100:+.1f}%"


class Cards(QWidget):
    """The head figures in one row."""

    rows_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.M)

    def put(self, found: list[Head]) -> None:
        """Show other figures."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for head in found:
            self._row.addWidget(self._card(head), 1)

    def _card(self, head: Head) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(2)
        name = QLabel(head.name, card)
        name.setProperty("role", "muted")
        value = QLabel(head.value, card)
        value.setProperty("role", "display")
        beside = QPushButton(head.beside or _("rows"), card)
        beside.setProperty("role", "link")
        beside.setAccessibleName(f"{head.name} {head.value}")
        show: Callable[[], None] = lambda: self.rows_wanted.emit(head.name, head.rows)  # noqa: E731
        beside.clicked.connect(lambda _checked=False: show())
        for widget in (name, value):
            layout.addWidget(widget)
        foot = QHBoxLayout()
        # A link keeps room for its focus frame; its words stand in line with the figure all the same.
        foot.setContentsMargins(-theme.XS, 0, 0, 0)
        foot.addWidget(beside)
        foot.addStretch(1)
        layout.addLayout(foot)
        return card
