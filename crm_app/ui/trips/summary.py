"""The trip at a glance (概要): its facts, how far it got, what its report still lacks, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.trips import TRIP_KIND_LABELS, TripKind
from crm_app.i18n import _, ngettext
from crm_app.services.trips import TripPage
from crm_app.ui import theme
from crm_app.ui.trips.reached import Reached
from crm_app.ui.trips.wording import dated_span, length
from crm_app.ui.widgets.fitting import scrolled
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.turns import steady

_FACTS_WIDTH = 340
_GAP = Qt.ItemDataRole.UserRole


class Summary(QWidget):
    """A tab of the trip's page. ``gap_chosen`` carries the gap to be filled, ``visit_chosen`` a visit to be read."""

    gap_chosen = Signal(object)
    visit_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, theme.M, 0, 0)
        across.setSpacing(theme.L)
        self._facts_held = column()
        left = QWidget(self)
        left.setFixedWidth(theme.px(_FACTS_WIDTH))
        left.setLayout(self._facts_held)
        across.addWidget(left)
        right = column(theme.M)
        self._numbers = QHBoxLayout()
        self._numbers.setSpacing(theme.S)
        right.addLayout(self._numbers)
        self._warnings = heading("", "error")
        right.addWidget(self._warnings)
        self._title = heading("", "heading")
        right.addWidget(self._title)
        self.gaps = QListWidget(self)
        self.gaps.setIconSize(theme.size(16, 16))
        self.gaps.setAccessibleName(_("What the report still lacks"))
        self.gaps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.gaps.itemActivated.connect(lambda item: self.gap_chosen.emit(item.data(_GAP)))
        right.addWidget(self.gaps)
        self._all_there = heading("", "muted")
        right.addWidget(self._all_there)
        self._reached = Reached(self)
        self._reached.visit_chosen.connect(self.visit_chosen)
        under = scrolled(self._reached)
        under.setMinimumHeight(0)
        right.addWidget(under, 1)
        across.addLayout(right, 1)

        theme.signals.changed.connect(self._recolour)

    def _recolour(self) -> None:
        for number in range(self.gaps.count()):
            self.gaps.item(number).setForeground(QColor(theme.colours().overdue))
            self.gaps.item(number).setIcon(theme.icon("alert-triangle", "overdue"))

    def focus_first(self) -> None:
        """Let the arrow keys walk the gaps."""
        self.gaps.setFocus()

    def filling(self, page: TripPage) -> Iterator[Callable[[], object]]:
        """Yield the steps in which a trip is shown; none of them takes long."""
        yield partial(self._show_facts, page)
        yield partial(self._show_numbers, page)
        yield partial(self._show_gaps, page)
        yield from steady(self._reached, self._reached.filling(page.sheets))

    def _show_facts(self, page: TripPage) -> None:
        _empty(self._facts_held)
        self._facts_held.addWidget(self._facts(page))
        self._facts_held.addStretch(1)

    def _show_numbers(self, page: TripPage) -> None:
        _empty(self._numbers)
        for number, text in _numbers(page):
            self._numbers.addWidget(_tile(number, text))
        self._show_warnings(page)

    def _facts(self, page: TripPage) -> QFrame:
        trip = page.trip
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        inside.setSpacing(theme.S)
        due = ""
        if trip.report_due:
            today = clock.today()
            due = f"{days.show_near_with_weekday(trip.report_due, today)}  {days.relative(trip.report_due, today)}"
        for label, value, needed in (
            (_("Dates"), f"{dated_span(trip)}  {length(trip.start_on, trip.end_on)}", False),
            (_("Destinations"), _(", ").join(trip.regions or ()), True),
            (_("Led by"), page.leader.name if page.leader else "", True),
            (_("Trip members"), _(", ").join(one.person.name for one in page.members), True),
            (_("Purpose"), trip.purpose or "", True),
            (_("Kind of trip"), _(TRIP_KIND_LABELS[trip.kind or TripKind.OUTING]), False),
            (_("Channel"), trip.shown("channel"), False),
            (_("Approval number"), trip.approval_number or "", False),
            (_("Report due"), due, False),
        ):
            if value or needed:
                pair = column(1)
                pair.addWidget(heading(label, "muted"))
                shown = heading(value or _("still missing"), "" if value else "error")
                shown.setTextFormat(Qt.TextFormat.PlainText)
                pair.addWidget(shown)
                inside.addLayout(pair)
        return card

    def _show_warnings(self, page: TripPage) -> None:
        told = [
            _("{one} and {other} are planned for the same time ({time}).").format(
                one=one.enterprise.name, other=other.enterprise.name, time=_when(one.plan.on, one.plan.time)
            )
            for one, other in page.conflicts
        ]
        told += page.warnings
        self._warnings.setText("\n".join(told))
        self._warnings.setVisible(bool(told))

    def _show_gaps(self, page: TripPage) -> None:
        self.gaps.clear()
        for (label, _id), found in groupby(page.gaps, key=lambda gap: (gap.label, gap.id)):
            gaps = list(found)
            subject = _("This trip") if gaps[0].table == "trip" else label
            words = _("{subject}: {fields}").format(subject=subject, fields=_(", ").join(gap.title for gap in gaps))
            item = QListWidgetItem(theme.icon("alert-triangle", "overdue"), words)
            item.setData(_GAP, gaps[0])
            item.setForeground(QColor(theme.colours().overdue))
            self.gaps.addItem(item)
        some = bool(page.gaps)
        self.gaps.setVisible(some)
        n = len(page.gaps)
        self._title.setText(
            ngettext("{n} thing is missing for the report", "{n} things are missing for the report", n).format(n=n)
            if some
            else _("Nothing is missing for the report")
        )
        self._title.setProperty("role", "alarm" if some else "heading")
        self._title.style().polish(self._title)
        self._all_there.setText(
            _("Enter or a double click on a line opens where it is filled in.")
            if some
            else _("The trip report can be printed.")
        )
        if some:
            self.gaps.setCurrentRow(0)
            self.gaps.ensurePolished()
            rows = self.gaps.sizeHintForRow(0) * self.gaps.count()
            self.gaps.setMaximumHeight(rows + 2 * self.gaps.frameWidth() + 2 * theme.XS)


def _numbers(page: TripPage) -> list[tuple[str, str]]:
    cover = page.coverage
    return [
        (str(cover.planned), _("planned")),
        (str(page.enterprises), _("companies met")),
        (str(page.visits), _("visits")),
        (str(cover.open), _("still open")),
        (str(cover.cancelled), _("cancelled")),
    ]


def _tile(number: str, text: str) -> QFrame:
    tile = QFrame()
    tile.setProperty("role", "card")
    inside = QVBoxLayout(tile)
    inside.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
    inside.setSpacing(0)
    shown = QLabel(number)
    shown.setProperty("role", "display")
    inside.addWidget(shown)
    inside.addWidget(heading(text, "muted"))
    return tile


def _when(on: date | None, time: str | None) -> str:
    return f"{days.show_of_year(on)} {time or ''}".rstrip() if on else time or ""


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
