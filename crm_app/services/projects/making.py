"""A project made and changed, with the investors it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain import project_rules
from crm_app.domain.project_rules import Share
from crm_app.domain.projects import Investor, Project, StageEntry
from crm_app.domain.stages import Stage
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


@dataclass(frozen=True)
class ProjectSaved:
    """A project written; ``warnings`` are sentences about amounts that do not fit together."""

    id: UUID
    warnings: tuple[str, ...]


def create_project(
    book: Book, name: str, investors: Sequence[UUID | Share] = (), *, on: date | None = None, **values: Any
) -> Outcome[ProjectSaved]:
    """Make a project that is 在谈 since ``on`` (today); bare enterprises get equal shares.

    Raise BadInput where given shares do not sum to 100 per cent. The owner is the author unless given.
    """
    with book.unit(_("New project: {name}").format(name=name)) as unit:
        number = writing.next_draft_number(unit, Project, (on or clock.today()).year)
        given = {"owner_id": writing.my_id(unit), "number": number} | values
        project = unit.insert(Project, name=name, **given)
        if investors:
            write_shares(unit, project, shares_of(investors))
        unit.insert(StageEntry, project_id=project, stage=Stage.NEGOTIATING, on=on or clock.today())
        warnings = project_rules.fixed_warning(unit.get(Project, project))
        return Outcome(unit.commit(), ProjectSaved(project, warnings))


def shares_of(investors: Sequence[UUID | Share]) -> list[Share]:
    """Return the shares as given, or equal ones where only enterprises are named."""
    given = [one for one in investors if isinstance(one, Share)]
    bare = [one for one in investors if isinstance(one, UUID)]
    return given + (
        project_rules.equal_shares(bare) if not given else [Share(one, project_rules.WHOLE) for one in bare]
    )


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
