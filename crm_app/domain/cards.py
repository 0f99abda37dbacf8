"""Business cards and what people paste from chats: a text → who somebody is, each part with its place and evidence.

Nothing is certain: a person confirms every part beside the text. Pure; it knows neither files nor the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crm_app.domain import card_pieces, card_words, phones, uscc
from crm_app.domain.card_pieces import Piece
from crm_app.i18n import N_

LONGEST = 20_000
"""Characters of a text that are looked at."""


class Part(StrEnum):
    """What a piece of a card is. A fax number is told apart so that it is taken for no phone."""

    NAME = "name"
    TITLE = "title"
    ENTERPRISE = "enterprise"
    USCC = "uscc"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    WECHAT = "wechat"
    ADDRESS = "address"
    WEB = "web"


class Why(StrEnum):
    """The evidence by which a piece was taken for its part."""

    MARKED = "marked"
    SHAPE = "shape"
    WORD = "word"
    SURNAME = "surname"
    BESIDE_TITLE = "beside_title"


WHY_LABELS = {
    Why.MARKED: N_("marked so on the card"),
    Why.SHAPE: N_("has the shape of one"),
    Why.WORD: N_("by its words"),
    Why.SURNAME: N_("begins with a surname"),
    Why.BESIDE_TITLE: N_("stands beside the title"),
}


@dataclass(frozen=True)
class Found:
    """One part: its value, where it stands in the text (from, behind), and why it was taken for this."""

    part: Part
    value: str
    start: int
    end: int
    why: Why


@dataclass(frozen=True)
class Card:
    """One person's text and what was found in it, likeliest first within each part; ``rest`` was not understood."""

    text: str
    found: tuple[Found, ...] = ()
    rest: tuple[str, ...] = ()

    def all(self, part: Part) -> list[str]:
        """Return every value of a part, likeliest first, each once."""
        return list(dict.fromkeys(one.value for one in self.found if one.part is part))

    def first(self, part: Part) -> str:
        """Return the likeliest value of a part; empty where there is none."""
        return next(iter(self.all(part)), "")

    @property
    def says_who(self) -> bool:
        """Whether it names somebody together with a way to reach or to place them."""
        named = self.first(Part.NAME) or self.first(Part.ENTERPRISE)
        placed = any(self.first(part) for part in (Part.PHONE, Part.EMAIL, Part.ENTERPRISE, Part.WECHAT, Part.TITLE))
        return bool(named and placed)


_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_WEB = re.compile(r"https?://[^\s，。；]+|(?<![@\w.])www\.[^\s，。；,;]+", re.I)
_BARE_WEB = re.compile(
    r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.(?:com|cn|net|org|io|hk|de|jp|eu)(?:/[^\s，。；]*)?", re.I
)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_EXTENSION = r"(?:\s*(?:转|分机|ext\.?|x|-)\s*\d{1,6}(?!\d))?"
_PHONES = re.compile(
    r"(?<![\dA-Za-z.])(?:"
    r"(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)"
    rf"|(?:(?:\+|00)86[ -]?)?\(?0?\d{{2,3}}\)?[ -]{{0,3}}\d{{3,4}}[ -]?\d{{4}}(?!\d){_EXTENSION}"
    r"|[48]00[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"
    rf"|\+(?!86)\d[\d ().\-]{{6,18}}\d(?!\d){_EXTENSION}"
    r")",
    re.I,
)


class _Reading:
    """One text under way: what is taken already is not looked at again."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Of the same length, so that places stay what they are.
        self.folded = phones.one_to_one(text)
        self.found: list[Found] = []
        self._free = [True] * len(text)

    def take(self, part: Part, start: int, end: int, why: Why, value: str = "") -> None:
        """Note a part and let nothing else be found there."""
        self.found.append(Found(part, value or self.folded[start:end].strip(), start, end, why))
        self.drop(start, end)

    def drop(self, start: int, end: int) -> None:
        """Let nothing be found there."""
        self._free[start:end] = [False] * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Say whether nothing was taken there yet."""
        return all(self._free[start:end])

    def left(self) -> str:
        """Return the text with everything that is taken blanked out, of the same length."""
        pairs = zip(self.folded, self._free, strict=True)
        return "".join(letter if free or letter == "\n" else "\x00" for letter, free in pairs)


def read(text: str) -> Card:
    """Return what a card's text says."""
    text = text[:LONGEST]
    reading = _Reading(text)
    for code in _CODE.finditer(reading.folded):
        if uscc.looks_like(code[0]):
            reading.take(Part.USCC, code.start(), code.end(), Why.SHAPE)
    for pattern, part in ((_EMAIL, Part.EMAIL), (_WEB, Part.WEB)):
        for one in pattern.finditer(reading.folded):
            if reading.free(one.start(), one.end()):
                reading.take(part, one.start(), one.end(), Why.SHAPE)
    _take_marked(reading)
    _take_phones(reading, 0, len(text), Part.PHONE, Why.SHAPE)
    rest = _take_pieces(reading)
    return Card(text, tuple(sorted(reading.found, key=lambda one: _rank(one, reading.found))), rest)


def _take_phones(reading: _Reading, start: int, end: int, part: Part, why: Why) -> bool:
    took = False
    for one in _PHONES.finditer(reading.folded, start, end):
        if reading.free(one.start(), one.end()) and (part is Part.FAX or phones.looks_like(one[0])):
            reading.take(part, one.start(), one.end(), why)
            took = True
    return took


def _take_marked(reading: _Reading) -> None:
    """Take what stands behind a mark (手机, Tel, 地址), up to the next mark of its line."""
    begin = 0
    for line in reading.folded.split("\n"):
        marks = card_words.marks(line)
        for place, (mark, start, part) in enumerate(marks):
            end = marks[place + 1][0] if place + 1 < len(marks) else len(line)
            _take_behind(reading, begin + mark, begin + start, begin + end, part)
        begin += len(line) + 1


def _take_behind(reading: _Reading, mark: int, start: int, end: int, part: str) -> None:
    word, value = reading.folded[mark:start], reading.folded[start:end]
    # A letter alone is a mark only before a colon or a number: “A座”, “E区” are part of an address.
    lone = len(word.strip(" .:")) == 1 and ":" not in word
    if part in ("phone", "fax"):
        if _take_phones(reading, start, end, Part(part), Why.MARKED):
            reading.drop(mark, start)
        elif part == "phone" and reading.free(start, end) and re.fullmatch(r"[A-Za-z][\w\-]{5,19}", value.strip()):
            reading.take(Part.WECHAT, start, end, Why.MARKED)
            reading.drop(mark, start)
        return
    if lone:
        return
    if part in ("email", "web"):
        bare = _BARE_WEB.search(reading.folded, start, end)
        if part == "web" and bare and reading.free(bare.start(), bare.end()):
            reading.take(Part.WEB, bare.start(), bare.end(), Why.MARKED)
        reading.drop(mark, start)
        return
    if part == "other":
        reading.drop(mark, end)
        return
    stop = end if part == "address" else start + len(re.split(r"[,，;；|]|\s{2,}", value, maxsplit=1)[0])
    taken = value[: stop - start].strip(" ,，;；|")
    if taken and reading.free(start, stop):
        said = card_pieces.close_up(taken) if part in ("name", "title") else taken
        reading.take(Part(part), start, stop, Why.MARKED, said)
        reading.drop(mark, start)


def _take_pieces(reading: _Reading) -> tuple[str, ...]:
    """Take what no mark and no shape gave away: organisations and addresses first, then titles and names."""
    waiting = list(card_pieces.pieces_of(reading.left()))
    for take in (_enterprise, _address, _title, _name):
        left: list[Piece] = []
        for piece in waiting:
            left += take(reading, piece)
        waiting = left
    return tuple(text for piece in waiting if len(text := card_pieces.bare(piece.text)) > 1)


def _parted(reading: _Reading, piece: Piece, start: int, end: int, part: Part, why: Why) -> Iterator[Piece]:
    """Take a part out of a piece and yield what stands before and behind it."""
    taken = piece.cut(start, end)
    # The full stop of “Co., Ltd.” belongs to it.
    value = taken.text.strip() if piece.foreign else card_pieces.bare(taken.text)
    reading.take(part, taken.places[0], taken.places[-1] + 1, why, value)
    for rest in (piece.cut(0, start), piece.cut(end, len(piece.text))):
        if card_pieces.bare(rest.text):
            yield rest


def _enterprise(reading: _Reading, piece: Piece) -> Iterator[Piece]:
    if piece.foreign:
        if card_words.FOREIGN_ENTERPRISE.search(piece.text) and not re.search(r"\d{3}", piece.text):
            yield from _parted(reading, piece, 0, len(piece.text), Part.ENTERPRISE, Why.WORD)
        else:
            yield piece
        return
    found = card_words.ENTERPRISE.search(piece.text)
    if found is None or card_words.ADDRESS.search(piece.text[: found.end()]):
        yield piece
        return
    end = found.end()
    while more := card_words.MORE_OF_IT.match(piece.text, end):
        end = more.end()
    for rest in _parted(reading, piece, found.start(), end, Part.ENTERPRISE, Why.WORD):
        yield from _enterprise(reading, rest)


def _address(reading: _Reading, piece: Piece) -> Iterator[Piece]:
    pattern = card_words.FOREIGN_ADDRESS if piece.foreign else card_words.ADDRESS
    if pattern.search(piece.text):
        mark = card_words.LETTER_OF_ADDRESS.match(piece.text)
        yield from _parted(reading, piece, mark.end() if mark else 0, len(piece.text), Part.ADDRESS, Why.WORD)
    else:
        yield piece


def _title(reading: _Reading, piece: Piece) -> Iterator[Piece]:
    """Take a title, also one that a name stands at: 总经理张伟, 张伟 销售总监; 张总 is a name."""
    text = piece.text
    if piece.foreign:
        if card_words.FOREIGN_TITLE.search(text) and not re.search(r"\d", text):
            yield from _parted(reading, piece, 0, len(text), Part.TITLE, Why.WORD)
        else:
            yield piece
        return
    family = card_words.surname_length(text)
    called = card_words.ADDRESS_FORM.match(text, family) if family else None
    if called and not card_words.TITLE.match(text):
        yield from _parted(reading, piece, 0, called.end(), Part.NAME, Why.SURNAME)
        return
    found = card_words.TITLE.search(text)
    whole = card_words.LOOSE_TITLE.fullmatch(text)
    if found is None:
        yield piece
    elif whole and not _named_before(text, found.start()) and found.end() == len(text):
        yield from _parted(reading, piece, 0, len(text), Part.TITLE, Why.WORD)
    else:
        for rest in _parted(reading, piece, found.start(), found.end(), Part.TITLE, Why.WORD):
            if _is_name(card_pieces.bare(rest.text)):
                list(_parted(reading, rest, 0, len(rest.text), Part.NAME, Why.BESIDE_TITLE))
            else:
                yield rest


def _named_before(text: str, title: int) -> bool:
    return _is_name(card_pieces.bare(text[:title]))


def _is_name(text: str) -> bool:
    # What marks a made-up person stays with the name.
    text = text.removesuffix("(示例)")
    family = card_words.surname_length(text)
    rest = len(text) - family
    return bool(family) and 1 <= rest <= 2 and card_pieces.is_chinese(text) and not card_words.no_name(text)


def _name(reading: _Reading, piece: Piece) -> Iterator[Piece]:
    if _BARE_WEB.fullmatch(piece.text):
        yield from _parted(reading, piece, 0, len(piece.text), Part.WEB, Why.SHAPE)
        return
    text = card_pieces.bare(piece.text)
    spoken = card_words.SPOKEN_OF.search(text)
    if spoken and not _is_name(text) and _is_name(spoken["name"]):
        text = spoken["name"]
    sure = any(one.part is Part.NAME and one.why is not Why.SURNAME for one in reading.found)
    start = piece.text.rfind(text)
    if not sure and (_is_name(text) or (piece.foreign and card_words.FOREIGN_NAME.fullmatch(text))):
        why = Why.SHAPE if piece.foreign else Why.SURNAME
        yield from _parted(reading, piece, start, start + len(text), Part.NAME, why)
    else:
        yield piece


_ORDER = (Why.MARKED, Why.BESIDE_TITLE, Why.SURNAME, Why.WORD, Why.SHAPE)


def _rank(one: Found, found: list[Found]) -> tuple[int, ...]:
    """Order the values of a part: what is marked first, Chinese before foreign, mobiles first, names by their title."""
    mobile = one.part is Part.PHONE and not re.fullmatch(r"(?:\+?86)?1[3-9]\d{9}", phones.fragment(one.value))
    foreign = one.part in (Part.NAME, Part.TITLE, Part.ENTERPRISE, Part.ADDRESS) and one.value.isascii()
    far = 0
    if one.part is Part.NAME:
        titles = [abs(one.start - other.start) for other in found if other.part is Part.TITLE]
        far = min(titles, default=0)
    return (list(Part).index(one.part), int(mobile), int(foreign), _ORDER.index(one.why), far, one.start)
