"""The sample's work at the desk: leads, follow-ups, next steps, receptions, results of the year."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain import amounts
from crm_app.domain.amounts import WAN
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.targets import Annual
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception, ReceptionPerson
from crm_app.services.demo.companies import Companies
from crm_app.services.demo.material import DAY, HALF_YEAR, Staff, pick, spread, words, workday
from crm_app.services.demo.road import Met

DUE = (-6, -5, -2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 2, 3, 5, 5, 6, 7, 7, 9, 12, 14, 16, 20)
"""When the open next steps are due, in days from the sample's day: overdue, today, the next seven days, later."""

INTENTS = ("约3-5亿", "1.2亿", "约2亿", "5600万", "待定", "3-4亿", "8000万", "约10亿")


def write(unit: Unit, staff: Staff, companies: Companies, met: list[Met]) -> None:
    """Write all of it, from the visits that were made."""
    leads = _leads(unit, met)
    _follow_ups(unit, met, leads)
    _tasks(unit, staff, met, leads)
    _receptions(unit, staff, companies)
    _results(unit, companies)


def _leads(unit: Unit, met: list[Met]) -> dict[UUID, UUID]:
    """Write the leads still open, a few turned down; return lead by enterprise."""
    talk = words("talk")
    known = {lead.enterprise_id for lead in unit.find(Lead)}
    found: dict[UUID, UUID] = {}
    for one in met[::-1]:
        if len(found) == 46:
            break
        if one.company.id in known or one.company.id in found:
            continue
        n = len(found)
        verdict = (Triage.FOLLOW, Triage.FOLLOW, Triage.FOLLOW, Triage.HOLD, Triage.FOLLOW, Triage.NO)[n % 6]
        content = pick(talk["contents"], n)
        found[one.company.id] = unit.insert(
            Lead,
            enterprise_id=one.company.id,
            title=f"{one.company.name} {content}",
            source="外出拜访",
            contact_id=one.company.contact_id,
            visit_id=one.id,
            first_reporter_id=one.person,
            registered_on=one.on,
            owner_id=one.person,
            content=content,
            intent=amounts.parse_range(pick(INTENTS, n)),
            triage=verdict,
            triage_reason=None if verdict is Triage.FOLLOW else "近期无西部布局计划(示例)",
        )
    return found


def _follow_ups(unit: Unit, met: list[Met], leads: dict[UUID, UUID]) -> None:
    talk = words("talk")
    for n, one in enumerate(met[::3]):
        on = workday(one.on + timedelta(days=6 + n % 5))
        if on <= DAY:
            unit.insert(
                FollowUp,
                on=on,
                mode=pick(talk["modes"], n),
                content=pick(talk["follow"], n),
                enterprise_id=one.company.id,
                contact_id=one.company.contact_id,
                lead_id=leads.get(one.company.id),
                visit_id=one.id,
                person_id=one.person,
            )


def _tasks(unit: Unit, staff: Staff, met: list[Met], leads: dict[UUID, UUID]) -> None:
    """Write next steps: those of older visits done, the latest open around the sample's day."""
    talk = words("talk")
    latest = met[-len(DUE) * 2 :: 2]
    for n, (one, after) in enumerate(zip(latest, DUE, strict=True)):
        # The sample belongs to the first promoter, whose Today must have something to say.
        owner = staff.promoters[0] if n % 3 else pick(staff.promoters, n)
        unit.insert(
            Task,
            what=f"{one.company.short}：{pick(talk['next'], n)}",
            due=DAY + timedelta(days=after),
            owner_id=owner,
            enterprise_id=one.company.id,
            visit_id=one.id,
            lead_id=leads.get(one.company.id),
        )
    for n, one in enumerate(met[: -len(DUE) * 2 : 5]):
        due = workday(one.on + timedelta(days=7))
        unit.insert(
            Task,
            what=f"{one.company.short}：{pick(talk['next'], n)}",
            due=due,
            owner_id=one.person,
            done_on=min(due, DAY),
            enterprise_id=one.company.id,
            visit_id=one.id,
        )


def _receptions(unit: Unit, staff: Staff, companies: Companies) -> None:
    talk = words("talk")
    guests = [company for own in companies.by_region.values() for company in own[1::8]]
    for n, company in enumerate(guests):
        made = unit.insert(
            Reception,
            guests=f"{company.short}一行{3 + n % 5}人",
            on=spread(HALF_YEAR[0], DAY, n * 5 % len(guests), len(guests)),
            enterprise_id=company.id,
            host_id=pick(staff.leaders, n),
            sites=(pick(talk["sites"], n), pick(talk["sites"], n + 2)),
            result=pick(talk["results"], n),
        )
        unit.insert(ReceptionPerson, reception_id=made, person_id=pick(staff.promoters, n))


def _results(unit: Unit, companies: Companies) -> None:
    for n, company in enumerate(companies.home):
        land = Decimal(35 + n * 13 % 160)
        for year in (2021, 2022):
            output = int(land) * (380 + n * 47 % 420 + (year - 2021) * 30) * WAN
            tax = output * (3 + n % 4) // 100
            unit.insert(Annual, enterprise_id=company.id, year=year, output=output, tax=tax, land=land)
