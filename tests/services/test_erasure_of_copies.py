"""The approved erasure reaches the copies of a book: those in reach at once, those away when they come back."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path
from uuid import UUID

from crm_app import clock
from crm_app.db import erasing, keys, opening, tables
from crm_app.db.engine import connect
from crm_app.domain.contacts import Contact
from crm_app.services import access, enterprises, erasure, protection
from crm_app.services import book as books
from tests.services.erased import (
    APPROVAL,
    NAME,
    OLD_BOOKS,
    Known,
    fill,
    hits,
    known,
)
from tests.templates import new_book

__all__ = ["known"]


def test_backups_in_reach_are_cleared_and_absent_ones_named(known: Known, tmp_path: Path) -> None:
    beside = books.back_up(known.book, None, clock.now_ms())
    folder = tmp_path / "stick"
    folder.mkdir()
    away = books.back_up(known.book, folder, clock.now_ms())
    with known.book.write_outside_journal() as connection:
        for path in (beside, away):
            connection.execute(tables.backup_copy.insert().prefix_with("OR IGNORE").values(path=str(path), at=1))
    hidden = tmp_path / "elsewhere"
    folder.rename(hidden)
    done = erasure.erase(known.book, known.contact, APPROVAL).value
    assert done.reached.cleared == (beside,)
    assert done.reached.absent == (away,)
    shutil.move(hidden, tmp_path.parent / "pulled")
    assert hits(known.book.path) == {}
    assert not list(tmp_path.glob("*erasing*"))
    copy = opening.open_book(beside)
    assert copy.check() == []
    copy.close()
    shutil.move(tmp_path.parent / "pulled", folder)
    assert NAME.encode() in away.read_bytes()
    again = erasure.erase_again(known.book)
    assert (again.cleared, again.absent) == ((away,), ())
    assert hits(known.book.path) == {}
    assert erasure.erase_again(known.book) == erasure.Reached()


def test_a_backup_that_is_restored_is_cleared_then(known: Known, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    copy = books.back_up(known.book, away, clock.now_ms())
    erasure.erase(known.book, known.contact, APPROVAL)
    enterprises.create_enterprise(known.book, name="后来的公司(示例)")
    books.restore(known.book, copy)
    copy.unlink()
    assert hits(known.book.path) == {}
    assert books.check(known.book) == []
    with known.book.read() as reader:
        gone = reader.look_up(Contact, known.contact)
        assert gone is not None
        assert gone.name == "（已清除的联系人）"
    assert [one.act for one in access.entries(known.book)] == ["恢复备份", "清除联系人"]


def test_an_erasure_that_was_cut_off_is_finished_at_the_next_start(known: Known) -> None:
    """The program dies between the commit and the writing anew of the file."""
    path, copy = known.book.path, books.back_up(known.book, None, clock.now_ms())
    rows = {(one.table, one.row) for one in erasure.preview(known.book, known.contact).mentions}
    erasing.erase(known.book, known.contact, APPROVAL, sorted(rows))
    known.book.close()
    assert NAME.encode() in copy.read_bytes()
    opened = books.open_book(path)
    assert erasure.erase_again(opened).cleared == (copy,)
    assert hits(path) == {}
    assert books.check(opened) == []
    books.close_book(opened)


def test_a_damaged_backup_is_told_and_left(known: Known) -> None:
    copy = books.back_up(known.book, None, clock.now_ms())
    copy.write_bytes(b"\xff" * 8192)
    done = erasure.erase(known.book, known.contact, APPROVAL).value
    assert [path for path, _reason in done.reached.failed] == [copy]
    assert copy.read_bytes() == b"\xff" * 8192
    assert any(str(copy) in line for line in erasure.told(done))


def test_a_copy_kept_byte_for_byte_is_told_and_not_touched(known: Known) -> None:
    copy = books.back_up(known.book, None, clock.now_ms())
    beside = copy.with_name(copy.name + "-wal")
    beside.write_bytes(b"half a page")
    before = copy.read_bytes()
    done = erasure.erase(known.book, known.contact, APPROVAL).value
    assert [path for path, _reason in done.reached.failed] == [copy]
    assert (copy.read_bytes(), beside.read_bytes()) == (before, b"half a page")


def test_a_copy_of_an_earlier_revision_is_cleared_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.crm"
    path.write_bytes(lzma.decompress((OLD_BOOKS / "0001.crm.xz").read_bytes()))
    raw = connect(path, None)
    (contact, name) = raw.execute("SELECT id, name FROM contact WHERE deleted_at IS NULL").fetchone()
    raw.close()
    book = books.open_book(path)
    copies = [file for file in tmp_path.rglob("*.crm") if file != path]
    assert copies
    done = erasure.erase(book, UUID(bytes=contact), APPROVAL).value
    assert set(done.reached.cleared) == set(copies)
    assert hits(path, (name,)) == {}
    books.close_book(book)
    for copy in copies:
        opened = opening.open_book(copy)
        assert opened.check() == []
        opened.close()


def test_an_encrypted_book_and_its_backups_are_cleared_too(tmp_path: Path) -> None:
    made = new_book(tmp_path / "t.crm")
    known = fill(made)
    protection.protect(made, "correct horse 电池", protection.new_recovery_key())
    copy = books.back_up(made, None, clock.now_ms())
    erasure.erase(made, known.contact, APPROVAL)
    for path in (made.path, copy):
        raw = connect(path, made.key)
        assert raw.execute("SELECT count(*) FROM contact WHERE name = ?", (NAME,)).fetchone() == (0,)
        assert not list(raw.execute("SELECT old, new FROM change WHERE new LIKE ?", (f"%{NAME}%",)))
        raw.close()
        assert not keys.is_plain(path)
    assert books.check(made) == []
    books.close_book(made)


def test_half_cleared_copies_go_whatever_the_book_is_called(tmp_path: Path) -> None:
    known = fill(new_book(tmp_path / "book[1].crm"))
    ours, another = tmp_path / "book[1].crm.erasing", tmp_path / "book[1]2.crm.erasing"
    for file in (ours, another):
        file.write_text("half cleared")
    erasure.erase(known.book, known.contact, APPROVAL)
    assert [file for file in (ours, another) if file.exists()] == [another]
    books.close_book(known.book)
