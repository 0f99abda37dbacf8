"""Keys files: sound ones, damaged ones, and some that say another thing with a hash that is right."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from crm_app.db import keys


def sound_slots() -> keys.KeySlots:
    """Return slots as a book has them, their boxes empty."""
    return keys.KeySlots(
        "0123456789abcdef",
        {
            "memory_cost": 8,
            "time_cost": 1,
            "parallelism": 1,
            "salt": "00" * 16,
            "nonce": "00" * 12,
            "wrapped": "00" * 48,
        },
        {"salt": "00" * 16, "nonce": "00" * 12, "wrapped": "00" * 48},
    )


def file_of(slots: keys.KeySlots) -> bytes:
    """Return the keys file of slots."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "t.crm"
        keys.write(book, slots)
        return keys.keys_file(book).read_bytes()


def read(data: bytes) -> None:
    """Open a book by a keys file, as at its start."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "t.crm"
        keys.keys_file(book).write_bytes(data)
        keys.unwrap(keys.read(book), "a passphrase")


def with_right_hash(held: Any) -> bytes:
    """Return a keys file that says anything, as one who tampers would write it."""
    text = json.dumps(held).encode()
    return (hashlib.sha256(text).hexdigest().encode() + b"\n" + text).ljust(4096) * 2


def slots_with(path: tuple[str, ...], value: Any) -> bytes:
    """Return a keys file with another value at one place."""
    slots = sound_slots()
    held: dict[str, Any] = {
        "format": 1,
        "id": slots.id,
        "passphrase": dict(slots.passphrase),
        "recovery": dict(slots.recovery),
    }
    inner = held
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return with_right_hash(held)


PLACES = [
    ("id",),
    ("passphrase",),
    ("recovery",),
    *(("passphrase", name) for name in ("memory_cost", "time_cost", "parallelism", "salt", "nonce", "wrapped")),
    *(("recovery", name) for name in ("salt", "nonce", "wrapped")),
]
"""Where a value of a keys file stands."""
