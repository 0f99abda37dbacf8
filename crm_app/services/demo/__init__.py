"""The sample book: the half-year this program is accepted by, with every trap of counting in it.

Published projects carry their published facts and a note that says which those are; everything else is fictional and
marked 示例. Two sample books are equal, their ids too: what they export is the same to the byte.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from crm_app import clock
from crm_app.db import ids
from crm_app.db.book import Book
from crm_app.db.writing import me
from crm_app.i18n import _
from crm_app.services.demo import bureau, companies, desk, road, steps
from crm_app.services.demo.material import DAY
from crm_app.services.demo.portfolio import Portfolio
from crm_app.services.outcome import Changes

__all__ = ["DAY", "fill"]

_SEED = 20230712


def fill(book: Book) -> Changes:
    """Fill a new book with the sample; from here its today is :data:`DAY`, as whenever it is opened again."""
    made = datetime.combine(DAY, time(), UTC)
    with (
        ids.repeatable(int(made.timestamp() * 1000), seed=_SEED),
        book.unit(_("Fill with the sample"), final=True) as unit,
    ):
        staff = bureau.write(unit)
        written = companies.write(unit)
        met = road.write(unit, staff, written)
        road.plan_ahead(unit, staff, written)
        Portfolio(unit, staff, written).write()
        desk.write(unit, staff, written, met)
        steps.write(unit)
        owner = me(unit)
        changes = unit.commit()
    if owner is not None:
        book.write_as(owner.name)
    clock.pin_today(DAY)
    return changes
