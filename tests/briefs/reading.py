"""Reads a paper's pages back, as another program would."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as raw
from pypdfium2 import PdfDocument


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, without the line ends the layout put in."""
    return "".join(pages_of(pdf)).replace("\r", "").replace("\n", "")


def pages_of(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def count_of(pdf: bytes) -> int:
    with PdfDocument(pdf) as document:
        return len(document)


def title_of(pdf: bytes) -> str:
    with PdfDocument(pdf) as document:
        return str(document.get_metadata_dict()["Title"])


def fonts_of(pdf: bytes) -> set[tuple[str, bool]]:
    """Return (name, embedded) of every font that sets text."""
    with PdfDocument(pdf) as document:
        return set(_fonts(document))


def _fonts(document: PdfDocument) -> Iterator[tuple[str, bool]]:
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(thing.raw)
            name = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, name, 200)
            yield name.value.decode(), bool(raw.FPDFFont_GetIsEmbedded(font))


def characters_of(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """Return (character, x, baseline) of a page in the order they are set; points from the sheet's lower left."""
    with PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        found = []
        for at in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
            found.append((chr(raw.FPDFText_GetUnicode(text.raw, at)), x.value, y.value))
        return found
