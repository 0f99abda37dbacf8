"""What each metric counts in a window, row by row, and whose each row is: targets and the league table sum it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from crm_app.domain.amounts import Currency
from crm_app.domain.outings import trips_in, visits_in
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Metric
from crm_app.services.figures import signings
from crm_app.services.figures.sheet import Sheet

Credit = tuple[UUID, int, UUID, tuple[UUID, ...]]
"""A row that counts, what it counts, what it counts once (of visits the enterprise), and whose it is."""


@dataclass
class Sum:
    """What somebody has of one metric."""

    values: dict[UUID, int] = field(default_factory=dict)
    rows: dict[UUID, None] = field(default_factory=dict)

    def add(self, credit: Credit) -> None:
        """Add a row, unless it is there already."""
        row, value, once, _whose = credit
        if row not in self.rows:
            self.rows[row] = None
            self.values[once] = value if once != row else self.values.get(once, 0) + value

    @property
    def value(self) -> int:
        """What all of it comes to."""
        return sum(self.values.values())


def _owner(sheet: Sheet, project: UUID) -> tuple[UUID, ...]:
    owner = sheet.ledger.projects[project].owner_id
    return (owner,) if owner else ()


def _signed_yuan(sheet: Sheet) -> Iterator[Credit]:
    for one in sheet.signed:
        yield one.signing.id, one.yuan, one.signing.id, _owner(sheet, one.signing.project_id)


def _signed_count(sheet: Sheet) -> Iterator[Credit]:
    for one in sheet.signed:
        if one.projects:
            yield one.signing.id, one.projects, one.signing.id, _owner(sheet, one.signing.project_id)


def _funds(sheet: Sheet) -> Iterator[Credit]:
    for fund in sheet.funds:
        if fund.amount.currency is Currency.CNY:
            yield fund.id, fund.amount.minor, fund.id, _owner(sheet, fund.project_id)


def _fdi(sheet: Sheet) -> Iterator[Credit]:
    for fund in signings.arrived(sheet):
        yield fund.id, fund.amount.minor, fund.id, _owner(sheet, fund.project_id)


def _trips(sheet: Sheet) -> Iterator[Credit]:
    for trip in trips_in(sheet.ledger.trips, sheet.window, sheet.rules.trips_by):
        people = {member.person_id for member in sheet.ledger.members.get(trip.id, [])}
        yield trip.id, 1, trip.id, tuple(people | ({trip.leader_id} if trip.leader_id else set()))


def _visited(sheet: Sheet) -> Iterator[Credit]:
    for visit in visits_in(sheet.ledger.visits, sheet.window):
        yield visit.id, 1, visit.enterprise_id, tuple(sheet.ledger.visitors.get(visit.id, ()))


def _reached(*stages: Stage) -> Callable[[Sheet], Iterator[Credit]]:
    def found(sheet: Sheet) -> Iterator[Credit]:
        for project in sheet.reached_in(*stages).rows:
            yield project, 1, project, _owner(sheet, project)

    return found


def _receptions(sheet: Sheet) -> Iterator[Credit]:
    for one in sheet.ledger.receptions:
        if sheet.window.has(one.on):
            yield one.id, 1, one.id, (one.person_id,) if one.person_id else ()


def _leads(sheet: Sheet) -> Iterator[Credit]:
    for one in sheet.ledger.leads:
        if sheet.window.has(one.on):
            yield one.id, 1, one.id, (one.person_id,) if one.person_id else ()


CREDITS: Mapping[Metric, Callable[[Sheet], Iterator[Credit]]] = {
    Metric.SIGNED_COUNT: _signed_count,
    Metric.SIGNED_YUAN: _signed_yuan,
    Metric.FUNDS_YUAN: _funds,
    Metric.FDI_USD: _fdi,
    Metric.TRIPS: _trips,
    Metric.ENTERPRISES_VISITED: _visited,
    Metric.STARTED_COUNT: _reached(Stage.STARTED),
    Metric.PRODUCING_COUNT: _reached(Stage.PRODUCING, Stage.FULL_CAPACITY),
    Metric.RECEPTIONS: _receptions,
    Metric.LEADS: _leads,
}


def total(many: Iterable[Credit], owners: Collection[UUID] | None = None) -> Sum:
    """Return what some colleagues have of a metric; None is everybody, and what is nobody's."""
    held = Sum()
    for credit in many:
        if owners is None or any(person in owners for person in credit[3]):
            held.add(credit)
    return held
