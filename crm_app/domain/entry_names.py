"""What the entries of the shipped lists are called in English; those a bureau wrote are shown as it wrote them.

The book holds an entry by its Chinese name, whatever language the window has.
"""

from __future__ import annotations

import json
from functools import cache

from crm_app import i18n, paths


@cache
def _english() -> dict[str, str]:
    path = paths.resources() / "dictionaries" / "entry_names.json"
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


@cache
def _chinese() -> dict[str, str]:
    return {name.casefold(): entry for entry, name in _english().items()}


def entry_name(entry: str, language: str = "") -> str:
    """Return what a person reads for an entry in ``zh_CN`` or ``en``, by default in the language in use."""
    return _english().get(entry, entry) if (language or i18n.language()) == "en" else entry


def entry_of(text: str) -> str:
    """Return the entry that a text names in either language; the text itself where no shipped one is called so."""
    return _chinese().get(text.casefold(), text)
