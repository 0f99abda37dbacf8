"""What the place of figures shows of a window beyond its figures: the funnel, the months, regions and people.

Everything stands on rows and sums to the figures it is a part of. A window is compared with another one figure by
figure; of a time before the book began nothing is known, which is not nought (counting rule 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain.counting import Share, Tally, Window
from crm_app.domain.figures import Figures
from crm_app.domain.stages import Stage
from crm_app.i18n import N_

MOST_MONTHS = 24
"""A longer window is shown by years."""


class Step(StrEnum):
    """The steps of the funnel, in order."""

    LEAD = "lead"
    TALKS = "talks"
    INTENT = "intent"
    SIGNED = "signed"
    STARTED = "started"
    PRODUCING = "producing"


STEP_LABELS = {
    Step.LEAD: N_("Leads"),
    Step.TALKS: N_("In talks"),
    Step.INTENT: N_("Framework or intent"),
    Step.SIGNED: N_("Formally signed"),
    Step.STARTED: N_("Under construction"),
    Step.PRODUCING: N_("Producing"),
}


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """What came to a step in the window, and what became of those that came to the step before it in the window.

    ``moved`` are those of the step before that have come to this step or past it by the window's end; ``rate`` is their
    share, None over nothing. ``median_days`` is from the step before to this one, over those whose both days are known
    to the day.
    """

    step: Step
    tally: Tally
    moved: tuple[UUID, ...] = ()
    rate: Decimal | None = None
    median_days: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year of the window with its sums; ``window`` None holds what no single one of them holds."""

    window: Window | None
    signed: Tally
    funds: Tally
    visits: Tally
    trips: Tally
    leads: Tally


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long projects stay at a stage: ``left`` went on from it in the window, ``now`` stand there at its end.

    ``now`` begins with the one that stands there longest, of ``longest_name``; ``median_days`` is over those that left.
    """

    stage: Stage
    left: tuple[UUID, ...]
    median_days: int | None
    now: tuple[UUID, ...]
    longest_days: int | None = None
    longest_name: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSum:
    """What a colleague did: projects they own that signed, visits and trips they were on, leads they own.

    ``person_days`` are of the trips in ``days_rows``, each on its own days (counting rule 8). ``person_id`` None
    gathers what is nobody's.
    """

    person_id: UUID | None
    name: str | None
    signed: Tally
    visits: Tally
    trips: Tally
    leads: Tally
    person_days: Decimal = Decimal(0)
    days_rows: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A window. ``signings_known``, ``work_known``: the book held signings, or work, by the window's end."""

    figures: Figures
    funnel: tuple[FunnelStep, ...]
    periods: tuple[Period, ...]
    by_region: tuple[Share, ...]
    people: tuple[PersonSum, ...]
    stages: tuple[StageTime, ...]
    signings_known: bool
    work_known: bool

    @property
    def window(self) -> Window:
        """The window of every figure."""
        return self.figures.signed.window


@dataclass(frozen=True, slots=True)
class Comparison:
    """A window and the one it is compared with, read at one moment."""

    now: Overview
    then: Overview | None


def periods_of(window: Window) -> list[Window]:
    """Return the months of a window, or its years where there are more than 24 months."""
    months = window.months()
    if len(months) <= MOST_MONTHS:
        return months
    years = range(window.first.year, window.last.year + 1)
    return [Window(max(date(year, 1, 1), window.first), min(date(year, 12, 31), window.last)) for year in years]
