"""Leads: logged in seconds, judged, and turned into projects without typing anything twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from crm_app import clock
from crm_app.db import leads as reads
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.leads import LeadRow
from crm_app.domain.amounts import MoneyRange
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.projects import Investor, Project, StageEntry
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

__all__ = ["LeadRow"]


@dataclass(frozen=True)
class LogLead:
    """What the quick form asks: only ``name`` (or a chosen ``enterprise_id``) is required.

    ``contact`` is a name or form of address, with the title where it is told (“张总 总经理”).
    """

    name: str
    enterprise_id: UUID | None = None
    uscc: str | None = None
    contact: str = ""
    phone: str | None = None
    note: str = ""
    intent: MoneyRange | None = None
    next_step: str = ""
    source: str | None = None
    content: str | None = None
    visit_id: UUID | None = None


@dataclass(frozen=True)
class Logged:
    """The ids a logged lead made or found."""

    lead_id: UUID
    enterprise_id: UUID
    contact_id: UUID | None
    task_id: UUID | None


def last_source(book: Book) -> str:
    """Return where the lead that was logged last came from, to offer it again; empty where that is not known."""
    with book.read() as reader:
        newest = reader.find(Lead, order_by=("-id",), limit=1)
    return (newest[0].source or "") if newest else ""


def log_lead(book: Book, asked: LogLead) -> Outcome[Logged]:
    """Log a lead; the enterprise and the contact are made or found, the next step becomes a task."""
    with book.unit(_("Log a lead: {name}").format(name=asked.name)) as unit:
        enterprise = asked.enterprise_id or writing.find_or_make_enterprise(unit, asked.name, uscc=asked.uscc)
        contact = None
        if asked.contact.strip() or asked.phone:
            name, title = writing.name_and_title(unit, enterprise, asked.contact)
            # A phone without a name still belongs to somebody.
            contact = writing.find_or_make_contact(unit, enterprise, name or _("(name unknown)"), phone=asked.phone)
            if title:
                writing.keep_title(unit, contact, enterprise, title)
        reporter = writing.my_id(unit)
        named = unit.get(Enterprise, enterprise).name
        lead = unit.insert(
            Lead,
            number=writing.next_draft_number(unit, Lead, clock.today().year),
            enterprise_id=enterprise,
            title=f"{named} {asked.content}" if asked.content else named,
            source=asked.source,
            contact_id=contact,
            visit_id=asked.visit_id,
            first_reporter_id=reporter,
            registered_on=clock.today(),
            owner_id=reporter,
            content=asked.content,
            intent=asked.intent,
            note=asked.note.strip() or None,
            triage=Triage.FOLLOW,
        )
        task = writing.next_step(unit, asked.next_step, enterprise_id=enterprise, lead_id=lead)
        return Outcome(unit.commit(), Logged(lead, enterprise, contact, task))


def list_leads(book: Book, *, open_only: bool = True) -> list[LeadRow]:
    """Return the leads, newest first; open ones are neither turned down nor become a project."""
    with book.read() as reader:
        return [row for row in reads.rows(reader) if row.open or not open_only]


def lead_row(book: Book, lead_id: UUID) -> LeadRow:
    """Return a lead with what belongs to it; raise NotFound."""
    with book.read() as reader:
        return reads.row_of(reader, lead_id)


def change_lead(book: Book, lead_id: UUID, **values: object) -> Outcome[None]:
    """Change fields of a lead; the first reporter is never rewritten once said."""
    with book.unit(_("Change a lead")) as unit:
        before = unit.get(Lead, lead_id)
        if (
            before.first_reporter_id
            and values.get("first_reporter_id", before.first_reporter_id) != before.first_reporter_id
        ):
            raise Refused(_("The first reporter of a lead is never rewritten."))
        writing.about(unit, Enterprise, before.enterprise_id)
        unit.update(Lead, lead_id, **values)
        return Outcome(unit.commit(), None)


def triage(book: Book, lead_id: UUID, verdict: Triage, reason: str = "") -> Outcome[None]:
    """Judge a lead: follow, hold or turn down, with a reason."""
    return change_lead(book, lead_id, triage=verdict, triage_reason=reason or None)


def to_project(book: Book, lead_id: UUID, name: str, channel: str | None, on: date | None = None) -> Outcome[UUID]:
    """Make a project of a lead: contact, owner, amount, content and open next steps are carried over.

    ``channel`` is the one the lead's source proposes, or another. The project starts 在谈 on ``on`` (today). Raise
    Refused for a lead that became a project already.
    """
    with book.unit(_("Make a project of a lead: {name}").format(name=name)) as unit:
        lead = unit.get(Lead, lead_id)
        for made in unit.find(Project, lead_id=lead_id):
            raise Refused(_("This lead became the project “{name}” already; open that one.").format(name=made.name))
        enterprise = unit.get(Enterprise, lead.enterprise_id)
        definite = lead.intent if lead.intent and lead.intent.low == lead.intent.high else None
        project = unit.insert(
            Project,
            number=writing.next_draft_number(unit, Project, (on or clock.today()).year),
            name=name,
            lead_id=lead_id,
            content=lead.content or lead.note,
            cluster=enterprise.cluster,
            industry=enterprise.industry,
            channel=channel,
            intent=lead.intent,
            total_investment=definite.low if definite and definite.currency.value == "CNY" else None,
            owner_id=lead.owner_id,
            contact_id=lead.contact_id,
        )
        unit.insert(Investor, project_id=project, enterprise_id=lead.enterprise_id, share=Decimal(100))
        unit.insert(StageEntry, project_id=project, stage=Stage.NEGOTIATING, on=on or clock.today())
        for task in unit.find(Task, lead_id=lead_id, done_on=None):
            unit.update(Task, task.id, project_id=project)
        return Outcome(unit.commit(), project)
