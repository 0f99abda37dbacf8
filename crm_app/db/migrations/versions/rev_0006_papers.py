"""What a paper's life keeps: hand edits, and a reason for each thing left open; the words of the search index."""

from alembic import op

revision, down_revision = "0006", "0005"

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE issued_paper ADD COLUMN edits TEXT",
    "ALTER TABLE issued_paper ADD COLUMN answers TEXT",
    "DROP TABLE search_text",
    # It is filled anew after every migration.
    """CREATE VIRTUAL TABLE search_text USING fts5(
        words, content='', contentless_delete=1, tokenize="ascii tokenchars '_=~+#'"
    )""",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
