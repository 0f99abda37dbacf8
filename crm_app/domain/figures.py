"""The figures of a window as values: what services compute, and window, papers and command line show.

Every figure carries its own window and the rows it stands on (counting rule 1). Amounts are whole yuan; dollars are US
cents and stay beside them (rule 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar
from uuid import UUID

from crm_app.domain import days
from crm_app.domain.activity import ActivityTable
from crm_app.domain.amounts import YI
from crm_app.domain.attainment import Attained, Denominator
from crm_app.domain.counting import THRESHOLDS, Band, Doubt, Growth, Share, Tally, Window, ratio
from crm_app.domain.counting_policy import USUAL, Policy
from crm_app.domain.coverage import Coverage
from crm_app.domain.events import EventKind
from crm_app.domain.league import METRICS, League
from crm_app.domain.outings import CountedBy
from crm_app.domain.overdue import DeptNeeds, Overdue
from crm_app.domain.targets import Forecast, Metric, Ranking, Target
from crm_app.domain.thresholds import NONE, Reached, Thresholds
from crm_app.i18n import _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A value, its window, and the ids of the rows it stands on."""

    window: Window
    value: T
    rows: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of counting, printed under the tables; ``major_since`` None is the window's first day.

    ``league`` are the metrics of the league table, the deciding one first; ``contracts`` is how contracts are counted.
    ``reason`` says why they depart from those a new book has, ``since`` from when on.
    """

    thresholds: tuple[int, ...] = THRESHOLDS
    trips_by: CountedBy = CountedBy.DEPARTURE
    denominator: Denominator = Denominator.WINDOW
    major_yuan: int = 5 * YI
    major_since: date | None = None
    league: tuple[Metric, ...] = METRICS
    contracts: Policy = USUAL
    reason: str | None = None
    since: date | None = None

    def contracts_said(self) -> str:
        """Return how contracts are counted otherwise than usual, since when and why; nothing where they are not."""
        if self.contracts.usual:
            return ""
        return _("{how}{why}").format(how=self.contracts.described(), why=self._why)

    def changed_said(self) -> str:
        """Return since when and why the bureau counts by rules of its own; nothing where it gives no reason."""
        return _("The bureau's rules{why}").format(why=self._why) if self.reason else ""

    @property
    def _why(self) -> str:
        since = _(", since {day}").format(day=days.show_date(self.since)) if self.since else ""
        return since + (_(" (reason: {reason})").format(reason=self.reason) if self.reason else "")


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """同比 of projects and of yuan."""

    count: Growth
    yuan: Growth


@dataclass(frozen=True, slots=True)
class Money:
    """Sums side by side, never added: whole yuan and US cents."""

    yuan: int
    cents: int


@dataclass(frozen=True, slots=True)
class ForeignInvestment:
    """Foreign investment in US cents: contracted by the projects signed, and arrived."""

    contracted: int
    actual: int


@dataclass(frozen=True, slots=True)
class TripSum:
    """Batches, person-days in halves, and distinct people of ours."""

    count: int
    person_days: Decimal
    people: int


@dataclass(frozen=True, slots=True)
class OverseasSum:
    """Overseas trips and the countries they went to."""

    count: int
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitSum:
    """家数 and 家次."""

    enterprises: int
    visits: int


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with what was reached of it in ``window``: from the beginning of its period to the figures' end.

    That is what its time gone is compared with. ``part`` is the figures' own window inside the period, and ``inside``
    what came in it: where figures are asked of one month, both are said (counting rule 1).
    """

    target: Target
    window: Window
    actual: int
    ratio: Decimal | None
    rows: tuple[UUID, ...]
    part: Window
    inside: int
    inside_rows: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates with the denominator they share."""

    basis: Denominator
    rates: tuple[Attained, ...]


@dataclass(frozen=True, slots=True)
class PerMuLine:
    """One enterprise's year; per mu in 万元/亩, held against what ``park`` wants: the one all its projects are in."""

    enterprise_id: UUID
    name: str
    output: int | None
    tax: int | None
    land: Decimal | None
    output_per_mu: Decimal | None
    tax_per_mu: Decimal | None
    id: UUID | None = None
    park: str | None = None
    output_state: Reached | None = None
    tax_state: Reached | None = None


@dataclass(frozen=True, slots=True)
class ParkPerMu:
    """Investment per mu (万元/亩) of the projects signed in a park, against what it wants; ``below`` are under it.

    ``thresholds`` are all the park wants at the window's end.
    """

    park: str | None
    wanted: Decimal | None
    reached: Decimal | None
    rows: tuple[UUID, ...]
    below: tuple[UUID, ...]
    thresholds: Thresholds = NONE


@dataclass(frozen=True, slots=True)
class PerMuTable:
    """亩均: the last full year's results, and the investment per mu (万元/亩) of the projects signed that name both.

    ``thresholds`` are those of the parks of lines and projects.
    """

    year: int | None
    lines: tuple[PerMuLine, ...]
    output_per_mu: Decimal | None
    tax_per_mu: Decimal | None
    investment_per_mu: Decimal | None
    investment_projects: int
    parks: tuple[ParkPerMu, ...] = ()
    thresholds: tuple[tuple[str, Thresholds], ...] = ()


@dataclass(frozen=True, slots=True)
class LabelShare:
    """An honour and the enterprises with it among those that signed."""

    name: str
    rows: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class EventSum:
    """The events of one kind."""

    kind: EventKind | None
    count: int
    sessions: int
    people: int
    rows: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SetSum:
    """A hand-picked set of projects: what its contracts in the window sum to."""

    name: str
    in_bulletin: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class PackagedShare:
    """Packaged projects of a cluster in whole yuan, those signed by the window's end, and those signed inside it.

    ``signed_yuan`` is what their contracts count, which may differ from what was offered.
    """

    name: str | None
    rows: tuple[UUID, ...]
    yuan: int
    signed: tuple[UUID, ...]
    signed_yuan: int
    signed_inside: tuple[UUID, ...]

    @property
    def share(self) -> Decimal | None:
        """The part of what was offered that was signed; None where nothing was."""
        return ratio(len(self.signed), len(self.rows))


@dataclass(frozen=True, slots=True)
class Packaged:
    """推介项目: all of them, and by cluster."""

    total: PackagedShare
    by_cluster: tuple[PackagedShare, ...]


@dataclass(frozen=True, slots=True)
class CampaignSum:
    """A campaign or slogan with the year of its list: what is tagged with it, and what of that came in the window."""

    name: str
    year: int | None
    enterprises: tuple[UUID, ...]
    signed: Tally
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Major:
    """较大项目 under negotiation: the threshold and the start date belong to the figure (rule 8)."""

    at_least: int
    since: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A row to confirm, and why."""

    table: str
    id: UUID
    name: str
    doubt: Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every figure of a window. ``last_year`` and ``year_on_year`` hold None where the book has no such year."""

    rules: Rules
    signed: Figure[Tally]
    bands: Figure[tuple[Band, ...]]
    exclusive_bands: Figure[tuple[Band, ...]]
    last_year: Figure[Tally | None]
    year_on_year: Figure[YearOnYear | None]
    by_cluster: Figure[tuple[Share, ...]]
    by_channel: Figure[tuple[Share, ...]]
    by_park: Figure[tuple[Share, ...]]
    by_park_now: Figure[tuple[Share, ...]]
    by_origin: Figure[tuple[Share, ...]]
    cancelled: Figure[Tally]
    net: Figure[Tally]
    sets: Figure[tuple[SetSum, ...]]
    targets: Figure[tuple[TargetLine, ...]]
    forecasts: Figure[tuple[Forecast, ...]]
    started: Figure[Tally]
    producing: Figure[Tally]
    funds: Figure[Money]
    fdi: Figure[ForeignInvestment]
    mou: Figure[Tally]
    major: Figure[Major]
    to_confirm: Figure[tuple[OpenPoint, ...]]
    trips: Figure[TripSum]
    postings: Figure[TripSum]
    overseas: Figure[OverseasSum]
    visits: Figure[VisitSum]
    receptions: Figure[int]
    leads: Figure[int]
    rates: Figure[RateTable]
    per_mu: Figure[PerMuTable]
    labels: Figure[tuple[LabelShare, ...]]
    rankings: Figure[tuple[Ranking, ...]]
    events: Figure[tuple[EventSum, ...]]
    league: Figure[League]
    activity: Figure[ActivityTable]
    needs_by_dept: Figure[tuple[DeptNeeds, ...]]
    overdue_starts: Figure[tuple[Overdue, ...]]
    overdue_production: Figure[tuple[Overdue, ...]]
    packaged: Figure[Packaged]
    coverage: Figure[tuple[Coverage, ...]]
    campaigns: Figure[tuple[CampaignSum, ...]]
