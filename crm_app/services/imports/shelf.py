"""The part of the book a file speaks of, read in a few statements, and grown by the drafts its rows make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from crm_app.db import writing
from crm_app.db.imports import find_in
from crm_app.db.reader import Reader
from crm_app.domain import names, numbering
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName, NameKind
from crm_app.domain.events import Event
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Fund, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.targets import Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Reception, Visit, VisitContact, VisitPerson
from crm_app.services.imports import history
from crm_app.services.imports.drafts import Draft, Notes

R = TypeVar("R", bound=Record)

ORDER: tuple[type[Record], ...] = (
    Person,
    Enterprise,
    EnterpriseName,
    Contact,
    Position,
    Trip,
    TripMember,
    TripPlan,
    Lead,
    Visit,
    VisitPerson,
    VisitContact,
    Reception,
    Project,
    Investor,
    Signing,
    StageEntry,
    ProjectPark,
    Fund,
    FollowUp,
    Task,
    Target,
)
"""The order in which drafts are written: what is referred to stands first."""


def _folded(name: str) -> str:
    return names.clean(name).casefold()


def parted(names_in_one: str) -> list[str]:
    """Return the names one cell holds, where 、 or ; stands between them; nothing where it is a single one."""
    several = [part.strip() for part in re.split(r"[、;；\n]+", names_in_one) if part.strip()]
    return several if len(several) > 1 else []


def project_key(name: str) -> str:
    """Return what two spellings of one project's name share: marks, spaces and the word 项目 at its end are nothing."""
    folded = "".join(char for char in _folded(name) if char.isalnum())
    return folded.removesuffix("项目") or folded


class Shelf:
    """Drafts by what rows call them. Everything a row may find is loaded before the first row is looked at."""

    def __init__(self, reader: Reader, rows: Sequence[Parsed]) -> None:
        # By the name a row gives: enterprises it may mean, by name and with the reasons (likely.py).
        self.likely: Mapping[str, Sequence[tuple[str, str]]] = {}
        self.drafts: dict[type[Record], list[Draft]] = {record_type: [] for record_type in ORDER}
        self.me = writing.my_id(reader)
        self._children: dict[tuple[str, UUID | Draft], list[Draft]] = defaultdict(list)
        self._by_id: dict[UUID, Draft] = {}
        self._uscc: dict[str, list[Draft]] = defaultdict(list)
        self._name: dict[str, list[Draft]] = defaultdict(list)
        self._alias: dict[str, list[Draft]] = defaultdict(list)
        self._key: dict[str, list[Draft]] = defaultdict(list)
        self._projects: dict[str, list[Draft]] = defaultdict(list)
        targets = history.spoken_of(rows)
        carried, self._merged = history.carried(reader, rows, targets)
        self._taken_ids = {one.id for one in carried}
        carried = [one for one in carried if one.deleted_at is None]
        self._load_enterprises(reader, rows, history.enterprises_of(reader, carried))
        for record in carried:
            self.take(record)
        self._people = {_folded(person.name): self.take(person) for person in reversed(reader.find(Person))}
        self.trips = reader.find(Trip)
        self.events: list[Event] = []
        self.calendar = writing.calendar(reader)
        history.load(self, reader, rows, targets, [one.id for one in self.drafts[Enterprise] if one.id])

    def _load_enterprises(self, reader: Reader, rows: Sequence[Parsed], also: Iterable[UUID]) -> None:
        keys = {names.match_key(name) for row in rows for name in _names_in(row)}
        codes = {row.values["enterprise.uscc"] for row in rows if row.values.get("enterprise.uscc")}
        aliases = find_in(reader, EnterpriseName, "name_key", keys)
        found = find_in(reader, Enterprise, "name_key", keys) + find_in(reader, Enterprise, "uscc", codes)
        found += reader.get_many(Enterprise, [*(alias.enterprise_id for alias in aliases), *also]).values()
        ids = [self._index(self.take(one)).id for one in found if one.deleted_at is None]
        for alias in find_in(reader, EnterpriseName, "enterprise_id", ids):
            self._index_alias(self._hang(self.take(alias), "enterprise_id"))
        positions = [post for post in find_in(reader, Position, "enterprise_id", ids) if post.to_on is None]
        for contact in reader.get_many(Contact, [post.contact_id for post in positions]).values():
            self.take(contact)
        self.load_children(positions, "enterprise_id")
        self.load_children(find_in(reader, Lead, "enterprise_id", ids), "enterprise_id")
        visits = find_in(reader, Visit, "enterprise_id", ids)
        self.load_children(visits, "enterprise_id")
        self.load_children(find_in(reader, VisitPerson, "visit_id", [one.id for one in visits]), "visit_id")
        self.load_children(find_in(reader, VisitContact, "visit_id", [one.id for one in visits]), "visit_id")

    def load_enterprises_of(self, reader: Reader, ids: Iterable[UUID]) -> None:
        """Take the enterprises that records on the shelf refer to and no row names."""
        for enterprise in reader.get_many(Enterprise, set(ids) - set(self._by_id)).values():
            draft = self.take(enterprise)
            if enterprise.deleted_at is None:
                self._index(draft)

    def load_children(self, records: Iterable[Record], parent: str) -> None:
        """Take records of the book as the children of what their field ``parent`` refers to."""
        for record in records:
            self._hang(self.take(record), parent)

    def take(self, record: Record) -> Draft:
        """Return the one draft of a record of the book."""
        if record.id not in self._by_id:
            self._by_id[record.id] = Draft.of(record)
            if type(record) in self.drafts:
                self.drafts[type(record)].append(self._by_id[record.id])
        return self._by_id[record.id]

    def with_id(self, record_type: type[Record], row_id: UUID | None) -> Draft | None:
        """Return the record a row carries the id of; None where it carries none or one this book does not know."""
        found = self._by_id.get(history.last_of(self._merged, row_id)) if row_id else None
        return found if found is not None and found.record_type is record_type else None

    def make(self, record_type: type[Record], parent: str = "", *, row_id: UUID | None = None, **values: Any) -> Draft:
        """Draft a record to be made; ``parent`` names the field by which :meth:`children` finds it.

        ``row_id`` is the id it has in the book its row comes from, and keeps: the sheet goes back and forth.
        """
        draft = Draft(record_type, wanted={name: value for name, value in values.items() if value is not None})
        if row_id and row_id not in self._taken_ids:
            draft.new_id = row_id
            self._by_id[row_id] = draft
            self._taken_ids.add(row_id)
        draft.claimed.update(draft.wanted)
        self.drafts[record_type].append(draft)
        return self._hang(draft, parent) if parent else draft

    def _hang(self, draft: Draft, parent: str) -> Draft:
        siblings = self._children[(f"{draft.record_type.table}.{parent}", draft.get(parent))]
        if draft not in siblings:
            siblings.append(draft)
        return draft

    def children(self, record_type: type[Record], parent: str, of: Draft) -> list[Draft]:
        """Return the drafts of a type that refer to ``of`` by the field ``parent``."""
        return self.children_of(record_type, parent, of.reference)

    def children_of(self, record_type: type[Record], parent: str, reference: UUID | Draft) -> list[Draft]:
        """Return the drafts of a type that hold ``reference`` in the field ``parent``."""
        return self._children[(f"{record_type.table}.{parent}", reference)]

    def draft_of(self, reference: UUID | Draft) -> Draft:
        """Return the draft a reference stands for."""
        return reference if isinstance(reference, Draft) else self._by_id[reference]

    def _index(self, draft: Draft) -> Draft:
        name, code = draft.get("name"), draft.get("uscc")
        for shelf, word in ((self._name, _folded(name)), (self._key, names.match_key(name)), (self._uscc, code)):
            if word and draft not in shelf[word]:
                shelf[word].append(draft)
        return draft

    def _index_alias(self, alias: Draft) -> None:
        enterprise = self.draft_of(alias.get("enterprise_id"))
        for shelf, word in ((self._alias, _folded), (self._key, names.match_key)):
            if enterprise not in shelf[word(alias.get("name"))]:
                shelf[word(alias.get("name"))].append(enterprise)

    def coded(self, uscc: str) -> list[Draft]:
        """Return the enterprises that carry a credit code."""
        return list(self._uscc.get(uscc, ()))

    def named(self, name: str) -> list[Draft]:
        """Return the enterprises of this very name, else those that have it as another name."""
        return list(self._name.get(_folded(name), ())) or list(self._alias.get(_folded(name), ()))

    def like(self, name: str) -> list[Draft]:
        """Return the enterprises whose names share the matching key."""
        return list(self._key.get(names.match_key(name), ()))

    def make_enterprise(self, name: str, uscc: str | None, row_id: UUID | None = None) -> Draft:
        """Draft a new enterprise."""
        made = self.make(Enterprise, row_id=row_id, name=name, uscc=uscc, category=Category.COMPANY)
        # No row has said so yet.
        made.claimed.discard("category")
        return self._index(made)

    def index_project(self, project: Draft) -> Draft:
        """Find a project by its name and by the number the office assigned."""
        for word in (project_key(project.get("name")), numbering.assigned(project.get("number"))):
            if word and project not in self._projects[word]:
                self._projects[word].append(project)
        return project

    def projects_called(self, word: str) -> list[Draft]:
        """Return the projects of this name or number: the very same name goes before one spelled otherwise."""
        found = self._projects.get(word) or self._projects.get(project_key(word)) or []
        very = [one for one in found if _folded(one.get("name") or "") == _folded(word)]
        return very or list(found)

    def learn_code(self, enterprise: Draft) -> None:
        """Find an enterprise by the code it has just been given."""
        self._index(enterprise)

    def add_name(self, enterprise: Draft, name: str, kind: NameKind, notes: Notes) -> None:
        """Give an enterprise another name, unless it has it already."""
        if _folded(name) == _folded(enterprise.get("name")) or any(
            _folded(other.get("name")) == _folded(name)
            for other in self.children(EnterpriseName, "enterprise_id", enterprise)
        ):
            return
        made = self.make(EnterpriseName, "enterprise_id", enterprise_id=enterprise.reference, name=name, kind=kind)
        self._index_alias(made)
        notes.added.append(name)

    def person(self, name: str) -> Draft:
        """Return the colleague of this name, drafted where there is none."""
        folded = _folded(name)
        if folded not in self._people:
            self._people[folded] = self.make(Person, name=names.clean(name))
        return self._people[folded]


def _names_in(row: Parsed) -> list[str]:
    found = [row.values[target] for target in ("enterprise.name", "enterprise.parent") if row.values.get(target)]
    found += row.values.get("trip.planned", ())
    if "contacts" in row.values and found:
        found += parted(found[0])
    return found + [name for name, _share in row.values.get("investors", ())]
