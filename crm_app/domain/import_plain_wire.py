"""How plain rows cross from the reader child to the program; what the child says is checked as it comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import lt
from typing import Any

from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import RECORDS, Field, Record
from crm_app.domain.import_plain import TAKEN_FOR_GRANTED, Part, Plain, own
from crm_app.domain.import_texts import Texts
from crm_app.domain.leads import Lead

_LARGEST = 1 << 63
_STORAGE: Mapping[str, type] = {"text": str, "integer": int}
_CANNOT_LACK: Mapping[type[Record], frozenset[str]] = {
    Enterprise: frozenset(("name", "name_key")),
    Contact: frozenset(("name",)),
    Lead: frozenset(("title",)),
}


def to_wire(plain: Plain) -> dict[str, Any]:
    """Return plain rows as JSON can hold them."""
    return {
        "places": list(plain.places),
        "enterprise": plain.enterprise.columns,
        "contact": plain.contact.columns,
        "contacts_of": list(plain.contact.of),
        "titles": list(plain.titles),
        "lead": plain.lead.columns,
        "leads_of": list(plain.lead.of),
        "granted": list(plain.granted),
    }


def from_wire(said: Mapping[str, Any], rows: int) -> Plain:
    """Return the plain ones among the ``rows`` of a block; raise ValueError where the child says anything else."""
    places = _places(said["places"], rows)
    contacts_of, leads_of = _places(said["contacts_of"], len(places)), _places(said["leads_of"], len(places))
    granted = tuple(said["granted"])
    if not TAKEN_FOR_GRANTED.keys() >= set(granted):
        raise ValueError("not a field")
    titles = _column(said["titles"], str, len(contacts_of))
    if leads_of and set(granted).issuperset(said["lead"]):
        raise ValueError("leads of which nothing is said")
    return Plain(
        places,
        Part(range(len(places)), _columns(Enterprise, said["enterprise"], len(places))),
        Part(contacts_of, _columns(Contact, said["contact"], len(contacts_of))),
        titles,
        Part(leads_of, _columns(Lead, said["lead"], len(leads_of))),
        granted,
    )


def _places(said: Any, below: int) -> list[int]:
    places = _column(said, int, len(said))
    if len(places) <= below and places == list(range(len(places))):
        return places
    if None in places or not all(map(lt, [-1, *places], [*places, below])):
        raise ValueError("no places, or out of order")
    return places


def _column(said: Any, storage: type, amount: int) -> list[Any]:
    if type(said) is Texts and storage is str and len(said) == amount:
        return said
    if type(said) is not list or len(said) != amount or not {storage, type(None)} >= {*map(type, said)}:
        raise ValueError("no column")
    if storage is str:
        whole = "".join(filter(None, said) if None in said else said)
        if not whole.isascii():
            # Half a character would be met only when it is written.
            whole.encode()
    elif (filled := list(filter(None, said))) and not -_LARGEST < min(filled) <= max(filled) < _LARGEST:
        raise ValueError("too large a number")
    return said


def _columns(record_type: type[Record], said: Mapping[str, Any], amount: int) -> dict[str, list[Any]]:
    storages, fields = _declared(record_type.table)
    columns = {name: _column(column, storages[name], amount) for name, column in said.items()}
    if amount and any(name not in columns or None in columns[name] for name in _CANNOT_LACK[record_type]):
        raise ValueError("a column is lacking")
    if "" in columns.get("name", ()):
        raise ValueError("nobody has an empty name")
    for field in fields:
        names = field.column_names()
        if not columns.keys().isdisjoint(names):
            if field.derived is not None and any(None in columns[name] for name in names):
                raise ValueError("what follows from the others is never lacking")
            # What its kind does not know would be met only when it is read.
            field.kind.check_stored([columns[name] for name in names], field.name)
    return columns


@cache
def _declared(table: str) -> tuple[Mapping[str, type], Sequence[Field]]:
    """Return the columns a plain row may fill with what they hold, and their fields."""
    record_type = RECORDS[table]
    derived = [one for one in record_type.fields if one.derived is not None]
    fields = [*own(record_type).values(), *derived]
    storages = {one.name + column.suffix: _STORAGE[column.storage] for one in fields for column in one.kind.columns}
    return storages, fields
