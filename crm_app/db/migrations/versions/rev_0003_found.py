"""What a hundred thousand enterprises need: people found by phone, the same enterprise once, a quick index."""

from alembic import op

revision, down_revision = "0003", "0002"

_STATEMENTS = (
    "ALTER TABLE reception ADD COLUMN time TEXT",
    "ALTER TABLE follow_up ADD COLUMN time TEXT",
    "CREATE INDEX ix_contact_phone ON contact (phone)",
    """
CREATE TABLE distinct_pair (
    id BLOB NOT NULL,
    one_id BLOB NOT NULL,
    other_id BLOB NOT NULL,
    one_name TEXT NOT NULL,
    other_name TEXT NOT NULL,
    "on" TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_distinct_pair PRIMARY KEY (id),
    CONSTRAINT ck_distinct_pair_id CHECK (length(id) = 16),
    CONSTRAINT fk_distinct_pair_one_id FOREIGN KEY(one_id) REFERENCES enterprise (id),
    CONSTRAINT fk_distinct_pair_other_id FOREIGN KEY(other_id) REFERENCES enterprise (id)
)""",
    "CREATE INDEX ix_distinct_pair_one_id ON distinct_pair (one_id)",
    "CREATE INDEX ix_distinct_pair_other_id ON distinct_pair (other_id)",
    "CREATE UNIQUE INDEX ux_distinct_pair_one_id_other_id ON distinct_pair (one_id, other_id) WHERE deleted_at IS NULL",
    """
CREATE TABLE merger (
    id BLOB NOT NULL,
    loser_id BLOB NOT NULL,
    winner_id BLOB NOT NULL,
    "on" TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_merger PRIMARY KEY (id),
    CONSTRAINT ck_merger_id CHECK (length(id) = 16),
    CONSTRAINT fk_merger_loser_id FOREIGN KEY(loser_id) REFERENCES enterprise (id),
    CONSTRAINT fk_merger_winner_id FOREIGN KEY(winner_id) REFERENCES enterprise (id)
)""",
    "CREATE INDEX ix_merger_loser_id ON merger (loser_id)",
    "CREATE INDEX ix_merger_winner_id ON merger (winner_id)",
    """
CREATE TABLE contact_merger (
    id BLOB NOT NULL,
    loser_id BLOB NOT NULL,
    winner_id BLOB NOT NULL,
    "on" TEXT,
    deleted_at INTEGER,
    CONSTRAINT pk_contact_merger PRIMARY KEY (id),
    CONSTRAINT ck_contact_merger_id CHECK (length(id) = 16),
    CONSTRAINT fk_contact_merger_loser_id FOREIGN KEY(loser_id) REFERENCES contact (id),
    CONSTRAINT fk_contact_merger_winner_id FOREIGN KEY(winner_id) REFERENCES contact (id)
)""",
    "CREATE INDEX ix_contact_merger_loser_id ON contact_merger (loser_id)",
    "CREATE INDEX ix_contact_merger_winner_id ON contact_merger (winner_id)",
    "DROP TABLE search_row",
    """CREATE TABLE search_row (
        n INTEGER NOT NULL,
        "row" BLOB NOT NULL,
        digest INTEGER NOT NULL,
        "key" TEXT,
        CONSTRAINT pk_search_row PRIMARY KEY (n),
        UNIQUE ("row")
    )""",
    'CREATE INDEX ix_search_row_key ON search_row ("key") WHERE "key" IS NOT NULL',
    "DROP TABLE search_text",
    """CREATE VIRTUAL TABLE search_text USING fts5(
        title, initials, pinyin, codes, body, content='', contentless_delete=1, tokenize="ascii tokenchars '_'"
    )""",
)


def upgrade() -> None:
    """Create what is new, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
