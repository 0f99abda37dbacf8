"""Lists of every kind: first page, sorts, shipped views, filters with a sort, a jump, a page, many rows changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from sqlalchemy import text

from bench.history import day_of
from bench.measure import Measure
from bench.stock import Stock
from crm_app import clock
from crm_app.domain.listed import LISTS, SHIPPED
from crm_app.domain.views import Filter, Op, Query, Sort
from crm_app.services import bulk_edit, lists
from crm_app.services.book import Book, close_book, open_book
from crm_app.services.enterprises import enterprise_page

_FILTERED = (
    ("cluster and ownership, by revenue", (("cluster", Op.FILLED, ()), ("staff", Op.FROM_TO, ("100", ""))), "revenue"),
    ("met this month, by name", (("last_on", Op.WITHIN, ("this_month",)),), "name"),
    ("a word in the products, by name", (("products", Op.CONTAINS, ("电池",)),), "name"),
    ("a province, by the next due day", (("region", Op.UNDER, ("四川省",)),), "next_due"),
)

_SORTED, _SHIPPED, _OTHERS = "every column, both ways", "views that come with it", "other filters and sorts"


def measures(stock: Stock, rows: int) -> Iterator[Measure]:
    """Yield what a list of enterprises does, and the page of one with 200 dealings, or as many as there are."""
    book = open_book(stock.book(rows))
    bare = "the same rows by bare SQL, by their ids"

    def page(query: Query, family: str, name: str = "", goal_ms: float = 10) -> Measure:
        numbers = lists.first_rows(book, query).rows
        return Measure(
            f"list: {name or _name(query)}",
            lambda: lists.first_rows(book, query),
            _bare(book, query, numbers),
            bare,
            goal_ms=goal_ms,
            family=f"first page of a list: {family}",
        )

    # The made-up history ends in these days: what is stalled or was signed this year depends on the day.
    clock.pin_today(day_of(870))
    for wanted in LISTS.values():
        yield page(Query(wanted.name), _SORTED)
        for column in wanted.columns:
            if column.sorts:
                for descending in (False, True):
                    yield page(Query(wanted.name, sort=Sort(column.name, descending)), _SORTED)
    for view in SHIPPED:
        yield page(view.query, _SHIPPED, f"{view.query.list}, {view.name}")
    for name, filters, sort in _FILTERED:
        query = Query("enterprises", tuple(Filter(*one) for one in filters), Sort(sort))
        yield page(query, _OTHERS, name, goal_ms=150)
    everything = Query("enterprises")
    order = lists.order(book, everything)
    middle = order.numbers[len(order.numbers) // 2 :][:100]
    yield Measure(
        "list: jump to the middle",
        lambda: lists.rows(book, everything, middle),
        _bare(book, everything, lists.rows(book, everything, middle)),
        bare,
        goal_ms=10,
    )
    yield Measure(
        "list: order of all", lambda: lists.order(book, everything), _bare_order(book), "the ids by bare SQL, in order"
    )
    with book.read() as reader:
        ((busy,),) = reader.rows_of(
            # The busiest of a million have a thousand next steps besides, which no enterprise has in life.
            "SELECT i FROM (SELECT enterprise_id AS i, 1 AS met, 0 AS next FROM visit"
            " UNION ALL SELECT enterprise_id, 1, 0 FROM follow_up"
            " UNION ALL SELECT enterprise_id, 0, 1 FROM task WHERE done_on IS NULL)"
            " WHERE i IS NOT NULL GROUP BY i ORDER BY abs(sum(met) - 200) + sum(next) LIMIT 1"
        )
    (one,) = lists.ids(book, everything, _number(book, busy))
    seen = enterprise_page(book, one)
    entries, steps = len(seen.timeline), len(seen.tasks)
    yield Measure(
        "the page of an enterprise with 200 dealings",
        lambda: enterprise_page(book, one),
        _bare_timeline(book, busy),
        "its visits and follow-ups by bare SQL",
        goal_ms=10,
        told=lambda: [f"{entries} entries on its timeline, {steps} next steps"],
    )
    close_book(book)
    clock.pin_today(None)
    yield _many_at_once(stock, rows)


def _many_at_once(stock: Stock, rows: int) -> Measure:
    """Return the measure of one field of 10,000 enterprises, or all there are, set to another value each time."""
    book = stock.opened(rows, "many-at-once")
    query = Query("enterprises")
    ids = lists.ids(book, query, lists.order(book, query).numbers[:10_000])
    values = itertools.cycle(("食品及农产品加工", "先进材料"))

    def bare() -> None:
        with book.unit("bare") as unit:
            listed = ", ".join(f"x'{one.hex}'" for one in ids)
            unit.connection.exec_driver_sql(f"UPDATE enterprise SET cluster = 'x' WHERE id IN ({listed})")

    return Measure(
        f"list: one field of {len(ids):,} rows set",
        lambda: bulk_edit.apply(book, "enterprises", ids, "cluster", next(values)),
        bare,
        "one bare UPDATE of them with the journal, rolled back",
        rounds=3,
    )


def _name(query: Query) -> str:
    sort = f"{query.sort.column or 'as it stands'}{' down' if query.sort.descending else ''}"
    return " ".join([query.list, *(f"{one.column} {one.op.value}" for one in query.filters), "by", sort])


def _number(book: Book, record: bytes) -> list[int]:
    with book.read() as reader:
        return [row[0] for row in reader.rows_of("SELECT rowid FROM enterprise WHERE id = :id", {"id": record})]


def _bare(book: Book, query: Query, rows: list[lists.Row]) -> Callable[[], object]:
    table = lists.list_of(query).record.table
    wanted = ", ".join(str(row.number) for row in rows)

    def run() -> None:
        with book.read() as reader:
            reader.rows(text(f"SELECT * FROM {table} WHERE rowid IN ({wanted})"))

    return run


def _bare_order(book: Book) -> Callable[[], object]:
    def run() -> None:
        with book.read() as reader:
            reader.rows_of("SELECT rowid FROM enterprise WHERE deleted_at IS NULL ORDER BY pinyin, id")

    return run


def _bare_timeline(book: Book, record: bytes) -> Callable[[], object]:
    def run() -> None:
        with book.read() as reader:
            for table in ("visit", "follow_up"):
                reader.rows_of(f"SELECT * FROM {table} WHERE enterprise_id = :id", {"id": record})

    return run
