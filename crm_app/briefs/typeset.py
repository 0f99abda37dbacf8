"""Runs of text to lines of marks: clean it, break it, spread it to the measure.

``clean`` is the one door text of a record comes through on its way to paper: it takes out what would act instead of
being read (control characters, marks that turn the reading direction). Nothing after it parses text, so that
``<img …>`` in a record prints as those characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from crm_app.briefs import fonts
from crm_app.briefs.content import Align, Run
from crm_app.briefs.linebreak import HANGING, NO_START, break_lines, fragments
from crm_app.briefs.marks import Ink, Mark, Role, Rows, Text

_SILENT = frozenset({"Cc", "Cf", "Cs"})
_MOST_SPREAD = 2.5
_BORNE, _BORNE_BY_SPACE = 0.25, 0.6
"""In ems: how far a line is spread at most, in all or at each place; one that wants more stays short."""
_WORTH_SPREADING = 12
"""Pieces of a line from which on it may give one to the next: it is spread to the measure by what is left."""
_MOST_TAKEN = 2
_FEWEST_SPACES = 2
"""Of a line of English; one with fewer is a Chinese sentence in an English paper."""
_BETWEEN_SCRIPTS = 0.09
"""Of a character: how far Chinese and Latin stand apart. From a tenth on readers of the file take it for a space."""
_MEETING = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])(?=[0-9A-Za-z\u00c0-\u024f])"
    r"|(?<=[0-9A-Za-z\u00c0-\u024f%°])(?=[\u3400-\u9fff\U00020000-\U0003ffff])"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: ``size`` and ``pitch`` (line to line) in points, ``indent`` of the first line in points."""

    role: Role
    size: float
    pitch: float
    indent: float = 0.0
    align: Align | None = None
    hang: bool = False
    ink: Ink = Ink.BLACK
    spaced: bool = False
    """Whether Chinese stands a little apart from Latin letters and figures; tables have no room for it."""

    @property
    def baseline(self) -> float:
        """How far below its line's top the text stands, so that a square of ``size`` is centred in the line."""
        return (self.pitch - self.size) / 2 + self.size * 0.88


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look, ``x`` from the line's left end."""

    x: float
    text: str
    role: Role
    ink: Ink
    spacing: float
    rows: Rows


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be placed."""

    pieces: tuple[Piece, ...]
    style: Style

    def marks(self, left: float, top: float) -> Iterator[Mark]:
        """Yield its marks with the line's left end and top at (left, top)."""
        y = top + self.style.baseline
        for p in self.pieces:
            yield Text(left + p.x, y, p.text, p.role, self.style.size, p.ink, p.spacing, p.rows)


def legible(text: str) -> str:
    """Return what of ``text`` is read: no control character, no mark that turns the reading, no half of a character."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _SILENT)


def clean(text: str) -> str:
    """Return ``text`` as it may be printed: without control characters, a missing glyph as its code."""
    if text.isprintable() and not fonts.missing_glyphs(text):
        return text
    kept = legible(text)
    missing = fonts.missing_glyphs(kept)
    return "".join(f"〔U+{ord(c):04X}〕" if c in missing else c for c in kept) if missing else kept


def set_runs(runs: Sequence[Run], style: Style, width: float) -> list[SetLine]:
    """Return the lines of ``runs`` in a measure ``width`` points wide; full lines are spread to it unless aligned."""
    short = _short(runs, style, width)
    if short:
        return [short]
    text, looks, bare = "", [], list[float]()
    for run in runs:
        part, role = clean(run.text), _role(run, style)
        text += part
        looks += [(role, _ink(run, style), run.rows)] * len(part)
        bare += fonts.advances(part, role, style.size)
    meeting = {one.start() - 1 for one in _MEETING.finditer(text)} if style.spaced else set()
    apart = _BETWEEN_SCRIPTS * style.size
    advances = [width + apart if at in meeting else width for at, width in enumerate(bare)]
    breaks = break_lines(text, advances, width - style.indent, width, hang=style.hang)
    if style.align is None:
        breaks = _company(text, breaks)
    lines = []
    for number, (start, end) in enumerate(breaks):
        indent = style.indent if number == 0 else 0.0
        last = number == len(breaks) - 1 or text[end : breaks[number + 1][0]].find("\n") >= 0
        widths = [*advances[start : end - 1], *bare[max(end - 1, start) : end]]
        line = _Line(
            text[start:end], looks[start:end], widths, {at - start for at in meeting}, _of_words(text[start:end])
        )
        lines.append(SetLine(tuple(line.place(indent, width - indent, style, spread=not last)), style))
    return lines


def _of_words(line: str) -> bool:
    """Tell whether a line is an English sentence: Chinese names in it are not spread."""
    return fonts.in_english() and line.count(" ") >= _FEWEST_SPACES


def _company(text: str, breaks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give a last line of a single character another one, where the line before can be spread as far."""
    if len(breaks) < 2:
        return breaks
    (first, stop), (start, end) = breaks[-2:]
    alone = text[start:end].rstrip("".join(NO_START))
    if len(alone) != 1 or text[stop:start]:
        return breaks
    pieces = fragments(text[first:start])
    taken = len(pieces[-1])
    if len(pieces) < _WORTH_SPREADING or taken > _MOST_TAKEN or pieces[-1].isspace():
        return breaks
    return [*breaks[:-2], (first, start - taken), (start - taken, end)]


def _short(runs: Sequence[Run], style: Style, width: float) -> SetLine | None:
    """Return the line of one run that fits on one: nearly every cell of a ledger."""
    if len(runs) != 1 or "\n" in runs[0].text or (style.spaced and _MEETING.search(runs[0].text)):
        return None
    run = runs[0]
    text = clean(run.text).rstrip()
    role = _role(run, style)
    slack = width - style.indent - fonts.text_width(text, role, style.size)
    if slack < 0 or "\n" in text:
        return None
    x = style.indent + (slack / 2 if style.align == "center" else slack if style.align == "right" else 0.0)
    pieces = (Piece(x, text, role, _ink(run, style), 0.0, run.rows),) if text else ()
    return SetLine(pieces, style)


def _role(run: Run, style: Style) -> Role:
    return Role.BOLD if run.bold and style.role is Role.BODY else style.role


def _ink(run: Run, style: Style) -> Ink:
    return Ink.RED if run.missing else style.ink


def text_width(text: str, style: Style) -> float:
    """Return how wide plain ``text`` is on one line, in points."""
    return fonts.text_width(clean(text), style.role, style.size)


def set_text(text: str, style: Style, width: float) -> list[SetLine]:
    """Return the lines of plain ``text``."""
    return set_runs((Run(text),), style, width)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    looks: Sequence[tuple[Role, Ink, Rows]]
    advances: Sequence[float]
    meeting: Set[int]
    """The characters after which Chinese and Latin meet."""
    of_words: bool
    """Whether slack goes between its words alone."""

    def place(self, indent: float, room: float, style: Style, *, spread: bool) -> Iterator[Piece]:
        """Yield the line's pieces; slack goes between Chinese characters and at spaces, never into a Latin word."""
        hung = self.advances[-1] if style.hang and self.text and self.text[-1] in HANGING else 0.0
        width = sum(self.advances)
        slack = room - width + (hung if width > room + 1e-6 else 0.0)
        x, spacing = indent, 0.0
        if style.align == "center":
            x += slack / 2
        elif style.align == "right":
            x += slack
        elif style.align is None and spread:
            inner = range(len(self.text) - (2 if width > room else 1))
            gaps = sum(self._stretches(i) for i in inner)
            # Between words more is borne than between characters.
            wordy = all(self.text[i] == " " for i in inner if self._stretches(i))
            each = _BORNE_BY_SPACE if wordy else _BORNE
            if gaps and 0 < slack <= max(_MOST_SPREAD, gaps * each) * style.size:
                spacing = slack / gaps
        yield from self._pieces(x, spacing)

    def _stretches(self, at: int) -> bool:
        """Whether slack may go between the characters ``at`` and ``at + 1``."""
        if at + 1 >= len(self.text):
            return False
        here, after = self.text[at], self.text[at + 1]
        if self.of_words:
            return here == " "
        return here == " " or (max(here, after) >= "\u2e80" and after != " ")

    def _pieces(self, x: float, spacing: float) -> Iterator[Piece]:
        start, at_x = 0, x
        for i in range(len(self.text)):
            stretched = spacing > 0 and self._stretches(i)
            x += self.advances[i] + (spacing if stretched else 0.0)
            ends = i + 1 == len(self.text) or i in self.meeting or self.looks[i] != self.looks[i + 1]
            if ends or (spacing > 0 and stretched != self._stretches(i + 1)):
                role, ink, rows = self.looks[start]
                inner = spacing if spacing > 0 and i > start and self._stretches(start) else 0.0
                yield Piece(at_x, self.text[start : i + 1], role, ink, inner, rows)
                start, at_x = i + 1, x
