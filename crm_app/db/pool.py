"""The attachments in a folder of backups: one pool for all of them, each file once under its content's name.

Files there never change, and a sound one is never replaced, so a new backup copies only what is missing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from crm_app import platform
from crm_app.db import attachments
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report

_BLOCK = 1 << 20


def pool_in(folder: Path, book: Path) -> Path:
    """Return the pool of a book's attachments in a folder of backups."""
    return folder / attachments.folder(book).name


def missing(book: Path, key: bytes | None, folder: Path) -> list[Path]:
    """Return the attachments of a book that its pool in ``folder`` does not hold whole.

    What stands in the pool in another length is replaced by what is proved alone: of the two it may be the sound one.
    """
    source, target = attachments.folder(book), pool_in(folder, book)
    if not source.is_dir():
        return []
    present = {one.name: one.stat().st_size for one in target.iterdir()} if target.is_dir() else {}
    files = [one for one in sorted(source.iterdir()) if one.is_file() and not one.suffix]
    differing = [one for one in files if present.get(one.name) != one.stat().st_size]
    return [one for one in differing if one.name not in present or attachments.is_whole(one, key)]


def fill(book: Path, folder: Path, files: Sequence[Path], progress: Report) -> None:
    """Copy these attachments of a book into its pool; raise Refused where one does not arrive as it was."""
    bring(files, pool_in(folder, book), progress)


def bring(files: Sequence[Path], target: Path, progress: Report) -> None:
    """Copy files, each checked before it gets its name; raise Refused, and what ``progress`` raises."""
    if not files:
        return
    words = _("Copying attachments")
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        for done, file in enumerate(files):
            progress(done, len(files), words)
            # One that was cleared away meanwhile is nobody's any more.
            if file.is_file():
                _copy(file, target / file.name)
        platform.sync_folder(target)
    except OSError as error:
        raise Refused(
            _("{path} cannot be written: {reason}").format(path=target, reason=error.strerror or error)
        ) from error


def _copy(source: Path, target: Path) -> None:
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    read = hashlib.sha256()
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as from_file, os.fdopen(descriptor, "wb") as to_file:
        while block := from_file.read(_BLOCK):
            read.update(block)
            to_file.write(block)
        to_file.flush()
        os.fsync(to_file.fileno())
    with partial.open("rb") as written:
        if hashlib.file_digest(written, "sha256").digest() != read.digest():
            raise Refused(_("{path} was not written as it was read. Is the drive sound?").format(path=target))
    partial.replace(target)
