"""Names in traditional characters are read as the simplified ones are; the index, made anew, finds either by either."""

from __future__ import annotations

from collections.abc import Callable

from alembic import op
from sqlalchemy import Connection

from crm_app.domain import pinyin
from crm_app.domain.traditional import simplified

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    """Read the names anew; the index follows, as after every revision."""
    read_anew(op.get_bind())


def read_anew(book: Connection) -> None:
    """Read anew the names in traditional characters; what the journal told of their reading, it tells no more.

    A reading follows from its name and its surname's, and is worked out when either comes back.
    """
    for table, (set_columns, read) in _READ.items():
        surname = "surname_pinyin" if table == "contact" else "NULL"
        called = book.exec_driver_sql(f"SELECT id, name, {surname} FROM {table}")
        traditional = [(row, name, reading) for row, name, reading in called if _is_traditional(name)]
        if traditional:
            found = [(*read(name, reading), row) for row, name, reading in traditional]
            book.exec_driver_sql(f"UPDATE {table} SET {set_columns} WHERE id = ?", found)
        _forget_readings(book, table, {row for row, *_rest in traditional})


_READ: dict[str, tuple[str, Callable[[str, str | None], tuple[str, ...]]]] = {
    "enterprise": ("pinyin = ?, initials = ?", lambda name, _surname: (pinyin.sort_key(name), pinyin.initials(name))),
    "contact": ("pinyin = ?", lambda name, surname: (pinyin.person_full(name, surname),)),
    "project": ("pinyin = ?", lambda name, _surname: (pinyin.sort_key(name),)),
}
"""By table: what is set of a record, and how that is read from its name and the reading of its surname."""


def _is_traditional(name: str | None) -> bool:
    return name is not None and simplified(name) != name


def _forget_readings(book: Connection, table: str, rows: set[bytes]) -> None:
    told = book.exec_driver_sql(
        "SELECT n, \"row\", old ->> '$.name', new ->> '$.name' FROM change "
        "WHERE \"table\" = ? AND op = 'U' AND json_valid(old) AND json_valid(new) "
        "AND coalesce(new ->> '$.pinyin', new ->> '$.initials') IS NOT NULL",
        (table,),
    )
    # Where no name is told, it was the reading of a surname, whatever the name was then.
    gone = [(n,) for n, row, *names in told if row in rows or not any(names) or any(map(_is_traditional, names))]
    if gone:
        without = ", ".join(f"{side} = json_remove({side}, '$.pinyin', '$.initials')" for side in ("old", "new"))
        book.exec_driver_sql(f"UPDATE change SET {without} WHERE n = ?", gone)
