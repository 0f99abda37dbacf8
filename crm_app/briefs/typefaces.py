"""Font files of the bureau's own: what a file calls itself, and whether papers may and can be set in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError

from crm_app.briefs import fonts
from crm_app.briefs.fonts import OwnFace
from crm_app.briefs.marks import Role
from crm_app.domain.typefaces import Typeface
from crm_app.errors import Refused
from crm_app.i18n import _

_LARGEST = 100 * 1024 * 1024
_RESTRICTED, _NO_SUBSETS, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""Bits of fsType (OpenType, OS/2): no embedding at all, only of the whole font, only of its bitmaps."""
_FAMILY = 1
_CHINESE = 0x0804
_PROOF = "国招商引资项目年月日一二三，。"
"""A face that lacks one of these is none for Chinese text."""

ROLES: Mapping[Typeface, tuple[Role, ...]] = {
    # A face of one weight serves what is bold as well: its letters are struck thicker.
    Typeface.BODY: (Role.BODY, Role.BOLD),
    Typeface.TITLE: (Role.TITLE,),
    Typeface.HEAD: (Role.HEAD,),
    Typeface.KAI: (Role.KAI,),
}


@dataclass(frozen=True, slots=True)
class _Tables:
    """A font's bytes and where its tables are."""

    data: bytes
    places: Mapping[str, int]

    def read(self, tag: str, form: str, offset: int = 0) -> tuple[int, ...]:
        return struct.unpack_from(form, self.data, self.places[tag] + offset)


def read(path: Path) -> OwnFace:
    """Return the face in a .ttf, .otf or .ttc (its first one) of the bureau's.

    Raise Refused where it is not there, is no font for Chinese text, has outlines that a PDF of ours does not take, or
    does not allow to be embedded.
    """
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise Refused(
            _("The font file {path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


@lru_cache(maxsize=16)
def _read(path: Path, stamp: int, size: int) -> OwnFace:
    if size > _LARGEST:
        raise _damaged(path)
    data = path.read_bytes()
    try:
        tables = _tables(data)
        _may_be_embedded(path, tables)
        family = _family(tables) or path.stem
        face = OwnFace(path, stamp, family)
        lacks = [character for character in _PROOF if not fonts.has(face, character)]
    except (struct.error, TTFError, LookupError, ValueError, ArithmeticError, AssertionError) as error:
        raise _damaged(path) from error
    if lacks:
        raise Refused(_("“{name}” has no Chinese characters; choose another font.").format(name=family))
    return face


def _damaged(path: Path) -> Refused:
    return Refused(_("{name} is no font file, or is damaged; choose another one.").format(name=path.name))


def _tables(data: bytes) -> _Tables:
    start = struct.unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", data, start + 4)[0]
    entries = (struct.unpack_from(">4sLLL", data, start + 12 + 16 * number) for number in range(count))
    return _Tables(data, {tag.decode("latin-1"): offset for tag, _sum, offset, _length in entries})


def _may_be_embedded(path: Path, tables: _Tables) -> None:
    if "glyf" not in tables.places:
        if "CFF " not in tables.places and "CFF2" not in tables.places:
            raise _damaged(path)
        raise Refused(
            _("{name} has PostScript outlines, which papers do not take; choose a font with TrueType outlines.").format(
                name=path.name
            )
        )
    allowed = tables.read("OS/2", ">H", 8)[0] if "OS/2" in tables.places else 0
    if allowed & 0x000F == _RESTRICTED or allowed & (_NO_SUBSETS | _BITMAPS_ONLY):
        raise Refused(_("{name} does not allow to be embedded in a paper; choose another font.").format(name=path.name))


def _family(tables: _Tables) -> str:
    """Return what Word calls the font: its Chinese name where it has one."""
    _form, count, strings = tables.read("name", ">HHH")
    found: dict[bool, str] = {}
    for number in range(count):
        platform, _encoding, language, name, length, offset = tables.read("name", ">HHHHHH", 6 + 12 * number)
        if platform == 3 and name == _FAMILY:
            at = tables.places["name"] + strings + offset
            found.setdefault(language == _CHINESE, tables.data[at : at + length].decode("utf-16-be"))
    return found.get(True) or found.get(False, "")
