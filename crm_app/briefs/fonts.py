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
_SPARE = (Role.BODY, Role.LABEL)

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
def _load(name: str) -> TTFont:
    with _registering:
        font = _Face(name, str(paths.resources() / "fonts" / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        return font


def font_name(role: Role) -> str:
    """Return the name reportlab knows the face of ``role`` by, registering it if this is its first use."""
    _load(_FILES[role])
    return _FILES[role]


@cache
def _has(role: Role, character: str) -> bool:
    return ord(character) in _load(_FILES[role]).face.charToGlyph


@cache
def _role_of(character: str, role: Role) -> Role | None:
    """Return the role whose face has ``character``, trying its own first; None where no face has it."""
    return next((r for r in (role, *_SPARE) if _has(r, character)), None)


@cache
def _width(character: str, role: Role) -> float:
    served = _role_of(character, role)
    if served is None:
        return 0.0
    face = _load(_FILES[served]).face
    return float(face.charWidths.get(ord(character), face.defaultWidth)) / 1000


def advance(character: str, role: Role, size: float) -> float:
    """Return how far ``character`` moves the pen at ``size`` points."""
    return _width(character, role) * size


def text_width(text: str, role: Role, size: float) -> float:
    """Return the width of ``text`` in points."""
    return sum(_width(c, role) for c in text) * size


def segments(text: str, role: Role) -> list[tuple[str, str]]:
    """Return ``text`` cut into (font name, piece), each piece wholly in one face."""
    if all(_has(role, character) for character in text):
        return [(font_name(role), text)]
    cut: list[tuple[str, str]] = []
    for character in text:
        name = font_name(_role_of(character, role) or role)
        if cut and cut[-1][0] == name:
            cut[-1] = (name, cut[-1][1] + character)
        else:
            cut.append((name, character))
    return cut


def missing_glyphs(text: Iterable[str]) -> set[str]:
    """Return the characters of ``text`` that no face has; ask before printing and tell the user."""
    return {c for c in set("".join(text)) if not c.isspace() and _role_of(c, Role.BODY) is None}
