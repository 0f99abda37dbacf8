"""What a section of the figures is: lines with values in measures, drawn in a shape, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from crm_app.domain import amounts
from crm_app.domain.counting import Tally, growth
from crm_app.i18n import N_, _

Number = int | Decimal
Rows = tuple[UUID, ...]


class Shape(StrEnum):
    """How a section is drawn."""

    RANKED = "ranked"
    COLUMNS = "columns"
    FUNNEL = "funnel"
    PROGRESS = "progress"
    NONE = "none"


@dataclass(frozen=True)
class Measure:
    """What a value says, how it is written, and the unit of an axis of it, in ``scale``.

    ``show_gap`` writes a difference of two values where that is of another unit, such as percentage points.
    """

    name: str
    show: Callable[[Number], str] = str
    unit: str = ""
    scale: int = 1
    show_gap: Callable[[Number], str] | None = None


@dataclass(frozen=True)
class Line:
    """One line: its name, a value for each measure (None: none), the same of the other window, what else is said.

    ``then`` is empty where nothing is known of the other window. ``drawn`` False leaves the line to the table.
    ``beside`` is what a chart says between this line and the one before; ``beside_rows`` are its rows. ``sets`` are the
    rows of each measure, and ``then_sets`` of the other window, where they differ. ``shown`` stands for the value,
    ``gone`` is the part of a target's time that is over.
    """

    name: str
    values: tuple[Number | None, ...] = ()
    rows: Rows = ()
    then: tuple[Number | None, ...] = ()
    then_rows: Rows = ()
    cells: tuple[str, ...] = ()
    drawn: bool = True
    beside: str = ""
    beside_rows: Rows = ()
    shown: str = ""
    gone: Number | None = None
    sets: tuple[Rows, ...] = ()
    then_sets: tuple[Rows, ...] = ()

    def rows_of(self, measure: int, *, then: bool = False) -> Rows:
        """Return the rows a measure stands on, in this window or ``then``."""
        sets = self.then_sets if then else self.sets
        return sets[measure] if measure < len(sets) else self.then_rows if then else self.rows


@dataclass(frozen=True)
class Definition:
    """In words a leader accepts: what is counted, by which rule, and where it comes from."""

    counted: str
    rule: str
    source: str


@dataclass(frozen=True)
class Section:
    """A chart and its table. ``columns`` head the lines' cells; ``compared``: lines may have another side.

    ``empty`` is what is said where there is no line, and what to do about it.
    """

    id: str
    title: str
    lines: tuple[Line, ...]
    definition: Definition
    measures: tuple[Measure, ...] = ()
    columns: tuple[str, ...] = ()
    shape: Shape = Shape.RANKED
    compared: bool = False
    note: str = ""
    empty: tuple[str, str] | None = None

    @property
    def drawn(self) -> tuple[Line, ...]:
        """The lines a chart shows."""
        return tuple(line for line in self.lines if line.drawn) if self.shape is not Shape.NONE else ()

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it that is not 0, in either window."""
        values = [value for line in self.lines for value in (*line.values, *line.then)]
        return any(values) or any(line.rows or line.then_rows for line in self.lines)


@dataclass(frozen=True)
class Sides:
    """The same parts of two windows under their keys, in the order of the first; ``known``: the other one is known."""

    now: Mapping[str | None, Tally]
    then: Mapping[str | None, Tally] = field(default_factory=dict)
    known: bool = False

    def lines(
        self, name_of: Callable[[str | None], str], cells: Callable[[Tally], tuple[str, ...]]
    ) -> tuple[Line, ...]:
        """Return a line for each key of either window; what only the other one has stands at nought."""
        keys = dict.fromkeys([*self.now, *(key for key in self.then if self.known)])
        order = sorted(keys, key=lambda key: key is None)
        none = Tally(0, 0, ())
        found = []
        for key in order:
            now, then = self.now.get(key, none), self.then.get(key, none)
            other = (then.yuan, then.count) if self.known else ()
            found.append(
                Line(name_of(key), (now.yuan, now.count), now.rows, other, then.rows if self.known else (), cells(now))
            )
        return tuple(found)


def money(value: Number) -> str:
    """Return yuan as charts print them; nothing is nothing in any unit."""
    return amounts.show_yi(int(value)) if value else "0"


def percent(part: Number | None) -> str:
    """Return a share or a rate; nothing over nothing."""
    return "" if part is None else f"{Decimal(part) * 100:.1f}%"


def points(gap: Number) -> str:
    """Return the difference of two rates."""
    return _("{n} points").format(n=f"{Decimal(gap) * 100:.1f}")


def ratio(part: int, whole: int) -> str:
    """Return a part of a whole in per cent; nothing of an empty whole."""
    return percent(Decimal(part) / whole) if whole else ""


def plain(number: Number) -> str:
    """Return a number without a fraction that is nothing: 330, 12.5."""
    return f"{Decimal(number).normalize():f}"


def signed(words: str, value: Number) -> str:
    """Return a difference with its sign, a real minus."""
    return f"+{words}" if value > 0 else words.replace("-", "−")


def difference(measure: Measure, now: Number | None, then: Number | None) -> tuple[str, str]:
    """Return the difference of two values and its rate; a base of nought has no rate (counting rule 5)."""
    if now is None or then is None:
        return "", ""
    gap = now - then
    shown = signed((measure.show_gap or measure.show)(gap), gap)
    rate = growth(int(now), int(then)).rate if isinstance(now, int) and isinstance(then, int) else None
    return shown, "" if rate is None else signed(f"{rate * 100:.1f}%", rate)


def amount(name: str) -> Measure:
    """Return a measure of yuan."""
    return Measure(name, money, _("CNY bn"), amounts.print_size())


def amount_and_count() -> tuple[Measure, ...]:
    """Return the two measures of what is signed."""
    return (
        amount(_("Amount")),
        Measure(_("Projects"), str, _("projects")),
    )


NO_THEN = N_("no figures for comparison")
"""What is said of a window before the book began, of which nothing is known; it is not nought."""
