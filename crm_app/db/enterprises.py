"""Reads of enterprises: those called so or carrying a code, and what was done with one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db.reader import Reader
from crm_app.domain import chains, names
from crm_app.domain.chains import Reach
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.projects import Need


def by_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises with this very name: those that are written so, else as wide, large or traditional."""
    wanted = names.clean(name)
    # By the key, which has an index: equal names have equal keys.
    found = reader.find(Enterprise, name_key=names.match_key(wanted))
    same = [one for one in found if names.folded(one.name) == names.folded(wanted)]
    return [one for one in same if one.name == wanted] or same


def by_other_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises that are, or were, also called this: a former name, a short name, an alias."""
    wanted = names.clean(name)
    found = reader.find(EnterpriseName, name_key=names.match_key(wanted))
    others = {one.enterprise_id for one in found if names.folded(one.name) == names.folded(wanted)}
    return [one for one in reader.get_many(Enterprise, others).values() if one.deleted_at is None]


def by_key(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises whose name, or one of whose other names, has the same matching key."""
    key = names.match_key(name)
    if not key:
        return []
    # Each by its own index: asked together with OR, SQLite looks at every enterprise.
    called = {one.enterprise_id for one in reader.find(EnterpriseName, name_key=key)}
    found = {one.id: one for one in reader.find(Enterprise, name_key=key)}
    found |= {row: one for row, one in reader.get_many(Enterprise, called).items() if one.deleted_at is None}
    return sorted(found.values(), key=lambda one: (one.pinyin or "", one.id))


def by_uscc(reader: Reader, uscc: str) -> list[Enterprise]:
    """Return the enterprises that carry this credit code; two may until merged."""
    return reader.find(Enterprise, uscc=uscc)


@dataclass(frozen=True)
class Dealing:
    """One thing done with an enterprise: ``kind`` is visit, follow_up or reception; a follow-up's title is its way."""

    on: date
    kind: str
    title: str
    text: str
    id: UUID


_DEALINGS = (
    ("visit", "''", "talk"),
    ("follow_up", "mode", "content"),
    ("reception", "''", "coalesce(nullif(result, ''), guests)"),
)


def dealings(reader: Reader, enterprise_id: UUID) -> list[Dealing]:
    """Return what was done with an enterprise, in no order; no more is read of it than a line shows."""
    statement = " UNION ALL ".join(
        f"SELECT '{kind}', \"on\", {title}, {words}, id FROM {kind} WHERE enterprise_id = :of AND deleted_at IS NULL"
        for kind, title, words in _DEALINGS
    )
    rows = reader.rows_of(statement, {"of": enterprise_id.bytes})
    return [
        Dealing(date.fromisoformat(on), kind, title, words or "", UUID(bytes=row))
        for kind, on, title, words, row in rows
    ]


@dataclass(frozen=True)
class Related:
    """Another enterprise; ``detail`` says what makes it one: its place in the chain."""

    id: UUID
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """Whose group an enterprise belongs to: those above it, the nearest last; those below it, and beside it."""

    above: tuple[Related, ...] = ()
    below: tuple[Related, ...] = ()
    beside: tuple[Related, ...] = ()

    @property
    def parent(self) -> Related | None:
        """The one right above."""
        return self.above[-1] if self.above else None


_MOST_RELATED = 30


def group_of(reader: Reader, enterprise: Enterprise) -> Group:
    """Return the group of an enterprise, as far as it is in the book."""
    above: list[Related] = []
    seen, parent = {enterprise.id}, enterprise.parent_id
    while parent is not None and parent not in seen:
        seen.add(parent)
        one = reader.look_up(Enterprise, parent)
        if one is None or one.deleted_at is not None:
            break
        above.insert(0, Related(one.id, one.name))
        parent = one.parent_id
    beside = _under(reader, enterprise.parent_id) if above else []
    return Group(
        tuple(above), tuple(_under(reader, enterprise.id)), tuple(one for one in beside if one.id != enterprise.id)
    )


def _under(reader: Reader, parent: UUID | None) -> list[Related]:
    found = reader.find(Enterprise, parent_id=parent, limit=_MOST_RELATED) if parent is not None else []
    return [Related(one.id, one.name) for one in found]


@dataclass(frozen=True)
class Chain:
    """Enterprises of the same cluster by where their place in the chain says they stand; those met last on top."""

    reach: Reach | None = None
    upstream: tuple[Related, ...] = ()
    downstream: tuple[Related, ...] = ()


_CHAIN = (
    "SELECT id, name, chain_position FROM enterprise WHERE cluster = :cluster AND deleted_at IS NULL AND id <> :of "
    "AND instr(chain_position, :word) > 0 ORDER BY id DESC LIMIT :most"
)
_MOST_IN_CHAIN = 6


def chain_of(reader: Reader, enterprise: Enterprise) -> Chain:
    """Return whom the book knows upstream and downstream in the cluster; nothing where no place in the chain says."""
    reach = chains.reach_of(enterprise.chain_position or "")
    if reach is None or not enterprise.cluster:
        return Chain(reach)

    def at(*where: Reach) -> tuple[Related, ...]:
        found: list[Related] = []
        for one in where:
            asked = {"cluster": enterprise.cluster, "of": enterprise.id.bytes, "word": one.value}
            rows = reader.rows_of(_CHAIN, {**asked, "most": _MOST_IN_CHAIN - len(found)})
            found += [Related(UUID(bytes=row), name, place) for row, name, place in rows]
        return tuple(found)

    return Chain(reach, at(*chains.above(reach)), at(*chains.below(reach)))


def needs_of(reader: Reader, enterprise_id: UUID, projects: Iterable[UUID]) -> list[Need]:
    """Return the needs and promises of an enterprise and of its projects: those still open first, by their deadline."""
    own = {one.id: one for one in reader.find(Need, enterprise_id=enterprise_id)}
    own |= {one.id: one for one in reader.find_in(Need, "project_id", projects)}
    far = date.max
    return sorted(own.values(), key=lambda one: (one.solved_on is not None, one.due or far, one.id))


@dataclass(frozen=True)
class PaperAbout:
    """A paper about an enterprise or one of its visits, without its content."""

    id: UUID
    on: date
    kind: PaperKind
    state: PaperState
    title: str


def papers_about(reader: Reader, enterprise_id: UUID, visits: Iterable[UUID]) -> list[PaperAbout]:
    """Return the papers kept about an enterprise or its visits; their pages are not read."""
    wanted = {enterprise_id.hex, *(one.hex for one in visits)}
    rows = reader.rows_of(
        "SELECT id, kind, state, title, about FROM issued_paper WHERE about IS NOT NULL AND deleted_at IS NULL"
    )
    return [
        PaperAbout(
            UUID(bytes=row), clock.local(UUID(bytes=row).int >> 80).date(), PaperKind(kind), PaperState(state), title
        )
        for row, kind, state, title, about in rows
        if not wanted.isdisjoint(json.loads(about))
    ]


def fact_in_words(reader: Reader, enterprise: Enterprise, name: str) -> str:
    """Return a field as a person reads it; of the parent its name."""
    if name == "parent_id":
        parent = reader.look_up(Enterprise, enterprise.parent_id)
        return parent.name if parent else ""
    return enterprise.shown(name)
