"""How far things have come: rates over a denominator that is a setting (rule 6), targets in force, per-mu figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain.amounts import WAN
from crm_app.domain.counting import Counted, Window, ratio
from crm_app.domain.projects import Agreement
from crm_app.domain.stages import LINE, Stage
from crm_app.domain.targets import Target
from crm_app.i18n import N_


class Denominator(StrEnum):
    """What a rate is a share of; printed under the table."""

    WINDOW = "window"
    WINDOW_STANDING = "window_standing"
    ALL_STANDING = "all_standing"


DENOMINATOR_LABELS = {
    Denominator.WINDOW: N_("projects signed in the window"),
    Denominator.WINDOW_STANDING: N_("projects signed in the window and not cancelled since"),
    Denominator.ALL_STANDING: N_("all projects signed until the end of the window and not cancelled"),
}


class Rate(StrEnum):
    """The four rates."""

    STARTED = "started"
    FULFILLED = "fulfilled"
    PRODUCING = "producing"
    FUNDED = "funded"


RATE_LABELS = {
    Rate.STARTED: N_("Start rate"),
    Rate.FULFILLED: N_("Fulfilment rate"),
    Rate.PRODUCING: N_("Production rate"),
    Rate.FUNDED: N_("Funding rate"),
}


@dataclass(frozen=True, slots=True)
class Attained:
    """A rate: of projects, or for funds of whole yuan; ``ratio`` is None over nothing."""

    rate: Rate
    part: int
    whole: int
    ratio: Decimal | None
    rows: tuple[UUID, ...]


def denominator(counted: Iterable[Counted], window: Window, basis: Denominator) -> dict[UUID, int]:
    """Return the projects a rate is a share of, each with its counted yuan."""
    first = date.min if basis is Denominator.ALL_STANDING else window.first
    held = Window(first, window.last)
    yuan: dict[UUID, int] = {}
    for one in counted:
        project = one.signing.project_id
        until = Window(date.min, window.last).holds(one.signing.signed_on)
        if one.signing.kind is Agreement.CANCELLATION:
            if until and one.projects < 0 and basis is not Denominator.WINDOW:
                yuan.pop(project, None)
        elif held.holds(one.signing.signed_on) and (one.projects or project in yuan):
            yuan[project] = yuan.get(project, 0) + one.yuan
    return yuan


def reached(entries: Iterable[tuple[Stage, date]], stage: Stage, last: date) -> bool:
    """Say whether a log of progress has come to ``stage``, or past it, by a day."""
    wanted = LINE[LINE.index(stage) :]
    return any(entry in wanted and on <= last for entry, on in entries)


def attained(rate: Rate, projects: dict[UUID, int], those: Iterable[UUID]) -> Attained:
    """Return the rate of the projects of the denominator that are among ``those``."""
    wanted = set(those)
    rows = tuple(project for project in projects if project in wanted)
    return Attained(rate, len(rows), len(projects), ratio(len(rows), len(projects)), rows)


def in_force(targets: Sequence[Target], window: Window) -> list[Target]:
    """Return the targets that overlap a window as they stood at its end: a revision in force hides what it revises."""
    known = [target for target in targets if (target.effective_from or date.min) <= window.last]
    before = {target.id: target.supersedes_id for target in targets}
    revised: set[UUID] = set()
    for target in known:
        # Also what a revision that is not in force yet revised: the newer one stands in its place already.
        older = target.supersedes_id
        while older is not None and older not in revised:
            revised.add(older)
            older = before.get(older)
    return [t for t in known if t.id not in revised and window.overlap(t.from_on, t.to_on) is not None]


def per_mu(yuan: int | None, mu: Decimal | None) -> Decimal | None:
    """Return 万元/亩 to two decimals; None where either is unknown or there is no land."""
    if yuan is None or not mu:
        return None
    return (Decimal(yuan) / WAN / mu).quantize(Decimal("0.01"), ROUND_HALF_UP)
