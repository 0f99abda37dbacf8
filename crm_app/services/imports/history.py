"""What rows refer to beside enterprises: records by the id a sheet carries, projects, trips, what was noted before.

Loaded into the shelf in a few statements, and only where a row of the file speaks of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crm_app.db.reader import Reader
from crm_app.domain import names
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import Event
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Fund, Investor, Milestone, Need, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import DictionaryEntry, Setting
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Reception, ReceptionPerson, Visit
from crm_app.services.imports import measured, spoken
from crm_app.services.imports.shelf import Shelf

_OF_A_PROJECT: tuple[type[Record], ...] = (Investor, Signing, StageEntry, ProjectPark)
_PROJECT_WORDS = ("project", "signing", "fund", "stage_entry", "stage", "milestone", "milestone_of")


def load(shelf: Shelf, reader: Reader, rows: Sequence[Parsed]) -> None:
    """Put on the shelf what the book holds of everything these rows may mean."""
    targets = spoken.spoken_of(rows)
    shelf.load(rows, targets)
    enterprises = [one.id for one in shelf.drafts[Enterprise] if one.id]
    said = {target.partition(".")[0] for target in targets}
    if said.intersection(_PROJECT_WORDS):
        _load_projects(shelf, reader, rows, targets)
    people = spoken.alone(rows)
    if people:
        known = reader.find_in(Contact, "phone", {person["phone"] for person in people})
        for contact in known + reader.find_in(Contact, "name", {person["name"] for person in people}):
            shelf.take(contact)
    if "trip" in said:
        _load_trips(shelf, reader)
    if "reception" in said or "task.reception" in targets:
        received = reader.find_in(Reception, "enterprise_id", enterprises)
        received += reader.find(Reception, enterprise_id=None)
        shelf.load_children(received, "enterprise_id")
        for part in (Task, ReceptionPerson):
            shelf.load_children(reader.find_in(part, "reception_id", [one.id for one in received]), "reception_id")
    if "follow_up" in said or "task.follow_up" in targets:
        found = reader.find_in(FollowUp, "enterprise_id", enterprises)
        shelf.load_children(found, "enterprise_id")
        if "project" in said:
            projects = [one.id for one in shelf.drafts[Project] if one.id]
            of_projects = reader.find_in(FollowUp, "project_id", projects)
            for parent in ("project_id", "enterprise_id"):
                shelf.load_children(of_projects, parent)
            found = list({one.id: one for one in found + of_projects}.values())
        shelf.load_children(reader.find_in(Task, "follow_up_id", [one.id for one in found]), "follow_up_id")
    if "task" in said:
        for task in reader.find_in(Task, "enterprise_id", enterprises) + reader.find(Task, enterprise_id=None):
            shelf.load_children([task], "project_id" if task.project_id and not task.enterprise_id else "enterprise_id")
    if "visit" in said and "task" in said:
        visits = [one.id for one in shelf.drafts[Visit] if one.id]
        shelf.load_children(reader.find_in(Task, "visit_id", visits), "visit_id")
    if "need" in said:
        projects = [one.id for one in shelf.drafts[Project] if one.id]
        shelf.load_children(reader.find_in(Need, "project_id", projects), "project_id")
        shelf.load_children(reader.find_in(Need, "enterprise_id", enterprises), "enterprise_id")
    if "target" in said:
        for target in reader.find(Target):
            shelf.take(target)
    if "forecast" in said:
        for forecast in reader.find(Forecast):
            shelf.take(forecast)
    if said & {"event", "signing"}:
        for event in reader.find(Event):
            shelf.index_event(shelf.take(event))
    if "ranking" in said:
        _load_rankings(shelf, reader, rows)
    if "annual" in said:
        shelf.load_children(reader.find_in(Annual, "enterprise_id", enterprises), "enterprise_id")


def _load_rankings(shelf: Shelf, reader: Reader, rows: Sequence[Parsed]) -> None:
    """Load the rankings, the bureau's name, and how many each board of the file ranks."""
    for ranking in reader.find(Ranking):
        shelf.take(ranking)
    for setting in reader.find(Setting, key="bureau"):
        shelf.bureau = setting.value or ""
    ranked: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    for row in rows:
        subject, metric = row.values.get("ranking.subject"), row.values.get("ranking.metric") or ""
        if subject and not measured.is_unit(subject):
            key = tuple(row.values.get(f"ranking.{name}") for name in ("board", "period", "group"))
            ranked[(*key, metric)].add(subject)
            ranked[(*key, "")].add(subject)
    shelf.ranked.update({key: len(subjects) for key, subjects in ranked.items()})


def _load_projects(shelf: Shelf, reader: Reader, rows: Sequence[Parsed], targets: frozenset[str]) -> None:
    said = {target.partition(".")[0] for target in targets}
    for project in reader.find(Project):
        shelf.index_project(shelf.take(project))
    for record_type in _OF_A_PROJECT:
        shelf.load_children(reader.find(record_type), "project_id")
    if "project.park" in targets:
        shelf.parks = _beginnings(reader.find(DictionaryEntry, list_name="park"))
    if "project.lead" in targets:
        _load_leads(shelf, reader, rows)
    if said & {"milestone", "milestone_of"}:
        shelf.load_children(reader.find(Milestone), "project_id")
    if "fund" in said:
        shelf.load_children(reader.find(Fund), "project_id")
    shelf.load_enterprises_of(reader, {one.get("enterprise_id") for one in shelf.drafts[Investor]})


def _beginnings(entries: Sequence[DictionaryEntry]) -> dict[str, str]:
    """Return the beginnings by which entries are called for short (双福), where no other begins so."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for word in (entry.name, *(entry.aliases or ())):
            for end in range(2, len(word)):
                found[word[:end]].add(entry.name)
    return {beginning: meant.pop() for beginning, meant in found.items() if len(meant) == 1}


def _load_leads(shelf: Shelf, reader: Reader, rows: Sequence[Parsed]) -> None:
    """Load the leads that projects name by title or number, whosesoever they are."""
    named = {row.values["project.lead"] for row in rows if "project.lead" in row.values}
    named |= {names.clean(one) for one in named}
    found = reader.find_in(Lead, "title", named) + reader.find_in(Lead, "number", named)
    shelf.load_children(found, "enterprise_id")


def _load_trips(shelf: Shelf, reader: Reader) -> None:
    for trip in reader.find(Trip):
        shelf.take(trip)
    for record_type in (TripMember, TripPlan):
        shelf.load_children(reader.find(record_type), "trip_id")
    shelf.load_enterprises_of(reader, {one.get("enterprise_id") for one in shelf.drafts[TripPlan]})
