"""Trips (外出批次): one approved outing and return; its days, people and the enterprises it means to meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Number, Option, Ref, Tags, Text
from crm_app.i18n import N_


class TripKind(StrEnum):
    """A resident posting (驻外日常) counts apart from batches (counting rule 8)."""

    OUTING = "outing"
    POSTING = "posting"
    EXHIBITION = "exhibition"
    OVERSEAS = "overseas"


TRIP_KIND_LABELS = {
    TripKind.OUTING: N_("Outing"),
    TripKind.POSTING: N_("Resident posting"),
    TripKind.EXHIBITION: N_("Exhibition or conference"),
    TripKind.OVERSEAS: N_("Overseas trip"),
}


class PlanState(StrEnum):
    """How far a planned visit is arranged."""

    TO_ASK = "to_ask"
    AGREED = "agreed"
    CANCELLED = "cancelled"
    DONE = "done"


PLAN_STATE_LABELS = {
    PlanState.TO_ASK: N_("To ask"),
    PlanState.AGREED: N_("Agreed"),
    PlanState.CANCELLED: N_("Cancelled"),
    PlanState.DONE: N_("Done"),
}


class Trip(Record, table="trip", label=N_("Trip")):
    """One approved outing and return = one batch, counted in the window of its departure."""

    title: str = declare(Text(), N_("Trip title"), required=When.CREATE, searched=True)
    start_on: date = declare(Day(), N_("Departure"), required=When.CREATE)
    end_on: date = declare(Day(), N_("Return"), required=When.CREATE)
    number: str | None = declare(Text(), N_("Trip number"), required=When.AUTO)
    kind: TripKind | None = declare(Option(TripKind, TRIP_KIND_LABELS), N_("Kind of trip"), required=When.AUTO)
    regions: tuple[str, ...] | None = declare(Tags(), N_("Destinations"), required=When.REPORT)
    leader_id: UUID | None = declare(Ref("person"), N_("Led by"), required=When.REPORT)
    channel: str | None = declare(Choice("channel"), N_("Channel"))
    purpose: str | None = declare(Text(lines=3), N_("Purpose"), required=When.REPORT)
    findings: str | None = declare(Text(lines=4), N_("Findings"), required=When.REPORT)
    problems: str | None = declare(Text(lines=4), N_("Problems"), required=When.REPORT)
    plans: str | None = declare(Text(lines=4), N_("Next plans"), required=When.REPORT)
    approval_number: str | None = declare(Text(), N_("Approval number"))
    report_due: date | None = declare(Day(), N_("Report due"), required=When.AUTO)
    overseas_countries: tuple[str, ...] | None = declare(Tags(), N_("Countries"))


class TripMember(Record, table="trip_member", label=N_("Trip member")):
    """One of our people on a trip; days in halves."""

    unique = (("trip_id", "person_id"),)

    trip_id: UUID = declare(Ref("trip"), N_("Trip"), required=When.CREATE)
    person_id: UUID = declare(Ref("person"), N_("Colleague"), required=When.CREATE)
    days: Decimal | None = declare(Number(1), N_("Days"), unit="天")


class TripPlan(Record, table="trip_plan", label=N_("Planned visit")):
    """An enterprise a trip means to meet; the visit, once written, is linked."""

    trip_id: UUID = declare(Ref("trip"), N_("Trip"), required=When.CREATE)
    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    on: date | None = declare(Day(), N_("Day"))
    time: str | None = declare(Text(), N_("Time"))
    state: PlanState | None = declare(Option(PlanState, PLAN_STATE_LABELS), N_("State"), required=When.AUTO)
    contact_id: UUID | None = declare(Ref("contact"), N_("Contact"))
    purpose: str | None = declare(Text(), N_("Purpose"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
