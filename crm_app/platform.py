"""What differs between operating systems; the only module that imports what one of them lacks."""

from __future__ import annotations

import sys
from io import TextIOWrapper

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and a locked byte cannot be read: one far behind the text is taken."""


def try_lock(file: TextIOWrapper) -> bool:
    """Take an exclusive lock on an open file without waiting; say whether it was free.

    The system lets go of it when the file is closed or the process dies.
    """
    try:
        if sys.platform == "win32":
            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
