"""The editable lists (字典): what a choice offers, aliases folded into entries, entries added and retired."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from uuid import UUID

from crm_app import clock, paths
from crm_app.db import dictionaries as reads
from crm_app.db.book import Book
from crm_app.domain.staff import DictionaryEntry
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def entries(book: Book, list_name: str, *, retired: bool = False) -> list[DictionaryEntry]:
    """Return a list's entries in their order; those that are not offered today only when asked."""
    with book.read() as reader:
        found = reader.find(DictionaryEntry, order_by=("place",), list_name=list_name)
    return [entry for entry in found if retired or entry.offered(clock.today())]


def options(book: Book, list_name: str) -> list[str]:
    """Return the names a choice offers."""
    with book.read() as reader:
        return reads.offered(reader, list_name)


def fold(book: Book, list_name: str, text: str) -> str:
    """Return the entry an alias stands for (科学城江津片区 → 双福科技创新城), else the text as it is."""
    with book.read() as reader:
        return reads.fold(reader, list_name, text)


def add_entry(book: Book, list_name: str, name: str, year: int | None = None, **values: Any) -> Outcome[UUID]:
    """Add an entry to a list; of a park ``values`` are its thresholds in 万元/亩 and the day they are in force from."""
    with book.unit(_("Add a list entry")) as unit:
        unit.about(name)
        last = unit.find(DictionaryEntry, list_name=list_name, order_by=("-place",), limit=1)
        place = (last[0].place or 0) + 1 if last else 0
        entry = unit.insert(
            DictionaryEntry, list_name=list_name, name=name, year=year, place=place, confirmed=True, **values
        )
        return Outcome(unit.commit(), entry)


def change_entry(book: Book, entry_id: UUID, **values: Any) -> Outcome[None]:
    """Change an entry's aliases, years, days or heading, or offer it again; rows keep the name they hold.

    Raise BadInput where it would end before it begins.
    """
    with book.unit(_("Change a list entry")) as unit:
        known = unit.get(DictionaryEntry, entry_id)
        unit.about(known.name)
        first, last = values.get("valid_from", known.valid_from), values.get("valid_to", known.valid_to)
        if first and last and last < first:
            raise BadInput(_("It would end before it begins; correct one of the days."), field="valid_to")
        unit.update(DictionaryEntry, entry_id, **values)
        return Outcome(unit.commit(), None)


def retire_entry(book: Book, entry_id: UUID) -> Outcome[bool]:
    """Offer an entry no longer: rows that hold it keep it; one that no row ever held goes, and False is answered."""
    with book.unit(_("Retire a list entry")) as unit:
        entry = unit.get(DictionaryEntry, entry_id)
        unit.about(entry.name)
        used = reads.is_used(unit, entry)
        if used:
            unit.update(DictionaryEntry, entry_id, retired=True)
        else:
            unit.delete(DictionaryEntry, entry_id)
        return Outcome(unit.commit(), used)


@cache
def _source_to_channel() -> dict[str, str]:
    path = paths.resources() / "dictionaries" / "lists.json"
    proposals: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["source_to_channel"]
    return proposals


def channel_for(source: str | None) -> str | None:
    """Return the channel a lead's source proposes for its project."""
    return _source_to_channel().get(source or "")
