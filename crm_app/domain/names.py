"""Names of enterprises: how they are tidied for storing, and the key under which two spellings are the same.

The key is for matching and warning only; nothing is ever merged because two keys are equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from crm_app.domain import regions
from crm_app.domain.traditional import simplified

_SPACES = re.compile(r"\s+")
_CLEAN_ALREADY = re.compile(r"[\u4e00-\u9fff]*")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""What web pages and chats leave between letters, and nobody sees: a name with it would not be found."""
_BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff()]) (?=[\u3400-\u9fff()])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OTHER_BRACKETS = str.maketrans("[]【】〔〕{}", "()()()()")
_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|(?<![分子])公司|集团|控股|股份|有限|合伙企业|普通合伙|有限合伙|特殊普通合伙"
    r"|\b(?:co(?:mpany)?|ltd|limited|inc|corp(?:oration)?|llc|gmbh|group|plc|ag|kk))$"
)
_LEGAL_ENDS = ("公司", "集团", "控股", "股份", "有限", "企业", "合伙")
_USUAL_LEGAL = ("股份有限公司", "有限责任公司", "有限公司")
"""What most names end in: longer ones first, as nothing longer ends in one of them."""
_LONGEST_LEGAL = 6
_MARKS = re.compile(r"[\W_]")
_COMMON = re.compile(
    r"新能源|新材料|智能|智慧|数字|网络|科技|技术|研发|汽车|摩托车|零部件|电池|材料|装备|设备|制造|电子|信息|软件|实业|工业|产业|投资|发展"
    r"|开发|建设|建筑|工程|食品|饮料|农业|机械|机电|贸易|商贸|物流|供应链|生物|医药|医疗|环保|能源|电力|电气|电器|化工|钢铁|金属|纺织|服装"
    r"|家居|包装|印刷|银行|证券|基金|资产|资本|管理|服务|咨询|文化|传媒|教育|旅游|国际|第[一二三四五六七八九十]"
)
_COMMON_BEGINNINGS = frozenset(word[:2] for word in re.sub(r"第\[.*", "", _COMMON.pattern).split("|"))
"""The first two characters of the common words, but for numbers."""


def clean(text: str) -> str:
    """Return a name for storing: full width folded, outer and idle inner spaces gone, and what nobody sees."""
    if _CLEAN_ALREADY.fullmatch(text):
        return text
    folded = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).strip()
    return _BETWEEN_CJK.sub("", folded)


def folded(name: str) -> str:
    """Return a name as it is the very same, however wide, large or traditional its characters are."""
    return simplified(clean(name).casefold())


def clean_all(texts: Sequence[str | None]) -> list[str | None]:
    """Return names for storing; where all are Chinese alone, which is told of all together, they are so already."""
    if _CLEAN_ALREADY.fullmatch("".join(filter(None, texts))):
        return list(texts)
    return [None if text is None else clean(text) for text in texts]


def _bracket(match: re.Match[str]) -> str:
    content = match[1].strip()
    return "" if content in ("中国", "集团") or regions.find(content) else content


def _distinct(rest: str) -> bool:
    """Tell whether a name without its region still names one enterprise: 巨湾技研 does, 新能源科技 does not."""
    begun = _COMMON.search(rest)
    if rest.isalnum() and (begun.start() if begun else len(rest)) >= 2:
        return True
    left = _COMMON.sub("", rest)
    return len(left) >= 2 if left.isalnum() else sum(char.isalnum() for char in left) >= 2


def _unless_nothing_is_left(shorter: str, key: str) -> str:
    return shorter if shorter.isalnum() or any(char.isalnum() for char in shorter) else key


def _without_legal_form(key: str, *, chinese: bool) -> str:
    if not chinese:
        return _LEGAL.sub("", key.rstrip(" .,"))
    # Most names are Chinese alone: their ends are looked at, and no more of them.
    if not key.endswith(_LEGAL_ENDS):
        return key
    for usual in _USUAL_LEGAL:
        if key.endswith(usual):
            return key[: -len(usual)]
    found = _LEGAL.search(key, max(0, len(key) - _LONGEST_LEGAL))
    return key[: found.start()] if found else key


def _shorter(key: str, *, chinese: bool) -> str:
    if not chinese:
        key = simplified(clean(key.casefold())).translate(_OTHER_BRACKETS)
        key = _unless_nothing_is_left(_BRACKETS.sub(_bracket, key), _BRACKETS.sub(r"\1", key))
        chinese = bool(_CLEAN_ALREADY.fullmatch(key))
    key = _unless_nothing_is_left(_without_legal_form(key, chinese=chinese), key)
    leading = regions.leading(key)
    if leading is None:
        return key
    region, length = leading
    rest = key[length:]
    chinese = chinese or bool(_CLEAN_ALREADY.fullmatch(rest))
    return rest if _distinct(_without_legal_form(rest, chinese=chinese)) else region.short + rest


_worked_out: dict[str, tuple[str, str, str]] = {}


def prime(known: Mapping[str, tuple[str, str, str]]) -> None:
    """Take the keys of names (with their pinyin and initials) as worked out elsewhere, until :func:`unprime`."""
    _worked_out.update(known)


def unprime() -> None:
    """Work the keys of names out again."""
    _worked_out.clear()


def match_key(name: str) -> str:
    """Return the key of a name, without brackets, legal form, region before the name, marks and case; simplified.

    A bracket goes with its content only where that is a region; a region stays where nothing distinct would be left
    (上海新能源科技, 宁德新能源科技). The key of a key is the key itself.
    """
    if name in _worked_out:
        return _worked_out[name][0]
    key, before = simplified(name), None
    # What is left of Chinese characters alone is Chinese.
    chinese = bool(_CLEAN_ALREADY.fullmatch(key))
    while key != before:
        before, key = key, _shorter(key, chinese=chinese)
    bare = key if key.isalnum() else _MARKS.sub("", key)
    # Nothing more goes from it but what stood beside a mark.
    return key if bare == key else match_key(bare)


def match_keys(names: Sequence[str]) -> list[str]:
    """Return the :func:`match_key` of each name."""
    together = "".join(names)
    if simplified(together) != together:
        names = list(map(simplified, names))
    if not _CLEAN_ALREADY.fullmatch(together):
        return [(_CLEAN_ALREADY.fullmatch(name) and _at_a_glance(name)) or match_key(name) for name in names]
    return [_at_a_glance(name) or match_key(name) for name in names]


def _at_a_glance(name: str) -> str:
    """Return the key of a Chinese name of the usual form; empty where it has to be looked at with care."""
    key = name
    for usual in _USUAL_LEGAL:
        if name.endswith(usual):
            key = name[: -len(usual)]
            break
    leading = regions.leading(key)
    if leading is not None:
        key = key[leading[1] :]
        if "第" in key[:2] or not _COMMON_BEGINNINGS.isdisjoint((key[:2], key[1:3])):
            return ""
    key = key.removesuffix("集团")
    careful = key.endswith(_LEGAL_ENDS) or (leading is not None and (len(key) < 2 or regions.leading(key)))
    return "" if careful else key
