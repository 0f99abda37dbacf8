"""What finding needs at a hundred thousand enterprises: people by their phone."""

from alembic import op

revision, down_revision = "0003", "0002"

_STATEMENTS = ("CREATE INDEX ix_contact_phone ON contact (phone)",)


def upgrade() -> None:
    """Create what is new, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
