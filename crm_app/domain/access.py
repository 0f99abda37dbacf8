"""What is noted of who took something out of the book: acts and subjects, as codes that name nobody."""

from __future__ import annotations

from enum import StrEnum

from crm_app.domain.papers import ABOUT_TABLE, PAPER_KIND_LABELS, PaperKind
from crm_app.i18n import N_


class Act(StrEnum):
    """What was done with something of the book; none of these is ever undone."""

    PRINT = "print"
    EXPORT = "export"
    COPY = "copy"
    REVEAL = "reveal"
    UNLOCK = "unlock"
    ERASE = "erase"
    RESTORE = "restore"


ACT_LABELS = {
    Act.PRINT: N_("Printed"),
    Act.EXPORT: N_("Taken out as a file"),
    Act.COPY: N_("Rows copied to the clipboard"),
    Act.REVEAL: N_("Whole phone numbers shown"),
    Act.UNLOCK: N_("Unlocked"),
    Act.ERASE: N_("Person erased"),
    Act.RESTORE: N_("Backup restored"),
}

BOOK = "book"
CONTACT = "contact"
ATTACHMENT = "attachment"
_PAPERS = {f"paper.{kind.value}": kind for kind in PaperKind}

_OTHER_SUBJECTS = {
    BOOK: N_("The book"),
    CONTACT: N_("Contact"),
    "rows.enterprises": N_("Enterprises"),
    "rows.contacts": N_("Contacts"),
    "rows.leads": N_("Leads"),
    "rows.trips": N_("Trips"),
    "rows.visits": N_("Visit records"),
    "rows.receptions": N_("Receptions"),
    "rows.follow_ups": N_("Follow-ups"),
    "rows.tasks": N_("Next steps to take"),
    "rows.calendar": N_("Calendar"),
    "rows.projects": N_("Projects"),
    "rows.signings": N_("Signings"),
    "rows.funds": N_("Funds"),
    "rows.stages": N_("Stage changes"),
    "rows.milestones": N_("Milestones"),
    "rows.needs": N_("Needs"),
    "rows.honours": N_("Honours"),
    "rows.yearly_results": N_("Yearly results"),
    "rows.targets": N_("Targets"),
    "rows.forecasts": N_("Forecasts"),
    "rows.rankings": N_("Rankings"),
    "rows.events": N_("Events"),
    "rows.figures": N_("Rows of a figure"),
    ATTACHMENT: N_("Attachment"),
}


def paper(kind: PaperKind) -> str:
    """Return the subject of a paper of this kind."""
    return f"paper.{kind.value}"


def rows(kind: str) -> str:
    """Return the subject of every row of a kind."""
    return f"rows.{kind}"


def subject_label(subject: str) -> str:
    """Return the English words of a subject; its code where it is not known."""
    if subject in _PAPERS:
        return PAPER_KIND_LABELS[_PAPERS[subject]]
    return _OTHER_SUBJECTS.get(subject, subject)


def table_of(subject: str) -> str:
    """Return the table of the record a subject is about; empty where it is about none."""
    if subject in (CONTACT, ATTACHMENT):
        return subject
    return ABOUT_TABLE.get(_PAPERS[subject], "") if subject in _PAPERS else ""
