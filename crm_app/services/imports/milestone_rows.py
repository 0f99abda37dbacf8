"""What a row says of a milestone of a project (注册, 供地, 环评…): which, on what day, by what evidence."""

from __future__ import annotations

from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Milestone
from crm_app.i18n import _
from crm_app.services.imports import vague
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import tell_future


def take_milestone_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of milestones. One in the book is that of its project and kind."""
    said = part(row.values, "milestone")
    project = find_project(shelf, notes, row.values)
    if not said.get("kind"):
        notes.reasons.append(_("Which milestone it is is missing."))
    if not said.get("on"):
        notes.reasons.append(_("The day of the milestone is missing."))
    if project is None or notes.reasons:
        return
    known = said["on"]
    said["on"] = vague.dated(notes, known, by_today=True)
    tell_future(notes, said["on"])
    notes.title = str(project.get("name"))
    row_id = row.values.get("milestone.id")
    alike = [one for one in shelf.children(Milestone, "project_id", project) if one.get("kind") == said["kind"]]
    same_day = (one for one in alike if one.get("on") == said["on"])
    free = (one for one in alike if "row" not in one.claimed)
    found = shelf.with_id(Milestone, row_id) or next(same_day, None) or next(free, None)
    if found is None:
        found = shelf.make(Milestone, "project_id", row_id=row_id, project_id=project.reference, **said)
        notes.made = True
    else:
        if not known.exact and known.touches(found.get("on"), found.get("on")):
            # The row knows no better: a month under way would be dated anew with every import.
            said["on"] = found.get("on")
        put(found, notes, {"project_id": project.reference, **said})
    found.claimed.add("row")
