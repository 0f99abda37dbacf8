"""What the lists have to know of a column in SQL: its key, its order, and the ways from a value to its rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Rows ``x`` with a day, those of them that count, and the id of the list's row each tells of, reached ``via``.

    ``index``: the one of these rows alone, where SQLite would take another.
    """

    table: str
    day: str
    which: str = "x.deleted_at IS NULL"
    of: str = "x.enterprise_id"
    via: str = ""
    index: str = ""

    def select(self, what: str, more: str = "") -> str:
        """Return a select of ``what``, narrowed by what else has to hold."""
        return f"SELECT {what} FROM {self.table} x{self.index}{self.via} WHERE {self.which}{more}"

    def ids(self, more: str = "") -> str:
        """Return a select of the ids as ``i``."""
        return self.select(f"+{self.of} AS i", f"{more} AND {self.of} IS NOT NULL")


@dataclass(frozen=True)
class Events:
    """The days of other rows that point at a row of the list.

    ``newest``: the last of them counts, else the first. ``floor``: the source of which nearly every row has one, and
    none of its days is later than the one that counts; ``lacking``: a select of the ids of those that have none.
    ``back``: the column says how many days ago it was, where it was more than so many. ``each``: so many days of the
    floor's a row has, about.
    """

    sources: tuple[Source, ...]
    newest: bool = True
    floor: Source | None = None
    lacking: str = ""
    back: int = 0
    each: int = 1


@dataclass(frozen=True)
class Sql:
    """A column in SQL.

    ``key`` is what is filtered, ``sort`` what is sorted by if that is another; ``parts`` are the columns its kind
    reads, by their suffix; ``tie`` orders equal ones. ``indexed``: an index leads from the key to the rows; ``listed``:
    one that knows what is deleted, and so needs no look at the row. ``events``: the newest or earliest of other rows'
    days; ``only``: what else has to hold where there is a value, to be put behind another condition.
    ``walk``: a select of ids as ``owner``, among which all that have ``:value`` are found; ``along``: the same in the
    order of the ids, for values of which ``often`` is the select of very many rows.
    ``enterprise``: the id of the row's enterprise, by whose pinyin it is sorted; ``through``: the join from one to it.
    ``ranked``: sorted by what its values mean (their order, region, pinyin), not by how they are written; ``values``:
    a select of all it can have, where the rows themselves are long to ask. ``among``: the condition on the rows of
    which an index of those alone leads in this order.
    """

    key: str
    sort: str = ""
    last: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    tie: str = "t.rowid"
    indexed: bool = False
    listed: bool = False
    never_null: bool = False
    events: Events | None = None
    only: str = ""
    walk: str = ""
    along: str = ""
    often: str = ""
    values: str = ""
    enterprise: str = ""
    through: str = ""
    ranked: bool = False
    among: str = ""

    @property
    def order(self) -> str:
        """What the rows are sorted by."""
        return self.sort or self.key

    def known(self, value: str) -> str:
        """Return the condition that there is something to sort by; ``value`` stands for what is sorted by."""
        if self.events is not None and self.events.back:
            return f"{value} < date(:today, '-{self.events.back} days')"
        return f"{value} IS NOT NULL"
