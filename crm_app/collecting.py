"""When Python looks for circles of objects: not while very many are made, and for a window while nobody is at work.

Looking through everything holds the whole process, in whichever thread it happens: a tenth of a second where all places
are made, half a second after an import.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_working = 0
_gives_way = False
_SELDOM = 1000
"""Times the youngest but one are looked through before all are: in a window that is never left alone."""


def give_way() -> None:
    """Leave the search through everything to :func:`search`, from now on: a window is to be painted meanwhile."""
    global _gives_way
    _gives_way = True
    youngest, younger, _all = gc.get_threshold()
    gc.set_threshold(youngest, younger, _SELDOM)


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
                keep_what_is_there()
                gc.enable()


def keep_what_is_there() -> None:
    """Look through what there is by now in the next :func:`search` only, where a window is to be painted meanwhile.

    Elsewhere with the oldest: what an import has made would be looked through as soon as anything else is made.
    """
    gc.freeze()
    if not _gives_way:
        gc.unfreeze()


def search() -> None:
    """Look through everything now, for nobody waits."""
    if _gives_way:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
