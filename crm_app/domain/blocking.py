"""A whole book searched for pairs that may be one enterprise, without comparing each with each.

Enterprises meet where they share a key: a credit code, a matching key, a phone, an address, a brand, or a brand with
one character left out. A block too large for each to meet each is cut by a rarer key: the trade, then the place. Of two
that carry different codes only the very same names meet.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crm_app import late
from crm_app.domain import pinyin, slips
from crm_app.domain.likeness import (
    LIKELY,
    Likeness,
    Traits,
    Verdict,
    compare,
    folded,
    folded_address,
    may_be_short_slip,
)
from crm_app.domain.name_parts import Rarity, usual_endings, without_endings

Report = Callable[[int, int], None]
"""How many steps of how many are done; raises Cancelled where the user asked to stop."""

_STEPS = 6
_LARGE = 64
_SHARED_BY_MANY = 4
"""A phone or address of more enterprises than these is a switchboard's or a building's, and suggests nothing alone."""
_AT_ONCE = 2_000
_CROWD = 24
"""Of more brands of two characters at one place and in one trade, two that share a character tell nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two enterprises by their numbers, the smaller first, and how alike they are."""

    one: int
    other: int
    likeness: Likeness


def pairs(known: Sequence[Traits], report: Report) -> list[Pair]:
    """Return the pairs worth showing, in no order. Raise what ``report`` raises."""
    return _Search(known, report).run()


class _Search:
    def __init__(self, known: Sequence[Traits], report: Report) -> None:
        endings = usual_endings(one.parts.brand for one in known)
        self._known = [_cut(one, endings) for one in known]
        self._report = report
        self._rarity = Rarity(
            len(known),
            Counter(one.parts.brand for one in self._known),
            Counter(word for one in self._known for word in one.parts.trades),
            slips.families((one.parts.brand for one in self._known), len(known)),
        )
        self._held: Counter[str] = Counter()
        self._found: dict[tuple[int, int], Pair] = {}

    def run(self) -> list[Pair]:
        self._held = Counter(key for keys in (_phone_keys, _address_keys) for one in self._known for key in keys(one))
        for number, keys in enumerate((_code_keys, _name_keys)):
            self._meet(self._blocks(keys), number)
        for number, keys in enumerate((_phone_keys, _address_keys), 2):
            self._meet(self._blocks(keys), number)
        self._meet_brands(self._brand_blocks(), _STEPS - 2)
        self._slips(_STEPS - 1)
        return list(self._found.values())

    def _blocks(self, keys: Callable[[Traits], Iterable[str]]) -> Iterator[list[int]]:
        blocks: dict[str, list[int]] = {}
        # Most keys are one enterprise's, and a list for each would take more than the key.
        first: dict[str, int] = {}
        for number, one in enumerate(self._known):
            for key in keys(one):
                held = first.setdefault(key, number)
                if held != number:
                    blocks.setdefault(key, [held]).append(number)
        for key, block in blocks.items():
            if len(block) > _SHARED_BY_MANY and key in self._held:
                continue
            yield from self._cut_large(block)

    def _cut_large(self, block: list[int]) -> Iterator[list[int]]:
        """Yield a block whole where it is small, else by place, else by the very name."""
        if len(block) <= _LARGE:
            yield block
            return
        for by in (lambda one: one.parts.region, lambda one: folded(one.name)):
            parts: dict[str, list[int]] = defaultdict(list)
            for number in block:
                parts[by(self._known[number])].append(number)
            yield from (part for part in parts.values() if len(part) <= _LARGE)
            block = [number for part in parts.values() if len(part) > _LARGE for number in part]
        # So many with one name and place: each meets the first, which brings them into one group.
        for number in block[1:]:
            yield [block[0], number]

    def _brand_blocks(self) -> Iterator[list[int]]:
        blocks: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._known):
            for brand in _brand_keys(one):
                blocks[brand].append(number)
        for block in blocks.values():
            if len(block) <= _LARGE:
                yield block
                continue
            by_trade: dict[str, list[int]] = defaultdict(list)
            for number in block:
                for word in self._known[number].parts.trades or ("",):
                    by_trade[word].append(number)
            for part in by_trade.values():
                yield from self._cut_large(part)

    def _meet(self, blocks: Iterator[list[int]], step: int) -> None:
        for count, block in enumerate(blocks):
            if count % _AT_ONCE == 0:
                self._report(step, _STEPS)
            for place, one in enumerate(block):
                for other in block[place + 1 :]:
                    self._look(one, other)

    def _meet_brands(self, blocks: Iterator[list[int]], step: int) -> None:
        """Let those without a code meet the others: of two codes nothing but the name would count.

        A brand in two trades suggests nothing, which is seen here sooner than by comparing all.
        """
        for count, block in enumerate(blocks):
            if count % _AT_ONCE == 0:
                self._report(step, _STEPS)
            for one in block:
                if not self._known[one].uscc:
                    for other in block:
                        if (other > one or self._known[other].uscc) and self._trades_meet(one, other):
                            self._look(one, other)

    def _trades_meet(self, number: int, with_number: int) -> bool:
        here, there = self._known[number].parts.trades, self._known[with_number].parts.trades
        return not here or not there or not here.isdisjoint(there)

    def _look(self, number: int, with_number: int) -> None:
        # The evidence has its sides in the order of the pair.
        key = (min(number, with_number), max(number, with_number))
        one, other = (self._known[n] for n in key)
        # Two codes are two enterprises, unless they are called the very same.
        if one.uscc and other.uscc and one.uscc != other.uscc and one.key != other.key:
            return
        if key in self._found or number == with_number:
            return
        likeness = compare(one, other, self._rarity, sharing=self._sharing(one, other))
        if likeness is not None:
            self._found[key] = Pair(*key, likeness)

    def _sharing(self, one: Traits, other: Traits) -> int:
        shared = {*_phone_keys(one), *_address_keys(one)} & {*_phone_keys(other), *_address_keys(other)}
        return min((self._held[key] for key in shared), default=2)

    def _slips(self, step: int) -> None:
        """Let brands meet that differ by a character, with a word of trade in common.

        Whoever was found by its name as it stands is no slip of another's; and a slip is one of what it is most alike.
        """
        before = set(self._found)
        named = {n for key in before if self._found[key].likeness.by_name for n in key}
        blocks: dict[str, list[int]] = defaultdict(list)
        wanted = {key for one in self._known if not one.uscc for key in _slip_keys(one)}
        for number, one in enumerate(self._known):
            for key in _slip_keys(one):
                if key in wanted:
                    blocks[key].append(number)
        extract = late.rapidfuzz_process().extract
        scorer = late.rapidfuzz_osa().normalized_similarity
        for count, block in enumerate(blocks.values()):
            if count % _AT_ONCE == 0:
                self._report(step, _STEPS)
            if len(block) < 2:
                continue
            for part in self._cut_large(block):
                brands = [self._known[number].parts.brand for number in part]
                for number in (one for one in part if not self._known[one].uscc and one not in named):
                    alike = extract(
                        self._known[number].parts.brand, brands, scorer=scorer, score_cutoff=slips.ALIKE, limit=None
                    )
                    for _brand, _score, place in alike:
                        self._look(number, part[place])
        self._short_slips(named)
        self._keep_best(self._found.keys() - before)

    def _short_slips(self, named: Container[int]) -> None:
        """Let brands of two characters meet that differ by one, where place and trade are the same of no third one.

        Of very many at one place in one trade, some are like that by chance: there they must be read alike.
        """
        beside: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
        for number, one in enumerate(self._known):
            if may_be_short_slip(one):
                beside[one.parts.region, one.parts.trades].append(number)
        for numbers in beside.values():
            if all(self._known[number].uscc for number in numbers):
                continue
            blocks: dict[str, list[int]] = defaultdict(list)
            for number in numbers:
                brand = self._known[number].parts.brand
                for key in {pinyin.full(brand)} | (slips.short_frames(brand) if len(numbers) <= _CROWD else set()):
                    blocks[key].append(number)
            for block in blocks.values():
                if len({self._known[number].parts.brand for number in block}) == 2:
                    for number in (one for one in block if not self._known[one].uscc and one not in named):
                        for other in block:
                            self._look(number, other)

    def _keep_best(self, slipped: Iterable[tuple[int, int]]) -> None:
        best: Counter[int] = Counter()
        for key in slipped:
            for number in key:
                best[number] = max(best[number], self._found[key].likeness.score)
        for key in slipped:
            score = self._found[key].likeness.score
            if any(score < best[number] for number in key if not self._known[number].uscc):
                del self._found[key]


def _cut(one: Traits, endings: frozenset[str]) -> Traits:
    parts = without_endings(one.parts, endings)
    return one if parts is one.parts else dataclasses.replace(one, parts=parts)


def _code_keys(one: Traits) -> Iterable[str]:
    return (one.uscc,) if one.uscc else ()


def _name_keys(one: Traits) -> Iterable[str]:
    return {key for key in (one.key, folded(one.name), *(key for _name, key in one.others)) if key}


def _phone_keys(one: Traits) -> Iterable[str]:
    return one.phones


def _address_keys(one: Traits) -> Iterable[str]:
    here = folded_address(one.address) if one.address else ""
    return (here,) if here else ()


def _brand_keys(one: Traits) -> Iterator[str]:
    brand = one.parts.brand
    if len(brand) < 2:
        return
    yield brand
    # Of a name that was cut off in the midst of a word of trade, its first characters seem to be the brand's.
    if not one.parts.trades and not one.uscc:
        yield from (brand[:-cut] for cut in (1, 2) if len(brand) >= cut + 2)


def _slip_keys(one: Traits) -> Iterator[str]:
    frames = slips.frames(one.parts.brand)
    for word in one.parts.trades or ("",):
        for frame in frames:
            yield f"{frame}/{word}"


@dataclass(frozen=True, slots=True)
class Group:
    """Enterprises, by their numbers, that may be one; the surest pair first."""

    members: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def best(self) -> Likeness:
        """How alike its surest pair is."""
        return self.pairs[0].likeness


def groups(found: Iterable[Pair]) -> list[Group]:
    """Gather pairs, best group first: what is likely joins, and what is merely possible stays a pair."""
    leader: dict[int, int] = {}

    def lead(number: int) -> int:
        while leader.setdefault(number, number) != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    ordered = sorted(found, key=lambda pair: (-pair.likeness.score, pair.one, pair.other))
    for pair in ordered:
        if pair.likeness.score >= LIKELY:
            leader[lead(pair.one)] = lead(pair.other)
    gathered: dict[int | tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in ordered:
        together = lead(pair.one) == lead(pair.other) and pair.likeness.verdict is not Verdict.DIFFERENT_CODES
        gathered[lead(pair.one) if together else (pair.one, pair.other)].append(pair)
    made = [
        Group(tuple(sorted({number for pair in held for number in (pair.one, pair.other)})), tuple(held))
        for held in gathered.values()
    ]
    return sorted(made, key=lambda group: (-group.best.score, group.members))
