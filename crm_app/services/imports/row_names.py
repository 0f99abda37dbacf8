"""The names of enterprises a row gives."""

from __future__ import annotations

import re

from crm_app.domain.import_kinds import SPLIT
from crm_app.domain.import_rows import Parsed


def parted(names_in_one: str) -> list[str]:
    """Return the names one cell holds, where 、 or ; stands between them; nothing where it is a single one."""
    several = [part.strip() for part in re.split(r"[、;；\n]+", names_in_one) if part.strip()]
    return several if len(several) > 1 else []


def names_in(row: Parsed) -> list[str]:
    """Return the names of enterprises a row gives."""
    found = [row.values[target] for target in ("enterprise.name", "enterprise.parent") if row.values.get(target)]
    found += row.values.get("trip.planned", ())
    if "contacts" in row.values and found:
        found += parted(found[0])
    return found + [name for name, _share in row.values.get("investors", ())]


def called_in(row: Parsed) -> list[str]:
    """Return the names of enterprises a row gives, and those it says an enterprise has too."""
    return names_in(row) + [name for target in SPLIT for name in row.values.get(target, ())]
