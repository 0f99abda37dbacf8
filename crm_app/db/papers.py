"""What the journal says of final papers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, exists, select, update

from crm_app.db import tables
from crm_app.db.unit import Unit


def let_stand(unit: Unit, paper_id: UUID) -> None:
    """Let the units that wrote nothing but this paper stand, as its final one does.

    Undo passes over them: a draft or a review could not be taken back under a final paper, and standing there they
    would bar the way to everything written before.
    """
    change = tables.change
    of_paper = select(change.c.unit).where(change.c.row == paper_id.bytes)
    of_others = exists().where(and_(change.c.unit == tables.unit.c.n, change.c.row != paper_id.bytes))
    unit.connection.execute(update(tables.unit).where(tables.unit.c.n.in_(of_paper), ~of_others).values(final=1))
