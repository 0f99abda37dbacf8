"""How far a command is, on a terminal: one line that is written over, and gone once the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from crm_app.progress import Report, unheard

_CLEAR = "\r\x1b[K"
_BETWEEN_SECONDS = 0.1


@contextmanager
def telling() -> Iterator[Report]:
    """Hand out what long work reports to; where nobody sits at a terminal it says nothing."""
    if not sys.stderr.isatty():
        yield unheard
        return
    said_at = -_BETWEEN_SECONDS

    def tell(done: int, total: int, words: str) -> None:
        nonlocal said_at
        now = time.monotonic()
        if now - said_at >= _BETWEEN_SECONDS:
            said_at = now
            far = f"{done / total:.0%}" if total else f"{done:,}" if done else ""
            _write(f"{words} {far}".strip())

    try:
        yield tell
    finally:
        _write("")


def _write(words: str) -> None:
    print(f"{_CLEAR}{words}", end="", file=sys.stderr, flush=True)
