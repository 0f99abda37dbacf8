"""The kept papers as a list, and what the journal says of final ones."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, exists, null, select, update

from crm_app.db import tables
from crm_app.db.reader import Reader, living
from crm_app.db.unit import Unit
from crm_app.domain.papers import IssuedPaper

_HEAVY = frozenset({"content", "rows", "pdf"})
"""Columns that may hold megabytes; a list of papers shows none of them."""


def kept(reader: Reader) -> list[IssuedPaper]:
    """Return the kept papers, newest first, without their content, rows and pages."""
    table = tables.RECORD_TABLES[IssuedPaper.table]
    columns = [null().label(column.name) if column.name in _HEAVY else column for column in table.c]
    statement = select(*columns).where(living(table)).order_by(table.c.id.desc())
    return [IssuedPaper.load(row) for row in reader.rows(statement)]


def let_stand(unit: Unit, paper_id: UUID) -> None:
    """Let the units that wrote nothing but this paper stand, as its final one does.

    Undo passes over them: a draft or a review could not be taken back under a final paper, and standing there they
    would bar the way to everything written before.
    """
    change = tables.change
    of_paper = select(change.c.unit).where(change.c.row == paper_id.bytes)
    of_others = exists().where(and_(change.c.unit == tables.unit.c.n, change.c.row != paper_id.bytes))
    unit.connection.execute(update(tables.unit).where(tables.unit.c.n.in_(of_paper), ~of_others).values(final=1))
