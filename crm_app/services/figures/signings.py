"""What is said of signings: distributions, comparison, sets, honours, foreign investment, what is to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from crm_app.domain import counting, days
from crm_app.domain.amounts import Currency
from crm_app.domain.attainment import in_force
from crm_app.domain.counting import Counted, Doubt, Share, Tally, Window
from crm_app.domain.figures import Figure, ForeignInvestment, LabelShare, Major, Money, OpenPoint, SetSum, YearOnYear
from crm_app.domain.projects import Agreement, Fund
from crm_app.domain.stages import Stage
from crm_app.domain.targets import METRIC_LABELS, Ranking
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.figures.sheet import Sheet, known_targets

MOU = (Agreement.INTENT, Agreement.FRAMEWORK)


def last_year(sheet: Sheet) -> Figure[Tally | None]:
    """Return the same window a year before, or None where the book had no signing yet by its end (rule 5).

    A window under way is compared with as many days of that year: half a year beside a whole one would tell a fall.
    """
    window = Window(sheet.window.first, max(sheet.window.first, sheet.until)).year_before()
    kept = any(one.signing.signed_on.first <= window.last for one in sheet.counted)
    if not kept:
        return Figure(window, None)
    before = counting.tally(replace(sheet, window=window).signed)
    return Figure(window, before, before.rows)


def year_on_year(sheet: Sheet, signed: Tally, before: Tally | None) -> Figure[YearOnYear | None]:
    """Compare the window with the year before."""
    if before is None:
        return sheet.figure(None)
    return sheet.figure(
        YearOnYear(counting.growth(signed.count, before.count), counting.growth(signed.yuan, before.yuan)), signed.rows
    )


def cancelled(sheet: Sheet) -> Tally:
    """Return what the cancellations of the window take back, above zero."""
    below = counting.tally(sheet.cancelled)
    return Tally(-below.count, -below.yuan, below.rows)


def shares(sheet: Sheet, attribute: str) -> Figure[tuple[Share, ...]]:
    """Return the distribution of what was signed by a field of the project."""

    def name_of(one: Counted) -> str | None:
        value: str | None = getattr(sheet.ledger.projects[one.signing.project_id], attribute)
        return value

    return _distribution(sheet, counting.shares(sheet.signed, name_of))


def by_park(sheet: Sheet, *, now: bool = False) -> Figure[tuple[Share, ...]]:
    """Return the distribution by the park at signing, or ``now`` by the one at the end of the window (rule 9)."""
    return _distribution(sheet, counting.shares(sheet.signed, sheet.park_now if now else sheet.park))


def _distribution(sheet: Sheet, parts: list[Share]) -> Figure[tuple[Share, ...]]:
    return sheet.figure(tuple(parts), (row for part in parts for row in part.tally.rows))


def sets(sheet: Sheet) -> Figure[tuple[SetSum, ...]]:
    """Return each hand-picked set with what its contracts in the window sum to."""
    found = [
        SetSum(
            one.name,
            bool(one.in_bulletin),
            counting.tally(signed for signed in sheet.signed if signed.signing.project_id in projects),
        )
        for one, projects in sheet.ledger.sets
    ]
    return sheet.figure(tuple(found), (row for one in found for row in one.tally.rows))


def mou(sheet: Sheet) -> Tally:
    """Return the letters of intent and framework agreements of the window: beside the signed, never among them."""
    signings = [
        one.signing for one in sheet.counted if one.signing.kind in MOU and sheet.window.holds(one.signing.signed_on)
    ]
    return Tally(len(signings), sum(counting.in_yuan(s)[0] for s in signings), tuple(s.id for s in signings))


def funds(sheet: Sheet) -> Figure[Money]:
    """Return the funds in place by currency."""
    sums = dict.fromkeys(Currency, 0)
    for fund in sheet.funds:
        sums[fund.amount.currency] += fund.amount.minor
    return sheet.figure(Money(sums[Currency.CNY], sums[Currency.USD]), (fund.id for fund in sheet.funds))


def foreign_investment(sheet: Sheet) -> Figure[ForeignInvestment]:
    """Return contracted foreign investment of the projects signed, and what arrived in dollars."""
    contracted = [p for p in sheet.signed_projects if sheet.ledger.projects[p].fdi_contracted]
    came = arrived(sheet)
    value = ForeignInvestment(
        sum(sheet.ledger.projects[p].fdi_contracted or 0 for p in contracted),
        sum(fund.amount.minor for fund in came),
    )
    return sheet.figure(value, [*contracted, *(fund.id for fund in came)])


def arrived(sheet: Sheet) -> list[Fund]:
    """Return the foreign funds that arrived in dollars."""
    return [fund for fund in sheet.funds if fund.foreign and fund.amount.currency is Currency.USD]


def labels(sheet: Sheet) -> Figure[tuple[LabelShare, ...]]:
    """Return the honours valid on the day of signing, with the enterprises that signed; most enterprises first."""
    signed_on = {
        investor.enterprise_id: one.signing.signed_on.first
        for one in sheet.signed
        for investor in sheet.ledger.investors.get(one.signing.project_id, [])
    }
    found: dict[str, dict[UUID, None]] = defaultdict(dict)
    for label in sheet.ledger.labels:
        day = signed_on.get(label.enterprise_id)
        if day and (label.valid_to is None or label.valid_to >= day) and (label.year or 0) <= sheet.window.last.year:
            found[label.honour][label.enterprise_id] = None
    parts = [LabelShare(name, tuple(rows)) for name, rows in found.items()]
    parts.sort(key=lambda part: (-len(part.rows), part.name))
    return sheet.figure(tuple(parts), dict.fromkeys(row for part in parts for row in part.rows))


def major(sheet: Sheet) -> Figure[Major]:
    """Return 较大项目: begun since the start date, of the threshold or more, not formally signed by the end."""
    since = sheet.rules.major_since or sheet.window.first
    signed = {
        one.signing.project_id
        for one in sheet.counted
        if one.projects > 0 and one.signing.signed_on.first <= sheet.window.last
    }
    found: dict[UUID, int] = {}
    for project in sheet.ledger.projects.values():
        log = [(e.on, e.id.int, e.stage) for e in sheet.ledger.stages.get(project.id, []) if e.on <= sheet.window.last]
        in_yuan = project.intent.high if project.intent and project.intent.currency is Currency.CNY else None
        yuan = project.total_investment or in_yuan or 0
        talking = bool(log) and min(log)[0] >= since and max(log)[2] not in (Stage.LOST, Stage.ON_HOLD)
        if talking and project.id not in signed and yuan >= sheet.rules.major_yuan:
            found[project.id] = yuan
    tally = Tally(len(found), sum(found.values()), tuple(found))
    return sheet.figure(Major(sheet.rules.major_yuan, since, tally), tally.rows)


def rankings(sheet: Sheet) -> list[Ranking]:
    """Return the rankings of periods inside the window; one whose period is no date goes by its announcement."""
    return [ranking for ranking in sheet.ledger.rankings if _ranked_in(ranking, sheet.window)]


def _ranked_in(ranking: Ranking, window: Window) -> bool:
    try:
        return window.holds(days.parse_day(ranking.period, window.last))
    except BadInput:
        return window.has(ranking.announced_on)


def to_confirm(sheet: Sheet) -> Figure[tuple[OpenPoint, ...]]:
    """Return every row that keeps a figure from being certain, and why."""
    points = tuple(dict.fromkeys([*_doubtful(sheet), *_unfilled(sheet), *_undocumented(sheet), *_of_strangers(sheet)]))
    return sheet.figure(points, dict.fromkeys(point.id for point in points))


def _doubtful(sheet: Sheet) -> Iterator[OpenPoint]:
    for one in sheet.counted:
        name = sheet.ledger.projects[one.signing.project_id].name
        if sheet.window.unsure_of(one.signing.signed_on):
            yield OpenPoint("signing", one.signing.id, name, Doubt.DAY)
        elif sheet.window.holds(one.signing.signed_on):
            for doubt in one.doubts:
                yield OpenPoint("signing", one.signing.id, name, doubt)


def _unfilled(sheet: Sheet) -> Iterator[OpenPoint]:
    for one in sheet.signed:
        project = sheet.ledger.projects[one.signing.project_id]
        parts = sheet.ledger.investors.get(project.id, [])
        shared = sum((investor.share or Decimal(0) for investor in parts), Decimal(0))
        gaps = {
            Doubt.PARK: sheet.park(one) is None,
            Doubt.CHANNEL: not project.channel,
            Doubt.CLUSTER: not project.cluster,
            Doubt.ORIGIN: not project.origin,
            Doubt.SHARES: shared != 100,
        }
        for doubt, open_ in gaps.items():
            if open_:
                yield OpenPoint("project", project.id, project.name, doubt)


def _undocumented(sheet: Sheet) -> Iterator[OpenPoint]:
    for ranking in rankings(sheet):
        if not ranking.document:
            yield OpenPoint("ranking", ranking.id, ranking.board, Doubt.NO_DOCUMENT)


def _of_strangers(sheet: Sheet) -> Iterator[OpenPoint]:
    known = {target.id for target, _owners in known_targets(sheet)}
    for target in in_force(sheet.ledger.targets, sheet.window):
        if target.id not in known:
            yield OpenPoint(
                "target", target.id, f"{_(METRIC_LABELS[target.metric])} · {target.subject}", Doubt.STRANGER
            )
