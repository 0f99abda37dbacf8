"""Papers (材料): 草稿 → 送审 → 定稿; a final one is its bytes, and reprints to the byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Blob, Day, Ids, Instant, Option, Text
from crm_app.errors import Refused
from crm_app.i18n import N_, _


class PaperKind(StrEnum):
    """The papers of the command line's contract, by the same names, in the order the window offers them."""

    BULLETIN = "bulletin"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    PROGRESS = "progress"
    VISIT = "visit"
    TRIP = "trip"
    TRIP_PACK = "trip_pack"
    ONE_PAGER = "one_pager"
    PROJECT = "project"
    FOLLOW_UPS = "follow_ups"
    OBSTACLES = "obstacles"
    CALENDAR = "calendar"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What is so of a kind of paper.

    ``about``: the table of the record it is about; else it is made of a window of dates. ``working``: a list or a form
    of the records alone, to work with, which nobody approves before it is used. ``together``: several are wanted at
    once, each of a record. ``named``: its title is the name of what it is about, and does not say what it is.
    """

    label: str
    about: str = ""
    working: bool = False
    together: bool = False
    named: bool = False


_KINDS = {
    PaperKind.BULLETIN: _Kind(label=N_("Bulletin"), named=True),
    PaperKind.WEEKLY: _Kind(label=N_("Weekly report")),
    PaperKind.MONTHLY: _Kind(label=N_("Monthly report")),
    PaperKind.HALF_YEAR: _Kind(label=N_("Half-year results")),
    PaperKind.ANNUAL: _Kind(label=N_("Results of the year")),
    PaperKind.PROGRESS: _Kind(label=N_("Two-weekly project report")),
    PaperKind.VISIT: _Kind(label=N_("Visit report"), about="visit", together=True),
    PaperKind.TRIP: _Kind(label=N_("Trip report"), about="trip"),
    PaperKind.TRIP_PACK: _Kind(label=N_("Trip pack"), about="trip", working=True),
    PaperKind.ONE_PAGER: _Kind(
        label=N_("Enterprise one-pager"), about="enterprise", working=True, together=True, named=True
    ),
    PaperKind.PROJECT: _Kind(label=N_("Project sheet"), about="project", working=True, together=True, named=True),
    PaperKind.FOLLOW_UPS: _Kind(label=N_("Follow-up list"), working=True),
    PaperKind.OBSTACLES: _Kind(label=N_("List of obstacles"), working=True),
    PaperKind.CALENDAR: _Kind(label=N_("Calendar page"), working=True),
    PaperKind.LEDGER: _Kind(label=N_("Ledger"), working=True),
}

PAPER_KIND_LABELS = {kind: one.label for kind, one in _KINDS.items()}
ABOUT_TABLE = {kind: one.about for kind, one in _KINDS.items() if one.about}
WORKING_PAPERS = frozenset(kind for kind, one in _KINDS.items() if one.working)
TOGETHER = frozenset(kind for kind, one in _KINDS.items() if one.together)
NAMED = frozenset(kind for kind, one in _KINDS.items() if one.named)


class MadeOf(StrEnum):
    """What a paper is made of: one record, a window of dates, or a list of the book."""

    RECORD = "record"
    WINDOW = "window"
    LIST = "list"


def made_of(kind: PaperKind) -> MadeOf:
    """Return what a kind of paper is made of: window and command line ask for it."""
    if kind in ABOUT_TABLE:
        return MadeOf.RECORD
    return MadeOf.LIST if kind is PaperKind.LEDGER else MadeOf.WINDOW


class PaperState(StrEnum):
    """草稿 → 送审 → 定稿."""

    DRAFT = "draft"
    REVIEW = "review"
    FINAL = "final"


PAPER_STATE_LABELS = {
    PaperState.DRAFT: N_("Draft"),
    PaperState.REVIEW: N_("Under review"),
    PaperState.FINAL: N_("Final"),
}


class IssuedPaper(Record, table="issued_paper", label=N_("Paper")):
    """One paper on its way to final; the content is the paper's content model as JSON, the hash that of ``pdf``."""

    kind: PaperKind = declare(Option(PaperKind, PAPER_KIND_LABELS), N_("Kind of paper"), required=When.CREATE)
    title: str = declare(Text(), N_("Paper title"), required=When.CREATE, searched=True)
    state: PaperState = declare(Option(PaperState, PAPER_STATE_LABELS), N_("State"), required=When.CREATE)
    from_on: date | None = declare(Day(), N_("From"))
    to_on: date | None = declare(Day(), N_("Until"))
    about: tuple[UUID, ...] | None = declare(Ids(), N_("What it is about"))
    list_name: str | None = declare(Text(), N_("List printed"))
    content: str | None = declare(Text(longest=20_000_000), N_("Content"))
    rows: tuple[UUID, ...] | None = declare(Ids(), N_("Rows it stands on"))
    pdf: bytes | None = declare(Blob(), N_("Pages"))
    sha256: str | None = declare(Text(), N_("SHA-256"))
    issued_at: int | None = declare(Instant(), N_("Issued at"))
    accepted_gaps: str | None = declare(Text(lines=3), N_("Reasons for what is missing"))
    edits: str | None = declare(Text(longest=20_000_000), N_("Hand edits"))
    answers: str | None = declare(Text(longest=2_000_000), N_("Reasons given one by one"))


class PointKind(StrEnum):
    """What a paper is looked through for before 定稿 (核对)."""

    GAP = "gap"
    CLAIM = "claim"
    EDIT = "edit"
    TOTAL = "total"
    ROW = "row"
    TWICE = "twice"
    LATER = "later"


POINT_KIND_LABELS = {
    PointKind.GAP: N_("Missing"),
    PointKind.CLAIM: N_("Doubtful words"),
    PointKind.EDIT: N_("Hand edits"),
    PointKind.TOTAL: N_("Totals and parts"),
    PointKind.ROW: N_("Rows not filled in"),
    PointKind.TWICE: N_("Counted twice"),
    PointKind.LATER: N_("Since the last one"),
}

BARRING = frozenset(set(PointKind) - {PointKind.ROW})
"""What has to be put right or answered for before a paper is final; a row not filled in is to be looked at."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at. ``key`` stays its own when the paper is refreshed; ``where`` names a field that fills it.

    ``right`` where there is nothing to do; else ``reason`` is what somebody answered for leaving it so.
    """

    kind: PointKind
    key: str
    text: str
    rows: tuple[UUID, ...] = ()
    where: str = ""
    right: bool = False
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it still wants a look."""
        return not self.right and not self.reason

    @property
    def bars(self) -> bool:
        """Whether the paper cannot be final yet because of it."""
        return self.open and self.kind in BARRING


def next_state(state: PaperState) -> PaperState:
    """Return the state after ``state``; raise Refused for a final paper."""
    if state is PaperState.FINAL:
        raise Refused(_("This paper is final; make a new one to correct it."))
    return PaperState.REVIEW if state is PaperState.DRAFT else PaperState.FINAL
