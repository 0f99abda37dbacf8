"""Records as they would be after an import, before anything is written; and what a row says about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from crm_app.domain import phones
from crm_app.domain.amounts import MoneyRange
from crm_app.domain.enterprises import Category
from crm_app.domain.fields import Record, values_of
from crm_app.domain.import_achieved import Announced
from crm_app.domain.kinds import Ref
from crm_app.i18n import _
from crm_app.services.imports.choices import Choices, Policy


@dataclass(frozen=True)
class FieldChange:
    """One field of a known record that a row changes, as a person reads it; ``old`` is empty where it was blank."""

    record: str
    field: str
    old: str
    new: str


class Draft:
    """A record of the book, or one to be made (``id`` None). A reference to one to be made is its draft.

    ``new_id`` is the id one to be made has in the book the row comes from. ``claimed`` are the fields a row of this
    file has spoken for: the first row that says something is believed, so that a file imported again changes nothing.
    ``ours`` says that this import made it, whether it is written already or not.
    """

    __slots__ = ("_claimed", "id", "new_id", "ours", "present", "record_type", "wanted")

    def __init__(
        self,
        record_type: type[Record],
        row_id: UUID | None = None,
        present: Mapping[str, Any] = MappingProxyType({}),
        wanted: dict[str, Any] | None = None,
    ) -> None:
        self.record_type, self.id, self.present = record_type, row_id, present
        self.wanted: dict[str, Any] = {} if wanted is None else wanted
        self.new_id: UUID | None = None
        self.ours = row_id is None
        self._claimed: set[str] | None = None

    @classmethod
    def of(cls, record: Record) -> Draft:
        """Return the draft of a record that is in the book."""
        return cls(type(record), record.id, values_of(record))

    @property
    def claimed(self) -> set[str]:
        """The fields that a row of this file has spoken for; of one made here, all it was made with."""
        if self._claimed is None:
            made_with = self.present if self.id is not None else self.wanted
            said = ((name, value) for name, value in made_with.items() if value not in (None, Category.COMPANY))
            # What is taken for granted of a new enterprise no row has said.
            self._claimed = {name for name, _value in said} if self.ours else set()
            if self.ours and self.id is not None:
                # Written already, for a row further up: no other row means it.
                self._claimed.add("row")
        return self._claimed

    @property
    def reference(self) -> UUID | Draft:
        """What another draft's field holds to refer to this one."""
        return self.id or self

    def get(self, name: str) -> Any:
        """Return the value a field would have."""
        return self.wanted[name] if name in self.wanted else self.present.get(name)


class Notes:
    """What one row would do, gathered while it is looked at.

    ``changed`` gathers the records of the book that a row changes, ``choices`` says whose word counts, ``called`` what
    a record of a table is called; ``announced`` is what a superior says was achieved, to be compared with the book's
    own figures.
    """

    __slots__ = (
        "added",
        "announced",
        "called",
        "changed",
        "changes",
        "choices",
        "duplicates",
        "made",
        "reasons",
        "remarks",
        "title",
    )

    def __init__(self, changed: list[Draft], choices: Choices, called: Callable[[str, UUID], str]) -> None:
        self.changed, self.choices, self.called = changed, choices, called
        self.title = ""
        self.made = False
        self.changes: list[FieldChange] = []
        self.added: list[str] = []
        self.announced: list[Announced] = []
        self.remarks: list[str] = []
        self.duplicates: list[str] = []
        self.reasons: list[str] = []


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
    """Let a row say ``values`` of a record; what an earlier row of the file said otherwise stays, and is remarked.

    Where the book and the file differ, the choices say whose word counts; what is kept is remarked too.
    """
    for name, value in values.items():
        if value is None:
            continue
        known = draft.get(name)
        if known != value and not same(known, value := _meant(known, value)):
            if name in draft.claimed:
                notes.remarks.append(
                    _("{field}: an earlier row of the file says “{kept}”, which is kept.").format(
                        field=draft.record_type.field(name).title, kept=shown(draft, notes, name, known)
                    )
                )
                continue
            if draft.ours or _counts(draft, notes, name, known, value):
                _change(draft, notes, name, known, value)
        draft.claimed.add(name)


def _counts(draft: Draft, notes: Notes, name: str, known: Any, value: Any) -> bool:
    """Say whether the file's word counts against the book's; remark it where it does not."""
    policy = notes.choices.policy_of(f"{draft.record_type.table}.{name}")
    if policy is Policy.TAKE or (policy is Policy.FILL and known in (None, "", ())):
        return True
    notes.remarks.append(
        _("{field}: kept as it is in the book; the file says “{said}”.").format(
            field=draft.record_type.field(name).title, said=shown(draft, notes, name, value)
        )
    )
    return False


def _change(draft: Draft, notes: Notes, name: str, known: Any, value: Any) -> None:
    if not draft.ours:
        notes.changes.append(
            FieldChange(
                _(draft.record_type.label),
                draft.record_type.field(name).title,
                shown(draft, notes, name, known),
                shown(draft, notes, name, value),
            )
        )
    if draft.id is not None and not draft.wanted:
        notes.changed.append(draft)
    draft.wanted[name] = value


def shown(draft: Draft, notes: Notes, name: str, value: Any) -> str:
    """Return a value as a person reads it; a reference to a record by what that is called."""
    if value is None:
        return ""
    kind = draft.record_type.field(name).kind
    if isinstance(value, Draft):
        return called(value.record_type, value.get)
    return notes.called(kind.table, value) if isinstance(kind, Ref) else kind.show(value)


def called(record_type: type[Record], get: Callable[[str], Any]) -> str:
    """Return what a record is called by: its name or title, its number, else its day."""
    fields = {field.name: field for field in record_type.fields}
    words = ((fields[name], get(name)) for name in ("name", "title", "number", "on") if name in fields)
    return next((field.kind.show(value) for field, value in words if value), "")
