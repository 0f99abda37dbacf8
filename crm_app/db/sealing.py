"""A stream of bytes sealed in chunks: AES-256-GCM, so that a large recording is never one allocation.

After a header (mark, format, a random salt) stand the chunks, each of :data:`CHUNK` bytes and a tag, the last one
shorter or empty. Each file has a key of its own, derived from the purpose's key and the salt, so a nonce cannot come
twice. The nonce is the chunk's number and whether it is the last, and the header is authenticated with each: chunks
that are changed, exchanged, left out, taken from another file or cut off are found (the STREAM construction, Hoang et
al. 2015).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1 << 20
"""Plain bytes in a chunk."""
_MARK = b"CRMF\x01"
"""What a sealed file begins with; the last byte is the format's number."""
_SALT = 16
_TAG = 16
_KEY = 32
_COUNTER = 11


class Tampered(Exception):
    """The stream is not what was sealed with this key."""


def has_mark(file: BinaryIO) -> bool:
    """Say whether a file begins as a sealed one, and go back to its start."""
    head = file.read(len(_MARK))
    file.seek(0)
    return head == _MARK


def seal(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed stream of ``chunks``: each of :data:`CHUNK` bytes, the last one shorter, or empty."""
    salt = secrets.token_bytes(_SALT)
    header = _MARK + salt
    box = _box(key, salt)
    yield header
    for number, (chunk, last) in enumerate(_with_last(chunks)):
        yield box.encrypt(_nonce(number, last), chunk, header)


def unseal(key: bytes, file: BinaryIO) -> Iterator[bytes]:
    """Yield the plain chunks of a sealed file, each proved genuine before it is handed out; raise Tampered."""
    header = file.read(len(_MARK) + _SALT)
    if not header.startswith(_MARK) or len(header) != len(_MARK) + _SALT:
        raise Tampered
    box = _box(key, header[len(_MARK) :])
    sealed = iter(lambda: file.read(CHUNK + _TAG), b"")
    ended = False
    for number, (chunk, last) in enumerate(_with_last(sealed)):
        try:
            yield box.decrypt(_nonce(number, last), chunk, header)
        except InvalidTag as error:
            raise Tampered from error
        ended = last
    if not ended:
        raise Tampered


def _box(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), _KEY, salt=salt, info=b"file").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([last])


def _with_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk with whether it is the last; one empty chunk where there is none."""
    held: bytes | None = None
    for chunk in chunks:
        if held is not None:
            yield held, False
        held = chunk
    yield (b"", True) if held is None else (held, True)
