"""How a text is folded and cut for the search index, so that any two characters anywhere are found.

A text is folded (NFKC, without case, traditional characters as simplified ones: either finds the other), everything
that is no letter or digit becomes one :data:`MARK`, and the rest is cut into overlapping pairs: “新源(A)” is
“_新 新源 源_ _a a_”; a pair with a mark tells where a run begins or ends.
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
from collections.abc import Sequence

from crm_app.domain.traditional import simplified

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
_IN_CODES = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() or chr(byte) == _BETWEEN else ord(MARK) for byte in range(128)
).ljust(256, MARK.encode())
"""Folds ASCII: codes are hardly ever anything else."""
_NO_LETTER_BLANK = bytes(ord(" ") if byte == ord("?") else byte for byte in range(256))
"""Makes what stands for no letter a blank: in a tenth of the time it takes to replace so many."""
_BEGINNING = re.compile(f"{MARK}[^ {MARK}{_BETWEEN}] ")
"""A pair that tells where a run begins, with the space behind it."""


def _folded(text: str) -> str:
    text = simplified(unicodedata.normalize("NFKC", text).casefold())
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


def _ascii_windows(text: bytes, width: int, of: str) -> str:
    """Do the same for ASCII, of which a character is a byte."""
    amount = len(text) - width + 1
    cut = bytearray((of + " " * (width + 1)).encode() * amount)
    for place in range(width):
        cut[len(of) + place :: len(of) + width + 1] = text[place : place + amount]
    return cut.decode("ascii")


def _filled(whole: str) -> str:
    """Return texts that are joined without those that are empty."""
    while _BETWEEN * 2 in whole:
        whole = whole.replace(_BETWEEN * 2, _BETWEEN)
    return whole.strip(_BETWEEN)


def _each(whole: str, found: list[str], amount: int) -> list[str]:
    """Put what is found in those of the joined texts that are not empty in their places."""
    if len(found) == amount:
        return found
    known = iter(found)
    return [next(known) if text else "" for text in whole.split(_BETWEEN)]


def _stripped(whole: str) -> str:
    """Return texts that are joined without the marks around each."""
    return whole.replace(MARK + _BETWEEN, _BETWEEN).replace(_BETWEEN + MARK, _BETWEEN).strip(MARK)


def pairs(folded: Sequence[str], of: str = TEXT) -> list[str]:
    """Return the pairs of each folded text, separated by spaces."""
    whole = _stripped(_BETWEEN.join(folded).replace(_LETTER_MARK, MARK))
    filled = _filled(whole)
    if not filled:
        return [""] * len(folded)
    ends = f"{MARK}{_BETWEEN}{MARK}"
    cut = _windows(ends[1:] + filled.replace(_BETWEEN, ends) + ends[:-1], 2, of)
    if not of:
        cut = _BEGINNING.sub("", cut)
    # Before each text, behind it, and so between two of them are windows with what stands there.
    found = [text[len(MARK) + 1 : -len(of) - len(MARK) - 1] for text in cut.split(_BETWEEN)[1::2]]
    return _each(whole, found, len(folded))


def long_runs(folded: Sequence[str]) -> list[str]:
    """Return the runs of digits and Latin letters in folded texts that are long enough to be looked for as codes."""
    # What is no such character becomes “?” at once: 1 ns a character, a pattern takes 10.
    whole = "\n".join(folded).encode("ascii", "replace").translate(_NO_LETTER_BLANK)
    if not whole.strip():
        return [""] * len(folded)
    end = _BETWEEN.encode() * CODE_WIDTH
    words = whole.replace(b"\n", b" %b " % end).split()
    runs = b"\n".join([word for word in words if len(word) >= CODE_WIDTH]).decode("ascii")
    return [text.strip("\n") for text in runs.split(_BETWEEN * CODE_WIDTH)]


def codes(texts: Sequence[str], of: str = CODE, *, begins: bool = False) -> list[str]:
    """Return the windows of each code of a text, the shorter ones at its end filled up with marks.

    ``begins``: another one, with a mark before it, tells how a code begins; initials of names are cut so.
    """
    before = MARK if begins else ""
    after = MARK * (CODE_WIDTH - 1)
    folded = _folded_codes(texts)
    filled = _filled(folded)
    if not filled:
        return [""] * len(texts)
    whole = filled.replace(MARK, after + before).replace(_BETWEEN, after + _BETWEEN + before)
    whole = before + whole + after
    cut = _ascii_windows(whole.encode(), CODE_WIDTH, of) if whole.isascii() else _windows(whole, CODE_WIDTH, of)
    # The first of the windows in which two codes meet; the others are as long, whatever stands in them.
    first, *others = cut.rstrip(" ").split(f" {of}{after}{_BETWEEN}")
    meeting = (CODE_WIDTH - 1) * (len(of) + CODE_WIDTH + 1) + 1
    return _each(folded, [first, *[text[meeting:] for text in others]], len(texts))


def _folded_codes(texts: Sequence[str]) -> str:
    """Return the texts folded and joined, with one mark between the codes of each and none around them."""
    whole = _BETWEEN.join(texts)
    if not whole.isascii() or whole.count(_BETWEEN) != len(texts) - 1:
        return _stripped(_BETWEEN.join(fold(texts)).replace(_LETTER_MARK, MARK))
    whole = whole.encode().translate(_IN_CODES).decode("ascii")
    while MARK * 2 in whole:
        whole = whole.replace(MARK * 2, MARK)
    return _stripped(whole)


class _Twice(dict[str, str]):
    """Syllables as the end of a pair and the beginning of the next one, worked out once: there are some 400."""

    def __missing__(self, syllable: str) -> str:
        if len(self) >= _MOST_SYLLABLES:
            self.clear()
        self[syllable] = twice = f"{syllable} {PINYIN}{syllable}{MARK}"
        return twice


_MOST_SYLLABLES = 4_096
_SPOKEN = b"abcdefghijklmnopqrstuvwxyz0123456789 "
_TWICE = _Twice()


def syllables(readings: Sequence[str]) -> list[str]:
    """Return the pairs of syllables of each reading: “ju wan ji” is “+ju_wan +wan_ji +ji_”."""
    if " ".join(readings).encode("ascii", "replace").translate(None, _SPOKEN):
        # The reading of a surname is typed by hand, a name without letters is ordered by its marks.
        readings = [_ELSE.sub(" ", reading) for reading in readings]
    # The first one ends no pair.
    twice = _TWICE.__getitem__
    return ["".join(map(twice, reading.split())).partition(" ")[2] for reading in readings]


def joined(*columns: Sequence[str]) -> list[str]:
    """Return the words of each record, from those of several texts of it."""
    return list(map(" ".join, zip(*columns, strict=True)))
