"""When two brands that differ by a character may be one, mistyped: not where that character is what tells brands apart.

中创新航 and 中创新行 may be a slip. 中铁一局 and 中铁二局 are two; and where 寰宇锐科, 寰宇锐达, 寰宇锐新 … stand in
one book, what they have in common is a word of many, and the rest a single character.

A brand of two characters (青山, 青川) has too many like it: it may be a slip only where place and trade are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crm_app import late
from crm_app.domain import pinyin

ALIKE = 0.65
"""So alike, of 1, are two brands that differ by a slip: one character of three."""

SHORTEST = 3
"""A brand of fewer characters says too little by itself once one of them is another."""

_ONE_OF_TWO, _HEARD_ALIKE = 0.5, 0.65
"""How alike, of 1, two such brands are, and two that are read alike, as what was typed by pinyin is."""

_FAMILY, _FAMILY_SHARE = 4, 1 / 300
"""So many brands of a book, and such a share of it, that are the same but for one place are a family, not slips."""

_COUNTING = frozenset("0123456789一二三四五六七八九十甲乙丙丁戊己庚辛壬癸")


def frames(brand: str) -> set[str]:
    """Return a brand and what is left of it without each of its characters; nothing of one that is too short."""
    if len(brand) < SHORTEST:
        return set()
    return {brand, *(brand[:place] + brand[place + 1 :] for place in range(len(brand)))}


def families(brands: Iterable[str], total: int) -> frozenset[str]:
    """Return the frames that so many of a book's brands have in common that they tell nothing.

    ``total``: how many enterprises the book holds, where these are the brands of a few.
    """
    least = max(_FAMILY, total * _FAMILY_SHARE)
    held = Counter(frame for brand in set(brands) for frame in frames(brand))
    return frozenset(frame for frame, n in held.items() if n >= least)


def slip(one: str, other: str, common: frozenset[str]) -> float:
    """Return how alike, of 1, two different brands are that may be one, mistyped; 0 where they are two.

    ``common`` are the book's :func:`families`.
    """
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    ratio: float = late.rapidfuzz_osa().normalized_similarity(one, other, score_cutoff=ALIKE)
    if not ratio or _counted(one, other):
        return 0.0
    short, whole = sorted((one, other), key=len)
    shared = {short} if whole.startswith(short) else frames(one) & frames(other)
    return 0.0 if shared <= common else ratio


def short_slip(one: str, other: str) -> float:
    """Return how alike, of 1, two brands of two characters are that differ by one; 0 where they are two."""
    if len(short_frames(one) & short_frames(other)) != 1 or _counted(one, other):
        return 0.0
    return _HEARD_ALIKE if pinyin.full(one) == pinyin.full(other) else _ONE_OF_TWO


def short_frames(brand: str) -> set[str]:
    """Return what is left of a brand of two characters without each of them; nothing of any other."""
    return {f"{brand[0]}_", f"_{brand[1]}"} if len(brand) == 2 else set()


def _counted(one: str, other: str) -> bool:
    """Say whether two brands differ by nothing but what counts them."""
    if len(one) != len(other):
        return False
    return all(here == there or {here, there} <= _COUNTING for here, there in zip(one, other, strict=True))
