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
    "NotoSansSC-Regular",
    "NotoSerif-Regular",
    "NotoSerifThai-Regular",
    "NotoSerifLao-Regular",
)
"""Where else a character is looked for: rare Chinese, then letters of Europe, Central Asia, Thailand, Laos."""

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
    """The widths of characters in one role, in ems, worked out as they are asked for."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self._role = role

    def __missing__(self, character: str) -> float:
        name = _serving(character, self._role)
        if name is None:
            width = 0.0
        else:
            glyphs = face(name).face
            width = float(glyphs.charWidths.get(ord(character), glyphs.defaultWidth)) / 1000
        self[character] = width
        return width


_widths = {role: _Widths(role) for role in Role}
_own: dict[Role, set[str]] = {role: set() for role in Role}
"""The characters found so far in a role's own face: nearly every text is of these alone."""
_printed: set[str] = set()
"""The characters found so far in any face."""


def _has(name: str, character: str) -> bool:
    return ord(character) in face(name).face.charToGlyph


@cache
def _serving(character: str, role: Role) -> str | None:
    """Return the face that has ``character``, the role's own first; None where there is none."""
    return next((name for name in (_FILES[role], *_SPARE) if _has(name, character)), None)


def advance(character: str, role: Role, size: float) -> float:
    """Return how far ``character`` moves the pen at ``size`` points."""
    return _widths[role][character] * size


def text_width(text: str, role: Role, size: float) -> float:
    """Return the width of ``text`` in points."""
    return sum(map(_widths[role].__getitem__, text)) * size


def segments(text: str, role: Role) -> list[tuple[str, str]]:
    """Return ``text`` cut into (font name, piece), each piece wholly in one face."""
    known = _own[role]
    new = set(text) - known
    if new:
        known |= {character for character in new if _has(_FILES[role], character)}
    if not new - known:
        return [(font_name(role), text)]
    cut: list[tuple[str, str]] = []
    for character in text:
        name = _serving(character, role) or _FILES[role]
        if cut and cut[-1][0] == name:
            cut[-1] = (name, cut[-1][1] + character)
        else:
            cut.append((name, character))
    return cut


def missing_glyphs(text: Iterable[str]) -> set[str]:
    """Return the characters of ``text`` that no face has; ask before printing and tell the user."""
    new = set("".join(text)) - _printed
    if not new:
        return new
    missing = {c for c in new if not c.isspace() and _serving(c, Role.BODY) is None}
    _printed.update(new - missing)
    return missing
