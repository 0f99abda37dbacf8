"""The SQLite library counts no memory, and a program that has used it before goes on as it is."""

from __future__ import annotations

import subprocess
import sys

_USED = """
import ctypes, sys
if "before" in sys.argv:
    import sqlcipher3
from crm_app.db import library
from sqlcipher3 import _sqlite3 as driver, dbapi2
kept = dbapi2.connect(":memory:")
kept.execute("CREATE TABLE a AS SELECT randomblob(100000) b")
used = ctypes.PyDLL(driver.__file__).sqlite3_memory_used
used.restype = ctypes.c_int64
print(used() > 0, library.count_no_memory())
"""


def _told(*words: str) -> str:
    done = subprocess.run([sys.executable, "-c", _USED, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_memory_is_counted() -> None:
    assert _told() == "False False"


def test_a_library_that_was_used_already_counts_on() -> None:
    assert _told("before") == "True False"
