"""What happened with an enterprise, newest first: meetings, follow-ups, progress, papers, files and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import enterprises as reads
from crm_app.db import journal
from crm_app.db.attached import Kept
from crm_app.db.journal import FieldChange
from crm_app.db.reader import Reader
from crm_app.domain import days, project_rules
from crm_app.domain.attachments import Attachment
from crm_app.domain.days import FuzzyDay
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.leads import Lead
from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS
from crm_app.domain.projects import Project, Signing, StageEntry
from crm_app.domain.stages import STAGE_LABELS
from crm_app.i18n import N_, _, ngettext


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: ``kind`` is visit, follow_up, reception, stage, lead, paper, attachment, edit.

    ``files`` are kept with it; ``id`` is that of the record it leads to.
    """

    on: date
    kind: str
    title: str
    text: str
    id: UUID
    files: tuple[Attachment, ...] = ()
    known: FuzzyDay | None = None
    """When it was, where that is not known to the day; ``on`` only sorts it then."""

    @property
    def when(self) -> FuzzyDay:
        """When it was, as precisely as is known."""
        return self.known or FuzzyDay.of(self.on)


@dataclass(frozen=True)
class Happened:
    """What the page has read already and the timeline tells as well."""

    leads: list[Lead]
    projects: list[tuple[Project, list[StageEntry]]]
    signings: Mapping[UUID, list[Signing]]
    files: list[Kept]


_TITLES = {"visit": N_("Visit"), "reception": N_("Reception")}


def entries(reader: Reader, enterprise: Enterprise, happened: Happened) -> list[TimelineEntry]:
    """Return everything that happened, newest first; what happened on one day in the order it was entered."""
    of_record, alone = _by_record(happened.files)
    found = [
        TimelineEntry(one.on, one.kind, one.title or _(_TITLES[one.kind]), one.text, one.id, of_record.get(one.id, ()))
        for one in reads.dealings(reader, enterprise.id)
    ]
    found += [
        TimelineEntry(one.registered_on, "lead", _("Lead"), one.title or "", one.id)
        for one in happened.leads
        if one.registered_on
    ]
    found += [
        _reached(project, one, happened.signings[project.id]) for project, log in happened.projects for one in log
    ]
    found += [_of_files(day, files) for day, files in alone.items()]
    found += [
        TimelineEntry(
            one.on,
            "paper",
            _("{paper} ({state})").format(paper=_(PAPER_KIND_LABELS[one.kind]), state=_(PAPER_STATE_LABELS[one.state])),
            one.title,
            one.id,
        )
        for one in reads.papers_about(reader, enterprise.id, [one.id for one in found if one.kind == "visit"])
    ]
    found += [
        TimelineEntry(clock.local(one.at).date(), "edit", one.label, _told(one), enterprise.id)
        for one in journal.history(reader, "enterprise", enterprise.id)
        if one.field
    ]
    return sorted(found, key=lambda entry: (entry.on, entry.id), reverse=True)


def _reached(project: Project, entry: StageEntry, signings: list[Signing]) -> TimelineEntry:
    known = project_rules.reached_on(entry.stage, entry.on, signings)
    title, text = _(STAGE_LABELS[entry.stage]), f"{project.name} {entry.reason or ''}".strip()
    if known.exact:
        return TimelineEntry(entry.on, "stage", title, text, project.id)
    title = _("{stage} ({day})").format(stage=title, day=days.show_day(known))
    return TimelineEntry(entry.on, "stage", title, text, project.id, known=known)


def _by_record(
    files: list[Kept],
) -> tuple[dict[UUID, tuple[Attachment, ...]], dict[date, tuple[Attachment, ...]]]:
    """Return the files of visits and follow-ups by these, and those of the enterprise itself by their day."""
    of_record: dict[UUID, tuple[Attachment, ...]] = {}
    alone: dict[date, tuple[Attachment, ...]] = {}
    for one in files:
        if one.record is not None:
            of_record[one.record] = (*of_record.get(one.record, ()), one.attachment)
        else:
            day = one.attachment.on or clock.local(one.attachment.id.int >> 80).date()
            alone[day] = (*alone.get(day, ()), one.attachment)
    return of_record, alone


def _of_files(day: date, files: tuple[Attachment, ...]) -> TimelineEntry:
    n = len(files)
    photos = all((one.kind or "").startswith("image/") for one in files)
    words = ngettext("{n} photo", "{n} photos", n) if photos else ngettext("{n} file", "{n} files", n)
    return TimelineEntry(
        day, "attachment", words.format(n=n), _(", ").join(one.name for one in files), files[0].id, files
    )


def _told(change: FieldChange) -> str:
    if not change.old:
        return _("{field}: {new}").format(field=change.field, new=change.new)
    new = change.new or _("(empty)")
    return _("{field}: {old} → {new}").format(field=change.field, old=change.old, new=new)
