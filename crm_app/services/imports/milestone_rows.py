"""What a row says of a milestone of a project (注册, 供地, 环评…): which, on what day, by what evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.entry_names import entry_name
from crm_app.domain.import_kinds import MILESTONE_DAYS
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Milestone
from crm_app.i18n import _
from crm_app.services.imports import vague
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import tell_future


def take_milestone_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of milestones. One in the book is that of its project and kind.

    Where columns are milestones, each day is one of its own.
    """
    said = part(row.values, "milestone")
    project = find_project(shelf, notes, row.values)
    wide = MILESTONE_DAYS.keys() & row.values.keys()
    if not said.get("kind") and not wide:
        notes.reasons.append(_("Which milestone it is is missing."))
    if not said.get("on") and not wide:
        notes.reasons.append(_("The day of the milestone is missing."))
    if project is None or notes.reasons:
        return
    notes.title = str(project.get("name"))
    if wide:
        take_milestone_days(shelf, notes, project, row.values)
        return
    notes.made = _take(shelf, notes, project, said, row.values.get("milestone.id"))


def take_milestone_days(shelf: Shelf, notes: Notes, project: Draft, values: Mapping[str, Any]) -> None:
    """Take the days of milestones in columns of their own (备案时间, 环评时间); one that lies ahead is remarked."""
    for target, kind in MILESTONE_DAYS.items():
        on = values.get(target)
        if on is None:
            continue
        if on.first > clock.today():
            notes.remarks.append(
                _("“{kind}” on {day} lies ahead; it was left out.").format(kind=entry_name(kind), day=days.show_day(on))
            )
        elif _take(shelf, notes, project, {"kind": kind, "on": on}) and project.id is not None:
            notes.added.append(entry_name(kind))


def _take(shelf: Shelf, notes: Notes, project: Draft, said: dict[str, Any], row_id: UUID | None = None) -> bool:
    """Take one milestone, and say whether it is a new one."""
    known = said["on"]
    said["on"] = vague.dated(notes, known, by_today=True)
    tell_future(notes, said["on"])
    alike = [one for one in shelf.children(Milestone, "project_id", project) if one.get("kind") == said["kind"]]
    same_day = (one for one in alike if one.get("on") == said["on"])
    free = (one for one in alike if "row" not in one.claimed)
    found = shelf.with_id(Milestone, row_id) or next(same_day, None) or next(free, None)
    made = found is None
    if found is None:
        found = shelf.make(Milestone, "project_id", row_id=row_id, project_id=project.reference, **said)
    else:
        if not known.exact and known.touches(found.get("on"), found.get("on")):
            # The row knows no better: a month under way would be dated anew with every import.
            said["on"] = found.get("on")
        put(found, notes, {"project_id": project.reference, **said})
    found.claimed.add("row")
    return made
