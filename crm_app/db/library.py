"""The SQLite library as a whole, before it is first used: what cannot be set any more once a connection was open."""

from __future__ import annotations

import ctypes
from importlib.machinery import PathFinder
from importlib.util import find_spec

_MEMSTATUS = 9
"""``SQLITE_CONFIG_MEMSTATUS`` of sqlite3.h."""


def count_no_memory() -> bool:
    """Let SQLite not count what it has allocated; False where the library cannot be told so, or was used already.

    Nobody asks for the sum, and to keep it two threads wait for one another at each allocation: a fourteenth of the
    time of a large import. Source: SQLITE_CONFIG_MEMSTATUS in SQLite's “Configuration Options”.
    """
    package = find_spec("sqlcipher3")
    found = package and PathFinder.find_spec("_sqlite3", package.submodule_search_locations)
    if not found or not found.origin:
        return False
    # Loaded as Python would, but not begun: its import opens the library.
    library = ctypes.PyDLL(found.origin)
    # Windows lends out nothing of a module but its beginning.
    configure = getattr(library, "sqlite3_config", None)
    return configure is not None and configure(_MEMSTATUS, ctypes.c_int(0)) == 0
