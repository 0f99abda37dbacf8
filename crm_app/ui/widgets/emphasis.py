"""One line of text in which the found pieces stand out: bolder, and in the colour of the accent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

Span = tuple[int, int]
_ONE_LINE = str.maketrans("\r\n\t", "   ")


def pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text in order, each with whether it is emphasised; spans beyond its end are cut."""
    at = 0
    for start, end in spans:
        if at < start < len(text):
            yield text[at:start], False
        if start < len(text):
            yield text[start:end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False


def fitted(text: str, spans: Sequence[Span], metrics: QFontMetrics, width: int) -> tuple[str, Sequence[Span]]:
    """Return a text as one line no wider than ``width``, cut before its first span where that would not be seen."""
    line = text.translate(_ONE_LINE)
    if spans and metrics.horizontalAdvance(line) > width:
        start, end = spans[0]
        cut = start
        while cut and metrics.horizontalAdvance("…" + line[cut - 1 : end]) <= width // 2:
            cut -= 1
        if cut and metrics.horizontalAdvance(line[:end] + "…") > width:
            line = "…" + line[cut:]
            spans = [(from_ - cut + 1, to - cut + 1) for from_, to in spans]
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width), spans


def draw(painter: QPainter, rect: QRect, text: str, spans: Sequence[Span], colour: QColor) -> None:
    """Draw a text that fits its rectangle, left and in the middle; the spans in ``colour`` and bold."""
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    left = rect.left()
    plain_font, plain_colour = QFont(painter.font()), QColor(painter.pen().color())
    bold = QFont(plain_font)
    bold.setBold(True)
    for piece, emphasised in pieces(text, spans):
        painter.setFont(bold if emphasised else plain_font)
        painter.setPen(colour if emphasised else plain_colour)
        painter.drawText(QRect(left, rect.top(), rect.right() - left + 1, rect.height()), align, piece)
        left += painter.fontMetrics().horizontalAdvance(piece)
    painter.setFont(plain_font)
    painter.setPen(plain_colour)
