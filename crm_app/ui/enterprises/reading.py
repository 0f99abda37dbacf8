"""Everything the page of one enterprise shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.errors import NotFound
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.book import Book
from crm_app.services.enterprises import EnterprisePage


@dataclass(frozen=True)
class Shown:
    """What the cards are put."""

    page: EnterprisePage


def read(book: Book, record: UUID) -> Shown:
    """Return what is known of the enterprise a record belongs to (itself, its contact, a follow-up); raise NotFound."""
    enterprise = enterprises.enterprise_of(book, record)
    if enterprise is None:
        raise NotFound(_("This record belongs to no enterprise; look for it with Ctrl+K."))
    return Shown(enterprises.enterprise_page(book, enterprise))
