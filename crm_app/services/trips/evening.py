"""The evening of a trip: every visit of it in one table, filled in and saved at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db import trips as reads
from crm_app.db import visit_writing, writing
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.trips import Trip, TripPlan
from crm_app.domain.visits import Intent, Visit
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome

_TEXTS = ("talk", "asks", "consensus")


@dataclass(frozen=True)
class EveningRow:
    """One line of the evening table: a visit, or a planned one (``visit_id`` empty) still to be written.

    ``next_steps`` are those already noted; ``next_step`` is a new one in words (“下周三 送方案”). ``theirs`` are their
    people already noted, ``their_people`` others in words (“张总 总经理；李部长”).
    """

    enterprise_id: UUID
    enterprise: str
    plan_id: UUID | None = None
    visit_id: UUID | None = None
    on: date | None = None
    talk: str | None = None
    asks: str | None = None
    consensus: str | None = None
    intent: Intent | None = None
    next_steps: tuple[str, ...] = ()
    next_step: str = ""
    theirs: tuple[str, ...] = ()
    their_people: str = ""


def evening_table(book: Book, trip_id: UUID) -> list[EveningRow]:
    """Return one row for each visit of the trip, then one for each planned enterprise not yet visited."""
    with book.read() as reader:
        reader.get(Trip, trip_id)
        sheets = reads.sheets(reader, trip_id)
        plans = {row.plan.visit_id: row.plan.id for row in reads.planned(reader, trip_id) if row.plan.visit_id}
        rows = [
            EveningRow(
                sheet.enterprise.id,
                sheet.enterprise.name,
                plans.get(sheet.visit.id),
                sheet.visit.id,
                sheet.visit.on,
                sheet.visit.talk,
                sheet.visit.asks,
                sheet.visit.consensus,
                sheet.visit.intent,
                tuple(task.what for task, _owner in sheet.tasks if task.done_on is None),
                theirs=tuple(f"{contact.name} {title}".strip() for contact, title in sheet.their_people),
            )
            for sheet in sheets
        ]
        open_plans = [row for row in reads.planned(reader, trip_id) if row.open and not row.visit]
        return rows + [
            EveningRow(row.enterprise.id, row.enterprise.name, plan_id=row.plan.id, on=row.plan.on)
            for row in open_plans
        ]


def save_evening(
    book: Book, trip_id: UUID, rows: Sequence[EveningRow], read: Sequence[EveningRow] = ()
) -> Outcome[list[UUID]]:
    """Write a whole evening in one unit and return the ids of the visits written anew.

    A row without a visit becomes one once anything is filled in; blank rows stay plans. Of a visit only what differs
    from the row as it was ``read`` is written, and a plan that was written up elsewhere meanwhile keeps what stands
    there. Raise BadInput naming the enterprise where a row cannot be written; then nothing is.
    """
    before = {row.visit_id: row for row in read if row.visit_id is not None}
    with book.unit(_("Write up the day")) as unit:
        trip = unit.get(Trip, trip_id)
        unit.about(trip.title)
        made = []
        for row in rows:
            if row.visit_id is not None:
                _change_visit(unit, row, row.visit_id, before.get(row.visit_id))
            elif row.talk or row.asks or row.consensus or row.intent or row.next_step.strip() or _spoken(row):
                written = unit.get(TripPlan, row.plan_id).visit_id if row.plan_id else None
                if written:
                    _add_to_visit(unit, row, written)
                else:
                    made.append(_write_visit(unit, trip, row))
        return Outcome(unit.commit(), made)


def _spoken(row: EveningRow) -> tuple[str, ...]:
    return tuple(one.strip() for one in re.split(r"[、，,；;\n]+", row.their_people) if one.strip())


def _change_visit(unit: Unit, row: EveningRow, visit_id: UUID, before: EveningRow | None) -> None:
    values = {name: getattr(row, name) for name in (*_TEXTS, "intent")}
    if before is not None:
        values = {name: value for name, value in values.items() if value != getattr(before, name)}
    unit.update(Visit, visit_id, **values)
    _add_people(unit, row, visit_id)


def _add_to_visit(unit: Unit, row: EveningRow, visit_id: UUID) -> None:
    known = unit.get(Visit, visit_id)
    texts = {name: [getattr(known, name), getattr(row, name)] for name in _TEXTS}
    values = {name: "\n".join(dict.fromkeys(text for text in both if text)) or None for name, both in texts.items()}
    unit.update(Visit, visit_id, **values, intent=row.intent or known.intent)
    _add_people(unit, row, visit_id)


def _add_people(unit: Unit, row: EveningRow, visit_id: UUID) -> None:
    for spoken in _spoken(row):
        visit_writing.add_their(unit, unit.get(Visit, visit_id), spoken)
    writing.next_step(unit, row.next_step, enterprise_id=row.enterprise_id, visit_id=visit_id)


def _write_visit(unit: Unit, trip: Trip, row: EveningRow) -> UUID:
    today = clock.today()
    on = row.on or min(max(today, trip.start_on), trip.end_on)
    asked = visit_writing.WriteVisit(
        enterprise_id=row.enterprise_id,
        on=on,
        trip_id=trip.id,
        plan_id=row.plan_id,
        talk=row.talk,
        asks=row.asks,
        consensus=row.consensus,
        intent=row.intent,
        next_step=row.next_step,
        their_people=_spoken(row),
    )
    try:
        return visit_writing.write(unit, asked)
    except BadInput as error:
        name = unit.get(Enterprise, row.enterprise_id).name
        raise BadInput(_("{enterprise}: {reason}").format(enterprise=name, reason=error), field=error.field) from error
