"""What a row says of a target (目标): metric, period, team or person, and the value with its unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crm_app.domain import import_goals, import_titles
from crm_app.domain.import_goals import Goal
from crm_app.domain.import_headers import split_unit
from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import WHOLE_BUREAU, Target, shown
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports import measured
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf


def take_target_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a targets' ledger. Another value for the same metric, period, subject and issuer is a revision.

    A revision keeps the old one; a value that stood before is no revision of the one that came after. Where columns
    are metrics, or parts of the year, each cell is a target of its own.
    """
    said = part(row.values, "target")
    said.pop("supersedes", None)
    unit = said.pop("unit", "")
    row_id = row.values.get("target.id")
    goals = {goal: said.pop(name) for name in list(said) if (goal := import_goals.goal_of(f"target.{name}"))}
    if goals and unit and not measured.is_unit(unit):
        # 单位 above the names of those who have to reach it.
        said.setdefault("subject", unit)
        unit = ""
    said.setdefault("subject", WHOLE_BUREAU)
    unit = unit or split_unit(said.get("metric") or "")[1]
    read_metric(notes, said, named=any(goal.metric for goal in goals))
    read_period(notes, said)
    entries = [_entry(said, goal, value) for goal, value in goals.items()]
    if not goals or "value" in said:
        entries.append(said)
    for one in entries if not notes.reasons else ():
        if not one.get("value"):
            notes.reasons.append(_("The target value is missing."))
        else:
            _read_value(notes, one, unit, carries_id=row_id is not None)
    wanted = [one for one in entries if one.get("value") != 0]
    if not wanted and not notes.reasons:
        notes.reasons.append(_("The target value is missing."))
    notes.title = said["subject"]
    if notes.reasons:
        return
    if not goals:
        notes.title = f"{Target.field('metric').kind.show(said['metric'])} {said['subject']}"
    made = [one for one in wanted if _take(shelf, notes, row_id, one)]
    notes.made = len(made) == len(wanted)
    if made and not notes.made:
        notes.added += [Target.field("metric").kind.show(one["metric"]) for one in made]


def _entry(said: dict[str, Any], goal: Goal, value: str) -> dict[str, Any]:
    """Return the target one cell tells: of what its column names, and for the rest of what its row does."""
    entry = {**said, "value": value}
    if goal.metric:
        entry["metric"] = goal.metric
    if goal.team:
        entry["subject"] = goal.team
    if goal.part and "from_on" in said:
        entry["from_on"], entry["to_on"] = import_goals.part_of(said["from_on"].year, goal.part)
    return entry


def _take(shelf: Shelf, notes: Notes, row_id: UUID | None, said: dict[str, Any]) -> bool:
    """Take one target and say whether it is a new one."""
    own = shelf.with_id(Target, row_id)
    if own is not None:
        put(own, notes, said)
        return False
    chain = _of_the_same(shelf, said)
    fitting = next((one for one in reversed(chain) if fits(one, {"value": said["value"]})), None)
    if fitting is not None:
        put(fitting, notes, said)
        return False
    made = shelf.make(Target, row_id=row_id, **said)
    if chain:
        made.wanted["supersedes_id"] = chain[-1].reference
        notes.remarks.append(
            _("A revision: {old} stood until now.").format(old=shown(said["metric"], chain[-1].get("value")))
        )
    return True


def read_metric(notes: Notes, said: dict[str, Any], *, named: bool = False) -> None:
    """Read the metric as this program calls it, or as superiors do; ``named``: the columns name it."""
    text = said.pop("metric", None)
    if named:
        return
    if text is None:
        notes.reasons.append(_("The metric is missing."))
        return
    goal = import_goals.goal_of(import_goals.target_of(text))
    if goal and goal.metric:
        said["metric"] = goal.metric
        return
    try:
        said["metric"] = Target.field("metric").kind.parse(text)
    except BadInput as error:
        notes.reasons.append(_("{field}: {reason}").format(field=Target.field("metric").title, reason=error))


def read_period(notes: Notes, said: dict[str, Any]) -> None:
    """Read the days of a period that a row names, or its first and last day; what is wrong is noted."""
    period, year = said.pop("period", None), said["from_on"].year if "from_on" in said else None
    if period is not None:
        try:
            said["from_on"], said["to_on"] = import_titles.period_of(period, year)
        except BadInput as error:
            notes.reasons.append(_("{field}: {reason}").format(field=_("Period"), reason=error))
            return
    start, end = said.get("from_on"), said.get("to_on")
    if start is None or end is None:
        notes.reasons.append(_("The period is missing; write it as 2023年, 2023年上半年 or as two days."))
    elif end < start:
        notes.reasons.append(_("The period ends before it begins; correct one of the days."))


def _read_value(notes: Notes, said: dict[str, Any], unit: str, *, carries_id: bool) -> None:
    """Read the value as its metric counts."""
    try:
        said["value"] = measured.value_of(said["metric"], said["value"], unit, held=carries_id)
        Target.field("value").kind.check(said["value"])
    except BadInput as error:
        notes.reasons.append(_("{field}: {reason}").format(field=Target.field("value").title, reason=error))


def _of_the_same(shelf: Shelf, said: dict[str, Any]) -> list[Draft]:
    """Return the targets of the same metric, period, subject and issuer, each before the one that superseded it."""
    key = ("metric", "from_on", "to_on", "subject", "issuer")
    same = [one for one in shelf.drafts[Target] if all(one.get(name) == said.get(name) for name in key)]
    followed = {one.get("supersedes_id") for one in same}
    return sorted(same, key=lambda one: one.reference not in followed)
