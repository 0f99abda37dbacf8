"""Putting a whole file in its place so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

from crm_app import platform
from crm_app.db import faults


def put(partial: Path, target: Path, what: faults.Put) -> None:
    """Move a finished file to ``target``, over what stands there: content to the disk, rename, folder to the disk.

    Raise OSError; the partial file is then still there.
    """
    faults.putting(what, "before_sync")
    # Open for writing: Windows syncs no file that is open for reading alone.
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    faults.putting(what, "before_rename")
    partial.replace(target)
    faults.putting(what, "after_rename")
    platform.sync_folder(target.parent)
    faults.putting(what, "after_put")
