"""How contracts are counted where a bureau may choose (计数口径): second contracts, supplements, expansions.

Usual is counting rule 3 with its two kinds of increase (增资): a supplement adds its amount and no project, a contract
of its own by an enterprise that is here already is one project, grown at home. A bureau that counts otherwise says
since when and why; contracts signed before that day keep the usual rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm_app.i18n import N_, _


class SecondFormal(StrEnum):
    """What a second formal contract of one project counts."""

    NOTHING = "nothing"
    INCREASE = "increase"


SECOND_FORMAL_LABELS = {
    SecondFormal.NOTHING: N_("Nothing: the first formal contract alone counts"),
    SecondFormal.INCREASE: N_("The amount by which it exceeds what is counted"),
}


class Supplement(StrEnum):
    """What a supplement to a counted contract counts."""

    INCREASE = "increase"
    NOTHING = "nothing"


SUPPLEMENT_LABELS = {
    Supplement.INCREASE: N_("Its amount, and no project"),
    Supplement.NOTHING: N_("Nothing at all"),
}


class Expansion(StrEnum):
    """What a formal contract counts that an enterprise which is here already signs (内培)."""

    PROJECT = "project"
    AMOUNT = "amount"
    NOTHING = "nothing"


EXPANSION_LABELS = {
    Expansion.PROJECT: N_("A project with its amount"),
    Expansion.AMOUNT: N_("Its amount, and no project"),
    Expansion.NOTHING: N_("Nothing at all"),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The three choices, and the first signing day they hold for (None: all days)."""

    second_formal: SecondFormal = SecondFormal.NOTHING
    supplements: Supplement = Supplement.INCREASE
    expansions: Expansion = Expansion.PROJECT
    since: date | None = None

    @property
    def usual(self) -> bool:
        """Say whether contracts are counted as in a new book."""
        return (self.second_formal, self.supplements, self.expansions) == (
            SecondFormal.NOTHING,
            Supplement.INCREASE,
            Expansion.PROJECT,
        )

    def on(self, day: date) -> Policy:
        """Return what holds for a contract signed on a day."""
        return self if self.since is None or day >= self.since else USUAL

    def described(self) -> str:
        """Return in words what departs from the usual; nothing where nothing does."""
        said = [
            (self.second_formal, SecondFormal.NOTHING, _("a second formal contract"), SECOND_FORMAL_LABELS),
            (self.supplements, Supplement.INCREASE, _("a supplement"), SUPPLEMENT_LABELS),
            (self.expansions, Expansion.PROJECT, _("a contract of an enterprise here already"), EXPANSION_LABELS),
        ]
        return _("; ").join(
            _("{what} counts: {how}").format(what=what, how=_(labels[chosen]))  # type: ignore[index]
            for chosen, usual, what, labels in said
            if chosen is not usual
        )


USUAL = Policy()
"""What a new book counts by."""

SECOND_FORMAL = "figures_second_formal"
SUPPLEMENTS = "figures_supplements"
EXPANSIONS = "figures_expansions"
SINCE = "figures_since"


def read(settings: Mapping[str, str]) -> Policy:
    """Return the choices a book's settings say."""
    return Policy(
        SecondFormal(settings.get(SECOND_FORMAL, USUAL.second_formal)),
        Supplement(settings.get(SUPPLEMENTS, USUAL.supplements)),
        Expansion(settings.get(EXPANSIONS, USUAL.expansions)),
        date.fromisoformat(settings[SINCE]) if settings.get(SINCE) else None,
    )
