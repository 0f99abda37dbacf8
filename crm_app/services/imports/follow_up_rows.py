"""What a row says of a follow-up: with whom, on which day, by what way, what was said, and the next step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm_app.domain import days
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.import_rows import Parsed
from crm_app.domain.projects import Investor
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit
from crm_app.i18n import _
from crm_app.services.imports.belonging import lead_called, of_day
from crm_app.services.imports.colleague import colleague
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part, take_enterprise
from crm_app.services.imports.project_named import find_project
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.step_rows import STATED, read_step, take_step, tell_future

OTHER_MODE = "其他"
"""How it was made, where a ledger does not say: the entry every list has."""


def take_follow_up_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a follow-ups' ledger: of an enterprise, a project, or both.

    A follow-up in the book is the one of that day with the same words, or at the very same time.
    """
    values = row.values
    on = values.get("follow_up.on")
    if on is None:
        notes.reasons.append(_("The day of the follow-up is missing."))
        return
    tell_future(notes, on)
    if not values.get("follow_up.content"):
        notes.reasons.append(_("What was said is missing."))
    if values.get("task.due") and not values.get("task.what"):
        # 下次联系时间 alone says what is to be done.
        values = {**values, "task.what": _("Next contact")}
    step = read_step(shelf, notes, values, on)
    project = _project(shelf, notes, values)
    taken = _enterprise(shelf, notes, row, project) if not notes.reasons else None
    if notes.reasons:
        return
    enterprise, contacts = taken or (None, [])
    said = _said(shelf, notes, values)
    lead, visit = said.pop("lead", ""), said.pop("visit", "")
    said["project_id"] = project.reference if project else None
    said["enterprise_id"] = enterprise.reference if enterprise else None
    said["contact_id"] = contacts[0].reference if contacts else None
    if enterprise is not None:
        said["lead_id"] = lead_called(shelf, notes, enterprise, lead)
        said["visit_id"] = of_day(shelf, notes, Visit, enterprise, visit)
    spoken_to = enterprise or project
    notes.title = str(spoken_to.get("name")) if spoken_to else ""
    made = _take(shelf, notes, row, said)
    take_step(shelf, notes, step, made, "follow_up_id", said["enterprise_id"])
    if notes.made and enterprise is not None:
        _answer_earlier(shelf, notes, enterprise, made)


def _project(shelf: Shelf, notes: Notes, values: Any) -> Draft | None:
    return find_project(shelf, notes, values) if values.get("project.name") or values.get("project.number") else None


def _enterprise(shelf: Shelf, notes: Notes, row: Parsed, project: Draft | None) -> tuple[Draft, list[Draft]] | None:
    """Return the enterprise spoken to and the people; a project that stands alone speaks for its only investor.

    A row with an id says by itself all there is of its record.
    """
    if row.values.get("enterprise.name") or row.values.get("enterprise.uscc") or project is None:
        return take_enterprise(shelf, notes, row)
    if "follow_up.id" in row.values:
        return None
    parties = shelf.children(Investor, "project_id", project)
    return (shelf.draft_of(parties[0].get("enterprise_id")), []) if len(parties) == 1 else None


def _said(shelf: Shelf, notes: Notes, values: Any) -> dict[str, Any]:
    said = part(values, "follow_up")
    person = said.pop("person", None)
    if person:
        said["person_id"] = colleague(shelf, notes, person)
    return said


def _take(shelf: Shelf, notes: Notes, row: Parsed, said: dict[str, Any]) -> Draft:
    row_id = row.values.get("follow_up.id")
    found = shelf.with_id(FollowUp, row_id) or _find(shelf, said)
    if found is None:
        said.setdefault("mode", OTHER_MODE)
        notes.made = True
        parent = "enterprise_id" if said["enterprise_id"] else "project_id"
        found = shelf.make(FollowUp, parent, row_id=row_id, **said)
    else:
        put(found, notes, said)
    found.claimed.add("row")
    return found


def _find(shelf: Shelf, said: dict[str, Any]) -> Draft | None:
    parent = "enterprise_id" if said["enterprise_id"] else "project_id"
    siblings = shelf.children_of(FollowUp, parent, said[parent])
    same_day = [one for one in siblings if one.get("on") == said["on"]]
    fitting = next((one for one in same_day if fits(one, said)), None)
    if fitting is not None:
        return fitting
    free = [one for one in same_day if "row" not in one.claimed]
    worded = next((one for one in free if fits(one, {"content": said["content"]})), None)
    time = said.get("time")
    return worded or next((one for one in free if time and one.get("time") == time), None)


def _answer_earlier(shelf: Shelf, notes: Notes, enterprise: Draft, made: Draft) -> None:
    """Take a step as done where the next contact with the enterprise followed it: only the last one is still open.

    Only steps of this very file, and only those of which it names neither a day nor that they were done.
    """
    siblings = [one for one in shelf.children(FollowUp, "enterprise_id", enterprise) if one is not made]
    later = [one.get("on") for one in siblings if one.get("on") > made.get("on")]
    if later:
        _close(shelf, notes, made, min(later))
    for one in siblings:
        if one.get("on") < made.get("on"):
            _close(shelf, notes, one, made.get("on"))


def _close(shelf: Shelf, notes: Notes, follow_up: Draft, day: date) -> None:
    for task in shelf.children(Task, "follow_up_id", follow_up):
        inferred = task.id is None and STATED not in task.claimed
        if inferred and (task.get("done_on") is None or task.get("done_on") > day):
            task.wanted["done_on"] = day
            task.wanted["due"] = shelf.calendar.next_workday(follow_up.get("on") + timedelta(days=1))
            sentence = _("The next step “{what}” counts as done on {day}, when the next follow-up came.")
            notes.remarks.append(sentence.format(what=task.get("what"), day=days.show_date(day)))
