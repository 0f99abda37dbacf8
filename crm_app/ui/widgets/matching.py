"""Does what was typed fit an entry of a list at hand? By any part of it, by its pinyin, or by its initials.

Large and small letters, traditional and simplified characters are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from crm_app.domain.traditional import simplified
from crm_app.ui import late

Span = tuple[int, int]


class Rank(IntEnum):
    """How well a text fits what was typed, the best first."""

    EXACT = 0
    PREFIX = 1
    INITIALS = 2
    INSIDE = 3


@dataclass(frozen=True)
class Fit:
    """How what was typed fits a text, and which of its characters it stands for."""

    rank: Rank
    spans: tuple[Span, ...]


def _folded(text: str) -> str:
    return simplified(text.casefold())


@lru_cache(maxsize=4096)
def _initials(text: str) -> str:
    initials: str = late.pinyin().initials(text)
    return initials.replace(" ", "").casefold()


def fits(typed: str, text: str) -> bool:
    """Say whether ``typed`` is part of ``text`` or of its initials; nothing typed fits everything."""
    wanted = _folded(typed.strip())
    return wanted in _folded(text) or wanted.replace(" ", "") in _initials(text)


def fit(typed: str, text: str) -> Fit | None:
    """Return how ``typed`` fits a short text such as a command's name; None where it does not, or nothing is typed."""
    wanted = _folded(typed.strip())
    if not wanted:
        return None
    at = _folded(text).find(wanted)
    if at >= 0:
        whole = len(wanted) == len(text)
        begins = at == 0 or (wanted.isascii() and text[at - 1] == " ")
        rank = Rank.EXACT if whole else Rank.PREFIX if begins else Rank.INSIDE
        return Fit(rank, ((at, at + len(wanted)),))
    return _by_sound(wanted.replace(" ", ""), text) if wanted.isascii() else None


def _by_sound(wanted: str, text: str) -> Fit | None:
    """Fit by pinyin, from the beginning of a syllable on, or by the letters that syllables and words begin with."""
    sounds = _sounds(text)
    best: Fit | None = None
    for start in range(len(sounds)):
        begins = start == 0
        if span := _spelled(wanted, sounds, start):
            whole = begins and span[1] == len(text) and wanted == "".join(sound for sound, _at, _to in sounds)
            found = Fit(Rank.EXACT if whole else Rank.PREFIX if begins else Rank.INSIDE, (span,))
        elif len(wanted) > 1 and (spans := _begun(wanted, sounds[start:])):
            found = Fit(Rank.INITIALS if begins else Rank.INSIDE, spans)
        else:
            continue
        best = found if best is None or found.rank < best.rank else best
    return best


def _spelled(wanted: str, sounds: tuple[tuple[str, int, int], ...], start: int) -> Span | None:
    left = wanted
    for sound, _at, to in sounds[start:]:
        if left.startswith(sound) and len(left) > len(sound):
            left = left[len(sound) :]
        elif sound.startswith(left):
            return sounds[start][1], to
        else:
            return None
    return None


def _begun(wanted: str, sounds: tuple[tuple[str, int, int], ...]) -> tuple[Span, ...]:
    if len(wanted) > len(sounds) or any(
        not sound.startswith(letter) for letter, (sound, _at, _to) in zip(wanted, sounds, strict=False)
    ):
        return ()
    return tuple((at, at + 1) for _letter, (_sound, at, _to) in zip(wanted, sounds, strict=False))


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the syllables and Latin words of a text in order, each with the characters it stands for."""
    folded = _folded(text)
    found: list[tuple[str, int, int]] = []
    for at, sound in enumerate(late.pinyin().by_character(folded)):
        if sound:
            found.append((sound, at, at + 1))
        elif folded[at].isalnum():
            joins = found and found[-1][2] == at and folded[at - 1].isascii()
            before, begun = (found.pop()[:2]) if joins else ("", at)
            found.append((before + folded[at], begun, at + 1))
    return tuple(found)
