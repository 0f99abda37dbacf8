"""A picture as a paper prints it: decoded by the reader child, its bare pixels encoded anew here.

So a paper holds no byte of the file it came from: neither what would harm a reader of the PDF, nor where it was taken.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from crm_app.files import previews

_QUALITY = 82


@dataclass(frozen=True)
class Print:
    """A JPEG in full colour and its pixels across and down."""

    jpeg: bytes
    width: int
    height: int


def printable(content: bytes, name: str, longest: int) -> Print:
    """Return a picture with its long side no more than ``longest`` pixels; raise BadInput for what cannot be shown."""
    shown = previews.show(content, name, longest)
    size = (shown.width, shown.height)
    picture = Image.frombytes("RGBA" if shown.clear else "RGB", size, shown.pixels)
    if shown.clear:
        # What is transparent is paper.
        sheet = Image.new("RGB", size, "white")
        sheet.paste(picture, mask=picture.getchannel("A"))
        picture = sheet
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Print(out.getvalue(), *size)
