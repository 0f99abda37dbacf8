"""Hand edits (手工修改) of a draft: which text, what was drafted there, what it says now, by whom and when.

They outlive a refresh of the figures; see ``briefs/editing.py`` for how each finds its text again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Edit:
    """One text changed by hand.

    ``section`` is the section's key, ``block`` the number of the block in it, ``part`` what of the block. ``drafted``
    is the text it replaced; ``at`` is in UTC milliseconds. ``id`` tells edits of one paper apart.
    """

    id: int
    section: str
    block: int
    part: str
    drafted: str
    text: str
    by: str = ""
    at: int = 0


def to_json(edits: Sequence[Edit]) -> str | None:
    """Return edits as a paper keeps them; None for none."""
    return json.dumps([asdict(edit) for edit in edits], ensure_ascii=False, sort_keys=True) if edits else None


def from_json(text: str | None) -> tuple[Edit, ...]:
    """Return what ``to_json`` wrote."""
    names = {field.name for field in fields(Edit)}
    return tuple(Edit(**{name: one[name] for name in names & set(one)}) for one in json.loads(text or "[]"))
