"""The rows of a list that a search finds: by their own words, or by the enterprise they belong to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from crm_app.db import search
from crm_app.db.list_filters import conditions
from crm_app.db.lists import Numbers, numbers_of
from crm_app.db.reader import Reader
from crm_app.domain.lists import List
from crm_app.domain.views import Query

MOST = 200
"""So many of the best are shown: who does not see it among them types more."""

_MOST_NARROWED = 2_000
"""So many are looked through where filters leave few of them."""

_BY_TEXT = "inside"
"""Where a text of an enterprise holds the query, what belongs to it is not meant."""

_OF_ENTERPRISE = {
    "contact": "SELECT p.contact_id FROM position p WHERE p.deleted_at IS NULL AND p.to_on IS NULL"
    " AND p.enterprise_id IN ({ids})",
    "project": "SELECT i.project_id FROM investor i WHERE i.deleted_at IS NULL AND i.enterprise_id IN ({ids})",
} | {
    table: f"SELECT x.id FROM {table} x WHERE x.enterprise_id IN ({{ids}})"
    for table in ("lead", "visit", "follow_up", "task")
}


def numbers(reader: Reader, wanted: List, query: Query, today: date, found: str) -> Numbers:
    """Return the numbers of the rows that ``found`` finds and the filters let through, best first."""
    table = wanted.record.table
    most = _MOST_NARROWED if query.filters else MOST
    best = [hit.id for hit in search.find(reader, found, table=table, limit=most)]
    best += _of_found_enterprises(reader, table, found, most)
    hits = numbers_of(reader, wanted, list(dict.fromkeys(best)))
    if query.filters and hits:
        fits = conditions(wanted, query, today)
        listed = ", ".join(map(str, hits))
        sql = f"SELECT t.rowid FROM {table} t WHERE t.rowid IN ({listed}){fits.sql()}"
        let_through = {row[0] for row in reader.rows_of(sql, fits.parameters)}
        hits = [number for number in hits if number in let_through]
    return hits[:MOST]


def _of_found_enterprises(reader: Reader, table: str, found: str, most: int) -> list[UUID]:
    """Return the rows of the enterprises that are called so, the newest first."""
    if table not in _OF_ENTERPRISE:
        return []
    named = [hit.id for hit in search.find(reader, found, table="enterprise", limit=MOST) if hit.matched != _BY_TEXT]
    if not named:
        return []
    ids = _OF_ENTERPRISE[table].format(ids=", ".join(f"x'{one.hex}'" for one in named))
    sql = (
        f"SELECT t.id FROM {table} t WHERE t.deleted_at IS NULL AND t.id IN ({ids}) ORDER BY t.rowid DESC LIMIT {most}"
    )
    return [UUID(bytes=row[0]) for row in reader.rows_of(sql)]
