"""Gathers what lies ahead at the end of a window: contracts to be signed, starts, open matters, planned trips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from crm_app import clock
from crm_app.briefs.window_data import Ahead, Coming
from crm_app.db import trips as trip_reads
from crm_app.db.projects import amount_of, stage_log
from crm_app.db.reader import Reader
from crm_app.domain import stages
from crm_app.domain.counting import Tally, Window
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Agreement, Investor, Project, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.services.papers.needs import open_needs

_AS_LONG = timedelta(days=31)
"""How far ahead trips are looked for at least; after a longer window, as long as it is."""


def at_end_of(reader: Reader, window: Window) -> Ahead:
    """Return what lay ahead at the end of a window; of one under way, what lies ahead today."""
    last = window.last
    standing: list[tuple[Project, Stage]] = []
    logs: dict[UUID, list[StageEntry]] = {}
    for entry in reader.find(StageEntry, order_by=("on",)):
        if entry.on <= last:
            logs.setdefault(entry.project_id, []).append(entry)
    for project in reader.find(Project):
        if entries := sorted(logs.get(project.id, []), key=lambda entry: (entry.on, entry.id)):
            standing.append((project, stages.standing(stage_log(entries))))
    signed = {
        one.project_id for one in reader.find(Signing) if one.kind is Agreement.FORMAL and one.signed_on.first <= last
    }
    unstarted = [project for project, stage in standing if stage is Stage.SIGNED and project.id in signed]
    return Ahead(
        coming=_coming(reader, [(project, stage) for project, stage in standing if project.id not in signed]),
        unstarted=Tally(
            len(unstarted), sum(amount_of(one) or 0 for one in unstarted), tuple(one.id for one in unstarted)
        ),
        obstacles=open_needs(reader, min(last, clock.today())),
        trips=_trips(reader, window),
    )


def _coming(reader: Reader, unsigned: Sequence[tuple[Project, Stage]]) -> tuple[Coming, ...]:
    """Return the projects about to sign: reviewed or with an intent, or with a day they are expected to."""
    found = [
        (project, stage)
        for project, stage in unsigned
        if stage in (Stage.REVIEW, Stage.MOU) or (stage is Stage.NEGOTIATING and project.expected_on is not None)
    ]
    found.sort(key=lambda one: (-(amount_of(one[0]) or 0), one[0].id.int))
    parties = _parties(reader, [project.id for project, _stage in found])
    owners = reader.get_many(Person, [project.owner_id for project, _stage in found if project.owner_id])
    return tuple(
        Coming(
            id=project.id,
            project=project.name,
            enterprises=parties.get(project.id, ""),
            stage=_(STAGE_LABELS[stage]),
            yuan=amount_of(project),
            expected=project.shown("expected_on"),
            owner=owners[project.owner_id].name if project.owner_id in owners else "",
        )
        for project, stage in found
    )


def _parties(reader: Reader, projects: Sequence[UUID]) -> dict[UUID, str]:
    wanted = set(projects)
    investors = [one for one in reader.find(Investor) if one.project_id in wanted]
    known = reader.get_many(Enterprise, [one.enterprise_id for one in investors])
    names: dict[UUID, list[str]] = {}
    for one in investors:
        names.setdefault(one.project_id, []).append(known[one.enterprise_id].name)
    return {project: _(", ").join(several) for project, several in names.items()}


def _trips(reader: Reader, window: Window) -> tuple[UUID, ...]:
    """Return the trips that set out after today, in what is left of the window or in the days after it."""
    begin = clock.today() + timedelta(days=1)
    until = window.last + max(_AS_LONG, window.last - window.first)
    if until < begin:
        return ()
    rows = trip_reads.between(reader, begin, until)
    return tuple(sorted((row.trip.id for row in rows if row.trip.start_on >= begin), key=lambda one: one.int))
