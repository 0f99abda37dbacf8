"""Write resources/dictionaries/pinyin.txt and pinyin_phrases.txt from the pypinyin package.

They hold the reading of every GBK character, and the phrases that tell how characters are read in them.

Run by hand when pypinyin's data improve: ``python tools/pinyin_table.py``. One line a syllable: the syllable, a space,
its characters. The first line, marked ``?``, holds the characters whose reading depends on the word they stand in.
pinyin_phrases.txt holds the phrases that tell it: first those read otherwise than their characters, each with its
syllables, and the characters the package reads otherwise where they stand alone; below an empty line all others, those
that begin with a character on a line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).parent.parent / "resources" / "dictionaries" / "pinyin.txt"
PHRASES = TABLE.with_name("pinyin_phrases.txt")
SETTLED = {
    "和": "he", "强": "qiang", "奇": "qi", "景": "jing", "陆": "lu", "冯": "feng", "艾": "ai", "柏": "bai", "佛": "fo",
    "石": "shi", "沈": "shen", "俞": "yu", "还": "hai", "了": "le", "着": "zhe", "没": "mei", "的": "de", "觉": "jue",
    "给": "gei", "呢": "ne", "似": "si", "省": "sheng", "校": "xiao", "劲": "jin", "率": "lv", "血": "xue", "色": "se",
    "亲": "qin", "恶": "e", "折": "zhe", "会": "hui", "系": "xi", "盛": "sheng", "度": "du", "将": "jiang", "差": "cha",
    "属": "shu", "纤": "xian", "绿": "lv", "纶": "lun", "模": "mo", "屏": "ping", "单": "dan", "朴": "pu", "纸": "zhi",
    "传": "chuan", "便": "bian", "拓": "tuo"
}  # fmt: skip
"""Read one way in names of enterprises, people and places; the words that differ are in pinyin_words.txt."""
ADDED = "厦都"


def in_gbk(char: str) -> bool:
    """Tell whether a character belongs to GBK."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write the table."""
    first = {chr(c): to_normal(r.split(",")[0], v_to_u=False) for c, r in pinyin_dict.items() if in_gbk(chr(c))}
    seen: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for phrase, readings in phrases_dict.items():
        for char, reading in zip(phrase, readings, strict=False):
            if char in first:
                seen[char] += 1
                other[char] += to_normal(reading[0], v_to_u=False) != first[char]
    alone = dict(first)
    varying = {c for c in other if other[c] >= 3 and seen[c] >= 5 and other[c] / seen[c] >= 0.02}
    first |= SETTLED
    lines: defaultdict[str, str] = defaultdict(str)
    for char, syllable in sorted(first.items()):
        lines[syllable] += char
    body = "\n".join(f"{syllable} {chars}" for syllable, chars in sorted(lines.items()))
    TABLE.write_text(f"? {''.join(sorted((varying | set(ADDED)) - SETTLED.keys()))}\n{body}\n", encoding="utf-8")
    phrases = {p: [to_normal(one[0], v_to_u=False) for one in said] for p, said in phrases_dict.items() if len(p) > 1}
    known = {p: said for p, said in phrases.items() if first.keys() >= set(p)}
    known |= {char: [syllable] for char, syllable in alone.items()}
    unlike = sorted(f"{p} {' '.join(said)}" for p, said in known.items() if said != [first[char] for char in p])
    others = sorted(p for p, said in known.items() if len(p) > 1 and said == [first[char] for char in p])
    by_first = [" ".join(phrases) for _first, phrases in groupby(others, key=itemgetter(0))]
    PHRASES.write_text("\n".join([*unlike, "", *by_first]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
