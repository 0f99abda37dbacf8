"""What the targets of a ledger are called, where a person chooses among them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from crm_app.domain import days, import_achieved, import_goals, import_months
from crm_app.domain.entry_names import entry_name
from crm_app.domain.import_headers import ROW_ID
from crm_app.domain.import_kinds import ALSO, ID, MILESTONE_DAYS, OF_OTHERS, POST, SPECIAL, STAGE_DAYS, STAGE_EVIDENCE
from crm_app.domain.records import RECORDS
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import METRIC_LABELS
from crm_app.i18n import N_, _, language, said_in

OWN_TITLES = {
    "enterprise.province": N_("Province"),
    "enterprise.city": N_("City"),
    "enterprise.short_name": N_("Short name"),
    "enterprise.former_name": N_("Former name"),
    "enterprise.alias": N_("Alias"),
    "enterprise.honours": N_("Honours"),
    POST: N_("Enterprise and post"),
    "contact_also.phone": N_("Further phone"),
    "contact_also.email": N_("Further mail or WeChat"),
    "visit.our_people": N_("Our people"),
    "visit.their_people": N_("Their people"),
    "trip.members": N_("Trip member"),
    "trip.planned": N_("Planned visit"),
    "trip.period": N_("From and until"),
    "reception.with": N_("Accompanied by"),
    "fund.currency": N_("Currency"),
    "signing.currency": N_("Currency"),
    "target.period": N_("Period"),
    "forecast.period": N_("Period"),
    "forecast.unit": N_("Unit of the value"),
    "target.unit": N_("Unit of the value"),
    "ranking.subject": N_("Whose place"),
    "ranking.goal": N_("Target beside it (not taken)"),
    "ranking.rate": N_("Share reached"),
    **{target: STAGE_LABELS[stage] for target, stage in STAGE_DAYS.items()},
}
"""What targets are called that are no declared field of the record they are said of."""


def title_of(target: str) -> str:
    """Return what a target is called, in the language in use: 企业 · 企业名称."""
    return _title(target)


def names_of(target: str) -> tuple[str, str]:
    """Return what a target is called in the language in use, then in the other one: it is found by both."""
    return title_of(target), _title(target, "en" if language() == "zh_CN" else "zh_CN")


def _title(target: str, tongue: str = "") -> str:
    """Return what a target is called in a language, by default in that in use."""
    say = partial(said_in, tongue) if tongue else _
    record, _dot, name = SPECIAL.get(target, target).partition(".")
    month, goal = import_months.month_of(target), import_goals.goal_of(target)
    if goal is not None:
        own = import_goals.title_of(goal, say)
    elif role := import_achieved.part_of(target):
        plain = f"ranking.{role[0]}"
        title = say(OWN_TITLES[plain]) if plain in OWN_TITLES else say(RECORDS["ranking"].field(role[0]).label)
        own = f"{say(METRIC_LABELS[role[1]])} · {title}"
    elif month is not None:
        own = days.show_day(days.month_of(*month)) if month[0] else say(N_("Month {n}")).format(n=month[1])
    elif name == ID:
        own = say(ROW_ID)
    elif target in OWN_TITLES:
        own = say(OWN_TITLES[target])
    elif target in MILESTONE_DAYS:
        own = entry_name(MILESTONE_DAYS[target], tongue)
    elif target in STAGE_EVIDENCE:
        own = say(N_("{stage}: evidence")).format(stage=say(STAGE_LABELS[STAGE_EVIDENCE[target]]))
    else:
        declared = {one.name: one for one in RECORDS[record].fields}
        own = say((declared.get(name) or declared[f"{name}_id"]).label)
    return f"{_said_of(target, record, say)} · {own}"


def _said_of(target: str, record: str, say: Callable[[str], str]) -> str:
    """Return what a target is said of: 企业, 联系人, 联系人2."""
    said_of = target.partition(".")[0]
    if target in OF_OTHERS:
        return f"{say(RECORDS['contact'].label)}{said_of[-1]}"
    if target in ALSO:
        return say(RECORDS["contact"].label)
    return say(RECORDS[said_of if said_of in RECORDS else record].label)
