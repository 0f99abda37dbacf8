"""The bureau's own font files: kept in the book by their paths, and used where they are on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm_app.briefs import fonts
from crm_app.briefs.typefaces import ROLES, read
from crm_app.db.book import Book
from crm_app.domain.typefaces import TYPEFACE_LABELS, Typeface
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.services.book import change_setting
from crm_app.services.outcome import Outcome
from crm_app.services.papers import asked as common


@dataclass(frozen=True, slots=True)
class Face:
    """What serves one kind of text: the bureau's file and the name of the font in it, or nothing of its own.

    ``trouble`` says why the file is not used.
    """

    kind: Typeface
    path: Path | None = None
    family: str = ""
    trouble: str = ""


def typefaces(book: Book) -> list[Face]:
    """Return what serves each kind of text."""
    with book.read() as reader:
        paths = {kind: common.setting(reader, kind.key) for kind in Typeface}
    return [_face(kind, Path(paths[kind]) if paths[kind] else None) for kind in Typeface]


def _face(kind: Typeface, path: Path | None) -> Face:
    if path is None:
        return Face(kind)
    try:
        return Face(kind, path, read(path).family)
    except Refused as error:
        return Face(kind, path, trouble=str(error))


def typefaces_lacking(book: Book) -> list[str]:
    """Return a sentence for each font of the bureau's that is not used on this computer; papers have ours instead."""
    words = _("{use}: {trouble} The font that comes with the program is used instead.")
    unused = [face for face in typefaces(book) if face.trouble]
    return [words.format(use=_(TYPEFACE_LABELS[face.kind]), trouble=face.trouble) for face in unused]


def change_typeface(book: Book, kind: Typeface, path: Path | None) -> Outcome[None]:
    """Set a kind of text in a font file of the bureau's, None in ours; raise Refused for one that does not serve."""
    if path is not None:
        read(path)
    return change_setting(book, kind.key, str(path) if path else None)


@contextmanager
def set_in_own(book: Book) -> Iterator[None]:
    """Set the papers made meanwhile in the bureau's own fonts, as far as they are at hand."""
    usable = [face for face in typefaces(book) if face.path and not face.trouble]
    with fonts.set_in({role: read(face.path) for face in usable if face.path for role in ROLES[face.kind]}):
        yield
