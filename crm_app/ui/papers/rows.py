"""The rows a figure stands on, in words."""

from __future__ import annotations

from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.fields import RECORDS
from crm_app.i18n import _
from crm_app.services.figures import Row


def in_words(row: Row) -> str:
    """Return a row's name, and under it its day and amount; dollars stand beside the yuan, never instead."""
    facts = (
        days.show_day(row.day) if row.day else "",
        amounts.show_yi(row.yuan) if row.yuan else "",
        amounts.show_money(row.cents, Currency.USD) if row.cents else "",
    )
    beside = " · ".join(fact for fact in facts if fact)
    name = row.title or _(RECORDS[row.table].label)
    return f"{name}\n{beside}" if beside else name
