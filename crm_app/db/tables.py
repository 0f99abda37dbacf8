"""The book's tables, built from the field declarations, and the few that are the book's own."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from crm_app.domain.fields import Record, When
from crm_app.domain.numbering import PREFIXES
from crm_app.domain.records import RECORDS

_STORAGE = {"text": Text, "integer": Integer, "blob": LargeBinary}

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


_DERIVED_LATER = frozenset((("project", "pinyin"),))
"""Derived fields that a migration brought: SQLite adds a column that is never empty only with a default."""


def _build(record_type: type[Record]) -> Table:
    columns: list[Column[object]] = [Column("id", LargeBinary(16), primary_key=True)]
    indexes: list[Index] = []
    for field in record_type.fields:
        for spec in field.kind.columns:
            # A many-column field is required by its first column alone: 待定 has no amount and stands for itself.
            needed = field.required is When.CREATE and spec is field.kind.columns[0] and field.name != "amount"
            refers = [ForeignKey(f"{spec.refers_to}.id")] if spec.refers_to else []
            nullable = not (needed or field.derived)
            default = "" if (record_type.table, field.name) in _DERIVED_LATER else None
            column = Column(
                field.name + spec.suffix, _STORAGE[spec.storage](), *refers, nullable=nullable, server_default=default
            )
            columns.append(column)
            if spec.refers_to:
                # What refers to nothing, as most of a ledger's rows do, costs nothing.
                filled = text(f"{column.name} IS NOT NULL") if nullable else None
                indexes.append(Index(None, column, sqlite_where=filled))
    columns.append(Column("deleted_at", Integer))
    table = Table(record_type.table, metadata, *columns, CheckConstraint("length(id) = 16", name="id"), *indexes)
    for names in record_type.unique:
        Index(
            f"ux_{record_type.table}_{'_'.join(names)}",
            *(table.c[name] for name in names),
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        )
    return table


RECORD_TABLES: dict[str, Table] = {name: _build(record_type) for name, record_type in RECORDS.items()}
"""The journalled tables by name."""

_ent = RECORD_TABLES["enterprise"]
Index("ix_enterprise_listed_name", _ent.c.deleted_at, _ent.c.pinyin, _ent.c.id)
Index("ix_contact_listed_name", RECORD_TABLES["contact"].c.deleted_at, RECORD_TABLES["contact"].c.pinyin)
Index("ix_project_listed_name", RECORD_TABLES["project"].c.deleted_at, RECORD_TABLES["project"].c.pinyin)
Index("ix_enterprise_name_key", _ent.c.name_key)
Index("ix_enterprise_uscc", _ent.c.uscc)
Index("ix_enterprise_name_name_key", RECORD_TABLES["enterprise_name"].c.name_key)
Index("ix_contact_phone", RECORD_TABLES["contact"].c.phone)
Index("ix_trip_start_on_id", RECORD_TABLES["trip"].c.start_on, RECORD_TABLES["trip"].c.id)
Index("ix_task_due_id", RECORD_TABLES["task"].c.due, RECORD_TABLES["task"].c.id)
for _numbered in PREFIXES:
    Index(f"ix_{_numbered}_number", RECORD_TABLES[_numbered].c.number)
Index("ix_signing_signed_on_first", RECORD_TABLES["signing"].c.signed_on_first)

LISTED = {
    "enterprise": ("region", "cluster", "industry", "ownership", "revenue", "tax", "staff", "country", "campaign"),
    "lead": ("registered_on", "source", "intent_low", "triage"),
    "project": ("cluster", "channel", "origin", "project_type", "industry", "campaign"),
    "visit": ("intent", "mode", "our_level"),
    "follow_up": ("mode",),
    "task": ("done_on",),
}
"""Table → the columns a list of a million rows is sorted by; where it is empty it costs nothing."""

for _table, _names in LISTED.items():
    for _column in _names:
        _of = RECORD_TABLES[_table]
        # The mark of what is deleted stands in front, so that the index alone answers.
        Index(
            f"ix_{_table}_listed_{_column}",
            _of.c.deleted_at,
            _of.c[_column],
            sqlite_where=text(f"{_column} IS NOT NULL"),
        )
for _table in ("visit", "follow_up"):
    _of = RECORD_TABLES[_table]
    Index(f"ix_{_table}_last", _of.c.enterprise_id, _of.c.deleted_at, _of.c.on)
    Index(f"ix_{_table}_listed_on", _of.c.deleted_at, _of.c.on, _of.c.enterprise_id)
for _table in ("enterprise", "enterprise_name", "contact", "position", "lead", "visit", "follow_up", "task"):
    # For the recycle bin: the few that are deleted among very many.
    _deleted = RECORD_TABLES[_table].c.deleted_at
    Index(f"ix_{_table}_deleted", _deleted, sqlite_where=text("deleted_at IS NOT NULL"))
_follow_up = RECORD_TABLES["follow_up"]
# A ledger of enterprises has none of these; the days of all others would be looked up row by row.
Index(
    "ix_follow_up_listed_project",
    *(_follow_up.c[name] for name in ("deleted_at", "on", "project_id")),
    sqlite_where=text("project_id IS NOT NULL"),
)
_visit, _task = RECORD_TABLES["visit"], RECORD_TABLES["task"]
Index(
    "ix_visit_intent_enterprise",
    *(_visit.c[name] for name in ("intent", "deleted_at", "enterprise_id")),
    sqlite_where=text("intent IS NOT NULL"),
)
Index("ix_project_listed_id", RECORD_TABLES["project"].c.deleted_at, RECORD_TABLES["project"].c.id)
_entry = RECORD_TABLES["stage_entry"]
Index("ix_stage_entry_last", *(_entry.c[name] for name in ("project_id", "on", "id", "deleted_at", "stage")))
Index("ix_stage_entry_listed_stage", _entry.c.stage, _entry.c.deleted_at, _entry.c.project_id, _entry.c.on, _entry.c.id)
Index("ix_stage_entry_listed_on", _entry.c.deleted_at, _entry.c.on, _entry.c.project_id)
_park = RECORD_TABLES["project_park"]
Index("ix_project_park_listed_park", _park.c.park, _park.c.deleted_at, _park.c.project_id)
_investor = RECORD_TABLES["investor"]
Index("ix_investor_listed_enterprise", _investor.c.deleted_at, _investor.c.enterprise_id, _investor.c.project_id)
# What a trip's figures count; an enterprise that is none counts in none of them.
Index(
    "ix_visit_counted",
    *(_visit.c[name] for name in ("trip_id", "deleted_at", "mode", "enterprise_id")),
    sqlite_where=text("trip_id IS NOT NULL"),
)
Index("ix_enterprise_other", _ent.c.id, sqlite_where=text("category <> 'company'"))
Index("ix_visit_unwritten", _visit.c.deleted_at, _visit.c.on, sqlite_where=text("talk IS NULL"))
_OPEN = text("done_on IS NULL AND deleted_at IS NULL")
# With what it is narrowed by among its columns, the index alone answers.
Index(
    "ix_task_open_due",
    *(_task.c[name] for name in ("due", "enterprise_id", "done_on", "deleted_at")),
    sqlite_where=_OPEN,
)
Index(
    "ix_task_open_enterprise",
    *(_task.c[name] for name in ("enterprise_id", "due", "done_on", "deleted_at")),
    sqlite_where=_OPEN,
)
Index(
    "ix_task_open_project",
    _task.c.due,
    _task.c.project_id,
    sqlite_where=text("done_on IS NULL AND deleted_at IS NULL AND project_id IS NOT NULL"),
)
_need = RECORD_TABLES["need"]
# Today and the reminders ask for what is still to be kept by a day; most needs of a ledger have none.
Index(
    "ix_need_open_due",
    *(_need.c[name] for name in ("due", "id", "solved_on", "deleted_at")),
    sqlite_where=text("due IS NOT NULL AND solved_on IS NULL AND deleted_at IS NULL"),
)

unit = Table(
    "unit",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("unit.n")),
    Column("final", Integer, nullable=False, server_default="0"),
)
"""One row a unit of work; ``final`` marks one that cannot be undone (a final paper)."""

unit_now = Table(
    "unit_now",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1", name="one"), primary_key=True),
    Column("n", Integer, ForeignKey("unit.n"), nullable=False),
)
"""The unit being written, inside its transaction only."""

change = Table(
    "change",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("unit", Integer, ForeignKey("unit.n"), nullable=False),
    Column("table", Text, nullable=False),
    Column("row", LargeBinary(16), nullable=False),
    Column("op", Text, CheckConstraint("op IN ('I', 'U')", name="op"), nullable=False),
    Column("old", Text),
    Column("new", Text),
    Index("ix_change_unit", "unit"),
    Index("ix_change_row", "row"),
)
"""The journal, written by triggers alone: an insert as a marker, an update as JSON of what changed."""

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("content", Text, nullable=False),
)
"""What was typed and not yet saved; outside the journal."""

book_info = Table(
    "book_info",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""The book's own facts: its origin, by which journals of several laptops stay apart."""

access_log = Table(
    "access_log",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("row", LargeBinary(16)),
    Column("amount", Integer),
)
"""Who printed, exported, unlocked or erased what, and when; outside the journal, because nothing of it is undone.

``subject`` is a code (a kind of paper, a kind of export), never a name; ``row`` the record, ``amount`` how many rows.
"""

erasure = Table(
    "erasure",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("approval", Text, nullable=False),
    Column("table", Text, nullable=False),
    Column("row", LargeBinary(16), nullable=False, unique=True),
)
"""The persons that were erased, by row alone, with the approval: an older backup that comes back is cleared of them."""

backup_copy = Table(
    "backup_copy",
    metadata,
    Column("path", Text, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("erased_to", Integer, nullable=False, server_default="0"),
    Column("gone_at", Integer),
)
"""Every backup made of this book: what an erasure has to reach (``erased_to``: the last one that did)."""

search_row = Table(
    "search_row",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("row", LargeBinary(16), nullable=False, unique=True),
    Column("digest", Integer, nullable=False),
    Column("key", Text),
)
"""Maps the integer rows of the full-text index to record ids; the digest tells whether the index is in step.

``key`` is the folded name, by which the exact one and those that begin so are found at once.
"""

Index("ix_search_row_key", search_row.c.key, sqlite_where=text('"key" IS NOT NULL'))

search_name = Table(
    "search_name",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""The folded other names of the enterprises in the index."""

Index("ix_search_name_key", search_name.c.key)

SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "words, content='', contentless_delete=1, tokenize=\"ascii tokenchars '_=~+#'\")"
)
"""Pairs of every text, each word beginning with what it is of (domain/grams.py): columns would cost two bytes a word.
``ascii`` keeps every other character whole, so that rare ones are found too."""

SEARCH_SETTINGS = {"hashsize": 8 << 20, "crisismerge": 1_000, "automerge": 4}
"""How the full-text index writes what a transaction adds.

``hashsize``: the bytes gathered for one piece, as many as a processor's cache holds. ``crisismerge``: so many pieces
that a ledger makes are not merged by the next small save at once. ``automerge``: from so many on they are, bit by bit.
"""


def search_setting(name: str, value: int) -> str:
    """Return the statement that sets how the full-text index writes, or has it merge so many pages."""
    return f"INSERT INTO search_text(search_text, rank) VALUES ('{name}', {value})"
