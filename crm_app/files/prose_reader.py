"""The reader child's part for prose: the lines of a text or of a Word document, nothing of which is run or resolved."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import IO, Any

from crm_app.files import csv_text
from crm_app.files.frames import read_frame, read_raw, write_frame
from crm_app.files.unreadable import UNPACKING, Unreadable

_LARGEST = 20 * 1024 * 1024
"""Bytes of a document's text, unpacked."""
MOST_LINES = 2_000
LONGEST_LINE = 10_000
_DOCUMENT = "word/document.xml"
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.S)
_PIECE = re.compile(r"<w:t(?: [^>]*)?>(.*?)</w:t>|(<w:tab ?/>)|(<w:(?:br|cr) ?/>)", re.S)


def answer(_request: Any, stream: IO[bytes], answers: IO[bytes]) -> None:
    """Answer ``{"lines"}`` for the bytes behind the request; raise Unreadable."""
    write_frame(answers, {"lines": lines_of(read_raw(stream, read_frame(stream)))})


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a text or a Word document that hold anything; raise Unreadable."""
    if not data:
        raise Unreadable("empty")
    text = _of_word(data) if data.startswith(b"PK") else _of_text(data)
    lines = [line.strip() for line in text.splitlines()]
    return [line[:LONGEST_LINE] for line in lines if line][:MOST_LINES]


def _of_text(data: bytes) -> str:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("no_prose")
    try:
        return csv_text.decode(data)
    except csv_text.UnknownEncoding as error:
        raise Unreadable("no_prose") from error


def _of_word(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo(_DOCUMENT).file_size > _LARGEST:
                raise Unreadable("too_big")
            with packed.open(_DOCUMENT) as inside:
                xml = inside.read(_LARGEST + 1)
    except UNPACKING as error:
        raise Unreadable("no_prose") from error
    if len(xml) > _LARGEST:
        raise Unreadable("too_big")
    return "\n".join(map(_paragraph, _PARAGRAPH.findall(xml.decode("utf-8", "replace"))))


def _paragraph(xml: str) -> str:
    return "".join(
        html.unescape(text) if text else "\t" if tab else "\n" if end else "" for text, tab, end in _PIECE.findall(xml)
    )
