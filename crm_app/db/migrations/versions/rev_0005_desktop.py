"""What a desktop keeps: files of every record, promises, the main contact, when an entry of a list is valid."""

from alembic import op

revision, down_revision = "0005", "0004"

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE attachment ADD COLUMN project_id BLOB CONSTRAINT fk_attachment_project_id REFERENCES project (id)",
    "ALTER TABLE attachment ADD COLUMN trip_id BLOB CONSTRAINT fk_attachment_trip_id REFERENCES trip (id)",
    "ALTER TABLE attachment ADD COLUMN follow_up_id BLOB"
    " CONSTRAINT fk_attachment_follow_up_id REFERENCES follow_up (id)",
    "CREATE INDEX ix_attachment_project_id ON attachment (project_id) WHERE project_id IS NOT NULL",
    "CREATE INDEX ix_attachment_trip_id ON attachment (trip_id) WHERE trip_id IS NOT NULL",
    "CREATE INDEX ix_attachment_follow_up_id ON attachment (follow_up_id) WHERE follow_up_id IS NOT NULL",
    "ALTER TABLE dictionary_entry ADD COLUMN valid_from TEXT",
    "ALTER TABLE dictionary_entry ADD COLUMN valid_to TEXT",
    "ALTER TABLE dictionary_entry ADD COLUMN per_mu INTEGER",
    "ALTER TABLE need ADD COLUMN promised_on TEXT",
    "ALTER TABLE position ADD COLUMN main INTEGER",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
