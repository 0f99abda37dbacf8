"""Reads blocks of rows of a ledger column by column, and row by row those that are not plain.

Most rows of a large ledger are plain, and a column is read in a third of the time its cells take one by one. Both ways
give the same; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from crm_app.domain import phones
from crm_app.domain.import_kinds import is_id
from crm_app.domain.import_plain import Plain
from crm_app.domain.import_plain_rows import PlainRows, Said
from crm_app.domain.import_rows import Folds, Parsed, Readable, RowReader, region_of, with_header
from crm_app.domain.imports import Column
from crm_app.errors import BadInput

Values = list[Any]
"""A value a row, None where it says nothing."""


class BlockReader:
    """Reads the blocks of one sheet, of ``leads`` or of enterprises.

    ``indexed``: whoever makes most plain rows asks how their names are read.
    """

    def __init__(self, columns: Sequence[Column], folds: Folds, *, leads: bool = False, indexed: bool) -> None:
        self.indexed = indexed
        self._reader = RowReader(columns, folds)
        self._plain = PlainRows([column.target for column in columns], leads=leads, indexed=indexed)

    def read(self, rows: Sequence[Sequence[Any]]) -> tuple[Plain | None, dict[int, Parsed]]:
        """Return the plain ones among the rows in stored form, and what the others say by their places."""
        block = _Block(rows, self._reader.columns, self._plain)
        said, others = Said(len(rows), block.columns), dict[int, Parsed]()
        for place in sorted(block.careful):
            row = self._reader.read(rows[place])
            if self._plain.is_plain(row):
                said.put(place, row)
            else:
                others[place] = row
        places = [place for place in range(len(rows)) if place not in others]
        if not places:
            return None, others
        try:
            return self._plain.stored(said.only(places), places), others
        except BadInput:
            # One of them cannot be stored: it is told of where each is looked at by itself.
            return None, {place: self._reader.read(row) for place, row in enumerate(rows)}


class _Block:
    """The columns of a block as they are read; ``careful`` are the rows that have to be read one by one."""

    def __init__(self, rows: Sequence[Sequence[Any]], readable: Iterable[Readable], plain: PlainRows) -> None:
        self._amount = len(rows)
        self.careful: set[int] = set()
        self.columns: dict[str, Values] = {}
        # A row may end before the others.
        columns = list(zip_longest(*rows))
        for one in readable:
            cells = columns[one.index] if one.index < len(columns) else (None,) * self._amount
            self._add(one, cells, one.read_all(cells, self.careful))
        self._put_regions_together()
        people = self._people()
        for target in self.columns.keys() - plain.allowed:
            self._care_for(value is not None for value in self.columns.pop(target))
        for target in plain.asked:
            if None in self._of(target):
                self._care_for(value is None for value in self._of(target))
        if plain.one_of:
            told = [self._of(target) for target in sorted(plain.one_of & self.columns.keys())]
            said = zip(*told, strict=True) if told else [()] * self._amount
            self._care_for(all(value is None for value in row) for row in said)
        self.columns |= people

    def _care_for(self, odd: Iterable[object]) -> None:
        self.careful.update(place for place, one in enumerate(odd) if one)

    def _of(self, target: str) -> Values:
        return self.columns.get(target) or [None] * self._amount

    def _add(self, one: Readable, cells: Sequence[Any], values: Values) -> None:
        before = self.columns.get(one.target)
        if one.joined:
            told = zip(before or [None] * self._amount, cells, values, strict=True)
            values = [old if value is None else with_header(old, one.header, cell) for old, cell, value in told]
        elif before is not None:
            values = [value if old is None else old for old, value in zip(before, values, strict=True)]
        self.columns[one.target] = values

    def _put_regions_together(self) -> None:
        provinces, cities = self.columns.pop("enterprise.province", None), self.columns.pop("enterprise.city", None)
        if provinces or cities:
            nothing: Values = [None] * self._amount
            apart = zip(self._of("enterprise.region"), provinces or nothing, cities or nothing, strict=True)
            self.columns["enterprise.region"] = [
                region_of(province, city) if whole is None and (province or city) else whole
                for whole, province, city in apart
            ]

    def _people(self) -> dict[str, Values]:
        """Return the person of each row who is a name and at most a mobile; all others need care."""
        targets = [one for one in self.columns if one.startswith("contact.") and not is_id(one)]
        said = {target: self.columns.pop(target) for target in targets}
        if not said:
            return {}
        nothing: Values = [None] * self._amount
        people, written, numbers, posts = (
            said.pop(f"contact.{one}", nothing) for one in ("people", "name", "phone", "title")
        )
        self._care_for(
            one and (len(one) > 1 or name or one[0].title or one[0].phone)
            for one, name in zip(people, written, strict=True)
        )
        names = [one[0].name if one else name for one, name in zip(people, written, strict=True)]
        mobiles = phones.plain_mobiles(numbers)
        told_of = zip(names, numbers, mobiles, strict=True)
        self._care_for(number and not (mobile and name) for name, number, mobile in told_of)
        titles = [(title and title.strip()) or None for title in posts]
        for column in said.values():
            self._care_for(value is not None and not name for value, name in zip(column, names, strict=True))
        return {"contact.name": names, "contact.phone": mobiles, "contact.title": titles, **said}
