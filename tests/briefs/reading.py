"""Reads a paper's pages back, as another program would."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

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


def elements_of(pdf: bytes) -> list[tuple[str, str]]:
    """Return (tag, what is said in its place) of every element of the document, page by page."""
    with PdfDocument(pdf) as document:
        found = []
        for page in document:
            tree = raw.FPDF_StructTree_GetForPage(page.raw)
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                found += _elements(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
            raw.FPDF_StructTree_Close(tree)
        return found


def _elements(element: object) -> Iterator[tuple[str, str]]:
    yield _words(raw.FPDF_StructElement_GetType, element), _words(raw.FPDF_StructElement_GetAltText, element)
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        kid = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if kid:
            yield from _elements(kid)


def _words(ask: Callable[..., int], element: object) -> str:
    buffer = ctypes.create_string_buffer(2000)
    length = ask(element, buffer, len(buffer))
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")


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
