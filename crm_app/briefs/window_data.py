"""What the papers of a window are made of: its figures, the projects they name, and what a person says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.domain.amounts import YI
from crm_app.domain.counting import Tally
from crm_app.domain.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProject:
    """A signed project the bulletin names; ``labels`` with their years, such as 独角兽（2022年）."""

    enterprise: str
    project: str
    yuan: int
    labels: Sequence[str] = ()
    channel: str = ""
    origin: str = ""
    content: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSet:
    """A hand-picked set whose sum is named: “甲、乙、丙等” with what its contracts come to."""

    names: Sequence[str]
    yuan: int
    rows: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A sentence a person stands for, with its basis, which is printed under the annex."""

    text: str
    basis: str
    rows: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A project about to sign (拟签约): how far it is, what it is to be, and when."""

    id: UUID
    project: str
    enterprises: str
    stage: str
    yuan: int | None
    expected: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A need that is open on a day; ``days_open`` since it was promised or asked, ``overdue`` where its day is past."""

    id: UUID
    whose: str
    need: str
    dept: str
    due: date | None
    days_open: int
    overdue: bool
    project_id: UUID | None = None
    enterprise_id: UUID | None = None


NONE = Tally(0, 0, ())
"""No project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What lies ahead at the end of a window, as its rows had it that day.

    ``coming`` are the projects about to sign, ``unstarted`` those signed and not begun, ``obstacles`` what waits for a
    department, ``trips`` those that set out after today, in the window or soon after it.
    """

    coming: Sequence[Coming] = ()
    unstarted: Tally = NONE
    obstacles: Sequence[Obstacle] = ()
    trips: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowData:
    """What every paper of a window is made of.

    ``figures`` are those of the window; ``so_far`` those of a longer one that holds it (截至目前): the highlighted
    ``cluster`` is told from them. ``lead_bands`` are the “X以上” of the opening, in yuan. ``gaps`` are (words, ids)
    still missing.
    """

    bureau: str
    published: date
    figures: Figures
    so_far: Figures
    cluster: str = ""
    lead_bands: Sequence[int] = (10 * YI, 50 * YI)
    named: Sequence[NamedProject] = ()
    sets: Sequence[NamedSet] = ()
    judgements: Sequence[Judgement] = ()
    problems: Sequence[str] = ()
    plans: Sequence[str] = ()
    ahead: Ahead = Ahead()
    gaps: Sequence[tuple[str, tuple[UUID, ...]]] = ()
