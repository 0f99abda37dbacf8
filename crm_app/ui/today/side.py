"""What stands beside the agenda: the trips of this week and beside it, the targets of the year, drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.domain import amounts, days
from crm_app.domain.figures import TargetLine
from crm_app.domain.targets import METRIC_LABELS, Metric, Target
from crm_app.domain.trips import Trip
from crm_app.i18n import _, ngettext
from crm_app.services import drafts, figures, staff, trips
from crm_app.services.book import Book
from crm_app.services.drafts import Waiting
from crm_app.services.trips import TripRow
from crm_app.ui import late, theme
from crm_app.ui.session import Session
from crm_app.ui.today.waiting import WaitingText, in_words
from crm_app.ui.widgets.focus import focus_kept
from crm_app.ui.widgets.parts import literal

_WRITTEN_MS = 1000
"""By then a draft has been written: it goes its own way, which nothing tells of."""
_AMOUNT = re.compile(r"(\D*)(\d.*\d|\d)(\D*)")
"""What stands before the figures of an amount, they themselves, and their unit."""
_LINE_ROOM = 244
"""What a link and the hint at its right share, in pixels: the pane without its frames and bar."""


@dataclass(frozen=True)
class Beside:
    """Everything the pane shows, read in one go."""

    trips: list[TripRow]
    targets: tuple[TargetLine, ...]
    drafts: list[Waiting]
    ours: frozenset[str] = frozenset()
    """Our people and teams: a target of one of them says so, one of the whole bureau need not."""


def read(book: Book) -> Beside:
    """Read the trips within a week around today, this year's targets and the drafts."""
    today = clock.today()
    near = trips.trips_between(book, today - timedelta(days=3), today + timedelta(days=7))
    year = figures.figures(book, date(today.year, 1, 1), today)
    ours = frozenset(name for one in staff.colleagues(book) for name in (one.name, one.team) if name)
    return Beside(near, year.targets.value, drafts.waiting(book), ours)


class SidePane(QScrollArea):
    """Cards one under the other; those with nothing to say are not shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest, self._latest_drafts = session.latest(), session.latest()
        self._shown: Beside | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def load(self) -> None:
        """Read and show everything anew."""
        book = self._session.book
        self._latest_drafts.drop()
        self._latest.read(lambda: read(book), self._put, owner=self)

    def load_drafts(self) -> None:
        """Read the drafts anew; the figures of the targets, which look at every signing, stay as they are."""
        if self._shown is None:
            return
        book = self._session.book
        self._latest_drafts.read(lambda: drafts.waiting(book), self._put_drafts, owner=self)

    def _put_drafts(self, waiting: list[Waiting]) -> None:
        if self._shown is not None:
            self._put(replace(self._shown, drafts=waiting))

    def _put(self, beside: Beside) -> None:
        """Show it, where it is not what is shown; the place in it and the focus stay."""
        if beside == self._shown:
            return
        self._shown = beside
        bar = self.verticalScrollBar()
        place = bar.value()
        with focus_kept(self):
            self._build(beside)
        QTimer.singleShot(0, bar, lambda: bar.setValue(place))

    def _build(self, beside: Beside) -> None:
        inner = QWidget(self)
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        cards = [*self._trips(beside.trips), self._targets(beside.targets, beside.ours)]
        if beside.drafts:
            # What waits to be saved is seen at the start, without scrolling.
            cards.insert(0, self._drafts(beside.drafts))
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)

    def _card(self, title: str, inset: int = 0) -> tuple[QFrame, QVBoxLayout]:
        """Return a card and its column; of one with links ``inset`` is the room for the frame of their focus."""
        card = QFrame(self)
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(theme.M - inset, theme.S, theme.M, theme.M)
        layout.setSpacing(theme.XS)
        heading = QLabel(title, card)
        heading.setProperty("role", "strong")
        heading.setContentsMargins(inset, 0, 0, 0)
        layout.addWidget(heading)
        return card, layout

    def _line(
        self, layout: QVBoxLayout, text: str, hint: str, run: Callable[[], object], *, taken: int = 0
    ) -> QHBoxLayout:
        """Add a link with a hint at its right; ``taken`` pixels are left for what is put behind it."""
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        ruler = self.fontMetrics()
        room = theme.px(_LINE_ROOM) - taken - ruler.horizontalAdvance(hint)
        link = QPushButton(literal(ruler.elidedText(text, Qt.TextElideMode.ElideRight, room)))
        link.setProperty("role", "link")
        link.setToolTip(text)
        link.clicked.connect(lambda _checked=False: run())
        row.addWidget(link)
        row.addStretch(1)
        quiet = QLabel(hint)
        quiet.setProperty("role", "muted")
        row.addWidget(quiet)
        layout.addLayout(row)
        return row

    def _quiet(self, layout: QVBoxLayout, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        layout.addWidget(label)
        return label

    def _open(self, place: str, record: UUID) -> Callable[[], object]:
        return lambda: self._session.go(place, record)

    def _trips(self, rows: list[TripRow]) -> list[QFrame]:
        """Return a card for those of this week, and one for those just before and after it where there are any."""
        cards = [self._trips_card(title, of_it) for title, of_it in by_week(rows, clock.today()) if of_it]
        if not cards:
            card, layout = self._card(_("Trips this week"), theme.link_inset())
            self._quiet(layout, _("No trip within a week. Plan one under Trips (Ctrl+4).")).setContentsMargins(
                theme.link_inset(), 0, 0, 0
            )
            cards.append(card)
        return cards

    def _trips_card(self, title: str, rows: list[TripRow]) -> QFrame:
        card, layout = self._card(title, theme.link_inset())
        for row in rows:
            hint = _("{days} · {people} · {visits}/{planned} visited").format(
                days=_span(row.trip), people=_people(row.members), visits=row.visits, planned=row.planned
            )
            # Under one another: beside a long hint nothing of the title would be left.
            self._line(layout, row.trip.title, "", self._open("trips", row.trip.id))
            self._quiet(layout, hint).setContentsMargins(theme.link_inset(), 0, 0, theme.XS)
        return card

    def _targets(self, lines: tuple[TargetLine, ...], ours: frozenset[str]) -> QFrame:
        card, layout = self._card(_("Targets of the year"))
        for line, words in zip(lines, target_names([line.target for line in lines], ours), strict=True):
            percent = int(line.ratio * 100) if line.ratio is not None else 0
            row = QHBoxLayout()
            # Wraps where figures leave it too little room; cut off it would not say which target it is.
            name = QLabel(words)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setWordWrap(True)
            shown = QLabel(_of(line.target.metric, line.actual, line.target.value))
            shown.setProperty("role", "muted")
            row.addWidget(name, 1)
            row.addWidget(shown)
            row.addWidget(QLabel(f"{percent}%"))
            layout.addLayout(row)
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, 100)
            bar.setValue(min(percent, 100))
            bar.setAccessibleName(f"{words} {percent}%")
            layout.addWidget(bar)
        if not lines:
            self._quiet(layout, _("No target is set for today. Set them under Settings, Targets."))
        return card

    def _drafts(self, waiting: list[Waiting]) -> QFrame:
        card, layout = self._card(
            ngettext("{n} draft", "{n} drafts", len(waiting)).format(n=len(waiting)), theme.link_inset()
        )
        for one in waiting:
            hint, taken = _moment(one.at), theme.CONTROL + theme.S
            row = self._line(layout, in_words(one), hint, partial(self.take_up, one), taken=taken)
            text = QToolButton(self)
            theme.put_icon(text, "note", "muted")
            text.setAccessibleName(_("Its text"))
            text.setToolTip(_("Copy its text, or throw it away"))
            text.clicked.connect(lambda _checked=False, one=one: self._show_text(one))
            row.addWidget(text)
        return card

    def take_up(self, one: Waiting) -> None:
        """Open the form of a draft, or show its text where no form can take it."""
        if not late.place("reopening").reopen(self._session, self.window(), one):
            self._show_text(one)

    def _show_text(self, one: Waiting) -> None:
        WaitingText(self._session, self.window(), one, self.load_soon).open()

    def load_soon(self) -> None:
        """Look for drafts anew, and once more when a draft just kept or dropped has reached the book."""
        self.load_drafts()
        QTimer.singleShot(_WRITTEN_MS, self, self.load_drafts)


def by_week(rows: Sequence[TripRow], today: date) -> list[tuple[str, list[TripRow]]]:
    """Return the trips of the week of ``today``, from Monday to Sunday, those after it and those before it, by day."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    ordered = sorted(rows, key=lambda row: row.trip.start_on)
    return [
        (_("Trips this week"), [row for row in ordered if row.trip.start_on <= sunday and row.trip.end_on >= monday]),
        (_("Trips next week"), [row for row in ordered if row.trip.start_on > sunday]),
        (_("Just back from"), [row for row in ordered if row.trip.end_on < monday]),
    ]


def _people(n: int) -> str:
    return ngettext("{n} person", "{n} people", n).format(n=n)


def _moment(at_ms: int) -> str:
    at = clock.local(at_ms)
    return f"{days.show_of_year(at.date())} {at:%H:%M}"


def _span(trip: Trip) -> str:
    first = days.show_with_weekday(trip.start_on)
    return (
        first
        if trip.end_on == trip.start_on
        else f"{days.show_of_year(trip.start_on)} – {days.show_of_year(trip.end_on)}"
    )


def target_names(targets: Sequence[Target], ours: frozenset[str]) -> list[str]:
    """Return a name for each target: its metric, whose it is where not the bureau's, more where two would be alike."""
    wholes = [_(METRIC_LABELS[one.metric]) for one in targets]
    owned = [
        _("{metric} · {of}").format(metric=name, of=one.subject) if one.subject in ours else name
        for name, one in zip(wholes, targets, strict=True)
    ]
    return [
        _("{metric} · {of}").format(metric=name, of=_beside(one)) if owned.count(name) > 1 else name
        for name, one in zip(owned, targets, strict=True)
    ]


def _beside(target: Target) -> str:
    """Return what tells a target from another of the same metric: whose it is, whose order, which days."""
    parts = (target.subject, target.issuer, f"{days.show_of_year(target.from_on)} – {days.show_of_year(target.to_on)}")
    return " ".join(part for part in parts if part)


def _of(metric: Metric, reached: int, wanted: int) -> str:
    """Return what is reached of what is wanted: “USD 6.4 / 60 million”, with what both begin or end with once."""
    one, other = _AMOUNT.fullmatch(_shown(metric, reached)), _AMOUNT.fullmatch(_shown(metric, wanted))
    assert one is not None, "an amount has a digit"
    assert other is not None, "an amount has a digit"
    before, unit = one[1] == other[1], one[3] == other[3]
    return f"{one[1]}{one[2]}{'' if unit else one[3]} / {'' if before else other[1]}{other[2]}{other[3]}"


def _shown(metric: Metric, value: int) -> str:
    if metric in (Metric.SIGNED_YUAN, Metric.FUNDS_YUAN):
        return amounts.show_yi(value)
    if metric is Metric.FDI_USD:
        return amounts.show_money(value, amounts.Currency.USD)
    return str(value)
