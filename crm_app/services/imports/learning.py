"""After a plan was looked at and before it is written: what was chosen is remembered for the next such ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_app import clock
from crm_app.db.book import Book
from crm_app.db.imports import last_unit
from crm_app.i18n import _
from crm_app.services.imports import mappings
from crm_app.services.imports.choices import Policy, SheetChoice
from crm_app.services.imports.mappings import Remembered
from crm_app.services.imports.plan import ImportPlan, SheetPlan


def learn(book: Book, plans: Sequence[ImportPlan]) -> list[ImportPlan]:
    """Remember what was chosen of files' sheets, as a unit of its own; return the plans as they can be applied now.

    What was only guessed is not kept: it is guessed again, and better by a newer program. A book that has changed since
    the plans were made is left alone, for applying them says so.
    """
    told = [(plan.path.name, [one for sheet in plan.sheets for one in _chosen(plan, sheet)]) for plan in plans]
    names = dict.fromkeys(name for name, known in told if known)
    with book.read() as reader:
        stood = last_unit(reader)
    if not names or any(plan.unit != stood for plan in plans):
        return list(plans)
    known = [one for _name, found in told for one in found]
    changes = mappings.remember(book, known, _("Remember how {name} is read").format(name=_(", ").join(names)))
    return list(plans) if changes.unit is None else [replace(plan, unit=changes.unit) for plan in plans]


def _chosen(plan: ImportPlan, sheet: SheetPlan) -> list[Remembered]:
    choices = plan.choices
    choice = choices.sheets.get(sheet.name)
    policies = choices.policy is not Policy.TAKE or bool(choices.of_target)
    if sheet.remembered is not None or not (policies or (choice and choice != SheetChoice())):
        return []
    choice = replace(choice or SheetChoice(), kind=sheet.kind)
    today = clock.today()
    return [Remembered(sheet.headers, plan.path.name, today, choice, choices.policy, choices.of_target)]
