"""What is added to a project as it goes: milestones, parks, funds in place, needs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import dictionaries
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain import counting, days, project_rules
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Fund, Milestone, Need, Project, ProjectPark
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome
from crm_app.services.projects.making import ProjectSaved


def add_milestone(book: Book, project_id: UUID, kind: str, on: date, evidence: str | None = None) -> Outcome[UUID]:
    """Add a dated milestone (注册, 供地, 备案, 环评, 施工许可, 纳统…); they come in any order."""
    with book.unit(_("Add a milestone")) as unit:
        unit.about(unit.get(Project, project_id).name)
        made = unit.insert(Milestone, project_id=project_id, kind=kind, on=on, evidence=evidence)
        return Outcome(unit.commit(), made)


def set_park(
    book: Book, project_id: UUID, park: str, from_on: date | None = None, reason: str | None = None
) -> Outcome[UUID]:
    """Say where a project lands from a day on (today); a move wants a reason. An alias folds into its park."""
    with book.unit(_("Set the park")) as unit:
        unit.about(unit.get(Project, project_id).name)
        made = write_park(unit, project_id, park, from_on or clock.today(), reason)
        return Outcome(unit.commit(), made)


def write_park(unit: Unit, project_id: UUID, park: str, from_on: date, reason: str | None) -> UUID:
    """Insert the park a project belongs to from a day on; raise BadInput for a move without a reason."""
    known = unit.find(ProjectPark, project_id=project_id)
    folded = dictionaries.fold(unit, "park", park)
    if known and not (reason or "").strip():
        raise BadInput(
            _("The project already lands at {park}; give the reason of the move.").format(
                park=counting.park_on(known, from_on)
            ),
            field="reason",
        )
    return unit.insert(ProjectPark, project_id=project_id, park=folded, from_on=from_on, reason=reason)


def add_fund(
    book: Book,
    project_id: UUID,
    *,
    on: date,
    amount: Amount,
    kind: str | None = None,
    foreign: bool = False,
    note: str | None = None,
) -> Outcome[ProjectSaved]:
    """Add funds that arrived; the value's id is the entry's, its warnings tell of more than the total investment."""
    with book.unit(_("Add funds in place")) as unit:
        project = unit.get(Project, project_id)
        unit.about(project.name)
        made = unit.insert(
            Fund, project_id=project_id, on=on, amount=amount, kind=kind, foreign=foreign or None, note=note
        )
        warnings = project_rules.fund_warning(project, unit.find(Fund, project_id=project_id), note)
        return Outcome(unit.commit(), ProjectSaved(made, warnings))


def add_need(book: Book, *, kind: str, **values: Any) -> Outcome[UUID]:
    """Add a need of a project, enterprise or visit: text, quantity, measure, dept, due."""
    with book.unit(_("Add a need")) as unit:
        made = unit.insert(Need, kind=kind, **values)
        unit.about(unit.get(Need, made).words)
        return Outcome(unit.commit(), made)


def change_need(book: Book, need_id: UUID, **values: Any) -> Outcome[None]:
    """Change fields of a need."""
    with book.unit(_("Change a need")) as unit:
        unit.update(Need, need_id, **values)
        unit.about(unit.get(Need, need_id).words)
        return Outcome(unit.commit(), None)


def solve_need(book: Book, need_id: UUID) -> Outcome[None]:
    """Note that a need is met, today."""
    with book.unit(_("Solve a need")) as unit:
        before = unit.get(Need, need_id)
        if before.solved_on:
            raise BadInput(
                _("This need was met on {day}.").format(day=days.show_date(before.solved_on)), field="solved_on"
            )
        if before.promised_on:
            unit.rename(_("Keep a promise"))
        unit.about(before.words)
        unit.update(Need, need_id, solved_on=clock.today())
        return Outcome(unit.commit(), None)
