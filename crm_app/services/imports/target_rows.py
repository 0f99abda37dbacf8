"""What a row says of a target (目标): metric, period, team or person, and the value with its unit."""

from __future__ import annotations

import re
from typing import Any

from crm_app.domain import amounts
from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import CURRENCY_OF, WHOLE_BUREAU, Metric, Target
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, fits, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf


def take_target_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a targets' ledger. Another value for the same metric, period, subject and issuer is a revision.

    A revision keeps the old one; a value that stood before is no revision of the one that came after.
    """
    said = part(row.values, "target")
    said.pop("supersedes", None)
    unit = said.pop("unit", "")
    row_id = row.values.get("target.id")
    _read_period(notes, said)
    if said.get("metric") is None:
        notes.reasons.append(_("The metric is missing."))
    elif not said.get("value"):
        notes.reasons.append(_("The target value is missing."))
    else:
        _read_value(notes, said, unit, carries_id=row_id is not None)
    if notes.reasons:
        return
    said.setdefault("subject", WHOLE_BUREAU)
    notes.title = f"{Target.field('metric').kind.show(said['metric'])} {said['subject']}"
    own = shelf.with_id(Target, row_id)
    if own is not None:
        put(own, notes, said)
        return
    chain = _of_the_same(shelf, said)
    fitting = next((one for one in reversed(chain) if fits(one, {"value": said["value"]})), None)
    if fitting is not None:
        put(fitting, notes, said)
        return
    made = shelf.make(Target, row_id=row_id, **said)
    notes.made = True
    if chain:
        made.wanted["supersedes_id"] = chain[-1].reference
        notes.remarks.append(
            _("A revision: {old} stood until now.").format(old=_shown(said["metric"], chain[-1].get("value")))
        )


def _read_period(notes: Notes, said: dict[str, Any]) -> None:
    period = said.pop("period", None)
    if period is not None:
        said.setdefault("from_on", period.first)
        said.setdefault("to_on", period.last)
    start, end = said.get("from_on"), said.get("to_on")
    if start is None or end is None:
        notes.reasons.append(_("The period is missing; write it as 2023年, 2023年上半年 or as two days."))
    elif end < start:
        notes.reasons.append(_("The period ends before it begins; correct one of the days."))


def _read_value(notes: Notes, said: dict[str, Any], unit: str, *, carries_id: bool) -> None:
    """Read the value as its metric counts: yuan, US cents, or whole units."""
    number, _space, of_column = said["value"].partition(" ")
    currency, unit = CURRENCY_OF.get(said["metric"]), unit or of_column
    try:
        if currency is None:
            said["value"] = Target.field("value").kind.parse(re.sub(r"[个家次批户项人]+$", "", number))
        elif carries_id and number.isdigit():
            # A sheet of this program writes what the book holds.
            said["value"] = int(number)
        else:
            said["value"] = amounts.parse_money(number if re.search(r"[元万亿美]", number) else number + unit, currency)
        Target.field("value").kind.check(said["value"])
    except BadInput as error:
        notes.reasons.append(_("{field}: {reason}").format(field=Target.field("value").title, reason=error))


def _of_the_same(shelf: Shelf, said: dict[str, Any]) -> list[Draft]:
    """Return the targets of the same metric, period, subject and issuer, each before the one that superseded it."""
    key = ("metric", "from_on", "to_on", "subject", "issuer")
    same = [one for one in shelf.drafts[Target] if all(one.get(name) == said.get(name) for name in key)]
    followed = {one.get("supersedes_id") for one in same}
    return sorted(same, key=lambda one: one.reference not in followed)


def _shown(metric: Metric, value: int) -> str:
    currency = CURRENCY_OF.get(metric)
    return amounts.show_money(value, currency) if currency else str(value)
