"""Asks the reader child for what a picture or the page of a PDF looks like, or for a picture made smaller or silent.

Nothing is decoded in this process: what comes back is plain pixels, checked, or bytes.
"""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import Any

from crm_app.errors import BadInput
from crm_app.files import asking
from crm_app.i18n import N_, _

SECONDS = 30.0
MEMORY = 1280 * 1024 * 1024
_MOST_ANSWERS = 3
MOST_LONGEST = 4096
"""The longest side anybody may ask for."""

_SENTENCES = {
    "empty": N_("“{name}” is empty."),
    "no_picture": N_("“{name}” is no picture this program can show. Save a copy and open it in another program."),
    "cannot_strip": N_(
        "Where and when it was taken cannot be taken out of “{name}”. Save it as it is, or attach it as a JPEG."
    ),
    "too_many_pixels": N_("“{name}” is too large a picture to be shown. Save a copy and open it in another program."),
    "too_big": N_("“{name}” is too large a picture to be shown. Save a copy and open it in another program."),
    "too_long": N_("Showing “{name}” took too long and was stopped. Save a copy and open it in another program."),
    "password": N_("“{name}” has a password of its own. Save a copy and open it in another program."),
    "damaged": N_("“{name}” is damaged, so it cannot be shown. Ask for it again, and attach it anew."),
    "died": N_(
        "“{name}” cannot be shown: it is damaged, or made to do harm. Do not open it elsewhere unless you trust it."
    ),
}


@dataclass(frozen=True)
class Picture:
    """Plain pixels, row by row without gaps: three bytes each (RGB), or four (RGBA)."""

    width: int
    height: int
    clear: bool
    pixels: bytes
    pages: int = 1


def show(content: bytes, name: str, longest: int, page: int = 0) -> Picture:
    """Return a picture, or a page of a PDF (from 0), with its long side no more than ``longest`` pixels.

    Raise BadInput with a sentence for whatever is wrong with it.
    """
    asked = {"do": "show", "longest": min(longest, MOST_LONGEST), "page": page}
    match _ask(asked, content, name):
        case [
            {"width": int(width), "height": int(height), "mode": "RGB" | "RGBA" as mode, "pages": int(pages)},
            bytes(p),
        ]:
            if 0 < width <= longest and 0 < height <= longest and len(p) == width * height * len(mode) and pages > 0:
                return Picture(width, height, mode == "RGBA", p, pages)
    raise _trouble("died", name)


def strip(content: bytes, name: str) -> bytes:
    """Return a picture without place, time and camera; raise BadInput."""
    return _bytes({"do": "strip", "longest": 0}, content, name)


def shrink(content: bytes, name: str, longest: int) -> bytes:
    """Return a picture with its long side no more than ``longest``, as a JPEG or PNG; raise BadInput."""
    return _bytes({"do": "shrink", "longest": longest}, content, name)


def _bytes(request: dict[str, Any], content: bytes, name: str) -> bytes:
    match _ask(request, content, name):
        case [bytes(answer)]:
            return answer
    raise _trouble("died", name)


def _ask(request: dict[str, Any], content: bytes, name: str) -> list[Any]:
    try:
        with contextlib.closing(asking.ask(request, content, seconds=SECONDS, memory=MEMORY)) as answers:
            # No more than it may say, however long it goes on.
            return list(itertools.islice(answers, _MOST_ANSWERS))
    except asking.Trouble as trouble:
        raise _trouble(str(trouble), name) from trouble


def _trouble(code: str, name: str) -> BadInput:
    return BadInput(_(_SENTENCES.get(code, _SENTENCES["died"])).format(name=name))
