"""A query in the words of the full-text index.

What was typed never reaches its syntax: only quoted letters and digits do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crm_app.domain import grams, pinyin, pinyin_typed

_NUMBER = re.compile(r"[\s\d+()（）－-]+")
_LETTERS = re.compile("[a-z]")
_DIGIT = re.compile("[0-9]")
_WHOLE_CODE = 11
"""Digits of a mobile number: from so many on, a code that ends so is the one that was meant."""
_LONG_CODE = 6
"""Characters of a code from which on three windows of it are in few texts."""
_FEW = 2
"""Initials that so many names have in a row that passing over them costs more than looking at the answers."""


@dataclass(frozen=True)
class Stage:
    """One question about names, and what its answers are called."""

    matched: str
    expression: str


def runs(query: str) -> list[str]:
    """Return the runs that are looked for; a phone number is one, however it is grouped."""
    found = grams.runs(query)
    return ["".join(found)] if found and _NUMBER.fullmatch(query) else found


def is_lettered(run: str) -> bool:
    """Say whether a run can be meant as pinyin."""
    return bool(_LETTERS.search(run))


def is_code(run: str) -> bool:
    """Say whether a run is looked for in windows: long ones of digits and Latin letters stand there, always."""
    return run.isascii() and len(run) >= grams.CODE_WIDTH


def _quoted(tokens: Sequence[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def _phrase(text: str, of: str) -> str:
    if len(text) == 1:
        return f'"{of}{text}" *'
    return _quoted([of + text[i : i + 2] for i in range(len(text) - 1)])


def _named(run: str) -> str:
    """Return what finds a run in names."""
    return windows(run, grams.NAME) if is_code(run) else _phrase(run, grams.NAME)


def windows(run: str, of: str = grams.CODE) -> str:
    """Return what finds a piece of a phone number or code, or of the initials of a name."""
    width = grams.CODE_WIDTH
    if len(run) < width:
        return f'"{of}{run}" *'
    return _quoted([of + run[i : i + width] for i in range(len(run) - width + 1)])


def _syllables(stretch: Sequence[str]) -> str:
    """Return what finds syllables in a row; the last one may be unfinished."""
    *whole, last = stretch
    joined = [grams.PINYIN + grams.MARK.join(pair) for pair in pairwise(whole)]
    end = f"{whole[-1]}{grams.MARK}{last}" if whole else last
    if last in pinyin.syllables() and not whole:
        end += grams.MARK
    return " + ".join([f'"{token}"' for token in joined] + [f'"{grams.PINYIN}{end}" *'])


def _reading(reading: pinyin_typed.Reading, *, closer: bool = False) -> str:
    """Return what a name has to hold that is read so; more than is needed may be found.

    A syllable or two initials alone are in so many names that passing over them costs more than looking at the answers,
    unless these are very many; then ``closer`` takes the two initials too.
    """
    if reading.one_stretch:
        return f"({_syllables(reading.stretches[0])})"
    parts = [_phrase(han, grams.NAME) for han in reading.characters if len(han) > 1]
    parts += [_syllables(stretch) for stretch in reading.stretches if len(stretch) > 1]
    if len(reading.initials) > (_FEW if parts and not closer else 1):
        parts.append(windows(reading.initials, grams.INITIALS))
    return "(" + " AND ".join(parts) + ")" if parts else ""


def _readings(run: str, *, closer: bool = False) -> tuple[list[str], list[str]]:
    """Return the expressions of whole syllables, which need no second look, and of mixtures, which do."""
    exact: list[str] = []
    mixed: list[str] = []
    for reading in pinyin_typed.readings(run):
        if reading.one_stretch:
            exact.append(_reading(reading))
        elif len(reading.units) > 1 and not reading.all_initials:
            mixed.append(_reading(reading, closer=closer))
    return [one for one in exact if one], [one for one in mixed if one]


def anywhere(wanted: Sequence[str]) -> str:
    """Return what finds all these runs in any text, or in names by their initials or whole syllables."""
    return " AND ".join([f"({_anywhere(run)})" for run in wanted])


def _anywhere(run: str) -> str:
    if len(run) == 1 and run.isascii():
        # Everything holds a letter: only names that begin or end with it are worth a look, and texts that end so.
        return as_written(run)
    ways = [_named(run)]
    if not is_code(run):
        ways.append(_phrase(run, grams.TEXT))
    if run.isascii():
        ways.append(windows(run))
    if is_lettered(run):
        ways += [*_readings(run)[0], *([windows(run, grams.INITIALS)] if run.isascii() else [])]
    return " OR ".join(ways)


def stages(wanted: Sequence[str]) -> Iterator[Stage]:
    """Yield the questions about names for these runs, best answers first."""
    if len(wanted) > 1:
        yield Stage("title", " AND ".join([_named(run) for run in wanted]))
        return
    (run,) = wanted
    if len(run) == 1:
        # Every pair that begins so would be merged first: where a name begins or ends so, that is not needed.
        yield Stage("title", _as_written(run, grams.NAME))
        return
    letters = is_lettered(run) and run.isascii()
    if letters:
        yield Stage("initials", windows(grams.MARK + run, grams.INITIALS))
    yield Stage("title", _named(run))
    if is_lettered(run):
        if exact := _readings(run)[0]:
            yield Stage("pinyin", " OR ".join(exact))
        if letters:
            yield Stage("initials", windows(run, grams.INITIALS))


def as_written(run: str) -> str:
    """Return what finds a short run by whole pairs alone; one character where a name begins or ends so, a text ends."""
    return f"{_as_written(run, grams.NAME)} OR {_as_written(run, grams.TEXT)}"


def _as_written(run: str, of: str) -> str:
    mark = grams.MARK
    if len(run) > 1:
        return _phrase(run, of)
    # Of texts that are no names it is not kept where a run begins.
    return f'("{of}{mark}{run}" OR "{of}{run}{mark}")' if of else f'"{run}{mark}"'


def spread(wanted: Sequence[str]) -> str:
    """Return what finds a long piece of a phone number or code by three windows of it, to be looked at again.

    All of them cost three times as much. These stand at its end, for many numbers begin alike. Empty where the query is
    no such piece, or where they are the same.
    """
    (run, *others) = wanted
    if others or not is_code(run) or len(run) < _LONG_CODE or not _DIGIT.search(run):
        return ""
    width, last = grams.CODE_WIDTH, len(run) - grams.CODE_WIDTH
    places = (last, max(last - width, last // 2), max(0, last - 2 * width))
    cut = {run[place : place + width] for place in places}
    kinds = (grams.NAME, grams.CODE, *((grams.INITIALS,) if is_lettered(run) else ()))
    ways = ["(" + " AND ".join([f'"{of}{one}"' for one in sorted(cut)]) + ")" for of in kinds]
    return " OR ".join(ways) if len(cut) == len(places) else ""


def ends_as_code(wanted: Sequence[str], text: str) -> bool:
    """Say whether a code of a folded text ends so, and enough of it was typed for the whole to be meant."""
    (run,) = wanted
    return len(run) >= _WHOLE_CODE and re.search(f"{run}(?![0-9a-z])", text) is not None


def whole_code(wanted: Sequence[str]) -> str:
    """Return what finds a whole phone number or code, empty where the query is none."""
    if len(wanted) != 1 or not is_code(wanted[0]) or len(wanted[0]) < _WHOLE_CODE:
        return ""
    return windows(wanted[0] + grams.MARK * (grams.CODE_WIDTH - 1))


def short_initials(wanted: Sequence[str]) -> str:
    """Return what finds names whose initials begin with the few letters looked for, empty where these are none.

    It is asked first: whatever else holds two letters is so much that even gathering it takes long.
    """
    if len(wanted) != 1 or not 1 < len(wanted[0]) < grams.CODE_WIDTH or not wanted[0].isascii():
        return ""
    return windows(grams.MARK + wanted[0], grams.INITIALS) if wanted[0].isalpha() else ""


def mixture(wanted: Sequence[str], *, closer: bool = False) -> str:
    """Return what finds a run of syllables, initials and characters in one; its answers have to be looked at again.

    Empty where the query is none, or has several runs. ``closer`` finds fewer others, and takes longer.
    """
    return " OR ".join(_readings(wanted[0], closer=closer)[1]) if len(wanted) == 1 and is_lettered(wanted[0]) else ""
