"""The faces papers are set in: registered once, on first use, and always embedded.

A character its face lacks is taken from another of ours; one that none has is reported by ``missing_glyphs`` and set as
its code, ``〔U+1F600〕``, never as an empty box.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache

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

_FIVE_DIGITS = re.compile(r"<([0-9A-F]{5,6})>")

_registering = threading.Lock()


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
        font = _Face(name, str(paths.resources() / "fonts" / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        return font


def font_name(role: Role) -> str:
    """Return the name reportlab knows the face of ``role`` by, registering it if this is its first use."""
    face(_FILES[role])
    return _FILES[role]


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


_own: dict[str, set[str]] = {name: set() for name in _FILES.values()}
"""The characters found so far in a face: nearly every text is of one face alone."""
_printed: set[str] = set()
"""The characters found so far in any face."""
_WORD = re.compile(r"[0-9A-Za-z\u00aa-\u052f\u1e00-\u1fff\u0300-\u036f'’-]+|.", re.DOTALL)


def _has(name: str, character: str) -> bool:
    return ord(character) in face(name).face.charToGlyph


@cache
def _serving(word: str, role: Role) -> str | None:
    """Return the face that has all of a word, or a character, the role's own first; None where there is none."""
    return next((name for name in (_FILES[role], *_SPARE) if all(_has(name, c) for c in word)), None)


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
    own = _FILES[role]
    known = _own[own]
    new = set(text) - known
    if new:
        known |= {character for character in new if _has(own, character)}
    if not new - known:
        return [(font_name(role), text)]
    cut: list[tuple[str, str]] = []
    for word in _WORD.findall(text):
        whole = _serving(word, role)
        for part in [word] if whole else word:
            name = whole or _serving(part, role) or own
            if cut and cut[-1][0] == name:
                cut[-1] = (name, cut[-1][1] + part)
            else:
                cut.append((name, part))
    return cut


def missing_glyphs(text: Iterable[str]) -> set[str]:
    """Return the characters of ``text`` that no face has; ask before printing and tell the user."""
    new = set("".join(text)) - _printed
    if not new:
        return new
    missing = {c for c in new if not c.isspace() and _serving(c, Role.BODY) is None}
    _printed.update(new - missing)
    return missing
