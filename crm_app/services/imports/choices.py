"""What the user decides about a file before it is imported: what each column means, and whose word counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from crm_app.domain.import_days import DayOrder
from crm_app.domain.import_kinds import field_said
from crm_app.i18n import N_


class Policy(StrEnum):
    """Whose word counts where the book and the file differ."""

    TAKE = "take"
    KEEP = "keep"
    FILL = "fill"


POLICY_LABELS = {
    Policy.TAKE: N_("Take the file's"),
    Policy.KEEP: N_("Keep the book's"),
    Policy.FILL: N_("Fill blanks only"),
}


@dataclass(frozen=True)
class SheetChoice:
    """Decisions about one sheet; what is empty stays as it was guessed.

    By column, counted from 0: ``targets`` (an empty one leaves the column alone), ``units`` (万元), and the order of
    day and month where it cannot be told (03/04/2023).
    """

    kind: str = ""
    targets: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    day_orders: Mapping[int, DayOrder] = field(default_factory=dict)
    leave_out: bool = False


@dataclass(frozen=True)
class Choices:
    """Decisions about a file: the encoding of a text, each sheet by its name, and whose word counts, also by target."""

    encoding: str = ""
    sheets: Mapping[str, SheetChoice] = field(default_factory=dict)
    policy: Policy = Policy.TAKE
    of_target: Mapping[str, Policy] = field(default_factory=dict)

    def policy_of(self, target: str) -> Policy:
        """Return whose word counts in one field (``enterprise.address``, ``lead.owner_id``), or in that of a target."""
        return self._of_field.get(field_said(target), self.policy)

    @cached_property
    def _of_field(self) -> Mapping[str, Policy]:
        return {field_said(target): policy for target, policy in self.of_target.items()}


AS_GUESSED = Choices()
"""Nothing is decided: everything is taken as it is guessed, or as it was the last time."""
