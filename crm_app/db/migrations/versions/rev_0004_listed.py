"""What quick lists in every place and quick ledgers need of the book."""

from alembic import op

revision, down_revision = "0004", "0003"

_STATEMENTS: tuple[str, ...] = ("ALTER TABLE saved_view ADD COLUMN place INTEGER",)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
