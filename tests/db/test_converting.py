"""A book gets a password and loses it: no row is lost, and whoever stops it finds one state or the other."""

from __future__ import annotations

import resource
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crm_app.db import attachments, backup, converting, keys, opening, pool, rekeying
from crm_app.db.backup_places import backups_folder
from crm_app.db.book import Book
from crm_app.db.engine import APPLICATION_ID, connect
from crm_app.domain.attachments import Attachment
from crm_app.domain.backups import Kind
from crm_app.domain.enterprises import Enterprise
from crm_app.errors import Cancelled, Locked, Refused
from crm_app.progress import Report, unheard
from tests.faults import plug
from tests.templates import bare_book

PASSPHRASE = "雨后的江津 6 点"
PHOTO, RECORDING = b"\xff\xd8 a photo", b"a recording" * 100_000
RECOVERY = keys.new_recovery_key()


def _filled(path: Path, recording: bytes = RECORDING) -> Book:
    """Make a book with rows, a changed and a taken-back one, attachments, and a backup with its pool."""
    book = bare_book(path)
    for n in range(3):
        with book.unit(f"第{n}次") as unit:
            row = unit.insert(Enterprise, name=f"示例{n}号公司")
            unit.update(Enterprise, row, name=f"示例{n}号有限公司")
            unit.commit()
    book.undo()
    for content in (PHOTO, recording):
        with book.unit("附件") as unit:
            sha256, size = attachments.store(book.path, book.key, content)
            unit.insert(Attachment, sha256=sha256, name="现场.jpg", size=size)
            unit.commit()
    backup.make(book, backups_folder(path), 1_686_700_000_000, Kind.AUTO)
    return book


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Book]:
    book = _filled(tmp_path / "book.crm")
    yield book
    book.close()


def protect(book: Book, progress: Report = unheard) -> list[Path]:
    key = keys.new_data_key()
    return converting.protect(book, key, keys.wrap(key, PASSPHRASE, RECOVERY), progress)


def content_of(path: Path, key: bytes | None) -> dict[str, Any]:
    """Return everything a file holds: its marks, its schema with triggers and index, and every row of every table."""
    with closing(connect(path, key)) as raw:
        schema = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        held: dict[str, Any] = {
            mark: raw.execute(f"PRAGMA {mark}").fetchone() for mark in ("user_version", "application_id")
        }
        held["schema"] = schema
        # The index keeps no content of its own; what it does keep is in its shadow tables.
        for kind, name, _table, sql in schema:
            if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
                held[name] = raw.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
    return held


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file() and file.suffix not in (".crm-wal", ".crm-shm")}


def everything_agrees(path: Path, book: Book) -> None:
    """Look whether the book, its attachments, its backup and the backup's pool stand under the book's one key."""
    assert book.check() == []
    plain = book.key is None
    with book.read() as reader:
        known = attachments.referenced(reader)
        assert len(known) == 2
    (copy,) = backups_folder(path).glob("*.crm")
    for place, one in ((path, path), (backups_folder(path) / path.name, copy)):
        assert keys.is_plain(one) == plain
        assert keys.keys_file(one).exists() != plain
        assert attachments.verify(place, book.key, known) == []
        assert attachments.unreferenced(place, book.key, known) == []
    assert backup.is_as_made(copy)
    assert content_of(copy, book.key)["application_id"] == (APPLICATION_ID,)
    left_over = [name for name in names_in(path.parent) if "convert" in name or "partial" in name or "storing" in name]
    assert left_over == []


def test_every_row_trigger_and_index_is_as_it_was(filled: Book) -> None:
    with closing(connect(filled.path, None)) as raw:
        raw.execute("PRAGMA user_version = 7")
    (copy,) = backups_folder(filled.path).glob("*.crm")
    before, before_copy, names = content_of(filled.path, None), content_of(copy, None), names_in(filled.path.parent)
    assert protect(filled) == []
    assert filled.key is not None
    assert content_of(filled.path, filled.key) == before
    assert content_of(copy, filled.key) == before_copy
    everything_agrees(filled.path, filled)
    assert attachments.read(filled.path, filled.key, _sha256(filled, PHOTO)) == PHOTO
    key = filled.key
    assert converting.unprotect(filled, unheard) == []
    assert content_of(filled.path, None) == before
    assert content_of(copy, None) == before_copy
    everything_agrees(filled.path, filled)
    assert names_in(filled.path.parent) == names
    assert attachments.read(filled.path, None, _sha256(filled, RECORDING)) == RECORDING
    assert key.hex().encode() not in filled.path.read_bytes()


def _sha256(book: Book, content: bytes) -> str:
    with book.read() as reader:
        return next(row.sha256 for row in reader.find(Attachment) if row.size == len(content))


class Stopping:
    """Report that is stopped at its n-th news; counts them."""

    def __init__(self, at: int | None = None) -> None:
        self.at, self.heard = at, 0

    def __call__(self, _done: int, _total: int, _what: str) -> None:
        if self.heard == self.at:
            raise Cancelled("angehalten")
        self.heard += 1


def test_stopped_by_the_user_it_is_as_it_was(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekeying, "_STEPS_BETWEEN_NEWS", 2_000)
    before, names = content_of(filled.path, None), names_in(filled.path.parent)
    # Before the rename every news stops it; after it the user is told that it was too late.
    at = 0
    while filled.key is None:
        try:
            protect(filled, Stopping(at))
        except Cancelled:
            assert content_of(filled.path, None) == before
            assert names_in(filled.path.parent) == names
            assert filled.key is None
            at += 1
    assert at > 5
    everything_agrees(filled.path, filled)
    for at in (0, 2, 5, 9):
        with pytest.raises(Cancelled):
            converting.unprotect(filled, Stopping(at))
        everything_agrees(filled.path, filled)
    with filled.unit("danach") as unit:
        unit.insert(Enterprise, name="示例9号公司")
        unit.commit()


def test_a_read_that_does_not_end_is_waited_for_and_then_said(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_app.db.doors._PATIENCE", 0.05)
    before = content_of(filled.path, None)
    with filled.read() as reader:
        with pytest.raises(Refused):
            protect(filled)
        assert len(reader.find(Enterprise)) == 2
    assert content_of(filled.path, None) == before
    assert protect(filled) == []
    everything_agrees(filled.path, filled)


def test_a_backup_that_runs_is_waited_for(filled: Book, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    began, go_on = threading.Event(), threading.Event()

    def wait(_done: int, _total: int, _what: str) -> None:
        began.set()
        go_on.wait()

    made: list[Path] = []
    backing_up = threading.Thread(
        target=lambda: made.append(backup.make(filled, folder, 1_686_900_000_000, Kind.HAND, wait))
    )
    protecting = threading.Thread(target=protect, args=(filled,))
    backing_up.start()
    began.wait()
    protecting.start()
    go_on.set()
    backing_up.join()
    protecting.join()
    assert not keys.is_plain(filled.path)
    assert not keys.is_plain(made[0])
    everything_agrees(filled.path, filled)


def test_a_copy_that_cannot_be_encrypted_is_named(filled: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    damaged = backup.make(filled, stick, 1_686_700_000_000, Kind.HAND)
    sound = backup.make(filled, stick, 1_686_800_000_000, Kind.HAND)
    drive = tmp_path / "drive"
    drive.mkdir()
    away = backup.make(filled, drive, 1_686_900_000_000, Kind.HAND)
    drive.rename(tmp_path / "pulled out")
    content = bytearray(damaged.read_bytes())
    content[5000] ^= 1
    damaged.write_bytes(content)
    assert protect(filled) == [damaged, away]
    assert not keys.is_plain(sound)
    assert pool.pool_in(stick, filled.path).is_dir()
    assert attachments.verify(stick / filled.path.name, filled.key, [_sha256(filled, PHOTO)]) == []


def test_a_copy_under_another_key_keeps_it_and_its_attachments(filled: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert protect(filled) == []
    first_key, photo = filled.key, _sha256(filled, PHOTO)
    first = backup.make(filled, stick, 1_686_700_000_000, Kind.HAND)
    stick = stick.rename(tmp_path / "pulled out")
    assert converting.unprotect(filled, unheard) == [first]
    stick = stick.rename(tmp_path / "stick")
    assert protect(filled) == []
    assert converting.unprotect(filled, unheard) == [first]
    assert first_key is not None
    assert content_of(first, first_key)["enterprise"] == content_of(filled.path, None)["enterprise"]
    assert attachments.read(stick / filled.path.name, first_key, photo) == PHOTO


def test_another_laptops_plain_backups_on_the_stick_keep_their_attachments(filled: Book, tmp_path: Path) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    for folder in (stick, elsewhere):
        folder.mkdir()
    other = _filled(elsewhere / "book.crm", b"theirs alone")
    backup.make(other, stick, 1_686_700_000_000, Kind.HAND)
    with other.read() as reader:
        theirs = attachments.referenced(reader)
    other.close()
    backup.make(filled, stick, 1_686_800_000_000, Kind.HAND)
    assert protect(filled) == []
    assert attachments.verify(stick / filled.path.name, None, theirs) == []
    with filled.read() as reader:
        ours = attachments.referenced(reader)
    assert attachments.verify(stick / filled.path.name, filled.key, ours) == []
    # What is ours alone stands there in the clear no more.
    assert len(attachments.missing(stick / filled.path.name, None, ours)) == len(ours - theirs) == 1


def test_half_written_copies_in_the_clear_go_too(filled: Book) -> None:
    left = [
        filled.path.with_name("book.crm.incoming"),
        filled.path.with_name("book-20230614-080000.crm.partial"),
        backups_folder(filled.path) / "book-20230614-080000-auto.crm.partial",
    ]
    others = [filled.path.with_name("books.crm.partial"), filled.path.with_name("book.crm.txt")]
    for file in (*left, *others):
        file.write_text("示例0号公司", encoding="utf-8")
    protect(filled)
    assert not any(file.exists() for file in left)
    assert all(file.exists() for file in others)


# Really killed: the same in a process of its own, at each point of the way


def _protect_without_room(folder: Path, say: plug.Say) -> None:
    book = opening.open_book(folder / "book.crm")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sizes = sorted(file.stat().st_size for file in folder.rglob("*.crm-files/*"))
    # Room for the small attachment alone, then for both of them and not for the book.
    for most in (sizes[0] + 1000, sizes[-1] + 100_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        try:
            protect(book)
        except Refused as error:
            say(str(error))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    book.close()


def test_without_room_it_is_said_and_the_book_stays_as_it_was(tmp_path: Path) -> None:
    book = _filled(tmp_path / "book.crm", b"a recording" * 9_000)
    book.close()
    before, names = content_of(book.path, None), names_in(tmp_path)
    told = plug.run(_protect_without_room, tmp_path)
    assert len(told.said) == 2
    assert content_of(book.path, None) == before
    assert names_in(tmp_path) == names


def _prepare(folder: Path, *, protected: bool) -> None:
    book = _filled(folder / "book.crm")
    if protected:
        protect(book)
    book.close()


def _protect(folder: Path, say: plug.Say) -> None:
    book = opening.open_book(folder / "book.crm")
    protect(book)
    say(PASSPHRASE)
    book.close()


def _unprotect(folder: Path, say: plug.Say) -> None:
    book = opening.open_book(folder / "book.crm", PASSPHRASE)
    converting.unprotect(book, unheard)
    say(None)
    book.close()


@pytest.mark.parametrize(("protected", "act"), [(False, _protect), (True, _unprotect)])
def test_killed_anywhere_it_opens_as_the_one_or_the_other(protected: bool, act: plug.Act, tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    _prepare(folder, protected=protected)
    # The book knows where its backup was made: none may lie there any more that every round would find.
    prepared = folder.rename(tmp_path / "prepared")
    passed = list(dict.fromkeys(plug.run(act, shutil.copytree(prepared, folder)).passed))
    assert {point.partition(".")[0] for point in passed} >= {"attachment", "convert", "convert_copy"}
    for n, point in enumerate(passed, start=1):
        folder = shutil.copytree(prepared, tmp_path / str(n))
        told = plug.run(act, folder, point)
        assert told.killed, point
        try:
            book = opening.open_book(folder / "book.crm")
        except Locked:
            book = opening.open_book(folder / "book.crm", PASSPHRASE)
        try:
            everything_agrees(folder / "book.crm", book)
            with book.read() as reader:
                assert [row.name for row in reader.find(Enterprise)] == ["示例0号有限公司", "示例1号有限公司"]
        finally:
            book.close()
