"""Plain rows that are made as they are, found again by name, code and person where a later row speaks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping
from typing import Any

from crm_app.domain import names
from crm_app.domain.import_plain import Plain
from crm_app.domain.import_rows import Parsed

_Place = tuple[int, int]
"""Of a row: which block, and where in it."""


class Made:
    """Blocks of plain rows that are new to the book, in their order."""

    def __init__(self) -> None:
        self._blocks: list[Plain] = []
        self._taken_back: dict[int, set[int]] = {}
        self._keys: dict[str, _Place] = {}
        self._codes: dict[str, _Place] = {}

    def add(self, plain: Plain) -> None:
        """Have these rows made."""
        block, columns = len(self._blocks), plain.enterprise.columns
        self._blocks.append(plain)
        self._keys.update((key, (block, place)) for place, key in enumerate(columns["name_key"]))
        self._codes.update((code, (block, place)) for place, code in enumerate(columns.get("uscc", ())) if code)

    def known_among(self, keys: KeysView[str], codes: KeysView[str | None]) -> tuple[set[str], set[str | None]]:
        """Return those of the matching keys and codes that one of the rows has."""
        return keys & self._keys.keys(), codes & self._codes.keys()

    def take_back(
        self, named: Iterable[str], coded: Iterable[str], people: Iterable[Mapping[str, Any]]
    ) -> list[Parsed]:
        """Return the rows of these names, codes and people (of whom no enterprise is named) as what they say, in order.

        They are not made as they are.
        """
        if not self._blocks:
            return []
        places = {self._keys.get(names.match_key(name)) for name in named}
        places |= {self._codes.get(code) for code in coded}
        places |= self._of_people({word for one in people for word in (one["name"], one["phone"]) if word})
        found = []
        for block, place in sorted(filter(None, places)):
            taken = self._taken_back.setdefault(block, set())
            if place not in taken:
                taken.add(place)
                self._blocks[block].recall([place])
                found.append(self._blocks[block].row(place))
                self._forget(block, place)
        return found

    def _of_people(self, words: Collection[str]) -> set[_Place]:
        """Return the rows whose person has one of these names or phones."""
        return {
            (block, plain.contact.of[at])
            for block, plain in enumerate(self._blocks)
            for name in (("name", "phone") if words else ())
            for at, word in enumerate(plain.contact.columns.get(name, ()))
            if word in words
        }

    def _forget(self, block: int, place: int) -> None:
        columns = self._blocks[block].enterprise.columns
        del self._keys[columns["name_key"][place]]
        code = columns["uscc"][place] if "uscc" in columns else None
        if code:
            del self._codes[code]

    def blocks(self) -> Iterator[Plain]:
        """Yield what is to be made, block by block."""
        for block, plain in enumerate(self._blocks):
            taken = self._taken_back.get(block)
            kept = plain.only([one for one in range(len(plain)) if one not in taken]) if taken else plain
            if len(kept):
                yield kept
