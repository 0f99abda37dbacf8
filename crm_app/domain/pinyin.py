"""Pinyin of names, for search and for order: 巨湾技研 → “ju wan ji yan”, “jwjy”.

Our own words come first (places, common parts of company names), then a table of characters; only where a character
is left whose reading depends on its word are phrases asked, and the library only about a character no list has.
Words and phrases are simplified: traditional characters are read as the simplified ones they stand for (重慶 chong).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path

from crm_app import late, paths
from crm_app.domain import pinyin_phrases, surnames
from crm_app.domain.people import surname
from crm_app.domain.traditional import simplified, spellings

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_VOWEL = re.compile("[aeiouv]")
_ALL_HAN = re.compile(f"[{_HAN}]+")
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")


@dataclass(frozen=True, slots=True)
class _Readings:
    characters: dict[str, str]
    varying: frozenset[str]
    sure: dict[str, str]
    """The characters that are read in one way and are folded already, with their syllables."""
    words: dict[str, list[str]]
    any_word: re.Pattern[str]
    """One of our words, the longest that begins at a place."""
    unlike: re.Pattern[str]
    """The words that are read otherwise than the table reads their characters."""


def _word_list(path: Path) -> dict[str, list[str]]:
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: syllables for word, *syllables in lines}


@cache
def _readings() -> _Readings:
    folder = paths.resources() / "dictionaries"
    marked, *lines = (folder / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    characters: dict[str, str] = {}
    for line in lines:
        syllable, chars = line.split(" ")
        characters.update(dict.fromkeys(chars, syllable))
    varying = frozenset(marked[2:])
    chinese = re.compile(f"[{_HAN}]")
    sure = {
        char: syllable
        for char, syllable in characters.items()
        if char not in varying and chinese.match(char) and unicodedata.normalize("NFKC", char) == char
    }
    words = _word_list(folder / "pinyin_words.txt")
    of_head: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        of_head.setdefault(word[0], []).append(word[1:])
    # A character is compared with the first one of all words, not of each.
    any_word = re.compile("|".join(f"{head}(?:{'|'.join(rests)})" for head, rests in of_head.items()))
    unlike = re.compile(
        "|".join(word for word, read in words.items() if read != [characters.get(char, "") for char in word])
    )
    return _Readings(characters, varying, sure, words, any_word, unlike)


@lru_cache(1 << 12)
def _by_phrases(run: str) -> tuple[str, ...]:
    """Read characters whose readings depend on their words; given names are those of many people."""
    return tuple(pinyin_phrases.read(run, _readings().characters) or late.pypinyin().lazy_pinyin(run))


def _plain(run: str) -> Sequence[str]:
    """Read characters that stand in none of our words."""
    try:
        return list(map(_readings().sure.__getitem__, run))
    except KeyError:
        return _by_phrases(run)


def _surely(text: str) -> Sequence[str] | None:
    """Return the syllables of a text of characters that are read in one way, as most names are; None of any other."""
    known, text = _readings(), simplified(text)
    if known.unlike.search(text):
        return None
    try:
        return list(map(known.sure.__getitem__, text))
    except KeyError:
        return None


def _chinese(run: str) -> list[str]:
    known = _readings()
    syllables: list[str] = []
    begun = 0
    for found in known.any_word.finditer(run):
        syllables += (*_plain(run[begun : found.start()]), *known.words[found[0]])
        begun = found.end()
    return [*syllables, *_plain(run[begun:])]


@lru_cache(64)
def _parts(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the syllables and words of a text, each with whether it reads a Chinese character."""
    folded = simplified(unicodedata.normalize("NFKC", text).casefold())
    parts: list[tuple[str, bool]] = []
    for run in _RUNS.finditer(folded):
        parts += [(s, True) for s in _chinese(run["han"])] if run["han"] else [(run[0], False)]
    return tuple(parts)


_worked_out: dict[str, tuple[str, str, str]] = {}
_people: dict[str, str] = {}


def prime(known: Mapping[str, tuple[str, str, str]], people: Mapping[str, str]) -> None:
    """Take what is worked out elsewhere, until :func:`unprime`.

    Of names their key, pinyin and initials; of people their pinyin.
    """
    _worked_out.update(known)
    _people.update(people)


def unprime() -> None:
    """Work the readings of names out again."""
    _worked_out.clear()
    _people.clear()


def full(text: str) -> str:
    """Return lower-case syllables separated by spaces; Latin words and numbers stand as they are, marks are dropped."""
    if text in _worked_out:
        return _worked_out[text][1]
    syllables = _surely(text)
    return " ".join([part for part, _han in _parts(text)] if syllables is None else syllables)


def readings(text: str) -> tuple[str, str]:
    """Return what :func:`full` and :func:`initials` say, at once."""
    syllables = _surely(text)
    if syllables is None:
        return full(text), initials(text)
    return " ".join(syllables), "".join([syllable[0] for syllable in syllables])


@cache
def _by_code() -> tuple[list[str], list[str]]:
    """Return the syllable and its first letter by the number of a character (UTF-16), a “?” where care is needed."""
    syllables, letters = ["?"] * (1 << 16), ["?"] * (1 << 16)
    for char, syllable in {**_readings().sure, "\n": "\n"}.items():
        if ord(char) < len(syllables):
            syllables[ord(char)], letters[ord(char)] = syllable, syllable[0]
    return syllables, letters


def _at_once(texts: Sequence[str], *, people: bool = False) -> tuple[list[str], list[str]]:
    """Return the syllables and the initials of texts; empty for those with what is read neither so nor in our words.

    Of ``people``, a word that is read otherwise than its characters may begin in a surname: those are not read so.
    """
    whole = _ASTRAL.sub("\0", simplified("\n".join(texts)))
    codes = array("H")
    codes.frombytes(whole.encode("utf-16-le", "surrogatepass"))
    syllables, letters = _by_code()
    said, begins = [syllables[code] for code in codes], [letters[code] for code in codes]
    known = _readings()
    for found in (known.unlike if people else known.any_word).finditer(whole):
        read = ["?"] * len(found[0]) if people else known.words[found[0]]
        said[found.start() : found.end()] = read
        begins[found.start() : found.end()] = [syllable[0] for syllable in read]
    full, initials = " ".join(said).split(" \n "), "".join(begins).split("\n")
    if len(full) != len(texts) or len(initials) != len(texts):
        # A text of several lines, or an empty one.
        return [""] * len(texts), [""] * len(texts)
    for place in [place for place, one in enumerate(full) if "?" in one]:
        full[place] = initials[place] = ""
    return full, initials


def all_readings(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what :func:`sort_key` and what :func:`initials` say of each name."""
    full, letters = _at_once(names)
    for place, known in enumerate(full):
        if not known:
            said, letters[place] = readings(names[place])
            full[place] = said or sort_key(names[place])
    return full, letters


def all_people(names: Sequence[str], surnames: Sequence[str | None]) -> list[str]:
    """Return what :func:`person_full` says of each name and the reading of its surname."""
    special, (full, _letters) = _special_surnames(), _at_once(names, people=True)
    return [
        person_full(name, reading) if not known or reading or name[0] in special else known
        for known, name, reading in zip(full, names, surnames, strict=True)
    ]


def sort_key(text: str) -> str:
    """Return the key by which names are ordered: their pinyin, and never empty, since keys page by it."""
    return full(text) or text.strip() or "~"


@lru_cache(50_000)
def order_key(text: str) -> str:
    """Return what texts are ordered by: as they are spoken, and those that sound alike as they are written."""
    return f"{sort_key(text)}\x01{text}"


def initials(text: str) -> str:
    """Return the first letters of the syllables together; Latin words and numbers whole: 3D打印 → “3ddy”."""
    if text in _worked_out:
        return _worked_out[text][2]
    syllables = _surely(text)
    if syllables is not None:
        return "".join([syllable[0] for syllable in syllables])
    return "".join([part[0] if han else part for part, han in _parts(text)])


def by_character(text: str, reading: str = "") -> list[str]:
    """Return the syllable of each character of a folded text, empty for what is not Chinese.

    ``reading`` is what :func:`full` says of it; without it our own words and the table are asked, never the library.
    """
    said = reading.split()
    if _ALL_HAN.fullmatch(text) and (not said or len(said) == len(text)):
        # Nearly every name.
        return said or _quickly(text)
    known = iter(said)
    found: list[str] = []
    for run in _RUNS.finditer(text):
        found += [""] * (run.start() - len(found))
        if not run["han"]:
            next(known, "")
            found += [""] * len(run[0])
        else:
            found += [next(known, "") for _char in run[0]] if reading else _quickly(run[0])
    return found + [""] * (len(text) - len(found))


@cache
def _otherwise() -> frozenset[str]:
    """Return the characters that are read otherwise than the table says, in a word or as a surname."""
    known = _readings()
    words = [*known.words.items(), *surnames.readings().items()]
    read = {
        char for word, said in words for char, one in zip(word, said, strict=True) if one != known.characters.get(char)
    }
    return known.varying | read


def may_begin(char: str, letter: str) -> bool:
    """Say whether a folded character can stand for a letter: is it, or is read with it at the beginning."""
    return char == letter or _readings().characters.get(char, letter)[0] == letter or char in _otherwise()


def person_by_character(name: str) -> list[str]:
    """Return the syllable of each character of a person's folded name, its surname read as a surname."""
    family = surname(name)
    known = surnames.readings().get(family, ()) if family != name else ()
    return [*known, *by_character(name[len(known) :])]


def letters_by_character(text: str) -> str:
    """Return a folded text with the first letter of its syllable instead of each character (:func:`by_character`)."""
    known = _readings()
    if known.unlike.search(text):
        return "".join([syllable[:1] or char for syllable, char in zip(by_character(text), text, strict=True)])
    return "".join([known.characters.get(char, char)[0] for char in text])


def _quickly(run: str) -> list[str]:
    known = _readings()
    if not known.unlike.search(run):
        return list(map(known.characters.get, run, repeat("")))
    syllables: list[str] = []
    begun = 0
    for found in known.any_word.finditer(run):
        syllables += [known.characters.get(char, "") for char in run[begun : found.start()]]
        syllables += known.words[found[0]]
        begun = found.end()
    return syllables + [known.characters.get(char, "") for char in run[begun:]]


@cache
def syllables() -> frozenset[str]:
    """Return every syllable that a character is read as."""
    known = _readings()
    read = set(known.characters.values()).union(*known.words.values())
    # 嗯 is read n, 呣 m: nobody means these.
    return frozenset(one for one in read if _VOWEL.search(one))


def is_sure(text: str) -> bool:
    """Say whether every character is read in one way, in whatever word it stands."""
    known = _readings()
    return all(char in known.characters and char not in known.varying for char in text)


@cache
def _special_surnames() -> frozenset[str]:
    """Return the characters with which the surnames begin that are read otherwise than elsewhere."""
    return frozenset(char for family in surnames.readings() for char in spellings(family[0]))


def _person(name: str, surname_reading: str | None) -> tuple[tuple[str, bool], ...]:
    own = "".join(simplified(unicodedata.normalize("NFKC", name)).split())
    family = surname(own)
    if family == own and len(own) > 1:
        return _parts(name)
    reading = (surname_reading or "").casefold().split() or surnames.readings().get(family)
    if not reading and family in _readings().sure:
        # A given name makes no word with a surname, and is that of many people.
        reading = [_readings().sure[family]]
    if not reading:
        return _parts(own)
    return (*((syllable, True) for syllable in reading), *_parts(own[len(family) :]))


def person_full(name: str, surname_reading: str | None = None) -> str:
    """Return the pinyin of a person's name; ``surname_reading`` (姓氏读音) goes before the list (曾 zeng)."""
    if surname_reading is None and name in _people:
        return _people[name]
    usual = not surname_reading and name[:1] not in _special_surnames()
    syllables = _surely(name) if usual else None
    return " ".join([part for part, _han in _person(name, surname_reading)] if syllables is None else syllables)


def person_initials(name: str, surname_reading: str | None = None) -> str:
    """Return the initials of a person's name, its surname read as a surname: 曾小明 → “zxm”."""
    return "".join(part[0] if han else part for part, han in _person(name, surname_reading))
