"""The full-text index: bigrams of names, pinyin, initials and every searched text, kept by the same transaction.

Any two characters anywhere are found; so are initials, pinyin and fragments of phones and codes. Query text never
reaches FTS syntax: it is cut into bigrams of letters and digits, each quoted.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text

from crm_app.db import tables
from crm_app.db.changes import Ids
from crm_app.db.reader import Reader
from crm_app.domain import pinyin
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record
from crm_app.domain.records import RECORDS
from crm_app.i18n import _

SEARCHED = tuple(
    name
    for name, record_type in RECORDS.items()
    if name != "enterprise_name" and any(field.searched for field in record_type.fields)
)
"""The tables that have rows of their own in the index; other names are indexed with their enterprise."""


_BLOCK = 500
"""Records indexed at a time: an import of a whole ledger stays within memory."""


@dataclass(frozen=True)
class Document:
    """What the index knows of one record, before it is cut into bigrams."""

    title: str
    initials: str
    pinyin: str
    body: str

    def digest(self) -> str:
        """Return a short hash by which ``check`` tells an index out of step."""
        joined = "\x1f".join((self.title, self.initials, self.pinyin, self.body))
        return hashlib.blake2b(joined.encode(), digest_size=12).hexdigest()


def _runs(words: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(c if c.isalnum() else " " for c in folded).split()


def bigrams(words: str) -> str:
    """Return the overlapping pairs of letters and digits of each run; a lone character stands for itself."""
    return " ".join(
        " ".join(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else run for run in _runs(words)
    )


def match_expression(query: str, column: str = "") -> str:
    """Return the FTS5 expression that finds every run of ``query``; empty where nothing can be looked for."""
    parts = []
    for run in _runs(query):
        if len(run) == 1:
            parts.append(f'"{run}"*')
        else:
            parts.append('"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"')
    joined = " AND ".join(parts)
    return f"{{{column}}} : ({joined})" if column and joined else joined


def _body(record: Record) -> list[str]:
    values = (getattr(record, field.name) for field in record.fields if field.searched)
    return [str(value) for value in values if value]


def _enterprise(record: Record, others: Sequence[str]) -> Document:
    assert isinstance(record, Enterprise)
    initials = " ".join([record.initials or "", *(pinyin.initials(other) for other in others)])
    body = "\n".join([*_body(record)[1:], *others])
    return Document(record.name, initials, (record.pinyin or "").replace(" ", ""), body)


def _contact(record: Record, _others: Sequence[str]) -> Document:
    assert isinstance(record, Contact)
    return Document(
        record.name,
        pinyin.person_initials(record.name, record.surname_pinyin),
        (record.pinyin or "").replace(" ", ""),
        "\n".join(_body(record)[1:]),
    )


def _plain(record: Record, _others: Sequence[str]) -> Document:
    body = _body(record)
    title = body[0] if body else ""
    return Document(title, pinyin.initials(title[:40]), "", "\n".join(body[1:]))


_DOCUMENTS: dict[str, Callable[[Record, Sequence[str]], Document]] = {"enterprise": _enterprise, "contact": _contact}


def documents(reader: Reader, table: str, records: Iterable[Record]) -> list[tuple[Record, Document]]:
    """Return what the index should know of each record of one table."""
    known = list(records)
    others: dict[bytes, list[str]] = defaultdict(list)
    if table == "enterprise":
        name = tables.RECORD_TABLES["enterprise_name"]
        for block in _blocks([record.id.bytes for record in known]):
            statement = select(name.c.enterprise_id, name.c.name).order_by(name.c.id)
            for row in reader.rows(statement.where(name.c.enterprise_id.in_(block), name.c.deleted_at.is_(None))):
                others[row["enterprise_id"]].append(row["name"])
    build = _DOCUMENTS.get(table, _plain)
    return [(record, build(record, others.get(record.id.bytes, ()))) for record in known]


def _blocks(rows: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(rows), _BLOCK):
        yield rows[start : start + _BLOCK]


def _remove(reader: Reader, rows: Sequence[bytes]) -> None:
    found = reader.rows(select(tables.search_row.c.n).where(tables.search_row.c.row.in_(rows)))
    if found:
        numbers = [row["n"] for row in found]
        reader.connection.execute(text("DELETE FROM search_text WHERE rowid = :n"), [{"n": n} for n in numbers])
        reader.connection.execute(delete(tables.search_row).where(tables.search_row.c.n.in_(numbers)))


def _add(reader: Reader, table: str, records: Iterable[Record]) -> None:
    first = 1 + reader.connection.execute(select(func.coalesce(func.max(tables.search_row.c.n), 0))).scalar_one()
    known = list(enumerate(documents(reader, table, records), first))
    if not known:
        return
    reader.connection.execute(
        insert(tables.search_row),
        [{"n": n, "table": table, "row": record.id.bytes, "digest": one.digest()} for n, (record, one) in known],
    )
    reader.connection.execute(
        text(
            "INSERT INTO search_text(rowid, title, initials, pinyin, body) "
            "VALUES (:n, :title, :initials, :pinyin, :body)"
        ),
        [
            {
                "n": n,
                "title": bigrams(one.title),
                "initials": bigrams(one.initials),
                "pinyin": bigrams(one.pinyin),
                "body": bigrams(one.body),
            }
            for n, (_record, one) in known
        ],
    )


def reindex(reader: Reader, touched: Mapping[str, Ids], report: Callable[[int, int, str], None] | None = None) -> None:
    """Bring the index in step with the rows a unit touched, by table; ``report`` hears how far it is."""
    wanted = {table: rows for table, rows in touched.items() if table in SEARCHED}
    # Other names are indexed with their enterprise.
    named = reader.get_many(EnterpriseName, touched.get("enterprise_name", Ids())).values()
    if named:
        known = wanted.get("enterprise", Ids())
        wanted["enterprise"] = Ids([*(row.bytes for row in known), *(one.enterprise_id.bytes for one in named)])
    total, done = sum(map(len, wanted.values())), 0
    for table in sorted(wanted):
        for block in wanted[table].blocks(_BLOCK):
            if report is not None:
                report(done, total, _("Bringing the search index in step"))
            done += len(block)
            _remove(reader, block)
            found = reader.get_many(RECORDS[table], [UUID(bytes=row) for row in block])
            _add(reader, table, (found[one] for one in sorted(found) if found[one].deleted_at is None))


def rebuild(reader: Reader) -> None:
    """Make the index anew from the living records."""
    reader.connection.execute(delete(tables.search_row))
    reader.connection.execute(text("INSERT INTO search_text(search_text) VALUES ('delete-all')"))
    for table in SEARCHED:
        reindex(reader, {table: Ids(row["id"] for row in reader.rows(select(tables.RECORD_TABLES[table].c.id)))})


@dataclass(frozen=True)
class Hit:
    """One found record and where the query stood: exact, prefix, initials, pinyin, inside."""

    table: str
    id: UUID
    title: str
    matched: str


_ORDER = ("exact", "prefix", "initials", "pinyin", "title", "inside")


def _matched(known: Document, query: str) -> str:
    wanted = "".join(_runs(query))
    title = "".join(_runs(known.title))
    if title == wanted:
        return "exact"
    if title.startswith(wanted):
        return "prefix"
    if any(run.startswith(wanted) for run in _runs(known.initials)):
        return "initials"
    if wanted in title:
        return "title"
    if known.pinyin.startswith(wanted):
        return "pinyin"
    return "inside"


def find(reader: Reader, query: str, *, table: str = "", limit: int = 20) -> list[Hit]:
    """Return the records that hold every word of ``query``, best first: exact, prefix, initials, pinyin, inside."""
    expression = match_expression(query)
    if not expression:
        return []
    # Sorting every hit would cost more than finding them: the narrow columns first, then a bounded number of the rest.
    hits: dict[UUID, Hit] = {}
    for column in ("title", "initials", ""):
        rows = reader.rows(
            text(
                'SELECT r."table", r."row" FROM search_text s JOIN search_row r ON r.n = s.rowid '
                "WHERE search_text MATCH :expression AND (:table = '' OR r.\"table\" = :table) LIMIT :most"
            ).bindparams(expression=match_expression(query, column), table=table, most=max(limit * 5, 100)),
        )
        for row in rows:
            record_id = UUID(bytes=row["row"])
            if record_id in hits:
                continue
            record = reader.look_up(RECORDS[row["table"]], record_id)
            if record is not None:
                ((_record, known),) = documents(reader, row["table"], [record])
                hits[record_id] = Hit(row["table"], record_id, known.title, _matched(known, query))
        if len(hits) >= limit:
            break
    best = sorted(hits.values(), key=lambda hit: (_ORDER.index(hit.matched), len(hit.title), hit.title, hit.id))
    return best[:limit]


@dataclass(frozen=True)
class OutOfStep:
    """The records the index does not know as they are, and how many of its entries have no record, or no text."""

    records: list[tuple[str, UUID]]
    leftovers: int


def out_of_step(reader: Reader) -> OutOfStep:
    """Compare the index with the records, both ways."""
    entries = reader.rows(select(tables.search_row))
    known = {(row["table"], row["row"]): row["digest"] for row in entries}
    wrong = []
    for name in SEARCHED:
        for record, wanted in documents(reader, name, reader.find(RECORDS[name])):
            if known.pop((name, record.id.bytes), None) != wanted.digest():
                wrong.append((name, record.id))
    texts = {row["id"] for row in reader.rows(text("SELECT id FROM search_text_docsize"))}
    return OutOfStep(wrong, len(known) + len(texts ^ {row["n"] for row in entries}))
