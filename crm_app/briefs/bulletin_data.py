"""What a bulletin is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.domain.amounts import YI
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
class BulletinData:
    """What a bulletin is made of.

    ``figures`` are those of the window, ``so_far`` those up to the day of publication (截至目前): trips, visits and the
    highlighted ``cluster`` are told from them. ``issue`` is the number as the office gave it, or nothing.
    ``lead_bands`` are the “X以上” of the opening, in yuan. ``gaps`` are (words, ids) still missing.
    """

    name: str
    bureau: str
    published: date
    figures: Figures
    so_far: Figures
    title: str = ""
    issue: str = ""
    cluster: str = ""
    lead_bands: Sequence[int] = (10 * YI, 50 * YI)
    named: Sequence[NamedProject] = ()
    sets: Sequence[NamedSet] = ()
    judgements: Sequence[Judgement] = ()
    problems: Sequence[str] = ()
    plans: Sequence[str] = ()
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int | None = None
    gaps: Sequence[tuple[str, tuple[UUID, ...]]] = ()
