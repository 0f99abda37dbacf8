"""How a record and its fields are declared, once, for everything that reads them.

A feature's module declares its records::

    class Enterprise(Record, table="enterprise", label=N_("Enterprise")):
        name: str = declare(Text(), N_("Enterprise name"), required=When.CREATE)

The book builds its tables and triggers from the declarations and returns these frozen records; forms, list columns,
filters, import mapping, export, printed tables and history read the same :class:`Field`. Adding a field is one line
here and one migration.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn, Self, cast, dataclass_transform
from uuid import UUID

from crm_app.domain.kinds import Kind
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

Values = Mapping[str, Any]
"""Field names to values, as services pass them to a unit of work."""


class When(StrEnum):
    """When a field is asked for; only CREATE ever blocks saving."""

    CREATE = "create"
    AUTO = "auto"
    REPORT = "report"
    REVIEW = "review"
    SIGN = "sign"
    SUBMIT = "submit"


class Privacy(StrEnum):
    """PERSONAL fields are masked on paper, left out of exports unless asked, and never logged."""

    NONE = "none"
    PERSONAL = "personal"


_UNIT_LABELS = {
    "元": N_("CNY"),
    "万元/亩": N_("CNY 10,000 per mu"),
    "亩": N_("mu"),
    "人": N_("people"),
    "天": N_("days"),
}


@dataclass(frozen=True)
class Field:
    """One declared field: its attribute name, words, kind, unit, and when it is asked for."""

    name: str
    label: str
    kind: Kind[Any]
    required: When | None = None
    unit: str = ""
    group: str = ""
    privacy: Privacy = Privacy.NONE
    derived: Callable[[Values], Any] | None = None
    searched: bool = False

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @property
    def unit_title(self) -> str:
        """The unit in the language in use; a ledger's column names it in Chinese, whatever that is."""
        return _(_UNIT_LABELS.get(self.unit, self.unit))

    def column_names(self) -> tuple[str, ...]:
        """Return the names of the columns the field is stored in."""
        return tuple(self.name + column.suffix for column in self.kind.columns)


def declare(
    kind: Kind[Any],
    label: str,
    *,
    required: When | None = None,
    unit: str = "",
    group: str = "",
    privacy: Privacy = Privacy.NONE,
    derived: Callable[[Values], Any] | None = None,
    searched: bool = False,
) -> Any:
    """Declare a field of a record; ``derived`` computes it from the other values at each write.

    ``group`` gathers fields under one heading of a form; ``searched`` puts the text into the search index.
    """
    field = Field("", label, kind, required, unit, group, privacy, derived, searched)
    return dataclasses.field(default=None, metadata={"field": field})


_BEGINNING = ("id", "deleted_at")
_put = object.__setattr__
_fielded = dataclass(init=False, repr=False, eq=False)
"""Has ``dataclasses`` know the fields of a class, for ``replace``, and compiles nothing."""

RECORDS: dict[str, type[Record]] = {}
"""Every declared record type by its table name, in order of declaration."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(dataclasses.field,))
class _Frozen:
    """What a frozen dataclass has compiled for each class, once for all records: every start waited for it."""

    fields: ClassVar[tuple[Field, ...]]
    _said: ClassVar[frozenset[str]]

    def __init__(self, **values: Any) -> None:
        if "id" not in values or not self._said.issuperset(values):
            raise TypeError(f"{type(self).__name__} is made of its id and its fields by name")
        # In the order of the fields, so that the names are kept once for all of them.
        for name in _BEGINNING:
            _put(self, name, values.get(name))
        for field in self.fields:
            _put(self, field.name, values.get(field.name))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({said})"


class Record(_Frozen):
    """A row of the book as a frozen value. ``id`` is a UUIDv7, so ids sort by creation."""

    table: ClassVar[str]
    label: ClassVar[str]
    unique: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Sets of columns no two living rows may share."""
    _loading: ClassVar[tuple[tuple[str, Callable[[Mapping[str, Any], str], Any] | None], ...]]
    """By the name of a field, what makes its value of a stored row; None where that is what is stored."""

    id: UUID
    deleted_at: int | None = None

    def __init_subclass__(cls, *, table: str, label: str) -> None:
        _fielded(cls)
        cls.table, cls.label = table, label
        cls.fields = tuple(
            dataclasses.replace(slot.metadata["field"], name=slot.name)
            for slot in dataclasses.fields(cast("Any", cls))
            if "field" in slot.metadata
        )
        cls._loading = tuple(
            (field.name, None if type(field.kind).load is Kind.load else field.kind.load) for field in cls.fields
        )
        cls._said = frozenset((*_BEGINNING, *(field.name for field in cls.fields)))
        RECORDS[table] = cls

    @classmethod
    def field(cls, name: str) -> Field:
        """Return the declared field of this name; raise KeyError where there is none."""
        for field in cls.fields:
            if field.name == name:
                return field
        raise KeyError(f"{cls.table}.{name}")

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Self:
        """Build the record from a stored row (column name → stored value)."""
        record = object.__new__(cls)
        held = record.__dict__
        held["id"], held["deleted_at"] = UUID(bytes=row["id"]), row["deleted_at"]
        # Most fields are what is stored: tens of thousands are read for a page of figures.
        for name, load in cls._loading:
            held[name] = row[name] if load is None else load(row, name)
        return record

    def spoken_of(self) -> str:
        """Return the kind and, where it has one, the name, to speak of the record in a sentence."""
        names = (getattr(self, name, None) for name in ("name", "title", "what", "content"))
        return f"{_(self.label)} {next(filter(None, names), '')}".strip()

    def shown(self, name: str) -> str:
        """Return the field as a person reads it; empty where nothing is known."""
        value = getattr(self, name)
        return "" if value is None else self.field(name).kind.show(value)


_fielded(Record)


def store(record_type: type[Record], values: Values) -> dict[str, Any]:
    """Turn checked field values into column values; raise BadInput naming the field that cannot be stored."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        field = record_type.field(name)
        if value is not None:
            try:
                field.kind.check(value)
            except BadInput as error:
                raise BadInput(_("{field}: {reason}").format(field=field.title, reason=error), field=name) from error
        columns.update(field.kind.store(value, name))
    return columns


def store_all(record_type: type[Record], many: Sequence[Values]) -> dict[str, list[Any]]:
    """Return what many new records are stored as: column name → values, in order, without the columns none of them has.

    Derived fields are computed. Raise BadInput naming the field that is missing, or cannot be stored.
    """
    said = {name: [values.get(name) for values in many] for name in frozenset().union(*many)}
    return _store_said(record_type, said, len(many), lambda: many, (), {})


def store_columns(
    record_type: type[Record],
    said: Mapping[str, Sequence[Any]],
    amount: int,
    *,
    without: Collection[str] = (),
    derived: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> dict[str, list[Any]]:
    """Do as :func:`store_all` for an ``amount`` of records of which something is ``said`` field by field.

    ``derived`` are derived fields that are worked out already.
    """

    @cache
    def rows() -> Sequence[Values]:
        return [dict(zip(said, row, strict=True)) for row in zip(*said.values(), strict=True)]

    return _store_said(record_type, said, amount, rows, without, derived)


def _store_said(
    record_type: type[Record],
    said: Mapping[str, Sequence[Any]],
    amount: int,
    rows: Callable[[], Sequence[Values]],
    without: Collection[str],
    derived: Mapping[str, Sequence[Any]],
) -> dict[str, list[Any]]:
    """Store what is said of records; ``rows`` gives them one by one, for what is derived."""
    columns: dict[str, list[Any]] = {}
    nothing = (None,) * amount
    for field in record_type.fields:
        if field.name in without:
            continue
        told = said.get(field.name)
        if field.required is When.CREATE and any(value in _NOTHING for value in told or nothing):
            raise _left_empty(field)
        if field.name in derived:
            told = derived[field.name]
        elif field.derived is not None:
            told = list(map(field.derived, rows()))
        elif told is None:
            continue
        try:
            columns |= field.kind.store_all(told, field.name)
        except BadInput as error:
            raise BadInput(_("{field}: {reason}").format(field=field.title, reason=error), field=field.name) from error
    return columns


def derive(record_type: type[Record], values: Values) -> dict[str, Any]:
    """Compute the derived fields of a record from its other ``values``."""
    return {field.name: field.derived(values) for field in record_type.fields if field.derived}


def derived_columns(record_type: type[Record], row: Values) -> dict[str, Any]:
    """Compute the derived columns of a stored row: all follow from texts, which are stored as they are."""
    return store(record_type, derive(record_type, row))


_NOTHING: tuple[Any, ...] = (None, "", ())


def missing(record_type: type[Record], values: Values, moments: Iterable[When]) -> list[Field]:
    """Return the fields asked for at one of the ``moments`` that ``values`` leave empty."""
    asked = set(moments)
    return [f for f in record_type.fields if f.required in asked and values.get(f.name) in _NOTHING]


def require_created(record_type: type[Record], values: Values) -> None:
    """Raise BadInput for the first field that must be known when a record is created and is not."""
    for field in missing(record_type, values, [When.CREATE]):
        raise _left_empty(field)


def _left_empty(field: Field) -> BadInput:
    return BadInput(_("Please fill in “{field}”.").format(field=field.title), field=field.name)


def plain(record: Record) -> dict[str, Any]:
    """Return the known fields of a record in a form that no language changes, for JSON.

    Days in ISO 8601, codes, whole yuan or cents, ids as text; a field of several columns is an object of its parts.
    Bytes are left out.
    """
    found: dict[str, Any] = {}
    for field in record.fields:
        value = getattr(record, field.name)
        if value is None or isinstance(value, bytes):
            continue
        if isinstance(value, UUID):
            found[field.name] = str(value)
            continue
        columns = field.kind.store(value, field.name)
        parts = {column.removeprefix(field.name).lstrip("_") or "value": stored for column, stored in columns.items()}
        found[field.name] = parts if len(parts) > 1 else next(iter(parts.values()))
    return found


def values_of(record: Record) -> dict[str, Any]:
    """Return the declared fields of a record by name."""
    return {field.name: getattr(record, field.name) for field in record.fields}


GROUP_FACTS = N_("Facts")
GROUP_BUSINESS = N_("Business")
GROUP_MONEY = N_("Money and land")
GROUP_PLACE = N_("Place")
GROUP_PEOPLE = N_("People")
GROUP_RECORD = N_("Record")
