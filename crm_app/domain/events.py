"""Events (活动), campaigns, packaged projects and hand-picked sets of projects."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Flag, Money, Option, Ref, Text, Whole
from crm_app.i18n import N_


class EventKind(StrEnum):
    """What an event was; what is published of the place is no event, and counts apart."""

    PROMOTION = "promotion"
    FORUM = "forum"
    TRAINING = "training"
    SHARING = "sharing"
    CONTEST = "contest"
    LIAISON_OFFICE = "liaison_office"
    SIGNING = "signing"
    PUBLICITY = "publicity"


EVENT_KIND_LABELS = {
    EventKind.PROMOTION: N_("Promotion meeting"),
    EventKind.FORUM: N_("Forum"),
    EventKind.TRAINING: N_("Training"),
    EventKind.SHARING: N_("Sharing session"),
    EventKind.CONTEST: N_("Contest"),
    EventKind.LIAISON_OFFICE: N_("Liaison office opened"),
    EventKind.SIGNING: N_("Signing ceremony"),
    EventKind.PUBLICITY: N_("Publicity"),
}


class Event(Record, table="event", label=N_("Event")):
    """A dated event with sessions and people."""

    name: str = declare(Text(), N_("Event"), required=When.CREATE, searched=True)
    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    kind: EventKind | None = declare(Option(EventKind, EVENT_KIND_LABELS), N_("Kind of event"), required=When.AUTO)
    place: str | None = declare(Text(), N_("Place"))
    role: str | None = declare(Text(), N_("Our role"))
    sessions: int | None = declare(Whole(), N_("Sessions"))
    people: int | None = declare(Whole(), N_("Participants"), unit="人")
    campaign: str | None = declare(Choice("campaign"), N_("Campaign"))


class PackagedProject(Record, table="packaged_project", label=N_("Packaged project")):
    """推介项目: offered to investors; linked to what was signed."""

    name: str = declare(Text(), N_("Packaged project"), required=When.CREATE)
    cluster: str | None = declare(Choice("cluster"), N_("Cluster"))
    content: str | None = declare(Text(lines=3), N_("What will be built"))
    amount: int | None = declare(Money(), N_("Amount"), unit="元")
    project_id: UUID | None = declare(Ref("project"), N_("Signed as"))


class ProjectSet(Record, table="project_set", label=N_("Set of projects")):
    """项目组合: a hand-picked set whose sum a text names."""

    name: str = declare(Text(), N_("Name of the set"), required=When.CREATE)
    in_bulletin: bool | None = declare(Flag(), N_("Named in the bulletin"))


class ProjectSetItem(Record, table="project_set_item", label=N_("Project of a set")):
    """One project of a set, in its order."""

    unique = (("project_set_id", "project_id"),)

    project_set_id: UUID = declare(Ref("project_set"), N_("Set of projects"), required=When.CREATE)
    project_id: UUID = declare(Ref("project"), N_("Project"), required=When.CREATE)
    place: int | None = declare(Whole(), N_("Order"))
