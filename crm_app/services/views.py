"""Views of a list: those that come with the program, and one's own, kept by name in an order of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app.db.book import Book
from crm_app.db.reader import Reader
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
    """Return the views of a list: those that come with it, then one's own in their order; an unreadable one is bare."""
    found = [View(one.title, one.query) for one in SHIPPED if one.query.list == list_name]
    with book.read() as reader:
        for kept in _own(reader, list_name):
            try:
                found.append(View(kept.name, Query.from_json(kept.content), kept.id))
            except BadInput:
                found.append(View(kept.name, Query(list_name), kept.id))
    return found


def save_view(book: Book, name: str, query: Query) -> Outcome[UUID]:
    """Keep a query by name, behind the others; one of the same list with that name is replaced where it stands."""
    if query.list not in LISTS:
        raise NotFound(_("There is no list “{name}”.").format(name=query.list))
    tidy = name.strip()
    with book.unit(_("Save a view: {name}").format(name=tidy)) as unit:
        own = _own(unit, query.list)
        for kept in own:
            if kept.name == tidy:
                unit.update(SavedView, kept.id, content=query.to_json())
                return Outcome(unit.commit(), kept.id)
        place = max((one.place or 0 for one in own), default=0) + 1
        made = unit.insert(SavedView, name=tidy, list_name=query.list, content=query.to_json(), place=place)
        return Outcome(unit.commit(), made)


def rename_view(book: Book, view_id: UUID, name: str) -> Outcome[None]:
    """Call a view otherwise; it keeps its place. Raise BadInput for no name, or that of another view of its list."""
    tidy = name.strip()
    with book.unit(_("Rename a view: {name}").format(name=tidy)) as unit:
        kept = unit.get(SavedView, view_id)
        if not tidy:
            raise BadInput(_("A view needs a name; type one."))
        if any(one.name == tidy and one.id != view_id for one in _own(unit, kept.list_name)):
            raise BadInput(_("There is a view “{name}” already; give this one another name.").format(name=tidy))
        unit.update(SavedView, view_id, name=tidy)
        return Outcome(unit.commit(), None)


def order_views(book: Book, ids: Sequence[UUID]) -> Outcome[None]:
    """Put the views of a list in this order."""
    with book.unit(_("Order the views")) as unit:
        for place, one in enumerate(ids, 1):
            if unit.get(SavedView, one).place != place:
                unit.update(SavedView, one, place=place)
        return Outcome(unit.commit(), None)


def remove_view(book: Book, view_id: UUID) -> Outcome[None]:
    """Take a view away; undo brings it back."""
    with book.unit(_("Remove a view")) as unit:
        unit.about(unit.get(SavedView, view_id).name)
        unit.delete(SavedView, view_id)
        return Outcome(unit.commit(), None)


def _own(reader: Reader, list_name: str) -> list[SavedView]:
    """Return one's own views of a list in their order; those that were never put in one by name, first."""
    kept = reader.find(SavedView, list_name=list_name, order_by=("name",))
    return sorted(kept, key=lambda one: one.place or 0)
