"""What a paper's life keeps: hand edits, and a reason for each thing left open."""

from alembic import op

revision, down_revision = "0006", "0005"

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE issued_paper ADD COLUMN edits TEXT",
    "ALTER TABLE issued_paper ADD COLUMN answers TEXT",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
