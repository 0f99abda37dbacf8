"""The reader child's part for pictures and the pages of a PDF: decoded, shrunk or stripped, bytes in and bytes out.

Nothing is decoded before its kind, its pixels and its size have been looked at; nothing is written to a file.
"""

from __future__ import annotations

import io
from typing import IO, Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from crm_app.files import sniffing, stripping
from crm_app.files.frames import read_frame, read_raw, write_frame, write_raw
from crm_app.files.unreadable import Unreadable

_FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
}
_MOST_PIXELS = 80_000_000
"""What one decodes in full: 320 MB with transparency."""
_MOST_PIXELS_REDUCED = 260_000_000
"""Of a JPEG an eighth of each side can be decoded alone: telephones make pictures of 200 megapixels."""
_JPEG = {"quality": 85, "optimize": True, "progressive": True}
_LONGEST_PAGE = 20_000
"""Points; a page of a PDF has 14,400 at most (ISO 32000-1, annex C)."""

_DAMAGES = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
"""What Pillow's plugins raise for what they find in a damaged file."""

# The limits above are stricter, and said in words.
Image.MAX_IMAGE_PIXELS = None


def answer(request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Do what the request says with the bytes behind it; raise Unreadable."""
    content = read_raw(stream, read_frame(stream))
    if not content:
        raise Unreadable("empty")
    kind = sniffing.media_type(content[: sniffing.HEAD], "")
    longest = int(request["longest"])
    try:
        if request["do"] == "show":
            picture, pages = _shown(content, kind, longest, int(request["page"]))
            _answer_pixels(picture, pages, answers)
        elif request["do"] == "strip":
            write_raw(answers, _stripped(content, kind))
        else:
            write_raw(answers, _shrunk(content, kind, longest))
    except _DAMAGES as error:
        raise Unreadable("damaged") from error


def upright(content: bytes, longest: int) -> Image.Image:
    """Return a picture in full colour, upright, its long side no more than ``longest``; raise Unreadable."""
    if not content:
        raise Unreadable("empty")
    try:
        return _decoded(content, sniffing.media_type(content[: sniffing.HEAD], ""), longest).convert("RGB")
    except _DAMAGES as error:
        raise Unreadable("damaged") from error


def _answer_pixels(picture: Image.Image, pages: int, answers: IO[bytes]) -> None:
    whole = picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGBA" if _is_clear(picture) else "RGB")
    write_frame(answers, {"width": whole.width, "height": whole.height, "mode": whole.mode, "pages": pages})
    write_raw(answers, whole.tobytes())


def _is_clear(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info


def _opened(content: bytes, kind: str) -> Image.Image:
    if kind not in _FORMATS:
        raise Unreadable("no_picture")
    return Image.open(io.BytesIO(content), formats=_FORMATS[kind])


def _decoded(content: bytes, kind: str, longest: int) -> Image.Image:
    """Return the first picture of a file, upright, its long side no more than ``longest``."""
    image = _opened(content, kind)
    if kind == "image/jpeg":
        image.draft("RGB", (longest, longest))
        most = _MOST_PIXELS_REDUCED
    else:
        most = _MOST_PIXELS
    if _pixels_of(content, kind) > most or image.width * image.height > _MOST_PIXELS:
        raise Unreadable("too_many_pixels")
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if turned.mode not in ("RGB", "RGBA"):
        turned = turned.convert("RGBA" if _is_clear(turned) else "RGB")
    turned.thumbnail((longest, longest))
    turned.info["icc_profile"] = profile
    return turned


def _pixels_of(content: bytes, kind: str) -> int:
    with _opened(content, kind) as image:
        return image.width * image.height


def _shown(content: bytes, kind: str, longest: int, page: int) -> tuple[Image.Image, int]:
    if kind == sniffing.PDF:
        return _page(content, longest, page)
    return _decoded(content, kind, longest), 1


def _page(content: bytes, longest: int, page: int) -> tuple[Image.Image, int]:
    try:
        document = pdfium.PdfDocument(content)
        pages = len(document)
        if not 0 <= page < pages:
            raise Unreadable("damaged")
        sheet = document[page]
        long_side = max(sheet.get_size())
        if not 0 < long_side <= _LONGEST_PAGE:
            raise Unreadable("too_many_pixels")
        return sheet.render(scale=longest / long_side, may_draw_forms=False).to_pil().convert("RGB"), pages
    except pdfium.PdfiumError as error:
        raise Unreadable("password" if "password" in str(error).lower() else "damaged") from error


def _stripped(content: bytes, kind: str) -> bytes:
    if kind not in _FORMATS:
        raise Unreadable("cannot_strip")
    with _opened(content, kind) as image:
        orientation: Any = image.getexif().get(stripping.ORIENTATION)
    return stripping.strip(content, kind, orientation if orientation in range(1, 9) else 1)


def _shrunk(content: bytes, kind: str, longest: int) -> bytes:
    """Return a picture as a JPEG, or as a PNG where it is transparent, without what it told beside its pixels."""
    image = _decoded(content, kind, longest)
    out = io.BytesIO()
    profile = image.info["icc_profile"]
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        image.save(out, "PNG", optimize=True, icc_profile=profile)
    else:
        image.convert("RGB").save(out, "JPEG", icc_profile=profile, **_JPEG)
    return out.getvalue()
