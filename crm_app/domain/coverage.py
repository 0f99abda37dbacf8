"""How far a list of enterprises to be visited is covered: a campaign's, or one a saved view names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from crm_app.domain.counting import ratio

MOST = 5_000
"""A view of more enterprises than that is no list to be visited."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A list with those met face to face in the window, those met at any time before its end, and the visits."""

    name: str
    campaign: bool
    rows: tuple[UUID, ...]
    met: tuple[UUID, ...]
    met_ever: tuple[UUID, ...]
    visits: tuple[UUID, ...]

    @property
    def open(self) -> tuple[UUID, ...]:
        """The enterprises that were never met."""
        known = set(self.met_ever)
        return tuple(row for row in self.rows if row not in known)

    @property
    def share(self) -> Decimal | None:
        """The part of the list that was met in the window; None of an empty list."""
        return ratio(len(self.met), len(self.rows))
