"""How the value of a metric is read from a cell: yuan, US cents, or whole units, by the unit that is said anywhere."""

from __future__ import annotations

import re

from crm_app.domain import amounts
from crm_app.domain.import_headers import UNITS
from crm_app.domain.kinds import Whole
from crm_app.domain.targets import CURRENCY_OF, Metric
from crm_app.errors import BadInput
from crm_app.i18n import _

_UNIT = re.compile(rf"{UNITS}|[个家次批户项人条件分场名篇]+|％")
_COUNTED = re.compile(r"[个家次批户项人条件]+$")


def is_unit(text: str) -> bool:
    """Say whether a cell below 单位 is a unit of measure; else it is who has to reach the figure."""
    return _UNIT.fullmatch(text) is not None


def value_of(metric: Metric, written: str, unit: str = "", *, held: bool = False) -> int:
    """Return what a cell says of a metric; ``written`` may carry the unit of its column behind a space.

    ``held``: the row is of a sheet of this program, whose bare numbers are what a book holds. Raise BadInput for what
    is no value.
    """
    number, _space, of_column = written.partition(" ")
    currency, unit = CURRENCY_OF.get(metric), unit or of_column
    if currency is None:
        read = Whole(0).parse(_COUNTED.sub("", number))
        if read is None:
            raise BadInput(_("“{text}” is not a whole number.").format(text=written))
        return int(read)
    if held and number.isdigit():
        return int(number)
    return amounts.parse_money(number if re.search(r"[元万亿美]", number) else number + unit, currency)
