"""The part of the book a file speaks of, read in a few statements, and grown by the drafts its rows make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, KeysView, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from crm_app.db import writing
from crm_app.db.ids import new_id
from crm_app.db.imports import Stored, stored
from crm_app.db.reader import Reader
from crm_app.domain import names, numbering, people
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.events import Event
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_cells import people_in
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead
from crm_app.domain.names import folded
from crm_app.domain.projects import Fund, Investor, Milestone, Need, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.records import RECORDS
from crm_app.domain.staff import Person
from crm_app.domain.targets import Annual, Forecast, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Reception, ReceptionPerson, Visit, VisitContact, VisitPerson
from crm_app.services.imports import spoken
from crm_app.services.imports.drafts import Draft, Notes, called
from crm_app.services.imports.made import Made
from crm_app.services.imports.row_names import names_in
from crm_app.services.imports.spare_days import spare_days

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
    ReceptionPerson,
    Event,
    Project,
    Investor,
    Signing,
    StageEntry,
    ProjectPark,
    Fund,
    Milestone,
    Need,
    Label,
    FollowUp,
    Task,
    Target,
    Forecast,
    Ranking,
    Annual,
)
"""The order in which drafts are written: what is referred to stands first."""


_NOTHING = frozenset[str]()
_SPEAKS_OF_LEADS = ("lead.", "follow_up.", "task.lead")
_SPEAKS_OF_VISITS = ("visit.", "trip.", "lead.visit", "follow_up.visit", "task.visit", "need.visit")
_SPEAKS_OF_HONOURS = ("label.", "enterprise.honours")
"""Beginnings of targets for which the leads, visits and honours of the enterprises that rows name are wanted."""


def project_key(name: str) -> str:
    """Return what two spellings of one project's name share: marks, spaces and the word 项目 at its end are nothing."""
    bare = "".join(char for char in folded(name) if char.isalnum())
    return bare.removesuffix("项目") or bare


class Shelf:
    """Drafts by what rows call them. Everything a row may find is loaded before the first row is looked at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        # By the name a row gives: enterprises it may mean, by name and with the reasons (likely.py).
        self.likely: Mapping[str, Sequence[tuple[str, str]]] = {}
        self.me = writing.my_id(reader)
        self.trips = reader.find(Trip)
        self.bureau = ""
        self.parks: Mapping[str, str] = {}
        """What parks are called for short → the park."""
        self.ranked: dict[tuple[str | None, ...], int] = {}
        """How many a board of the file ranks, by board, period, group and the metric a row names (empty: any)."""
        self.calendar = writing.calendar(reader)
        self.spare_days = spare_days(self.calendar)
        self._merged: dict[UUID, UUID] = {}
        self._taken_ids: set[UUID] = set()
        self._brought: set[UUID] = set()
        self._since = new_id().bytes
        self._told: list[Sequence[tuple[bytes, frozenset[str]]]] = []
        self._said: dict[bytes, frozenset[str]] = {}
        """What rows already forgotten have said of records of the book, by the record's id."""
        self._sayings: dict[frozenset[str], frozenset[str]] = {}
        self.drafts: dict[type[Record], list[Draft]] = {}
        self.forget()
        self._people = {folded(person.name): self.take(person) for person in reversed(reader.find(Person))}

    def forget(self) -> None:
        """Empty the shelf of what is written: what a later row means is found in the book again.

        Kept is what was said of records of the book: the first row is believed, however far below the other stands.
        """
        known = (draft for draft in chain.from_iterable(self.drafts.values()) if draft.id and not draft.ours)
        self.say_all((draft.id.bytes, frozenset(draft.claimed)) for draft in known if draft.id and draft.claimed)
        self.drafts = {record_type: [] for record_type in ORDER}
        self.changed: list[Draft] = []
        """Records of the book that a row has changed, in that order."""
        self._children: dict[tuple[str, UUID | Draft | None], list[Draft]] = {}
        self._by_id: dict[UUID, Draft] = {}
        self._with: dict[type[Record], set[bytes]] = {Enterprise: set(), Lead: set(), Visit: set(), Label: set()}
        """The enterprises of the book that are here with names and posts, their leads, their visits, their honours."""
        self._uscc: dict[str, list[Draft]] = {}
        self._name: dict[str, list[Draft]] = {}
        self._alias: dict[str, list[Draft]] = {}
        self._key: dict[str, list[Draft]] = {}
        self._projects: dict[str, list[Draft]] = defaultdict(list)
        self._events: dict[str, list[Draft]] = defaultdict(list)
        self.made = Made()

    def say_all(self, told: Iterable[tuple[bytes, frozenset[str]]]) -> None:
        """Remember of which fields of records of the book rows have spoken."""
        self._told.append(list(told))

    def _said_of(self, row_id: bytes) -> frozenset[str]:
        """Return the fields of a record of the book that rows have spoken of, as far as they are forgotten."""
        # Put in order when it is first asked for: where all rows are new or say nothing new, nobody ever asks.
        for told, fields in chain.from_iterable(self._told):
            before = self._said.get(told)
            said = fields if before is None else before | fields
            # Few of these differ.
            self._said[told] = said if said is fields else self._sayings.setdefault(said, said)
        self._told.clear()
        return self._said.get(row_id, _NOTHING)

    def known_among(self, keys: KeysView[str], codes: KeysView[str | None]) -> tuple[set[str], set[str | None]]:
        """Return those of the matching keys and codes that a row decided before speaks of, or may."""
        made_keys, made_codes = self.made.known_among(keys, codes)
        return (keys & self._key.keys()) | made_keys, (codes & self._uscc.keys()) | made_codes

    def load(self, rows: Sequence[Parsed], targets: frozenset[str]) -> None:
        """Put on the shelf the enterprises that rows with these targets may mean, and whose ids they carry."""
        reader = self._reader
        carried, merged = spoken.carried(reader, rows, targets)
        self._merged |= merged
        self._taken_ids |= {one.id for one in carried}
        carried = [one for one in carried if one.deleted_at is None]
        self._load_enterprises(rows, targets, spoken.enterprises_of(reader, carried))
        for record in carried:
            self.take(record)

    def _load_enterprises(self, rows: Sequence[Parsed], targets: frozenset[str], also: Iterable[UUID]) -> None:
        reader = self._reader
        keys = {names.match_key(name) for row in rows for name in names_in(row)}
        codes = {row.values["enterprise.uscc"] for row in rows if "enterprise.uscc" in row.values}
        aliases = stored(reader, EnterpriseName, "name_key", keys)
        found = stored(reader, Enterprise, "name_key", keys) + stored(reader, Enterprise, "uscc", codes)
        others = {alias["enterprise_id"] for alias in aliases}.union(also)
        found += stored(reader, Enterprise, "id", [one.bytes for one in others])
        meant = {one.id.bytes: one for one in found}
        ids = [row_id for row_id in meant if row_id not in self._with[Enterprise]]
        self._with[Enterprise].update(ids)
        for row_id in ids:
            self._index(self._take(Enterprise, meant[row_id]))
        for alias in stored(reader, EnterpriseName, "enterprise_id", ids):
            self._index_alias(self._hang(self._take(EnterpriseName, alias), "enterprise_id"))
        posts = [post for post in stored(reader, Position, "enterprise_id", ids) if post["to_on"] is None]
        for contact in stored(reader, Contact, "id", {post["contact_id"].bytes for post in posts}):
            self._take(Contact, contact)
        self._load_parts(Position, posts, "enterprise_id")
        if any(target.startswith(_SPEAKS_OF_LEADS) for target in targets):
            ids = [row_id for row_id in meant if row_id not in self._with[Lead]]
            self._with[Lead].update(ids)
            self._load_parts(Lead, stored(reader, Lead, "enterprise_id", ids), "enterprise_id")
        if any(target.startswith(_SPEAKS_OF_HONOURS) for target in targets):
            ids = [row_id for row_id in meant if row_id not in self._with[Label]]
            self._with[Label].update(ids)
            self._load_parts(Label, stored(reader, Label, "enterprise_id", ids), "enterprise_id")
        if any(target.startswith(_SPEAKS_OF_VISITS) for target in targets):
            ids = [row_id for row_id in meant if row_id not in self._with[Visit]]
            self._with[Visit].update(ids)
            self._load_visits(ids)

    def _load_visits(self, enterprises: Sequence[bytes]) -> None:
        visits = stored(self._reader, Visit, "enterprise_id", enterprises)
        self._load_parts(Visit, visits, "enterprise_id")
        ids = [one.id.bytes for one in visits]
        for record_type in (VisitPerson, VisitContact):
            self._load_parts(record_type, stored(self._reader, record_type, "visit_id", ids), "visit_id")

    def _load_parts(self, record_type: type[Record], rows: Iterable[Stored], parent: str) -> None:
        for row in rows:
            self._hang(self._take(record_type, row), parent)

    def _take(self, record_type: type[Record], row: Stored) -> Draft:
        row_id = row.id
        known = self._by_id.get(row_id)
        if known is None:
            known = self._by_id[row_id] = Draft(record_type, row_id, row)
            known.ours = row_id.bytes > self._since or row_id in self._brought
            known.claimed.update(self._said_of(row_id.bytes))
            self.drafts[record_type].append(known)
        return known

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
            self._by_id[record.id].claimed.update(self._said_of(record.id.bytes))
            if type(record) in self.drafts:
                self.drafts[type(record)].append(self._by_id[record.id])
        return self._by_id[record.id]

    def with_id(self, record_type: type[Record], row_id: UUID | None) -> Draft | None:
        """Return the record a row carries the id of; None where it carries none or one this book does not know."""
        found = self._by_id.get(spoken.last_of(self._merged, row_id)) if row_id else None
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
            self._brought.add(row_id)
        self.drafts[record_type].append(draft)
        return self._hang(draft, parent) if parent else draft

    def _hang(self, draft: Draft, parent: str) -> Draft:
        siblings = self._children.setdefault((f"{draft.record_type.table}.{parent}", draft.get(parent)), [])
        if draft not in siblings:
            siblings.append(draft)
        return draft

    def children(self, record_type: type[Record], parent: str, of: Draft) -> list[Draft]:
        """Return the drafts of a type that refer to ``of`` by the field ``parent``."""
        return self.children_of(record_type, parent, of.reference)

    def children_of(self, record_type: type[Record], parent: str, reference: UUID | Draft | None) -> list[Draft]:
        """Return the drafts of a type that hold ``reference`` in the field ``parent``."""
        return self._children.get((f"{record_type.table}.{parent}", reference), [])

    def draft_of(self, reference: UUID | Draft) -> Draft:
        """Return the draft a reference stands for."""
        return reference if isinstance(reference, Draft) else self._by_id[reference]

    def called(self, table: str, row_id: UUID) -> str:
        """Return what a record of the book is called, for a preview; empty for one that is not there."""
        known = self._by_id.get(row_id)
        found = None if known else self._reader.get_many(RECORDS[table], [row_id]).get(row_id)
        get = known.get if known else partial(getattr, found) if found else None
        return called(RECORDS[table], get) if get else ""

    def above(self, enterprise: Draft) -> Draft | None:
        """Return the parent an enterprise has in the book or by a row further up."""
        parent = enterprise.get("parent_id")
        if isinstance(parent, UUID) and parent not in self._by_id:
            for known in self._reader.get_many(Enterprise, [parent]).values():
                self.take(known)
        return None if parent is None else self.draft_of(parent)

    def _index(self, draft: Draft) -> Draft:
        name, code = draft.get("name"), draft.get("uscc")
        for shelf, word in ((self._name, folded(name)), (self._key, names.match_key(name)), (self._uscc, code)):
            if word and draft not in (known := shelf.setdefault(word, [])):
                known.append(draft)
        return draft

    def _index_alias(self, alias: Draft) -> None:
        enterprise = self.draft_of(alias.get("enterprise_id"))
        for shelf, word in ((self._alias, folded), (self._key, names.match_key)):
            known = shelf.setdefault(word(alias.get("name")), [])
            if enterprise not in known:
                known.append(enterprise)

    def coded(self, uscc: str) -> list[Draft]:
        """Return the enterprises that carry a credit code."""
        return list(self._uscc.get(uscc, ()))

    def named(self, name: str) -> list[Draft]:
        """Return the enterprises of this very name, else those that have it as another name.

        Of several, those whose name is written as it is here: 台積電 may stand beside 台积电.
        """
        found = self._name.get(folded(name)) or self._alias.get(folded(name), [])
        return [one for one in found if one.get("name") == name] or list(found)

    def like(self, name: str) -> list[Draft]:
        """Return the enterprises whose names share the matching key."""
        return list(self._key.get(names.match_key(name), ()))

    def make_enterprise(self, name: str, uscc: str | None, row_id: UUID | None = None) -> Draft:
        """Draft a new enterprise."""
        return self._index(self.make(Enterprise, row_id=row_id, name=name, uscc=uscc, category=Category.COMPANY))

    def index_project(self, project: Draft) -> Draft:
        """Find a project by its name and by the number the office assigned."""
        for word in (project_key(project.get("name")), numbering.assigned(project.get("number"))):
            if word and project not in self._projects[word]:
                self._projects[word].append(project)
        return project

    def projects_called(self, word: str) -> list[Draft]:
        """Return the projects of this name or number: the very same name goes before one spelled otherwise."""
        found = self._projects.get(word) or self._projects.get(project_key(word)) or []
        very = [one for one in found if folded(one.get("name") or "") == folded(word)]
        return very or list(found)

    def index_event(self, event: Draft) -> Draft:
        """Find an event by its name."""
        alike = self._events[names.clean(event.get("name"))]
        if event not in alike:
            alike.append(event)
        return event

    def events_called(self, name: str) -> list[Draft]:
        """Return the events of this name."""
        wanted = names.clean(name)
        return [one for one in self._events.get(wanted, ()) if names.clean(one.get("name")) == wanted]

    def learn_code(self, enterprise: Draft) -> None:
        """Find an enterprise by the code it has just been given."""
        self._index(enterprise)

    def add_name(self, enterprise: Draft, name: str, kind: NameKind, notes: Notes) -> None:
        """Give an enterprise another name, unless it has it already."""
        if folded(name) == folded(enterprise.get("name")) or any(
            folded(other.get("name")) == folded(name)
            for other in self.children(EnterpriseName, "enterprise_id", enterprise)
        ):
            return
        made = self.make(EnterpriseName, "enterprise_id", enterprise_id=enterprise.reference, name=name, kind=kind)
        self._index_alias(made)
        notes.added.append(name)

    def person(self, name: str) -> Draft:
        """Return the colleague of this name, drafted where there is none; a post beside the name is theirs.

        Of several in a cell that may hold one, the first.
        """
        # Online sheets mention a colleague as @李华.
        name = name.lstrip("@＠ ")
        known_as, title = folded(name), None
        if known_as not in self._people:
            name = next(iter(people.listed(name)), name)
            name, title = people.behind_post(name)
            known_as = folded(name)
        if known_as not in self._people and not title:
            said = people_in(name)
            if len(said) == 1 and people.is_title(said[0].title):
                name, title = said[0].name, said[0].title
                known_as = folded(name)
        if known_as not in self._people:
            self._people[known_as] = self.make(Person, name=names.clean(name), title=title or None)
        return self._people[known_as]
