"""Reads of the editable lists: what they offer, and what a word typed or imported stands for."""

from __future__ import annotations

from sqlalchemy import select

from crm_app import clock
from crm_app.db import tables
from crm_app.db.reader import Reader, living
from crm_app.domain.fields import RECORDS
from crm_app.domain.kinds import Choice, Tags
from crm_app.domain.staff import DictionaryEntry
from crm_app.domain.thresholds import Thresholds, of_parks

_TAGGED = {"project": ("channel",)}
"""The lists whose entries are also written into the tags of a record."""


def offered(reader: Reader, list_name: str) -> list[str]:
    """Return the names a choice offers today, in their order."""
    found = reader.find(DictionaryEntry, order_by=("place",), list_name=list_name)
    return list(dict.fromkeys(entry.name for entry in found if entry.offered(clock.today())))


def filled(reader: Reader) -> set[str]:
    """Return the names of the lists that have an entry."""
    table = tables.RECORD_TABLES[DictionaryEntry.table]
    return {row["list_name"] for row in reader.rows(select(table.c.list_name).where(living(table)).distinct())}


def fold(reader: Reader, list_name: str, text: str) -> str:
    """Return the entry an alias stands for (科学城江津片区 → 双福科技创新城), else the text trimmed."""
    wanted = text.strip()
    for entry in reader.find(DictionaryEntry, order_by=("place",), list_name=list_name):
        if wanted == entry.name or wanted in (entry.aliases or ()):
            return entry.name
    return wanted


def is_used(reader: Reader, entry: DictionaryEntry) -> bool:
    """Say whether any row, a deleted one too, holds an entry's name in a field its list is chosen for."""
    for name, record in RECORDS.items():
        table = tables.RECORD_TABLES[name]
        for field in record.fields:
            if isinstance(field.kind, Choice) and field.kind.list_name == entry.list_name:
                held = table.c[field.name] == entry.name
            elif isinstance(field.kind, Tags) and entry.list_name in _TAGGED.get(name, ()):
                # A list of tags is kept as one text.
                held = table.c[field.name].contains(entry.name)
            else:
                continue
            if reader.rows(select(table.c.id).where(held).limit(1)):
                return True
    return False


def thresholds(reader: Reader) -> dict[str, Thresholds]:
    """Return what the parks want of a mu, by name and alias."""
    return of_parks(reader.find(DictionaryEntry, order_by=("place",), list_name="park"))
