"""How the cells of one column are read quickly: the common forms at once, all others as carefully as one cell alone.

Both ways give the same; a property test holds them to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from crm_app.domain import days, uscc
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.import_cells import Spoken
from crm_app.domain.import_kinds import AS_TEXT, PEOPLE, SPECIAL, field_of, is_id
from crm_app.domain.imports import Column
from crm_app.domain.kinds import Day, Money, Name, Range, Text, Uscc

Read = Callable[[Any], Any]
"""Returns the value of a cell, None where it says nothing; raises BadInput with the reason."""

_APART = frozenset((str, date, datetime, type(None)))
"""Types of cells that are equal only where they mean the same."""

_REMEMBERED = 4096
"""Cells of one column whose values are kept: regions, industries, days and people come again and again."""
PLAIN = 8
"""Characters from which on no text stands for nothing (无, n/a, null, #DIV/0!)."""

_HAN = re.compile(r"[\u4e00-\u9fff]{5,}")
"""Chinese that is too long to stand for nothing (暂无, 未填)."""
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HAN_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_NO_PERSON = re.compile(r"电话|手机|暂无|未知|不详|未填|.(?:[长记理裁监任席师管员事秘人授士书])$")
"""What is no name, or may have a post behind it (张三经理)."""
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,7})(?:\.([0-9]{1,4}))?")
_SCALES = {"万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8}


def reader_of(column: Column, careful: Read) -> Read:
    """Return what reads the cells of a column as ``careful`` does, in a fraction of the time."""
    target = column.target
    if target == "contact.people":
        return _remembering(_person_first(careful))
    if target == "contact.phone":
        return _text_first(careful)
    kind = type(field_of(target).kind)
    if target in AS_TEXT or target in PEOPLE or target in SPECIAL or is_id(target):
        return _remembering(careful)
    if kind in (Range, Money) and column.unit in _SCALES:
        return _number_first(careful, column.unit, ranged=kind is Range)
    return _QUICK.get(kind, _remembering)(careful)


def _remembering(read: Read) -> Read:
    known: dict[Any, Any] = {}

    def remembered(cell: Any) -> Any:
        if type(cell) not in _APART:
            return read(cell)
        if cell in known:
            return known[cell]
        value = read(cell)
        if len(known) < _REMEMBERED:
            known[cell] = value
        return value

    return remembered


def _text_first(careful: Read) -> Read:
    def text(cell: Any) -> Any:
        if type(cell) is str and len(cell) < Text.longest:
            stripped = cell.strip()
            if len(stripped) >= PLAIN and is_whole(stripped):
                return stripped
        return careful(cell)

    return text


def is_whole(text: str) -> bool:
    """Say whether a text holds no half character, which no book keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _han_first(careful: Read) -> Read:
    return lambda cell: cell if type(cell) is str and _HAN.fullmatch(cell) else careful(cell)


def _code_first(careful: Read) -> Read:
    return lambda cell: uscc.normalize(cell) if type(cell) is str and len(cell) == uscc.LENGTH else careful(cell)


def _day_first(careful: Read) -> Read:
    def day(cell: Any) -> Any:
        if type(cell) is datetime:
            cell = cell.date()
        elif type(cell) is str and _ISO.fullmatch(cell):
            try:
                cell = date.fromisoformat(cell)
            except ValueError:
                return careful(cell)
        if type(cell) is date and cell.year in days.YEARS:
            return cell
        return careful(cell)

    return day


def _person_first(careful: Read) -> Read:
    def person(cell: Any) -> Any:
        if type(cell) is str and _HAN_PERSON.fullmatch(cell) and not _NO_PERSON.search(cell):
            return (Spoken(cell),)
        return careful(cell)

    return person


def _number_first(careful: Read, unit: str, *, ranged: bool) -> Read:
    """Read a bare number of a column with a unit; what is finer than a ten-thousandth of it is read with care."""
    step = _SCALES[unit] // 10**4
    word = unit if "元" in unit else unit + "元"

    def number(cell: Any) -> Any:
        body = cell if type(cell) is str else repr(cell) if type(cell) in (int, float) else ""
        found = _NUMBER.fullmatch(body)
        if found is None:
            return careful(cell)
        whole, fraction = found.groups("")
        yuan = int(whole + fraction.ljust(4, "0")) * step
        return MoneyRange(yuan, yuan, Currency.CNY, False, body + word) if ranged else yuan

    return number


_QUICK: dict[type, Callable[[Read], Read]] = {Day: _day_first, Name: _han_first, Text: _text_first, Uscc: _code_first}
