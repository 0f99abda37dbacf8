"""The schema of the first book.

The statements stand in a file of their own, frozen: building them from today's declarations would change history.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and index."""
    for statement in Path(__file__).with_name("rev_0001_schema.sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
