"""How the value of a list's column looks: amounts as amounts, days with how far off they are, stages as badges."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.lists import Column, Shape
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.i18n import _
from crm_app.ui.widgets.cells import Cell, day_cell, stage_cell

_AHEAD = ("next_due", "due", "report_due")
"""Days that are overdue once they are gone."""


def ago(day: date, today: date) -> str:
    """Return how long ago a day was; empty for one to come."""
    past = (today - day).days
    if past < 0:
        return ""
    return _("{n} d ago").format(n=past) if past else _("today")


def cell_of(column: Column, value: Any, first: bool) -> Cell:
    """Return the cell of a value; the first column is what a row is called by."""
    if value is None:
        return Cell()
    if isinstance(value, Stage):
        return stage_cell(value.value, _(STAGE_LABELS[value]))
    if isinstance(value, date):
        today = clock.today()
        if column.name in _AHEAD:
            return day_cell(value, today)
        return Cell(days.show_date(value), hint=ago(value, today))
    text = column.kind.show(value)
    tone = "muted" if column.name in ("uscc", "number") else "text"
    return Cell(" ".join(text.split()), tone=tone, bold=first and column.shape is Shape.TEXT)
