"""What a park wants of a mu (亩均门槛): investment, output and tax, since when, and whether that is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from crm_app.domain import days
from crm_app.domain.staff import DictionaryEntry
from crm_app.i18n import N_, _


class Reached(StrEnum):
    """How a figure per mu stands against a threshold."""

    REACHED = "reached"
    BELOW = "below"
    UNKNOWN = "unknown"


REACHED_LABELS = {
    Reached.REACHED: N_("reached"),
    Reached.BELOW: N_("below"),
    Reached.UNKNOWN: N_("not known"),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """At least so much a mu, in 万元/亩, from ``since`` on (None: always); None for what a park does not say."""

    investment: Decimal | None = None
    output: Decimal | None = None
    tax: Decimal | None = None
    since: date | None = None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.investment, self.output, self.tax))

    def on(self, day: date) -> Thresholds:
        """Return what holds on a day: nothing before the thresholds are in force."""
        return self if self.since is None or self.since <= day else NONE

    def said(self) -> str:
        """Return the thresholds in words: at least 300 of investment, 500 of output, since when."""
        named = ((_("investment"), self.investment), (_("output"), self.output), (_("tax"), self.tax))
        words = _(", ").join(f"{name} {value.normalize():,f}" for name, value in named if value is not None)
        if words and self.since:
            return _("{thresholds} (since {day})").format(thresholds=words, day=days.show_date(self.since))
        return words


NONE = Thresholds()
"""A park that says nothing."""


def judged(figure: Decimal | None, wanted: Decimal | None) -> Reached | None:
    """Return how a figure stands against a threshold; None where none is set."""
    if wanted is None:
        return None
    if figure is None:
        return Reached.UNKNOWN
    return Reached.REACHED if figure >= wanted else Reached.BELOW


def of_parks(entries: Iterable[DictionaryEntry]) -> dict[str, Thresholds]:
    """Return the thresholds of the parks by name and alias; of several entries of one park the newest word counts."""
    found: dict[str, Thresholds] = {}
    for entry in entries:
        told = Thresholds(entry.per_mu, entry.output_per_mu, entry.tax_per_mu, entry.per_mu_since)
        for name in (entry.name, *(entry.aliases or ())) if told else ():
            found[name] = told
    return found


def rules(parks: Iterable[tuple[str, Thresholds]]) -> Iterator[str]:
    """Yield the thresholds of each park in words, in their order."""
    for park, told in dict(parks).items():
        if told:
            yield _("{park}: {thresholds}").format(park=park, thresholds=told.said())
