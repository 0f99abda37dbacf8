"""Numbers written in digits, in Chinese numerals, or in both (1亿2000万, 三千五百万, 1.5千万)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇]?[一二两三四五六七八九]|[零〇]|[十百千万亿]")
_POINT = re.compile(r"([零〇一二两三四五六七八九])点([零〇一二三四五六七八九]+)")


def fold(text: str) -> str:
    """Return ``text`` with full width folded to half width, formal numerals (壹) to common ones."""
    return unicodedata.normalize("NFKC", text).translate(_FORMAL)


def _pointed(match: re.Match[str]) -> str:
    return f"{DIGITS[match[1]]}." + "".join(str(DIGITS[c]) for c in match[2])


def _tokens(text: str) -> list[str] | None:
    body = _POINT.sub(_pointed, text)
    tokens, at = [], 0
    while at < len(body):
        found = _TOKEN.match(body, at)
        if not found:
            return None
        tokens.append(found.group())
        at = found.end()
    return tokens


def _follows(number: Decimal, token: str, unit: int) -> bool:
    """Tell whether a number without a unit may stand after ``unit``: 二十五 and 三千零五 may, 三千五 may not."""
    return unit == 0 or token[0] in "零〇" or unit <= number * 10 < unit * 10


def read(text: str) -> Decimal | None:
    """Return the value, exactly; None for what is no number, or could be read two ways (三五亿, 三千五万, 3亿5).

    Units fall within a number (2000万1亿 is none); one directly after another multiplies (千万, 万亿).
    """
    reading = _Reading()
    tokens = _tokens(text)
    if not tokens or tokens[0] in _LARGE or not all(reading.take(token) for token in tokens) or not reading.settle():
        return None
    return reading.total + reading.section


class _Reading:
    """A number being read: ``total`` above the present 万 or 亿, ``section`` below it, a number yet without unit."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.waiting: tuple[Decimal, str] | None = None
        self.small = 0
        self.large = 0

    def take(self, token: str) -> bool:
        """Take the next token; False where it does not fit."""
        if token in _SMALL:
            return self._take_small(_SMALL[token])
        if token in _LARGE:
            return self._take_large(_LARGE[token])
        if self.waiting is not None:
            return False
        number = Decimal(token.replace(",", "")) if token[0].isdigit() else Decimal(DIGITS[token[-1]])
        self.waiting = (number, token)
        return True

    def settle(self) -> bool:
        """Add the number waiting, if it may stand without a unit."""
        if self.waiting is None:
            return True
        number, token = self.waiting
        self.waiting = None
        self.section += number
        return _follows(number, token, self.small or self.large)

    def _take_small(self, unit: int) -> bool:
        if self.waiting is None and self.section:
            return False
        if self.small and unit >= self.small:
            return False
        self.section += (self.waiting[0] if self.waiting else 1) * unit
        self.waiting, self.small = None, unit
        return True

    def _take_large(self, unit: int) -> bool:
        if not self.settle() and self.small:
            return False
        if not self.section:
            self.total *= unit
            fits = self.total > 0 or self.large == 0
        elif self.large == 0 or unit < self.large:
            self.total += self.section * unit
            fits = True
        else:
            # 一万二千亿: what stood before is multiplied too. Beyond some ten 万亿 it is a slip, not an amount.
            fits = unit > self.large and self.total < 10**5
            self.total = (self.total + self.section) * unit
        self.section, self.small, self.large = Decimal(0), 0, unit
        return fits
