"""Which project a row of its history means: by the office's number, by name, or as the only one of its investor."""

from __future__ import annotations

from typing import Any

from crm_app.domain.projects import Investor, Project
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf


def find_project(shelf: Shelf, notes: Notes, values: Any) -> Draft | None:
    """Return the project a row means; None with a sentence in ``notes`` that says what to add.

    The office's number goes before the name; where several are called alike, the investor or its credit code tells.
    """
    try:
        return _find(shelf, values)
    except BadInput as error:
        notes.reasons.append(str(error))
        return None


def _find(shelf: Shelf, values: Any) -> Draft:
    name, number = values.get("project.name"), part(values, "project").get("number")
    numbered = shelf.projects_called(number) if number else []
    found = numbered or (shelf.projects_called(name) if name else [])
    parties = _parties(shelf, values)
    if not name and not number:
        found = [one for one in shelf.drafts[Project] if parties & _investors(shelf, one)]
    elif len(found) > 1 and parties:
        found = [one for one in found if parties & _investors(shelf, one)] or found
    if len(found) == 1:
        return found[0]
    called = name or number or values.get("enterprise.name") or values.get("enterprise.uscc")
    if not called:
        raise BadInput(_("The name of the project is missing."))
    if not found:
        raise BadInput(
            _("There is no project “{name}” in the book. Import the projects first, or give the number it has.").format(
                name=called
            )
        )
    raise BadInput(
        _("There are {n} projects that “{name}” may mean. Give the project's number, or its investor.").format(
            n=len(found), name=called
        )
    )


def _parties(shelf: Shelf, values: Any) -> set[object]:
    code, name = values.get("enterprise.uscc"), values.get("enterprise.name")
    found = (shelf.coded(code) if code else []) or (shelf.named(name) if name else [])
    for party, _share in values.get("investors", ()):
        found = [*found, *shelf.named(party)]
    return {one.reference for one in found}


def _investors(shelf: Shelf, project: Draft) -> set[object]:
    return {one.get("enterprise_id") for one in shelf.children(Investor, "project_id", project)}
