"""The next step a row names: the task that hangs on its visit, reception or follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.tasks import Task
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.colleague import colleague
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf

STATED = "stated"
"""Claimed of a task of which a row says when it is due, or that it was done."""


@dataclass(frozen=True)
class Step:
    """What a row of the day ``on`` says of a next step; ``stated`` where it says when it is due or was done."""

    said: dict[str, Any]
    stated: bool
    on: date


def tell_future(notes: Notes, on: date) -> None:
    """Tell that a day lies in the future, which is likelier a slip than meant; it blocks nothing."""
    if on > clock.today():
        notes.remarks.append(_("{day} lies in the future; please check it.").format(day=days.show_date(on)))


def read_step(shelf: Shelf, notes: Notes, values: Any, on: date) -> Step | None:
    """Return what a row says of a next step, or None; the reason in ``notes`` where its day is none.

    A day within the words (下周三 回访) is meant from the row's own day on. Without any it says no day (see ``due``).
    """
    said = part(values, "task")
    owner, when = said.pop("owner", None), said.pop("when", None)
    if not said.get("what"):
        if said.get("due"):
            notes.remarks.append(_("A deadline stands beside no next step; it was left out."))
        return None
    try:
        due, what = days.parse_next_step(said["what"], on)
    except BadInput as error:
        notes.reasons.append(str(error))
        return None
    stated = "due" in said or "done_on" in said or due is not None
    if "due" not in said:
        said["what"] = worded(what or said["what"], when)
        if due:
            said["due"] = due.last
    if owner:
        said["owner_id"] = colleague(shelf, notes, owner)
    return Step(said, stated, on)


def due(shelf: Shelf, notes: Notes, step: Step) -> date:
    """Return when a step that is new is due.

    What nobody gave a day is never overdue because of that, nor is a whole ledger of it due tomorrow: such steps are
    spread over the weeks to come, and each row says so.
    """
    if "due" in step.said:
        told: date = step.said["due"]
        return told
    if "done_on" in step.said:
        done: date = step.said["done_on"]
        return done
    if step.on > clock.today():
        return shelf.calendar.next_workday(step.on + timedelta(days=1))
    day = next(shelf.spare_days)
    notes.remarks.append(
        _("The next step has no deadline; while it is open, it is put on {day}.").format(day=days.show_date(day))
    )
    return day


def worded(what: str, when: str | None) -> str:
    """Return a step in words with a deadline that names no day: 对接用地 (持续推进)."""
    return f"{what} ({when})" if when else what


def take_step(shelf: Shelf, notes: Notes, step: Step | None, of: Draft, parent: str, enterprise: Any) -> None:
    """Make the task of a record, found by ``parent``, or say anew what the row says of the one it has."""
    if step is None:
        return
    said = step.said
    for known in shelf.children(Task, parent, of):
        if known.get("what") == said["what"]:
            put(known, notes, said)
            return
    made = shelf.make(
        Task, parent, **{parent: of.reference, "enterprise_id": enterprise, **said, "due": due(shelf, notes, step)}
    )
    if step.stated:
        made.claimed.add(STATED)
    if of.id is not None:
        notes.added.append(_("Next step: {what}").format(what=said["what"]))
