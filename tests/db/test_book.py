import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from crm_app.db import drafts, opening
from crm_app.db.book import Book
from crm_app.db.engine import PAGE
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.errors import BadInput, NotFound, Refused


def test_a_new_book_is_sound_private_and_wal(book: Book) -> None:
    assert book.check() == []
    if os.name == "posix":
        assert book.path.stat().st_mode & 0o777 == 0o600
    with book.read() as reader:
        assert reader.connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert reader.connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_a_book_is_not_made_over_a_file(tmp_path: Path) -> None:
    target = tmp_path / "kept.crm"
    target.write_text("mine")
    with pytest.raises(Refused):
        opening.create(target)
    assert target.read_text() == "mine"


def test_no_file_and_foreign_files_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        opening.open_book(tmp_path / "none.crm")
    foreign = tmp_path / "foreign.crm"
    sqlite3.connect(foreign).executescript("CREATE TABLE t(x); ").close()
    scribble = tmp_path / "scribble.crm"
    scribble.write_bytes(b"no database at all" * 500)
    empty = tmp_path / "empty.crm"
    empty.touch()
    for path in (foreign, scribble, empty):
        before = path.read_bytes()
        with pytest.raises(Refused):
            opening.open_book(path)
        assert path.read_bytes() == before


def test_a_newer_book_is_refused(book: Book) -> None:
    with book.write_outside_journal() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    book.close()
    with pytest.raises(Refused):
        opening.open_book(book.path)


def test_a_second_program_is_told_who_holds_the_book(book: Book) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from crm_app.db import opening\nfrom crm_app.errors import Refused\n"
        "try: opening.open_book(Path(sys.argv[1]))\nexcept Refused as told: print(told); raise SystemExit(3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(book.path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 3
    assert str(os.getpid()) in done.stdout


def test_the_lock_goes_with_its_holder(book: Book) -> None:
    book.close()
    again = opening.open_book(book.path)
    again.close()


def test_only_create_fields_block_saving(book: Book) -> None:
    with book.unit("No name") as unit, pytest.raises(BadInput) as told:
        unit.insert(Enterprise, region="重庆市")
    assert told.value.field == "name"
    with book.unit("Name alone") as unit:
        unit.insert(Enterprise, name="示例公司")
        unit.commit()
    with book.read() as reader:
        assert reader.find(Enterprise)[0].name == "示例公司"


def test_drafts_live_outside_the_journal(book: Book) -> None:
    drafts.keep(book, "log", {"name": "宁德"})
    drafts.keep(book, "log", {"name": "宁德时代"})
    assert drafts.load(book, "log") == {"name": "宁德时代"}
    with pytest.raises(Refused):
        book.undo()
    drafts.drop(book, "log")
    assert drafts.load(book, "log") is None


def test_ids_sort_by_making(book: Book) -> None:
    with book.unit("Many") as unit:
        ids = unit.insert_many(Person, [{"name": str(n)} for n in range(200)])
        unit.commit()
    assert ids == sorted(ids)
    assert all(one.version == 7 for one in ids)


def test_check_finds_a_lost_trigger_and_a_stale_index(book: Book) -> None:
    with book.unit("One") as unit:
        made = unit.insert(Enterprise, name="示例公司")
        unit.commit()
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql("DROP TRIGGER person_after_update")
        connection.exec_driver_sql("UPDATE search_row SET digest = 1")
    told = "\n".join(book.check())
    assert "person_after_update" in told
    assert len(book.check()) == 2
    assert made


def test_a_column_of_json_is_what_the_kind_wrote(book: Book) -> None:
    with book.unit("Tags") as unit:
        unit.insert(DictionaryEntry, list_name="park", name="双福", aliases=("科学城", "双福工业园"))
        unit.commit()
    with book.read() as reader:
        stored = reader.connection.exec_driver_sql("SELECT aliases FROM dictionary_entry").scalar_one()
        assert json.loads(stored) == ["科学城", "双福工业园"]
        assert reader.find(DictionaryEntry)[0].aliases == ("科学城", "双福工业园")


def test_damage_after_a_crash_is_found_before_anything_is_written(book: Book) -> None:
    with book.unit("Fill") as unit:
        unit.insert_many(Enterprise, [{"name": f"示例{n}号公司", "products": "电池" * 200} for n in range(300)])
        unit.commit()
    book.close()
    # What a killed program leaves: the name of a holder who is gone.
    book.path.with_name(book.path.name + "-lock").write_text('{"user": "a", "host": "b", "pid": 1}')
    content = bytearray(book.path.read_bytes())
    for page in range(20, len(content) // PAGE, 3):
        content[page * PAGE : page * PAGE + 64] = b"\xff" * 64
    book.path.write_bytes(content)
    with pytest.raises(Refused):
        opening.open_book(book.path)
    assert book.path.read_bytes() == bytes(content)


def test_a_phone_is_stored_in_one_form_however_it_was_written(book: Book) -> None:
    with book.unit("Phones") as unit:
        for written in ("138 1234 5678", "+8613812345678", "１３８１２３４５６７８"):
            unit.insert(Contact, name="张总", phone=written)
        with pytest.raises(BadInput) as told:
            unit.insert(Contact, name="李总", phone="大概是这个")
        unit.commit()
    assert told.value.field == "phone"
    with book.read() as reader:
        assert {contact.phone for contact in reader.find(Contact)} == {"+8613812345678"}


def test_a_sound_book_is_called_sound_however_often_it_is_looked_at(book: Book) -> None:
    # SQLite's check trusts what its connection remembers of the index: one that checked before a write would lie.
    for n in range(12):
        with book.unit("Make") as unit:
            kept = unit.insert(Enterprise, name=f"示例{n}号公司")
            gone = unit.insert(Enterprise, name=f"撤销{n}号公司")
            unit.commit()
        assert book.check() == []
        with book.unit("Take out") as unit:
            unit.delete(Enterprise, gone)
            unit.update(Enterprise, kept, products="电池")
            unit.commit()
        assert book.check() == []
        book.undo()
        assert book.check() == []


def test_a_unit_that_could_not_begin_bars_no_later_one(book: Book) -> None:
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql("ALTER TABLE unit_now RENAME TO away")
    with pytest.raises(DatabaseError), book.unit("Cannot begin"):
        pass
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO unit_now")
    with book.unit("Begins") as unit:
        unit.insert(Enterprise, name="示例公司")
        assert unit.commit().unit == 1


def test_half_a_character_is_refused_in_words(book: Book) -> None:
    with book.unit("Log \ud83d") as unit:
        with pytest.raises(BadInput) as told:
            unit.insert(Enterprise, name="示例\ud83d公司")
        unit.insert(Enterprise, name="示例公司")
        unit.commit()
    assert told.value.field == "name"


def test_damage_is_told_until_it_is_gone(book: Book) -> None:
    lock = book.path.with_name(book.path.name + "-lock")
    book.close()
    lock.write_text('{"user": "a", "host": "b", "pid": 1}')
    content = book.path.read_bytes()
    book.path.write_bytes(content[:PAGE] + b"\xff" * (len(content) - PAGE))
    for _again in range(2):
        with pytest.raises((Refused, DatabaseError)):
            opening.open_book(book.path)
        assert lock.read_text()


def test_a_folder_that_takes_no_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "new.crm-lock").mkdir()
    with pytest.raises(Refused):
        opening.create(tmp_path / "new.crm")
    assert not (tmp_path / "new.crm").exists()


def test_a_full_disk_is_a_sentence_and_loses_nothing(book: Book) -> None:
    with book.unit("Before") as unit:
        unit.insert(Person, name="甲")
        unit.commit()
    with book.read() as reader:
        pages = reader.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    # SQLite's own limit stands for the disk's: it answers SQLITE_FULL just so.
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with book.unit("Too much") as unit:
            unit.insert_many(Person, [{"name": f"{n}" * 500} for n in range(500)])
            unit.commit()

    with pytest.raises(Refused):
        fill()
    with book.write_outside_journal() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    with book.unit("After") as unit:
        unit.insert(Person, name="乙")
        unit.commit()
    with book.read() as reader:
        assert [person.name for person in reader.find(Person)] == ["甲", "乙"]
    assert book.check() == []
