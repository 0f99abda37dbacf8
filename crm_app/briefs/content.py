"""A paper is content first: headings, paragraphs, tables, charts; PDF (or Word) is made from it afterwards.

Every figure may carry ``rows``, the ids it stands on, so that a preview can drill down to them. Content is frozen and
goes to JSON and back without loss (codec.py), because a final paper keeps its content beside its bytes.
Text in it is plain text: nothing in it is ever read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from crm_app.briefs.marks import Rows

Align: TypeAlias = Literal["left", "center", "right"]


class Sheet(StrEnum):
    """The page a paper is set on: GB/T 9704 upright one-sided or duplex, a plain upright form, A4 lying for ledgers."""

    SINGLE = "single"
    DUPLEX = "duplex"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; ``missing`` marks what is still to be filled in, red until then."""

    text: str
    bold: bool = False
    missing: bool = False
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 0 is a title inside the paper (a one-pager in a pack), 1 is 一、, 2 is (一), 3 is 1. and 4 is (1).

    ``key`` is the stable name of the section it begins, by which templates and hand edits know it; ``title`` its text
    without the number, empty where it bears none.
    """

    level: int
    text: str
    key: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text set to the measure; ``indent`` is the two characters of a Chinese paragraph. ``note`` sets it small."""

    runs: tuple[Run, ...]
    indent: bool = True
    align: Align | None = None
    note: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: ``width`` is a share of the whole; ``unit`` is printed under the title."""

    title: str
    width: float
    align: Align = "left"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    rows: Rows = ()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on every page; the total stays with the last row; ``note`` is its 口径."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    caption: str = ""
    note: str = ""
    empty: str = ""


class ChartForm(StrEnum):
    """How a chart is drawn: lying bars, columns beside one another, what is reached of a target, a funnel."""

    RANKED = "ranked"
    COLUMNS = "columns"
    PROGRESS = "progress"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: ``value`` is drawn (in the chart's smallest unit), ``shown`` is printed beside it.

    ``then`` is what it is compared with, None where nothing is known of it; in a chart of targets the part of the time
    that is gone, in a funnel nothing. ``shown_then`` is what is printed of it; of a funnel, how the step was come to.
    """

    label: str
    value: int
    shown: str
    rows: Rows = ()
    then: int | None = None
    shown_then: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart from nought; values are in ``unit`` of ``scale`` smallest units each (亿元: 100 000 000).

    Two ``names`` say what is asked and what it is compared with. Of targets, ``scale`` is the whole of one.
    """

    caption: str
    bars: tuple[Bar, ...]
    unit: str
    scale: int = 1
    form: ChartForm = ChartForm.RANKED
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayBox:
    """A day of a calendar: its number, what it is called (a holiday), and a line for each thing on it.

    ``free`` is a day off, ``outside`` one of the month before or after.
    """

    number: str
    label: str = ""
    free: bool = False
    outside: bool = False
    lines: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Something that lasts: from the ``first`` to the ``last`` day of a week, counted from 0."""

    first: int
    last: int
    text: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days and what lasts over them."""

    days: tuple[DayBox, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month week by week, under the names of the days; it takes the rest of its page."""

    weekdays: tuple[str, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; ``wide`` takes the whole row, ``lines`` leaves at least so much room (blank forms).

    ``key`` is the stable name by which a template knows it.
    """

    label: str
    runs: tuple[Run, ...]
    wide: bool = False
    lines: int = 1
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeyValue:
    """Facts in a ruled form, two to a row unless wide."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of ``width`` × ``height`` pixels and its caption; ``jpeg`` was encoded by the program itself."""

    jpeg: bytes
    width: int
    height: int
    caption: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures two to a row, more than four three to a row; one that is alone stands in the middle."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Qr:
    """A code in the top margin of the page: ``text`` is what a telephone reads, ``label`` is printed beside it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing before the paper can be final, in words.

    ``section`` is the key of the section that lacks it; ``where`` what fills it besides its rows: a field as
    “trip.findings”, “words.issue” or “setting.bureau”.
    """

    text: str
    rows: Rows = ()
    section: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who issues it and when, at the right under the text."""

    name: str
    day: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """报/送/发 and the issuer at the foot of the last page; ``printed``, at its right, the day and how many copies."""

    lines: tuple[str, ...]
    issuer: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover page: the title, lines under it, and who and when at its foot."""

    title: str
    lines: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page; ``odd`` a right-hand one, when printed on both sides."""

    odd: bool = False


Block: TypeAlias = (
    Heading | Paragraph | Table | Chart | Month | KeyValue | Photos | Qr | Gap | Signature | SignOff | Cover | PageBreak
)


@dataclass(frozen=True, slots=True)
class RedHead:
    """A red head: the paper's name, its issue line (never one that was not given), who compiles it, when."""

    name: str
    issue: str
    issuer: str
    day: str


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a section that a sentence of a template may name as {key}; of the whole paper where no section is."""

    section: str
    key: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's whole content. ``folio`` is the page line of a ledger, with {page} and {pages} in it."""

    kind: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    head: RedHead | None = None
    sheet: Sheet = Sheet.SINGLE
    author: str = ""
    day: date | None = None
    folio: str = ""
    terms: tuple[Term, ...] = ()


def fact_part(fact: Fact) -> str:
    """Return what the text of a fact is called within its block, by editing.py and by where it stands."""
    return f"fact|{fact.key or fact.label}"


def has_own_title(paper: Paper) -> bool:
    """Tell whether a paper begins with a cover, or with the title of its first part: its own is not printed then."""
    first = paper.blocks[0] if paper.blocks else None
    return isinstance(first, Cover) or (isinstance(first, Heading) and first.level == 0)


def gaps(paper: Paper) -> tuple[Gap, ...]:
    """Return what is missing before ``paper`` can be final."""
    return tuple(block for block in paper.blocks if isinstance(block, Gap))
