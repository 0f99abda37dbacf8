"""Finding in the full-text index, best first: exact, prefix, initials, pinyin, inside.

Query text never reaches FTS syntax: it is cut into pairs of letters and digits, each quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from crm_app.db.reader import Reader
from crm_app.db.search_kinds import kind_of, shapes
from crm_app.domain import grams
from crm_app.domain.records import RECORDS


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join([run[i : i + 2] for i in range(len(run) - 1)]) + '"'


def _code(run: str) -> str:
    width = grams.CODE_WIDTH
    if len(run) < width:
        return f'"{run}"*'
    return '"' + " ".join([run[i : i + width] for i in range(len(run) - width + 1)]) + '"'


def match_expression(query: str, columns: str = "") -> str:
    """Return the FTS5 expression that finds every run of ``query``; empty where nothing can be looked for."""
    found = []
    for run in grams.runs(query):
        if columns:
            found.append(f"{{{columns}}} : {_phrase(run)}")
        else:
            found.append(f'({{title initials body}} : {_phrase(run)} OR codes : {_code(run)} OR pinyin : "{run}")')
    return " AND ".join(found)


@dataclass(frozen=True)
class Hit:
    """One found record and where the query stood: exact, prefix, initials, pinyin, inside."""

    table: str
    id: UUID
    title: str
    matched: str


_ORDER = ("exact", "prefix", "initials", "pinyin", "title", "inside")


def _matched(title: str, query: str) -> str:
    wanted, name = grams.key(query), grams.key(title)
    if name == wanted:
        return "exact"
    if name.startswith(wanted):
        return "prefix"
    return "title" if wanted in name else "inside"


def find(reader: Reader, query: str, *, table: str = "", limit: int = 20) -> list[Hit]:
    """Return the records that hold every word of ``query``, best first."""
    if not match_expression(query):
        return []
    hits: dict[UUID, Hit] = {}
    shape = shapes().get(table)
    for columns in ("title", "initials", ""):
        rows = reader.rows(
            text(
                'SELECT r.n, r."row" FROM search_text s JOIN search_row r ON r.n = s.rowid '
                "WHERE search_text MATCH :expression AND s.rowid BETWEEN :first AND :last LIMIT :most"
            ).bindparams(
                expression=match_expression(query, columns),
                first=shape.first if shape else 0,
                last=shape.last if shape else 1 << 62,
                most=max(limit * 5, 100),
            ),
        )
        for row in rows:
            record_id, kind = UUID(bytes=row["row"]), kind_of(row["n"])
            record = None if record_id in hits else reader.look_up(RECORDS[kind], record_id)
            if record is not None:
                title = str(getattr(record, shapes()[kind].searched[0]) or "")
                matched = "initials" if columns == "initials" else _matched(title, query)
                hits[record_id] = Hit(kind, record_id, title, matched)
        if len(hits) >= limit:
            break
    best = sorted(hits.values(), key=lambda hit: (_ORDER.index(hit.matched), len(hit.title), hit.title, hit.id))
    return best[:limit]
