"""How alike two enterprises are, with the evidence side by side: it suggests, and a person decides.

A credit code is certain. Names, phones and addresses only suggest, and what many enterprises share says little:
上海新能源科技 and 宁德新能源科技 have words of trade in common and no more. Two codes are two enterprises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crm_app import late
from crm_app.domain import names, slips
from crm_app.domain.name_parts import NameParts, Rarity, regions_agree, split
from crm_app.domain.traditional import simplified
from crm_app.i18n import N_

SUGGESTED = 50
"""From this score on a pair is shown at all."""

LIKELY = 65
"""From this score on it is called likely."""

_SLIP = 0.9
"""How much a brand that differs by a slip still says: more often than not it is another's."""

_STREET = 8
"""So many letters of an address name a street and a number."""

_MADE_UP = re.compile(r"[(（]?示例[)）]?")
_NOT_LETTERS = re.compile(r"[\W_]+")
_NEXT_DOOR = re.compile(r"^(?:中国|中华人民共和国)")


class Sign(StrEnum):
    """What speaks for two enterprises being one; CODES and PLACES speak against it."""

    CODE = "code"
    NAME = "name"
    OTHER_NAME = "other_name"
    KEY = "key"
    WORDS = "words"
    PHONE = "phone"
    ADDRESS = "address"
    CODES = "codes"
    PLACES = "places"


_NAMED = frozenset({Sign.NAME, Sign.OTHER_NAME, Sign.KEY, Sign.WORDS})

SIGN_LABELS = {
    Sign.CODE: N_("Same credit code"),
    Sign.NAME: N_("Same name"),
    Sign.OTHER_NAME: N_("Also called so"),
    Sign.KEY: N_("Same name but for form and place"),
    Sign.WORDS: N_("Similar name"),
    Sign.PHONE: N_("Same phone"),
    Sign.ADDRESS: N_("Same address"),
    Sign.CODES: N_("Different credit codes"),
    Sign.PLACES: N_("Different places in the name"),
}


class Verdict(StrEnum):
    """What the evidence comes to."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    DIFFERENT_CODES = "different_codes"


VERDICT_LABELS = {
    Verdict.CERTAIN: N_("Certainly the same"),
    Verdict.LIKELY: N_("Probably the same"),
    Verdict.POSSIBLE: N_("Perhaps the same"),
    Verdict.DIFFERENT_CODES: N_("Same name, different codes"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign: what stands on each side, and how much it weighs of 100 (below 0: against)."""

    sign: Sign
    one: str
    other: str
    weight: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """The verdict with its score of 100, and the evidence, weightiest first."""

    verdict: Verdict
    score: int
    evidence: tuple[Evidence, ...]

    @property
    def by_name(self) -> bool:
        """Say whether the names speak for it."""
        return any(one.sign in _NAMED and one.weight > 0 for one in self.evidence)


@dataclass(frozen=True, slots=True)
class Traits:
    """What two enterprises are compared by; ``others`` are former names, short names and aliases with their keys."""

    name: str
    key: str
    uscc: str
    others: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]
    address: str
    parts: NameParts


def traits(
    name: str,
    *,
    uscc: str | None = None,
    others: Iterable[tuple[str, str]] = (),
    phones: Iterable[str] = (),
    address: str | None = None,
    key: str = "",
) -> Traits:
    """Return the traits of an enterprise as it is typed or stored; phones in their stored form.

    ``key``: its matching key where that is known; ``others``: its other names with theirs.
    """
    key = key or names.match_key(name)
    bare = _MADE_UP.sub("", name)
    parts = split(name, key) if bare == name else split(bare, names.match_key(bare))
    return Traits(name, key, uscc or "", tuple(others), tuple(phones), address or "", parts)


def folded(name: str) -> str:
    """Return a name as it is compared with another: one width, one case, no marks, simplified characters."""
    return _NOT_LETTERS.sub("", simplified(unicodedata.normalize("NFKC", name)).casefold())


def folded_address(address: str) -> str:
    """Return an address as it is compared; empty where it says less than a street."""
    bare = _NEXT_DOOR.sub("", folded(address))
    return bare if len(bare) >= 6 else ""


def compare(one: Traits, other: Traits, rarity: Rarity, *, sharing: int = 2) -> Likeness | None:
    """Return how alike two enterprises are, None where nothing is worth showing.

    ``sharing``: how many enterprises share the phone or address they have in common, themselves among them.
    """
    if one.uscc and one.uscc == other.uscc:
        evidence = [Evidence(Sign.CODE, one.uscc, other.uscc, 100), *_named(one, other, rarity)]
        return Likeness(Verdict.CERTAIN, 100, tuple(evidence))
    name = _named(one, other, rarity)
    if one.uscc and other.uscc:
        if not name or name[0].sign is not Sign.NAME:
            return None
        return Likeness(Verdict.DIFFERENT_CODES, 0, (*name, Evidence(Sign.CODES, one.uscc, other.uscc, -100)))
    found = [*name, *_phones(one, other, sharing), *_addresses(one, other, sharing)]
    doubt = 1.0
    for sign in found:
        if sign.weight > 0:
            doubt *= 1 - sign.weight / 100
    score = round(100 * (1 - doubt))
    if score < SUGGESTED:
        return None
    found.sort(key=lambda sign: -sign.weight)
    return Likeness(Verdict.LIKELY if score >= LIKELY else Verdict.POSSIBLE, min(score, 99), tuple(found))


def _named(one: Traits, other: Traits, rarity: Rarity) -> list[Evidence]:
    """Return the strongest evidence of the names, and what the places in them say against it."""
    if folded(one.name) == folded(other.name):
        return [Evidence(Sign.NAME, one.name, other.name, 90)]
    called = _also_called(one, other)
    if called is not None:
        return [called]
    places = regions_agree(one.parts.region, other.parts.region)
    same = _same_key(one, other)
    weight = 75.0 if same else 80 * words_alike(*_parts(one, other), rarity)
    sign = Sign.KEY if same else Sign.WORDS
    full = round(weight)
    kept = round(weight * (1.0 if places else 0.95 if places is None else 0.7))
    if kept < 25:
        return []
    against = [Evidence(Sign.PLACES, one.name, other.name, kept - full)] if places is False else []
    return [Evidence(sign, one.name, other.name, kept), *against]


def _same_key(one: Traits, other: Traits) -> bool:
    """Say whether the names are one but for form and place; what marks a made-up name is nothing they share."""
    if not one.key or one.key != other.key:
        return False
    return (
        not _MADE_UP.search(one.key)
        or len({names.match_key(_MADE_UP.sub("", each.name)) for each in (one, other)}) == 1
    )


def _parts(one: Traits, other: Traits) -> tuple[NameParts, NameParts]:
    """Return the parts of both; one that was cut off in the midst of a word (巨湾新能) has the brand of the whole."""
    if one.parts.brand == other.parts.brand:
        return one.parts, other.parts
    short, whole = sorted((one, other), key=lambda traits: len(traits.key))
    brand = whole.parts.brand
    if len(brand) < 2 or not whole.key.startswith(short.key) or not short.key[:-1].startswith(brand):
        return one.parts, other.parts
    return NameParts(short.parts.region, brand, frozenset()), whole.parts


def _also_called(one: Traits, other: Traits) -> Evidence | None:
    for name, key in ((one.name, one.key), *one.others):
        for known, known_key in ((other.name, other.key), *other.others):
            own = name is one.name or known is other.name
            if name is one.name and known is other.name:
                continue
            if folded(name) == folded(known):
                # Two enterprises may share a short name; that one is called as the other is named says more.
                return Evidence(Sign.OTHER_NAME, name, known, 85 if own else 60)
            if own and key and key == known_key:
                return Evidence(Sign.OTHER_NAME, name, known, 75)
    return None


def words_alike(one: NameParts, other: NameParts, rarity: Rarity) -> float:
    """Return how alike two names are, of 1, by brand and words of trade; 0 where a brand is missing or another."""
    if min(len(one.brand), len(other.brand)) < 2:
        return 0.0
    if one.brand == other.brand:
        brand = rarity.of_brand(one.brand)
    else:
        ratio = slips.slip(one.brand, other.brand, rarity.families)
        if not ratio and one.trades and one.trades == other.trades and regions_agree(one.region, other.region):
            ratio = slips.short_slip(one.brand, other.brand)
        brand = _SLIP * ratio * min(rarity.of_brand(one.brand), rarity.of_brand(other.brand))
    return (0.6 * brand + 0.4 * _trades_alike(one.trades, other.trades, rarity)) if brand else 0.0


def may_be(brand: str, key: str) -> bool:
    """Say quickly whether the name of a matching key may begin with this brand, or one that differs by a slip."""
    begun = key[: len(brand)]
    if begun == brand or len(brand) < slips.SHORTEST:
        return begun == brand
    osa = late.rapidfuzz_osa().normalized_similarity
    return any(osa(brand, key[:n], score_cutoff=slips.ALIKE) for n in (len(brand), len(brand) - 1, len(brand) + 1))


def may_be_short_slip(one: Traits) -> bool:
    """Say whether a name has what makes a slip in a brand of two characters worth a thought: its place and trade."""
    return len(one.parts.brand) == slips.SHORTEST - 1 and bool(one.parts.region and one.parts.trades)


def _trades_alike(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    if not one or not other:
        # A short name leaves the trade out.
        return 1.0 if one == other else 0.6
    shared = sum(map(rarity.of_trade, one & other))
    whole = sum(map(rarity.of_trade, one)) + sum(map(rarity.of_trade, other))
    return 2 * shared / whole


def _phones(one: Traits, other: Traits, sharing: int) -> list[Evidence]:
    shared = sorted(set(one.phones) & set(other.phones))
    weight = 50 if sharing <= 2 else 35 if sharing <= 4 else 15
    return [Evidence(Sign.PHONE, phone, phone, weight) for phone in shared[:1]]


def _addresses(one: Traits, other: Traits, sharing: int) -> list[Evidence]:
    here, there = sorted((folded_address(one.address), folded_address(other.address)), key=len)
    # The one may leave out the city that the other names.
    if not here or not there.endswith(here) or (here != there and len(here) < _STREET):
        return []
    numbered = any(char.isdigit() for char in here)
    weight = (50 if sharing <= 2 else 30 if sharing <= 4 else 10) if numbered else 15
    return [Evidence(Sign.ADDRESS, one.address, other.address, weight)]
