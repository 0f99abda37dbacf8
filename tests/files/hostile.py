"""Makes files that do harm, or are odd, small enough to be made anew for each test."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

GPS_PLACE = (29.0, 33.0, 7.5)
"""Degrees, minutes and seconds north: what must not leave the book."""
CAMERA = "Example HX-1"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    """Return a small picture, red above and blue below."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0], size[1] // 2), "blue"), (0, size[1] // 2))
    out = io.BytesIO()
    image.save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes: the place, the time, the camera, and how it was held."""
    made = Image.Exif()
    made[0x0110] = CAMERA
    made[0x0112] = orientation
    made[0x0132] = "2023:06:14 09:30:00"
    made[0x8825] = {1: "N", 2: tuple(IFDRational(part) for part in GPS_PLACE), 3: "E", 4: (106.0, 15.0, 30.0)}
    return made


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), orientation: int = 1) -> bytes:
    """Return a picture as a telephone takes it."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(kind, size))).save(out, kind, exif=exif(orientation))
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(side: int) -> bytes:
    """Return a one-colour PNG of ``side`` × ``side`` pixels in a few kilobytes."""
    packer = zlib.compressobj(9)
    line = bytes(1 + side // 8)
    body = b"".join([*(packer.compress(line) for _ in range(side)), packer.flush()])
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def animation() -> bytes:
    """Return a GIF of three pictures with a comment."""
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=CAMERA.encode(), loop=0)
    return out.getvalue()


def workbook(path: Path) -> Path:
    """Write a small sound workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("企业")
        sheet.write_row(0, 0, ["企业名称", "员工数"])
        sheet.write_row(1, 0, ["甲公司", 500])
    return path


def with_part(path: Path, part: str, content: bytes) -> Path:
    """Exchange one part of a workbook."""
    parts = {}
    with zipfile.ZipFile(path) as good:
        for name in good.namelist():
            parts[name] = good.read(name)
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name, body in parts.items():
            bad.writestr(name, body)
    return path


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s<sheetData>%s</sheetData></worksheet>'


def sheet_xml(rows: str, before: str = "") -> bytes:
    """Return the XML of a worksheet."""
    return ('<?xml version="1.0" encoding="UTF-8"?>' + _SHEET % (before, rows)).encode()


def record(kind: int, body: bytes) -> bytes:
    """Return one record of a BIFF8 stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(stream: bytes) -> bytes:
    """Put a workbook stream into the smallest compound file (MS-CFB) that holds it."""
    body = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(body) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(body))
    return header + fat + entries.ljust(512, b"\0") + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB", len(wide), kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def wide_xls(cells: list[tuple[int, int]]) -> bytes:
    """Return an .xls with a number in each of these cells (row, column): far apart, they make a sheet of nothing."""
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    name = "S"
    bound = len(head) + 4 + 8 + len(name) + 4
    book = head + record(0x0085, struct.pack("<IHBB", bound, 0, len(name), 0) + name.encode()) + record(0x000A, b"")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))
    for row, column in cells:
        sheet += record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))
    return xls(book + sheet + record(0x000A, b""))


def word(*paragraphs: str) -> bytes:
    """Return a Word document of some paragraphs, as small as one can be."""
    held = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:document><w:body>{held}</w:body></w:document>")
    return packed.getvalue()
