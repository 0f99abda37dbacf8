"""The windows of dates a bureau reports on, offered wherever figures or papers ask for one."""

from __future__ import annotations

from datetime import date

from crm_app.i18n import N_


def presets(today: date) -> tuple[tuple[str, date, date], ...]:
    """Return the ready windows as (word, first day, last day)."""
    half = 1 if today.month <= 6 else 7
    last_half = (date(today.year, 1, 1), date(today.year, 6, 30))
    return (
        (N_("First half of the year"), *last_half),
        (N_("This half-year to date"), date(today.year, half, 1), today),
        (N_("Year to date"), date(today.year, 1, 1), today),
        (N_("This month"), today.replace(day=1), today),
        (N_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    )
