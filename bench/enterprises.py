"""Enterprises made up from a seed: row ``n`` is always the same, so that a file of 1,000 begins one of 1,000,000.

Twelve columns as a bureau's ledger has them. No two rows have the same name or credit code.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from math import gcd

from bench import words

SEED = 20250301
HEADERS = (
    "企业名称",
    "统一社会信用代码",
    "省份",
    "城市",
    "所属行业",
    "联系人",
    "联系电话",
    "电子邮箱",
    "计划投资额(万元)",
    "线索来源",
    "登记日期",
    "备注",
)
NAME, USCC, AMOUNT, DAY = 0, 1, 8, 10
"""Columns that others speak of."""

Row = list[str]

_TRADE_WORDS = tuple((trade, word) for trade, names, _keys in words.TRADES for word in names)
_KEYS = {trade: keys for trade, _names, keys in words.TRADES}
_SIZES = (len(words.PLACES), len(_TRADE_WORDS), len(words.FIRST), len(words.SECOND))
_SPACE = _SIZES[0] * _SIZES[1] * _SIZES[2] * _SIZES[3]
_STEP = next(step for step in range(int(_SPACE * 0.6180339887), _SPACE) if gcd(step, _SPACE) == 1)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def uscc(place: str, body: str) -> str:
    """Return a credit code with its two check characters (GB 32100, GB 11714) around eight given ones."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    left = -sum(_BODY.index(one) * weight for one, weight in zip(body, weights, strict=True)) % 11
    known = f"91{place}{body}{'X' if left == 10 else left}"
    return known + _CODE[-sum(_CODE.index(one) * 3**i for i, one in enumerate(known)) % 31]


def note(chance: random.Random, trade: str) -> str:
    """Return what a promoter would write down, 50 to 200 characters."""
    wanted, found = chance.randint(50, 180), ""
    for sentence in chance.sample(words.SENTENCES, len(words.SENTENCES)):
        found += sentence.format(
            key=chance.choice(_KEYS[trade]),
            other=chance.choice(words.CITIES),
            other2=chance.choice(words.CITIES),
            lines=chance.randint(1, 9),
            acres=chance.randint(15, 400),
            area=chance.randint(2, 50) * 1000,
            wish=chance.choice(words.WISHES),
            yield_=chance.randint(1, 60),
            tax=chance.randint(100, 8000),
            staff=chance.randint(30, 1500),
            who=chance.choice(words.WHO),
            site=chance.choice(words.SITES),
            next_=chance.choice(words.NEXTS),
            mates=chance.randint(2, 12),
        )
        if len(found) >= wanted:
            break
    return found[:200]


def person(chance: random.Random) -> str:
    """Return a name of two or three characters."""
    return chance.choice(words.SURNAMES) + "".join(chance.choices(words.GIVEN, k=chance.choice((1, 2, 2))))


def phone(chance: random.Random) -> str:
    """Return a mobile number."""
    return f"{chance.choice(words.PHONE)}{chance.randrange(10**8):08}"


def enterprise(n: int) -> Row:
    """Return row ``n``, counted from 0."""
    chance = random.Random(SEED * 10**8 + n)
    rest, place = divmod((n * _STEP + SEED) % _SPACE, _SIZES[0])
    rest, word = divmod(rest, _SIZES[1])
    second, first = divmod(rest, _SIZES[2])
    leading, province, city, code = words.PLACES[place]
    trade, business = _TRADE_WORDS[word]
    brand = words.FIRST[first] + words.SECOND[second] + chance.choice(words.THIRD)
    # The running number in base 10 keeps codes apart; a letter here and there as in real ones.
    body = f"{chance.choice(_CODE[:22])}{n:07}"
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(2200))
    return [
        leading + brand + business + chance.choice(words.FORMS),
        uscc(code, body),
        province,
        city,
        trade,
        person(chance),
        phone(chance),
        f"{chance.choice(('zs', 'office', 'bd', 'sales'))}{n}@{chance.choice(words.MAIL)}",
        f"{min(5_000_000, chance.lognormvariate(8.4, 1.3)):.2f}",
        chance.choice(words.SOURCES),
        day.isoformat(),
        note(chance, trade),
    ]


def enterprises(first: int, amount: int) -> Iterator[Row]:
    """Yield rows ``first`` to ``first + amount``, one at a time."""
    return (enterprise(n) for n in range(first, first + amount))


def reimport(held: int, amount: int) -> Iterator[Row]:
    """Yield ``amount`` rows to be imported over the first ``held``: half known, the rest new.

    Of a hundred new ones one has a wrong check character, one no name; one an amount in words (面议: undecided).
    """
    order = random.Random(SEED).sample(range(amount), amount)
    known = amount // 2
    for n in order:
        row = enterprise(n * held // known if n < known else held + n)
        if n >= known and n % 100 == 17:
            row[USCC] = row[USCC][:-1] + ("A" if row[USCC][-1] != "A" else "B")
        elif n >= known and n % 100 == 43:
            row[NAME] = ""
        elif n >= known and n % 100 == 71:
            row[AMOUNT] = "面议"
        yield row


def visited(held: int, amount: int, kind: int) -> Iterator[tuple[int, random.Random]]:
    """Yield (number of an enterprise, its chances) for entries of history, most of them at a few enterprises."""
    for n in range(amount):
        chance = random.Random((SEED + kind) * 10**8 + n)
        yield int(held * chance.random() ** 4), chance
