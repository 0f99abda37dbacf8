"""What a period report is made of beyond the figures of its window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.visit import Step
from crm_app.briefs.window_data import WindowData
from crm_app.domain.overview import Overview
from crm_app.domain.papers import PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract that counts, as its ledger has it: parties with their shares, honours with their years."""

    id: UUID
    project: str
    parties: str
    kind: str
    day: str
    yuan: int
    projects: int
    cluster: str = ""
    channel: str = ""
    park: str = ""
    origin: str = ""
    honours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """A trip that counts in the window; 家数 and 家次."""

    id: UUID
    title: str
    first: date
    last: date
    leader: str
    enterprises: int
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """An enterprise received at home."""

    id: UUID
    on: date
    guests: str
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData(WindowData):
    """What a report is made of; ``so_far`` is the year up to the window's end.

    ``year`` is the overview of that year and ``before`` that of the same days a year before, None where the book has
    none. ``steps`` are the next steps that fall due after the window.
    """

    kind: PaperKind
    year: Overview
    before: Overview | None
    contracts: Sequence[Contract] = ()
    trips: Sequence[Outing] = ()
    receptions: Sequence[Guests] = ()
    steps: Sequence[Step] = ()
    author: str = ""

    @property
    def whole(self) -> bool:
        """Whether it carries everything, with an annex of its own."""
        return self.kind in (PaperKind.HALF_YEAR, PaperKind.ANNUAL)
