"""Reads of leads: the list with what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.projects import Project
from crm_app.domain.staff import Person


@dataclass(frozen=True)
class LeadRow:
    """A lead as the list shows it."""

    lead: Lead
    enterprise: Enterprise
    contact: Contact | None
    owner: Person | None
    project_id: UUID | None

    @property
    def open(self) -> bool:
        """Neither turned down nor become a project."""
        return self.project_id is None and self.lead.triage is not Triage.NO


def row_of(reader: Reader, lead_id: UUID) -> LeadRow:
    """Return one lead; raise NotFound."""
    lead = reader.get(Lead, lead_id)
    made = reader.find(Project, lead_id=lead_id, limit=1)
    return LeadRow(
        lead,
        reader.get(Enterprise, lead.enterprise_id),
        reader.look_up(Contact, lead.contact_id),
        reader.look_up(Person, lead.owner_id),
        made[0].id if made else None,
    )


def rows(reader: Reader, enterprise_id: UUID | None = None) -> list[LeadRow]:
    """Return every lead, or those of one enterprise, newest first."""
    of_one: dict[str, Any] = {"enterprise_id": enterprise_id} if enterprise_id else {}
    leads = reader.find(Lead, order_by=("-registered_on", "-id"), **of_one)
    enterprises = reader.get_many(Enterprise, [lead.enterprise_id for lead in leads])
    contacts = reader.get_many(Contact, [lead.contact_id for lead in leads if lead.contact_id])
    people = reader.get_many(Person, [lead.owner_id for lead in leads if lead.owner_id])
    projects = {project.lead_id: project.id for project in reader.find(Project) if project.lead_id}
    return [
        LeadRow(
            lead,
            enterprises[lead.enterprise_id],
            contacts.get(lead.contact_id) if lead.contact_id else None,
            people.get(lead.owner_id) if lead.owner_id else None,
            projects.get(lead.id),
        )
        for lead in leads
    ]
