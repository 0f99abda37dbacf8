"""The pages of a book's file as they lie on the disk, read past every damage; the file is opened for reading alone.

SQLite stops at the first page it cannot trust. To salvage the others they are read here one by one: with what stands
in the WAL laid over them, and those of an encrypted book opened in memory, each by its own seal (SQLCipher 4: AES-256
in CBC, HMAC-SHA512 over the page and its number). Formats: sqlite.org/fileformat2.html, zetetic.net/sqlcipher/design.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from crm_app.db.engine import PAGE

MAGIC = b"SQLite format 3\x00"
SMALL = 4096
"""SQLite's own default: what books behind a password have, and those of an older program."""
_SIZES = (SMALL, PAGE)
_BEGINNINGS = b"\x02\x05\x0a\x0d"
"""With which nearly every page begins: that of an index or of a table, leading on or a leaf."""
_IV, _SEAL = 16, 64
_RESERVED = _IV + _SEAL
_SALT = 16
_SEAL_SALT_MASK = 0x3A
_SEAL_KEY_ROUNDS = 2
_WAL_HEADER, _FRAME_HEADER = 32, 24
_MOST_CUT_OFF = 64
"""A book that says it had more than so many times the pages that are there has a damaged head."""
_WAL_MAGIC = 0x377F0682
"""With big-endian checksums the last bit is set."""


class Pages:
    """A book's pages by number, from 1; None for one that cannot be read or whose seal is broken."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._file = path.open("rb")
        self._key = key
        wal = _content(path.with_name(path.name + "-wal"))
        size = path.stat().st_size
        self.size = SMALL if key is not None else self._told_size() or _size_in(wal) or self._likely_size(size)
        """Bytes of a page."""
        self._over = _committed(wal, self.size)
        self.count = max([size // self.size, *self._over])
        self.usable = self.size - (_RESERVED if key is not None else 0)
        self._seal_key = b""
        self.sealed = False
        """Whether the seals of an encrypted book can be checked: not where the salt they hang on is gone."""
        if key is not None:
            salt = bytes(byte ^ _SEAL_SALT_MASK for byte in self._raw(1)[:_SALT])
            self._seal_key = hashlib.pbkdf2_hmac("sha512", key, salt, _SEAL_KEY_ROUNDS, 32)
            self.sealed = any(self._is_sealed(n, self._raw(n)) for n in range(1, self.count + 1))
        self.count = max(self.count, self._told())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _told_size(self) -> int:
        """Return of how many bytes the head of a plain book says its pages are; 0 where it is damaged."""
        head = self._read(0, 18)
        size = int.from_bytes(head[16:18], "big")
        return size if head.startswith(MAGIC) and size in _SIZES else 0

    def _likely_size(self, size: int) -> int:
        """Return of how many bytes the pages are, by where there are beginnings of any."""
        small, both = (sum(self._read(at, 1) in _BEGINNINGS for at in range(start, size, PAGE)) for start in (SMALL, 0))
        return SMALL if 2 * small > both else PAGE

    def _told(self) -> int:
        """Return how many pages the book says it has: of one that was cut off, more than are there; 0 if unsure."""
        head = self[1] or b""
        told, current = int.from_bytes(head[28:32], "big"), head[24:28] == head[92:96]
        return told if current and told <= self.count * _MOST_CUT_OFF else 0

    def _raw(self, n: int) -> bytes:
        if n in self._over:
            return self._over[n]
        return self._read((n - 1) * self.size, self.size)

    def _read(self, at: int, size: int) -> bytes:
        try:
            self._file.seek(at)
            return self._file.read(size)
        except OSError:
            # A bad sector: the page is lost, the others are not.
            return b""

    def __getitem__(self, n: int) -> bytes | None:
        """Return the content of page ``n`` in the clear."""
        raw = self._raw(n) if 1 <= n <= self.count else b""
        if len(raw) < self.size:
            return None
        if self._key is None:
            # A sector that was lost reads as zeros, and no page in use begins with one.
            return raw if any(raw) else None
        if self.sealed and not self._is_sealed(n, raw):
            return None
        start = _SALT if n == 1 else 0
        iv = raw[self.usable : self.usable + _IV]
        opening = Cipher(algorithms.AES256(self._key), modes.CBC(iv)).decryptor()
        return (MAGIC if n == 1 else b"") + opening.update(raw[start : self.usable]) + bytes(_RESERVED)

    def _is_sealed(self, n: int, raw: bytes) -> bool:
        end = self.usable + _IV
        text = raw[_SALT if n == 1 else 0 : end] + struct.pack("<I", n)
        return hmac.compare_digest(hmac.digest(self._seal_key, text, "sha512"), raw[end : end + _SEAL])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _size_in(wal: bytes) -> int:
    """Return of how many bytes the pages in a WAL are; 0 where it has no sound head."""
    if len(wal) < _WAL_HEADER:
        return 0
    magic, _version, size = struct.unpack_from(">III", wal)
    order = ">" if magic & 1 else "<"
    sound = magic & ~1 == _WAL_MAGIC and _checksum(wal[:24], order, (0, 0)) == struct.unpack_from(">II", wal, 24)
    return int(size) if sound and size in _SIZES else 0


def _committed(wal: bytes, size: int) -> dict[int, bytes]:
    """Return the newest committed page of each number in the WAL, as SQLite does up to the first torn frame."""
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for number, is_commit, page in _frames(wal, size):
        pending[number] = page
        if is_commit:
            committed |= pending
            pending = {}
    return committed


def _frames(wal: bytes, size: int) -> Iterator[tuple[int, bool, bytes]]:
    if _size_in(wal) != size:
        return
    order = ">" if wal[3] & 1 else "<"
    salts, sums = wal[16:24], struct.unpack_from(">II", wal, 24)
    for start in range(_WAL_HEADER, len(wal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        head = wal[start : start + _FRAME_HEADER]
        page = wal[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
        sums = _checksum(page, order, _checksum(head[:8], order, sums))
        if head[8:16] != salts or sums != struct.unpack_from(">II", head, 16):
            return
        number, pages_after = struct.unpack_from(">II", head)
        yield number, pages_after > 0, page


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
