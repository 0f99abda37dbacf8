"""How characters are read whose reading depends on their word: by the longest phrase that begins at each place.

The phrases are those of pypinyin and give what it gives; the library itself takes 200 ms to load, 50 MB, and 100 µs a
name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crm_app import paths


@dataclass(frozen=True, slots=True)
class _Phrases:
    words: frozenset[str]
    unlike: Mapping[str, tuple[str, ...]]
    """The phrases, and some characters alone, that are read otherwise than the table reads their characters."""
    lengths: Mapping[str, tuple[int, ...]]
    """How long the phrases are that begin with a character, the longest first."""


@cache
def _phrases() -> _Phrases:
    text = (paths.resources() / "dictionaries" / "pinyin_phrases.txt").read_text(encoding="utf-8")
    said, words = text.split("\n\n")
    unlike = {word: tuple(syllables) for word, *syllables in map(str.split, said.splitlines())}
    known = frozenset((*words.split(), *unlike))
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in known:
        lengths[word[0]].add(len(word))
    return _Phrases(known, unlike, {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()})


def read(run: str, characters: Mapping[str, str]) -> list[str] | None:
    """Return the syllables of Chinese characters, which the table of ``characters`` knows; None where it does not."""
    known = _phrases()
    syllables: list[str] = []
    at = 0
    try:
        while at < len(run):
            word = run[at]
            for length in known.lengths.get(word, ()):
                if run[at : at + length] in known.words:
                    word = run[at : at + length]
                    break
            syllables += known.unlike.get(word) or map(characters.__getitem__, word)
            at += len(word)
    except KeyError:
        return None
    return syllables
