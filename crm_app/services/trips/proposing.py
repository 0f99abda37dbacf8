"""What enterprises chosen in a list propose for a trip: where it goes, and which trips they could join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app import clock
from crm_app.db import trips as reads
from crm_app.db.book import Book
from crm_app.domain import regions
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import Trip
from crm_app.errors import BadInput
from crm_app.i18n import _

MOST = 300
"""Enterprises; more than that is no trip but a list."""
_MOST_REGIONS = 4


@dataclass(frozen=True)
class Proposal:
    """The enterprises in the order in which they were chosen, their cities, the most frequent first, and the trips."""

    enterprises: list[Enterprise]
    regions: tuple[str, ...]
    trips: list[Trip]


def propose_trip(book: Book, ids: Sequence[UUID]) -> Proposal:
    """Return what these enterprises propose; raise BadInput for none and for more than a trip can hold."""
    if not ids or len(ids) > MOST:
        raise BadInput(
            _("Choose 1 to {most} enterprises for a trip: select rows, or narrow the list with its filters.").format(
                most=MOST
            )
        )
    with book.read() as reader:
        known = reader.get_many(Enterprise, ids)
        chosen = [known[one] for one in dict.fromkeys(ids) if known[one].deleted_at is None]
        cities = Counter(city for one in chosen if one.region and (city := regions.city(one.region)))
        named = tuple(city for city, _n in cities.most_common(_MOST_REGIONS))
        return Proposal(chosen, named, reads.from_day(reader, clock.today()))
