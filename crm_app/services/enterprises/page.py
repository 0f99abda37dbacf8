"""Everything the page of one enterprise shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.db import attached, contacts, merging
from crm_app.db import enterprises as reads
from crm_app.db import projects as project_reads
from crm_app.db.book import Book
from crm_app.db.contacts import ContactAt
from crm_app.db.enterprises import Chain, Group
from crm_app.domain import stages
from crm_app.domain.enterprises import Enterprise, EnterpriseName, Label
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Investor, Need, Project, Signing
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Annual
from crm_app.domain.tasks import Task
from crm_app.services.enterprises import timeline
from crm_app.services.enterprises.timeline import TimelineEntry


@dataclass(frozen=True)
class EnterprisePage:
    """Everything the page of an enterprise shows."""

    enterprise: Enterprise
    names: list[EnterpriseName]
    contacts: list[ContactAt]
    labels: list[Label]
    annuals: list[Annual]
    """Its results by year, the newest first."""
    leads: list[Lead]
    projects: list[tuple[Project, Investor]]
    needs: list[Need]
    """What they asked and what we promised, its own and that of its projects."""
    tasks: list[Task]
    timeline: list[TimelineEntry]
    group: Group
    chain: Chain
    stages: dict[UUID, Stage]
    """The stage each of its projects has reached."""
    signings: dict[UUID, list[Signing]]
    """What was signed for each of its projects, the last on top."""

    @property
    def parent(self) -> str:
        """The name of its parent or group; empty where none is known."""
        return self.group.parent.name if self.group.parent else ""


def enterprise_page(book: Book, enterprise_id: UUID) -> EnterprisePage:
    """Return everything known about one enterprise, or the one it was merged into; raise NotFound."""
    with book.read() as reader:
        enterprise_id = merging.survivor(reader, "enterprise", enterprise_id)
        enterprise = reader.get(Enterprise, enterprise_id)
        leads = reader.find(Lead, enterprise_id=enterprise_id, order_by=("-registered_on",))
        investors = reader.find(Investor, enterprise_id=enterprise_id)
        known = reader.get_many(Project, [one.project_id for one in investors])
        projects = [(known[one.project_id], one) for one in investors]
        entries = project_reads.logs(reader, known)
        files = attached.of_enterprise(reader, enterprise_id)
        signings = project_reads.signings(reader, known)
        logs = [(project, entries[project.id]) for project, _share in projects]
        happened = timeline.Happened(leads, logs, signings, files)
        return EnterprisePage(
            enterprise,
            reader.find(EnterpriseName, enterprise_id=enterprise_id),
            contacts.contacts_at(reader, enterprise_id),
            reader.find(Label, enterprise_id=enterprise_id, order_by=("-year",)),
            reader.find(Annual, enterprise_id=enterprise_id, order_by=("-year",)),
            leads,
            projects,
            reads.needs_of(reader, enterprise_id, known),
            reader.find(Task, enterprise_id=enterprise_id, done_on=None, order_by=("due",)),
            timeline.entries(reader, enterprise, happened),
            reads.group_of(reader, enterprise),
            reads.chain_of(reader, enterprise),
            {one: stages.standing(project_reads.stage_log(log)) for one, log in entries.items()},
            signings,
        )
