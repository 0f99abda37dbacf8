"""What offices call the columns of their ledgers: header words to declared fields, for each kind of import.

The words themselves are in resources/dictionaries/import_headers.json. A target is ``record.field``; a few are no
declared field but a way to one: ``enterprise.province``, ``contact.people``.
"""

from __future__ import annotations

import json
import re
from functools import cache

from crm_app import paths
from crm_app.domain.traditional import simplified
from crm_app.i18n import N_

JOIN = "›"
"""Stands between the rows of a header of several rows: 联系人›电话."""

ROW_ID = N_("Record id")
"""Heads the column that carries the ids of an exported sheet's rows, so that each finds its record again."""

SERIAL = ("序号", "序號", "序", "行号", "项次", "no", "no.", "#", "№")
"""Head the column that only counts the rows of a ledger."""

UNITS = r"亿美元|百万美元|万美元|美元|亿元|百万元|万元|千元|元|亿|百万|万|亩|平方米|㎡|人|%|万吨|吨"
_UNIT_IN_BRACKETS = re.compile(rf"[（(\[【]\s*(?:单位)?[:：]?\s*({UNITS})\s*[）)\]】]")
_CURRENCY = r"(?P<usd>USD|US\$|\$)|(?P<cny>RMB|CNY|¥|￥)"
_ENGLISH_UNIT = re.compile(
    r"\(\s*(?:in\s+)?(?:(?P<before>m|mn|mio|mil|million|bn|billion|k|thousand|10k|10,?000)s?\s*)?(?:of\s+)?"
    rf"(?:{_CURRENCY})\s*(?P<behind>m|mn|mio|mil|million|bn|billion|k|thousand|10k|10,?000)?s?\s*\)",
    re.I,
)
_ENGLISH_SIZES = {"m": "百万", "b": "十亿", "k": "千", "t": "千", "1": "万"}
"""What the first letter of an English size means."""


def as_read(text: str) -> str:
    """Return the words of a ledger as they are read, character for character: simplified, with 圓 as the unit it is."""
    return simplified(text).replace("圆", "元")


def split_unit(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit: 总投资(亿元) → 总投资, 亿元."""
    # Character for character: what is found stands at the same place in the header as it is written.
    found = _UNIT_IN_BRACKETS.search(as_read(header))
    english = None if found else _ENGLISH_UNIT.search(header)
    if english:
        found, unit = english, _from_english(english)
    elif found:
        unit = found.group(1)
    else:
        return header.strip(), ""
    return (header[: found.start()] + header[found.end() :]).strip(), unit


def _from_english(found: re.Match[str]) -> str:
    """Return a unit as it is called in Chinese: USD mn → 百万美元, million RMB → 百万元."""
    size = (found["before"] or found["behind"] or "").lower()
    return (_ENGLISH_SIZES[size[0]] if size else "") + ("美元" if found["usd"] else "元")


@cache
def groups() -> dict[str, tuple[dict[str, list[str]], ...]]:
    """Return for each kind its groups of targets with their words; where two claim a word, the earlier group has it."""
    file = paths.resources() / "dictionaries" / "import_headers.json"
    read = json.loads(file.read_text(encoding="utf-8"))
    return {kind: tuple(read["groups"][name] for name in names) for kind, names in read["kinds"].items()}
