"""Numbers told in words in a running text (五十余, 近百, 数十, 三成, 三分之二, 翻番), as the span each can mean.

A text changed by hand may put a figure into words; it says no more than the figure where the figure lies in the span.
余, 多 and 超 follow the rule of wording.py: something is left over the round number that is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from crm_app.domain import numerals

_NUMBER = r"[一二两三四五六七八九十百千零〇][一二两三四五六七八九十百千万亿零〇]*"
_COUNTED = r"个(?!月)|家(?!庭|具|居|电|常|长)|批|项|人|名|场|户|亿|万|倍|次|亩|台|套|份|件|元|亿元|万元|%"
_SPAN_OF_TIME = r"个?(?:工作日|月|小时|星期)|[年天日周岁载]|分钟|小时|世纪"
"""How long something lasts is no figure of the book: 近三年, 改革开放四十余年, 百日攻坚, 十五个工作日."""
_TOLD = re.compile(
    rf"(?P<before>(?<![最附靠邻])近|超过?|逾|(?<![签合节])约|突破)?(?<![第一二两三四五六七八九十百千万亿点\d])"
    rf"(?P<number>(?>{_NUMBER}(?:点[零〇一二三四五六七八九]+[万亿]*)?))(?P<after>余|多)?+(?!{_SPAN_OF_TIME})"
    rf"(?P<unit>亿|万)?(?P<counted>{_COUNTED})?(?!级|户万)"
)
_PARTS = re.compile(r"(?P<whole>[二三四五六七八九十百]+)分之(?P<part>[一二三四五六七八九十百]+)")
_TENTHS = re.compile(r"(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?![功果效立员就为了本交长熟都])")
_TIMES = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3}
_DOUBLED = re.compile(r"(?:翻(?P<times>[一两二三]?)番|成倍增长|倍增(?!计划|行动|工程|企业))")
_VAGUE = {
    "数十": (20, 99),
    "几十": (20, 99),
    "上百": (100, 199),
    "数百": (200, 999),
    "几百": (200, 999),
    "上千": (1000, 1999),
    "数千": (2000, 9999),
}
_VAGUE_WORDS = re.compile(rf"(?P<vague>{'|'.join(_VAGUE)})(?P<unit>亿|万)?")
_HALF = re.compile(r"半数以上|过半(?!年)|大半(?![年天])|(?<![第统])一半(?!导体)")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
_NEAR = Decimal("0.05")
_FEW = 10
"""Up to so many, counted things are a way of speaking (三项重点工作), no figure."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words that tell a number, and the lowest and the highest it can be, both included; a share is of 1."""

    words: str
    low: Decimal
    high: Decimal

    def holds(self, other: Told) -> bool:
        """Say whether the words are true of whatever other words can mean."""
        return self.low <= other.low and other.high <= self.high

    def fits(self, value: Decimal) -> bool:
        """Say whether the words are true of a value."""
        return self.low <= value <= self.high


def told(text: str) -> tuple[Told, ...]:
    """Return the numbers that are told in words, shares before counts; few things counted bare tell none."""
    found: list[Told] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            one = read(match)
            if one is not None and not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                found.append(one)
    return tuple(found)


def _vague(match: re.Match[str]) -> Told:
    low, high = _VAGUE[match["vague"]]
    scale = _SCALES[match["unit"] or ""]
    return Told(match[0], Decimal(low * scale), Decimal(high * scale))


def _part(match: re.Match[str]) -> Told | None:
    whole, part = numerals.read(match["whole"]), numerals.read(match["part"])
    if not whole or not part:
        return None
    return Told(match[0], part / whole - _NEAR / 2, part / whole + _NEAR / 2)


def _tenth(match: re.Match[str]) -> Told:
    share = Decimal(numerals.DIGITS[match["tenths"]]) / 10 + (_NEAR if match["half"] else 0)
    return Told(match[0], share - _NEAR, share + _NEAR)


def _doubled(match: re.Match[str]) -> Told:
    times = 2 ** _TIMES[match["times"] or ""] - 1
    return Told(match[0], times * (1 - _NEAR), Decimal(times) * 2)


def _half(match: re.Match[str]) -> Told:
    return Told(match[0], Decimal("0.5"), Decimal(1))


def _counted(match: re.Match[str]) -> Told | None:
    before, after, unit = match["before"], match["after"], match["unit"] or ""
    if not (before or after or match["unit"] or match["counted"]):
        return None
    value = numerals.read(match["number"])
    if value is None or value <= 1:
        return None
    if value <= _FEW and not (before or after or unit):
        return None
    # The next of its leading digit: 五十余 is below 六十, 一百二十余 below 一百三十.
    low, high = _span(value, _step(value), before, after)
    return Told(match[0], low * _SCALES[unit], high * _SCALES[unit])


def _span(value: Decimal, step: Decimal, before: str | None, after: str | None) -> tuple[Decimal, Decimal]:
    if after or before in ("超", "超过", "逾", "突破"):
        return value, value + step
    if before == "近":
        return value * (1 - _NEAR), value
    if before == "约":
        return value * (1 - _NEAR), value * (1 + _NEAR)
    return value, value


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Told | None]], ...] = (
    (_PARTS, _part),
    (_DOUBLED, _doubled),
    (_TENTHS, _tenth),
    (_VAGUE_WORDS, _vague),
    (_HALF, _half),
    (_TOLD, _counted),
)

_WRITTEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<more>[余多])?\s*(?P<unit>万|亿|%)?")
_ABOUT = re.compile(
    r"(?P<before>(?<![最附靠邻])近|(?<!不)超过?|逾|(?<![签合节])约|突破)?\s*(?<![\d.])"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>万|亿|%)?(?P<after>[余多])?(?P<scale>万|亿)?"
)
_LEAST = Decimal("0.000001")


def written(text: str) -> Iterator[Decimal]:
    """Yield the values of the figures written in digits (534亿元, 50余批次, 53.4%), thousands without a comma."""
    for match in _WRITTEN.finditer(numerals.fold(text).replace(",", "")):
        number = Decimal(match["number"])
        if match["unit"] == "%":
            yield number / 100
            continue
        scale = _SCALES[match["unit"] or ""]
        # Of “50余”, “50多” no more is known than that something is left over.
        yield (number + Decimal("0.5") if match["more"] else number) * scale


def about(text: str) -> tuple[tuple[int, Told], ...]:
    """Return the figures in digits that tell a span (超500亿, 500多亿, 近540亿元), each with the place of its digits.

    By the rule of wording.py what is 超, 余 or 多 lies above the round number that is named, and below the next.
    """
    found = []
    for match in _ABOUT.finditer(text):
        before, after = match["before"], match["after"]
        if not (before or after):
            continue
        number = Decimal(match["number"])
        _whole, point, part = match["number"].partition(".")
        step = Decimal(1).scaleb(-len(part)) if point else _step(number)
        low, high = _span(number, step, before, after)
        if low == number < high and before != "约":
            low, high = low + _LEAST, high - _LEAST
        unit = match["unit"] or match["scale"] or ""
        scale = Decimal("0.01") if unit == "%" else Decimal(_SCALES[unit])
        found.append((match.start("number"), Told(match[0], low * scale, high * scale)))
    return tuple(found)


def exact(text: str) -> tuple[Decimal, ...]:
    """Return the values of the figures in digits that tell no span."""
    bare = _ABOUT.sub(lambda match: " " if match["before"] or match["after"] else match[0], text)
    return tuple(written(bare))


def _step(number: Decimal) -> Decimal:
    """Return the step of the last digit that is not nought: 10 for 50, 1 for 53."""
    digits = str(int(number))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
