"""What counts, where and how much: the counting rules for signings. Pure: records in, frozen values out.

The rules by their numbers: 1 every figure has its own window; 2 “X以上” includes X and is cumulative; 3 only a formal
contract counts, once, in the period of its own day, and a day known only to the month counts where the window holds
the whole month; 4 sums are whole yuan, dollars stay beside them; 5 the same window a year before; 9 several investors
are one project, and the park is the one of the signing. Trips and visits (8) are in outings.py, rates (6) in
attainment.py, the words of 7 in wording.py; a number (10) is never made up here or anywhere.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain.amounts import YI, Currency
from crm_app.domain.counting_policy import USUAL, Expansion, Policy, SecondFormal, Supplement
from crm_app.domain.days import FuzzyDay
from crm_app.domain.projects import Agreement, ProjectPark, Signing
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

THRESHOLDS = tuple(n * YI for n in (1, 3, 5, 10, 20, 30, 50, 100))
"""The bands a new book starts with, in yuan."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both included (rule 1)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput(_("The window ends before it begins; please swap the two days."), field="to")

    def has(self, day: date | None) -> bool:
        """Say whether an exact day lies inside; an unknown day never does."""
        return day is not None and self.first <= day <= self.last

    def holds(self, day: FuzzyDay) -> bool:
        """Say whether the whole span of a day lies inside (rule 3)."""
        return day.within(self.first, self.last)

    def unsure_of(self, day: FuzzyDay) -> bool:
        """Say whether a day may lie inside and may not: it belongs among 待确认."""
        return day.touches(self.first, self.last) and not self.holds(day)

    def overlap(self, first: date, last: date) -> Window | None:
        """Return the part shared with another span, or None."""
        low, high = max(self.first, first), min(self.last, last)
        return Window(low, high) if low <= high else None

    def year_before(self) -> Window:
        """Return the same window a year before (rule 5); whole months to the end of February stay whole months."""
        last = _year_before(self.last)
        if self.first.day == 1 and self.last.month == 2 and (self.last + timedelta(days=1)).month == 3:
            last = last.replace(day=calendar.monthrange(last.year, 2)[1])
        return Window(_year_before(self.first), last)

    def before(self) -> Window:
        """Return the window right before this one: as many whole months, else as many days."""
        last = self.first - timedelta(days=1)
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            year, month = divmod(self.first.year * 12 + self.first.month - 1 - months, 12)
            return Window(date(year, month + 1, 1), last)
        return Window(self.first - (self.last - self.first) - timedelta(days=1), last)

    def months(self) -> list[Window]:
        """Return the window cut at the ends of its months; the parts are the whole."""
        found, first = [], self.first
        while first <= self.last:
            end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            found.append(Window(first, min(end, self.last)))
            first = end + timedelta(days=1)
        return found


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


class Doubt(StrEnum):
    """Why a row is listed as 待确认."""

    DAY = "day"
    RATE = "rate"
    AMOUNT = "amount"
    SECOND_FORMAL = "second_formal"
    SUPPLEMENT_ALONE = "supplement_alone"
    CANCELS_NOTHING = "cancels_nothing"
    NO_REASON = "no_reason"
    PARK = "park"
    CHANNEL = "channel"
    CLUSTER = "cluster"
    ORIGIN = "origin"
    SHARES = "shares"
    NO_DOCUMENT = "no_document"
    STRANGER = "stranger"


DOUBT_LABELS = {
    Doubt.DAY: N_("Its day is not known exactly enough for this window"),
    Doubt.RATE: N_("A contract in US dollars without a rate and its day counts no yuan"),
    Doubt.AMOUNT: N_("The amount is not known"),
    Doubt.SECOND_FORMAL: N_("A second formal contract of one project; it counts nothing unless you say so"),
    Doubt.SUPPLEMENT_ALONE: N_("A supplement without a counted contract"),
    Doubt.CANCELS_NOTHING: N_("A cancellation without a counted contract"),
    Doubt.NO_REASON: N_("Counted otherwise than by the rule, without a reason; the rule was applied"),
    Doubt.PARK: N_("No park"),
    Doubt.CHANNEL: N_("No channel"),
    Doubt.CLUSTER: N_("No cluster"),
    Doubt.ORIGIN: N_("No origin"),
    Doubt.SHARES: N_("The investors' shares do not sum to 100 %"),
    Doubt.NO_DOCUMENT: N_("A ranking without the number of its document is not printed"),
    Doubt.STRANGER: N_("A target for nobody known here: no colleague, team or department is called so"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A signing with what it counts: projects and whole yuan, both negative for a cancellation."""

    signing: Signing
    projects: int
    yuan: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of projects, their amount in whole yuan, and the signings they stand on, by day."""

    count: int
    yuan: int
    rows: tuple[UUID, ...]


def in_yuan(signing: Signing) -> tuple[int, Doubt | None]:
    """Return a signing's own amount in whole yuan (rule 4): dollars only at the rate noted with its day."""
    if signing.amount is None:
        return 0, Doubt.AMOUNT
    if signing.amount.currency is Currency.CNY:
        return signing.amount.minor, None
    if signing.rate is None or signing.rate_on is None:
        return 0, Doubt.RATE
    return int((Decimal(signing.amount.minor) * signing.rate / 100).quantize(Decimal(1), ROUND_HALF_UP)), None


def by_day(signing: Signing) -> tuple[date, date, int]:
    """Return the key signings are put in order by: their day, then their making."""
    return signing.signed_on.first, signing.signed_on.last, signing.id.int


def count_signings(signings: Iterable[Signing], policy: Policy = USUAL, grown: Collection[UUID] = ()) -> list[Counted]:
    """Return every signing with what it counts by rule 3 and a bureau's policy, in order of day.

    ``grown`` are the projects grown from an enterprise that is here already (内培).
    """
    projects: dict[UUID, list[Signing]] = defaultdict(list)
    for signing in signings:
        projects[signing.project_id].append(signing)
    counted = [one for project, own in projects.items() for one in _count_project(own, policy, project in grown)]
    return sorted(counted, key=lambda one: by_day(one.signing))


def _count_project(signings: list[Signing], policy: Policy, grown: bool) -> list[Counted]:
    found: list[Counted] = []
    for signing in sorted(signings, key=by_day):
        found.append(_overridden(_by_rule(signing, found, policy.on(signing.signed_on.last), grown=grown)))
    return found


def _by_rule(signing: Signing, before: Sequence[Counted], policy: Policy, *, grown: bool) -> Counted:
    """Count a signing after those ``before`` it of the same project."""
    projects, yuan = sum(one.projects for one in before), sum(one.yuan for one in before)
    stands = projects > 0 or yuan > 0
    amount, doubt = in_yuan(signing)
    doubts = (doubt,) if doubt else ()
    match signing.kind:
        case Agreement.FORMAL if any(one.projects > 0 or one.yuan > 0 for one in before):
            if policy.second_formal is SecondFormal.INCREASE and stands:
                return Counted(signing, 0, max(amount - yuan, 0), doubts)
            # Also after a cancellation: counting the project a second time needs a word from a person.
            return Counted(signing, 0, 0, (Doubt.SECOND_FORMAL,))
        case Agreement.FORMAL if grown and policy.expansions is not Expansion.PROJECT:
            return Counted(signing, 0, amount if policy.expansions is Expansion.AMOUNT else 0, doubts)
        case Agreement.FORMAL:
            return Counted(signing, 1, amount, doubts)
        case Agreement.SUPPLEMENT if policy.supplements is Supplement.NOTHING:
            return Counted(signing, 0, 0)
        case Agreement.SUPPLEMENT:
            return Counted(signing, 0, amount, doubts) if stands else Counted(signing, 0, 0, (Doubt.SUPPLEMENT_ALONE,))
        case Agreement.CANCELLATION:
            return Counted(signing, -projects, -yuan, () if stands else (Doubt.CANCELS_NOTHING,))
        case _:
            return Counted(signing, 0, 0)


def _overridden(one: Counted) -> Counted:
    """Put what a person decided, with a reason, in place of the rule; it settles the rule's doubts."""
    signing = one.signing
    if signing.counted_projects is None and signing.counted_yuan is None:
        return one
    if not signing.count_reason:
        return Counted(signing, one.projects, one.yuan, (*one.doubts, Doubt.NO_REASON))
    sign = -1 if signing.kind is Agreement.CANCELLATION else 1
    projects = one.projects if signing.counted_projects is None else sign * signing.counted_projects
    yuan = one.yuan if signing.counted_yuan is None else sign * signing.counted_yuan
    return Counted(signing, projects, yuan)


def signed_in(counted: Iterable[Counted], window: Window) -> list[Counted]:
    """Return what counts as signed in a window: contracts keep their period though cancelled later (rule 3)."""
    return [one for one in counted if (one.projects > 0 or one.yuan > 0) and window.holds(one.signing.signed_on)]


def cancelled_in(counted: Iterable[Counted], window: Window) -> list[Counted]:
    """Return the cancellations of counted contracts in a window, each in its own period."""
    return [one for one in counted if (one.projects < 0 or one.yuan < 0) and window.holds(one.signing.signed_on)]


def tally(counted: Iterable[Counted]) -> Tally:
    """Return projects, yuan and rows of some counted signings."""
    many = list(counted)
    return Tally(sum(o.projects for o in many), sum(o.yuan for o in many), tuple(o.signing.id for o in many))


@dataclass(frozen=True, slots=True)
class Band:
    """The projects of at least ``at_least`` yuan and, in an exclusive band, below ``below``."""

    at_least: int
    below: int | None
    tally: Tally


def bands(signed: Sequence[Counted], thresholds: Iterable[int]) -> list[Band]:
    """Return “X以上” for each threshold: X included, cumulative (rule 2)."""
    return [_band(signed, least, None) for least in sorted(set(thresholds))]


def exclusive_bands(signed: Sequence[Counted], thresholds: Iterable[int]) -> list[Band]:
    """Return the bands that exclude one another, from 0 up; their counts sum to the projects of the window."""
    edges = sorted({0, *thresholds})
    return [_band(signed, low, high) for low, high in zip(edges, [*edges[1:], None], strict=True)]


def _band(signed: Sequence[Counted], at_least: int, below: int | None) -> Band:
    # A supplement raises its contract where both lie in the window; alone it is an amount without a project.
    yuan: dict[UUID, int] = defaultdict(int)
    projects: dict[UUID, int] = defaultdict(int)
    for one in signed:
        yuan[one.signing.project_id] += one.yuan
        projects[one.signing.project_id] += one.projects
    inside = {
        project
        for project, amount in yuan.items()
        if projects[project] and amount >= at_least and (below is None or amount < below)
    }
    return Band(at_least, below, tally(one for one in signed if one.signing.project_id in inside))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a distribution; ``name`` is None where nothing was filled in, so that parts always sum to the total."""

    name: str | None
    tally: Tally


def shares(signed: Iterable[Counted], name_of: Callable[[Counted], str | None]) -> list[Share]:
    """Return a distribution, the largest amount first, what was not filled in last."""
    parts: dict[str | None, list[Counted]] = defaultdict(list)
    for one in signed:
        parts[name_of(one) or None].append(one)
    found = [Share(name, tally(own)) for name, own in parts.items()]
    return sorted(found, key=lambda part: (part.name is None, -part.tally.yuan, -part.tally.count, part.name or ""))


def park_on(parks: Iterable[ProjectPark], day: date) -> str | None:
    """Return the park of a project on a day (rule 9); before the first known one, that one."""
    known = sorted(parks, key=lambda park: (park.from_on or date.min, park.id.int))
    before = [park for park in known if (park.from_on or date.min) <= day]
    return (before[-1] if before else known[0]).park if known else None


def split(yuan: int, percents: Sequence[Decimal]) -> list[int]:
    """Return each investor's part of an amount in whole yuan (rule 9); the parts of 100 % sum to the amount."""
    exact = [Decimal(yuan) * percent / 100 for percent in percents]
    parts = [int(part.quantize(Decimal(1), ROUND_DOWN)) for part in exact]
    left = int(sum(exact, Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)) - sum(parts)
    by_rest = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_rest[:left]:
        parts[n] += 1
    return parts


def ratio(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Return part ÷ whole to four decimals; None for an empty whole, which prints no percentage (rule 5)."""
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else None


@dataclass(frozen=True, slots=True)
class Growth:
    """同比: the increase over the same window a year before, and its rate; ``rate`` is None over a base of 0."""

    increase: int
    rate: Decimal | None


def growth(now: int, before: int) -> Growth:
    """Compare two sums of the same window (rule 5)."""
    return Growth(now - before, ratio(now - before, before))
