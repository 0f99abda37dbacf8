"""What each colleague did in a window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from crm_app.domain import counting, outings
from crm_app.domain.counting import Counted, Tally
from crm_app.domain.outings import Met, trips_in, visits_in
from crm_app.domain.overview import PersonSum
from crm_app.domain.trips import TripKind
from crm_app.services.figures.sheet import Sheet


def people(sheet: Sheet) -> tuple[PersonSum, ...]:
    """Return what each colleague did, who signed most first; who did nothing is left out."""
    window, ledger = sheet.window, sheet.ledger
    signed: dict[UUID | None, list[Counted]] = defaultdict(list)
    for one in sheet.signed:
        signed[ledger.projects[one.signing.project_id].owner_id].append(one)
    met: dict[UUID | None, list[Met]] = defaultdict(list)
    for visit in visits_in(ledger.visits, window):
        for person in ledger.visitors.get(visit.id, []):
            met[person].append(visit)
    travelled: dict[UUID | None, list[UUID]] = defaultdict(list)
    for trip in trips_in(ledger.trips, window, sheet.rules.trips_by):
        for member in ledger.members.get(trip.id, []):
            travelled[member.person_id].append(trip.id)
    led: dict[UUID | None, list[UUID]] = defaultdict(list)
    for lead in ledger.leads:
        if window.has(lead.on):
            led[lead.person_id].append(lead.id)
    spent, spent_on = _person_days(sheet)
    names: dict[UUID | None, str | None] = {person.id: person.name for person in ledger.people}
    busy = dict.fromkeys([*names, *signed, *led, *spent])
    sums = [
        PersonSum(
            person if person in names else None,
            names.get(person),
            counting.tally(signed[person]),
            _rows(visit.id for visit in met[person]),
            _rows(travelled[person]),
            _rows(led[person]),
            spent[person],
            tuple(spent_on[person]),
        )
        for person in busy
        if any((signed[person], met[person], travelled[person], led[person], spent[person]))
    ]
    return tuple(sorted(sums, key=_standing))


def _standing(one: PersonSum) -> tuple[bool, int, int, int, str]:
    return one.name is None, -one.signed.yuan, -one.signed.count, -one.visits.count, one.name or ""


def _person_days(sheet: Sheet) -> tuple[dict[UUID | None, Decimal], dict[UUID | None, list[UUID]]]:
    """Return everybody's person-days on trips, resident postings apart, and the trips they were spent on."""
    days: dict[UUID | None, Decimal] = defaultdict(Decimal)
    rows: dict[UUID | None, list[UUID]] = defaultdict(list)
    lived = sheet.lived
    for trip in sheet.ledger.trips:
        if trip.kind is TripKind.POSTING or lived is None or lived.overlap(trip.start_on, trip.end_on) is None:
            continue
        for member in sheet.ledger.members.get(trip.id, []):
            spent = outings.person_days(trip, [member], lived)
            if spent:
                days[member.person_id] += spent
                rows[member.person_id].append(trip.id)
    return days, rows


def _rows(ids: Iterable[UUID]) -> Tally:
    rows = tuple(ids)
    return Tally(len(rows), 0, rows)
