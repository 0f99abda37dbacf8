"""When Python looks for circles of objects: not while very many are made, and for a window in its own thread alone.

Looking through everything holds the whole process, in whichever thread it happens: a tenth of a second where all places
are made, half a second after an import. And what is found goes in that thread: an object of Qt that goes in another
than its own takes the process along, so a window looks by itself, between two turns of its loop
(``ui/shell/warming.py``).
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_working = 0
_was_on = True
_gives_way = False
_FEW, _MANY = 5_000, 50_000
"""New objects that are not worth a look yet, and those that take longer than a turn of the window's loop may."""


def give_way() -> None:
    """Look in :func:`search_new` and :func:`search` alone from now on: the window calls them, in its own thread."""
    global _gives_way
    _gives_way = True
    gc.disable()


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search for circles of objects off while the body lasts, for the whole process; it takes a sixth of it."""
    global _working, _was_on
    with _lock:
        if not _working:
            _was_on = gc.isenabled()
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                keep_what_is_there()
                if _was_on and not _gives_way:
                    gc.enable()


def keep_what_is_there() -> None:
    """Look through what there is by now in the next :func:`search` only, where a window is to be painted meanwhile.

    Elsewhere with the oldest: what an import has made would be looked through as soon as anything else is made.
    """
    gc.freeze()
    if not _gives_way:
        gc.unfreeze()


def search_new() -> None:
    """Look through what is new since the last time, where that is quickly done; else it waits for :func:`search`."""
    if _working or gc.get_count()[0] < _FEW:
        return
    if gc.get_count()[0] > _MANY:
        keep_what_is_there()
    else:
        gc.collect(1)


def search() -> None:
    """Look through everything now, for nobody waits."""
    if _gives_way:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
