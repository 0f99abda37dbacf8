"""The keys file: either secret opens it, nothing else does, and one torn block does no harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.db import keys
from crm_app.errors import Locked, Refused
from tests.cheap_keys import REAL

PASSPHRASE = "雨后的江津 6 点"


@pytest.fixture(scope="module")
def wrapped() -> tuple[bytes, str, keys.KeySlots]:
    data_key, recovery = keys.new_data_key(), keys.new_recovery_key()
    return data_key, recovery, keys.wrap(data_key, PASSPHRASE, recovery)


def test_either_secret_opens(wrapped: tuple[bytes, str, keys.KeySlots]) -> None:
    data_key, recovery, slots = wrapped
    assert keys.unwrap(slots, PASSPHRASE) == data_key
    assert keys.unwrap(slots, recovery) == data_key
    # As it is read off paper: small letters, spaces, O for zero.
    assert keys.unwrap(slots, recovery.lower().replace("-", " ").replace("0", "o")) == data_key
    for wrong in ("", "雨后的江津", PASSPHRASE + " ", keys.new_recovery_key()):
        with pytest.raises(Locked):
            keys.unwrap(slots, wrong)


def test_a_new_passphrase_keeps_the_data_key(wrapped: tuple[bytes, str, keys.KeySlots]) -> None:
    data_key, recovery, slots = wrapped
    again = keys.rewrap(slots, data_key, "另一句")
    assert keys.unwrap(again, "另一句") == keys.unwrap(again, recovery) == data_key
    with pytest.raises(Locked):
        keys.unwrap(again, PASSPHRASE)


@given(st.integers(0, 4095), st.integers(1, 255))
def test_a_damaged_block_leaves_the_other(
    wrapped: tuple[bytes, str, keys.KeySlots], tmp_path_factory: pytest.TempPathFactory, at: int, flip: int
) -> None:
    book = tmp_path_factory.mktemp("keys") / "book.crm"
    keys.write(book, wrapped[2])
    file = keys.keys_file(book)
    content = bytearray(file.read_bytes())
    content[at] ^= flip
    file.write_bytes(content)
    assert keys.read(book) == wrapped[2]


def test_both_blocks_damaged_is_said(wrapped: tuple[bytes, str, keys.KeySlots], tmp_path: Path) -> None:
    book = tmp_path / "book.crm"
    keys.write(book, wrapped[2])
    keys.keys_file(book).write_bytes(b"x" * 8192)
    with pytest.raises(Refused):
        keys.read(book)
    keys.keys_file(book).unlink()
    with pytest.raises(Refused):
        keys.read(book)


def test_the_file_is_private_and_holds_no_key(wrapped: tuple[bytes, str, keys.KeySlots], tmp_path: Path) -> None:
    data_key, recovery, slots = wrapped
    book = tmp_path / "book.crm"
    keys.write(book, slots)
    content = keys.keys_file(book).read_bytes()
    assert data_key not in content
    assert data_key.hex().encode() not in content
    assert recovery.encode() not in content
    assert PASSPHRASE.encode() not in content
    assert keys.keys_file(book).stat().st_mode & 0o077 == 0


@given(st.text(max_size=60))
def test_what_is_no_recovery_key_is_not_taken_for_one(typed: str) -> None:
    assert keys._recovery_letters(typed) is None


def test_a_guess_costs_what_the_rfc_asks() -> None:
    # RFC 9106, section 4, the second recommended option: three passes over 64 MiB in four lanes.
    assert REAL == {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}
