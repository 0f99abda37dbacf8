"""The bytes of attachments (附件), in ``NAME.crm-files`` beside the book: each content once, by its SHA-256.

In a plain book a file is called by the SHA-256 of its content; in an encrypted one by an HMAC of it, for the hash of a
known document would tell that it is there, and its content is sealed. A file never changes: it is written beside,
synced, and renamed. What stands with ``.storing`` at the end was left over by a power cut.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from crm_app import platform
from crm_app.db import durable, sealing, tables, trouble
from crm_app.db.keys import derive
from crm_app.db.reader import Reader
from crm_app.domain.attachments import DRAFTED
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report

_TEMPORARY = ".storing"
_NAME = re.compile("[0-9a-f]{64}")
_DRAFTED = re.compile(f'"{DRAFTED}([0-9a-f]{{64}})"')
"""In what a draft holds: it may be of a damaged book, and torn."""
_ROOM_LEFT = 64 << 20
"""Bytes that stay free on the disk, so that the book itself can still be saved."""


def folder(book: Path) -> Path:
    """Return where the attachments of a book stand; it is made with the first of them."""
    return book.with_name(book.name + "-files")


def name_of(key: bytes | None, sha256: str) -> str:
    """Return what the file of a content is called under this data key (None: a plain book)."""
    if key is None:
        return sha256
    return hmac.new(derive(key, "attachment names"), bytes.fromhex(sha256), hashlib.sha256).hexdigest()


def store(book: Path, key: bytes | None, source: BinaryIO | bytes) -> tuple[str, int]:
    """Keep a content and return its SHA-256 and size; it is on the disk when this returns.

    What is there already is kept once; a damaged file of the same content is put right. Within a unit of work only: a
    sweep, or a change of the book's protection, must not come between the bytes and their row. Raise Refused where the
    disk does not take them.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    target = folder(book)
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        sweep_temporary(book)
        _refuse_without_room(target, stream)
        read = _Hashed(stream)
        partial = _write(target, key, read)
        try:
            name = name_of(key, read.sha256())
            if is_whole(target / name, key):
                platform.sync_folder(target)
            else:
                durable.put(partial, target / name, "attachment")
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise trouble.cannot_write(target, error) from error
    return read.sha256(), read.size


def read(book: Path, key: bytes | None, sha256: str) -> bytes:
    """Return a content, proved to be the one; raise Refused where it is missing or damaged."""
    return b"".join(chunks(book, key, sha256))


def chunks(book: Path, key: bytes | None, sha256: str) -> Iterator[bytes]:
    """Yield a content in chunks; the last one is held back until the whole is proved to be the one.

    Raise Refused where the file is missing, cannot be read, or is damaged.
    """
    path = folder(book) / name_of(key, sha256)
    digest = hashlib.sha256()
    held = b""
    try:
        with path.open("rb") as file:
            for chunk in _plain_chunks(file, key):
                digest.update(chunk)
                if held:
                    yield held
                held = chunk
    except FileNotFoundError as error:
        raise Refused(
            _("The file of this attachment is missing from {path}. Restore a backup.").format(path=path.parent)
        ) from error
    except OSError as error:
        raise Refused(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror or error)) from error
    except sealing.Tampered as error:
        raise _damaged(path) from error
    if digest.hexdigest() != sha256:
        raise _damaged(path)
    yield held


def verify(
    book: Path, key: bytes | None, known: Iterable[str], progress: Report | None = None
) -> list[tuple[str, str]]:
    """Return which of these contents (SHA-256) are "missing" or "damaged", reading every one."""
    wanted = sorted(set(known))
    found = []
    for done, sha256 in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted), _("Checking attachments"))
        path = folder(book) / name_of(key, sha256)
        if not path.is_file():
            found.append((sha256, "missing"))
        elif not is_whole(path, key):
            found.append((sha256, "damaged"))
    return found


def is_whole(path: Path, key: bytes | None) -> bool:
    """Say whether a file holds the content it is called after."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for chunk in _plain_chunks(file, key):
                digest.update(chunk)
    except (OSError, sealing.Tampered):
        # Missing, or on a bad sector: not to be had.
        return False
    return name_of(key, digest.hexdigest()) == path.name


def missing(book: Path, key: bytes | None, known: Iterable[str]) -> list[str]:
    """Return which of these contents have no file, without reading any."""
    present = {path.name for path in _files(book)}
    return [sha256 for sha256 in sorted(set(known)) if name_of(key, sha256) not in present]


def referenced(reader: Reader) -> set[str]:
    """Return the SHA-256 of every content a draft names, or a row names or named: also what undo may want again."""
    attachment, change = tables.RECORD_TABLES["attachment"], tables.change
    found = set(reader.connection.execute(select(attachment.c.sha256)).scalars())
    told = select(change.c.old, change.c.new).where(change.c.table == attachment.name, change.c.op == "U")
    for row in reader.connection.execute(told):
        found |= {json.loads(side).get("sha256") for side in row if side}
    for typed in reader.connection.execute(select(tables.draft.c.content)).scalars():
        found |= set(_DRAFTED.findall(typed))
    return found - {None}


def unreferenced(book: Path, key: bytes | None, known: Iterable[str]) -> list[Path]:
    """Return the files that are of none of these contents."""
    names = {name_of(key, sha256) for sha256 in known}
    return [path for path in _files(book) if path.name not in names]


def sweep_temporary(book: Path) -> None:
    """Remove what a power cut left half-written; within a unit of work only, so that nobody is writing it."""
    for path in folder(book).glob("*" + _TEMPORARY):
        path.unlink(missing_ok=True)


def convert(book: Path, old_key: bytes | None, new_key: bytes | None, progress: Report | None = None) -> list[Path]:
    """Write every file of the folder anew under another key (None: in the clear); return those that are damaged.

    The old files stay: whoever converts the book calls :func:`drop_others` with the key it has in the end, whichever
    that is. Also for a pool of backups: ``book`` is then any path in its folder with the book's name. May be repeated
    after it was broken off. Raise Refused where the disk does not take it, and what ``progress`` raises.
    """
    files = [path for path in _files(book) if _is_sealed(path) == (old_key is not None)]
    damaged = []
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), _("Converting attachments"))
        try:
            _convert(path, old_key, new_key)
        except sealing.Tampered:
            damaged.append(path)
        except OSError as error:
            raise trouble.cannot_write(path.parent, error) from error
    return damaged


def _convert(path: Path, old_key: bytes | None, new_key: bytes | None) -> None:
    with path.open("rb") as file:
        read = _Hashed(_Joined(_plain_chunks(file, old_key)))
        partial = _write(path.parent, new_key, read)
    sound = name_of(old_key, read.sha256()) == path.name
    # A damaged plain file keeps what is left of it, and goes on being told as damaged.
    sha256 = read.sha256() if sound or old_key is not None else path.name
    try:
        durable.put(partial, path.with_name(name_of(new_key, sha256)), "attachment")
    finally:
        partial.unlink(missing_ok=True)
    if not sound:
        raise sealing.Tampered


def drop_others(book: Path, key: bytes | None, others: Collection[str] = ()) -> None:
    """Remove the files of the other kind than the book's, and half-written ones: the end of a conversion.

    ``others`` are names that stay: of contents that somebody else's copies in the same folder want.
    """
    sweep_temporary(book)
    for path in _files(book):
        if path.name not in others and _is_sealed(path) != (key is not None):
            path.unlink()
    if folder(book).is_dir():
        platform.sync_folder(folder(book))


def _is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        # A plain file may begin like a sealed one; its name then tells.
        return sealing.has_mark(file) and hashlib.file_digest(file, "sha256").hexdigest() != path.name


def _files(book: Path) -> list[Path]:
    place = folder(book)
    return [path for path in sorted(place.iterdir()) if _NAME.fullmatch(path.name)] if place.is_dir() else []


def _plain_chunks(file: BinaryIO, key: bytes | None) -> Iterator[bytes]:
    if key is None:
        return iter(lambda: file.read(sealing.CHUNK), b"")
    return sealing.unseal(derive(key, "attachments"), file)


def _write(target: Path, key: bytes | None, content: _Hashed) -> Path:
    """Write a content to a new temporary file, sealed where there is a key."""
    partial = target / (secrets.token_hex(8) + _TEMPORARY)
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for block in content if key is None else sealing.seal(derive(key, "attachments"), content):
                file.write(block)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial


class _Hashed:
    """A stream's chunks, hashed and counted as they pass: full ones but for the last, as sealing wants them."""

    def __init__(self, stream: BinaryIO | _Joined) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._next():
            self._digest.update(chunk)
            self.size += len(chunk)
            yield chunk

    def _next(self) -> bytes:
        try:
            return self._stream.read(sealing.CHUNK)
        except OSError as error:
            words = _("The file could not be read to its end ({reason}). Is the drive still plugged in?")
            raise Refused(words.format(reason=error.strerror or error)) from error

    def sha256(self) -> str:
        """Return the hash of what has passed."""
        return self._digest.hexdigest()


class _Joined:
    """Chunks as a stream: all of them are of the size that is asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _amount: int) -> bytes:
        """Return the next chunk, empty at the end."""
        return next(self._pieces, b"")


def _refuse_without_room(target: Path, stream: BinaryIO) -> None:
    start = stream.tell()
    size = stream.seek(0, os.SEEK_END) - start
    stream.seek(start)
    if shutil.disk_usage(target).free < size + _ROOM_LEFT:
        raise Refused(_("The disk is full; nothing was changed. Make room on it, then save again."))


def _damaged(path: Path) -> Refused:
    return Refused(
        _("The file of this attachment is damaged ({name}). Restore a backup, or attach it again.").format(
            name=path.name[:12]
        )
    )
