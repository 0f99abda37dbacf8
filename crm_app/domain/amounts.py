"""Amounts of money as they are typed, kept and shown.

Kept in whole yuan, or in US cents; arithmetic is in Decimal and whole numbers only. A range keeps what was typed beside
what was read. A bare number is never guessed at: the form asks for its unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from crm_app import i18n
from crm_app.domain import numerals
from crm_app.errors import BadInput
from crm_app.i18n import _

YI = 10**8
WAN = 10**4
MOST = 10**16
"""More yuan or cents than any project holds, and still a whole number that SQLite keeps."""


class Currency(StrEnum):
    """The currencies the counting rules know; never added to one another."""

    CNY = "CNY"
    USD = "USD"


_MINOR = {Currency.CNY: 1, Currency.USD: 100}


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """An amount as far as it is known, in whole yuan or US cents, both ends included.

    ``low == high`` is one amount; one end None is open (不低于, 不超过); both None is undecided (待定).
    ``approximate`` keeps 约; ``typed`` is the text it was read from.
    """

    low: int | None
    high: int | None
    currency: Currency
    approximate: bool
    typed: str


class UnitMissing(BadInput):
    """A bare number was typed: ask whether it means 亿元, 万元 or 元. ``number`` is what was typed."""

    def __init__(self, number: Decimal) -> None:
        super().__init__(_("Please add the unit to {number}: 亿, 万 or 元.").format(number=f"{number:f}"))
        self.number = number


_UNDECIDED = re.compile(r"待定|面议|未定|待议|待商|不详|tbd|(?:to|至)bedecided|undecided|negotiable", re.I)
_USD = re.compile(r"美元|美金|美刀|usd|us\$|\$|dollars?", re.I)
_CNY = re.compile(r"人民币|rmb|cny|¥|yuan", re.I)
_FOREIGN = re.compile(
    r"[欧日英韩加澳新泰]元|[港台澳][元币]|新台币|欧|英镑|韩[元币圜]|日[元圆]|卢布|泰铢|林吉特|马币|eur|hkd|jpy|gbp|krw|sgd|[€£]",
    re.I,
)
_ABOUT = re.compile(r"大约|约为|约|大概|预计|估计|左右|上下|近|about|around|approx\.?|^~", re.I)
_AT_LEAST = re.compile(
    r"不低于|不少于|不小于|至少|(?<!不)(?:超过|超出|超|大于|高于|多于)|以上|起|atleast|over|morethan|from|≥|>=?|\+$",
    re.I,
)
_ATMOST = re.compile(
    r"不超过|不高于|不多于|至多|最多|(?<!不)(?:小于|低于|少于)|以内|以下|atmost|upto|lessthan|under|≤|<=?", re.I
)
_MORE = re.compile(r"(?<=[\d十百千万亿])[余多](?=[万亿元]|$)")
_BETWEEN = re.compile(r"[~\-–—－─到至]+")
_ENGLISH = (
    (re.compile(r"(?<=[\d.])(?:billions?|bn|b)(?![a-z])", re.I), "十亿"),
    (re.compile(r"(?<=[\d.])(?:millions?|mn|mio|m)(?![a-z])", re.I), "百万"),
    (re.compile(r"(?<=[\d.])(?:thousands?|k)(?![a-z])", re.I), "千元"),
)


def _unreadable(text: str) -> BadInput:
    return BadInput(
        _("“{text}” cannot be read as an amount. Write it as 560 million, 300-500 million or USD 120 million.").format(
            text=text
        )
    )


def _strip_currency(body: str, default: Currency, text: str) -> tuple[str, Currency, bool]:
    """Return the text without its currency word, the currency, and whether the word serves as the unit."""
    dollars, usd = _USD.subn("元", body)
    if usd:
        if _CNY.search(body):
            raise BadInput(_("“{text}” names two currencies; please give one.").format(text=text))
        return dollars, Currency.USD, True
    foreign = _FOREIGN.search(body)
    if foreign:
        raise BadInput(
            _("Amounts are kept in yuan or US dollars; please convert “{word}” first.").format(word=foreign.group())
        )
    yuan, cny = _CNY.subn("元", body)
    if cny:
        return yuan, Currency.CNY, True
    return body, Currency.CNY if "元" in body else default, "元" in body


def _value(part: str, currency: Currency, text: str) -> int:
    number = numerals.read(part)
    if number is None:
        raise _unreadable(text)
    minor = number * _MINOR[currency]
    if minor != minor.to_integral_value():
        finest = _("one yuan") if currency is Currency.CNY else _("one cent")
        raise BadInput(_("“{text}” is finer than {finest}; please round it.").format(text=text, finest=finest))
    if minor > MOST:
        raise BadInput(_("“{text}” is larger than any amount kept here; please check the unit.").format(text=text))
    return int(minor)


def _has_unit(part: str) -> bool:
    return "万" in part or "亿" in part


def _with_unit_of(low: str, high: str) -> str:
    """Give the lower end of “3-5亿” the unit of the higher end; in “3元-5亿元” it has its own."""
    if _has_unit(low):
        return low
    unit = re.search(r"[十百千]?[万亿]+$" if high[:1].isdigit() else r"[万亿]+$", high)
    return low + unit.group() if unit else low


def _fold(text: str) -> str:
    """Return the text in half width without spaces, an English “to” as 至, so that it cannot run into a unit."""
    return re.sub(r"\s", "", re.sub(r"(?<!up )\bto\b", "至", numerals.fold(text)))


def _without_words(body: str) -> tuple[str, bool, bool, bool]:
    """Return the text without the words around its amounts, and whether it says 至少, 至多, 约."""
    body, at_most = _ATMOST.subn("", body)
    body, at_least = _AT_LEAST.subn("", body)
    body, about = _ABOUT.subn("", body)
    body, more = _MORE.subn("", body)
    if body.startswith("上") and len(body) > 1:
        return "一" + body[1:], True, bool(at_most), True
    return body, bool(at_least), bool(at_most), bool(about or more)


def _ends(body: str, currency: Currency, named: bool, text: str) -> tuple[int, int]:
    """Read one amount, or the two of a range."""
    parts = [part for part in _BETWEEN.split(body) if part]
    apart = all("元" in part for part in parts)
    parts = [part.replace("元", "") for part in parts]
    if len(parts) not in (1, 2):
        raise _unreadable(text)
    low, high = (parts[0] if apart else _with_unit_of(parts[0], parts[-1])), parts[-1]
    bare = numerals.read(high)
    if bare is not None and not named and not _has_unit(high):
        raise UnitMissing(bare)
    return _value(low, currency, text), _value(high, currency, text)


def _read(text: str, default: Currency) -> tuple[MoneyRange, bool]:
    """Return what a text says, and whether it names its currency."""
    body = _fold(text)
    if _UNDECIDED.fullmatch(body):
        return MoneyRange(None, None, default, False, text), False
    if body.startswith(("-", "−", "负")):
        raise BadInput(_("An amount may not be negative: “{text}”.").format(text=text))
    body, currency, named = _strip_currency(body, default, text)
    for pattern, unit in _ENGLISH:
        body = pattern.sub(unit, body)
    named = named or "元" in body
    body, at_least, at_most, approximate = _without_words(body)
    low, high = _ends(body, currency, named, text)
    if (at_least and at_most) or (low != high and (at_least or at_most)):
        raise _unreadable(text)
    if high < low:
        raise BadInput(_("In “{text}” the higher amount is below the lower one.").format(text=text))
    return MoneyRange(None if at_most else low, None if at_least else high, currency, approximate, text), named


def parse_range(text: str) -> MoneyRange:
    """Read “约3-5亿”, “不低于10亿”, “1.2亿美元” or “待定”.

    Raises UnitMissing for a bare number, BadInput for what is no amount.
    """
    return _read(text, Currency.CNY)[0]


def parse_money(text: str, currency: Currency = Currency.CNY) -> int:
    """Read one definite amount of ``currency``, in whole yuan or US cents; a 约 before it is dropped.

    Raises UnitMissing for a bare number, BadInput for a range or an amount of another currency.
    """
    read, named = _read(text, currency)
    if read.currency is not currency and named:
        wanted = _("yuan") if currency is Currency.CNY else _("US dollars")
        raise BadInput(_("Please give this amount in {currency}, not “{text}”.").format(currency=wanted, text=text))
    if read.low is None or read.low != read.high:
        raise BadInput(_("Please give one amount instead of “{text}”.").format(text=text))
    return read.low


_UNITS: dict[str, tuple[tuple[int, str], ...]] = {
    "zh_CN": ((YI, "亿"), (WAN, "万")),
    "en": ((10**9, " billion"), (10**6, " million")),
}


def plain(number: Decimal) -> str:
    """Return a decimal number in digits, without idle zeros and never in powers of ten."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(minor: int, currency: Currency) -> str:
    """Return the number with the largest unit that needs no more than four decimals: nothing is rounded."""
    whole = Decimal(minor) / _MINOR[currency]
    for size, word in _UNITS[i18n.language()]:
        scaled = whole / size
        if scaled >= 1 and scaled == round(scaled, 4):
            return plain(scaled) + word
    return plain(whole)


def show_money(minor: int, currency: Currency = Currency.CNY) -> str:
    """Return “5.6亿元”, “5600万元” or “1.2亿美元” (“CNY 560 million” in English): exact, never rounded."""
    pattern = _("CNY {amount}") if currency is Currency.CNY else _("USD {amount}")
    return pattern.format(amount=_scaled(minor, currency))


def show_range(value: MoneyRange) -> str:
    """Return “约3亿元至5亿元”, “不低于10亿元” or “待定”."""
    if value.low is None and value.high is None:
        return _("to be decided")
    if value.high is None:
        words = _("at least {amount}").format(amount=show_money(value.low or 0, value.currency))
    elif value.low is None:
        words = _("at most {amount}").format(amount=show_money(value.high, value.currency))
    elif value.low == value.high:
        words = show_money(value.low, value.currency)
    else:
        words = _between(show_money(value.low, value.currency), show_money(value.high, value.currency))
    return _("about {amount}").format(amount=words) if value.approximate else words


def _between(low: str, high: str) -> str:
    """Return “3亿元至5亿元”; English says a unit that both have once: “CNY 300 to 500 million”."""
    if i18n.language() == "en":
        unit = next((word for _size, word in _UNITS["en"] if low.endswith(word) and high.endswith(word)), "")
        if unit:
            low, high = low.removesuffix(unit), high.partition(" ")[2]
    return _("{low} to {high}").format(low=low, high=high)


_PRINT: dict[str, tuple[int, int, str]] = {"zh_CN": (YI, 2, "亿"), "en": (10**9, 3, " bn")}


def show_yi(yuan: int) -> str:
    """Return yuan in 亿 for print, rounded half up to at most two decimals.

    In English it is billions with one decimal more, so that both say the same.
    """
    size, places, word = _PRINT[i18n.language()]
    rounded = (Decimal(yuan) / size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return plain(rounded) + word


def print_size() -> int:
    """Return the yuan of one unit as amounts are printed: 亿, or in English a billion."""
    return _PRINT[i18n.language()][0]


def show_bare(yuan: int) -> str:
    """Return an exact amount as sentences have it: “140亿” without 元; below 1万 with it."""
    words = show_money(yuan)
    return words if yuan < WAN else words.removesuffix("元")
