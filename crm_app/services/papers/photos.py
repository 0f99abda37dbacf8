"""The photos of a visit on its papers: the pictures attached to it, small enough to be kept within the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from crm_app.briefs.content import Photo
from crm_app.db.book import Book
from crm_app.domain import days
from crm_app.domain.attachments import Attachment
from crm_app.errors import BadInput, Refused
from crm_app.files import prints
from crm_app.i18n import _
from crm_app.services import attachments

MOST_OF_VISIT = 4
MOST_OF_TRIP = 12
OF_EACH = 2
"""How many of each visit a trip report shows."""
_LONGEST = 720
"""Pixels: 240 dpi at half the width of the text block, some 80 KB."""
_BY_CAMERA = re.compile(
    r"(?:img|image|dsc[fn]?|pxl|mvimg|photo|picture|win|p|scan|screenshot|mmexport|wx_camera|微信图片|微信截图|qq图片|qq截图"
    r"|屏幕截图|截图|截屏|图片|照片|拍照|粘贴)?[\s\d_.:()（）-]*(?:副本)?",
    re.IGNORECASE,
)
"""File names nobody thought of; they are no captions."""


@dataclass(frozen=True)
class Taken:
    """The photos taken up, and a sentence for each that cannot be printed, with its visit."""

    photos: tuple[Photo, ...]
    gaps: tuple[tuple[str, tuple[UUID, ...]], ...] = ()


def of_visit(book: Book, visit_id: UUID, enterprise: str) -> Taken:
    """Return the first photos of a visit."""
    return _taken(book, [(one, enterprise) for one in _pictures(book, visit_id)[:MOST_OF_VISIT]])


def of_trip(book: Book, visits: Iterable[tuple[UUID, str]]) -> Taken:
    """Return some photos of each of the visits (id, enterprise), in their order."""
    found = [(one, name) for visit_id, name in visits for one in _pictures(book, visit_id)[:OF_EACH]]
    return _taken(book, found[:MOST_OF_TRIP])


def _pictures(book: Book, visit_id: UUID) -> list[Attachment]:
    """Return the pictures kept with a visit, in the order they were attached."""
    held = attachments.list_attachments(book, visit_id=visit_id)
    return sorted((one.attachment for one in held if one.is_picture), key=lambda one: one.id)


def _taken(book: Book, found: list[tuple[Attachment, str]]) -> Taken:
    photos: list[Photo] = []
    gaps: list[tuple[str, tuple[UUID, ...]]] = []
    for one, enterprise in found:
        visit = (one.visit_id,) if one.visit_id else ()
        try:
            made = prints.printable(attachments.content(book, one), one.name, _LONGEST)
        except (BadInput, Refused) as error:
            gaps.append((str(error), visit))
            continue
        words = _("Photo {n}: {caption}").format(n=len(photos) + 1, caption=caption(one, enterprise))
        photos.append(Photo(made.jpeg, made.width, made.height, words, visit))
    return Taken(tuple(photos), tuple(gaps))


def caption(one: Attachment, enterprise: str) -> str:
    """Return what stands under a photo: the name somebody gave it, else whom it shows; and the day."""
    stem = PurePath(one.name).stem.strip()
    words = _("at {enterprise}").format(enterprise=enterprise) if _BY_CAMERA.fullmatch(stem) else stem
    return _("{caption} ({day})").format(caption=words, day=days.show_date(one.on)) if one.on else words
