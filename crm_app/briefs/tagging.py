"""Writes what the marks are into a PDF: marked content, the tree of its elements, and which element each piece is of.

reportlab's canvas knows nothing of it (docs/adr/0009), but takes literals and objects of one's own. The result is what
ISO 32000-1, 14.6 to 14.8 ask for; a reader that speaks or reflows goes by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from crm_app.briefs.structure import Element, Tag
from crm_app.briefs.typeset import legible


class Tagger:
    """Follows the painting of pages; ``finish`` is called once after the last."""

    def __init__(self, canvas: Canvas, root: Element) -> None:
        """Tag what is drawn on ``canvas`` by the elements below ``root``."""
        self._canvas, self._root = canvas, root
        self._owners: list[list[Element]] = []

    def begin_page(self) -> None:
        """Count the pieces of the next page from 0."""
        self._owners.append([])

    @contextmanager
    def part(self, element: Element | None) -> Iterator[None]:
        """Mark what is drawn meanwhile as a piece of an element, or as furniture."""
        if element is None:
            self._canvas.addLiteral("/Artifact BMC")
        else:
            page, owners = len(self._owners) - 1, self._owners[-1]
            element.pieces.append((page, len(owners)))
            self._canvas.addLiteral(f"/{element.tag} <</MCID {len(owners)}>> BDC")
            owners.append(element)
        yield
        self._canvas.addLiteral("EMC")

    def finish(self) -> None:
        """Put the tree into the document; raise nothing where there are no elements."""
        document = self._canvas._doc
        pages = document.Pages.pages
        for number, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
        tree = _Tree(self._root, self._owners, pages)
        self._canvas.setCatalogEntry("StructTreeRoot", tree)
        self._canvas.setCatalogEntry("MarkInfo", pdfdoc.PDFDictionary({"Marked": "true"}))


class _Tree(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The root of the tree, which writes its nodes when it is written itself."""

    __RefOnly__ = 1

    def __init__(self, root: Element, owners: list[list[Element]], pages: list[Any]) -> None:
        self._root, self._owners, self._pages = root, owners, pages

    def format(self, document: Any) -> bytes:
        nodes: dict[int, _Node] = {}
        self._collect(self._root, self, nodes)
        parts = [
            b"%d [%s]" % (number, b" ".join(_ref(nodes[id(one)], document) for one in owners))
            for number, owners in enumerate(self._owners)
        ]
        return b"<< /Type /StructTreeRoot /K [%s] /ParentTree << /Nums [\n%s\n] >> /ParentTreeNextKey %d >>" % (
            _ref(nodes[id(self._root)], document),
            b"\n".join(parts),
            len(self._owners),
        )

    def _collect(self, element: Element, parent: pdfdoc.PDFObject, nodes: dict[int, _Node]) -> None:
        node = nodes[id(element)] = _Node(element, parent, self._pages)
        for kid in element.kids:
            if kid.kids or kid.pieces:
                self._collect(kid, node, nodes)
                node.kids.append(nodes[id(kid)])


class _Node(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """One element: its tag, what is said for it, and its parts."""

    __RefOnly__ = 1

    def __init__(self, element: Element, parent: pdfdoc.PDFObject, pages: list[Any]) -> None:
        self._element, self._parent, self._pages = element, parent, pages
        self.kids: list[_Node] = []

    def format(self, document: Any) -> bytes:
        element = self._element
        told = legible(element.told)
        said = b" /Alt %s" % pdfdoc.format(pdfdoc.PDFString(told), document) if told else b""
        first = element.pieces[0][0] if element.pieces else None
        page = b"" if first is None else b" /Pg %s" % _ref(self._pages[first], document)
        parts = [self._piece(document, at, number, first) for at, number in element.pieces]
        parts += [_ref(kid, document) for kid in self.kids]
        return b"<< /Type /StructElem /S /%s /P %s%s%s%s /K [%s] >>" % (
            element.tag.encode(),
            _ref(self._parent, document),
            page,
            said,
            _attributes(element),
            b" ".join(parts),
        )

    def _piece(self, document: Any, page: int, number: int, first: int | None) -> bytes:
        if page == first:
            return b"%d" % number
        return b"<< /Type /MCR /Pg %s /MCID %d >>" % (_ref(self._pages[page], document), number)


def _attributes(element: Element) -> bytes:
    if element.tag is Tag.HEAD:
        return b" /A << /O /Table /Scope /Column >>"
    return b""


def _ref(thing: Any, document: Any) -> bytes:
    reference: bytes = pdfdoc.format(document.Reference(thing), document)
    return reference
