"""UUIDv7 (RFC 9562, 5.7): ids that sort by the moment of their making, also within one millisecond."""

from __future__ import annotations

import random
import secrets
import sys
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from crm_app import clock

_repeated: ContextVar[Iterator[bytes] | None] = ContextVar("_repeated", default=None)
_lock = threading.Lock()
_last = 0
_TAIL, _LOW = (1 << 74) - 1, 1 << 62
_VARIANT = 0b10 << 62
_MARKS = (0x7 << 76) | _VARIANT


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
    """Return so many UUIDv7 as bytes, each the next to the one before and greater than every one made before."""
    global _last
    repeated = _repeated.get()
    if repeated is not None:
        return [next(repeated) for _one in range(amount)]
    fresh = (clock.now_ms() << 74) | secrets.randbits(73)
    with _lock:
        first = max(_last, fresh) + 1
        _last = first + amount - 1
    made = range(first, first + amount)
    if first // _LOW == (first + amount) // _LOW:
        # Most often they share what stands before their last eight bytes, and those are turned around all at once.
        head, tail = _packed(first)[:8], _VARIANT | first % _LOW
        tails = array("Q", range(tail, tail + amount))
        if sys.byteorder == "little":
            tails.byteswap()
        raw = tails.tobytes()
        return [head + raw[at : at + 8] for at in range(0, len(raw), 8)]
    return list(map(_packed, made))


def _packed(stamped: int) -> bytes:
    head, tail = divmod(stamped & _TAIL, _LOW)
    return (((stamped >> 74) << 80) | _MARKS | (head << 64) | tail).to_bytes(16, "big")


@contextmanager
def repeatable(at: int, seed: int) -> Iterator[None]:
    """Draw the ids of :func:`new_ids` from ``seed``, as of the instant ``at``: two sample books export equal sheets."""
    token = _repeated.set(_drawn(at, random.Random(seed)))
    try:
        yield
    finally:
        _repeated.reset(token)


def _drawn(at: int, source: random.Random) -> Iterator[bytes]:
    last = at << 74
    while True:
        last += 1 + source.getrandbits(32)
        yield _packed(last)


def start_above(newest: UUID) -> None:
    """Make only ids greater than this one from now on: the newest of a book that is opened with the clock set back."""
    global _last
    stamp, head, tail = newest.int >> 80, (newest.int >> 64) & 0xFFF, newest.int & ((1 << 62) - 1)
    with _lock:
        _last = max(_last, (stamp << 74) | (head << 62) | tail)
