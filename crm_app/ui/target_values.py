"""How the value and the period of a target or a forecast are typed and read: by its metric."""

from __future__ import annotations

from datetime import date

from crm_app.domain import amounts, days
from crm_app.domain.counting import Window
from crm_app.domain.kinds import Whole
from crm_app.domain.targets import CURRENCY_OF, Metric
from crm_app.errors import BadInput
from crm_app.ui.windows_of_days import words_of


def read_value(metric: Metric, typed: str) -> int:
    """Return the value typed for a metric, in yuan, US cents or units; raise BadInput."""
    try:
        if metric in CURRENCY_OF:
            return amounts.parse_money(typed, CURRENCY_OF[metric])
        read = Whole().parse(typed)
    except BadInput as error:
        raise BadInput(str(error), field="value") from error
    assert read is not None, "the form asks for a value"
    return read


def period(first: date, last: date) -> str:
    """Return what a period is called: 2023年, 2023年上半年, else its two days."""
    return words_of(Window(first, last)) if first <= last else days.show_date(first)
