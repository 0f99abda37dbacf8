"""Words that stand where a ledger should have a day: 已开工, 未办理, 待定, 预计2025年底, 2024.3.18已办结.

They mean something and send no row back. What has a day in it is read with the words around it taken off.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

_DID = (
    "开工|动工|开建|竣工|投产|达产|建成|完工|完成|办结|办理|办妥|取得|获批|批复|备案|注册|签约|签订|供地|摘牌|验收|"
    "到位|到账|启动|开始|通过|提交|纳统|入统"
)
_NO_DAY = re.compile(
    r"(?:暂|尚|还|均)?(?:未|没有?)\w{0,6}"
    r"|(?:时间|日期)?(?:待定|未定|另定|不详|不限|待\w{1,5})"
    r"|(?:暂)?(?:无需|不需要?|不涉及|免于?|豁免|不适用)\w{0,4}"
    r"|(?:正在|正)?\w{0,4}(?:中|进行)"
    r"|(?:租赁|租用|自有|现有|存量|利用|标准厂房)\w{0,8}"
    r"|正在\w{1,6}|在建|否|×|✗|✘|x"
    r"|(?:长期|持续|常态化?)\w{0,4}|尽快|立即|近期|随时|视情况?"
)
_DONE = re.compile(rf"(?:均?已经?|全部)?(?:{_DID})(?:手续)?(?:完毕|完成|了)?|已\w{{1,6}}|是|有|√|✓|✔")
_EXPECTED = "预计|预期|计划|力争|争取|暂定|初步(?:定)?|确保|拟定?"
_AHEAD = re.compile(rf"(?:{_EXPECTED})(?:将?于|在|为)?")
_BEFORE = re.compile(rf"(?:已经?|现)?于|已?(?:{_DID})(?:手续)?(?:时间|日期)?[:于]?|已|约为?|大约|大概|自|从")
_BEHIND = re.compile(
    rf"(?:左右|前后|起)|\(?(?P<expected>{_EXPECTED})\)?|\(?已?(?:正式)?(?:{_DID})(?:手续)?(?:完毕|了)?\)?"
)
_LONGEST = 40
"""Characters up to which a text may be such words; what is longer tells a story."""


class Words(Enum):
    """What words without a day mean."""

    NO_DAY = "no day"
    DONE = "done"


class Day(NamedTuple):
    """The day that stands among words, as it is written, and whether it is only ``expected``."""

    text: str
    expected: bool


def meant(text: str) -> Words | Day | None:
    """Return what a text in a column of days means that is no day as it stands; None where that is unknown."""
    body = "".join(unicodedata.normalize("NFKC", text).split())
    if len(body) > _LONGEST:
        return None
    if not re.search(r"[\d年月旬季]", body):
        if _NO_DAY.fullmatch(body):
            return Words.NO_DAY
        return Words.DONE if _DONE.fullmatch(body) else None
    ahead = _AHEAD.match(body)
    begun = ahead or _BEFORE.match(body)
    rest = body[begun.end() :] if begun else body
    behind = next((found for found in _BEHIND.finditer(rest) if found.end() == len(rest)), None)
    if behind:
        rest = rest[: behind.start()]
    expected = ahead is not None or bool(behind and behind["expected"])
    rest = rest.strip("(),:，。;")
    return Day(rest, expected) if rest and rest != body else None
