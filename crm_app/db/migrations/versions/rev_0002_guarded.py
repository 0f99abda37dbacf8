"""What a guarded book keeps beside its journal: who saw what, who was erased, which copies there are."""

from alembic import op

revision, down_revision = "0002", "0001"

_STATEMENTS = (
    """
    CREATE TABLE access_log (
        n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        "row" BLOB,
        amount INTEGER,
        CONSTRAINT pk_access_log PRIMARY KEY (n)
    )
    """,
    """
    CREATE TABLE erasure (
        n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        approval TEXT NOT NULL,
        "table" TEXT NOT NULL,
        "row" BLOB NOT NULL,
        CONSTRAINT pk_erasure PRIMARY KEY (n),
        UNIQUE ("row")
    )
    """,
    """
    CREATE TABLE backup_copy (
        path TEXT NOT NULL,
        at INTEGER NOT NULL,
        erased_to INTEGER DEFAULT '0' NOT NULL,
        gone_at INTEGER,
        CONSTRAINT pk_backup_copy PRIMARY KEY (path)
    )
    """,
)


def upgrade() -> None:
    """Create the three tables."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
