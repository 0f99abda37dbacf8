"""产业链: where in the chain an enterprise says it stands, and what lies above and below."""

from __future__ import annotations

from enum import StrEnum

from crm_app.i18n import N_


class Reach(StrEnum):
    """The stretch of a chain, by the word that tells it in “Place in the chain”."""

    UPSTREAM = "上游"
    MIDSTREAM = "中游"
    DOWNSTREAM = "下游"


REACH_LABELS = {
    Reach.UPSTREAM: N_("Upstream"),
    Reach.MIDSTREAM: N_("Midstream"),
    Reach.DOWNSTREAM: N_("Downstream"),
}
_ORDER = tuple(Reach)


def reach_of(place: str) -> Reach | None:
    """Return where a place in the chain lies; None where its words name no stretch, or several: nothing is guessed."""
    found = [one for one in Reach if one.value in place]
    return found[0] if len(found) == 1 else None


def above(reach: Reach) -> tuple[Reach, ...]:
    """Return the stretches that deliver to this one, the nearest first."""
    return _ORDER[: _ORDER.index(reach)][::-1]


def below(reach: Reach) -> tuple[Reach, ...]:
    """Return the stretches this one delivers to, the nearest first."""
    return _ORDER[_ORDER.index(reach) + 1 :]
