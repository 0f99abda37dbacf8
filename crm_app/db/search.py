"""The full-text index: bigrams of names, pinyin, initials and every searched text, kept by the same transaction.

Any two characters anywhere are found; so are initials, pinyin and fragments of phones and codes. Query text never
reaches FTS syntax: it is cut into bigrams of letters and digits, each quoted.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select, text

from crm_app.db import tables
from crm_app.db.reader import Reader
from crm_app.domain import pinyin
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record
from crm_app.domain.records import RECORDS

SEARCHED = tuple(
    name
    for name, record_type in RECORDS.items()
    if name != "enterprise_name" and any(field.searched for field in record_type.fields)
)
"""The tables that have rows of their own in the index; other names are indexed with their enterprise."""


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


def _enterprise(reader: Reader, record: Record) -> Document:
    assert isinstance(record, Enterprise)
    others = [other.name for other in reader.find(EnterpriseName, enterprise_id=record.id)]
    initials = " ".join([record.initials or "", *(pinyin.initials(other) for other in others)])
    return Document(
        record.name, initials, (record.pinyin or "").replace(" ", ""), "\n".join(_body(record)[1:] + others)
    )


def _contact(reader: Reader, record: Record) -> Document:
    assert isinstance(record, Contact)
    return Document(
        record.name, pinyin.initials(record.name), (record.pinyin or "").replace(" ", ""), "\n".join(_body(record)[1:])
    )


def _plain(_reader: Reader, record: Record) -> Document:
    body = _body(record)
    title = body[0] if body else ""
    return Document(title, pinyin.initials(title[:40]), "", "\n".join(body[1:]))


_DOCUMENTS: dict[str, Callable[[Reader, Record], Document]] = {"enterprise": _enterprise, "contact": _contact}


def document(reader: Reader, record: Record) -> Document:
    """Return what the index should know of a record."""
    return _DOCUMENTS.get(record.table, _plain)(reader, record)


def _remove(reader: Reader, row: bytes) -> None:
    known = reader.connection.execute(
        select(tables.search_row.c.n).where(tables.search_row.c.row == row)
    ).scalar_one_or_none()
    if known is not None:
        reader.connection.execute(text("DELETE FROM search_text WHERE rowid = :n"), {"n": known})
        reader.connection.execute(delete(tables.search_row).where(tables.search_row.c.n == known))


def _add(reader: Reader, record: Record) -> None:
    known = document(reader, record)
    n = reader.connection.execute(
        insert(tables.search_row).values(table=record.table, row=record.id.bytes, digest=known.digest())
    ).lastrowid
    reader.connection.execute(
        text(
            "INSERT INTO search_text(rowid, title, initials, pinyin, body) "
            "VALUES (:n, :title, :initials, :pinyin, :body)"
        ),
        {
            "n": n,
            "title": bigrams(known.title),
            "initials": bigrams(known.initials),
            "pinyin": bigrams(known.pinyin),
            "body": bigrams(known.body),
        },
    )


def reindex(reader: Reader, touched: Iterable[tuple[str, UUID]]) -> None:
    """Bring the index in step with the rows a unit touched."""
    wanted: set[tuple[str, UUID]] = set()
    for table, row in touched:
        if table in SEARCHED:
            wanted.add((table, row))
        elif table == "enterprise_name":
            other = reader.look_up(EnterpriseName, row)
            if other is not None:
                wanted.add(("enterprise", other.enterprise_id))
    for table, row in sorted(wanted):
        _remove(reader, row.bytes)
        record = reader.look_up(RECORDS[table], row)
        if record is not None and record.deleted_at is None:
            _add(reader, record)


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
                known = document(reader, record)
                hits[record_id] = Hit(row["table"], record_id, known.title, _matched(known, query))
        if len(hits) >= limit:
            break
    best = sorted(hits.values(), key=lambda hit: (_ORDER.index(hit.matched), len(hit.title), hit.title, hit.id))
    return best[:limit]


def out_of_step(reader: Reader) -> list[tuple[str, UUID]]:
    """Return the records the index does not know as they are, and the index rows whose record is gone."""
    known = {(row["table"], row["row"]): row["digest"] for row in reader.rows(select(tables.search_row))}
    wrong = []
    for name in SEARCHED:
        for record in reader.find(RECORDS[name]):
            if known.pop((name, record.id.bytes), None) != document(reader, record).digest():
                wrong.append((name, record.id))
    return wrong + [(name, UUID(bytes=row)) for name, row in known]
