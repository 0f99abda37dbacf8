"""Work that makes hundreds of thousands of objects, none of them in a circle: Python need not look for circles."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_working = 0


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
