"""How the value of a list's column looks: amounts as amounts, days with how far off they are, stages as badges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QFontMetrics

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.entry_names import entry_name
from crm_app.domain.kinds import Money, Option, Range
from crm_app.domain.leads import Triage
from crm_app.domain.lists import Column, Shape
from crm_app.domain.spans import FuzzyDay, Precision
from crm_app.domain.stages import Stage
from crm_app.i18n import _
from crm_app.services.lists import Row
from crm_app.ui import theme
from crm_app.ui.widgets.cells import (
    Cell,
    Letters,
    amount_cell,
    badges_cell,
    cell_width,
    day_cell,
    flag_cell,
    stage_cell,
    unit_width,
)

_AHEAD = ("next_due", "due", "report_due")
"""Days that are overdue once they are gone."""

_TONES = {"uscc": "muted", "number": "muted", "stalled": "overdue"}
"""Codes stand back, what goes wrong stands out."""
_JUDGED = {Triage.FOLLOW: "negotiating", Triage.HOLD: "on_hold", Triage.NO: "lost"}
"""The stage in whose colours a judgement stands."""
_SAMPLE = 888_000_000
"""An amount in yuan that is as wide as most."""
_LONGEST_DAYS = tuple(date(2028, month, 28) for month in range(1, 13))
"""As long as a day of another year gets: the longest month is another in each language."""
_RANGE = MoneyRange(_SAMPLE, _SAMPLE, Currency.CNY, approximate=True, typed="")
_BADGE = 12
_ARROW = 16
_ROUNDING = 4
"""A text set as wide as it measures is cut where its glyphs stand between two pixels."""


def how_far(day: date, today: date) -> str:
    """Return how long ago a day was or how far ahead it is; empty for one that is far off."""
    past = (today - day).days
    if not days.is_near(day, today):
        return ""
    if past == 1:
        return _("yesterday")
    return _("{n} d ago").format(n=past) if past > 0 else days.relative(day, today)


def cell_of(column: Column, values: Mapping[str, Any], first: bool) -> Cell:
    """Return the cell of a column in a row; the first column is what a row is called by."""
    value = values.get(column.name)
    settled = bool(column.settled_by and values.get(column.settled_by))
    if settled and column.name == "triage":
        return stage_cell("signed", _("became a project"))
    if value is None:
        return Cell(_("not judged"), tone="gap") if column.name == "triage" else Cell()
    if isinstance(value, Stage):
        return stage_cell(value.value, column.kind.show(value))
    if isinstance(value, Triage):
        return stage_cell(_JUDGED[value], column.kind.show(value))
    if column.name == "honours":
        return badges_cell([entry_name(one) for one in value.split("、")])
    if isinstance(value, date):
        today = clock.today()
        if settled:
            return Cell(days.show_near(value, today), tone="muted", tip=days.show_date(value))
        if column.name in _AHEAD:
            return day_cell(value, today)
        return Cell(days.show_near(value, today), hint=how_far(value, today), tip=days.show_date(value))
    if isinstance(value, FuzzyDay) and value.precision is Precision.DAY:
        return Cell(days.show_near(value.first, clock.today()), tip=days.show_date(value.first))
    text = column.kind.show(value)
    if value is True:
        return flag_cell(text)
    if column.shape is Shape.MONEY or isinstance(column.kind, Range):
        return amount_cell(text)
    tone = _TONES.get(column.name, "text")
    return Cell(" ".join(text.split()), tone=tone, bold=first and column.shape is Shape.TEXT)


def room_of(column: Column, rows: Sequence[Row], letters: Letters, *, first: bool) -> int:
    """Return how wide the widest value of a column is in these rows, with the air around it; 0 where there is none."""
    metrics = letters.metrics, letters.small_metrics
    widest = max((cell_width(cell_of(column, row.values, first), *metrics) for row in rows), default=0)
    return widest + 2 * theme.S + _ROUNDING if widest else 0


def least_width(column: Column, small: QFontMetrics, text: QFontMetrics) -> int:
    """Return how narrow a column may become: its title and its usual values stay whole, a text is cut.

    ``small`` measures titles and badges, ``text`` values.
    """
    widths = [small.horizontalAdvance(column.title) + (theme.px(_ARROW) if column.sorts else 0)]
    if isinstance(column.kind, Option):
        widths += [small.horizontalAdvance(column.kind.show(one)) + theme.px(_BADGE) for one in column.kind.options]
    elif isinstance(column.kind, Range):
        widths.append(text.horizontalAdvance(column.kind.show(_RANGE)))
    elif column.shape is Shape.DAY:
        widths += [text.horizontalAdvance(days.show_short(one)) for one in _LONGEST_DAYS]
    elif column.shape is Shape.MONEY:
        widths.append(text.horizontalAdvance(Money().show(_SAMPLE)) + unit_width(text) // 2)
    return max(widths) + 2 * theme.S + _ROUNDING
