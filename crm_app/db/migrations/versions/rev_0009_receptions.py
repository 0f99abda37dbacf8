"""Receptions: who of us was there beside the host, and files of their own; the pinyin of projects, to list them by."""

from alembic import op

from crm_app.domain import pinyin

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
