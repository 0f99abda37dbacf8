"""Reads of enterprises that may be one: candidates through indexes while one types or imports, and the whole book.

While one types nothing is scanned: credit code, matching key, other names' keys and phones have indexes, and names that
begin alike stand side by side in the index of matching keys.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text

from crm_app.db.reader import Reader, living
from crm_app.db.relinking import references
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain import likeness, pinyin, slips
from crm_app.domain.duplicates import DistinctPair
from crm_app.domain.likeness import Likeness, Traits, traits
from crm_app.domain.name_parts import Rarity
from crm_app.i18n import _
from crm_app.progress import Report

_enterprise, _name, _distinct = (RECORD_TABLES[n] for n in ("enterprise", "enterprise_name", "distinct_pair"))
_contact, _position = RECORD_TABLES["contact"], RECORD_TABLES["position"]

_BLOCK = 5_000
_ID = 16
_WHILE_TYPING, _IN_BULK = 40, 6
"""So many names before and after the typed one, among those that begin alike, are compared."""

_PASSED = 200
"""So many are passed on the way: a ledger that was undone and comes again lies between those of its own names."""


@dataclass(frozen=True)
class Found:
    """An enterprise of the book that may be the one asked about."""

    id: UUID
    name: str
    likeness: Likeness


def like(reader: Reader, asked: Traits, *, but: UUID | None = None) -> list[Found]:
    """Return the enterprises that may be the one being typed, surest first; ``but`` is left out."""
    return _answers(reader, [asked], _WHILE_TYPING, but)[0]


def lacks_codes(reader: Reader) -> bool:
    """Say whether an enterprise of the book has no credit code: only such a one may be another with a code."""
    # The plus keeps SQLite from walking every living row by the index of the list.
    found = text("SELECT 1 FROM enterprise WHERE uscc IS NULL AND +deleted_at IS NULL LIMIT 1")
    return bool(reader.rows(found))


def like_many(reader: Reader, asked: Sequence[Traits]) -> list[list[Found]]:
    """Return, for each of many rows of an import in their order, the enterprises it may mean, surest first.

    Meant for rows that no code and no very name has found: a row costs a few look-ups in indexes. Ask for a thousand
    or so at a time.
    """
    return _answers(reader, asked, _IN_BULK, None)


def _answers(reader: Reader, asked: Sequence[Traits], reach: int, but: UUID | None) -> list[list[Found]]:
    candidates = _candidates(reader, asked, reach)
    known = traits_of(reader, {row for rows in candidates for row in rows})
    total = reader.rows(text("SELECT max(rowid) AS n FROM enterprise"))[0]["n"] or 0
    answers = []
    for one, rows in zip(asked, candidates, strict=True):
        met = {UUID(bytes=row): known[row] for row in rows if row in known}
        answers.append(_ranked(one, {row: other for row, other in met.items() if row != but}, total))
    return answers


def _ranked(one: Traits, met: Mapping[UUID, Traits], total: int) -> list[Found]:
    held = 1 + sum(other.parts.brand == one.parts.brand for other in met.values())
    sharing = 1 + sum(not set(one.phones).isdisjoint(other.phones) for other in met.values())
    common = slips.families((one.parts.brand, *(other.parts.brand for other in met.values())), total)
    rarity = Rarity(total, {one.parts.brand: held}, families=common)
    found = []
    for row, other in met.items():
        alike = likeness.compare(one, other, rarity, sharing=sharing)
        if alike is not None:
            found.append(Found(row, other.name, alike))
    return sorted(found, key=lambda one: (-one.likeness.score, one.name, one.id))


def _candidates(reader: Reader, asked: Sequence[Traits], reach: int) -> list[set[bytes]]:
    """Return the ids that each may mean, by the keys it shares with them."""
    by_key: dict[str, set[bytes]] = defaultdict(set)
    keys = {key for one in asked for key in (one.key, *(key for _name, key in one.others)) if key}
    for table, name, row_name, wanted in (
        (_enterprise, "uscc", "id", {one.uscc for one in asked if one.uscc}),
        (_enterprise, "name_key", "id", keys),
        (_name, "name_key", "enterprise_id", keys),
    ):
        column, row_id = table.c[name], table.c[row_name]
        for block in _blocks(sorted(wanted)):
            statement = select(column.label("key"), row_id.label("row"))
            for row in reader.rows(statement.where(column.in_(block), living(table))):
                by_key[row["key"]].add(row["row"])
    for block in _blocks(sorted({phone for one in asked for phone in one.phones})):
        statement = _posts().add_columns(_contact.c.phone).where(_contact.c.phone.in_(block))
        for row in reader.rows(statement):
            by_key[row["phone"]].add(row["enterprise_id"])
    found: list[set[bytes]] = [set() for _one in asked]
    for one, rows in zip(asked, found, strict=True):
        for key in (one.uscc, one.key, *(key for _name, key in one.others), *one.phones):
            rows |= by_key.get(key, set())
    for beside in (_neighbours(reader, asked, reach), _read_alike(reader, asked)):
        for number, met in beside:
            found[number].add(met)
    return found


# A row that carries another code than the asked one is no candidate.
_NEAR = (
    "SELECT e.rowid FROM (SELECT rowid, deleted_at, uscc FROM enterprise INDEXED BY ix_enterprise_name_key "
    "WHERE name_key {side} h.value ->> 0 AND name_key {bound} h.value ->> 1 ORDER BY name_key {order} LIMIT :passed) e "
    "WHERE e.deleted_at IS NULL AND (h.value ->> 2 OR e.uscc IS NULL) LIMIT :reach"
)
_BEHIND, _BEFORE = (
    text(
        "SELECT h.key AS number, k.id, k.name_key FROM json_each(:heads) h CROSS JOIN enterprise k "
        f"WHERE k.rowid IN ({_NEAR.format(side=side, bound=bound, order=order)})"
    )
    for side, bound, order in ((">=", "<", "ASC"), ("<", ">=", "DESC"))
)


def _neighbours(reader: Reader, asked: Sequence[Traits], reach: int) -> Iterator[tuple[int, bytes]]:
    """Yield who stands beside each name among those that begin as its brand does; nothing for a name without a brand.

    Where a code is known, those that carry another are no candidates.
    """
    begun = [(number, one) for number, one in enumerate(asked) if len(one.parts.brand) >= 2]
    for start in range(0, len(begun), 500):
        block = begun[start : start + 500]
        for statement, end in ((_BEHIND, "\U0010ffff"), (_BEFORE, "")):
            heads = [(one.key, _head(one) + end, not one.uscc) for _number, one in block]
            for row in reader.rows(statement, {"heads": json.dumps(heads), "reach": reach, "passed": _PASSED}):
                number, one = block[row["number"]]
                if likeness.may_be(one.parts.brand, row["name_key"]):
                    yield number, row["id"]


_READ_ALIKE = text(
    "SELECT h.key AS number, e.id FROM json_each(:heads) h "
    "CROSS JOIN enterprise e INDEXED BY ix_enterprise_listed_name "
    "WHERE e.deleted_at IS NULL AND e.pinyin >= h.value AND e.pinyin < h.value || '~'"
)


def _read_alike(reader: Reader, asked: Sequence[Traits]) -> Iterator[tuple[int, bytes]]:
    """Yield whose name is read like one with a brand of two characters: a slip in these is seldom found beside it."""
    short = [(number, one) for number, one in enumerate(asked) if likeness.may_be_short_slip(one)]
    heads = json.dumps([pinyin.full(one.name.partition(one.key)[0] + one.key) for _number, one in short])
    for row in reader.rows(_READ_ALIKE, {"heads": heads}) if short else ():
        yield short[row["number"]][0], row["id"]


def _head(one: Traits) -> str:
    """Return what a name must begin with to be compared: two characters, as a slip may stand in the third."""
    return one.key[:2]


def _posts() -> Any:
    joined = _position.join(_contact, _contact.c.id == _position.c.contact_id)
    return select(_position.c.enterprise_id).select_from(joined).where(living(_position), living(_contact))


def traits_of(reader: Reader, rows: Iterable[bytes]) -> dict[bytes, Traits]:
    """Return the traits of the living enterprises among these ids."""
    found: dict[bytes, Traits] = {}
    for block in _blocks(sorted(rows)):
        others, phones = _others(reader, block), _phones(reader, _position.c.enterprise_id.in_(block))
        columns = (_enterprise.c[name] for name in ("id", "name", "name_key", "uscc", "address"))
        for row in reader.rows(select(*columns).where(_enterprise.c.id.in_(block), living(_enterprise))):
            found[row["id"]] = _traits(row, others, phones)
    return found


def _traits(
    row: Mapping[str, Any], others: Mapping[bytes, list[tuple[str, str]]], phones: Mapping[bytes, list[str]]
) -> Traits:
    return traits(
        row["name"],
        key=row["name_key"],
        uscc=row["uscc"],
        address=row["address"],
        others=others.get(row["id"], ()),
        phones=phones.get(row["id"], ()),
    )


def _others(reader: Reader, rows: Sequence[bytes] | None = None) -> dict[bytes, list[tuple[str, str]]]:
    statement = select(_name.c.enterprise_id, _name.c.name, _name.c.name_key).where(living(_name))
    found: dict[bytes, list[tuple[str, str]]] = defaultdict(list)
    for row in reader.rows(statement if rows is None else statement.where(_name.c.enterprise_id.in_(rows))):
        found[row["enterprise_id"]].append((row["name"], row["name_key"]))
    return found


def _phones(reader: Reader, among: ColumnElement[bool]) -> dict[bytes, list[str]]:
    """Return the phones of enterprises by their posts; ``among``: which posts."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for enterprise, phone in reader.connection.execute(_posts().add_columns(_contact.c.phone).where(among)):
        if phone and phone not in found[enterprise]:
            found[enterprise].append(phone)
    return found


@dataclass(frozen=True)
class Whole:
    """Every living enterprise as a scan compares it, in order of entry, and the pairs told apart.

    Its ids stand one after the other in ``joined``: as objects they would be a tenth of all that a scan holds.
    """

    joined: bytes
    traits: Sequence[Traits]
    told_apart: frozenset[tuple[UUID, UUID]]

    def id_of(self, number: int) -> UUID:
        """Return the id of the enterprise of this number."""
        return UUID(bytes=self.joined[number * _ID : (number + 1) * _ID])


def whole_book(reader: Reader, report: Report) -> Whole:
    """Read every living enterprise for a scan. Raise what ``report`` raises."""
    words = _("Reading the enterprises")
    others = _others(reader)
    statement = select(*(_enterprise.c[name] for name in ("id", "name", "name_key", "uscc", "address")))
    # The plus keeps SQLite from sorting what an index of a list tells it is living.
    living_ones = statement.where(text("+deleted_at IS NULL")).order_by(_enterprise.c.id)
    result = reader.connection.execute(living_ones, execution_options={"yield_per": _BLOCK}).mappings()
    pairs = reader.find(DistinctPair)
    told = {one.bytes for pair in pairs for one in (pair.one_id, pair.other_id)}
    called: dict[UUID, str] = {}
    joined = bytearray()
    known: list[Traits] = []
    for block in result.partitions():
        report(len(known), 0, words)
        joined += b"".join(row["id"] for row in block)
        # A block at a time: of a whole book the phones would be a fifth of all that a scan holds.
        phones = _phones(reader, _position.c.enterprise_id.between(block[0]["id"], block[-1]["id"]))
        known += [_traits(dict(row), others, phones) for row in block]
        called |= {UUID(bytes=row["id"]): row["name"] for row in block if row["id"] in told}
    apart = (pair for pair in pairs if _stands(pair, called))
    return Whole(bytes(joined), known, frozenset((pair.one_id, pair.other_id) for pair in apart))


def _stands(pair: DistinctPair, called: Mapping[UUID, str]) -> bool:
    """Say whether two told apart are both still called as they were then."""
    return called.get(pair.one_id) == pair.one_name and called.get(pair.other_id) == pair.other_name


def told_apart(reader: Reader, one: UUID, other: UUID) -> DistinctPair | None:
    """Return the record that tells two enterprises apart, whatever they are called now, or None."""
    first, second = sorted((one, other))
    found = reader.find(DistinctPair, one_id=first, other_id=second)
    return found[0] if found else None


def _blocks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _BLOCK):
        yield items[start : start + _BLOCK]


def counts_of(reader: Reader, row: UUID) -> dict[str, int]:
    """Return how many living rows of each table refer to an enterprise: what is known of it beside its own fields."""
    found: dict[str, int] = {}
    for table, column, _target in references({"enterprise": None}):
        statement = select(func.count()).select_from(table).where(column == row.bytes, living(table))
        n = reader.connection.execute(statement).scalar_one()
        if n and table.name != DistinctPair.table:
            found[table.name] = found.get(table.name, 0) + n
    return found
