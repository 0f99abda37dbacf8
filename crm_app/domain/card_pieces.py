"""The text of a card in pieces: lines and their parts, with vertical and letter-spaced writing closed up.

A piece knows where each of its characters stands in the text, so that what is found in it can be shown there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IDLE = " \t\r\n,，;；:：|｜/、。.-—–_·•[]【】<>《》\"'“”‘’!！?？"

_CHINESE = re.compile(r"[\u3400-\u9fff·]+")
_APART = re.compile(r"[\x00\t|｜;；。！？!?]+|\s{2,}|\s[/·•]\s")
_COMMAS = re.compile(r"[,，、]")


@dataclass(frozen=True)
class Piece:
    """A few words, and the place of each character."""

    text: str
    places: tuple[int, ...]

    @property
    def foreign(self) -> bool:
        """Whether no Chinese character stands in it."""
        return not re.search(r"[\u3400-\u9fff]", self.text)

    def cut(self, start: int, end: int) -> Piece:
        """Return a part of the piece."""
        return Piece(self.text[start:end], self.places[start:end])


def bare(text: str) -> str:
    """Return a piece without what may stand around it and says nothing, a bracket without its other half included."""
    text = text.strip(_IDLE)
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip(_IDLE)
    return text


def is_chinese(text: str) -> bool:
    """Say whether a text is written in Chinese characters alone."""
    return bool(_CHINESE.fullmatch(text))


def close_up(text: str) -> str:
    """Return a text without the blanks between single Chinese characters: 张 某 某, 总 经 理."""
    return _closed(Piece(text, tuple(range(len(text))))).text.strip()


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text of which everything taken already is blanked out with zeros."""
    for line in map(_evenly_spaced, _lines(text)):
        start = 0
        for gap in [*_APART.finditer(line.text), None]:
            end = gap.start() if gap else len(line.text)
            yield from _words(line.cut(start, end))
            start = gap.end() if gap else end


def _lines(text: str) -> Iterator[Piece]:
    """Yield the lines; several with one character each, as on a card written downwards, are one."""
    lines: list[Piece] = []
    place = 0
    for line in text.split("\n"):
        lines.append(Piece(line, tuple(range(place, place + len(line)))))
        place += len(line) + 1
    column: list[Piece] = []
    for piece in [*lines, Piece("", ())]:
        alone = piece.text.strip()
        if len(alone) == 1 and is_chinese(alone):
            at = piece.text.index(alone)
            column.append(piece.cut(at, at + 1))
            continue
        if column:
            yield Piece("".join(one.text for one in column), tuple(place for one in column for place in one.places))
            column = []
        yield piece


def _words(piece: Piece) -> Iterator[Piece]:
    if not bare(piece.text):
        return
    if piece.foreign:
        yield _trimmed(piece)
        return
    start = 0
    for comma in [*_COMMAS.finditer(piece.text), None]:
        end = comma.start() if comma else len(piece.text)
        yield from _by_blanks(_closed(piece.cut(start, end)))
        start = comma.end() if comma else end


def _by_blanks(piece: Piece) -> Iterator[Piece]:
    """Part Chinese words at blanks, and leave blanks between foreign ones: a name may hold both."""
    start = 0
    for blank in [*re.finditer(r"(?<=[\u3400-\u9fff）)])\s+|\s+(?=[\u3400-\u9fff])", piece.text), None]:
        end = blank.start() if blank else len(piece.text)
        part = piece.cut(start, end)
        if bare(part.text):
            yield _trimmed(part)
        start = blank.end() if blank else end


def _trimmed(piece: Piece) -> Piece:
    text = piece.text.strip()
    at = piece.text.index(text)
    return piece.cut(at, at + len(text))


def _evenly_spaced(line: Piece) -> Piece:
    """Close up a line of single characters alone: 张  伟; where gaps differ, only the narrow ones: 总 经 理  张 伟."""
    if not re.fullmatch(r"\s*[\u3400-\u9fff](?:\s+[\u3400-\u9fff])+\s*", line.text):
        return line
    line = _trimmed(line)
    gaps = [(gap.start(), gap.end()) for gap in re.finditer(r"\s+", line.text)]
    narrow = min(end - start for start, end in gaps)
    wide = {at for start, end in gaps if end - start > narrow for at in range(start, end)}
    kept = [at for at, letter in enumerate(line.text) if at in wide or not letter.isspace()]
    return Piece("".join(line.text[at] for at in kept), tuple(line.places[at] for at in kept))


def _closed(piece: Piece) -> Piece:
    """Close up runs of single Chinese characters with a blank between each two."""
    kept = []
    text = piece.text
    for at, letter in enumerate(text):
        if letter.isspace() and 0 < at < len(text) - 1:
            before = re.search(r"(?:^|\s)[\u3400-\u9fff]$", text[:at])
            behind = re.match(r"[\u3400-\u9fff](?:\s|$)", text[at + 1 :])
            if before and behind:
                continue
        kept.append(at)
    return Piece("".join(text[at] for at in kept), tuple(piece.places[at] for at in kept))
