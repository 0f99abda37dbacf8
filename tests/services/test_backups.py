"""Backups are made by themselves, checked, noted and thinned; a place that is away or full loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crm_app import clock
from crm_app.db import attachments, backup, backup_places, tables
from crm_app.domain.backups import Kind, name_for, read_names
from crm_app.domain.leads import Lead
from crm_app.errors import BadInput, Cancelled, Refused
from crm_app.services import backups, exports, imports, leads
from crm_app.services import book as books
from crm_app.services.book import Book

DAY = 86_400_000


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def kinds(book: Book, folder: Path) -> list[Kind]:
    return [one.kind for one in read_names(book.path.stem, ".crm", names(folder))]


def age(book: Book, folder: Path, days: float, kind: Kind = Kind.AUTO) -> Path:
    """Put a backup into a folder as if it had been made some days ago."""
    made = backup.make(book, folder, clock.now_ms() - int(days * DAY), kind)
    assert made.is_file()
    return made


def pool_name(book: Book) -> str:
    return book.path.name + "-files"


def attach(book: Book, *contents: bytes) -> None:
    folder = book.path.with_name(book.path.name + "-files")
    folder.mkdir(exist_ok=True)
    for n, content in enumerate(contents):
        (folder / f"{n:064x}").write_bytes(content)


def test_a_backup_is_made_when_the_newest_is_older_than_a_day(book: Book) -> None:
    own = backups.folder_of(book.path)
    first = backups.keep_up(book, None)
    assert (kinds(book, own), first.sentences) == ([Kind.AUTO], ())
    again = backups.keep_up(book, None)
    assert (again.made, again.last_at) == ((), first.last_at)
    shutil.rmtree(own)
    age_of = age_in(book, own, 1.1)
    assert len(backups.keep_up(book, None).made) == 1
    assert age_of.is_file()


def age_in(book: Book, own: Path, days: float) -> Path:
    own.mkdir()
    return age(book, own, days)


def test_a_backup_holds_the_attachments_once(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    attach(book, b"photo" * 1000, b"recording" * 1000)
    books.back_up(book, stick, clock.now_ms())
    pool = stick / "t.crm-files"
    assert [one.stat().st_size for one in sorted(pool.iterdir())] == [5000, 9000]
    before = {one.name: one.stat().st_mtime_ns for one in pool.iterdir()}
    books.back_up(book, stick, clock.now_ms())
    assert {one.name: one.stat().st_mtime_ns for one in pool.iterdir()} == before


def test_a_big_import_is_preceded_by_a_backup_and_a_small_one_is_not(book: Book, tmp_path: Path) -> None:
    own = backups.folder_of(book.path)
    for count in (3, 101):
        ledger = tmp_path / f"{count}.csv"
        rows = "".join(f"示例{n}号{count}公司,重庆市\n" for n in range(count))
        ledger.write_text("企业名称,省份\n" + rows, encoding="utf-8-sig")
        imports.apply(book, imports.plan(book, ledger, "enterprises"))
        assert own.is_dir() == (count > 100)
    (made,) = own.glob("*-import.crm")
    held = books.open_book(made)
    try:
        with held.read() as reader:
            count = reader.connection.exec_driver_sql("SELECT count(*) FROM enterprise").scalar_one()
    finally:
        books.close_book(held)
    assert count == 3


def test_old_automatic_backups_go_and_those_made_by_hand_stay(book: Book) -> None:
    own = backups.folder_of(book.path)
    age_in(
        book,
        own,
        400,
    )
    by_hand = age(book, own, 401, Kind.HAND)
    same_day = [age(book, own, 30 + n / 1000) for n in range(3)]
    backups.keep_up(book, None)
    assert by_hand.is_file()
    assert [one.is_file() for one in same_day].count(True) == 1
    gone = next(one for one in same_day if not one.is_file())
    assert not backup.sum_file(gone).exists()
    assert gone not in backup_places.noted(book)


def test_another_laptops_backups_on_the_same_stick_are_left_alone(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ours = age(book, stick, 0)
    foreign = []
    for n in range(5):
        at = clock.local(clock.now_ms() - 300 * DAY + n * 1000)
        foreign.append(stick / name_for("t", ".crm", at, Kind.AUTO, lambda name: (stick / name).exists()))
        shutil.copy(ours, foreign[-1])
    backups.keep_up(book, stick)
    assert all(one.is_file() for one in foreign)


def test_a_clock_set_back_removes_nothing_and_is_said(book: Book) -> None:
    own = backups.folder_of(book.path)
    age_in(book, own, -3)
    old = [age(book, own, 300 + n / 1000) for n in range(3)]
    told = backups.keep_up(book, None)
    assert len(told.sentences) == 1
    assert all(one.is_file() for one in old)
    # A backup dated in the future is no reason to make none, nor to make one at each start.
    assert len(told.made) == 1
    assert backups.keep_up(book, None).made == ()


def test_the_second_place_gets_the_newest_state_when_it_appears(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    away = backups.keep_up(book, stick)
    assert (away.second_here, away.second_at, away.sentences) == (False, None, ())
    stick.mkdir()
    there = backups.keep_up(book, stick, appeared=True)
    assert there.second_here
    assert [one.parent for one in there.made] == [stick]
    # Nothing has changed: nothing is copied.
    assert backups.keep_up(book, stick, appeared=True).made == ()
    stick.rename(tmp_path / "pocket")
    remembered = backups.keep_up(book, stick)
    assert (remembered.second_here, remembered.second_at // 1000) == (False, there.second_at // 1000)
    leads.log_lead(book, leads.LogLead("示例公司"))
    (tmp_path / "pocket").rename(stick)
    assert backups.keep_up(book, stick).made == ()
    assert len(backups.keep_up(book, stick, appeared=True).made) == 1


def test_what_is_gone_is_noted_and_what_is_away_is_not(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    own = backups.folder_of(book.path)
    here, there = age_in(book, own, 2), age(book, stick, 0)
    assert {here, there} == set(backup_places.noted(book))
    stick.rename(tmp_path / "pocket")
    here.unlink()
    backup_places.take_stock(book)
    assert backup_places.noted(book) == [there]
    (tmp_path / "pocket").rename(stick)
    shutil.copy(there, here)
    backup_places.take_stock(book)
    assert {here, there} == set(backup_places.noted(book))


def test_a_stick_pulled_while_it_is_written_leaves_no_backup_and_a_sentence(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    attach(book, b"1" * 100, b"2" * 100)

    def pull(_done: int, _total: int, _what: str) -> None:
        if any(stick.glob("*.partial")):
            shutil.rmtree(stick)

    told = backups.keep_up(book, stick, progress=pull)
    assert len(told.sentences) == 1
    assert not told.second_here
    assert [one.parent for one in told.made] == [backups.folder_of(book.path)]
    stick.mkdir()
    assert len(backups.keep_up(book, stick, appeared=True).made) == 1
    assert books.check(book) == []


def test_a_backup_that_was_stopped_leaves_nothing(book: Book) -> None:
    own = backups.folder_of(book.path)

    def stop(_done: int, _total: int, _what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        backups.keep_up(book, None, progress=stop)
    assert names(own) == []


FULL = """
import resource, sys
from pathlib import Path
from crm_app.errors import Refused
from crm_app.services import backups, book as books
book = books.open_book(Path(sys.argv[1]))
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    books.back_up(book, Path(sys.argv[3]), 0)
except Refused as told:
    print(told)
    raise SystemExit(3)
"""


@pytest.mark.parametrize("limit", [4096, 100_000, 300_000])
def test_a_disk_that_takes_no_more_leaves_no_backup_and_a_sentence(book: Book, tmp_path: Path, limit: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    books.close_book(book)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(book.path), str(limit), str(stick)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert (done.returncode, done.stdout.count("\n")) == (3, 1), done.stderr
    assert not list(stick.glob("*.crm"))
    assert not list(stick.glob("*.partial"))
    again = books.open_book(book.path)
    assert books.check(again) == []
    books.close_book(again)


def test_a_folder_that_is_not_there_or_takes_nothing_is_said(book: Book, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        books.back_up(book, tmp_path / "nowhere", clock.now_ms())
    blocked = backups.folder_of(book.path)
    blocked.write_text("a file where the folder should be")
    with pytest.raises((Refused, BadInput)):
        books.back_up(book, None, clock.now_ms())
    assert len(backups.keep_up(book, None).sentences) == 1


def test_a_backup_whose_attachments_do_not_arrive_does_not_count(book: Book, tmp_path: Path) -> None:
    attach(book, b"1" * 100)
    (tmp_path / "stick" / pool_name(book)).parent.mkdir()
    (tmp_path / "stick" / pool_name(book)).write_text("a file where the folder should be")
    with pytest.raises(Refused):
        books.back_up(book, tmp_path / "stick", clock.now_ms())
    assert names(tmp_path / "stick") == [pool_name(book)]


def test_a_torn_attachment_never_takes_the_place_of_the_sound_one_in_the_backup(book: Book, tmp_path: Path) -> None:
    content, stick = b"what was said", tmp_path / "stick"
    stick.mkdir()
    name = attachments.store(book.path, book.key, content)[0]
    own, pooled = (book.path.parent / pool_name(book) / name, stick / pool_name(book) / name)
    books.back_up(book, stick, clock.now_ms())
    own.write_bytes(content[:5])
    books.back_up(book, stick, clock.now_ms())
    assert pooled.read_bytes() == content
    # And the other way round: a torn one there is put right.
    own.write_bytes(content)
    pooled.write_bytes(b"")
    books.back_up(book, stick, clock.now_ms())
    assert pooled.read_bytes() == content


def test_what_is_attached_while_it_begins_is_in_the_backup(book: Book, tmp_path: Path) -> None:
    attach(book, b"1" * 100)

    def attach_one_more(_done: int, _total: int, _what: str) -> None:
        attach(book, b"1" * 100, b"2" * 100)

    (tmp_path / "stick").mkdir()
    books.back_up(book, tmp_path / "stick", clock.now_ms(), attach_one_more)
    assert len(names(tmp_path / "stick" / pool_name(book))) == 2


def test_a_backup_is_private_and_one_file(book: Book) -> None:
    made = books.back_up(book, None, clock.now_ms())
    assert names(made.parent) == [made.name, made.name + "-sum"]
    if os.name == "posix":
        assert made.stat().st_mode & 0o777 == 0o600
        assert made.parent.stat().st_mode & 0o777 == 0o700
    assert backup.is_as_made(made)
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    assert not backup.is_as_made(made)


def test_a_backup_opened_as_a_book_is_written_while_it_is_read(book: Book, tmp_path: Path) -> None:
    """A backup is one file and takes no writer beside a reader; as a book on another laptop it must."""
    made = backup.make(book, backup_places.backups_folder(book.path), clock.now_ms(), Kind.HAND)
    moved = tmp_path / "另一台.crm"
    shutil.copyfile(made, moved)
    opened = books.open_book(moved)
    with opened.read() as reader:
        before = reader.find(Lead)
        leads.log_lead(opened, leads.LogLead("甲公司"))
        assert reader.find(Lead) == before
    assert exports.export(opened, "leads", tmp_path / "线索.csv") == len(before) + 1
    books.close_book(opened)


def test_the_state_knows_the_newest_of_both_places(book: Book, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert backups.state(book, stick).last_at is None
    books.back_up(book, stick, clock.now_ms() - DAY)
    books.back_up(book, None, clock.now_ms() - 3 * DAY)
    found = backups.state(book, stick)
    now = clock.local(clock.now_ms())
    assert found.last_at == found.second_at
    assert found.last_at is not None
    assert timedelta(hours=23) < now - datetime.fromtimestamp(found.last_at / 1000).astimezone() < timedelta(hours=25)
    assert [one.kind for one in backups.list_backups(book.path, stick)] == [Kind.HAND, Kind.HAND]


def test_a_backup_begun_before_an_erasure_is_one_it_has_to_reach(book: Book, tmp_path: Path) -> None:
    def erase(_done: int, _total: int, _what: str) -> None:
        with book.write_outside_journal() as connection:
            connection.execute(
                tables.erasure.insert()
                .prefix_with("OR IGNORE")
                .values(at=1, who="单晓", approval="批件", table="contact", row=b"1" * 16)
            )

    backup.make(book, tmp_path, clock.now_ms(), Kind.AUTO, erase)
    backup.make(book, tmp_path, clock.now_ms() + 1000, Kind.AUTO)
    with book.read() as reader:
        known = reader.rows(tables.backup_copy.select().order_by(tables.backup_copy.c.at))
    assert [row["erased_to"] for row in known] == [0, 1]
