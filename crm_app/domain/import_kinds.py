"""The kinds of ledger that can be imported: what each must hold, whose words it understands, and what a target means.

A target is ``record.field``; a few are no declared field but a way to one: ``enterprise.province``, ``contact.people``.
"""

from __future__ import annotations

from crm_app.domain.fields import Field
from crm_app.domain.kinds import Text
from crm_app.domain.records import RECORDS

ID = "id"
"""The field of a target that is a record's own id, as sheets of this program carry it: ``visit.id``."""

KINDS = ("enterprises", "leads", "visits", "projects")

NEEDED = {
    "enterprises": ("enterprise.name", "enterprise.uscc"),
    "leads": ("enterprise.name", "enterprise.uscc"),
    "visits": ("enterprise.name", "enterprise.uscc"),
    "projects": ("project.name",),
}
"""Of these at least one column must be there, or the kind is another."""

RECORDS_OF = {
    "enterprises": ("enterprise", "contact", "position", "lead"),
    "leads": ("lead", "enterprise", "contact", "position"),
    "visits": ("visit", "enterprise", "contact", "position"),
    "projects": ("project", "signing", "investor", "project_park", "stage_entry", "enterprise", "contact", "position"),
}
"""The records whose own labels are understood as headers too, so that what was exported comes back."""

LABEL_TARGETS = {
    "contact.name": "contact.people",
    "lead.enterprise": "enterprise.name",
    "lead.contact": "contact.people",
    "visit.enterprise": "enterprise.name",
    "investor.enterprise": "enterprise.name",
    "project.contact": "contact.people",
    "stage_entry.stage": "project.stage",
    "position.title": "contact.title",
    "project_park.park": "project.park",
}
SPECIAL: dict[str, str] = {
    "enterprise.short_name": "enterprise_name.name",
    "enterprise.former_name": "enterprise_name.name",
    "enterprise.alias": "enterprise_name.name",
    "project.park": "project_park.park",
    "project.stage": "stage_entry.stage",
}
"""Targets that are read like another declared field."""

AS_TEXT = (
    "enterprise.parent",
    "enterprise.province",
    "enterprise.city",
    "contact.title",
    "lead.owner",
    "lead.first_reporter",
    "visit.trip",
    "visit.our_people",
    "project.owner",
)
PEOPLE = ("contact.people", "visit.their_people")


def is_id(target: str) -> bool:
    """Say whether a target is a record's own id."""
    return target.endswith(f".{ID}")


def field_of(target: str) -> Field:
    """Return the declared field a target is read like; for those that are none, a field of plain text."""
    record, _dot, name = SPECIAL.get(target, target).partition(".")
    if target in AS_TEXT or target in PEOPLE or name not in {one.name for one in RECORDS[record].fields}:
        return Field(name, "", Text())
    return RECORDS[record].field(name)


def joins(target: str) -> bool:
    """Say whether several columns of this target are put together, each with its header."""
    plain = target not in AS_TEXT and target not in PEOPLE and not is_id(target)
    return plain and type(field_of(target).kind) is Text
