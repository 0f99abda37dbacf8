"""What a file is by its first bytes; its name only tells apart what looks alike (the zips of an office, texts)."""

from __future__ import annotations

import re
from pathlib import PurePath

HEAD = 4096
"""How many bytes from the start are wanted."""

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp")
"""What the reader child decodes."""
PDF = "application/pdf"
OTHER = "application/octet-stream"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", PDF),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    "image/heic": (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"),
    "image/avif": (b"avif", b"avis"),
    "audio/mp4": (b"M4A ", b"M4B "),
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPS = {
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_COMPOUNDS = {
    ".doc": "application/msword",
    ".wps": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".dps": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_TEXTS = {".csv": "text/csv", ".vcf": "text/vcard", ".ics": "text/calendar", ".md": "text/markdown"}
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?(svg|html)\b", re.I | re.S)


def media_type(head: bytes, name: str) -> str:
    """Return the media type of a file that begins with ``head``."""
    suffix = PurePath(name).suffix.lower()
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], OTHER)
    if head[4:8] == b"ftyp":
        return next((kind for kind, brands in _BRANDS.items() if head[8:12] in brands), "video/mp4")
    if head.startswith(b"PK\x03\x04"):
        return _ZIPS.get(suffix, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _COMPOUNDS.get(suffix, OTHER)
    return _text_type(head, suffix)


def _text_type(head: bytes, suffix: str) -> str:
    found = _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf"))
    if found:
        return "image/svg+xml" if found.group(1).lower() == b"svg" else "text/html"
    if head and not any(byte < 9 or 13 < byte < 32 for byte in head):
        return _TEXTS.get(suffix, "text/plain")
    return OTHER
