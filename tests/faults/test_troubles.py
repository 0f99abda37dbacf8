"""Places that take nothing, or go away: each is a sentence, and nothing that was acknowledged is missing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crm_app import clock
from crm_app.errors import CrmError
from crm_app.services import book as books
from tests.faults import full_disk, plug, read_only
from tests.faults.begun import lead_ids, log, opened


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    books.close_book(books.create_book(tmp_path / "book.crm"))
    (tmp_path / "copies").mkdir()
    told = dict(plug.run(full_disk.work, tmp_path).said)
    assert told.keys() == {"saved", "unit", "draft", "backup", "create", "kept"}
    assert told["kept"] == {"note": "满盘之前"}
    assert all(told[what] for what in ("unit", "draft", "backup", "create"))
    assert not (tmp_path / "new.crm").exists()
    assert not list((tmp_path / "copies").glob("*.crm"))
    with opened(tmp_path / "book.crm") as book:
        assert lead_ids(book) == {told["saved"]}


def test_a_folder_that_went_away_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    book = books.create_book(stick / "book.crm")
    kept = log(book, "拔盘之前公司")
    stick.rename(tmp_path / "pulled")
    with pytest.raises(CrmError):
        books.back_up(book, stick, clock.now_ms())
    with pytest.raises(CrmError):
        books.create_book(stick / "other.crm")
    books.close_book(book)
    with opened(tmp_path / "pulled" / "book.crm") as again:
        assert kept in lead_ids(again)


def test_a_folder_and_a_file_that_may_only_be_read_are_told() -> None:
    # Outside the tests' own folder, which nobody else may enter.
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for place in ("shelf", "desk"):
            (folder / place).mkdir()
            book = books.create_book(folder / place / "book.crm")
            log(book, "原有公司")
            books.close_book(book)
            (folder / place / "book.crm").chmod(0o444)
        (folder / "desk").chmod(0o777)
        (folder / "desk" / "book.crm-lock").chmod(0o666)
        (folder / "shelf").chmod(0o555)
        told = dict(plug.run(read_only.work, folder).said)
        (folder / "shelf").chmod(0o755)
    assert told.keys() == {"create", "open", "save", "draft", "backup", "still there"}
    assert all(told[what] for what in ("create", "open", "save", "draft", "backup"))
    assert told["still there"] == 1
