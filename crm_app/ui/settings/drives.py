"""The drives that can be taken out, as far as the platform names them: where a second backup is best."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo

_MOUNTED_UNDER = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where Linux and macOS put what was plugged in."""


@dataclass(frozen=True)
class Drive:
    """A drive with its name and how many bytes are free."""

    root: Path
    name: str
    free: int


def removable() -> list[Drive]:
    """Return the drives that are plugged in and can be written."""
    home = QStorageInfo(QDir.homePath()).rootPath()
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        usable = volume.isValid() and volume.isReady() and not volume.isReadOnly()
        # Windows gives every drive a letter; the one the user lives on is none to be taken out.
        apart = root != home if sys.platform == "win32" else root.startswith(_MOUNTED_UNDER)
        if usable and apart:
            found.append(Drive(Path(root), volume.displayName() or root, volume.bytesAvailable()))
    return sorted(found, key=lambda one: one.name)
