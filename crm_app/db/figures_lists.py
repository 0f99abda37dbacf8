"""The lists of enterprises whose coverage is counted: those of a campaign, and those of one's own views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from crm_app.db import lists, tables
from crm_app.db.reader import Reader, living
from crm_app.domain.coverage import MOST
from crm_app.domain.listed import LISTS
from crm_app.domain.views import Query, SavedView
from crm_app.domain.visits import VisitMode
from crm_app.errors import BadInput

_ENTERPRISES = "enterprises"
_AT_ONCE = 500


@dataclass(frozen=True)
class TargetList:
    """A list with its enterprises; ``met`` is the day each was first met face to face."""

    name: str
    campaign: bool
    enterprises: tuple[UUID, ...]
    met: dict[UUID, date]


def read_lists(reader: Reader, today: date) -> list[TargetList]:
    """Return the campaigns that enterprises are tagged with, then the saved views, as they stand today."""
    found = [(name, True, ids) for name, ids in _campaigns(reader)] + [
        (name, False, ids) for name, ids in _views(reader, today)
    ]
    met = _met(reader, list({one for _name, _campaign, ids in found for one in ids}))
    return [
        TargetList(name, campaign, tuple(ids), {one: met[one] for one in ids if one in met})
        for name, campaign, ids in found
    ]


def _campaigns(reader: Reader) -> Iterator[tuple[str, list[UUID]]]:
    table = tables.RECORD_TABLES["enterprise"]
    tagged: dict[str, list[UUID]] = defaultdict(list)
    wanted = select(table.c.id, table.c.campaign).where(living(table), table.c.campaign.is_not(None))
    for row in reader.rows(wanted.order_by(table.c.campaign, table.c.id)):
        tagged[row["campaign"]].append(UUID(bytes=row["id"]))
    yield from tagged.items()


def _views(reader: Reader, today: date) -> Iterator[tuple[str, list[UUID]]]:
    wanted = LISTS[_ENTERPRISES]
    for kept in reader.find(SavedView, list_name=_ENTERPRISES, order_by=("place",)):
        try:
            query = Query.from_json(kept.content)
            asked = Query(_ENTERPRISES, query.filters)
            numbers = lists.order(reader, wanted, asked, today).numbers if query.filters else ()
        except BadInput:
            # A view of a column that is no more: the list of views says so.
            continue
        if 0 < len(numbers) <= MOST:
            yield kept.name, lists.ids(reader, wanted, numbers)


def _met(reader: Reader, enterprises: Sequence[UUID]) -> dict[UUID, date]:
    table = tables.RECORD_TABLES["visit"]
    found: dict[UUID, date] = {}
    face_to_face = or_(table.c.mode.is_(None), table.c.mode != VisitMode.ONLINE.value)
    for start in range(0, len(enterprises), _AT_ONCE):
        some = [one.bytes for one in enterprises[start : start + _AT_ONCE]]
        wanted = (
            select(table.c.enterprise_id, func.min(table.c.on).label("day"))
            .where(living(table), face_to_face, table.c.enterprise_id.in_(some))
            .group_by(table.c.enterprise_id)
        )
        found |= {UUID(bytes=row["enterprise_id"]): date.fromisoformat(row["day"]) for row in reader.rows(wanted)}
    return found
