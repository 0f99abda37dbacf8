"""What every chart is made of: a frame to draw in, the values, and the drawing with the spots one can point at.

A series is what is asked (0) or what it is compared with (1). Values begin at nought, and every value is printed or
told by its spot, so that a chart reads in black and white and without a mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_app.briefs.linebreak import break_lines
from crm_app.briefs.marks import Ink, Mark, Rect, Role, Rows, Text

NOW, THEN = 0, 1
GAP = 6.0
_NARROW = 0.58


def em_width(text: str, size: float) -> float:
    """Return the width of a text as it is reckoned where no font is at hand: a Chinese character is one em."""
    return size * sum(1.0 if c >= "\u2e80" or c in "“”‘’—…" else _NARROW for c in text)


@dataclass(frozen=True, slots=True)
class Frame:
    """The box a chart is drawn in, its top left corner at (0, 0), with its type; ``measure`` tells a text's width."""

    width: float
    height: float
    size: float = 10.0
    small: float = 8.5
    measure: Callable[[str, float], float] = em_width

    def fit(self, text: str, room: float, size: float) -> str:
        """Return a text, cut short with … where it is wider than ``room``."""
        if self.measure(text, size) <= room:
            return text
        kept = text
        while kept and self.measure(kept + "…", size) > room:
            kept = kept[:-1]
        return kept.rstrip() + "…" if kept else ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of a chart: its value and the one it is compared with (None: nothing is known of it), as they are read.

    ``told`` is the sentence about the value, which stands on ``rows``, ``told_then`` the one about the other.
    """

    label: str
    value: float
    shown: str
    told: str
    then: float | None = None
    shown_then: str = ""
    told_then: str = ""
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: the line and the series it is of, and the sentence that tells it."""

    x: float
    y: float
    width: float
    height: float
    line: int
    series: int
    told: str

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks of a chart and its spots; ``upright``: its lines stand beside one another, not under one another."""

    marks: tuple[Mark, ...] = ()
    spots: tuple[Spot, ...] = ()
    upright: bool = False


def step_of(most: float, scale: int = 1) -> int:
    """Return the distance between ticks: 1, 2 or 5 times a power of ten (of ``scale``), at most five of them."""
    steps: list[int] = [scale * 10**power * n for power in range(15) for n in (1, 2, 5)]
    return next((step for step in steps if step * 5 >= most), steps[-1])


def right(
    frame: Frame, edge: float, baseline: float, text: str, size: float, ink: Ink = Ink.BLACK, rows: Rows = ()
) -> Text:
    """Return a text that ends at ``edge``."""
    return Text(edge - frame.measure(text, size), baseline, text, Role.LABEL, size, ink, rows=rows)


def legend(frame: Frame, names: Sequence[str]) -> tuple[list[Mark], float]:
    """Return the legend of two series, right above the chart, and its height; nothing for a single series."""
    if len(names) < 2:
        return [], 0.0
    height, box = frame.size + 2 * GAP, 0.8 * frame.size
    room = frame.width / len(names) - box - 3 * GAP
    words = [frame.fit(name, room, frame.small) for name in names]
    x = frame.width - sum(frame.measure(word, frame.small) + box + 2 * GAP for word in words) - GAP * (len(words) - 1)
    marks: list[Mark] = []
    for word, ink in zip(words, (Ink.BAR, Ink.THEN), strict=True):
        marks.append(Rect(x, (frame.size - box) / 2 + 2, box, box, ink))
        marks.append(Text(x + box + GAP, frame.size + 0.5, word, Role.LABEL, frame.small, Ink.GREY))
        x += box + 3 * GAP + frame.measure(word, frame.small)
    return marks, height


def labelled(frame: Frame, label: str, room: float, middle: float, pitch: float) -> list[Mark]:
    """Return a label, right against the axis: in one line, else small in two, the second cut short with …."""
    if frame.measure(label, frame.size) <= room + 1e-6:
        return [right(frame, room, middle + 0.36 * frame.size, label, frame.size)]
    size, high = frame.small, frame.small + 2
    if pitch < 2 * high:
        return [right(frame, room, middle + 0.36 * frame.size, frame.fit(label, room, frame.size), frame.size)]
    pieces = break_lines(label, [frame.measure(c, size) for c in label], room, room)
    first = label[pieces[0][0] : pieces[0][1]]
    words = [first] if len(pieces) == 1 else [first, frame.fit(label[pieces[1][0] :], room, size)]
    begin = middle - (len(words) - 1) * high / 2
    return [right(frame, room, begin + n * high + 0.36 * size, word, size) for n, word in enumerate(words)]
