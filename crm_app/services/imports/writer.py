"""Writes the drafts of an import: what is referred to first, many records of one type at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain import pinyin
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.import_plain import Part, Plain, with_readings
from crm_app.domain.kinds import Ref
from crm_app.domain.leads import Lead
from crm_app.domain.records import RECORDS
from crm_app.domain.search_documents import KnownEntries
from crm_app.domain.staff import Person
from crm_app.i18n import _
from crm_app.progress import Report
from crm_app.services.imports.drafts import Draft
from crm_app.services.imports.shelf import ORDER

_READ = ("name", "name_key", "pinyin", "initials")
_CHUNK = 2_000
_MANY = 5_000
"""New records from which on the journal notes them together."""


class Writer:
    """Writes block by block into one unit; ids are known only here, so that a plan can be applied again."""

    def __init__(self, unit: Unit, report: Report, total: int) -> None:
        self._unit, self._report, self._total = unit, report, total
        self._done = self._made = 0
        self._ids: dict[Draft, UUID] = {}
        self._later: list[tuple[Draft, dict[str, Draft]]] = []

    def write(self, drafts: Mapping[type[Record], Sequence[Draft]], changed: Sequence[Draft]) -> None:
        """Insert what is new, then change what is known and what refers to a later one."""
        for record_type in ORDER:
            new = [one for one in drafts[record_type] if one.id is None and one not in self._ids]
            self._made += len(new)
            if self._made > _MANY:
                self._unit.expect_many()
            for start in range(0, len(new), _CHUNK):
                block = new[start : start + _CHUNK]
                ids = self._unit.insert_many(record_type, [self._resolved(draft) for draft in block])
                self._ids.update(zip(block, ids, strict=True))
                self._step(len(block))
        for draft in changed:
            assert draft.id is not None
            self._unit.update(draft.record_type, draft.id, **self._resolved(draft))
            self._step(1)
        for draft, values in self._later:
            wanted = {name: self._ids[value] for name, value in values.items()}
            self._unit.update(draft.record_type, draft.id or self._ids[draft], **wanted)
        self._later = []

    def write_plain(self, blocks: Iterable[Plain], me: UUID | None) -> None:
        """Insert plain rows as they are; ``me`` reports their leads and keeps them."""
        for plain in blocks:
            self._made += plain.records
            if self._made > _MANY:
                self._unit.expect_many()
            enterprises = self._enterprises(plain.enterprise)
            contacts = self._contacts(plain, enterprises) if plain.contact.of else []
            if plain.lead.of:
                people = dict(zip(plain.contact.of, contacts, strict=True))
                said: dict[str, Sequence[Any]] = {
                    "enterprise_id": [enterprises[place] for place in plain.lead.of],
                    "contact_id": list(map(people.get, plain.lead.of)),
                }
                if me is not None:
                    said["owner_id"] = said["first_reporter_id"] = [me.bytes] * len(plain.lead.of)
                self._insert(Lead, {**said, **plain.lead.columns}, plain.lead.entries)

    def _enterprises(self, part: Part) -> list[bytes]:
        granted: dict[str, Sequence[Any]] = {"category": [Category.COMPANY.value] * len(part.of)}
        read = with_readings(Enterprise, {**granted, **part.columns})
        if part.entries is None:
            # Leads are called after their enterprises: their readings are at hand when the index asks.
            readings = zip(*(read[one] for one in _READ), strict=True)
            pinyin.prime({name: (key, full, initials) for name, key, full, initials in readings if initials}, {})
        return self._insert(Enterprise, read, part.entries)

    def _contacts(self, plain: Plain, enterprises: Sequence[bytes]) -> list[bytes]:
        contacts = self._insert(Contact, with_readings(Contact, plain.contact.columns), plain.contact.entries)
        at = [enterprises[place] for place in plain.contact.of]
        titles = {"title": plain.titles} if any(plain.titles) else {}
        self._insert(Position, {"contact_id": contacts, "enterprise_id": at, **titles})
        return contacts

    def _insert(
        self, record_type: type[Record], columns: Mapping[str, Sequence[Any]], entries: KnownEntries | None = None
    ) -> list[bytes]:
        ids = self._unit.insert_stored(record_type, columns, entries)
        self._step(len(ids))
        return ids

    def forget(self) -> None:
        """Keep nothing of what is written but the ids of people, who are referred to throughout a file."""
        for draft, row_id in self._ids.items():
            if draft.record_type is Person:
                draft.id = row_id
        self._ids = {}

    def _resolved(self, draft: Draft) -> dict[str, Any]:
        """Return the values with ids for drafts; those not written yet are set aside for later."""
        values = dict(draft.wanted)
        for name in _references(draft.record_type.table):
            value = values.get(name)
            if not isinstance(value, Draft):
                continue
            row_id = value.id or self._ids.get(value)
            if row_id is None:
                self._later.append((draft, {name: value}))
                del values[name]
            else:
                values[name] = row_id
        if draft.new_id is not None:
            values["id"] = draft.new_id
        return values

    def _step(self, count: int) -> None:
        self._done += count
        self._report(self._done, self._total, _("Writing"))


@cache
def _references(table: str) -> tuple[str, ...]:
    return tuple(field.name for field in RECORDS[table].fields if isinstance(field.kind, Ref))
