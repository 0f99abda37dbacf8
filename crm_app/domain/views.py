"""What is asked of a list: filters, a sort, a grouping and columns; kept by name it is a view (视图)."""

from __future__ import annotations

import calendar
import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Text, Whole
from crm_app.errors import BadInput
from crm_app.i18n import N_, _


class Op(StrEnum):
    """How a column narrows a list. What ``values`` holds is said at each; numbers and days stand as text."""

    CONTAINS = "contains"
    """A piece of text."""
    ONE_OF = "one_of"
    """Codes, words, or ids of people; an empty one means that nothing is known."""
    UNDER = "under"
    """Regions: what lies in one of them, by full name."""
    FROM_TO = "from_to"
    """Two bounds, both included; an empty one is open. Days in ISO 8601, yuan or cents, numbers."""
    WITHIN = "within"
    """A :class:`Span` around today."""
    OLDER = "older"
    """More than so many days ago."""
    EMPTY = "empty"
    FILLED = "filled"


class Span(StrEnum):
    """A window that moves with today."""

    OVERDUE = "overdue"
    FROM_TODAY = "from_today"
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


SPAN_LABELS = {
    Span.OVERDUE: N_("Before today"),
    Span.FROM_TODAY: N_("Today and later"),
    Span.TODAY: N_("Today only"),
    Span.THIS_WEEK: N_("This week"),
    Span.NEXT_WEEK: N_("Next week"),
    Span.THIS_MONTH: N_("This month"),
    Span.LAST_MONTH: N_("Last month"),
    Span.THIS_QUARTER: N_("This quarter"),
    Span.THIS_YEAR: N_("This year"),
    Span.LAST_YEAR: N_("Last year"),
}


def bounds(span: Span, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span, both included; weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    quarter = (today.month - 1) // 3 * 3 + 1
    return {
        Span.OVERDUE: (date.min, today - timedelta(days=1)),
        Span.FROM_TODAY: (today, date.max),
        Span.TODAY: (today, today),
        Span.THIS_WEEK: (monday, monday + timedelta(days=6)),
        Span.NEXT_WEEK: (monday + timedelta(days=7), monday + timedelta(days=13)),
        Span.THIS_MONTH: (first, _month_end(today.year, today.month)),
        Span.LAST_MONTH: (before.replace(day=1), before),
        Span.THIS_QUARTER: (date(today.year, quarter, 1), _month_end(today.year, quarter + 2)),
        Span.THIS_YEAR: (date(today.year, 1, 1), date(today.year, 12, 31)),
        Span.LAST_YEAR: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }[span]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Filter:
    """One condition on one column."""

    column: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sort:
    """By which column, and which way; what is not known comes last either way. An empty one: as the list stands."""

    column: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """Everything asked of one list; every filter has to hold. No columns: those the list shows by itself."""

    list: str
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort()
    group: str = ""
    columns: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the query as JSON, for keeping."""
        parts = {
            "list": self.list,
            "filters": [[one.column, one.op.value, *one.values] for one in self.filters],
            "sort": [self.sort.column, self.sort.descending],
            "group": self.group,
            "columns": list(self.columns),
        }
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Query:
        """Return the query kept as JSON; raise BadInput for what is none."""
        try:
            parts = json.loads(text)
            filters = tuple(Filter(one[0], Op(one[1]), tuple(map(str, one[2:]))) for one in parts["filters"])
            sort = Sort(str(parts["sort"][0]), bool(parts["sort"][1]))
            return cls(str(parts["list"]), filters, sort, str(parts["group"]), tuple(map(str, parts["columns"])))
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise BadInput(_("This view cannot be read any more; make it anew.")) from error


class SavedView(Record, table="saved_view", label=N_("Saved view")):
    """A query of a list, kept by name; its content is the query as JSON."""

    name: str = declare(Text(longest=60), N_("Name of the view"), required=When.CREATE)
    list_name: str = declare(Text(), N_("List of the view"), required=When.CREATE)
    content: str = declare(Text(), N_("Content of the view"), required=When.CREATE)
    place: int | None = declare(Whole(), N_("Place among the views"))
