"""One byte of a protected book, of its backup or of its keys is another: that never passes unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app import clock
from crm_app.db import checking, keys
from crm_app.errors import CrmError
from crm_app.progress import unheard
from crm_app.services import book as books
from crm_app.services import enterprises, protection
from tests.faults.begun import PASSPHRASE

anywhere = st.floats(0, 1, exclude_max=True)
"""Where in a file, of whatever size it turns out to be."""
masks = st.integers(1, 255)
SEVERAL = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A protected book with some rows, and its key."""
    path = tmp_path_factory.mktemp("sealed") / "book.crm"
    book = books.create_book(path, PASSPHRASE, protection.new_recovery_key())
    for number in range(20):
        enterprises.create_enterprise(book, name=f"第{number}家示例公司")
    copy = books.back_up(book, path.parent, clock.now_ms())
    books.close_book(book)
    copy.rename(path.with_name("copy.crm"))
    key = keys.unlock(path, PASSPHRASE)
    assert key is not None
    return path, key


def flipped(file: Path, target: Path, where: float, mask: int) -> Path:
    """Return a copy of a file with one byte changed."""
    content = bytearray(file.read_bytes())
    content[int(where * len(content))] ^= mask
    target.write_bytes(content)
    return target


@SEVERAL
@given(anywhere, masks, st.sampled_from(["book.crm", "copy.crm"]))
def test_a_byte_that_turned_is_found_by_check(
    sealed: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory, where: float, mask: int, name: str
) -> None:
    path, key = sealed
    folder = tmp_path_factory.mktemp("flipped")
    damaged = flipped(path.with_name(name), folder / "book.crm", where, mask)
    try:
        found = checking.check_file(damaged, key, unheard)
    except CrmError:
        return
    finally:
        shutil.rmtree(folder)
    assert found
    assert not all(one.harmless for one in found)


@SEVERAL
@given(anywhere, masks)
def test_one_turned_byte_of_the_keys_leaves_the_other_block(
    sealed: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory, where: float, mask: int
) -> None:
    path, _key = sealed
    folder = tmp_path_factory.mktemp("keys")
    flipped(keys.keys_file(path), keys.keys_file(folder / "book.crm"), where, mask)
    assert keys.read(folder / "book.crm") == keys.read(path)
    shutil.rmtree(folder)
