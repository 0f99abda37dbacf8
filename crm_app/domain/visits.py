"""Visits (拜访): one enterprise met face to face on one day; and receptions (接待) at home."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from crm_app.domain.fields import GROUP_FACTS, GROUP_PEOPLE, GROUP_RECORD, Record, When, declare
from crm_app.domain.kinds import Choice, Day, Instant, Option, Ref, Tags, Text
from crm_app.i18n import N_

LATE_ENTRY_MS = 48 * 3600 * 1000
"""A visit written up later than this after its day is 补录."""


class VisitMode(StrEnum):
    """A phone call is a follow-up, not a visit (counting rule 8)."""

    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"


VISIT_MODE_LABELS = {VisitMode.FACE_TO_FACE: N_("Face to face"), VisitMode.ONLINE: N_("Online")}


class Intent(StrEnum):
    """How keen the enterprise is."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


INTENT_LABELS = {
    Intent.A: N_("A: will invest"),
    Intent.B: N_("B: interested"),
    Intent.C: N_("C: watching"),
    Intent.D: N_("D: no interest"),
}


class Visit(Record, table="visit", label=N_("Visit")):
    """One enterprise met on one day, normally on a trip."""

    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE, group=GROUP_FACTS)
    on: date = declare(Day(), N_("Day"), required=When.CREATE, group=GROUP_FACTS)
    time: str | None = declare(Text(), N_("Time"), group=GROUP_FACTS)
    number: str | None = declare(Text(), N_("Visit number"), required=When.AUTO)
    trip_id: UUID | None = declare(Ref("trip"), N_("Trip"), required=When.AUTO, group=GROUP_FACTS)
    mode: VisitMode | None = declare(
        Option(VisitMode, VISIT_MODE_LABELS), N_("Mode"), required=When.AUTO, group=GROUP_FACTS
    )
    our_level: str | None = declare(Choice("visit_level"), N_("Our level"), required=When.AUTO, group=GROUP_PEOPLE)
    place: str | None = declare(Text(), N_("Place"), group=GROUP_FACTS, searched=True)
    talk: str | None = declare(
        Text(lines=5), N_("What was said"), required=When.REPORT, group=GROUP_RECORD, searched=True
    )
    asks: str | None = declare(Text(lines=3), N_("What they ask"), group=GROUP_RECORD, searched=True)
    consensus: str | None = declare(Text(lines=3), N_("What was agreed"), group=GROUP_RECORD, searched=True)
    intent: Intent | None = declare(Option(Intent, INTENT_LABELS), N_("Degree of interest"), group=GROUP_RECORD)
    raw: str | None = declare(Text(lines=3), N_("Pasted text"), group=GROUP_RECORD)
    entered_at: int | None = declare(Instant(), N_("Entered at"), required=When.AUTO)


class VisitPerson(Record, table="visit_person", label=N_("Our people")):
    """One of our people at a visit."""

    unique = (("visit_id", "person_id"),)

    visit_id: UUID = declare(Ref("visit"), N_("Visit"), required=When.CREATE)
    person_id: UUID = declare(Ref("person"), N_("Colleague"), required=When.CREATE)


class VisitContact(Record, table="visit_contact", label=N_("Their people")):
    """One of their people at a visit, with the title held that day."""

    unique = (("visit_id", "contact_id"),)

    visit_id: UUID = declare(Ref("visit"), N_("Visit"), required=When.CREATE)
    contact_id: UUID = declare(Ref("contact"), N_("Contact"), required=When.CREATE)
    title: str | None = declare(Text(), N_("Title that day"))


class Reception(Record, table="reception", label=N_("Reception")):
    """An enterprise received at home."""

    guests: str = declare(Text(), N_("Guests"), required=When.CREATE, searched=True)
    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    time: str | None = declare(Text(), N_("Time"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
    host_id: UUID | None = declare(Ref("person"), N_("Hosted by"), required=When.REPORT)
    sites: tuple[str, ...] | None = declare(Tags(), N_("Sites shown"))
    result: str | None = declare(Text(lines=3), N_("Result"), required=When.REPORT, searched=True)


class ReceptionPerson(Record, table="reception_person", label=N_("Accompanied by")):
    """One of our people at a reception, beside its host."""

    unique = (("reception_id", "person_id"),)

    reception_id: UUID = declare(Ref("reception"), N_("Reception"), required=When.CREATE)
    person_id: UUID = declare(Ref("person"), N_("Colleague"), required=When.CREATE)
