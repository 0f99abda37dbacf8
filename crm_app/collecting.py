"""When Python looks for circles of objects: not while very many are made, and not among those that stay for good."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_working = 0
_KEPT_AT_MOST = 3
_kept = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search for circles of objects off while the body lasts, for the whole process; it takes a sixth of it."""
    global _working
    with _lock:
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                gc.enable()


def keep_what_is_there() -> None:
    """Look no more through what there is by now: the modules, classes and widgets of a program that has begun.

    Looking through all of it, in whichever thread, held the window for 100 ms and more each time. Only the first few
    calls of a process do it: what is in no use any more is kept too.
    """
    global _kept
    if _kept < _KEPT_AT_MOST:
        _kept += 1
        gc.freeze()
