"""What a hundred thousand enterprises need: people by phone, the same enterprise once, quick lists and views."""

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
    """CREATE TABLE search_name (
        n INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        CONSTRAINT pk_search_name PRIMARY KEY (n, "key")
    ) WITHOUT ROWID""",
    'CREATE INDEX ix_search_name_key ON search_name ("key")',
    "DROP TABLE search_text",
    """CREATE VIRTUAL TABLE search_text USING fts5(
        title, initials, pinyin, codes, body, content='', contentless_delete=1, tokenize="ascii tokenchars '_'"
    )""",
    """
    CREATE TABLE saved_view (
        id BLOB NOT NULL,
        name TEXT NOT NULL,
        list_name TEXT NOT NULL,
        content TEXT NOT NULL,
        deleted_at INTEGER,
        CONSTRAINT pk_saved_view PRIMARY KEY (id),
        CONSTRAINT ck_saved_view_id CHECK (length(id) = 16)
    )
    """,
    "DROP INDEX ix_enterprise_pinyin_id",
    "DROP INDEX ix_visit_on_id",
    "DROP INDEX ix_follow_up_on_id",
    "CREATE INDEX ix_contact_listed_name ON contact (deleted_at, pinyin)",
    "CREATE INDEX ix_enterprise_listed_campaign ON enterprise (deleted_at, campaign) WHERE campaign IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_cluster ON enterprise (deleted_at, cluster) WHERE cluster IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_country ON enterprise (deleted_at, country) WHERE country IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_industry ON enterprise (deleted_at, industry) WHERE industry IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_name ON enterprise (deleted_at, pinyin, id)",
    "CREATE INDEX ix_enterprise_listed_ownership ON enterprise (deleted_at, ownership) WHERE ownership IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_region ON enterprise (deleted_at, region) WHERE region IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_revenue ON enterprise (deleted_at, revenue) WHERE revenue IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_staff ON enterprise (deleted_at, staff) WHERE staff IS NOT NULL",
    "CREATE INDEX ix_enterprise_listed_tax ON enterprise (deleted_at, tax) WHERE tax IS NOT NULL",
    'CREATE INDEX ix_visit_last ON visit (enterprise_id, deleted_at, "on")',
    "CREATE INDEX ix_visit_intent_enterprise ON visit (intent, enterprise_id) WHERE intent IS NOT NULL",
    "CREATE INDEX ix_visit_listed_intent ON visit (deleted_at, intent) WHERE intent IS NOT NULL",
    "CREATE INDEX ix_lead_listed_intent_low ON lead (deleted_at, intent_low) WHERE intent_low IS NOT NULL",
    "CREATE INDEX ix_lead_listed_registered_on ON lead (deleted_at, registered_on) WHERE registered_on IS NOT NULL",
    "CREATE INDEX ix_lead_listed_source ON lead (deleted_at, source) WHERE source IS NOT NULL",
    "CREATE INDEX ix_lead_listed_triage ON lead (deleted_at, triage) WHERE triage IS NOT NULL",
    'CREATE INDEX ix_follow_up_last ON follow_up (enterprise_id, deleted_at, "on")',
    "CREATE INDEX ix_task_open_due ON task (due, enterprise_id) WHERE done_on IS NULL AND deleted_at IS NULL",
    "CREATE INDEX ix_task_open_enterprise ON task (enterprise_id, due) WHERE done_on IS NULL AND deleted_at IS NULL",
    "CREATE INDEX ix_visit_listed_mode ON visit (deleted_at, mode) WHERE mode IS NOT NULL",
    "CREATE INDEX ix_visit_listed_our_level ON visit (deleted_at, our_level) WHERE our_level IS NOT NULL",
    "CREATE INDEX ix_follow_up_listed_mode ON follow_up (deleted_at, mode) WHERE mode IS NOT NULL",
    'CREATE INDEX ix_stage_entry_last ON stage_entry (project_id, "on", id)',
    "CREATE INDEX ix_stage_entry_listed_stage ON stage_entry (stage, project_id)",
    "CREATE INDEX ix_task_listed_done_on ON task (deleted_at, done_on) WHERE done_on IS NOT NULL",
    'CREATE INDEX ix_visit_listed_on ON visit (deleted_at, "on", enterprise_id)',
    'CREATE INDEX ix_follow_up_listed_on ON follow_up (deleted_at, "on", enterprise_id)',
)


def upgrade() -> None:
    """Create what is new, one statement after the other."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
