"""Reads of the editable lists: what they offer, and what a word typed or imported stands for."""

from __future__ import annotations

from crm_app.db.reader import Reader
from crm_app.domain.staff import DictionaryEntry


def offered(reader: Reader, list_name: str) -> list[str]:
    """Return the names a choice offers, in their order."""
    found = reader.find(DictionaryEntry, order_by=("place",), list_name=list_name)
    return list(dict.fromkeys(entry.name for entry in found if not entry.retired))


def fold(reader: Reader, list_name: str, text: str) -> str:
    """Return the entry an alias stands for (科学城江津片区 → 双福科技创新城), else the text trimmed."""
    wanted = text.strip()
    for entry in reader.find(DictionaryEntry, order_by=("place",), list_name=list_name):
        if wanted == entry.name or wanted in (entry.aliases or ()):
            return entry.name
    return wanted
