"""What a row of a signings' ledger says: an agreement of a project of the book, or of one it tells all about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crm_app.domain import project_rules
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Agreement, Signing
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.milestone_rows import take_milestone_days
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.project_rows import read_signing, take_project_row, take_stage
from crm_app.services.imports.shelf import Shelf

_ANY = UUID(int=0)


def take_signing_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a signings' ledger. An agreement of the book is the one of that project, kind and day.

    A project that is not in the book is made where the row names its investor; then it is read as a row of projects.
    """
    values = row.values
    if _is_new(shelf, values):
        take_project_row(shelf, notes, row)
        return
    project = find_project(shelf, notes, values)
    notes.title = project.get("name") if project else ""
    said = read_signing(shelf, notes, values)
    if not said and not notes.reasons:
        notes.reasons.append(_("The day of signing is missing."))
    if project is None or notes.reasons:
        return
    if bool(said.get("counted_projects") is not None or said.get("counted_yuan")) and not said.get("count_reason"):
        notes.reasons.append(_("Please give the reason for counting otherwise."))
        return
    take_milestone_days(shelf, notes, project, values)
    row_id = row.values.get("signing.id")
    found = shelf.with_id(Signing, row_id) or _find(shelf, project, said)
    if found is not None:
        put(found, notes, said)
        return
    if said.get("amount") is None:
        contract = [
            one for one in shelf.children(Signing, "project_id", project) if one.get("kind") is Agreement.FORMAL
        ]
        said["amount"] = contract[-1].get("amount") if contract else None
    try:
        _check(shelf, project, said)
    except CrmError as error:
        notes.reasons.append(str(error))
        return
    shelf.make(Signing, "project_id", row_id=row_id, project_id=project.reference, **said)
    notes.made = True
    take_stage(shelf, notes, project, None, said)


def _is_new(shelf: Shelf, values: Any) -> bool:
    name, number = values.get("project.name"), part(values, "project").get("number")
    known = any(shelf.projects_called(word) for word in (name, number) if word)
    return bool(name and values.get("investors")) and not known


def _find(shelf: Shelf, project: Draft, said: dict[str, Any]) -> Draft | None:
    alike = [one for one in shelf.children(Signing, "project_id", project) if one.get("kind") is said["kind"]]
    return next((one for one in alike if one.get("signed_on") == said["signed_on"]), None)


def _check(shelf: Shelf, project: Draft, said: dict[str, Any]) -> None:
    """Raise where the agreement may not follow those there are on its day."""
    known = [
        Signing(id=UUID(int=place), project_id=_ANY, kind=one.get("kind"), signed_on=one.get("signed_on"), amount=None)
        for place, one in enumerate(shelf.children(Signing, "project_id", project))
    ]
    day = said["signed_on"]
    if said["kind"] is not Agreement.FORMAL:
        known = [one for one in known if one.signed_on.first <= day.last]
    project_rules.check_signing(known, said["kind"], day, said.get("rate"), said.get("rate_on"))
