"""Follow-ups with a project by their day: the list of projects by the last dealing reads them alone."""

from alembic import op

revision, down_revision = "0008", "0007"

_STATEMENTS: tuple[str, ...] = (
    'CREATE INDEX ix_follow_up_listed_project ON follow_up (deleted_at, "on", project_id) WHERE project_id IS NOT NULL',
    "CREATE INDEX ix_need_open_due ON need (due, id, solved_on, deleted_at)"
    " WHERE due IS NOT NULL AND solved_on IS NULL AND deleted_at IS NULL",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
