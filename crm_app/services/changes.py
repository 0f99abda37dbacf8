"""What was done, step by step: read it, see what taking a step back would do, take it back or do it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_app.db import journal, undo, units
from crm_app.db.book import Book
from crm_app.db.journal import Step
from crm_app.db.units import Asked, RowChange, Standing, UnitLine
from crm_app.errors import NotFound
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.outcome import Changes

__all__ = ["Asked", "Preview", "RowChange", "Standing", "Step", "UnitLine"]


@dataclass(frozen=True)
class Preview:
    """What taking a step back would do: rows by table, or the sentences of what stands in the way.

    ``first``: the later steps to take back before, newest first.
    """

    rows: Mapping[str, int]
    in_the_way: tuple[str, ...]
    first: tuple[Step, ...]


def list_units(book: Book, asked: Asked | None = None, *, before: int | None = None, limit: int = 50) -> list[UnitLine]:
    """Return steps, newest first; ``before`` is the number of the last one read."""
    with book.read() as reader:
        return units.page(reader, asked or Asked(), before=before, limit=limit)


def unit_line(book: Book, n: int) -> UnitLine:
    """Return one step; raise NotFound."""
    with book.read() as reader:
        found = units.line(reader, n)
    if found is None:
        raise NotFound(_("There is no step {n}.").format(n=n))
    return found


def writers(book: Book) -> Sequence[str]:
    """Return everybody who ever wrote in the book."""
    with book.read() as reader:
        return units.writers(reader)


def row_changes(book: Book, n: int, *, limit: int = 200) -> list[RowChange]:
    """Return what a step did, record by record; at most ``limit`` records."""
    with book.read() as reader:
        return units.row_changes(reader, n, limit=limit)


def preview_undo(book: Book, n: int) -> Preview:
    """Return what undoing step ``n`` would do; raise Refused for one that cannot be undone whatever else is done."""
    with book.read() as reader:
        undo.refuse_final(reader, n)
        way = undo.way_back(reader, journal.undoable(reader, n).n)
        return Preview(way.counts(), way.in_the_way, way.first)


def preview_redo(book: Book, n: int) -> Preview:
    """Return what doing step ``n`` again would do; raise Refused where it is not undone."""
    with book.read() as reader:
        way = undo.way_back(reader, journal.redoable(reader, n).n)
        return Preview(way.counts(), way.in_the_way, way.first)


def undo_unit(book: Book, n: int, report: Report = unheard) -> Changes:
    """Take back step ``n``; raise Refused listing what stands in the way, with nothing changed.

    ``report`` hears how far it is and may raise Cancelled; nothing is changed then.
    """
    return book.undo(n, report)


def redo_unit(book: Book, n: int, report: Report = unheard) -> Changes:
    """Do step ``n``, which was undone, again; raise as :func:`undo_unit` does."""
    return book.redo(n, report)
