"""A project changed, with the investors it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain import project_rules
from crm_app.domain.project_rules import Share
from crm_app.domain.projects import Investor, Project
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class ProjectSaved:
    """A project written; ``warnings`` are sentences about amounts that do not fit together."""

    id: UUID
    warnings: tuple[str, ...]


def write_shares(unit: Unit, project_id: UUID, shares: Sequence[Share]) -> None:
    """Make these the investors of a project; raise BadInput where they do not sum to 100 per cent."""
    project_rules.check_shares(shares)
    present = {one.enterprise_id: one for one in unit.find(Investor, project_id=project_id)}
    wanted = {share.enterprise_id: share for share in shares}
    for enterprise, investor in present.items():
        if enterprise not in wanted:
            unit.delete(Investor, investor.id)
    for enterprise, share in wanted.items():
        if enterprise in present:
            unit.update(Investor, present[enterprise].id, share=share.share, role=share.role)
        else:
            unit.insert(Investor, project_id=project_id, enterprise_id=enterprise, share=share.share, role=share.role)


def set_investors(book: Book, project_id: UUID, shares: Sequence[Share]) -> Outcome[None]:
    """Make these the investors of a project; raise BadInput, naming the sum, where it is not 100 per cent."""
    with book.unit(_("Set the investors")) as unit:
        unit.about(unit.get(Project, project_id).name)
        write_shares(unit, project_id, shares)
        return Outcome(unit.commit(), None)


def change_project(book: Book, project_id: UUID, **values: Any) -> Outcome[ProjectSaved]:
    """Change fields of a project; its stage changes by ``move_stage`` alone."""
    with book.unit(_("Change a project")) as unit:
        unit.update(Project, project_id, **values)
        writing.about(unit, Project, project_id)
        warnings = project_rules.fixed_warning(unit.get(Project, project_id))
        return Outcome(unit.commit(), ProjectSaved(project_id, warnings))
