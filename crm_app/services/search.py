"""One search for everything the book holds: enterprises, people, leads, visits, follow-ups, projects, trips, files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from crm_app.db import search as reads
from crm_app.db import search_hits
from crm_app.db.book import Book
from crm_app.db.search_hits import Hit
from crm_app.domain.fields import RECORDS
from crm_app.errors import BadInput
from crm_app.i18n import _

__all__ = ["Hit", "named", "search"]


def search(book: Book, query: str, *, kind: str = "", limit: int = 20) -> list[Hit]:
    """Return what holds every word of ``query``, best first; ``kind`` narrows to one kind of record."""
    if kind and kind not in RECORDS:
        raise BadInput(_("There is no kind of record “{kind}”.").format(kind=kind), field="kind")
    if limit < 1:
        raise BadInput(_("Ask for at least one result."), field="limit")
    with book.read() as reader:
        return search_hits.shown(reader, reads.find(reader, query, table=kind, limit=limit), query)


def named(book: Book, ids: Sequence[UUID]) -> list[Hit]:
    """Return how records are called, in the order of their ids, without those that are no more."""
    with book.read() as reader:
        return search_hits.named(reader, ids)
