"""Lists of any length: the first rows at once, then the order of all of them, and rows as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app import clock
from crm_app.db import list_search
from crm_app.db import lists as reads
from crm_app.db.book import Book
from crm_app.db.lists import Group, Numbers, Order, Row
from crm_app.domain.entry_names import entry_name
from crm_app.domain.kinds import Choice, Option
from crm_app.domain.listed import LISTS
from crm_app.domain.lists import List, Shape
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.domain.views import Query
from crm_app.errors import NotFound
from crm_app.i18n import _

__all__ = ["Group", "Numbers", "Order", "Row"]


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a list; ``complete``: there are no others."""

    rows: list[Row]
    complete: bool


def never() -> bool:
    """Say that nobody stops."""
    return False


def list_of(query: Query) -> List:
    """Return the list a query asks; raise NotFound."""
    if query.list not in LISTS:
        raise NotFound(_("There is no list “{name}”.").format(name=query.list))
    return LISTS[query.list]


def columns_of(query: Query) -> tuple[str, ...]:
    """Return the columns a query shows: its own, as far as the list has them, else the list's."""
    wanted = list_of(query)
    known = {one.name for one in wanted.columns}
    return tuple(name for name in query.columns if name in known) or wanted.shown()


def _read(query: Query) -> tuple[str, ...]:
    """Return the columns that are read: those shown, and those that say whether a day of them is settled."""
    wanted, names = list_of(query), columns_of(query)
    return (*names, *(by for name in names if (by := wanted.column(name).settled_by) and by not in names))


def first_rows(
    book: Book, query: Query, limit: int = 100, cancelled: Callable[[], bool] = never, *, found: str = ""
) -> FirstRows:
    """Return the first rows that fit, in order; raise BadInput for what the list cannot do.

    ``found``: those of them that a search finds, best first.
    """
    wanted, today = list_of(query), clock.today()
    with book.read() as reader, reader.until(cancelled):
        if found:
            best = list_search.numbers(reader, wanted, query, today, found)
            return FirstRows(reads.rows(reader, wanted, _read(query), best, today), True)
        numbers = reads.first(reader, wanted, query, today, limit + 1)
        rows = reads.rows(reader, wanted, _read(query), numbers[:limit], today)
        return FirstRows(rows, len(numbers) <= limit)


def order(book: Book, query: Query, cancelled: Callable[[], bool] = never) -> Order:
    """Return the order of every row that fits, with its groups; ``cancelled`` is asked every few milliseconds."""
    with book.read() as reader, reader.until(cancelled):
        return reads.order(reader, list_of(query), query, clock.today())


def rows(book: Book, query: Query, numbers: Numbers) -> list[Row]:
    """Return the rows of a piece of an order, with the values of the columns the query shows."""
    with book.read() as reader:
        return reads.rows(reader, list_of(query), _read(query), numbers, clock.today())


def ids(book: Book, query: Query, numbers: Numbers) -> list[UUID]:
    """Return the ids of a piece of an order."""
    with book.read() as reader:
        return reads.ids(reader, list_of(query), numbers)


def number_of(book: Book, query: Query, record: UUID) -> int | None:
    """Return the number of the row of a record; None where it is not there any more."""
    with book.read() as reader:
        return next(iter(reads.numbers_of(reader, list_of(query), [record])), None)


def shown(query: Query, row: Row) -> Sequence[str]:
    """Return a row's values as a person reads them, in the order of the columns shown."""
    wanted = list_of(query)
    return [_shown(wanted, name, row) for name in columns_of(query)]


def _shown(wanted: List, name: str, row: Row) -> str:
    value = row.values[name]
    return "" if value is None else wanted.column(name).kind.show(value)


def group_title(query: Query, group: Group) -> str:
    """Return what the rows of a group have in common, as a person reads it."""
    column = list_of(query).column(query.group)
    if group.value is None:
        return _("(nothing known)")
    if column.person or column.shape == "day":
        return str(group.value)
    return column.kind.show(column.kind.load({"": group.value}, ""))


def offered(book: Book, name: str) -> dict[str, list[tuple[str, str]]]:
    """Return what each column of a list that is chosen from offers: values, each with its word."""
    found: dict[str, list[tuple[str, str]]] = {}
    with book.read() as reader:
        people = [(str(one.id), one.name) for one in reader.find(Person)]
        entries: dict[str, list[tuple[str, str]]] = {}
        for entry in reader.find(DictionaryEntry, order_by=("place",)):
            entries.setdefault(entry.list_name, []).append((entry.name, entry_name(entry.name)))
    for column in LISTS[name].columns:
        if column.person:
            found[column.name] = people
        elif isinstance(column.kind, Option):
            found[column.name] = [(one.value, column.kind.show(one)) for one in column.kind.options]
        elif isinstance(column.kind, Choice):
            found[column.name] = list(dict.fromkeys(entries.get(column.kind.list_name, [])))
        elif column.shape is Shape.FLAG:
            found[column.name] = [("yes", _("Yes")), ("no", _("No"))]
    return found
