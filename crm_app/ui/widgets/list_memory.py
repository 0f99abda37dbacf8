"""How a list was left on this laptop: which view, in which order, gathered by what, and on which row.

Ids and names of columns alone: no word of a book is kept beside it, so what was typed into a filter is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from crm_app.domain.listed import LISTS
from crm_app.domain.views import Query, Sort
from crm_app.settings import Settings


@dataclass(frozen=True)
class Left:
    """``view`` is the name of one that comes with the list, or the id of one's own; empty for all rows."""

    view: str = ""
    sort: str = ""
    descending: bool = False
    group: str = ""
    row: str = ""

    def applied(self, query: Query) -> Query:
        """Return a query in the order and the groups the list was left in."""
        known = {one.name for one in LISTS[query.list].columns}
        sort = Sort(self.sort, self.descending) if self.sort in known else query.sort
        return replace(query, sort=sort, group=self.group if self.group in known else query.group)

    @property
    def record(self) -> UUID | None:
        """The record the cursor stood on."""
        return UUID(self.row) if self.row else None


def keep(settings: Settings, list_name: str, left: Left) -> None:
    """Remember how a list is left."""
    settings.set_last(_key(list_name), json.dumps(asdict(left)))


def recall(settings: Settings, list_name: str) -> Left:
    """Return how a list was left; as at first where nothing is kept, or what is kept is of another version."""
    try:
        found = Left(**json.loads(settings.last(_key(list_name)) or "{}"))
        UUID(found.row or "0" * 32)
    except (ValueError, TypeError, AttributeError):
        return Left()
    return found


def keep_columns(settings: Settings, list_name: str, names: Sequence[str], widths: Mapping[str, int]) -> None:
    """Remember which columns are shown, in their order, and how wide columns are."""
    settings.set_geometry(f"columns-{list_name}", json.dumps({"columns": list(names), "widths": dict(widths)}))


def recall_columns(settings: Settings, list_name: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the columns and widths that were kept; both empty where none were."""
    kept = settings.geometry(f"columns-{list_name}")
    if not kept:
        return (), {}
    held = json.loads(kept)
    return tuple(held["columns"]), dict(held["widths"])


def _key(list_name: str) -> str:
    return f"list-{list_name}"
