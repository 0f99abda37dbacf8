"""UUIDv7 (RFC 9562, 5.7): ids that sort by the moment of their making, also within one millisecond."""

from __future__ import annotations

import secrets
import threading
from uuid import UUID

from crm_app import clock

_lock = threading.Lock()
_last = 0
_TAIL, _LOW = (1 << 74) - 1, 1 << 62
_MARKS = (0x7 << 76) | (0b10 << 62)


def new_id() -> UUID:
    """Return a UUIDv7 greater than every one this process made before, even if the clock was set back."""
    global _last
    with _lock:
        fresh = (clock.now_ms() << 74) | secrets.randbits(73)
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(32)
        stamp, tail = _last >> 74, _last & ((1 << 74) - 1)
    value = (stamp << 80) | (0x7 << 76) | ((tail >> 62) << 64) | (0b10 << 62) | (tail & ((1 << 62) - 1))
    return UUID(int=value)


def new_ids(amount: int) -> list[bytes]:
    """Return so many UUIDv7 as bytes, each greater than the one before and than every one made before."""
    global _last
    fresh = (clock.now_ms() << 74) | secrets.randbits(73)
    steps = memoryview(secrets.token_bytes(4 * amount)).cast("I")
    made = []
    with _lock:
        last = max(_last, fresh)
        for step in steps:
            last += 1 + step
            head, tail = divmod(last & _TAIL, _LOW)
            made.append((((last >> 74) << 80) | _MARKS | (head << 64) | tail).to_bytes(16, "big"))
        _last = last
    return made


def start_above(newest: UUID) -> None:
    """Make only ids greater than this one from now on: the newest of a book that is opened with the clock set back."""
    global _last
    stamp, head, tail = newest.int >> 80, (newest.int >> 64) & 0xFFF, newest.int & ((1 << 62) - 1)
    with _lock:
        _last = max(_last, (stamp << 74) | (head << 62) | tail)
