"""What rows speak of: by which targets, by the ids a sheet carries, and which people without an enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.duplicates import ContactMerger, Merger
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.import_kinds import is_id
from crm_app.domain.import_rows import Parsed
from crm_app.domain.records import RECORDS

_MERGERS: dict[type[Record], type[Merger | ContactMerger]] = {Enterprise: Merger, Contact: ContactMerger}


def spoken_of(rows: Iterable[Parsed]) -> frozenset[str]:
    """Return the targets that some row of a file says anything about."""
    return frozenset(set().union(*(row.values for row in rows)))


def carried(reader: Reader, rows: Sequence[Parsed], targets: Iterable[str]) -> tuple[list[Record], dict[UUID, UUID]]:
    """Return the records whose ids the rows carry, deleted ones too; and by its old id, what one was merged into."""
    found: list[Record] = []
    merged: dict[UUID, UUID] = {}
    for target in filter(is_id, targets):
        record_type = RECORDS[target.partition(".")[0]]
        ids = {row.values[target] for row in rows if target in row.values}
        for merger in reader.find(_MERGERS[record_type]) if record_type in _MERGERS else ():
            merged[merger.loser_id] = merger.winner_id
        found += reader.get_many(record_type, ids | {last_of(merged, one) for one in ids}).values()
    return found, merged


def last_of(merged: Mapping[UUID, UUID], row_id: UUID) -> UUID:
    """Return the id under which a record lives on, however often it was merged."""
    passed = {row_id}
    while row_id in merged and merged[row_id] not in passed:
        row_id = merged[row_id]
        passed.add(row_id)
    return row_id


def enterprises_of(reader: Reader, records: Iterable[Record]) -> set[UUID]:
    """Return the ids of the enterprises that records are, belong to, or (for people) have a post at."""
    found = {one.id for one in records if isinstance(one, Enterprise)}
    found |= {whose for one in records if (whose := getattr(one, "enterprise_id", None))}
    people = [one.id for one in records if isinstance(one, Contact)]
    return found | {post.enterprise_id for post in reader.find_in(Position, "contact_id", people)}


def alone(rows: Iterable[Parsed]) -> list[Mapping[str, Any]]:
    """Return the people of rows that name no enterprise."""
    without = [row.values for row in rows if not {"enterprise.name", "enterprise.uscc"}.intersection(row.values)]
    return [person for values in without for person in values.get("contacts", ())]
