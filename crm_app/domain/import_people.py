"""Whose a column of a ledger is that has several people in each row: 联系人, 职务, 手机, 联系人2, 职务2, 手机2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_app.domain.import_kinds import ALSO, FURTHER_PHONE, OTHER_PEOPLE

NUMBER = re.compile(r"(?<=\D)[1-9]$|(?<=联系人)[1-9一二三]|第[一二三123](?=联系人)|(?<=联系人)[（(][一二三][）)]")
"""What tells columns of one meaning apart."""

_DIGITS = {"二": 2, "2": 2, "三": 3, "3": 3}
_ANOTHER = re.compile(r"备用|其他|另一")
CONTACT = "联系人"
_MAYBE_OURS = "负责人"
_NAMED = ("contact.people", "contact.name")
_PARTS = ("contact.title", "contact.phone", "contact.email")

Before = Sequence[tuple[str, str]]
"""The targets and headers of the columns of people to the left."""


def column_of(target: str, header: str, before: Before, *, named_behind: bool) -> str:
    """Return what a column means that means ``target`` by its words; empty for one that nobody's can be told.

    The number in a header says whose it is. Without one a post, phone or mail belongs to the first person until that
    has it, then to whoever was named last; a second phone or mail of the first is kept beside. A second column of names
    is one more person where it says so: 负责人 beside 联系人 may be one of ours, also where 联系人 is ``named_behind``.
    """
    if target in _NAMED:
        return "" if header == _MAYBE_OURS and named_behind else _person(target, header, before)
    return _part(target, header, [one for one, _header in before]) if target in _PARTS else target


def _person(target: str, header: str, before: Before) -> str:
    first = next((known for one, known in before if one in _NAMED), None)
    if first is None:
        return target
    another = _number(header) > 1 or _ANOTHER.search(header) or header == first
    taken = [one for one, _header in before]
    free = (n for n in OTHER_PEOPLE if f"contact{n}.people" not in taken)
    return f"contact{next(free)}.people" if another and len(_others(taken)) < len(OTHER_PEOPLE) else ""


def _part(target: str, header: str, taken: Sequence[str]) -> str:
    name = target.partition(".")[2]
    others = _others(taken)
    said = _number(header)
    if said in others:
        mine = f"contact{said}.{name}"
    elif target not in taken and not (others and _has_part(taken[: taken.index(f"contact{others[0]}.people")])):
        return target
    else:
        mine = f"contact{others[-1]}.{name}" if others else target.replace("contact.", "contact_also.")
    return mine if (mine not in taken or mine == FURTHER_PHONE) and (others or mine in ALSO) else ""


def _others(taken: Sequence[str]) -> list[int]:
    """Return the numbers of the further people whose names have a column."""
    return [n for n in OTHER_PEOPLE if f"contact{n}.people" in taken]


def _has_part(taken: Sequence[str]) -> bool:
    return any(one in _PARTS for one in taken)


def _number(header: str) -> int:
    found = NUMBER.search(header)
    return next((_DIGITS[char] for char in (found[0] if found else "") if char in _DIGITS), 1)
