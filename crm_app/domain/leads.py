"""Leads (线索): one expression of interest by an enterprise; the first reporter is never rewritten."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from crm_app.domain.amounts import MoneyRange
from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Option, Range, Ref, Text
from crm_app.i18n import N_


class Triage(StrEnum):
    """The first judgement of a lead (初判结论)."""

    FOLLOW = "follow"
    HOLD = "hold"
    NO = "no"


TRIAGE_LABELS = {Triage.FOLLOW: N_("Follow"), Triage.HOLD: N_("Hold"), Triage.NO: N_("Turn down")}


class Lead(Record, table="lead", label=N_("Lead")):
    """One expression of interest; its number is a draft until the office assigns one (counting rule 10)."""

    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    number: str | None = declare(Text(), N_("Lead number"), required=When.AUTO)
    title: str | None = declare(Text(), N_("Lead title"), required=When.AUTO, searched=True)
    source: str | None = declare(Choice("lead_source"), N_("Source"), required=When.AUTO)
    referrer: str | None = declare(Text(), N_("Referred by"))
    contact_id: UUID | None = declare(Ref("contact"), N_("Contact"))
    visit_id: UUID | None = declare(Ref("visit"), N_("From visit"), required=When.AUTO)
    first_reporter_id: UUID | None = declare(Ref("person"), N_("First reporter"), required=When.AUTO)
    registered_on: date | None = declare(Day(), N_("Registered on"), required=When.AUTO)
    owner_id: UUID | None = declare(Ref("person"), N_("Owner"), required=When.AUTO)
    content: str | None = declare(Text(lines=3), N_("Intended investment"), searched=True)
    intent: MoneyRange | None = declare(Range(), N_("Intended amount"), unit="元")
    note: str | None = declare(Text(lines=3), N_("Note"), searched=True)
    triage: Triage | None = declare(Option(Triage, TRIAGE_LABELS), N_("First judgement"))
    triage_reason: str | None = declare(Text(), N_("Reason of the judgement"))
    feedback_on: date | None = declare(Day(), N_("Answered the referrer on"))
