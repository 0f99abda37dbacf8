"""The head figures of a window: each a button that shows its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import amounts
from crm_app.domain.figures import Figures
from crm_app.domain.overview import Comparison
from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.figures.section import NO_THEN, Measure, Rows, difference, money, plain
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.parts import label
from crm_app.ui.windows_of_days import words_of

_CARDS = 5
_LEAST_BESIDE = 205
"""What a card needs, in pixels, to have something beside its figure; in less it stands below."""


@dataclass(frozen=True)
class Head:
    """A head figure: its name, the figure, how it compares, what else is said of it, and its rows."""

    name: str
    value: str
    compared: str
    beside: str
    rows: Rows


def heads(found: Comparison, *, last_year: bool) -> list[Head]:
    """Return the head figures of a window; ``last_year``: they are compared with the same window a year before."""
    now = found.now.figures
    count, amount = Measure(""), Measure("", money)

    def compared(measure: Measure, value: Callable[[Figures], int], *, work: bool = False) -> str:
        if found.then is None:
            return ""
        if not (found.then.work_known if work else found.then.signings_known):
            return _("no figures of last year") if last_year else _(NO_THEN)
        gap, rate = difference(measure, value(now), value(found.then.figures))
        words = _("{rate} on last year") if last_year else _("{rate} on {window}")
        return words.format(rate=rate or gap, window=words_of(found.then.window))

    def at_least(yi: int) -> Callable[[Figures], int]:
        return lambda one: sum(band.tally.count for band in one.bands.value if band.at_least == yi * amounts.YI)

    large = {band.at_least: band.tally for band in now.bands.value}
    ten, fifty = large.get(10 * amounts.YI), large.get(50 * amounts.YI)
    signed, visits, trips = now.signed, now.visits, now.trips
    figures = [
        Head(
            _("Projects signed"),
            str(signed.value.count),
            compared(count, lambda one: one.signed.value.count),
            "",
            signed.rows,
        ),
        Head(
            _("Amount signed"),
            money(signed.value.yuan),
            compared(amount, lambda one: one.signed.value.yuan),
            "",
            signed.rows,
        ),
    ]
    if ten is not None:
        beside = _("5 bn and above: {n}").format(n=fifty.count) if fifty else ""
        figures.append(Head(_("1 billion and above"), str(ten.count), compared(count, at_least(10)), beside, ten.rows))
    figures += [
        Head(
            _("Enterprises visited"),
            str(visits.value.enterprises),
            compared(count, lambda one: one.visits.value.enterprises, work=True),
            _("{n} visits").format(n=visits.value.visits),
            visits.rows,
        ),
        Head(
            _("Trips"),
            str(trips.value.count),
            compared(count, lambda one: one.trips.value.count, work=True),
            _("{n} person-days").format(n=plain(trips.value.person_days)),
            trips.rows,
        ),
    ]
    return figures


class Cards(QWidget):
    """The head figures in one row; empty cards until the first ones are known."""

    rows_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.M)
        self._stacked = False
        self.put([Head(" ", " ", "", " ", ()) for _card in range(_CARDS)])

    def put(self, found: list[Head]) -> None:
        """Show other figures."""
        self._found, self._stacked = found, self._is_tight
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # Cards that go later would stand among the new ones until then.
                widget.hide()
                widget.deleteLater()
        for head in found:
            self._row.addWidget(self._card(head), 1)

    @property
    def _is_tight(self) -> bool:
        return self.width() < _CARDS * theme.px(_LEAST_BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew where there is room beside a figure, or no longer."""
        super().resizeEvent(event)
        if self._stacked != self._is_tight:
            self.put(self._found)

    def _card(self, head: Head) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        # The frame of a link's focus stands outside the line that figures begin on.
        inset = theme.link_inset() if self._stacked else 0
        layout.setContentsMargins(theme.M - inset, theme.S, theme.M, theme.S)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(inset, 0, 0, 0)
        top.setSpacing(theme.S)
        name = label(head.name, "muted", card)
        top.addWidget(name)
        top.addStretch(1)
        layout.addLayout(top)
        value = label(head.value, "display", card)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        if self._stacked:
            layout.addWidget(value)
            value.setContentsMargins(inset, 0, 0, 0)
            name.setToolTip(head.beside)
        else:
            top.addWidget(_label(head.beside, "muted", card))
            foot.addWidget(value)
        if head.rows or head.compared:
            link = QPushButton(head.compared or _("rows"), card)
            link.setProperty("role", "link")
            link.setAccessibleName(f"{head.name} {head.value}")
            link.setToolTip(_("Show the rows"))
            link.clicked.connect(lambda _checked=False: self.rows_wanted.emit(head.name))
            foot.addWidget(link)
        foot.addStretch(1)
        layout.addLayout(foot)
        return card


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    return Elided(text, role, parent)
