"""What differs between operating systems; the only module that imports what one of them lacks."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path

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


def has_display() -> bool:
    """Say whether a window could be shown: Windows and macOS always, elsewhere where a display server is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_path(path: Path) -> None:
    """Open a file or folder with the program the system has for it; raise OSError where there is none."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        # Its own session: closing this program must not close what it opened.
        subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, start_new_session=True)


def speaks_chinese() -> bool:
    """Say whether the system's own language is Chinese."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable].lower().startswith("zh")
    name = locale.getlocale()[0] or ""
    return name.lower().startswith(("zh", "chinese"))
