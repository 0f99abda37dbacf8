"""Records as they would be after an import, before anything is written; and what a row says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from crm_app.domain import phones
from crm_app.domain.amounts import MoneyRange
from crm_app.domain.fields import Record, values_of
from crm_app.i18n import _


@dataclass(frozen=True)
class FieldChange:
    """One field of a known record that a row changes, as a person reads it; ``old`` is empty where it was blank."""

    record: str
    field: str
    old: str
    new: str


@dataclass(eq=False)
class Draft:
    """A record of the book, or one to be made (``id`` None). A reference to one to be made is its draft.

    ``new_id`` is the id one to be made has in the book the row comes from. ``claimed`` are the fields a row of this
    file has spoken for: the first row that says something is believed, so that a file imported again changes nothing.
    """

    record_type: type[Record]
    id: UUID | None = None
    present: Mapping[str, Any] = field(default_factory=dict)
    wanted: dict[str, Any] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    new_id: UUID | None = None

    @classmethod
    def of(cls, record: Record) -> Draft:
        """Return the draft of a record that is in the book."""
        return cls(type(record), record.id, values_of(record))

    @property
    def reference(self) -> UUID | Draft:
        """What another draft's field holds to refer to this one."""
        return self.id or self

    def get(self, name: str) -> Any:
        """Return the value a field would have."""
        return self.wanted.get(name, self.present.get(name))


@dataclass(eq=False)
class Notes:
    """What one row would do, gathered while it is looked at."""

    title: str = ""
    made: bool = False
    changes: list[FieldChange] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def same(one: Any, other: Any) -> bool:
    """Say whether two values mean the same; how an amount was typed makes no difference."""
    if isinstance(one, MoneyRange) and isinstance(other, MoneyRange):
        return (one.low, one.high, one.currency, one.approximate) == (
            other.low,
            other.high,
            other.currency,
            other.approximate,
        )
    return bool(one == other)


def _meant(known: Any, value: Any) -> Any:
    """Return what a cell means: what went out with its numbers masked comes back whole, and space around it is none."""
    if not (isinstance(known, str) and isinstance(value, str)):
        return value
    whole = phones.unmask(value, known)
    return known if whole == known.strip() else whole


def fits(draft: Draft, values: Mapping[str, Any]) -> bool:
    """Say whether a draft already says everything in ``values``."""
    return all(
        value is None or same(known, _meant(known, value))
        for name, value in values.items()
        for known in [draft.get(name)]
    )


def put(draft: Draft, notes: Notes, values: Mapping[str, Any]) -> None:
    """Let a row say ``values`` of a record; what an earlier row of the file said otherwise stays, and is remarked."""
    for name, value in values.items():
        if value is None:
            continue
        known = draft.get(name)
        value = _meant(known, value)
        if not same(known, value):
            if name in draft.claimed:
                notes.remarks.append(
                    _("{field}: an earlier row of the file says “{kept}”, which is kept.").format(
                        field=draft.record_type.field(name).title, kept=shown(draft, name, known)
                    )
                )
                continue
            if draft.id is not None:
                notes.changes.append(
                    FieldChange(
                        _(draft.record_type.label),
                        draft.record_type.field(name).title,
                        shown(draft, name, known),
                        shown(draft, name, value),
                    )
                )
            draft.wanted[name] = value
        draft.claimed.add(name)


def shown(draft: Draft, name: str, value: Any) -> str:
    """Return a value as a person reads it; a reference to a record by its name where that is known."""
    if value is None:
        return ""
    if isinstance(value, Draft):
        return str(value.get("name") or "")
    return "" if isinstance(value, UUID) else draft.record_type.field(name).kind.show(value)
