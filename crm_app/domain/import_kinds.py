"""The kinds of ledger that can be imported: what each must hold, whose words it understands, and what a target means.

A target is ``record.field``; a few are no declared field but a way to one: ``enterprise.province``, ``contact.people``,
``stage.started`` (the day a project reached a stage), ``visit.id`` (the row's own id in a sheet of this program).
"""

from __future__ import annotations

from typing import Any

from crm_app.domain import import_achieved, import_goals, import_months
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Day, Fuzzy, Kind, Tags, Text
from crm_app.domain.records import RECORDS
from crm_app.domain.stages import LINE, Stage
from crm_app.i18n import N_

ID = "id"
"""The field of a target that is a record's own id, as sheets of this program carry it: ``visit.id``."""

RECORD_OF = {
    "enterprises": "enterprise",
    "contacts": "contact",
    "leads": "lead",
    "trips": "trip",
    "visits": "visit",
    "receptions": "reception",
    "follow_ups": "follow_up",
    "tasks": "task",
    "projects": "project",
    "signings": "signing",
    "funds": "fund",
    "stages": "stage_entry",
    "milestones": "milestone",
    "needs": "need",
    "honours": "label",
    "targets": "target",
    "forecasts": "forecast",
    "events": "event",
    "rankings": "ranking",
    "yearly_results": "annual",
}
"""What a row of each kind is a record of."""

KINDS = tuple(RECORD_OF)

_TAKEN_IN_ORDER = (
    "events",
    "enterprises",
    "contacts",
    "trips",
    "visits",
    "receptions",
    "leads",
    "projects",
    "signings",
    "funds",
    "stages",
    "follow_ups",
)


def rank_of(kind: str) -> int:
    """Return the place of a kind among files that are imported together: what others refer to comes before them."""
    return _TAKEN_IN_ORDER.index(kind) if kind in _TAKEN_IN_ORDER else len(_TAKEN_IN_ORDER)


_ENTERPRISE = ("enterprise.name", "enterprise.uscc")
_PROJECT = ("project.name", "project.number", *_ENTERPRISE)
STAGE_DAYS = {f"stage.{stage.value}": stage for stage in Stage}
"""Columns that say when a project reached a stage: one row tells a whole history."""
MILESTONE_DAYS = {f"milestone_of.{kind}": kind for kind in (
    "注册", "立项", "备案", "环评", "能评", "安评", "供地", "规划许可", "施工许可", "竣工验收", "纳统",
)}  # fmt: skip
"""Columns that say when a project had a milestone, by what the list of milestones calls it."""
STAGE_EVIDENCE = {f"stage.{stage.value}_evidence": stage for stage in LINE[4:6]}

Needed = tuple[tuple[tuple[str, ...], str], ...]
NEEDED: dict[str, Needed] = {
    "enterprises": ((_ENTERPRISE, N_("enterprise name")),),
    "contacts": ((("contact.people", "contact.name", "contact.phone"), N_("contact's name")),),
    "leads": ((_ENTERPRISE, N_("enterprise name")),),
    "trips": ((("trip.start_on", "trip.period"), N_("day of departure")),),
    "visits": ((_ENTERPRISE, N_("enterprise name")), (("visit.on",), N_("day of the visit"))),
    "receptions": (
        ((*_ENTERPRISE, "reception.guests"), N_("enterprise name")),
        (("reception.on",), N_("day of the reception")),
    ),
    "follow_ups": (
        (_PROJECT, N_("enterprise name")),
        (("follow_up.on",), N_("day of the follow-up")),
        (("follow_up.content",), N_("content of the follow-up")),
    ),
    "tasks": ((("task.what",), N_("next step")),),
    "projects": ((("project.name",), N_("project name")),),
    "signings": ((_PROJECT, N_("project name")), (("signing.signed_on",), N_("day of signing"))),
    "funds": (
        (_PROJECT, N_("project name")),
        (("fund.on",), N_("day the funds arrived")),
        (("fund.amount",), N_("amount in place")),
    ),
    "stages": (
        (_PROJECT, N_("project name")),
        (("stage_entry.stage", *STAGE_DAYS), N_("stage")),
    ),
    "milestones": (
        (_PROJECT, N_("project name")),
        (("milestone.kind", *MILESTONE_DAYS), N_("milestone")),
        (("milestone.on", *MILESTONE_DAYS), N_("day of the milestone")),
    ),
    "needs": ((_PROJECT, N_("enterprise name")), (("need.text", "need.kind"), N_("need"))),
    "honours": ((_ENTERPRISE, N_("enterprise name")), (("label.honour",), N_("honour"))),
    "targets": (
        (("target.metric",), N_("metric")),
        (("target.value",), N_("target value")),
        (("target.period", "target.from_on"), N_("period")),
    ),
    "forecasts": (
        (("forecast.metric",), N_("metric")),
        (("forecast.value",), N_("forecast value")),
        (("forecast.period", "forecast.from_on"), N_("period")),
    ),
    "events": ((("event.name",), N_("name of the event")), (("event.on",), N_("day of the event"))),
    "rankings": ((("ranking.rank", "ranking.value"), N_("rank")),),
    "yearly_results": (
        (_ENTERPRISE, N_("enterprise name")),
        (("annual.output", "annual.tax"), N_("output or tax of the year")),
    ),
}
"""Of each group at least one column must be there; the word says what is missing where none is."""

RECORDS_OF = {
    "enterprises": ("enterprise", "contact", "position", "lead"),
    "contacts": ("contact", "position", "enterprise"),
    "leads": ("lead", "enterprise", "contact", "position"),
    "trips": ("trip", "trip_member", "trip_plan"),
    "visits": ("visit", "enterprise", "contact", "position", "task"),
    "receptions": ("reception", "enterprise", "contact", "position", "task"),
    "follow_ups": ("follow_up", "task", "enterprise", "contact", "position", "project"),
    "tasks": ("task", "enterprise", "project"),
    "projects": ("project", "signing", "investor", "project_park", "stage_entry", "enterprise", "contact", "position"),
    "signings": ("signing", "project", "investor", "project_park", "enterprise", "contact", "position"),
    "funds": ("fund", "project", "investor", "enterprise"),
    "stages": ("stage_entry", "project", "investor", "enterprise"),
    "milestones": ("milestone", "project", "investor", "enterprise"),
    "needs": ("need", "enterprise", "project"),
    "honours": ("label", "enterprise"),
    "targets": ("target",),
    "forecasts": ("forecast",),
    "events": ("event",),
    "rankings": ("ranking",),
    "yearly_results": ("annual", "enterprise"),
}
"""The records whose own labels are understood as headers too, so that what was exported comes back."""

LABEL_TARGETS = {
    "contact.name": "contact.people",
    "contact.enterprise": "enterprise.name",
    "lead.enterprise": "enterprise.name",
    "lead.contact": "contact.people",
    "visit.enterprise": "enterprise.name",
    "reception.enterprise": "enterprise.name",
    "follow_up.enterprise": "enterprise.name",
    "follow_up.contact": "contact.people",
    "follow_up.project": "project.name",
    "task.enterprise": "enterprise.name",
    "task.project": "project.name",
    "investor.enterprise": "enterprise.name",
    "annual.enterprise": "enterprise.name",
    "label.enterprise": "enterprise.name",
    "need.enterprise": "enterprise.name",
    "need.project": "project.name",
    "milestone.project": "project.name",
    "project.contact": "contact.people",
    "signing.project": "project.name",
    "fund.project": "project.name",
    "stage_entry.project": "project.name",
    "position.title": "contact.title",
    "project_park.park": "project.park",
    "trip_member.person": "trip.members",
    "trip_plan.enterprise": "trip.planned",
}
_LABELS_OF_KIND = {
    "projects": {"stage_entry.stage": "project.stage"},
    "contacts": {"contact.name": "contact.name"},
}

OTHER_PEOPLE = (2, 3)
"""Further people of a row that have columns of their own (联系人2, 职务2): ``contact2.people``, ``contact2.title``."""
OF_OTHERS = {
    f"contact{n}.{part}": meant
    for n in OTHER_PEOPLE
    for part, meant in (
        ("people", "contact.name"),
        ("title", "position.title"),
        ("phone", "contact.phone"),
        ("email", "contact.email"),
    )
}
ALSO = {"contact_also.phone": "contact.phone", "contact_also.email": "contact.email"}
"""A second phone, a second mail of the first person of a row: kept in the note, as of a business card."""

POST = "contact_post.text"
"""An enterprise with the post somebody has there, in one cell: 某某有限公司董事长."""

SPECIAL: dict[str, str] = {
    "enterprise.short_name": "enterprise_name.name",
    "enterprise.former_name": "enterprise_name.name",
    "enterprise.alias": "enterprise_name.name",
    "enterprise.honours": "label.honour",
    "project.park": "project_park.park",
    "project.stage": "stage_entry.stage",
    "contact.title": "position.title",
    "contact.people": "contact.name",
    POST: "position.title",
    **OF_OTHERS,
    **ALSO,
    **dict.fromkeys(STAGE_DAYS, "stage_entry.on"),
    **dict.fromkeys(MILESTONE_DAYS, "milestone.on"),
    **dict.fromkeys(STAGE_EVIDENCE, "stage_entry.evidence"),
}
"""Targets that are read, or at least called, like another declared field."""

AS_TEXT = (
    "enterprise.parent",
    "enterprise.province",
    "enterprise.city",
    "contact.title",
    POST,
    *(target for target in OF_OTHERS if target.endswith((".title", ".email"))),
    "contact_also.email",
    "lead.owner",
    "lead.first_reporter",
    "lead.visit",
    "trip.leader",
    "trip.members",
    "visit.trip",
    "visit.our_people",
    "reception.host",
    "reception.with",
    "follow_up.person",
    "follow_up.lead",
    "follow_up.visit",
    "task.owner",
    "task.lead",
    "task.visit",
    "task.reception",
    "task.follow_up",
    "need.visit",
    "need.quantity",
    "project.owner",
    "project.lead",
    "signing.event",
    "signing.currency",
    "fund.currency",
    "target.supersedes",
    "target.unit",
    "target.metric",
    "target.period",
    "forecast.unit",
    "forecast.metric",
    "forecast.period",
    "ranking.rank",
    "ranking.rate",
    "ranking.metric",
    "ranking.subject",
)
TIMED = {f"{record}.on": f"{record}.time" for record in ("visit", "reception", "follow_up")}
"""Days beside which a time may stand in the same cell, and what that is."""
PEOPLE = ("contact.people", "visit.their_people", *(f"contact{n}.people" for n in OTHER_PEOPLE))
PHONES = ("contact.phone", "contact_also.phone", *(f"contact{n}.phone" for n in OTHER_PEOPLE))
FURTHER_PHONE = "contact_also.phone"
YEARS = ("annual.year", "label.year")
"""Targets that are the year of a day a cell may hold: 2022年, 2022年10月."""
YEAR_OF = {"enterprise.revenue": "enterprise.revenue_year", "enterprise.tax": "enterprise.tax_year"}
"""Amounts of a year, and what that is where their header names it: 2023年营收."""
SPLIT = ("enterprise.short_name", "enterprise.former_name", "enterprise.alias", "enterprise.honours")
"""Targets whose cell names several, parted by 、 or ;."""


class Measured(Text):
    """A number whose unit another column tells: kept as it is written, the unit of its own column behind a space."""


DEADLINES = (
    "task.due",
    "need.due",
    "trip.report_due",
    "label.valid_to",
    "project.agreed_start_on",
    "project.agreed_production_on",
)
"""Days by which something is to be: 5月底 means its last day."""
AHEAD = (*DEADLINES, "project.expected_on", "trip.start_on", "trip.end_on", "trip.period")
"""Days that may lie ahead: one that is only expected is what they mean."""
LASTING = ("trip.period", "event.on")
"""Days from which and until which something lasted: a part of a month (4月中旬) is not that."""
PAST_DAYS = ("fund.on", "milestone.on", "stage_entry.on", *STAGE_DAYS, *MILESTONE_DAYS)
"""Days of what has happened, of which a ledger often knows the month alone."""
BESIDE = {
    "trip.end_on": ("trip.start_on",),
    "task.due": ("visit.on", "reception.on", "follow_up.on"),
    "need.due": ("need.promised_on",),
    "project.agreed_start_on": ("signing.signed_on",),
    "project.agreed_production_on": ("signing.signed_on",),
}
"""Days that lie behind another day of their row, and mean the year (or the week) from that on where they say none."""

_OTHER_KINDS: dict[str, Kind[Any]] = {
    "trip.planned": Tags(),
    "trip.period": Fuzzy(),
    **dict.fromkeys((*DEADLINES, *PAST_DAYS), Fuzzy()),
    "target.value": Measured(),
    "forecast.value": Measured(),
    "event.on": Fuzzy(),
    "ranking.value": Measured(),
    "ranking.goal": Measured(),
}


def is_id(target: str) -> bool:
    """Say whether a target is a record's own id."""
    return target.endswith(f".{ID}")


def label_targets(kind: str, target: str) -> str:
    """Return what the label of a declared field means in a ledger of a kind."""
    return _LABELS_OF_KIND.get(kind, {}).get(target) or LABEL_TARGETS.get(target, target)


def field_of(target: str) -> Field:
    """Return the declared field a target is read like; for those that are none, a field of plain text."""
    if import_months.month_of(target):
        target = "fund.amount"
    if import_goals.goal_of(target):
        return Field(target.partition(":")[2], "", Measured())
    if import_achieved.part_of(target):
        return Field(target.partition(":")[2], "", Measured())
    record, _dot, name = SPECIAL.get(target, target).partition(".")
    if target in _OTHER_KINDS:
        return Field(name, "", _OTHER_KINDS[target])
    if target in AS_TEXT or target in PEOPLE or name not in {one.name for one in RECORDS[record].fields}:
        return Field(name, "", Text())
    return RECORDS[record].field(name)


def field_said(target: str) -> str:
    """Return the field of a record that a target says something of: contact.title → position.title."""
    return SPECIAL.get(target, target).removesuffix("_id")


def is_day(target: str) -> bool:
    """Say whether a column of this target holds days."""
    return isinstance(field_of(target).kind, Day | Fuzzy)


def joins(target: str) -> bool:
    """Say whether several columns of this target are put together, each with its header; further phones without."""
    if target == FURTHER_PHONE:
        return True
    plain = target not in AS_TEXT and target not in PEOPLE and not is_id(target)
    return plain and type(field_of(target).kind) is Text
