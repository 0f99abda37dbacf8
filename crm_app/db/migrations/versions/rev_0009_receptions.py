"""Receptions: who of us was there beside the host, and files of their own; the pinyin of projects, to list them by.

Keys of names in traditional characters are those of the simplified ones.
"""

from collections.abc import Sequence
from typing import Any

from alembic import op
from sqlalchemy import Connection

from crm_app.domain import names, pinyin
from crm_app.domain.traditional import simplified

revision, down_revision = "0009", "0008"

_STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE reception_person (
        id BLOB NOT NULL,
        reception_id BLOB NOT NULL,
        person_id BLOB NOT NULL,
        deleted_at INTEGER,
        CONSTRAINT pk_reception_person PRIMARY KEY (id),
        CONSTRAINT ck_reception_person_id CHECK (length(id) = 16),
        CONSTRAINT fk_reception_person_reception_id FOREIGN KEY(reception_id) REFERENCES reception (id),
        CONSTRAINT fk_reception_person_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    "CREATE INDEX ix_reception_person_person_id ON reception_person (person_id)",
    "CREATE INDEX ix_reception_person_reception_id ON reception_person (reception_id)",
    "CREATE UNIQUE INDEX ux_reception_person_reception_id_person_id ON reception_person (reception_id, person_id)"
    " WHERE deleted_at IS NULL",
    "ALTER TABLE attachment ADD COLUMN reception_id BLOB"
    " CONSTRAINT fk_attachment_reception_id REFERENCES reception (id)",
    "CREATE INDEX ix_attachment_reception_id ON attachment (reception_id) WHERE reception_id IS NOT NULL",
    "ALTER TABLE project ADD COLUMN pinyin TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX ix_project_listed_name ON project (deleted_at, pinyin)",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    book = op.get_bind()
    for statement in _STATEMENTS:
        book.exec_driver_sql(statement)
    read = [(pinyin.sort_key(name), row) for row, name in book.exec_driver_sql("SELECT id, name FROM project")]
    if read:
        book.exec_driver_sql("UPDATE project SET pinyin = ? WHERE id = ?", read)
    simplify_keys(book)


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
