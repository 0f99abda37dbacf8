"""The keys of a book with a password: one random data key, wrapped by what a person knows or has on paper.

The data key encrypts the book (SQLCipher), its attachments and its backups, and never changes; a new passphrase wraps
it anew, so the book need not be rewritten. ``NAME.crm-keys`` holds a slot for the passphrase (Argon2id, RFC 9106) and
one for the printed recovery key (160 random bits, HKDF), each an AES-256-GCM box around the data key. The file is two
equal blocks, each with its SHA-256, in sectors of their own: a bad sector or a torn write leaves one.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crm_app.db import durable
from crm_app.errors import Damaged, Locked, Refused
from crm_app.i18n import _

KEY_BYTES = 32
_BLOCK = 4096
_NONCE_BYTES = 12
_SALT_BYTES = 16
_FORMAT = 1
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit."""
_RECOVERY_BYTES = 20
_CHECK_LETTERS = 4
_GROUP = 4
_ARGON2 = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}
"""RFC 9106, section 4, second recommended set: 64 MiB, for a laptop that also runs other programs."""
_COSTS = {"time_cost": (1, 64), "memory_cost": (8, 1024 * 1024), "parallelism": (1, 64)}
"""The least and the most a keys file may ask (memory in KiB): one that asks for more only keeps the laptop busy."""
_SIZES = {"salt": _SALT_BYTES, "nonce": _NONCE_BYTES, "wrapped": KEY_BYTES + 16}
"""Bytes of each part of a slot; a sealed key carries a tag of 16."""


@dataclass(frozen=True)
class KeySlots:
    """What stands in a keys file: an id that a new data key changes, and the slots by their kind."""

    id: str
    passphrase: Mapping[str, Any]
    recovery: Mapping[str, Any]


def keys_file(book: Path) -> Path:
    """Return where the wrapped keys of a book, or of a backup of one, stand."""
    return book.with_name(book.name + "-keys")


def partial_of(book: Path) -> Path:
    """Return where a keys file stands while it is being written."""
    return book.with_name(book.name + "-keys.partial")


def is_plain(book: Path) -> bool:
    """Say whether a file is an unencrypted SQLite database, or empty."""
    with book.open("rb") as file:
        head = file.read(16)
    return head in (b"", b"SQLite format 3\x00")


def new_data_key() -> bytes:
    """Return a fresh data key of 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_key() -> str:
    """Return a fresh recovery key, nine groups of four letters and digits, the last of them its check."""
    number = int.from_bytes(secrets.token_bytes(_RECOVERY_BYTES), "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(155, -1, -5))
    return "-".join(_grouped(letters + _check(letters)))


def _grouped(letters: str) -> list[str]:
    return [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]


def _check(letters: str) -> str:
    digest = hashlib.sha256(letters.encode()).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_CHECK_LETTERS])


def _recovery_letters(typed: str) -> str | None:
    """Return the letters of a recovery key as it was typed, in upper case without dashes; None for anything else."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    folded = folded.replace("O", "0").replace("I", "1").replace("L", "1")
    letters = "".join(character for character in folded if character in _ALPHABET)
    whole = len(letters) == _RECOVERY_BYTES * 8 // 5 + _CHECK_LETTERS
    return letters if whole and _check(letters[:-_CHECK_LETTERS]) == letters[-_CHECK_LETTERS:] else None


def is_recovery_key(typed: str) -> bool:
    """Say whether a text has the letters of a recovery key; it need not be this book's."""
    return _recovery_letters(typed) is not None


def derive(data_key: bytes, purpose: str) -> bytes:
    """Return the key of 32 bytes for one purpose (HKDF-SHA-256), so that no two uses share a key."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(data_key)


def wrap(data_key: bytes, passphrase: str, recovery_key: str) -> KeySlots:
    """Return slots that open with either of the two."""
    slots = KeySlots(secrets.token_hex(8), {}, {})
    return rewrap(rewrap_recovery(slots, data_key, recovery_key), data_key, passphrase)


def rewrap_recovery(slots: KeySlots, data_key: bytes, recovery_key: str) -> KeySlots:
    """Return slots with a new recovery key; the passphrase stays."""
    letters = _recovery_letters(recovery_key)
    assert letters is not None, "made by new_recovery_key"
    salt = secrets.token_bytes(_SALT_BYTES)
    box = _seal(_from_recovery(letters, salt), data_key, f"{slots.id}:recovery")
    return replace(slots, recovery={"salt": salt.hex(), **box})


def rewrap(slots: KeySlots, data_key: bytes, passphrase: str) -> KeySlots:
    """Return slots with a new passphrase; the recovery key stays."""
    salt = secrets.token_bytes(_SALT_BYTES)
    box = _seal(_from_passphrase(passphrase, salt, _ARGON2), data_key, f"{slots.id}:passphrase")
    return replace(slots, passphrase={**_ARGON2, "salt": salt.hex(), **box})


def unwrap(slots: KeySlots, secret: str) -> bytes:
    """Return the data key for a passphrase or a recovery key; raise Locked for a wrong one."""
    letters = _recovery_letters(secret)
    if letters is not None:
        key = _from_recovery(letters, bytes.fromhex(slots.recovery["salt"]))
        found = _unseal(key, slots.recovery, f"{slots.id}:recovery")
        if found is not None:
            return found
    key = _from_passphrase(secret, bytes.fromhex(slots.passphrase["salt"]), slots.passphrase)
    found = _unseal(key, slots.passphrase, f"{slots.id}:passphrase")
    if found is None:
        raise Locked(_("This is not the password of the book. Try again, or use the printed recovery key."))
    return found


def _from_passphrase(passphrase: str, salt: bytes, costs: Mapping[str, Any]) -> bytes:
    return hash_secret_raw(
        # The same passphrase, whichever way the keyboard composed it.
        unicodedata.normalize("NFC", passphrase).encode(),
        salt,
        time_cost=costs["time_cost"],
        memory_cost=costs["memory_cost"],
        parallelism=costs["parallelism"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _from_recovery(letters: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=salt, info=b"recovery").derive(letters.encode())


def _seal(key: bytes, data_key: bytes, bound_to: str) -> dict[str, str]:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return {"nonce": nonce.hex(), "wrapped": AESGCM(key).encrypt(nonce, data_key, bound_to.encode()).hex()}


def _unseal(key: bytes, box: Mapping[str, Any], bound_to: str) -> bytes | None:
    try:
        return AESGCM(key).decrypt(bytes.fromhex(box["nonce"]), bytes.fromhex(box["wrapped"]), bound_to.encode())
    except InvalidTag:
        return None


def read(book: Path) -> KeySlots:
    """Return the slots of a book's keys file; raise Refused where neither block is whole."""
    path = keys_file(book)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(
            _(
                "This book has a password, but the file with its keys is missing: {path}. Put it back from a backup."
            ).format(path=path)
        ) from error
    for start in (0, _BLOCK):
        digest, _newline, body = content[start : start + _BLOCK].partition(b"\n")
        text = body.rstrip(b" ")
        if hashlib.sha256(text).hexdigest().encode() == digest:
            slots = _slots_in(text)
            if slots is not None:
                return slots
    raise _damaged()


def _damaged() -> Refused:
    return Refused(_("The file with the book's keys is damaged. Take the one beside the newest backup."))


def _slots_in(text: bytes) -> KeySlots | None:
    """Return the slots of a whole block, None where it holds anything else: whoever tampers can hash too."""
    try:
        held = json.loads(text)
        slots = KeySlots(held["id"], held["passphrase"], held["recovery"])
        boxes = [slots.passphrase, slots.recovery]
        whole = all(len(bytes.fromhex(box[name])) == size for box in boxes for name, size in _SIZES.items())
        bounded = all(
            type(slots.passphrase[name]) is int and low <= slots.passphrase[name] <= most
            for name, (low, most) in _COSTS.items()
        )
        # Argon2 wants eight blocks a lane.
        enough = whole and bounded and slots.passphrase["memory_cost"] >= 8 * slots.passphrase["parallelism"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return slots if enough and isinstance(slots.id, str) else None


def write(book: Path, slots: KeySlots) -> None:
    """Write a book's keys file: beside it, to the disk, renamed."""
    held = {"format": _FORMAT, "id": slots.id, "passphrase": dict(slots.passphrase), "recovery": dict(slots.recovery)}
    text = json.dumps(held, sort_keys=True).encode()
    block = (hashlib.sha256(text).hexdigest().encode() + b"\n" + text).ljust(_BLOCK)
    path = keys_file(book)
    partial = partial_of(book)
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(block + block)
    durable.put(partial, path, "keys")


def unlock(book: Path, secret: str | None) -> bytes | None:
    """Return the data key of a book, None for a plain one; raise Locked where the secret is missing or wrong."""
    if is_plain(book):
        return None
    if not keys_file(book).exists() and secret is None:
        if book.with_name(book.name + "-lock").exists():
            raise Damaged(_("The head of the book's file is damaged. Restore a backup, or use “check --repair”."))
        raise Refused(_("This file is not a book of this program. Choose a .crm file."))
    slots = read(book)
    if secret is None:
        raise Locked(_("This book has a password. Type it to open the book."))
    return unwrap(slots, secret)
