"""What was found in a notice as it is shown and typed over, until it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from crm_app.domain.fields import Field
from crm_app.domain.kinds import Text
from crm_app.domain.targets import METRIC_LABELS, Ranking, shown
from crm_app.i18n import _
from crm_app.services.notices import Found

FIELDS: tuple[Field, ...] = tuple(
    replace(one, kind=Text()) if one.name == "value" else one for one in Ranking.fields if one.name != "source"
)
"""What is confirmed of a statement; its words stand beside, and how its value is read depends on its metric."""


@dataclass
class Entry:
    """A statement; ``typed`` is what a person wrote over it, ``ticked`` that it is to be kept."""

    found: Found
    ticked: bool = False
    typed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Found) -> Entry:
        """Return a statement, ticked where it tells the bureau's own place."""
        return cls(found, found.statement.rank is not None and found.ours is True)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the form as they were read."""
        told = {name: value for name, value in self.found.values.items() if name != "source"}
        if "value" in told:
            told["value"] = shown(told["metric"], told["value"])
        return told

    @property
    def words(self) -> str:
        """What stands in the list: what is told, and below it the place or why it is no ranking."""
        one = self.found.statement
        what = _(METRIC_LABELS[one.metric]) if one.metric else _("The board as a whole")
        amount = f" {shown(one.metric, one.value)}" if one.metric and one.value is not None else ""
        return f"{what}{amount}\n{self._place}"

    @property
    def _place(self) -> str:
        one = self.found.statement
        who = one.who or _("nobody named")
        if one.rank is not None:
            return _("{who}: number {rank}").format(who=who, rank=one.rank)
        if one.vague:
            return _("{who}: “{words}” is no number").format(who=who, words=one.vague)
        return _("{who}: no place").format(who=who)
