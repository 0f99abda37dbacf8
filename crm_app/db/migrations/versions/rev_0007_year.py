"""What superiors say of a year: places with metric, value and words, out of how many or not; results and thresholds."""

from alembic import op

revision, down_revision = "0007", "0006"

_STATEMENTS: tuple[str, ...] = (
    # A column stops being required only in a table made anew; nothing refers to it.
    "ALTER TABLE ranking RENAME TO ranking_before",
    """CREATE TABLE ranking (
        id BLOB NOT NULL,
        board TEXT NOT NULL,
        period TEXT NOT NULL,
        "group" TEXT,
        rank INTEGER NOT NULL,
        "of" INTEGER,
        metric TEXT,
        value INTEGER,
        issuer TEXT,
        document TEXT,
        announced_on TEXT,
        source TEXT,
        deleted_at INTEGER,
        CONSTRAINT pk_ranking PRIMARY KEY (id),
        CONSTRAINT ck_ranking_id CHECK (length(id) = 16)
    )""",
    """INSERT INTO ranking (id, board, period, "group", rank, "of", document, announced_on, deleted_at)
        SELECT id, board, period, "group", rank, "of", document, announced_on, deleted_at
        FROM ranking_before""",
    "DROP TABLE ranking_before",
    "ALTER TABLE annual ADD COLUMN staff INTEGER",
    "ALTER TABLE annual ADD COLUMN source TEXT",
    "ALTER TABLE annual ADD COLUMN source_on TEXT",
    "ALTER TABLE dictionary_entry ADD COLUMN output_per_mu INTEGER",
    "ALTER TABLE dictionary_entry ADD COLUMN tax_per_mu INTEGER",
    "ALTER TABLE dictionary_entry ADD COLUMN per_mu_since TEXT",
)


def upgrade() -> None:
    """Change what is there, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
