"""The only source of now and today; the linter bans the others.

Instants are UTC milliseconds. Business days are ``datetime.date`` and have no zone. A sample book carries its own day,
so that Today makes sense years later: opening it pins ``today()``; instants stay real.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

_pinned: date | None = None


def now_ms() -> int:
    """Return the present instant in UTC milliseconds."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """Return the business day: the pinned one of a sample book, else the local date."""
    return _pinned or datetime.now().date()  # noqa: DTZ005 -- a business day is the wall calendar's


def pin_today(day: date | None) -> None:
    """Make ``today()`` answer ``day`` from now on; None goes back to the wall calendar."""
    global _pinned
    _pinned = day


def is_pinned() -> bool:
    """Say whether ``today()`` is a sample book's own day."""
    return _pinned is not None


def local(instant_ms: int) -> datetime:
    """Return an instant as local wall time, for showing only."""
    return datetime.fromtimestamp(instant_ms / 1000, tz=UTC).astimezone()


def local_midnight(day: date) -> datetime:
    """Return the beginning of a business day on this laptop's wall clock."""
    return datetime.combine(day, datetime.min.time()).astimezone()
