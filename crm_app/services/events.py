"""Events, hand-picked sets of projects whose sum a text names, and packaged projects offered to investors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain.events import Event, PackagedProject, ProjectSet, ProjectSetItem
from crm_app.domain.projects import Project, Signing
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class PickedSet:
    """A set with its projects in order and the sum of their total investments in yuan, as far as known."""

    set: ProjectSet
    projects: list[Project]
    total_yuan: int


def add_event(book: Book, *, name: str, on: date, **values: Any) -> Outcome[UUID]:
    """Add an event: kind, place, role, sessions, people."""
    with book.unit(_("Add an event: {name}").format(name=name)) as unit:
        made = unit.insert(Event, name=name, on=on, **values)
        return Outcome(unit.commit(), made)


def change_event(book: Book, event_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields of an event."""
    with book.unit(_("Change an event")) as unit:
        unit.about(unit.get(Event, event_id).name)
        unit.update(Event, event_id, **values)
        return Outcome(unit.commit(), None)


def remove_event(book: Book, event_id: UUID) -> Outcome[None]:
    """Take an event back; raise Refused where agreements were signed at it."""
    with book.unit(_("Remove an event")) as unit:
        unit.about(unit.get(Event, event_id).name)
        if unit.find(Signing, event_id=event_id, limit=1):
            raise Refused(_("Agreements were signed at this event; take it out of those signings first."))
        unit.delete(Event, event_id)
        return Outcome(unit.commit(), None)


def list_events(book: Book) -> list[Event]:
    """Return the events, the newest first."""
    with book.read() as reader:
        return reader.find(Event, order_by=("-on",))


def add_set(book: Book, name: str, project_ids: Sequence[UUID], *, in_bulletin: bool = False) -> Outcome[UUID]:
    """Pick projects into a named set, in this order."""
    with book.unit(_("Pick a set of projects: {name}").format(name=name)) as unit:
        made = unit.insert(ProjectSet, name=name, in_bulletin=in_bulletin)
        _write_items(unit, made, project_ids)
        return Outcome(unit.commit(), made)


def change_set(book: Book, set_id: UUID, project_ids: Sequence[UUID] | None = None, **values: Any) -> Outcome[None]:
    """Change the name or use of a set, and its projects where they are given."""
    with book.unit(_("Change a set of projects")) as unit:
        unit.about(unit.get(ProjectSet, set_id).name)
        unit.update(ProjectSet, set_id, **values)
        if project_ids is not None:
            _write_items(unit, set_id, project_ids)
        return Outcome(unit.commit(), None)


def remove_set(book: Book, set_id: UUID) -> Outcome[None]:
    """Take a set back; its projects stay."""
    with book.unit(_("Remove a set of projects")) as unit:
        unit.about(unit.get(ProjectSet, set_id).name)
        for item in unit.find(ProjectSetItem, project_set_id=set_id):
            unit.delete(ProjectSetItem, item.id)
        unit.delete(ProjectSet, set_id)
        return Outcome(unit.commit(), None)


def projects_named(book: Book, names: Sequence[str]) -> list[UUID]:
    """Return the projects of these names, in their order; raise BadInput, naming those that are none or several."""
    with book.read() as reader:
        known: dict[str, list[UUID]] = {}
        for project in reader.find(Project):
            known.setdefault(project.name.strip().casefold(), []).append(project.id)
    wanted = [name.strip() for name in names if name.strip()]
    unclear = [name for name in wanted if len(known.get(name.casefold(), ())) != 1]
    if unclear:
        words = _(", ").join(unclear)
        raise BadInput(_("No project, or more than one, is called so: {names}.").format(names=words), field="projects")
    return [known[name.casefold()][0] for name in wanted]


def _write_items(unit: Unit, set_id: UUID, project_ids: Sequence[UUID]) -> None:
    wanted = {one: place for place, one in enumerate(dict.fromkeys(project_ids))}
    present = {item.project_id: item for item in unit.find(ProjectSetItem, project_set_id=set_id)}
    for project, item in present.items():
        if project not in wanted:
            unit.delete(ProjectSetItem, item.id)
    for project, place in wanted.items():
        unit.get(Project, project)
        if project in present:
            unit.update(ProjectSetItem, present[project].id, place=place)
        else:
            unit.insert(ProjectSetItem, project_set_id=set_id, project_id=project, place=place)


def list_sets(book: Book) -> list[PickedSet]:
    """Return the sets with their projects and sums."""
    with book.read() as reader:
        found = []
        for one in reader.find(ProjectSet):
            items = reader.find(ProjectSetItem, project_set_id=one.id, order_by=("place",))
            known = reader.get_many(Project, [item.project_id for item in items])
            projects = [known[item.project_id] for item in items if known[item.project_id].deleted_at is None]
            found.append(PickedSet(one, projects, sum(project.total_investment or 0 for project in projects)))
    return found


def add_packaged(book: Book, *, name: str, **values: Any) -> Outcome[UUID]:
    """Add a packaged project that is offered: cluster, content, amount."""
    with book.unit(_("Add a packaged project: {name}").format(name=name)) as unit:
        made = unit.insert(PackagedProject, name=name, **values)
        return Outcome(unit.commit(), made)


def change_packaged(book: Book, packaged_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields of a packaged project; ``project_id`` names what was signed of it."""
    with book.unit(_("Change a packaged project")) as unit:
        unit.about(unit.get(PackagedProject, packaged_id).name)
        unit.update(PackagedProject, packaged_id, **values)
        return Outcome(unit.commit(), None)


def remove_packaged(book: Book, packaged_id: UUID) -> Outcome[None]:
    """Take a packaged project back; what was signed of it stays."""
    with book.unit(_("Remove a packaged project")) as unit:
        unit.about(unit.get(PackagedProject, packaged_id).name)
        unit.delete(PackagedProject, packaged_id)
        return Outcome(unit.commit(), None)


def list_packaged(book: Book) -> list[tuple[PackagedProject, Project | None]]:
    """Return the packaged projects with what was signed of each."""
    with book.read() as reader:
        found = reader.find(PackagedProject)
        known = reader.get_many(Project, [one.project_id for one in found if one.project_id])
    return [(one, known.get(one.project_id) if one.project_id else None) for one in found]
