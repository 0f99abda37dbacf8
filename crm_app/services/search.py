"""One search for everything the book holds: enterprises, people, leads, visits, follow-ups, projects, trips, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from crm_app.db import search as reads
from crm_app.db import search_hits
from crm_app.db.book import Book
from crm_app.db.search_hits import Hit
from crm_app.domain.fields import RECORDS
from crm_app.domain.search_kinds import KINDS
from crm_app.errors import BadInput
from crm_app.i18n import _

__all__ = ["KINDS", "Hit", "named", "search"]

_NUMBER = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)


def search(book: Book, query: str, *, kind: str = "", limit: int = 20) -> list[Hit]:
    """Return what holds every word of ``query``, best first; ``kind`` narrows to one kind of record.

    What is kept in traditional characters is found by simplified ones too, and the other way round.
    A record's number (as the code on a paper tells it) anywhere in ``query`` finds that record alone.
    """
    if kind and kind not in RECORDS:
        raise BadInput(
            _("There is no kind of record “{kind}”; there are: {known}.").format(kind=kind, known=_(", ").join(KINDS)),
            field="kind",
        )
    if limit < 1:
        raise BadInput(_("Ask for at least one result."), field="limit")
    number = _NUMBER.search(query)
    if number:
        found = named(book, [UUID(number[0])])
        return [replace(hit, matched="exact") for hit in found if not kind or hit.table == kind]
    with book.read() as reader:
        return search_hits.shown(reader, reads.find(reader, query, table=kind, limit=limit), query)


def named(book: Book, ids: Sequence[UUID]) -> list[Hit]:
    """Return how records are called, in the order of their ids, without those that are no more."""
    with book.read() as reader:
        return search_hits.named(reader, ids)
