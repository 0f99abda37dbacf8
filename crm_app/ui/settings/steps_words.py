"""Words the change list and the recycle bin share: how many records of which kind, and when."""

from __future__ import annotations

from collections.abc import Mapping

from crm_app import clock
from crm_app.domain.records import RECORDS
from crm_app.i18n import _

_MOST_KINDS = 4
_TOLD_FIRST = ("enterprise", "project", "signing", "trip", "visit", "lead", "contact", "follow_up", "task")
"""What a person thinks in; parts of these come behind, the many first."""


def counts(rows: Mapping[str, int], most: int = _MOST_KINDS) -> str:
    """Return “企业 1、拜访 3等”: how many records of each kind, at most so many kinds."""
    told = sorted(rows, key=lambda table: (_rank(table), -rows[table]))
    words = _(", ").join(_("{kind} {n}").format(kind=_(RECORDS[table].label), n=rows[table]) for table in told[:most])
    return _("{kinds} and more").format(kinds=words) if len(told) > most else words


def _rank(table: str) -> int:
    return _TOLD_FIRST.index(table) if table in _TOLD_FIRST else len(_TOLD_FIRST)


def moment(at_ms: int) -> str:
    """Return an instant on this laptop's clock, to the minute."""
    return f"{clock.local(at_ms):%Y-%m-%d %H:%M}"
