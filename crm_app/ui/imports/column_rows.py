"""The columns of a sheet that is coming in, as they are shown and changed."""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.domain.import_days import DayOrder, DayQuestion
from crm_app.services.imports import Policy
from crm_app.ui.imports.shown import Shown
from crm_app.ui.imports.words import cell_words, header_words


@dataclass(frozen=True)
class ColumnRow:
    """One column as the table shows it; ``target`` is empty where it is left alone, ``question`` is about its days."""

    index: int
    header: str
    values: tuple[str, ...]
    target: str
    title: str
    unit: str
    evidence: str
    policy: Policy
    own_policy: bool
    question: DayQuestion | None
    day_order: DayOrder | None


def rows_of(shown: Shown, sheet: int) -> list[ColumnRow]:
    """Return the columns of a sheet that have a header."""
    plan, choices = shown.plan.sheets[sheet], shown.plan.choices
    questions = {one.column: one for one in plan.day_questions}
    return [
        ColumnRow(
            column.index,
            header_words(column.header),
            tuple(cell_words(cell) for cell in shown.samples.get((sheet, column.index), ())),
            column.target,
            column.title,
            column.unit,
            column.evidence,
            choices.policy_of(column.target),
            column.target in choices.of_target,
            questions.get(column.index),
            column.day_order,
        )
        for column in plan.columns
        if column.header
    ]
