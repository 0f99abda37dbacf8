"""Visits and follow-ups of the made-up enterprises: most at a few of them, as in life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bench import words
from bench.enterprises import SEED, USCC, enterprise, note, visited

VISIT_HEADERS = ("统一社会信用代码", "拜访日期", "地点", "我方人员", "洽谈情况")
FOLLOW_UP_HEADERS = ("统一社会信用代码", "跟进日期", "跟进方式", "下一步", "跟进内容")

_FIRST_DAY = date(2023, 1, 1)


def day_of(chance: int) -> date:
    """Return a day of the last two years."""
    return _FIRST_DAY + timedelta(days=chance % 900)


def visit_rows(held: int, amount: int) -> Iterator[list[str]]:
    """Yield rows of a ledger of visits to the first ``held`` enterprises."""
    for n, chance in visited(held, amount, 1):
        row = enterprise(n)
        trade, day = row[4], day_of(chance.randrange(SEED))
        yield [
            row[USCC],
            day.isoformat(),
            chance.choice(words.SITES),
            chance.choice(("张伟", "李娟")),
            note(chance, trade),
        ]


def follow_up_rows(held: int, amount: int) -> Iterator[list[str]]:
    """Yield rows of a ledger of follow-ups with the first ``held`` enterprises."""
    for n, chance in visited(held, amount, 2):
        row = enterprise(n)
        day = day_of(chance.randrange(SEED))
        yield [
            row[USCC],
            day.isoformat(),
            chance.choice(words.MODES),
            chance.choice(words.NEXTS),
            note(chance, row[4]),
        ]
