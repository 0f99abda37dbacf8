"""The password of a book, through the public face: from birth, put on, changed, taken off; locked and unlocked."""

from __future__ import annotations

import resource
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from crm_app.crashes import outline
from crm_app.db import keys
from crm_app.errors import BadInput, Locked, Refused
from crm_app.services import book as books
from crm_app.services import drafts, enterprises, protection, search
from crm_app.services.book import Book
from tests.templates import protected_book

PASSPHRASE = "雨后的江津 6 点"
NAME = "渝能电池(示例)"


@pytest.fixture(scope="module")
def recovery() -> str:
    return protection.new_recovery_key()


@pytest.fixture
def guarded(tmp_path: Path, recovery: str) -> Iterator[Book]:
    made = protected_book(tmp_path / "g.crm", PASSPHRASE, recovery)
    yield made
    books.close_book(made)


def test_a_book_is_encrypted_from_its_first_byte(guarded: Book, recovery: str) -> None:
    enterprises.create_enterprise(guarded, name=NAME)
    path = guarded.path
    assert protection.is_protected(guarded)
    assert protection.is_protected_file(path)
    assert not protection.is_protected_file(path.with_name("other.crm"))
    books.close_book(guarded)
    for secret in (PASSPHRASE, recovery):
        opened = books.open_book(path, secret)
        assert [hit.title for hit in search.search(opened, "渝能")] == [NAME]
        assert books.check(opened) == []
        books.close_book(opened)
    for wrong in (None, "", "另一句话不是它"):
        with pytest.raises(Locked):
            books.open_book(path, wrong)


def test_a_new_book_never_takes_the_place_of_keys_whose_book_is_away(guarded: Book, recovery: str) -> None:
    path = guarded.path
    books.close_book(guarded)
    path.rename(path.with_name("elsewhere.crm"))
    with pytest.raises(Refused):
        books.create_book(path, PASSPHRASE, recovery)
    assert keys.unwrap(keys.read(path), PASSPHRASE)
    assert not path.exists()


def test_a_locked_book_answers_nothing_until_it_is_unlocked(guarded: Book) -> None:
    drafts.keep(guarded, "visit", {"note": "没写完"})
    protection.lock(guarded)
    protection.lock(guarded)
    assert protection.is_protected(guarded)
    with pytest.raises(Locked):
        enterprises.create_enterprise(guarded, name=NAME)
    with pytest.raises(Locked):
        drafts.keep(guarded, "visit", {"note": "更多"})
    with pytest.raises(Locked):
        books.check(guarded)
    with pytest.raises(Locked):
        search.search(guarded, "渝能")
    with pytest.raises(Locked):
        books.back_up(guarded, None, 0)
    # The lock file is held all the while: another program does not get in between.
    with pytest.raises(Refused, match="另一个程序"):
        books.open_book(guarded.path, PASSPHRASE)
    with pytest.raises(Locked):
        protection.unlock(guarded, "不是这一句话呀")
    with pytest.raises(Locked):
        enterprises.create_enterprise(guarded, name=NAME)
    protection.unlock(guarded, PASSPHRASE)
    enterprises.create_enterprise(guarded, name=NAME)
    assert drafts.load(guarded, "visit") == {"note": "没写完"}
    assert books.check(guarded) == []


def test_a_unit_made_before_the_lock_is_refused_after_it(guarded: Book) -> None:
    unit, read = guarded.unit("之前"), guarded.read()
    protection.lock(guarded)
    with pytest.raises(Locked), unit:
        pass
    with pytest.raises(Locked), read:
        pass
    protection.unlock(guarded, PASSPHRASE)
    enterprises.create_enterprise(guarded, name=NAME)


def test_the_lock_waits_for_the_unit_that_runs(guarded: Book) -> None:
    with guarded.unit("在写"):
        locking = threading.Thread(target=protection.lock, args=(guarded,))
        locking.start()
        assert not guarded.is_locked
    locking.join()
    assert guarded.is_locked


@pytest.mark.parametrize("bare", [False, True])
def test_the_lock_cuts_off_a_read_that_does_not_end(guarded: Book, monkeypatch: pytest.MonkeyPatch, bare: bool) -> None:
    """``bare``: past SQLAlchemy, as the preview of a ledger looks its rows up."""
    monkeypatch.setattr("crm_app.db.doors._PATIENCE", 0.05)
    began = threading.Event()
    raised: list[BaseException] = []

    def count() -> None:
        try:
            with guarded.read() as reader:
                began.set()
                endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
                if bare:
                    raw: Any = reader.connection.connection.dbapi_connection
                    raw.execute(endless)
                else:
                    reader.connection.exec_driver_sql(endless)
        except Locked as error:
            raised.append(error)

    reading = threading.Thread(target=count)
    reading.start()
    began.wait()
    protection.lock(guarded)
    reading.join()
    assert len(raised) == 1
    protection.unlock(guarded, PASSPHRASE)
    assert books.check(guarded) == []


def test_a_backup_during_which_it_is_locked_leaves_nothing_it_does_not_know_of(guarded: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def lock(_done: int, _total: int, _what: str) -> None:
        protection.lock(guarded)

    with pytest.raises(Locked):
        books.back_up(guarded, stick, 1_686_700_000_000, lock)
    assert list(stick.iterdir()) == []


def test_on_a_full_disk_it_stays_locked(guarded: Book) -> None:
    protection.lock(guarded)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(Refused):
            protection.unlock(guarded, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert guarded.is_locked
    protection.unlock(guarded, PASSPHRASE)
    assert books.check(guarded) == []


def test_what_goes_wrong_on_opening_lets_go_of_the_book(guarded: Book) -> None:
    books.change_setting(guarded, books.BOOK_DAY, "不是日期")
    books.close_book(guarded)
    for _time in range(2):
        with pytest.raises(ValueError, match="isoformat"):
            books.open_book(guarded.path, PASSPHRASE)


def test_a_plain_book_cannot_be_locked(book: Book) -> None:
    with pytest.raises(Refused):
        protection.lock(book)
    enterprises.create_enterprise(book, name=NAME)


def test_a_password_is_put_on_and_taken_off(book: Book, recovery: str) -> None:
    enterprises.create_enterprise(book, name=NAME)
    kept = books.back_up(book, None, 1_686_700_000_000)
    told: list[tuple[int, int, str]] = []
    assert protection.protect(book, PASSPHRASE, recovery, lambda *news: told.append(news)) == []
    assert told
    assert all(0 <= done <= total and what for done, total, what in told)
    assert protection.is_protected_file(book.path)
    assert protection.is_protected_file(kept)
    enterprises.create_enterprise(book, name="江驰电机(示例)")
    with pytest.raises(Refused):
        protection.protect(book, PASSPHRASE, recovery)
    with pytest.raises(Locked):
        protection.unprotect(book, "不是这一句话呀")
    assert protection.unprotect(book, recovery) == []
    assert not protection.is_protected_file(book.path)
    assert not protection.is_protected_file(kept)
    assert sorted(file.name for file in book.path.parent.iterdir() if "keys" in file.name) == []
    assert [hit.title for hit in search.search(book, "江驰")] == ["江驰电机(示例)"]
    assert books.check(book) == []
    with pytest.raises(Refused):
        protection.unprotect(book, PASSPHRASE)


def test_another_password_or_recovery_key_leaves_the_book_to_the_byte(guarded: Book, recovery: str) -> None:
    kept = books.back_up(guarded, None, 1_686_700_000_000)
    before = guarded.path.read_bytes(), kept.read_bytes()
    with pytest.raises(Locked):
        protection.change_passphrase(guarded, "不是这一句话呀", "石门大桥 2023")
    with pytest.raises(BadInput):
        protection.change_passphrase(guarded, PASSPHRASE, "12345678")
    protection.change_passphrase(guarded, PASSPHRASE, "石门大桥 2023")
    another = protection.new_recovery_key()
    protection.renew_recovery(guarded, recovery, another)
    assert (guarded.path.read_bytes(), kept.read_bytes()) == before
    for book in (guarded.path, kept):
        slots = keys.read(book)
        assert keys.unwrap(slots, "石门大桥 2023") == keys.unwrap(slots, another) == guarded.key
        for old in (PASSPHRASE, recovery):
            with pytest.raises(Locked):
                keys.unwrap(slots, old)


@pytest.mark.parametrize(
    "weak", ["", "12345678", "password1", "Password12345", "88888888888888", "江江江江江江", "我爱你"]
)
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(BadInput):
        protection.check_passphrase(weak)


@pytest.mark.parametrize("strong", [PASSPHRASE, "石门大桥 2023", "correct horse battery", "Jiangjin-26-x"])
def test_a_good_password_is_taken(strong: str) -> None:
    protection.check_passphrase(strong)


def test_no_error_and_no_name_of_the_book_tells_a_secret(guarded: Book, recovery: str) -> None:
    key = guarded.key
    assert key is not None
    secrets = (PASSPHRASE, recovery, key.hex(), repr(key))
    slots = keys.read(guarded.path)
    # Damaged where no check of the program looks: what Python says of it must not quote what was typed.
    broken = replace(slots, passphrase={**slots.passphrase, "wrapped": "no hex"})
    told = [repr(guarded), str(guarded), repr(guarded._doors), str(guarded._writer), repr(slots)]
    for work in (lambda: keys.unwrap(broken, PASSPHRASE), lambda: _wrong_statement(guarded)):
        with pytest.raises((ValueError, OperationalError)) as caught:
            work()
        told += [str(caught.value), "".join(traceback.format_exception(caught.value)), outline(caught.value)]
    assert not any(secret in text for text in told for secret in secrets)


def _wrong_statement(book: Book) -> None:
    with book.read() as reader:
        reader.connection.exec_driver_sql("SELECT nothing FROM nowhere")
