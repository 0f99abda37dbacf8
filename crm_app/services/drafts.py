"""What was typed and not saved, kept in the book outside its journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from crm_app.db.book import Book
from crm_app.db.drafts import drop, keep, keys, load
from crm_app.db.drafts import waiting as _kept
from crm_app.db.reader import Reader
from crm_app.domain.fields import RECORDS, Record

__all__ = ["Waiting", "drop", "keep", "keys", "load", "waiting"]


@dataclass(frozen=True)
class Waiting:
    """One draft: the form it was typed in, what it is about, and the texts."""

    key: str
    at: int
    """When it was kept last, in UTC milliseconds."""
    values: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    """The table of the record the key names; empty where it names none, or one that is gone."""
    title: str = ""
    """The record's title, of a deleted one too."""

    @property
    def form(self) -> str:
        """The form: what stands before the first colon of the key."""
        return self.key.partition(":")[0]

    @property
    def about(self) -> str:
        """What stands behind the form's name: an id, “new”, the name of a list, or nothing."""
        return self.key.partition(":")[2].partition(":")[0]

    @property
    def rest(self) -> str:
        """What stands behind the second colon."""
        return self.key.partition(":")[2].partition(":")[2]

    @property
    def record(self) -> UUID | None:
        """The id the key names, whether the record is still there or not."""
        try:
            return UUID(self.about)
        except ValueError:
            return None

    @property
    def gone(self) -> bool:
        """Whether the record it was typed for is no longer in the book."""
        return self.record is not None and not self.table


def waiting(book: Book) -> list[Waiting]:
    """Return every draft with the title of what it is about, the newest first."""
    with book.read() as reader:
        kept = [Waiting(key, at, values) for key, at, values in _kept(reader)]
        records = _find(reader, {one.record for one in kept if one.record is not None})
    return [_about(one, records.get(one.record) if one.record else None) for one in kept]


def _about(draft: Waiting, known: Record | None) -> Waiting:
    if known is None:
        return draft
    return replace(draft, table=known.table if known.deleted_at is None else "", title=_title(known))


def _find(reader: Reader, ids: set[UUID]) -> dict[UUID, Record]:
    """Return the records of these ids, deleted or not, by id: a question a table, until every id is found."""
    found: dict[UUID, Record] = {}
    for kind in RECORDS.values():
        if ids <= found.keys():
            break
        found |= reader.get_many(kind, ids - found.keys())
    return found


def _title(record: Record) -> str:
    """Return what a record is called; empty for one without a name, such as a signing."""
    return next((text for name in ("name", "title", "what", "content") if (text := getattr(record, name, None))), "")
