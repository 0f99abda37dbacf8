"""The head figures of a window: each a button that shows its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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
"""What a card needs, in pixels, to say all it has to; in less it says the most of it."""


@dataclass(frozen=True)
class Head:
    """A head figure: its name, the figure, how it compares, what else is said of it, and its rows.

    ``rate`` is how it compares in one word.
    """

    name: str
    value: str
    compared: str
    beside: str
    rows: Rows
    rate: str = ""


def heads(found: Comparison, *, last_year: bool) -> list[Head]:
    """Return the head figures of a window; ``last_year``: they are compared with the same window a year before."""
    now = found.now.figures
    count, amount = Measure(""), Measure("", money)

    def head(
        name: str,
        shown: str,
        rows: Rows,
        measure: Measure,
        value: Callable[[Figures], int],
        *,
        beside: str = "",
        work: bool = False,
    ) -> Head:
        if found.then is None:
            return Head(name, shown, "", beside, rows)
        if not (found.then.work_known if work else found.then.signings_known):
            return Head(name, shown, _("no figures of last year") if last_year else _(NO_THEN), beside, rows)
        gap, rate = difference(measure, value(now), value(found.then.figures))
        words = _("{rate} on last year") if last_year else _("{rate} on {window}")
        compared = words.format(rate=rate or gap, window=words_of(found.then.window))
        return Head(name, shown, compared, beside, rows, rate or gap)

    def at_least(yi: int) -> Callable[[Figures], int]:
        return lambda one: sum(band.tally.count for band in one.bands.value if band.at_least == yi * amounts.YI)

    large = {band.at_least: band.tally for band in now.bands.value}
    ten, fifty = large.get(10 * amounts.YI), large.get(50 * amounts.YI)
    signed, visits, trips = now.signed, now.visits, now.trips
    signed_rows, work = signed.rows, partial(head, work=True)
    figures = [
        head(_("Projects signed"), str(signed.value.count), signed_rows, count, lambda one: one.signed.value.count),
        head(_("Amount signed"), money(signed.value.yuan), signed_rows, amount, lambda one: one.signed.value.yuan),
    ]
    if ten is not None:
        beside = _("5 bn+: {n}").format(n=fifty.count) if fifty else ""
        figures.append(head(_("1 bn and above"), str(ten.count), ten.rows, count, at_least(10), beside=beside))
    figures += [
        work(
            _("Enterprises visited"),
            str(visits.value.enterprises),
            visits.rows,
            count,
            lambda one: one.visits.value.enterprises,
            beside=_("visits: {n}").format(n=visits.value.visits),
        ),
        work(
            _("Trips"),
            str(trips.value.count),
            trips.rows,
            count,
            lambda one: one.trips.value.count,
            beside=_("{n} person-days").format(n=plain(trips.value.person_days)),
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
        self._tight = False
        self.put([Head(" ", " ", "", " ", ()) for _card in range(_CARDS)])

    def put(self, found: list[Head]) -> None:
        """Show other figures."""
        self._found, self._tight = found, self._is_tight
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
        if self._tight != self._is_tight:
            self.put(self._found)

    def _card(self, head: Head) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        name = label(head.name, "muted", card)
        top.addWidget(name)
        top.addStretch(1)
        layout.addLayout(top)
        foot = QHBoxLayout()
        foot.setSpacing(theme.XS)
        foot.addWidget(label(head.value, "title" if self._tight else "display", card))
        if self._tight:
            name.setToolTip(head.beside)
        else:
            top.addWidget(Elided(head.beside, "muted", card))
        if head.rows or head.compared:
            link = QPushButton((head.rate if self._tight else "") or head.compared or _("rows"), card)
            link.setProperty("role", "link")
            link.setAccessibleName(f"{head.name} {head.value}")
            link.setToolTip("\n".join(word for word in (head.compared, _("Show the rows")) if word))
            link.clicked.connect(lambda _checked=False: self.rows_wanted.emit(head.name))
            foot.addWidget(link)
        foot.addStretch(1)
        layout.addLayout(foot)
        return card
