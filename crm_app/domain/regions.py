"""Regions of China by their GB/T 2260 codes: provinces, prefectures and counties.

A place is written as people write it (重庆市江津区, 江苏苏州, 深圳); only what is read whole and surely is found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crm_app import paths
from crm_app.domain.traditional import simplified

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌"
    "|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|各"
)
_PROVINCE = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)*自治[州县旗]$")
_PLAIN = re.compile(r"(?:地区|林区|特区|新区|矿区|[市区县旗盟])$")
_IDLE = re.compile(r"[\s\-—/·,，、.]+|市辖区")


class Region(NamedTuple):
    """A region: its six digits, its own name (江津区), and the code of the region it lies in, None for a province."""

    code: str
    name: str
    parent: str | None

    @property
    def level(self) -> int:
        """Return 1 for a province, 2 for a prefecture, 3 for a county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    @property
    def short(self) -> str:
        """Return the name as it is spoken: 重庆, 恩施, 江津; a name of one character keeps its suffix (沙县)."""
        pattern = _PROVINCE if self.level == 1 else _PLAIN
        bare = _AUTONOMOUS.sub("", self.name) if "自治" in self.name else self.name
        bare = pattern.sub("", self.name) if bare == self.name else bare
        return bare if len(bare) > 1 else self.name


class _Atlas(NamedTuple):
    by_code: dict[str, Region]
    by_name: dict[str, tuple[Region, ...]]
    prefixes: dict[str, Region]
    lengths: dict[str, list[int]]
    """By the first two characters of a prefix, how long those are that begin so; the longest first."""
    longest: int


def _parent(code: str, codes: dict[str, str]) -> str | None:
    for upper in (code[:4] + "00", code[:2] + "0000"):
        if upper != code and upper in codes:
            return upper
    return None


@cache
def _atlas() -> _Atlas:
    lines = (paths.resources() / "regions" / "regions.csv").read_text(encoding="utf-8").split()[1:]
    codes = dict(line.split(",") for line in lines)
    by_code = {code: Region(code, own, _parent(code, codes)) for code, own in codes.items()}
    names: dict[str, list[Region]] = defaultdict(list)
    prefixes: dict[str, Region] = {}
    for region in by_code.values():
        own, short, level = region.name, region.short, region.level
        for written in {own, short, short + "州"} if own.endswith("自治州") else {own, short}:
            names[written].append(region)
            # A county's bare name is too often a common word (和平, 东方) to be taken for a place.
            if level < 3 or written == own:
                prefixes.setdefault(written, region)
    lengths: dict[str, set[int]] = defaultdict(set)
    for written in prefixes:
        lengths[written[:2]].add(len(written))
    longest_first = {start: sorted(found, reverse=True) for start, found in lengths.items()}
    by_name = {written: tuple(regions) for written, regions in names.items()}
    return _Atlas(by_code, by_name, prefixes, longest_first, max(map(len, names)))


def name(code: str) -> str:
    """Return the whole name, 重庆市江津区; KeyError for a code that is not in the list."""
    region = _atlas().by_code[code]
    return (name(region.parent) if region.parent else "") + region.name


def city(full_name: str) -> str:
    """Return the city a region by its whole name lies in, as it is spoken: 深圳, 重庆; empty where it is not known."""
    code = code_of(full_name)
    for upper in (f"{code[:4]}00", f"{code[:2]}0000"):
        region = _atlas().by_code.get(upper)
        if region is not None:
            return region.short
    return ""


@cache
def _codes() -> dict[str, str]:
    return {name(code): code for code in _atlas().by_code}


def code_of(full_name: str) -> str:
    """Return the code of a region by its whole name; empty for one that is not in the list."""
    return _codes().get(full_name, "")


def _lies_in(region: Region, upper: Region) -> bool:
    return region.level > upper.level and region.code.startswith(upper.code[: upper.level * 2])


def _chains(text: str, upper: Region | None) -> Iterator[Region]:
    """Yield every region that ``text``, read whole as names from the larger to the smaller, can mean."""
    atlas = _atlas()
    for length in range(min(len(text), atlas.longest), 1, -1):
        for region in atlas.by_name.get(text[:length], ()):
            if upper is not None and not _lies_in(region, upper):
                continue
            if length == len(text):
                yield region
            else:
                yield from _chains(text[length:], region)


def find(text: str) -> Region | None:
    """Return the region a text names; None where it names none, more than a region, or one of several.

    Of a province and a city with one name the larger is meant (吉林), of a city and its district the city.
    """
    body = _IDLE.sub("", text)
    body = body.removeprefix("中国") if len(body) > 3 else body
    found = set(_chains(body, None)) or set(_chains(simplified(body), None))
    if not found:
        return None
    top = min(region.level for region in found)
    highest = [region for region in found if region.level == top]
    return highest[0] if len(highest) == 1 else None


def leading(text: str) -> tuple[Region, int] | None:
    """Return the region a text begins with and how many characters name it; counties by their full name only."""
    atlas = _atlas()
    for length in atlas.lengths.get(text[:2], ()):
        if text[:length] in atlas.prefixes:
            return atlas.prefixes[text[:length]], length
    return None
