"""The faces papers are set in: registered once, on first use, and always embedded.

A character its face lacks is taken from another of ours; one that none has is reported by ``missing_glyphs`` and set as
its code, ``〔U+1F600〕``, never as an empty box. A bureau's own faces (typefaces.py) go before ours while ``set_in``.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from crm_app import paths
from crm_app.briefs.marks import Role

_FILES = {
    Role.BODY: "NotoSerifSC-Regular",
    Role.BOLD: "NotoSerifSC-Bold",
    Role.TITLE: "NotoSerifSC-Bold",
    Role.HEAD: "NotoSansSC-Bold",
    Role.KAI: "OutreachKai-Regular",
    Role.LABEL: "NotoSansSC-Regular",
}
_SPARE = (
    "NotoSerifSC-Regular",
    "NotoSerif-Regular",
    "NotoSerifThai-Regular",
    "NotoSerifLao-Regular",
    "NotoSansSC-Regular",
)
"""Where else a character is looked for: rare Chinese, letters of Europe and Central Asia, of Thailand, of Laos."""

_LATIN = "NotoSerif-Regular"
_QUOTES = frozenset("“”‘’")
"""Chinese faces have them as wide as a character."""

_FIVE_DIGITS = re.compile(r"<([0-9A-F]{5,6})>")

_registering = threading.Lock()


@dataclass(frozen=True, slots=True)
class OwnFace:
    """A font file of the bureau's as it stood at ``stamp``; ``family`` is what Word calls it."""

    path: Path
    stamp: int
    family: str


_OwnFaces = Mapping[Role, OwnFace]
_own_faces: ContextVar[_OwnFaces] = ContextVar("own faces", default=MappingProxyType({}))


_of_english: ContextVar[bool] = ContextVar("of English", default=False)


def in_english() -> bool:
    """Tell whether what is set meanwhile is a paper in English."""
    return _of_english.get()


@contextmanager
def set_for(language: str) -> Iterator[None]:
    """Set quotation marks meanwhile, in this thread, as the language has them: of a whole character's width, or not."""
    before = _of_english.set(language != "zh_CN")
    try:
        yield
    finally:
        _of_english.reset(before)


@contextmanager
def set_in(own: _OwnFaces) -> Iterator[None]:
    """Set what is set meanwhile, in this thread, in the bureau's own faces where it has one for a role."""
    before = _own_faces.set(own)
    try:
        yield
    finally:
        _own_faces.reset(before)


def own_family(role: Role) -> str:
    """Return the name of the bureau's own face for a role; empty where ours serves it."""
    own = _own_faces.get().get(role)
    return own.family if own else ""


def is_struck() -> bool:
    """Whether what is bold is struck thicker: the bureau's face for texts has one weight."""
    return Role.BOLD in _own_faces.get()


def has(own: OwnFace, character: str) -> bool:
    """Tell whether a face of the bureau's has a character; raise reportlab's TTFError for one it does not take."""
    return _has(_name(own), character)


def _name(own: OwnFace) -> str:
    return f"{own.path}?{own.stamp}"


def _serves(role: Role) -> str:
    own = _own_faces.get().get(role)
    return _name(own) if own else _FILES[role]


class _Face(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A face whose rare characters can be searched and copied.

    reportlab writes a code above U+FFFF into the ToUnicode map as it is; readers want it in UTF-16, and take 𬭎 for Ⲵ.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 -- reportlab's name
        """Add the face's subsets to a document, their maps to Unicode put right."""
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                thing.content = _FIVE_DIGITS.sub(_in_utf16, thing.content)


def _in_utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def face(name: str) -> TTFont:
    """Return a face by its name, registering it with reportlab if this is its first use."""
    with _registering:
        path, own, _stamp = name.rpartition("?")
        font = _Face(name, path if own else str(paths.resources() / "fonts" / f"{name}.ttf"))
        if own:
            # A document has one font of a name: it may be a copy of one of ours, or of another of the bureau's.
            font.face.subfontNameX += b"-%08x" % zlib.crc32(name.encode())
        pdfmetrics.registerFont(font)
        return font


def font_name(role: Role) -> str:
    """Return the name reportlab knows the face of ``role`` by, registering it if this is its first use."""
    name = _serves(role)
    face(name)
    return name


class _Widths(dict[str, float]):
    """The widths of a face's characters in ems, worked out as they are asked for; nought for what it lacks."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, character: str) -> float:
        glyphs = face(self._name).face
        known = ord(character) in glyphs.charToGlyph
        width = float(glyphs.charWidths.get(ord(character), glyphs.defaultWidth)) / 1000 if known else 0.0
        self[character] = width
        return width


@cache
def _widths(name: str) -> _Widths:
    return _Widths(name)


_known: dict[str, set[str]] = {}
"""The characters found so far in a face: nearly every text is of one face alone."""
_printed: dict[str, set[str]] = {}
"""The characters found so far in any face, by the face for texts."""
_WORD = re.compile(r"[0-9A-Za-z\u00aa-\u052f\u1e00-\u1fff\u0300-\u036f'’-]+|.", re.DOTALL)


def _has(name: str, character: str) -> bool:
    return ord(character) in face(name).face.charToGlyph


@cache
def _serving(word: str, first: str) -> str | None:
    """Return the face that has all of a word, or a character, ``first`` where it can; None where there is none."""
    return next((name for name in (first, *_SPARE) if all(_has(name, c) for c in word)), None)


def advances(text: str, role: Role, size: float) -> list[float]:
    """Return how far each character of ``text`` moves the pen at ``size`` points."""
    return [_widths(name)[c] * size for name, piece in segments(text, role) for c in piece]


def text_width(text: str, role: Role, size: float) -> float:
    """Return the width of ``text`` in points."""
    return sum(sum(map(_widths(name).__getitem__, piece)) for name, piece in segments(text, role)) * size


def segments(text: str, role: Role) -> list[tuple[str, str]]:
    """Return ``text`` cut into (font name, piece), each piece wholly in one face.

    A word of which the role's face lacks a letter is set in another as a whole: Łukasz, not Ł and ukasz.
    """
    own = _serves(role)
    known = _known.setdefault(own, set())
    if not known.issuperset(text):
        known |= {character for character in set(text) - known if _has(own, character)}
    narrow = _QUOTES if _of_english.get() and not _QUOTES.isdisjoint(text) else frozenset[str]()
    if not narrow and known.issuperset(text):
        face(own)
        return [(own, text)]
    cut: list[tuple[str, str]] = []
    for word in _WORD.findall(text):
        whole = _LATIN if word in narrow else _serving(word, own) if narrow.isdisjoint(word) else None
        for part in [word] if whole else word:
            name = whole or (_LATIN if part in narrow else None) or _serving(part, own) or own
            if cut and cut[-1][0] == name:
                cut[-1] = (name, cut[-1][1] + part)
            else:
                cut.append((name, part))
    return cut


def missing_glyphs(text: Iterable[str]) -> set[str]:
    """Return the characters of ``text`` that no face has; ask before printing and tell the user."""
    body = _serves(Role.BODY)
    printed = _printed.setdefault(body, set())
    joined = "".join(text)
    if printed.issuperset(joined):
        return set()
    new = set(joined) - printed
    missing = {c for c in new if not c.isspace() and _serving(c, body) is None}
    printed.update(new - missing)
    return missing
