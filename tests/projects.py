"""A project as the tests need one, in talks: in the program a lead becomes one, or a ledger brings it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import project_rules
from crm_app.domain.projects import Investor, Project, StageEntry
from crm_app.domain.stages import Stage
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome


def new_project(
    book: Book, name: str, investors: Sequence[UUID] = (), *, on: date | None = None, **values: Any
) -> Outcome[UUID]:
    """Make a project that is 在谈 since ``on`` (today), its investors with equal shares; return its id."""
    with book.unit(name) as unit:
        made = unit.insert(Project, name=name, **values)
        unit.insert(StageEntry, project_id=made, stage=Stage.NEGOTIATING, on=on or clock.today())
        if investors:
            for one, share in zip(investors, project_rules.equal_shares(len(investors)), strict=True):
                unit.insert(Investor, project_id=made, enterprise_id=one, share=share)
        return Outcome(unit.commit(), made)
