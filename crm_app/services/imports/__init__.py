"""Imports: a ledger read, previewed row by row, written as one unit of work; wrong rows go back with their reasons."""

from crm_app.domain.import_days import DAY_ORDER_LABELS, DayOrder, DayQuestion
from crm_app.domain.imports import targets_of as choices_for
from crm_app.files.asking import let_go, make_ready
from crm_app.files.csv_text import ENCODINGS
from crm_app.services.imports.applying import apply, apply_all, take, write_rejects
from crm_app.services.imports.choices import POLICY_LABELS, Choices, Policy, SheetChoice
from crm_app.services.imports.drafts import FieldChange
from crm_app.services.imports.learning import learn
from crm_app.services.imports.mappings import Remembered, forget
from crm_app.services.imports.plan import ACTION_LABELS, Action, ImportPlan, ImportResult, RowPlan, SheetPlan
from crm_app.services.imports.planning import KINDS, plan

__all__ = [
    "ACTION_LABELS",
    "DAY_ORDER_LABELS",
    "ENCODINGS",
    "KINDS",
    "POLICY_LABELS",
    "Action",
    "Choices",
    "DayOrder",
    "DayQuestion",
    "FieldChange",
    "ImportPlan",
    "ImportResult",
    "Policy",
    "Remembered",
    "RowPlan",
    "SheetChoice",
    "SheetPlan",
    "apply",
    "apply_all",
    "choices_for",
    "forget",
    "learn",
    "let_go",
    "make_ready",
    "plan",
    "take",
    "write_rejects",
]
