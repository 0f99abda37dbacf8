"""How a figure is put into a sentence (counting rule 7): 50余, 超140亿, 近300. No wording claims more than the figure.

余 and 超 are used only where something is left over, so that the round number named is always strictly exceeded; 近
only where the round number is within a twentieth.
"""

from __future__ import annotations

from crm_app.domain import amounts
from crm_app.i18n import _

_NEAR = 20


def _leading(n: int, digits: int) -> int:
    """Return ``n`` rounded down to its first ``digits`` digits."""
    step: int = 10 ** max(len(str(n)) - digits, 0)
    return n // step * step


def about(n: int) -> str:
    """Return a count rounded down to its first digit, with 余: 53 → “50余”, 312 → “300余”; 70 and 7 stay bare."""
    round_number = _leading(n, 1)
    return _("more than {n}").format(n=round_number) if n > round_number else str(n)


def above(yuan: int) -> str:
    """Return an amount with 超: 141.4亿 → “超140亿”, exactly 140亿 → “140亿”.

    Rounded down to the first two digits.
    """
    floor = _leading(yuan, 2)
    if yuan > floor:
        return _("above {amount}").format(amount=amounts.show_bare(floor))
    return amounts.show_bare(yuan)
