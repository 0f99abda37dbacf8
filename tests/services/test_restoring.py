"""A backup takes the book's place: looked through first, the book as it was kept, nothing that must stay forgotten."""

from __future__ import annotations

import hashlib
import itertools
import random
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from crm_app import clock
from crm_app.db import backup, faults, keys, swapping, tables
from crm_app.domain.attachments import Attachment
from crm_app.domain.backups import Kind
from crm_app.domain.leads import Lead
from crm_app.domain.staff import Setting
from crm_app.errors import Cancelled, Locked, NotFound, Refused
from crm_app.services import attachments, backups, enterprises, leads, protection
from crm_app.services import book as books
from crm_app.services.book import Book
from tests.faults import copying, plug

PASSPHRASE, OTHER = "雨后的江津 6 点", "缙云山上一棵树"


def log(book: Book, *names: str) -> None:
    for name in names:
        leads.log_lead(book, leads.LogLead(name))


def names(book: Book) -> set[str]:
    return {row.enterprise.name for row in leads.list_leads(book)}


def origin(book: Book) -> str:
    with book.read() as reader:
        return str(reader.connection.exec_driver_sql("SELECT value FROM book_info WHERE key = 'origin'").scalar_one())


def protected(path: Path, passphrase: str) -> Book:
    return books.create_book(path, passphrase, protection.new_recovery_key())


@pytest.fixture
def two_states(book: Book) -> Iterator[tuple[Book, Path]]:
    """A book with 早 and 晚, and a backup with 早 alone."""
    log(book, "早公司")
    made = books.back_up(book, None, clock.now_ms())
    log(book, "晚公司")
    return book, made


def test_a_preview_tells_what_is_in_a_backup_and_does_not_touch_it(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    before = {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in made.parent.iterdir()}
    seen = backups.preview(book, made)
    now = backups.present(book)
    assert seen.contents is not None
    assert now is not None
    assert (seen.contents.counts["lead"], now.counts["lead"]) == (1, 2)
    assert seen.contents.label
    assert seen.contents.at is not None
    assert (seen.problem, seen.protected, seen.asks) == ("", False, False)
    assert before == {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in made.parent.iterdir()}


def test_a_restored_book_goes_on_with_an_origin_of_its_own(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    first = origin(book)
    restored = books.restore(book, made)
    assert names(book) == {"早公司"}
    assert origin(book) != first
    assert books.check(book) == []
    log(book, "再来公司")
    assert restored.kept is not None
    assert restored.kept.parent == backups.folder_of(book.path)
    listed = {one.path: one.kind for one in backups.list_backups(book.path)}
    assert listed == {made: Kind.HAND, restored.kept: Kind.RESTORE}
    kept = books.open_book(restored.kept)
    assert names(kept) == {"早公司", "晚公司"}
    books.close_book(kept)
    # And there again.
    books.restore(book, restored.kept)
    assert names(book) == {"早公司", "晚公司"}
    assert books.check(book) == []


def test_what_must_not_be_forgotten_goes_along(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    with book.write_outside_journal() as connection:
        connection.execute(
            tables.erasure.insert().values(at=1, who="单晓", approval="批件", table="contact", row=b"1" * 16)
        )
    later = books.back_up(book, None, clock.now_ms() + 1000)
    restored = books.restore(book, made)
    with book.read() as reader:
        assert [row["approval"] for row in reader.rows(tables.erasure.select())] == ["批件"]
        assert [row["act"] for row in reader.rows(tables.access_log.select())] == ["restore"]
        known = {row["path"]: row["erased_to"] for row in reader.rows(tables.backup_copy.select())}
    assert known == {str(made): 1, str(later): 1, str(restored.kept): 1}


def test_attachments_come_back_with_the_book_from_the_pool(two_states: tuple[Book, Path], tmp_path: Path) -> None:
    book, _made = two_states
    files = book.path.with_name("t.crm-files")
    files.mkdir()
    kept, lost = hashlib.sha256(b"photo").hexdigest(), "b" * 64
    (files / kept).write_bytes(b"photo")
    with book.unit("Attach") as unit:
        unit.insert_many(Attachment, [{"sha256": kept, "name": "1.jpg"}, {"sha256": lost, "name": "2.jpg"}])
        unit.commit()
    stick = tmp_path / "stick"
    stick.mkdir()
    made = books.back_up(book, stick, clock.now_ms())
    (stick / "t.crm-files" / ("c" * 64)).write_bytes(b"of another laptop")
    shutil.rmtree(files)
    restored = books.restore(book, made)
    assert [one.name for one in files.iterdir()] == [kept]
    assert restored.missing == 1
    # One that is not what its name says is no attachment.
    (files / kept).unlink()
    (stick / "t.crm-files" / kept).write_bytes(b"phoTo")
    assert books.restore(book, made).missing == 2
    assert list(files.iterdir()) == []


def test_a_damaged_attachment_is_put_right_from_the_backup_and_kept_where_there_is_no_better(
    two_states: tuple[Book, Path], tmp_path: Path
) -> None:
    book, _made = two_states
    visitor = enterprises.create_enterprise(book, name="附件公司").value
    attachments.attach(book, [attachments.Given("记录.txt", b"what was said")], enterprise_id=visitor)
    made = books.back_up(book, None, clock.now_ms())
    (own,) = book.path.with_name("t.crm-files").iterdir()
    own.write_bytes(b"what was sa?d")
    assert books.check(book)
    assert books.restore(book, made).missing == 0
    assert books.check(book) == []
    (pooled,) = (made.parent / "t.crm-files").iterdir()
    for file in (own, pooled):
        file.write_bytes(b"what w?s said")
    assert books.restore(book, made).missing == 1
    assert own.read_bytes() == b"what w?s said"


def test_a_bit_that_turned_is_found_and_the_backup_refused(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    whole = made.read_bytes()
    chance = random.Random(20261126)
    for _round in range(40):
        bit = chance.randrange(len(whole) * 8)
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        made.write_bytes(content)
        assert backups.preview(book, made).problem, bit
        with pytest.raises(Refused):
            books.restore(book, made)
    made.write_bytes(whole[: len(whole) // 2])
    assert backups.preview(book, made).problem
    made.write_bytes(whole)
    assert not backups.preview(book, made).problem
    assert names(book) == {"早公司", "晚公司"}
    assert not list(book.path.parent.glob("*.incoming*"))


def test_pages_that_are_damaged_are_found_without_a_checksum_too(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    backup.break_seal(made)
    content = bytearray(made.read_bytes())
    for page in range(5, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    made.write_bytes(content)
    assert backups.preview(book, made).problem
    with pytest.raises(Refused):
        books.restore(book, made)


def test_a_book_that_is_missing_is_restored(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    books.close_book(book)
    book.path.unlink()
    held = books.hold_book(book.path)
    restored = books.restore(held, made)
    assert restored.kept is None
    assert names(held) == {"早公司"}
    books.close_book(held)
    with pytest.raises(NotFound):
        books.hold_book(book.path.parent / "nowhere" / "t.crm")


@pytest.mark.parametrize("content", [b"", b"\xff" * 20_000])
def test_a_damaged_book_is_kept_as_it_was_and_restored(two_states: tuple[Book, Path], content: bytes) -> None:
    book, made = two_states
    books.close_book(book)
    book.path.write_bytes(content)
    held = books.hold_book(book.path)
    restored = books.restore(held, made)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == content
    assert names(held) == {"早公司"}
    assert books.check(held) == []
    books.close_book(held)


def test_an_encrypted_book_keeps_its_present_password(tmp_path: Path) -> None:
    book = protected(tmp_path / "t.crm", PASSPHRASE)
    log(book, "早公司")
    made = books.back_up(book, None, clock.now_ms())
    log(book, "晚公司")
    seen = backups.preview(book, made)
    assert (seen.protected, seen.asks, seen.other_password) == (True, False, False)
    restored = books.restore(book, made)
    assert (restored.protected, restored.other_password) == (True, False)
    books.close_book(book)
    assert b"SQLite format" not in book.path.read_bytes()[:16]
    again = books.open_book(book.path, PASSPHRASE)
    assert names(again) == {"早公司"}
    books.close_book(again)


def test_a_backup_with_another_password_asks_for_it_and_brings_it_along(book: Book, tmp_path: Path) -> None:
    other = protected(tmp_path / "other.crm", OTHER)
    log(other, "加密公司")
    made = books.back_up(other, None, clock.now_ms())
    books.close_book(other)
    log(book, "明文公司")
    assert backups.preview(book, made).asks
    with pytest.raises(Locked):
        books.restore(book, made)
    with pytest.raises(Locked):
        books.restore(book, made, PASSPHRASE)
    assert names(book) == {"明文公司"}
    seen = backups.preview(book, made, OTHER)
    assert (seen.protected, seen.other_password, seen.problem) == (True, True, "")
    restored = books.restore(book, made, OTHER)
    assert (restored.protected, restored.other_password) == (True, True)
    assert names(book) == {"加密公司"}
    books.close_book(book)
    again = books.open_book(book.path, OTHER)
    # And back to the plain one that was kept.
    assert restored.kept is not None
    assert backups.preview(again, restored.kept).loses_password
    plain = books.restore(again, restored.kept)
    assert not plain.protected
    assert names(again) == {"明文公司"}
    books.close_book(again)
    assert not keys.keys_file(book.path).exists()
    books.close_book(books.open_book(book.path))


def test_stopping_leaves_the_book_as_it_was(two_states: tuple[Book, Path]) -> None:
    book, made = two_states

    def stop(_done: int, _total: int, _what: str) -> None:
        if swapping.incoming_of(book.path).with_name(book.path.name + ".incoming.partial").exists():
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        books.restore(book, made, progress=stop)
    assert names(book) == {"早公司", "晚公司"}
    assert not list(book.path.parent.glob("*.incoming*"))
    with book.read() as reader:
        assert reader.find(Lead)


def test_a_book_that_is_being_read_is_not_exchanged_underneath(two_states: tuple[Book, Path]) -> None:
    book, made = two_states
    with book.read() as reader:
        assert reader.find(Lead)
        with pytest.raises(Refused):
            books.restore(book, made)
    assert names(book) == {"早公司", "晚公司"}
    books.restore(book, made)
    assert names(book) == {"早公司"}


@pytest.mark.parametrize("point", ["restore.after_rename", "restored.before_rename", "restored.after_rename"])
def test_where_the_disk_refuses_what_was_decided_nothing_more_is_written_that_would_go(
    two_states: tuple[Book, Path], point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, made = two_states

    def refuse(reached: str) -> None:
        if reached == point:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(faults, "hook", refuse)
        with pytest.raises(Refused) as told:
            books.restore(book, made)
    for attempt in (lambda: log(book, "后公司"), lambda: names(book)):
        with pytest.raises(Refused) as again_told:
            attempt()
        assert str(again_told.value) == str(told.value)
    books.close_book(book)
    again = books.open_book(book.path)
    assert names(again) == {"早公司"}
    assert books.check(again) == []
    books.close_book(again)


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_killed_in_the_midst_of_copying_the_old_or_the_new_is_whole(
    two_states: tuple[Book, Path], tmp_path: Path, what: str
) -> None:
    book, made = two_states
    with book.unit("Large") as unit:
        # Bytes alone: no search index has to be looked through after each kill.
        unit.insert_many(Setting, [{"key": f"large {n}", "value": "电池" * 2000} for n in range(350)])
        unit.commit()
    books.close_book(book)
    killed = 0
    for step in itertools.count(1):
        asked = "backup" if what == "backup" else str(made)
        told = plug.run(partial(copying.copy, step, asked), tmp_path)
        again = books.open_book(book.path)
        assert books.check(again) == []
        found = names(again)
        books.close_book(again)
        assert not [*tmp_path.glob("t.crm.*")]
        if not told.killed:
            break
        killed += 1
        assert found == {"早公司", "晚公司"}
    assert killed > 1, "the book is copied in several steps"
    assert found == ({"早公司", "晚公司"} if what == "backup" else {"早公司"})
