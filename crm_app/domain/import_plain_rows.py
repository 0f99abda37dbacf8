"""Puts what the rows of a ledger say in stored form, column by column, where they are plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_app.domain import names, pinyin
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Record, store_columns
from crm_app.domain.import_plain import READINGS, TAKEN_FOR_GRANTED, Part, Plain, own
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead

_NAME, _PERSON = "enterprise.name", "contact.name"


class Said:
    """What a block of rows says, target by target: ``columns`` hold a value a row, None where it says nothing.

    The fields of the one person of a row have targets too, ``contact.title`` that of the post.
    """

    def __init__(self, amount: int, columns: Mapping[str, list[Any]] | None = None) -> None:
        self.amount = amount
        self.columns = dict(columns or {})

    def put(self, place: int, row: Parsed) -> None:
        """Have a row say what it says when it is read by itself."""
        values = dict(row.values)
        for person in values.pop("contacts", ()):
            values |= {f"contact.{name}": value for name, value in person.items()}
        for target in values.keys() - self.columns.keys():
            self.columns[target] = [None] * self.amount
        for target, column in self.columns.items():
            column[place] = values.get(target)

    def only(self, places: Sequence[int]) -> Said:
        """Return what some of the rows say."""
        if len(places) == self.amount:
            return self
        columns = {target: [column[place] for place in places] for target, column in self.columns.items()}
        return Said(len(places), columns)


class PlainRows:
    """Puts the plain rows of a sheet in stored form; ``targets`` are those of its columns.

    ``leads``: every row is one of a lead, and plain where it says something of it.
    ``indexed``: with how their names are read, which whoever makes most of them asks for.
    """

    def __init__(self, targets: Iterable[str], *, leads: bool = False, indexed: bool = False) -> None:
        self._indexed = indexed
        said = frozenset(targets)
        of_records = {f"{one.table}.{name}" for one in (Enterprise, Lead) for name in own(one)}
        self.allowed = frozenset({*of_records, "contacts"})
        self._granted = tuple(name for name in TAKEN_FOR_GRANTED if f"lead.{name}" not in said)
        taken_for_granted = ["enterprise.category", *(f"lead.{name}" for name in TAKEN_FOR_GRANTED)]
        self.one_of = frozenset(f"{Lead.table}.{name}" for name in own(Lead)) if leads else frozenset()
        """Of these targets, where there are any, every plain row says something of one."""
        self.asked = (_NAME, *(target for target in taken_for_granted if target in said))
        """What every plain row says: what would be taken for granted too, where the sheet has a column for it."""

    def is_plain(self, row: Parsed) -> bool:
        """Say whether a row is plain that is read by itself."""
        values = row.values
        people = values.get("contacts", ())
        if row.reasons or len(people) > 1 or (people and not people[0]["name"]):
            return False
        if self.one_of and self.one_of.isdisjoint(values):
            return False
        return self.allowed.issuperset(values) and all(target in values for target in self.asked)

    def stored(self, said: Said, places: Sequence[int]) -> Plain:
        """Return plain rows in stored form, what is derived too; raise BadInput where one cannot be stored.

        ``places`` are those of the rows in their block.
        """
        columns = said.columns
        people = columns.get(_PERSON, ())
        contacts_of = [place for place, name in enumerate(people) if name]
        contacts = _fields(Contact, columns, contacts_of)
        if contacts_of:
            contacts["name"] = names.clean_all(contacts["name"])
        titles = columns.get("contact.title")
        leads_of, leads = self._leads(said)
        enterprises = _fields(Enterprise, columns)
        enterprise = self._part(Enterprise, range(said.amount), enterprises, self._read(enterprises))
        contact = self._part(Contact, contacts_of, contacts, self._read_people(contacts))
        lead = self._part(Lead, leads_of, leads, {})
        posts = [titles[place] if titles else None for place in contacts_of]
        return Plain(places, enterprise, contact, posts, lead, self._granted)

    def _leads(self, said: Said) -> tuple[Sequence[int], dict[str, Sequence[Any]]]:
        """Return which rows speak of a lead, and what they say of it."""
        told = _fields(Lead, said.columns)
        of: Sequence[int] = range(said.amount)
        if all(None in column for column in told.values()):
            of = sorted({place for column in told.values() for place, value in enumerate(column) if value is not None})
        leads = _fields(Lead, said.columns, of)
        enterprises = [said.columns[_NAME][place] for place in of]
        contents = leads.get("content", [None] * len(of))
        for name in self._granted:
            leads[name] = list(map(TAKEN_FOR_GRANTED[name], enterprises, contents))
        return of, leads

    def _read(self, said: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        """Return how the names of enterprises are matched and read."""
        found: dict[str, Sequence[Any]] = {"name_key": names.match_keys(said["name"])}
        if self._indexed:
            found["pinyin"], found["initials"] = pinyin.all_readings(said["name"])
        return found

    def _read_people(self, said: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        """Return how the names of people are read."""
        if not self._indexed or "name" not in said:
            return {}
        nothing = (None,) * len(said["name"])
        return {"pinyin": pinyin.all_people(said["name"], said.get("surname_pinyin", nothing))}

    def _part(
        self,
        record_type: type[Record],
        of: Sequence[int],
        said: Mapping[str, Sequence[Any]],
        derived: Mapping[str, Sequence[Any]],
    ) -> Part:
        if not of:
            return Part(of, {})
        # How names are read is for whoever is made; most rows of a ledger that comes again make nobody.
        readings = () if self._indexed else READINGS.get(record_type.table, ())
        columns = store_columns(record_type, said, len(of), without=("enterprise_id", *readings), derived=derived)
        return Part(of, columns)


def _fields(
    record_type: type[Record], columns: Mapping[str, Sequence[Any]], of: Sequence[int] | None = None
) -> dict[str, Sequence[Any]]:
    """Return what is said of the records of some rows by field; what is said of none is left out, and costs nothing."""
    found: dict[str, Sequence[Any]] = {}
    for name in own(record_type):
        column = columns.get(f"{record_type.table}.{name}", ())
        if any(value is not None for value in column):
            found[name] = column if of is None or len(of) == len(column) else [column[place] for place in of]
    return found
