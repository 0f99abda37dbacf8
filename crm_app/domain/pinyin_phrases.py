"""How characters are read whose reading depends on their word: by the longest phrase that begins at each place.

The phrases are those of pypinyin and give what it gives; the library itself takes 200 ms to load, 50 MB, and 100 µs a
name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from crm_app import paths


class _Phrases(NamedTuple):
    lines: Mapping[str, str]
    """The phrases by the character they begin with, a space between them."""
    unlike: Mapping[str, tuple[str, ...]]
    """Those, and some characters alone, that are read otherwise than the table reads their characters."""
    longer: Mapping[str, Sequence[str]]
    """The ones that are read otherwise, by the character they begin with."""


@cache
def _phrases() -> _Phrases:
    text = (paths.resources() / "dictionaries" / "pinyin_phrases.txt").read_text(encoding="utf-8")
    said, others = text.split("\n\n")
    unlike = {word: tuple(syllables) for word, *syllables in map(str.split, said.splitlines())}
    longer: dict[str, list[str]] = defaultdict(list)
    for word in unlike:
        longer[word[0]].append(word)
    return _Phrases({line[0]: line for line in others.splitlines()}, unlike, longer)


@cache
def _beginning_with(char: str) -> tuple[frozenset[str], Sequence[int]]:
    """Return the phrases that begin with a character, and how long they are, the longest first.

    Few characters of names need it: to take all the phrases apart beforehand takes 30 ms.
    """
    known = _phrases()
    found = frozenset((*known.lines.get(char, "").split(), *known.longer.get(char, ())))
    return found, sorted(set(map(len, found)), reverse=True)


def read(run: str, characters: Mapping[str, str]) -> list[str] | None:
    """Return the syllables of Chinese characters, which the table of ``characters`` knows; None where it does not."""
    unlike = _phrases().unlike
    syllables: list[str] = []
    at = 0
    try:
        while at < len(run):
            word = run[at]
            words, lengths = _beginning_with(word)
            for length in lengths:
                if run[at : at + length] in words:
                    word = run[at : at + length]
                    break
            syllables += unlike.get(word) or map(characters.__getitem__, word)
            at += len(word)
    except KeyError:
        return None
    return syllables
