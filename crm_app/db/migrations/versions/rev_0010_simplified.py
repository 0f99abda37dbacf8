"""Keys of names in traditional characters are those of the simplified ones."""

from collections.abc import Sequence
from typing import Any

from alembic import op
from sqlalchemy import Connection

from crm_app.domain import names
from crm_app.domain.traditional import simplified

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    """Make the keys anew."""
    simplify_keys(op.get_bind())


def simplify_keys(book: Connection) -> None:
    """Make the matching keys of names in traditional characters anew, in the records and where the journal tells them.

    Else the journal would tell another key than the record has, and a rename could not be taken back.
    """
    for table in ("enterprise", "enterprise_name"):
        called = book.exec_driver_sql(f"SELECT name, id FROM {table}").all()
        _set(book, f"UPDATE {table} SET name_key = ? WHERE id = ?", called)
        for side in ("old", "new"):
            told = book.exec_driver_sql(
                f"SELECT {side} ->> '$.name', n FROM change WHERE \"table\" = ? AND op = 'U' AND json_valid({side}) "
                f"AND {side} ->> '$.name_key' IS NOT NULL",
                (table,),
            ).all()
            _set(book, f"UPDATE change SET {side} = json_set({side}, '$.name_key', ?) WHERE n = ?", told)


def _set(book: Connection, statement: str, called: Sequence[Any]) -> None:
    keys = [(names.match_key(name), row) for name, row in called if name and name != simplified(name)]
    if keys:
        book.exec_driver_sql(statement, keys)
