"""Views of a list: those that come with the program, and one's own, kept by name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from crm_app.db.book import Book
from crm_app.domain.listed import LISTS, SHIPPED
from crm_app.domain.views import Query, SavedView
from crm_app.errors import BadInput, NotFound
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class View:
    """A named query; ``id`` is None for one that comes with the program."""

    name: str
    query: Query
    id: UUID | None = None


def views_of(book: Book, list_name: str) -> list[View]:
    """Return the views of a list: those that come with it, then one's own by name; one that is unreadable is bare."""
    found = [View(one.title, one.query) for one in SHIPPED if one.query.list == list_name]
    with book.read() as reader:
        for kept in reader.find(SavedView, list_name=list_name, order_by=("name",)):
            try:
                found.append(View(kept.name, Query.from_json(kept.content), kept.id))
            except BadInput:
                found.append(View(kept.name, Query(list_name), kept.id))
    return found


def save_view(book: Book, name: str, query: Query) -> Outcome[UUID]:
    """Keep a query by name; one of the same list with that name is replaced."""
    if query.list not in LISTS:
        raise NotFound(_("There is no list “{name}”.").format(name=query.list))
    tidy = name.strip()
    with book.unit(_("Save a view: {name}").format(name=tidy)) as unit:
        for kept in unit.find(SavedView, list_name=query.list, name=tidy):
            unit.update(SavedView, kept.id, content=query.to_json())
            return Outcome(unit.commit(), kept.id)
        made = unit.insert(SavedView, name=tidy, list_name=query.list, content=query.to_json())
        return Outcome(unit.commit(), made)


def remove_view(book: Book, view_id: UUID) -> Outcome[None]:
    """Take a view away; undo brings it back."""
    with book.unit(_("Remove a view")) as unit:
        unit.delete(SavedView, view_id)
        return Outcome(unit.commit(), None)
