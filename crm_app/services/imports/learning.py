"""After a plan was looked at and before it is written: what was chosen is remembered for the next such ledger."""

from __future__ import annotations

from dataclasses import replace

from crm_app import clock
from crm_app.db.book import Book
from crm_app.db.imports import last_unit
from crm_app.i18n import _
from crm_app.services.imports import mappings
from crm_app.services.imports.choices import Policy, SheetChoice
from crm_app.services.imports.mappings import Remembered
from crm_app.services.imports.plan import ImportPlan, SheetPlan


def learn(book: Book, plan: ImportPlan) -> ImportPlan:
    """Remember what was chosen of a file's sheets, as a unit of its own; return the plan as it can be applied now.

    What was only guessed is not kept: it is guessed again, and better by a newer program. A book that has changed since
    the plan was made is left alone, for applying the plan says so.
    """
    known = [one for sheet in plan.sheets for one in _chosen(plan, sheet)]
    with book.read() as reader:
        stands = last_unit(reader) == plan.unit
    if not known or not stands:
        return plan
    changes = mappings.remember(book, known, _("Remember how {name} is read").format(name=plan.path.name))
    return plan if changes.unit is None else replace(plan, unit=changes.unit)


def _chosen(plan: ImportPlan, sheet: SheetPlan) -> list[Remembered]:
    choices = plan.choices
    choice = choices.sheets.get(sheet.name)
    policies = choices.policy is not Policy.TAKE or bool(choices.of_target)
    if sheet.remembered is not None or not (policies or (choice and choice != SheetChoice())):
        return []
    choice = replace(choice or SheetChoice(), kind=sheet.kind)
    today = clock.today().isoformat()
    return [Remembered(sheet.headers, plan.path.name, today, choice, choices.policy, choices.of_target)]
