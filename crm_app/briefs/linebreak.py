"""Where a line may end: Chinese rules, Latin words whole, an amount never torn from its unit.

reportlab's own ``wordWrap='CJK'`` breaks Latin words and lets lines begin with ，；！？. The rules are those of
GB/T 15834: no closing mark begins a line, no opening mark ends one, —— and …… are not split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NO_START = frozenset("，。、；：？！·）》」』】〕〗’”％‰℃%!),.:;?]}～々ー")
NO_END = frozenset("（《「『【〔〖‘“([{￥¥$＄№")
HANGING = frozenset("，。、；：")

_UNIT = (
    r"(?:余|多)?(?:万|亿|千|百)*(?:个百分点|百分点|个工作日|工作日|个月|平方公里|平方米|立方米|千伏安|千瓦时|兆瓦时|千瓦|兆瓦|美元|欧元|港元|日元"
    r"|公里|公斤|批次|家次|人次|人天|人日|小时|分钟|季度|元|亩|㎡|米|倍|吨|个|家|次|人|天|日|周|份|期|年|月|号|位|项|名|场|条|平|折|户|栋|层|台|辆|套"
    r"|座|所|件|轮|批|届|点|分|％|‰|℃)?(?:/(?:亩|年|月|天|人|平方米|㎡|吨))?"
)
_LATIN_UNIT = r"(?:kVA|kV|kWh|kW|MWh|MW|GWh|GW|km|mm|cm|kg|m²|m³|t)"
"""Units that are written with a space before them."""
_MONEY = (
    r"(?:CNY|USD|EUR|HKD|JPY) [0-9][0-9.,]*(?: (?:thousand|million|billion)\b)?|[0-9][0-9.,]* (?:million|billion)\b"
)
"""An amount as English has it."""
_COUNTED = r"[0-9][0-9.,]* [A-Za-z]{1,12}"
"""A number and what it counts, a day and its month: 7 visits, 12 July."""
_LETTERS = r"0-9A-Za-z\u00aa-\u02af\u0370-\u058f\u1e00-\u1fff\u0300-\u036f"
"""Letters of words that are not divided: Latin with its accents, Greek, Cyrillic, Armenian."""
_SHORT_BRACKET = r"[（(][^（）()\s]{1,4}[）)]"
"""What stands in brackets behind a name or a day is one word with them: （逾期）, (重庆)."""
_WORD = rf"[{_LETTERS}@#&][{_LETTERS}.,:;/%+\-_@#&'’×*~]*{_UNIT}"
_SPACE, _THAI = r"[ \t\u3000]+", r"[\u0e00-\u0eff]+"
_ATOM = re.compile(
    rf"{_SHORT_BRACKET}|{_MONEY}|[0-9][0-9.,]* {_LATIN_UNIT}(?![{_LETTERS}])|{_COUNTED}(?![{_LETTERS}])|{_WORD}|{_THAI}"
    rf"|{_SPACE}|\n|—+|…+|.",
    re.DOTALL,
)

_WORDS = re.compile(r" +|[^ ]+")
"""An amount that is wider than a line is divided at its spaces."""


def words_of(text: str) -> list[str]:
    """Return the pieces that are divided only where nothing else helps."""
    return [word for piece in fragments(text) for word in piece.split(" ")]


def fragments(text: str) -> list[str]:
    """Return ``text`` cut into the pieces a line may not divide; joined, they are ``text`` again."""
    pieces: list[str] = []
    for atom in _ATOM.findall(text):
        tied = pieces and not pieces[-1].isspace() and (atom[0] in NO_START or pieces[-1][-1] in NO_END)
        if tied and not atom.isspace():
            pieces[-1] += atom
        else:
            pieces.append(atom)
    return pieces


def break_lines(
    text: str, advances: Sequence[float], first: float, rest: float, *, hang: bool = False
) -> list[tuple[int, int]]:
    """Return the (start, end) of each line of ``text``, whose characters are ``advances`` wide.

    ``first`` is the room of the first line, ``rest`` of the others. With ``hang`` one of ，。、；： may stand outside
    the measure at a line's end. Spaces where a line is broken, and line feeds, belong to no line. A piece wider than a
    line is divided between characters, for there is no better place. Returns one empty line for an empty text.
    """
    breaker = _Breaker(text, advances, first, rest, hang)
    at = 0
    for piece in fragments(text):
        breaker.take(at, at + len(piece))
        at += len(piece)
    breaker.close()
    return breaker.lines


class _Breaker:
    """The line being filled: characters ``start`` to ``end``, ``width`` points wide."""

    def __init__(self, text: str, advances: Sequence[float], first: float, rest: float, hang: bool) -> None:
        self.lines: list[tuple[int, int]] = []
        self._text, self._advances, self._hang = text, advances, hang
        self._room, self._rest = first, rest
        self._start = self._end = 0
        self._width = 0.0

    def take(self, start: int, end: int) -> None:
        """Set the piece from ``start`` to ``end`` on this line, or on the next."""
        text = self._text[start:end]
        if text == "\n":
            self.close()
            self._start = self._end = end
        elif text.isspace() and self._start == self._end and self.lines:
            self._start = self._end = end
        elif self._fits(start, end) or text.isspace():
            self._extend(start, end)
        elif self._start == self._end or sum(self._advances[start:end]) > self._rest:
            words = _WORDS.findall(text)
            if len(words) > 1:
                for word in words:
                    self.take(start, start + len(word))
                    start += len(word)
            else:
                self._divide(start, end)
        else:
            self.close()
            self._start = self._end = start
            self._extend(start, end)

    def close(self) -> None:
        """End the line, without the spaces at its end."""
        end = self._end
        while end > self._start and self._text[end - 1].isspace():
            end -= 1
        self.lines.append((self._start, end))
        self._start, self._width, self._room = self._end, 0.0, self._rest

    def _fits(self, start: int, end: int) -> bool:
        if self._hang and self._text[end - 1] in HANGING:
            end -= 1
        return self._width + sum(self._advances[start:end]) <= self._room + 1e-6

    def _extend(self, start: int, end: int) -> None:
        self._end = end
        self._width += sum(self._advances[start:end])

    def _divide(self, start: int, end: int) -> None:
        """Set a piece wider than a whole line: a closing mark stays with the character before it where it can."""
        for at in range(start, end):
            tied = at + 1 < end and self._text[at] not in NO_START and self._text[at + 1] in NO_START
            stop = at + 2 if tied else at + 1
            if self._start != self._end and not self._fits(at, stop):
                self.close()
                self._start = self._end = at
            self._extend(at, at + 1)
