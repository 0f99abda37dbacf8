"""The parts of an enterprise's name: region, brand (字号), words of its trade, legal form; and how rare a word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from crm_app import paths
from crm_app.domain import names, regions
from crm_app.domain.traditional import simplified

_BEHIND_FORM = re.compile(r"(?<=..)(?:股份有限|有限责任|有限)公司.+")
"""A branch or a remark behind the legal form (…有限公司深圳分公司, …有限公司(已注销)): it is no part of the brand."""
_FORMS = frozenset({"有限", "公司", "集团", "控股", "股份", "分公司", "子公司"})
"""Words of the list of trades that tell a legal form, and no trade."""
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SMALL_BOOK = 1_000
"""A book is weighed as if it held so many enterprises more: a word is not rare because ten rows lack it."""
_COMMON_SHARE = 0.05
"""Of how many names a word of the built-in list is taken to be a part before the book has shown anything."""


@cache
def _trade() -> re.Pattern[str]:
    words = (paths.resources() / "dictionaries" / "trade_words.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cache
def _abroad() -> re.Pattern[str]:
    words = (paths.resources() / "dictionaries" / "countries.txt").read_text(encoding="utf-8").split()
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?=..)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """``region``: the GB/T 2260 code of the place in the name, or empty; ``brand`` may be empty (上海新能源科技)."""

    region: str
    brand: str
    trades: frozenset[str]


def split(name: str, key: str = "") -> NameParts:
    """Return the parts of a name; ``key`` is its matching key where that is known already."""
    rest = key or names.match_key(name)
    region = region_in(name)
    # Where nothing distinct is left, the key begins with the region's short name.
    place = regions.leading(rest)
    if place is not None:
        rest = rest[place[1] :]
    if "公司" in rest:
        rest = _BEHIND_FORM.sub("", rest)
    brand = _trade().sub("", rest)
    abroad = _abroad().match(brand)
    if abroad is not None:
        brand = brand[abroad.end() :]
    # A county's bare name (渝北) may be a common word, and is left in the key; it makes no brand more alike.
    if len(brand) >= 4 and regions.find(brand[:2]) is not None:
        brand = brand[2:]
    return NameParts(region, brand, _together(tuple(_trade().findall(rest))))


@lru_cache(20_000)
def _together(trades: tuple[str, ...]) -> frozenset[str]:
    """Return the words as a set that all names with these share: else they would fill more than the names."""
    return frozenset(trades) - _FORMS


def region_in(name: str) -> str:
    """Return the code of the region a name begins with, or holds in brackets; empty where there is none."""
    body = simplified(names.clean(name))
    leading = regions.leading(body)
    if leading is not None:
        return leading[0].code
    for inside in _BRACKETED.findall(body):
        found = regions.find(inside)
        if found is not None:
            return found.code
    return ""


def regions_agree(one: str, other: str) -> bool | None:
    """Say whether one place lies in the other; None where a name tells no place."""
    if not one or not other:
        return None
    if one.endswith("0000") or other.endswith("0000"):
        return one[:2] == other[:2]
    if one.endswith("00") or other.endswith("00"):
        return one[:4] == other[:4]
    return one == other


@dataclass(frozen=True)
class Rarity:
    """How rare words are in one book: ``total`` enterprises, in how many names each brand and each trade word stands.

    ``families``: what so many brands have in common that it tells nothing (:func:`slips.families`).
    """

    total: int = 0
    brands: Mapping[str, int] = field(default_factory=dict)
    trades: Mapping[str, int] = field(default_factory=dict)
    families: frozenset[str] = frozenset()

    def of_brand(self, brand: str) -> float:
        """Return 1 for a brand that two names share and no other, towards 0 the more there are."""
        size = self.total + _SMALL_BOOK
        held = min(max(self.brands.get(brand, 2), 2), size)
        return math.log(size / held) / math.log(size / 2)

    def of_trade(self, word: str) -> float:
        """Return the weight of a word of trade: the more names it stands in, the less it says."""
        size = self.total + _SMALL_BOOK
        return math.log(1 + size / (self.trades.get(word, 0) + _COMMON_SHARE * _SMALL_BOOK))


def usual_endings(brands: Iterable[str]) -> frozenset[str]:
    """Return the endings so many brands of a book have that they are words of trade its list does not know."""
    held = Counter(brand[-length:] for brand in brands for length in (2, 3, 4) if len(brand) >= length + 2)
    least = max(20, held.total() // 1_500)
    return frozenset(ending for ending, n in held.items() if n >= least)


def without_endings(parts: NameParts, endings: frozenset[str]) -> NameParts:
    """Return the parts with what usual endings the brand has counted among the words of trade."""
    brand, trades = parts.brand, parts.trades
    for length in (4, 3, 2):
        if len(brand) >= length + 2 and brand[-length:] in endings:
            brand, trades = brand[:-length], trades | {brand[-length:]}
    return parts if brand == parts.brand else NameParts(parts.region, brand, trades)
