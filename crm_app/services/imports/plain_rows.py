"""What the book knows of plain rows: those it does not know are made as they are, those that say nothing new are done.

Everything else about them is a question, and is looked at row by row (enterprise_rows.py); a property test holds both
ways to the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from crm_app.db.imports import carried_by_several, present_posts, stored_columns
from crm_app.db.reader import Reader
from crm_app.domain import names
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record
from crm_app.domain.import_plain import Part, Plain, own
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead
from crm_app.domain.names import folded
from crm_app.i18n import _
from crm_app.services.imports.enterprise_rows import alike
from crm_app.services.imports.row_names import called_in
from crm_app.services.imports.shelf import Shelf

Row = tuple[Any, ...]
_FOUND_BY = ("name", "uscc")
_TITLED, _WHOLE, _NOTHING = frozenset(("title",)), frozenset(("row",)), frozenset[str]()
"""What a row says of a post, of a lead, and of a post where it names none."""
_ID, _KEY, _CODE, _SAID, _NAME = 0, 1, 2, 3, 3
"""Where a stored enterprise has what; the first thing a row says of one is its name."""
_ENTERPRISE, _SAID_OF_LEAD = 1, 2
_TITLE, _CONTACT, _POSTS, _PERSON = 2, 3, 4, 5
"""Where a stored lead, and a post, has what."""


@dataclass(frozen=True)
class Sorted:
    """Places among the plain rows: new to the book, saying nothing new, and those to be looked at with care."""

    new: Mapping[int, Sequence[tuple[str, str]]]
    """With the enterprises of the book whose names share the matching key: the name, and what tells it."""
    same: Sequence[int]
    questions: Sequence[int]


def added_by(new: Plain) -> list[tuple[str, ...]]:
    """Return for each of new rows what hangs on its enterprise, in a person's words."""
    added: list[tuple[str, ...]] = [()] * len(new)
    for place, name in zip(new.contact.of, new.contact.columns.get("name", ()), strict=True):
        added[place] = (name,)
    lead = _("Lead")
    for place in new.lead.of:
        added[place] = (*added[place], lead)
    return added


class Comparison:
    """One block of plain rows beside the book, and beside the other ``rows`` of the block."""

    def __init__(self, reader: Reader, shelf: Shelf, plain: Plain, rows: Iterable[Parsed]) -> None:
        self._reader, self._shelf, self._plain = reader, shelf, plain
        columns = plain.enterprise.columns
        self._keys: Sequence[str] = columns["name_key"]
        self._codes: Sequence[str | None] = columns.get("uscc") or [None] * len(plain)
        self._spoken_of = Counter(self._keys)
        self._coded = Counter(self._codes)
        self._carried = set[bytes]()
        self._amount = len(plain)
        for row in rows:
            self._amount += 1
            self._spoken_of.update(map(names.match_key, called_in(row)))
            self._coded[row.values.get("enterprise.uscc")] += 1
            if "enterprise.id" in row.values:
                self._carried.add(row.values["enterprise.id"].bytes)

    def sort(self) -> Sorted:
        """Return what becomes of each row; what is the same is told to the shelf."""
        enterprise = _Said(Enterprise, self._plain.enterprise)
        known, carried = self._known(enterprise)
        also_called, otherwise = self._also_called()
        otherwise |= self._carried
        keys, codes = self._asked()
        keys |= also_called
        new: dict[int, Sequence[tuple[str, str]]] = {}
        perhaps: dict[int, Row] = {}
        for place, (key, code, said) in enumerate(zip(self._keys, self._codes, enterprise.rows, strict=True)):
            if key in keys or code in codes:
                continue
            named, coded = known.get(key, ()), carried.get(code) if code else None
            if not named and coded is None:
                new[place] = ()
                continue
            if len(named) == 1 and named[0][_SAID:] == said:
                # Nearly every known one.
                one = named[0]
                if coded in (None, one[_ID]) and one[_ID] not in otherwise and not self._is_coded(one[_CODE], code):
                    perhaps[place] = one
                continue
            very = self._named(said[0], named)
            if any(one[_ID] in otherwise or self._is_coded(one[_CODE], code) for one in very):
                # Another row speaks of it too, by another of its names, its code or its id: the order counts.
                continue
            if len(very) == 1 and coded in (None, very[0][_ID]) and enterprise.is_in(place, very[0][_SAID:]):
                perhaps[place] = very[0]
            elif not very and coded is None:
                new[place] = [(one[_NAME], alike(one[_NAME], one[_CODE])) for one in named if key]
        same = self._same(enterprise, perhaps) if perhaps else []
        done = {*new, *same}
        return Sorted(new, same, [place for place in range(len(self._plain)) if place not in done])

    def _is_coded(self, held: str | None, code: str | None) -> bool:
        """Say whether a row speaks of the code of an enterprise, other than the one row that has ``code``."""
        return held is not None and held != code and held in self._coded

    def _asked(self) -> tuple[set[str], set[str | None]]:
        """Return the keys and codes of which another row speaks too, here or above: their order counts."""
        keys, codes = self._shelf.known_among(self._spoken_of.keys(), self._coded.keys())
        keys.update(key for key, amount in self._spoken_of.items() if amount > 1)
        codes.update(code for code, amount in self._coded.items() if code and amount > 1)
        return keys, codes

    def _known(self, enterprise: _Said) -> tuple[Mapping[str, list[Row]], Mapping[str, bytes]]:
        """Return the enterprises of the book by key: id, key, code and what is said of them; by code their id."""
        columns = ("id", "name_key", "uscc", *enterprise.columns)
        named = stored_columns(self._reader, Enterprise, columns, "name_key", self._keys)
        codes = {*filter(None, self._codes)}
        met = codes.intersection([row[_CODE] for row in named])
        asked = (codes - met).union(carried_by_several(self._reader, met) if met else ())
        coded = stored_columns(self._reader, Enterprise, ("id", "uscc"), "uscc", asked)
        known: dict[str, list[Row]] = defaultdict(list)
        for row in named:
            known[row[_KEY]].append(row)
        return known, {row[_CODE]: row[_ID] for row in named if row[_CODE]} | {row[1]: row[0] for row in coded}

    def _named(self, said: str, held: Sequence[Row]) -> Sequence[Row]:
        """Return the enterprises that have the very name a row gives."""
        if all(one[_NAME] == said for one in held):
            return held
        name = folded(said)
        return [one for one in held if folded(one[_NAME]) == name]

    def _also_called(self) -> tuple[set[str], set[bytes]]:
        """Return which keys of names are those of other names in the book, and whose these are."""
        found = stored_columns(
            self._reader, EnterpriseName, ("id", "name_key", "enterprise_id"), "name_key", self._spoken_of
        )
        return {one[1] for one in found}, {one[2] for one in found}

    def _same(self, enterprise: _Said, perhaps: Mapping[int, Row]) -> list[int]:
        """Return which of the rows say nothing that the book does not hold."""
        plain, ids = self._plain, {row[_ID] for row in perhaps.values()}
        contact, lead = _Said(Contact, plain.contact), _Said(Lead, plain.lead, plain.granted)
        posts = self._posts(contact, ids) if contact.at else {}
        leads = self._leads(lead, ids) if lead.at else {}
        same: dict[int, list[tuple[bytes, frozenset[str]]]] = {}
        busy: list[int] = []
        names_of, titles = plain.contact.columns.get("name", ()), plain.titles
        contact_at, lead_at = contact.at.get, lead.at.get
        for place, held in perhaps.items():
            row_id = held[_ID]
            told = [(row_id, enterprise.told[place])]
            at = contact_at(place)
            if at is not None:
                post, title = posts.get((row_id, names_of[at])), titles[at]
                if post is None or title not in (None, post[_TITLE]) or not contact.is_in(at, post[_PERSON:]):
                    continue
                if post[_POSTS] > 1:
                    busy.append(place)
                told += ((post[_CONTACT], contact.told[at]), (post[_ID], _TITLED if title else _NOTHING))
            at = lead_at(place)
            if at is not None:
                for one in leads.get(row_id, ()):
                    if lead.is_in(at, one[_SAID_OF_LEAD:]):
                        told.append((one[_ID], _WHOLE))
                        break
                else:
                    continue
            same[place] = told
        if len(same) < self._amount:
            # Another row may speak of the same person at another enterprise: the order counts.
            for place in busy:
                same.pop(place, None)
        self._shelf.say_all(chain.from_iterable(same.values()))
        return list(same)

    def _posts(self, contact: _Said, enterprises: Iterable[bytes]) -> Mapping[tuple[bytes, str], Row]:
        """Return the present posts at enterprises, by enterprise and the name of who holds it; the first of a name."""
        found = present_posts(self._reader, enterprises, contact.columns)
        name = _PERSON + contact.columns.index("name")
        return {(post[_ENTERPRISE], post[name]): post for post in reversed(found)}

    def _leads(self, lead: _Said, enterprises: Iterable[bytes]) -> Mapping[bytes, Sequence[Row]]:
        """Return the leads of enterprises: id, enterprise and what is said of them."""
        leads: dict[bytes, list[Row]] = defaultdict(list)
        columns = ("id", "enterprise_id", *lead.columns)
        for row in stored_columns(self._reader, Lead, columns, "enterprise_id", enterprises):
            leads[row[_ENTERPRISE]].append(row)
        return leads


class _Said:
    """What plain rows say of one type of record, to be compared with stored values of ``columns``."""

    def __init__(self, record_type: type[Record], part: Part, granted: Sequence[str] = ()) -> None:
        self.at = {place: at for at, place in enumerate(part.of)}
        fields = [
            (name, columns)
            for name, field in own(record_type).items()
            if name not in granted and (columns := field.column_names())[0] in part.columns
        ]
        self.columns = [column for _name, columns in fields for column in columns]
        self._fields = [(name, len(columns)) for name, columns in fields]
        values = [part.columns[column] for column in self.columns]
        self.rows: Sequence[Row] = list(zip(*values, strict=True))
        self.told = self._told(values)
        """Of each the fields that something is said of, beside those by which the record was found."""

    def _told(self, columns: Sequence[Sequence[Any]]) -> Sequence[frozenset[str]]:
        # Few columns of a ledger are blank here and there, and few rows differ in which.
        blank = [[one is None for one in column] for column in columns if None in column]
        kinds: Sequence[tuple[bool, ...]] = list(zip(*blank, strict=True)) if blank else [()] * len(self.rows)
        known = {kind: self._fields_in(row) for kind, row in dict(zip(kinds, self.rows, strict=True)).items()}
        return [known[kind] for kind in kinds]

    def _fields_in(self, row: Row) -> frozenset[str]:
        start, found = 0, []
        for name, width in self._fields:
            if name not in _FOUND_BY and any(one is not None for one in row[start : start + width]):
                found.append(name)
            start += width
        return frozenset(found)

    def is_in(self, at: int, held: Row) -> bool:
        """Say whether stored values hold all that is said of one of them."""
        said = self.rows[at]
        if said == held:
            return True
        start = 0
        for _name, width in self._fields:
            mine = said[start : start + width]
            if mine != held[start : start + width] and any(one is not None for one in mine):
                return False
            start += width
        return True
