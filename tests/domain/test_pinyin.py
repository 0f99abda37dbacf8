"""Names are found by pinyin and initials, with the readings that surnames and places have of their own."""

from __future__ import annotations

import subprocess
import sys

import pypinyin
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.phrases_dict import phrases_dict

from crm_app import paths
from crm_app.domain import pinyin, pinyin_phrases


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("巨湾技研", "ju wan ji yan", "jwjy"),
        ("重庆", "chong qing", "cq"),
        ("长沙三一重工", "chang sha san yi zhong gong", "cssyzg"),
        ("东莞乐行商行", "dong guan le xing shang hang", "dglxsh"),
        ("中国工商银行", "zhong guo gong shang yin hang", "zggsyh"),
        ("厦门乐山成都", "xia men le shan cheng du", "xmlscd"),
        ("珞璜临港产业城", "luo huang lin gang chan ye cheng", "lhlgcyc"),
        ("3D打印(重庆)", "3d da yin chong qing", "3ddycq"),
        ("重慶長江銀行", "chong qing chang jiang yin hang", "cqcjyh"),
        ("ABC 科技", "abc ke ji", "abckj"),
        ("𬭎𫖯", "hong fu", "hf"),
        ("绿色", "lv se", "ls"),
        ("千瓧", "qian 瓧", "q瓧"),
        ("", "", ""),
    ],
)
def test_readings(name: str, full: str, initials: str) -> None:
    assert pinyin.full(name) == full
    assert pinyin.initials(name) == initials


@pytest.mark.parametrize(
    ("name", "own", "full", "initials"),
    [
        ("曾小明", None, "zeng xiao ming", "zxm"),
        ("单田芳", None, "shan tian fang", "stf"),
        ("武行志", None, "wu xing zhi", "wxz"),
        ("汤志娜", None, "tang zhi na", "tzn"),
        ("仇英", None, "qiu ying", "qy"),
        ("解 晓东", None, "xie xiao dong", "xxd"),
        ("区楚良", None, "ou chu liang", "ocl"),
        ("朴树", None, "piao shu", "ps"),
        ("乐嘉", None, "yue jia", "yj"),
        ("翟志刚", None, "zhai zhi gang", "zzg"),
        ("尉迟恭", None, "yu chi gong", "ycg"),
        ("欧阳锋", None, "ou yang feng", "oyf"),
        ("單雄信", None, "shan xiong xin", "sxx"),
        ("尉遲恭", None, "yu chi gong", "ycg"),
        ("盖叫天", "gai", "gai jiao tian", "gjt"),
        ("John Smith", None, "john smith", "johnsmith"),
    ],
)
def test_people(name: str, own: str | None, full: str, initials: str) -> None:
    assert pinyin.person_full(name, own) == full
    assert pinyin.person_initials(name, own) == initials


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8))
def test_every_character_has_one_syllable(name: str) -> None:
    syllables = pinyin.full(name).split()
    assert len(syllables) == len(pinyin.initials(name)) == len(name)
    assert all(syllable.isascii() and syllable.isalpha() and syllable.islower() for syllable in syllables)


@given(st.text(max_size=20))
def test_any_text_has_a_key_to_sort_by(name: str) -> None:
    assert pinyin.sort_key(name)


def test_the_table_agrees_with_the_library_on_common_names() -> None:
    for name in ("江津", "双福科技创新城", "东风小康", "中国大唐", "拓博尔轨道维保", "浙江瑞标", "迈特孚明", "康硕"):
        assert pinyin.full(name).split() == pypinyin.lazy_pinyin(name)


_LINES = (paths.resources() / "dictionaries" / "pinyin.txt").read_text("utf-8").splitlines()[1:]
TABLE = {char: syllable for syllable, chars in map(str.split, _LINES) for char in chars}
PHRASES = [phrase for phrase in sorted(phrases_dict)[::23] if TABLE.keys() >= set(phrase)]


@given(st.lists(st.one_of(st.sampled_from(PHRASES), st.sampled_from("乐行娜拓盛科技有限")), min_size=1, max_size=4))
def test_phrases_are_read_as_the_library_reads_them(words: list[str]) -> None:
    # No phrase begins with the last character: the library reads nothing together in one that is cut off at the end.
    run = "".join([*words, "鹌"])
    assert pinyin_phrases.read(run, TABLE) == pypinyin.lazy_pinyin(run)


def test_names_do_not_load_the_library() -> None:
    program = (
        "import sys; from crm_app.domain import pinyin; pinyin.initials('重庆巨湾技研有限公司');"
        "pinyin.full('长沙三一重工'); pinyin.person_full('曾小明'); pinyin.full('乐行天下');"
        "print('pypinyin' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@given(st.lists(st.text(st.sampled_from("巨湾重庆慶银行樂山曾单單田芳龘𬭎Aa1？?(（ \n\t"), max_size=6), max_size=6))
def test_many_names_are_read_as_each_by_itself(block: list[str]) -> None:
    pairs = [(pinyin.sort_key(name), pinyin.initials(name)) for name in block]
    assert [*zip(*pinyin.all_readings(block), strict=True)] == pairs
    for reading in (None, "zeng"):
        read = [pinyin.person_full(name, reading) for name in block]
        assert pinyin.all_people(block, [reading] * len(block)) == read
