"""How a text is folded and cut for the search index, so that any two characters anywhere are found.

A text is folded (NFKC, without case), everything that is no letter or digit becomes one :data:`MARK`, and the rest is
cut into overlapping pairs: “新源(A)” is “_新 新源 源_ _a a_”; a pair with a mark tells where a run begins or ends.
Where one begins is told of names alone: it would be a tenth of the words of a ledger's notes, and a pair of any
character with the next one, or with the mark behind it, is there anyway.
Digits make only a hundred different pairs, so codes (phones, USCC) are cut into windows of three: of four there are so
many that most are new to a block of records, and a new word costs the index five times a known one.

The first character of a word says what it is of; a pair of a text that is no name has none. So a name is looked for
without meeting the texts, in which its words may be very common.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

MARK = "_"
"""Stands where a run of letters and digits begins and ends."""

CODE_WIDTH = 3
"""Characters of one window of a code."""

TEXT, NAME, INITIALS, PINYIN, CODE = "", "=", "~", "+", "#"
"""With what a word begins, by what it is of."""

_LETTER_MARK = "\ua66e"
"""Stands for the mark while a text is folded: a letter, so that one fast question tells a text that is folded."""

_COMMON = "，。、：；（）“”《》()% ,.-/+@\n"
"""What stands between words most often: taken out of a whole block at once (17 ns a character, a pattern takes 39)."""

_BETWEEN = "\x1f"
_LETTER_BETWEEN = "\ua48c"
"""Stands between the texts of a block while they are folded: a letter too."""
_ELSE = re.compile(r"[\W_]+")
_BEGINNING = re.compile(f"{MARK}[^ {MARK}{_BETWEEN}] ")
"""A pair that tells where a run begins, with the space behind it."""


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return text if text.isalnum() else _ELSE.sub(_LETTER_MARK, text)


def fold(texts: Sequence[str]) -> list[str]:
    """Fold texts as :func:`pairs` and :func:`keys` take them, in one piece."""
    whole = _LETTER_BETWEEN.join(texts)
    for char in _COMMON:
        whole = whole.replace(char, _LETTER_MARK)
    whole = _folded(whole)
    while _LETTER_MARK * 2 in whole:
        whole = whole.replace(_LETTER_MARK * 2, _LETTER_MARK)
    parts = whole.split(_LETTER_BETWEEN)
    # Where one of them holds the letter between them, each is folded by itself.
    return parts if len(parts) == len(texts) else list(map(_folded, texts))


def runs(text: str) -> list[str]:
    """Return the folded runs of letters and digits of a text, in order."""
    return _folded(text).replace(_LETTER_MARK, " ").split()


def key(text: str) -> str:
    """Return the folded letters and digits of a text, without what stands between them."""
    return _folded(text).replace(_LETTER_MARK, "")


def keys(folded: Sequence[str]) -> list[str]:
    """Return the :func:`key` of each text, from the folded ones."""
    return [text.replace(_LETTER_MARK, "") for text in folded]


def _windows(text: str, width: int, of: str) -> str:
    """Return every window of so many characters, with ``of`` before and a space behind it.

    By slices, where a loop takes ten times as long.
    """
    raw = text.encode("utf-16-le", "surrogatepass")
    letters, encoding = array("H"), "utf-16-le"
    if len(raw) != 2 * len(text):
        raw = text.encode("utf-32-le", "surrogatepass")
        letters, encoding = array("I"), "utf-32-le"
    letters.frombytes(raw)
    amount = len(letters) - width + 1
    cut = array(letters.typecode, map(ord, of + " " * (width + 1))) * amount
    for place in range(width):
        cut[len(of) + place :: len(of) + width + 1] = letters[place : place + amount]
    return cut.tobytes().decode(encoding, "surrogatepass")


def _each(texts: Sequence[str], known: Iterable[str]) -> list[str]:
    """Put what is known of the texts that are not empty in their places."""
    found = iter(known)
    return [next(found) if text else "" for text in texts]


def pairs(folded: Sequence[str], of: str = TEXT) -> list[str]:
    """Return the pairs of each folded text, separated by spaces."""
    texts = [text.strip(_LETTER_MARK) for text in folded]
    whole = _BETWEEN.join([f"{MARK}{text}{MARK}" for text in texts if text]).replace(_LETTER_MARK, MARK)
    if not whole:
        return texts
    cut = _windows(whole, 2, of).rstrip(" ")
    if not of:
        cut = _BEGINNING.sub("", cut)
    return _each(texts, cut.split(f" {of}{MARK}{_BETWEEN} {of}{_BETWEEN}{MARK} "))


def long_runs(folded: Sequence[str]) -> list[str]:
    """Return the runs of digits and Latin letters in folded texts that are long enough to be looked for as codes."""
    # What is no such character becomes “?” at once: 1 ns a character, a pattern takes 10.
    whole = "\n".join(folded).encode("ascii", "replace").decode("ascii").replace("?", " ")
    return ["\n".join([run for run in text.split() if len(run) >= CODE_WIDTH]) for text in whole.split("\n")]


def codes(texts: Sequence[str], of: str = CODE, *, begins: bool = False) -> list[str]:
    """Return the windows of each code of a text, the shorter ones at its end filled up with marks.

    ``begins``: another one, with a mark before it, tells how a code begins; initials of names are cut so.
    """
    before = MARK if begins else ""
    after = MARK * (CODE_WIDTH - 1)
    plain = [text.strip(_LETTER_MARK).replace(_LETTER_MARK, after + before) for text in fold(texts)]
    whole = _BETWEEN.join([before + text + after for text in plain if text])
    if not whole:
        return plain
    # The first of the windows in which two codes meet; the others are as long, whatever stands in them.
    meet = f" {of}{after}{_BETWEEN}"
    first, *others = _windows(whole, CODE_WIDTH, of).rstrip(" ").split(meet)
    meeting = (CODE_WIDTH - 1) * (len(of) + CODE_WIDTH + 1) + 1
    return _each(plain, [first, *(text[meeting:] for text in others)])


def syllables(readings: Sequence[str], of: str = PINYIN) -> list[str]:
    """Return the pairs of syllables of each reading: “ju wan ji” is “+ju_wan +wan_ji +ji_”."""
    between = f" {of}"
    return [
        of + between.join(map(MARK.join, pairwise([*reading.split(), ""]))) if reading else "" for reading in readings
    ]


def joined(*columns: Sequence[str]) -> list[str]:
    """Return the words of each record, from those of several texts of it."""
    return list(map(" ".join, zip(*columns, strict=True)))
