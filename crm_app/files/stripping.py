"""Takes out of a picture what tells where, when and with what it was taken; its pixels are left as they are.

Works on the containers' own parts (JPEG: ITU T.81 annex B; PNG, third edition; WebP: RFC 9649; GIF89a), so nothing is
compressed anew. Kept is what a picture needs to look right: tables, pixels, colour profile, and how it is turned.
What stands behind a picture's end, a second picture with its own place for one, goes too.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from crm_app.files.unreadable import Unreadable

ORIENTATION = 0x0112
_UPRIGHT = 1


def strip(content: bytes, kind: str, orientation: int) -> bytes:
    """Return a picture without what it tells beside its pixels; ``orientation`` is as Exif says, 1 for upright.

    Raise Unreadable for a kind this cannot be done for, and for a damaged file.
    """
    if kind not in _STRIPPERS:
        raise Unreadable("cannot_strip")
    try:
        return _STRIPPERS[kind](content, orientation)
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("damaged") from error


def _exif(orientation: int) -> bytes:
    """Return an Exif block that says how the picture is turned, and nothing else."""
    return struct.pack(">2sHIHHHIHxxI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0)


def _jpeg(content: bytes, orientation: int) -> bytes:
    parts = [b"\xff\xd8"]
    if orientation != _UPRIGHT:
        block = b"Exif\0\0" + _exif(orientation)
        parts.append(b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block)
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xD9:
            return b"".join([*parts, b"\xff\xd9"])
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a part beyond the end")
        kept = _needed(marker, content[at + 4 : end])
        if kept is not None:
            parts.append(bytes((0xFF, marker)) + struct.pack(">H", len(kept) + 2) + kept)
        at = end
        if marker == 0xDA:
            end = _end_of_scan(content, at)
            parts.append(content[at:end])
            at = end


def _needed(marker: int, body: bytes) -> bytes | None:
    """Return what of a part is needed to show the picture; None for a comment and most of what programs put in."""
    if marker == 0xFE:
        return None
    if not 0xE0 <= marker <= 0xEF:
        return body
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        # Its resolution; a thumbnail, width and height of which stand last, is not needed.
        return body[:12] + b"\0\0"
    if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return body
    return body[:12] if marker == 0xEE and body.startswith(b"Adobe") else None


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next part begins behind compressed pixels; 0xFF there is stuffed or a restart."""
    while True:
        at = content.index(b"\xff", at)
        following = content[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at


_PNG_KEPT = frozenset(
    kind.encode()
    for kind in "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()  # noqa: SIM905
)


def _png(content: bytes, orientation: int) -> bytes:
    parts, at = [content[:8]], 8
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise ValueError("a part beyond the end")
        if kind in _PNG_KEPT:
            parts.append(content[at:end])
        if kind == b"IHDR" and orientation != _UPRIGHT:
            turned = b"eXIf" + _exif(orientation)
            parts.append(struct.pack(">I", len(turned) - 4) + turned + struct.pack(">I", zlib.crc32(turned)))
        if kind == b"IEND":
            return b"".join(parts)
        at = end


def _webp(content: bytes, orientation: int) -> bytes:
    parts = []
    for kind, body in _riff(content):
        if kind == b"VP8X":
            # Bits 2 and 3 announce XMP and Exif.
            body = bytes([body[0] & ~0x0C | (0x08 if orientation != _UPRIGHT else 0)]) + body[1:]
        elif kind == b"EXIF" and orientation != _UPRIGHT:
            body = _exif(orientation)
            parts.append(kind + struct.pack("<I", len(body)) + body)
        if kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            parts.append(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while at < end:
        kind, length = struct.unpack_from("<4sI", content, at)
        if at + 8 + length > len(content):
            raise ValueError("a part beyond the end")
        yield kind, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _gif(content: bytes, orientation: int) -> bytes:
    at = 13 + _colours(content[10])
    parts = [content[:at]]
    while True:
        start, kind = at, content[at]
        if kind == 0x3B:
            return b"".join([*parts, b";"])
        if kind == 0x21:
            at = _end_of_blocks(content, at + 2)
            loops = content[start + 3 : start + 14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0")
            if content[start + 1] == 0xF9 or (content[start + 1] == 0xFF and loops):
                parts.append(content[start:at])
        elif kind == 0x2C:
            at = _end_of_blocks(content, at + 11 + _colours(content[at + 9]))
            parts.append(content[start:at])
        else:
            raise ValueError("no block")


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _as_it_is(content: bytes, orientation: int) -> bytes:
    return content


_STRIPPERS: dict[str, Callable[[bytes, int], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
    # A bitmap has no place for it.
    "image/bmp": _as_it_is,
}
