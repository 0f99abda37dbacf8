"""What the book knows of plain rows: those it does not know are made as they are, those that say nothing new are done.

Everything else about them is a question, and is looked at row by row (enterprise_rows.py); a property test holds both
ways to the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from crm_app.db.imports import Post, carried_by_several, present_posts, stored_columns
from crm_app.db.reader import Reader
from crm_app.domain import names
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record
from crm_app.domain.import_plain import Part, Plain, own
from crm_app.domain.import_rows import Parsed
from crm_app.domain.leads import Lead
from crm_app.i18n import _
from crm_app.services.imports.enterprise_rows import alike
from crm_app.services.imports.shelf import Shelf, called_in, folded

Row = tuple[Any, ...]
_FOUND_BY = ("name", "uscc")
_TITLED, _WHOLE, _NOTHING = frozenset(("title",)), frozenset(("row",)), frozenset[str]()
"""What a row says of a post, of a lead, and of a post where it names none."""


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
        said = self._plain.enterprise.columns["name"]
        for place, (key, code) in enumerate(zip(self._keys, self._codes, strict=True)):
            if key in keys or code in codes:
                continue
            if key not in known and code not in carried:
                new[place] = ()
                continue
            named, coded = known.get(key, ()), carried.get(code) if code else None
            very = named if len(named) == 1 and named[0][3] == said[place] else self._named(place, named)
            if any(one[0] in otherwise or (one[2] and self._coded[one[2]] > (one[2] == code)) for one in very):
                # Another row speaks of it too, by another of its names, its code or its id: the order counts.
                continue
            if len(very) == 1 and coded in (None, very[0][0]) and enterprise.is_in(place, very[0]):
                perhaps[place] = very[0]
            elif not very and coded is None:
                new[place] = [(one[3], alike(one[3], one[2])) for one in named if key]
        same = self._same(enterprise, perhaps) if perhaps else []
        done = {*new, *same}
        return Sorted(new, same, [place for place in range(len(self._plain)) if place not in done])

    def _asked(self) -> tuple[set[str], set[str | None]]:
        """Return the keys and codes of which another row speaks too, here or above: their order counts."""
        keys, codes = self._shelf.known_among(self._spoken_of.keys(), self._coded.keys())
        keys.update(key for key, amount in self._spoken_of.items() if amount > 1)
        codes.update(code for code, amount in self._coded.items() if code and amount > 1)
        return keys, codes

    def _known(self, enterprise: _Said) -> tuple[Mapping[str, list[Row]], Mapping[str, bytes]]:
        """Return the enterprises of the book by key: id, key, code, name and what is said of them; by code their id."""
        columns = ["id", "name_key", "uscc", "name", *enterprise.columns]
        named = stored_columns(self._reader, Enterprise, columns, "name_key", self._keys)
        codes = {*filter(None, self._codes)}
        met = codes.intersection([row[2] for row in named])
        asked = (codes - met).union(carried_by_several(self._reader, met) if met else ())
        coded = stored_columns(self._reader, Enterprise, ("id", "uscc"), "uscc", asked)
        known: dict[str, list[Row]] = defaultdict(list)
        for row in named:
            known[row[1]].append(row)
        return known, {row[2]: row[0] for row in named if row[2]} | {row[1]: row[0] for row in coded}

    def _named(self, place: int, held: Sequence[Row]) -> Sequence[Row]:
        """Return the enterprises that have the very name a row gives."""
        said = self._plain.enterprise.columns["name"][place]
        if all(one[3] == said for one in held):
            return held
        name = folded(said)
        return [one for one in held if folded(one[3]) == name]

    def _also_called(self) -> tuple[set[str], set[bytes]]:
        """Return which keys of names are those of other names in the book, and whose these are."""
        found = stored_columns(
            self._reader, EnterpriseName, ("id", "name_key", "enterprise_id"), "name_key", self._spoken_of
        )
        return {one[1] for one in found}, {one[2] for one in found}

    def _same(self, enterprise: _Said, perhaps: Mapping[int, Row]) -> list[int]:
        """Return which of the rows say nothing that the book does not hold."""
        plain, ids = self._plain, {row[0] for row in perhaps.values()}
        contact, lead = _Said(Contact, plain.contact), _Said(Lead, plain.lead, plain.granted)
        posts = self._posts(contact, ids) if contact.at else {}
        leads: dict[bytes, list[Row]] = defaultdict(list)
        if lead.at:
            columns = ("id", "enterprise_id", *lead.columns)
            for row in stored_columns(self._reader, Lead, columns, "enterprise_id", ids):
                leads[row[1]].append(row)
        same: dict[int, list[tuple[bytes, frozenset[str]]]] = {}
        busy: list[int] = []
        at_contact, at_lead, titles = contact.at.get, lead.at.get, plain.titles
        for place, held in perhaps.items():
            told = [(held[0], enterprise.fields(place))]
            at = at_contact(place)
            if at is not None:
                post = self._post(contact, place, at, posts.get(held[0], ()))
                if post is None:
                    continue
                if post.posts > 1:
                    busy.append(place)
                told += ((post.contact, contact.fields(place)), (post.id, _TITLED if titles[at] else _NOTHING))
            if at_lead(place) is not None:
                fitting = next((one for one in leads[held[0]] if lead.is_in(place, one)), None)
                if fitting is None:
                    continue
                told.append((fitting[0], _WHOLE))
            same[place] = told
        if len(same) < self._amount:
            # Another row may speak of the same person at another enterprise: the order counts.
            for place in busy:
                same.pop(place, None)
        self._shelf.say_all(chain.from_iterable(same.values()))
        return list(same)

    def _posts(self, contact: _Said, enterprises: Iterable[bytes]) -> Mapping[bytes, list[Post]]:
        """Return the present posts at enterprises."""
        posts: dict[bytes, list[Post]] = defaultdict(list)
        for post in present_posts(self._reader, enterprises, contact.columns):
            posts[post.enterprise].append(post)
        return posts

    def _post(self, contact: _Said, place: int, at: int, posts: Sequence[Post]) -> Post | None:
        """Return the post a row tells of, where it tells nothing new of it and of who holds it."""
        name, title = self._plain.contact.columns["name"][at], self._plain.titles[at]
        for post in posts:
            if post.name == name:
                fits = (title is None or title == post.title) and contact.is_in(place, post.held)
                return post if fits else None
        return None


class _Said:
    """What plain rows say of one type of record, to be compared with stored rows that end in ``columns``."""

    def __init__(self, record_type: type[Record], part: Part, granted: Sequence[str] = ()) -> None:
        self.at = {place: at for at, place in enumerate(part.of)}
        fields = [
            (name, columns)
            for name, field in own(record_type).items()
            if name not in granted and (columns := field.column_names())[0] in part.columns
        ]
        self.columns = [column for _name, columns in fields for column in columns]
        self._fields = [(name, len(columns)) for name, columns in fields]
        self._columns = [part.columns[column] for column in self.columns]
        # Few columns of a ledger are blank here and there.
        self._lacking = [place for place, column in enumerate(self._columns) if None in column]
        self._told: dict[tuple[bool, ...], frozenset[str]] = {}

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return list(zip(*self._columns, strict=True))

    def fields(self, place: int) -> frozenset[str]:
        """Return the fields a row says something of, beside those by which the record was found."""
        row = self._rows[self.at[place]]
        lacking = tuple([row[one] is None for one in self._lacking])
        known = self._told.get(lacking)
        if known is None:
            start, found = 0, []
            for name, width in self._fields:
                if name not in _FOUND_BY and any(one is not None for one in row[start : start + width]):
                    found.append(name)
                start += width
            known = self._told[lacking] = frozenset(found)
        return known

    def is_in(self, place: int, held: Row) -> bool:
        """Say whether a stored row holds all that a row says."""
        said = self._rows[self.at[place]]
        held = held[-len(said) :]
        if said == held:
            return True
        start = 0
        for _name, width in self._fields:
            mine = said[start : start + width]
            if mine != held[start : start + width] and any(one is not None for one in mine):
                return False
            start += width
        return True
