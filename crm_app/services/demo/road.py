"""The sample's time on the road: 53 batches and three postings, 431 visits to 312 companies, two trips to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db.unit import Unit
from crm_app.domain.projects import Need
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Intent, Visit, VisitContact, VisitMode, VisitPerson
from crm_app.services.demo.companies import Companies
from crm_app.services.demo.material import DAY, Company, Staff, free_start, pick, spread, words, workday

HOUR_MS = 3_600_000
DOMESTIC, FULL_TRIPS = 50, 45
"""Batches inside the country, and how many of them make eight visits; the others make seven."""
POSTINGS = (("深圳", date(2023, 2, 6), 84), ("上海", date(2023, 3, 6), 100), ("北京", date(2023, 4, 10), 75))
OVERSEAS_STARTS = (date(2023, 3, 13), date(2023, 4, 10), date(2023, 5, 29))


@dataclass(frozen=True)
class Outing:
    """A trip to be written: where, when, whom to meet, how far back its visits lie."""

    kind: TripKind
    title: str
    first: date
    last: date
    companies: list[Company]
    members: tuple[UUID, ...]
    leader: UUID
    level: str
    regions: tuple[str, ...]
    countries: tuple[str, ...] | None = None
    body: UUID | None = None


@dataclass(frozen=True)
class Met:
    """A visit that was written, for what follows from it."""

    id: UUID
    on: date
    company: Company
    person: UUID


def write(unit: Unit, staff: Staff, companies: Companies) -> list[Met]:
    """Write every trip with its people, plans and visits; return the visits to companies in order of day."""
    numbers = count()
    talk = words("talk")
    met: list[Met] = []
    for outing in sorted(_outings(staff, companies), key=lambda one: (one.first, one.title)):
        met += _write(unit, talk, outing, numbers)
    return sorted(met, key=lambda one: (one.on, one.id.int))


def _outings(staff: Staff, companies: Companies) -> Iterator[Outing]:
    regions = list(companies.by_region)
    # How far each city's list of companies has been gone through; it goes round, and so some are met again.
    reached = dict.fromkeys(regions, 0)

    def next_of(region: str, how_many: int) -> list[Company]:
        own = companies.by_region[region]
        start = reached[region]
        reached[region] += how_many
        return [pick(own, start + n) for n in range(how_many)]

    for n in range(DOMESTIC):
        region = pick(regions, n)
        # The last one is under way on the sample's day.
        length = 4 if n == DOMESTIC - 1 else 2 + n % 3
        day = date(2023, 7, 11) if n == DOMESTIC - 1 else spread(date(2023, 1, 5), date(2023, 7, 7), n, DOMESTIC - 1)
        first = free_start(day, length)
        yield Outing(
            kind=TripKind.EXHIBITION if n % 12 == 7 else TripKind.OUTING,
            title=f"赴{region}参展招商" if n % 12 == 7 else f"赴{region}招商",
            first=first,
            last=first + timedelta(days=length - 1),
            companies=next_of(region, 8 if n < FULL_TRIPS - 1 or n == DOMESTIC - 1 else 7),
            members=_team(staff, n),
            leader=_team(staff, n)[-1],
            level=staff.level(_team(staff, n)[-1]),
            regions=(region,),
            body=companies.bodies[region] if n % 4 == 1 else None,
        )
    for region, first, length in POSTINGS:
        resident = staff.promoters[4]
        yield Outing(
            kind=TripKind.POSTING,
            title=f"驻{region}招商",
            first=first,
            last=first + timedelta(days=length),
            companies=next_of(region, 8),
            members=(resident,),
            leader=resident,
            level=staff.level(resident),
            regions=(region,),
        )
    for n, first in enumerate(OVERSEAS_STARTS):
        country = companies.overseas[n * 4].region
        head = staff.leaders[2]
        yield Outing(
            kind=TripKind.OVERSEAS,
            title=f"赴{country}招商",
            first=first,
            last=first + timedelta(days=4),
            companies=companies.overseas[n * 4 : n * 4 + 4],
            members=(staff.promoters[4], head),
            leader=head,
            level=staff.level(head),
            regions=(country,),
            countries=(country,),
        )


def _team(staff: Staff, n: int) -> tuple[UUID, ...]:
    """Return who goes: three teams in turn, the fifth promoter being on a posting; the head with every eighth."""
    own = pick((staff.promoters[:2], staff.promoters[2:4], staff.leaders[:2]), n)
    return (*own, staff.leaders[2]) if n % 8 == 0 else own


def _write(unit: Unit, talk: dict[str, Any], outing: Outing, numbers: Iterator[int]) -> list[Met]:
    ended = outing.last < DAY
    trip = unit.insert(
        Trip,
        title=outing.title,
        start_on=outing.first,
        end_on=outing.last,
        kind=outing.kind,
        regions=outing.regions,
        overseas_countries=outing.countries,
        leader_id=outing.leader,
        purpose=talk["purpose"].format(region="、".join(outing.regions)),
        findings=talk["findings"] if ended else None,
        problems=talk["problems"] if ended else None,
        plans=talk["plans"] if ended else None,
        report_due=workday(outing.last + timedelta(days=15 if outing.countries else 7)),
    )
    # The leader of a delegation goes home a day before the others.
    length = (outing.last - outing.first).days + 1
    unit.insert_many(
        TripMember,
        [
            {"trip_id": trip, "person_id": person, "days": Decimal(max(1, length - (place == 2)))}
            for place, person in enumerate(outing.members)
        ],
    )
    return _visits(unit, talk, outing, trip, numbers)


def _visits(unit: Unit, talk: dict[str, Any], outing: Outing, trip: UUID, numbers: Iterator[int]) -> list[Met]:
    last = min(outing.last, DAY)
    length = (last - outing.first).days + 1
    many = len(outing.companies)
    own = [next(numbers) for _one in outing.companies]
    days = [outing.first + timedelta(days=place * length // many) for place in range(many)]
    if outing.kind is TripKind.POSTING:
        days = [workday(day) for day in days]
    ids = unit.insert_many(
        Visit,
        [
            _visit(talk, n, company, trip, day, place % 4) | {"our_level": outing.level}
            for n, company, day, place in zip(own, outing.companies, days, range(many), strict=True)
        ],
    )
    _people(unit, outing, ids)
    unit.insert_many(
        TripPlan,
        [
            {
                "trip_id": trip,
                "enterprise_id": company.id,
                "on": day,
                "time": pick(("09:30", "11:00", "14:30", "16:30"), place),
                "state": PlanState.DONE,
                "contact_id": company.contact_id,
                "visit_id": visit,
            }
            for place, (visit, company, day) in enumerate(zip(ids, outing.companies, days, strict=True))
        ],
    )
    _asides(unit, talk, outing, trip, own, ids)
    person = outing.members[0]
    return [Met(visit, day, company, person) for visit, company, day in zip(ids, outing.companies, days, strict=True)]


def _visit(talk: dict[str, Any], n: int, company: Company, trip: UUID, day: date, hour: int) -> dict[str, Any]:
    return {
        "enterprise_id": company.id,
        "on": day,
        "time": pick(("09:30", "11:00", "14:30", "16:30"), hour),
        "trip_id": trip,
        "mode": VisitMode.FACE_TO_FACE,
        "place": f"{company.region}，{company.short}会议室",
        "talk": pick(talk["talk"], n * 3 + n // 8).format(**company.industry),
        "asks": pick(talk["asks"], n * 5 + n // 16) or None,
        "consensus": pick(talk["consensus"], n * 5 + n // 6),
        "intent": Intent(pick(talk["intent"], n)),
        # Every eleventh was written up three days late.
        "entered_at": int(clock.local_midnight(day).timestamp() * 1000) + (20 if n % 11 else 80) * HOUR_MS,
    }


def _people(unit: Unit, outing: Outing, visits: list[UUID]) -> None:
    unit.insert_many(
        VisitPerson, [{"visit_id": visit, "person_id": person} for visit in visits for person in outing.members]
    )
    unit.insert_many(
        VisitContact,
        [
            {"visit_id": visit, "contact_id": company.contact_id, "title": company.title}
            for visit, company in zip(visits, outing.companies, strict=True)
        ],
    )


def _asides(unit: Unit, talk: dict[str, Any], outing: Outing, trip: UUID, own: list[int], visits: list[UUID]) -> None:
    """Write what no figure counts among the companies visited: bodies, meetings on screen; and some needs."""
    if outing.body:
        unit.insert(
            Visit,
            enterprise_id=outing.body,
            on=outing.first,
            trip_id=trip,
            mode=VisitMode.FACE_TO_FACE,
            talk="座谈，了解会员企业西部布局动向，建立信息互通渠道。(示例)",
        )
    for n, visit, company in zip(own, visits, outing.companies, strict=True):
        if n % 60 == 17:
            unit.insert(
                Visit,
                enterprise_id=company.id,
                on=min(workday(outing.last + timedelta(days=5)), DAY),
                mode=VisitMode.ONLINE,
                talk="视频会议，就选址条件补充沟通。(示例)",
            )
        if n % 9 == 4:
            need = pick(talk["needs"], n // 9)
            quantity = Decimal(need["quantity"]) if need["quantity"] else None
            solved = outing.last + timedelta(days=30)
            unit.insert(
                Need,
                **(need | {"quantity": quantity}),
                enterprise_id=company.id,
                visit_id=visit,
                due=workday(outing.last + timedelta(days=30)),
                # What is weeks old has been seen to; of the latest about half waits still.
                solved_on=solved if solved < DAY and (n % 2 or solved < DAY - timedelta(days=45)) else None,
                promised_on=outing.last if n % 4 < 2 else None,
            )


def plan_ahead(unit: Unit, staff: Staff, companies: Companies) -> None:
    """Write the trips to come, and what the one under way still means to do."""
    under_way = unit.find(Trip, order_by=("-start_on",))[0]
    rest = companies.by_region[(under_way.regions or ("",))[0]][-4:]
    for place, company in enumerate(rest):
        on = DAY + timedelta(days=1 + place // 2)
        state = PlanState.CANCELLED if place == 3 else PlanState.AGREED
        _planned(unit, under_way.id, company, on, state, place)
    for first, region in ((date(2023, 7, 18), "苏州"), (date(2023, 7, 25), "深圳")):
        trip = unit.insert(
            Trip,
            title=f"赴{region}招商",
            start_on=first,
            end_on=first + timedelta(days=2),
            kind=TripKind.OUTING,
            regions=(region,),
            leader_id=staff.leaders[0],
            report_due=workday(first + timedelta(days=9)),
        )
        for person in (staff.promoters[0], staff.leaders[0]):
            unit.insert(TripMember, trip_id=trip, person_id=person, days=Decimal(3))
        for place, company in enumerate(companies.by_region[region][5:11]):
            state = PlanState.AGREED if place % 3 else PlanState.TO_ASK
            _planned(unit, trip, company, first + timedelta(days=place // 2), state, place)


def _planned(unit: Unit, trip: UUID, company: Company, on: date, state: PlanState, place: int) -> None:
    unit.insert(
        TripPlan,
        trip_id=trip,
        enterprise_id=company.id,
        on=on,
        time=pick(("10:00", "15:00"), place),
        state=state,
        contact_id=company.contact_id,
        purpose="洽谈西南布局",
    )
