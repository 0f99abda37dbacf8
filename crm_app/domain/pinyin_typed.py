"""What somebody means who types pinyin: juwan, jwjy, juwjy, jw技研, each perhaps with its last syllable unfinished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import takewhile

from crm_app.domain import pinyin

_LONGEST = 6
_MOST = 6
"""Ways to cut a run that are looked for: “xianan” is xi an an, xian an, xi a nan, …"""

_NO_INITIALS = frozenset("iuv")
"""Letters with which no syllable begins."""


@dataclass(frozen=True)
class Reading:
    """One way to read a run: a unit for each character it stands for, a syllable, an initial, or the character."""

    units: tuple[str, ...]

    @cached_property
    def letters(self) -> list[str]:
        """The first letter of each unit, empty where it is not sure."""
        sure = (unit.isascii() or pinyin.is_sure(unit) for unit in self.units)
        return [pinyin.initials(unit)[:1] if one else "" for one, unit in zip(sure, self.units, strict=True)]

    @cached_property
    def initials(self) -> str:
        """The first letters, as far as they are sure: the initials that a name read so has in a row."""
        return "".join(takewhile(bool, self.letters))

    @property
    def characters(self) -> list[str]:
        """The characters that were typed as such, those in a row together."""
        return "".join(" " if unit.isascii() else unit for unit in self.units).split()

    @cached_property
    def stretches(self) -> list[tuple[str, ...]]:
        """The syllables in a row, and the letter behind them; the last one of all may be unfinished."""
        found: list[tuple[str, ...]] = []
        row: tuple[str, ...] = ()
        for unit in self.units:
            if unit.isascii() and (len(unit) > 1 or unit in pinyin.syllables()):
                row = (*row, unit)
            elif row:
                # A letter alone may be 安 as well as 啊: nothing is sure of what stands behind it.
                found.append((*row, unit) if unit.isascii() and len(row[-1]) > 1 else row)
                row = ()
        return [*found, row] if row else found

    @property
    def all_initials(self) -> bool:
        """Whether initials are all there is, as they stand in the index."""
        return all(unit.isascii() and len(unit) == 1 for unit in self.units)

    @property
    def one_stretch(self) -> bool:
        """Whether syllables in a row are all there is."""
        return self.stretches == [self.units]


def _cuts(letters: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut letters into whole syllables, the last one perhaps unfinished; longest syllables first."""
    if not letters:
        yield ()
        return
    known = pinyin.syllables()
    for length in range(min(_LONGEST, len(letters)), 0, -1):
        head, rest = letters[:length], letters[length:]
        if head in known or (not rest and head[0] not in _NO_INITIALS and finished(head)):
            for more in _cuts(rest):
                yield (head, *more)


@cache
def finished(letters: str) -> tuple[str, ...]:
    """Return the syllables that begin with these letters, in order."""
    return tuple(sorted(one for one in pinyin.syllables() if one.startswith(letters)))


def _greedy(letters: str) -> tuple[str, ...]:
    """Cut letters into the longest syllables, and initials between them."""
    units: list[str] = []
    known = pinyin.syllables()
    while letters:
        lengths = range(min(_LONGEST, len(letters)), 1, -1)
        length = next((one for one in lengths if letters[:one] in known), 1)
        units.append(letters[:length])
        letters = letters[length:]
    return tuple(units)


def _pieces(run: str) -> Iterator[str]:
    """Yield the letters in a row, and every other character by itself."""
    start = 0
    for place, char in enumerate(run):
        if not ("a" <= char <= "z"):
            if start < place:
                yield run[start:place]
            yield char
            start = place + 1
    if start < len(run):
        yield run[start:]


@lru_cache(4)
def readings(run: str) -> Sequence[Reading]:
    """Return the ways in which a folded run of letters and characters can be pinyin, the likeliest first.

    None where it has no letters, or digits among them.
    """
    ways: list[tuple[str, ...]] = [()]
    lettered = False
    known = pinyin.syllables()
    for piece in _pieces(run):
        if not ("a" <= piece[0] <= "z"):
            if piece.isascii():
                return ()
            ways = [(*way, piece) for way in ways]
            continue
        lettered = True
        last = run.endswith(piece)
        own = [way for way in dict.fromkeys(_of_letters(piece)) if last or way[-1] in known or len(way[-1]) == 1]
        ways = [(*way, *more) for way in ways for more in own][: 2 * _MOST]
    return [Reading(way) for way in ways] if lettered else ()


def _of_letters(letters: str) -> Iterator[tuple[str, ...]]:
    for place, cut in enumerate(_cuts(letters)):
        if place == _MOST:
            break
        yield cut
    if not _NO_INITIALS & set(letters):
        yield tuple(letters)
    greedy = _greedy(letters)
    if not any(unit[0] in _NO_INITIALS for unit in greedy):
        yield greedy
