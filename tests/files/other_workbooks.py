"""Workbooks in the formats no library here writes: .ods (OpenDocument) and .xlsb (MS-XLSB), as small as they may be."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[str | float | None]]

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_ods(path: Path, name: str, rows: Rows) -> Path:
    """Write one sheet as LibreOffice and WPS save it."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", _ODS)
        file.writestr("content.xml", content)
        file.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?>'
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>',
        )
    return path


def _ods_cell(cell: str | float | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def write_xlsb(path: Path, name: str, rows: Rows) -> Path:
    """Write one sheet as Excel saves a binary workbook."""
    sheet = _record(0x0081) + _record(0x0094, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    sheet += _record(0x0091)
    for place, row in enumerate(rows):
        sheet += _record(0x0000, struct.pack("<IIHBBBI", place, 0, 300, 0, 0, 0, 0))
        for column, cell in enumerate(row):
            at = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                sheet += _record(0x0006, at + _wide(cell))
            elif cell is not None:
                sheet += _record(0x0005, at + struct.pack("<d", cell))
    sheet += _record(0x0092) + _record(0x0082)
    workbook = _record(0x0083) + _record(0x008F)
    workbook += (
        _record(0x009C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)) + _record(0x0090) + _record(0x0084)
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.bin"))
        file.writestr("xl/_rels/workbook.bin.rels", _relation("worksheet", "worksheets/sheet1.bin"))
        file.writestr("xl/workbook.bin", workbook)
        file.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _relation(kind: str, target: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/{kind}" Target="{target}"/></Relationships>'
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    """Return a record: its kind in one or two bytes of seven bits, the length of its body alike, the body."""
    return _seven_bits(kind, high=kind >= 0x80) + _length(len(body)) + body


def _seven_bits(kind: int, *, high: bool) -> bytes:
    return bytes([kind & 0x7F | 0x80, kind >> 7]) if high else bytes([kind])


def _length(size: int) -> bytes:
    found = bytearray()
    while True:
        size, low = size >> 7, size & 0x7F
        found.append(low | 0x80 if size else low)
        if not size:
            return bytes(found)


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded
