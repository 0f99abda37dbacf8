"""The bytes beside the book: kept once, proved when read, sealed with the book, converted with it."""

from __future__ import annotations

import errno
import hashlib
import io
import resource
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.db import attachments, sealing
from crm_app.errors import Cancelled, Refused

KEY = bytes(range(32))
PHOTO = b"\xff\xd8\xff" + "渝能电池 车间".encode() * 100
LONG = b"0123456789abcdef" * (sealing.CHUNK // 8)
"""Two chunks to the byte."""

keys = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.crm"


def files(book: Path) -> list[Path]:
    return sorted(attachments.folder(book).iterdir())


@keys
@pytest.mark.parametrize("content", [PHOTO, LONG, LONG + b"x", b""], ids=["photo", "even", "odd", "empty"])
def test_what_is_stored_is_read(path: Path, key: bytes | None, content: bytes) -> None:
    sha256, size = attachments.store(path, key, io.BytesIO(content))
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert attachments.read(path, key, sha256) == content
    assert attachments.missing(path, key, [sha256]) == []
    assert attachments.verify(path, key, [sha256]) == []


@keys
def test_the_same_content_is_kept_once_for_its_owner_alone(path: Path, key: bytes | None) -> None:
    assert attachments.store(path, key, PHOTO) == attachments.store(path, key, PHOTO)
    (file,) = files(path)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_sealed_file_shows_neither_content_nor_hash(path: Path) -> None:
    sha256, _size = attachments.store(path, KEY, PHOTO)
    (file,) = files(path)
    assert "渝能".encode() not in file.read_bytes()
    assert sha256 not in file.name


@given(at=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_no_bit_changes_unseen(tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
    path = tmp_path_factory.mktemp("book") / "book.crm"
    for key in (None, KEY):
        sha256, _size = attachments.store(path, key, PHOTO)
        file = attachments.folder(path) / attachments.name_of(key, sha256)
        content = bytearray(file.read_bytes())
        content[at % len(content)] ^= 1 << bit
        file.write_bytes(content)
        with pytest.raises(Refused, match="损坏"):
            attachments.read(path, key, sha256)
        assert attachments.verify(path, key, [sha256]) == [(sha256, "damaged")]


@pytest.mark.parametrize(
    "damage",
    [
        lambda head, one, two: head + two + one,
        lambda head, one, _two: head + one,
        lambda head, _one, two: head + two,
        lambda head, one, two: head + one + one + two,
        lambda head, _one, _two: head,
        lambda head, _one, _two: head[:-3],
        lambda _head, _one, _two: b"",
        lambda head, one, two: head + one + two + bytes(16),
    ],
)
def test_chunks_changed_in_order_left_out_or_cut_off_are_found(
    path: Path, damage: Callable[[bytes, bytes, bytes], bytes]
) -> None:
    sha256, _size = attachments.store(path, KEY, LONG)
    (file,) = files(path)
    content = file.read_bytes()
    two = sealing.CHUNK + 16
    file.write_bytes(damage(content[: -2 * two], content[-2 * two : -two], content[-two:]))
    with pytest.raises(Refused, match="损坏"):
        attachments.read(path, KEY, sha256)


def test_a_file_under_another_key_or_name_is_not_taken(path: Path) -> None:
    one, _size = attachments.store(path, KEY, PHOTO)
    two, _size = attachments.store(path, KEY, b"another")
    place = attachments.folder(path)
    (place / attachments.name_of(KEY, one)).replace(place / attachments.name_of(KEY, two))
    with pytest.raises(Refused, match="损坏"):
        attachments.read(path, KEY, two)
    with pytest.raises(Refused, match="找不到"):
        attachments.read(path, KEY, one)
    assert attachments.missing(path, KEY, [one, two]) == [one]
    assert attachments.verify(path, KEY, [one, two]) == sorted([(one, "missing"), (two, "damaged")])


@keys
def test_storing_again_puts_a_damaged_file_right(path: Path, key: bytes | None) -> None:
    sha256, _size = attachments.store(path, key, PHOTO)
    (file,) = files(path)
    file.write_bytes(b"rubbish")
    attachments.store(path, key, PHOTO)
    assert attachments.read(path, key, sha256) == PHOTO


def test_what_a_power_cut_left_is_swept_and_what_no_row_wants_is_told(path: Path) -> None:
    kept, _size = attachments.store(path, KEY, PHOTO)
    left, _size = attachments.store(path, KEY, b"never committed")
    half = attachments.folder(path) / "0123.storing"
    half.write_bytes(b"half")
    assert [file.name for file in attachments.unreferenced(path, KEY, [kept])] == [attachments.name_of(KEY, left)]
    attachments.store(path, KEY, PHOTO)
    assert not half.exists()


@pytest.mark.parametrize(("old", "new"), [(None, KEY), (KEY, None)], ids=["protect", "unprotect"])
def test_a_folder_is_converted_with_its_book(path: Path, old: bytes | None, new: bytes | None) -> None:
    kept = [attachments.store(path, old, content)[0] for content in (PHOTO, LONG, b"")]
    # A plain file that begins like a sealed one is told by its name.
    kept.append(attachments.store(path, old, b"CRMF\x01 and so on")[0])
    assert attachments.convert(path, old, new) == []
    for key in (old, new):
        assert attachments.verify(path, key, kept) == []
    attachments.drop_others(path, new)
    assert attachments.verify(path, new, kept) == []
    assert len(files(path)) == len(kept)


@pytest.mark.parametrize(("old", "new"), [(None, KEY), (KEY, None)], ids=["protect", "unprotect"])
def test_a_conversion_that_was_stopped_is_taken_back_or_done_again(
    path: Path, old: bytes | None, new: bytes | None
) -> None:
    kept = [attachments.store(path, old, content)[0] for content in (PHOTO, LONG)]

    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        attachments.convert(path, old, new, stop)
    attachments.drop_others(path, old)
    assert attachments.verify(path, old, kept) == []
    assert len(files(path)) == len(kept)
    attachments.convert(path, old, new)
    attachments.convert(path, old, new)
    attachments.drop_others(path, new)
    assert attachments.verify(path, new, kept) == []


def test_a_damaged_plain_file_is_told_and_what_is_left_of_it_is_sealed(path: Path) -> None:
    sha256, _size = attachments.store(path, None, PHOTO)
    (file,) = files(path)
    file.write_bytes(PHOTO[:-1])
    assert attachments.convert(path, None, KEY) == [file]
    attachments.drop_others(path, KEY)
    assert attachments.verify(path, KEY, [sha256]) == [(sha256, "damaged")]


def test_a_folder_that_cannot_be_made_is_a_sentence(path: Path) -> None:
    attachments.folder(path).write_bytes(b"in the way")
    with pytest.raises(Refused, match="无法写入"):
        attachments.store(path, None, PHOTO)


class _Pulled(io.BytesIO):
    """A drive that is pulled out behind the first megabyte."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_drive_that_is_pulled_while_it_is_read_leaves_nothing(path: Path) -> None:
    with pytest.raises(Refused, match="拔"):
        attachments.store(path, KEY, _Pulled(LONG))
    assert files(path) == []


@keys
def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_nothing(path: Path, key: bytes | None) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, before[1]))
    try:
        with pytest.raises(Refused, match="无法写入"):
            attachments.store(path, key, LONG * 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files(path) == []
