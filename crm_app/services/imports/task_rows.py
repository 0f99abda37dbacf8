"""What a row says of a next step (下一步) on its own: what is to be done, by when, by whom, and what it belongs to."""

from __future__ import annotations

from typing import Any

from crm_app import clock
from crm_app.domain import days, names
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_rows import Parsed
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Reception, Visit
from crm_app.i18n import _
from crm_app.services.imports.belonging import lead_called, of_day
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import take_enterprise
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import Step, due, read_step

_BY_DAY: tuple[type[Record], ...] = (Visit, Reception, FollowUp)
"""What a step may come from; its day in the row names it."""


def take_task_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of next steps: of an enterprise, of a project, of both, or of neither.

    A step of the book is the one in the same words that is due on the same day, else an open one in the same words;
    where the row says no day, the words are enough.
    """
    values = row.values
    step = read_step(shelf, notes, values, clock.today())
    if step is None and not notes.reasons:
        notes.reasons.append(_("What is to be done is missing."))
    project = find_project(shelf, notes, values) if _names(values, "project.name", "project.number") else None
    named = _names(values, "enterprise.name", "enterprise.uscc")
    taken = take_enterprise(shelf, notes, row) if named and not notes.reasons else None
    if notes.reasons or step is None:
        return
    said = _belonging(shelf, notes, dict(step.said), taken[0] if taken else None)
    said["project_id"] = project.reference if project else None
    notes.title = said["what"]
    _take(shelf, notes, row, step, said)


def take_task_of(shelf: Shelf, notes: Notes, row: Parsed, project: Draft) -> None:
    """Take the next step that stands beside what else a row says of its project."""
    step = read_step(shelf, notes, row.values, clock.today())
    if step is None:
        return
    made, notes.made = notes.made, False
    # Whoever is answerable for the project is so for its next step.
    said = {"owner_id": project.get("owner_id"), **step.said, "project_id": project.reference}
    _take(shelf, notes, row, step, said)
    if notes.made and project.id is not None:
        notes.added.append(_("Next step: {what}").format(what=step.said["what"]))
    notes.made = made


def _names(values: Any, *targets: str) -> bool:
    return any(values.get(target) for target in targets)


def _belonging(shelf: Shelf, notes: Notes, said: dict[str, Any], enterprise: Draft | None) -> dict[str, Any]:
    """Turn the words for what a step belongs to into references; without an enterprise they say nothing."""
    lead = said.pop("lead", "")
    by_day = {record_type: said.pop(record_type.table, "") for record_type in _BY_DAY}
    if enterprise is not None:
        said["enterprise_id"] = enterprise.reference
        said["lead_id"] = lead_called(shelf, notes, enterprise, lead)
        for record_type, day in by_day.items():
            said[f"{record_type.table}_id"] = of_day(shelf, notes, record_type, enterprise, day)
    return said


def _take(shelf: Shelf, notes: Notes, row: Parsed, step: Step, said: dict[str, Any]) -> None:
    row_id = row.values.get("task.id")
    parent = "project_id" if said["project_id"] and not said.get("enterprise_id") else "enterprise_id"
    found = shelf.with_id(Task, row_id) or _find(shelf.children_of(Task, parent, said.get(parent)), said)
    if found is None:
        made = shelf.make(Task, parent, row_id=row_id, **{**said, "due": due(shelf, notes, step)})
        made.claimed.add("row")
        notes.made = True
        return
    put(found, notes, said)
    found.claimed.add("row")
    if found.get("done_on") is not None and not said.keys() & {"due", "done_on"}:
        told = _("This next step was done on {day}. Give it a deadline if it is to be done once more.")
        notes.remarks.append(told.format(day=days.show_date(found.get("done_on"))))


def _find(known: list[Draft], said: dict[str, Any]) -> Draft | None:
    what = names.clean(said["what"])
    alike = [one for one in known if names.clean(one.get("what")) == what]
    if "due" not in said:
        # A row that says no day means the step whatever day it was given, and also once it is done.
        return next(iter(sorted(alike, key=lambda one: one.get("done_on") is not None)), None)
    same_day = next((one for one in alike if one.get("due") == said["due"]), None)
    free = (one for one in alike if "row" not in one.claimed and one.get("done_on") is None)
    return same_day or next(free, None)
