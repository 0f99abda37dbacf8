"""Where a query stands in a text: the places to emphasise, and a piece of a long text around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crm_app.domain import grams, pinyin
from crm_app.domain.traditional import simplified

Span = tuple[int, int]
"""Where a piece begins and where it ends, in characters."""


@dataclass(frozen=True)
class Folded:
    """A text as it is compared, with the place in the text each character comes from; marks between the runs."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the piece of the text that these characters come from."""
        return self.places[start], self.places[end - 1] + 1


_WIDE = "，：；（）！？"
"""What stands between words most often and is folded to something else."""

_LONGEST = 60
"""Characters of an excerpt."""
_ELSE = re.compile(r"[\W_]+")
_BLANK = re.compile(r"\s")
_LETTER = re.compile("[a-z]")


def _lowered(text: str) -> str:
    """Return the text folded with every character in its place, empty where that cannot be said at once."""
    if not text.isalnum():
        for char in _WIDE:
            text = text.replace(char, " ")
    if not unicodedata.is_normalized("NFKC", text):
        return ""
    lowered = simplified(text.casefold())
    return lowered if len(lowered) == len(text) else ""


def fold(text: str, *, joined: bool = False) -> Folded:
    """Fold a text character by character; ``joined`` leaves out what stands between the runs."""
    lowered = _lowered(text)
    return Folded(lowered, range(len(lowered))) if lowered.isalnum() else _folded(text, joined=joined)


def _folded(text: str, *, joined: bool) -> Folded:
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).casefold():
            if one.isalnum():
                chars.append(one)
                places.append(place)
            elif not joined and chars and chars[-1] != grams.MARK:
                chars.append(grams.MARK)
                places.append(place)
    return Folded(simplified("".join(chars)), tuple(places))


def _find(text: str, lowered: str, run: str) -> Span | None:
    """Return where a folded run stands in a text, as it is or across what stands between its letters."""
    if lowered:
        # Nearly every text: folding character by character takes fifty times as long.
        at = lowered.find(run)
        if at >= 0:
            return at, at + len(run)
        if lowered.isalnum() or (at := _ELSE.sub("", lowered).find(run)) < 0:
            return None
        places = [place for place, char in enumerate(lowered) if char.isalnum()]
        return places[at], places[at + len(run) - 1] + 1
    for joined in (False, True):
        folded = _folded(text, joined=joined)
        at = folded.text.find(run)
        if at >= 0:
            return folded.span(at, at + len(run))
    return None


def _find_reading(text: str, lowered: str, run: str, reading: str) -> Span | None:
    """Return where a folded run stands in a text as pinyin, initials, or a mixture of these and characters."""
    if lowered.isalnum():
        return reading_at(lowered, run, pinyin.by_character(lowered, reading))
    folded = _folded(text, joined=True)
    at = reading_at(folded.text, run, pinyin.by_character(folded.text, reading))
    return None if at is None else folded.span(*at)


_APART = re.compile("(?P<before>[a-z]*)(?P<han>[^a-z]+)(?P<after>[a-z]?)")


def may_be_read(folded: str, run: str) -> bool:
    """Say whether a run of letters and characters may stand in a folded text: a quick look, before each is read."""
    parts = _APART.match(run)
    if parts is None:
        return True
    before, han, after = parts.groups()
    at = folded.find(han)
    while at >= 0:
        near, behind = folded[max(0, at - len(before)) : at], folded[at + len(han) : at + len(han) + 1]
        if (not before or any(pinyin.may_begin(char, before[0]) for char in near)) and (
            not after or (behind and pinyin.may_begin(behind, after))
        ):
            return True
        at = folded.find(han, at + 1)
    return False


def reading_at(folded: str, run: str, syllables: Sequence[str]) -> Span | None:
    """Return which characters of a folded text a run of pinyin, initials and characters stands for; None for none.

    ``syllables`` are those of each character.
    """
    first = run[:1]
    for start, (char, syllable) in enumerate(zip(folded, syllables, strict=True)):
        if char == first or syllable[:1] == first:
            end = _end(folded, syllables, start, run)
            if end is not None:
                return start, end
    return None


def _end(folded: str, syllables: Sequence[str], at: int, rest: str) -> int | None:
    while rest:
        if at == len(folded):
            return None
        taken, syllable = 1, syllables[at]
        if folded[at] != rest[0]:
            if not syllable.startswith(rest[0]):
                return None
            if syllable.startswith(rest):
                return at + 1
            if len(syllable) > 1 and rest.startswith(syllable):
                end = _end(folded, syllables, at + 1, rest[1:])
                if end is not None:
                    return end
                taken = len(syllable)
        at, rest = at + 1, rest[taken:]
    return at


def spans(text: str, runs: Sequence[str], *, read: bool = False, reading: str = "") -> tuple[Span, ...]:
    """Return where each run stands in a text, in order and without overlap.

    ``read``: its pinyin counts too; ``reading`` is that, where it is known.
    """
    found = []
    lowered = _lowered(text)
    for run in runs:
        span = _find(text, lowered, run)
        if span is None and read and _LETTER.search(run):
            span = _find_reading(text, lowered, run, reading)
        if span is not None:
            found.append(span)
    if len(found) < 2:
        return tuple(found)
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def excerpt(text: str, places: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Return one line of a text around the first place, and where the places stand in it."""
    line = _BLANK.sub(" ", text)
    first = places[0][0] if places else 0
    start = 0 if len(line) <= _LONGEST or first < _LONGEST // 2 else min(first - _LONGEST // 4, len(line) - _LONGEST)
    end = min(len(line), start + _LONGEST)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    kept = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in places if a < end and b > start)
    return before + line[start:end] + after, kept
