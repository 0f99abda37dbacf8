"""What a list is made of: columns, each of a field's kind, and how a column of that kind can narrow the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from crm_app.domain import kinds
from crm_app.domain.fields import Record
from crm_app.domain.kinds import Kind
from crm_app.domain.views import Op, Sort
from crm_app.i18n import _


class Shape(StrEnum):
    """What is typed or chosen to narrow a column."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    REGION = "region"
    FLAG = "flag"
    PERSON = "person"


_SHAPES: tuple[tuple[type[Kind[Any]], Shape], ...] = (
    (kinds.Choice, Shape.CHOICE),
    (kinds.Option, Shape.CHOICE),
    (kinds.Region, Shape.REGION),
    (kinds.Day, Shape.DAY),
    (kinds.Fuzzy, Shape.DAY),
    (kinds.Money, Shape.MONEY),
    (kinds.AnyMoney, Shape.MONEY),
    (kinds.Range, Shape.MONEY),
    (kinds.Whole, Shape.NUMBER),
    (kinds.Number, Shape.NUMBER),
    (kinds.Flag, Shape.FLAG),
    (kinds.Text, Shape.TEXT),
)

OPS = {
    Shape.TEXT: (Op.CONTAINS, Op.EMPTY, Op.FILLED),
    Shape.CHOICE: (Op.ONE_OF, Op.EMPTY, Op.FILLED),
    Shape.DAY: (Op.WITHIN, Op.FROM_TO, Op.OLDER, Op.EMPTY, Op.FILLED),
    Shape.MONEY: (Op.FROM_TO, Op.EMPTY, Op.FILLED),
    Shape.NUMBER: (Op.FROM_TO, Op.EMPTY, Op.FILLED),
    Shape.REGION: (Op.UNDER, Op.EMPTY, Op.FILLED),
    Shape.FLAG: (Op.ONE_OF,),
    Shape.PERSON: (Op.ONE_OF, Op.EMPTY, Op.FILLED),
}
"""What a column of a shape can be narrowed by; the first is what is offered at once."""

RIGHT = (Shape.MONEY, Shape.NUMBER)
GROUPED = (Shape.CHOICE, Shape.REGION, Shape.PERSON, Shape.DAY)
"""What rows can be gathered by: days by their month."""


@dataclass(frozen=True)
class Column:
    """A column: its words, its kind, its width in pixels; ``field`` is the record's field it shows, if it is one.

    ``shown``: without being chosen. ``sorts``: a click on its head sorts; ``person``: it names one of our people.
    ``settled_by``: the column of the same list that, once it holds something, settles what this one says.
    ``spare``: it is the first to go where a narrow window has no room for every column.
    """

    name: str
    label: str
    kind: Kind[Any]
    width: int = 120
    field: str = ""
    shown: bool = True
    sorts: bool = True
    person: bool = False
    settled_by: str = ""
    spare: bool = False

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @cached_property
    def shape(self) -> Shape:
        """What narrows it."""
        if self.person:
            return Shape.PERSON
        return next((shape for kind, shape in _SHAPES if isinstance(self.kind, kind)), Shape.TEXT)

    @property
    def right(self) -> bool:
        """Whether figures stand on their last digit."""
        return self.shape in RIGHT


@dataclass(frozen=True, eq=False)
class List:
    """A list of records of one kind: the columns it can show, the first being what a row is called by."""

    name: str
    label: str
    record: type[Record]
    columns: tuple[Column, ...]
    sort: Sort
    tables: tuple[str, ...]
    """The tables whose changes can change what it shows."""

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    def column(self, name: str) -> Column:
        """Return a column; KeyError where there is none."""
        for one in self.columns:
            if one.name == name:
                return one
        raise KeyError(f"{self.name}.{name}")

    def shown(self) -> tuple[str, ...]:
        """Return the columns it shows by itself."""
        return tuple(one.name for one in self.columns if one.shown)


def of(
    record: type[Record],
    field: str,
    width: int = 120,
    *,
    name: str = "",
    shown: bool = True,
    sorts: bool = True,
    settled_by: str = "",
    spare: bool = False,
) -> Column:
    """Return the column of a declared field."""
    known = record.field(field)
    return Column(
        name or field, known.label, known.kind, width, field, shown, sorts, settled_by=settled_by, spare=spare
    )
