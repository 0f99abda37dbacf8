"""Reads of enterprises: those called so or carrying a code, and what was done with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain import names
from crm_app.domain.enterprises import Enterprise, EnterpriseName


def by_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises with this very name, as it is written."""
    wanted = names.clean(name)
    # By the key, which has an index: equal names have equal keys.
    return [one for one in reader.find(Enterprise, name_key=names.match_key(wanted)) if one.name == wanted]


def by_other_name(reader: Reader, name: str) -> list[Enterprise]:
    """Return the enterprises that are, or were, also called this: a former name, a short name, an alias."""
    wanted = names.clean(name)
    found = reader.find(EnterpriseName, name_key=names.match_key(wanted))
    others = {one.enterprise_id for one in found if one.name == wanted}
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
