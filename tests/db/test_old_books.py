"""Every book an earlier program made opens, keeps its rows, and can be written; one is kept for each revision."""

import lzma
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from crm_app.db import migrate, triggers
from crm_app.db.book import Book
from crm_app.db.migrations.versions import rev_0010_simplified, rev_0011_read_simplified
from crm_app.db.pages import SMALL
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Project
from crm_app.services import book as services
from crm_app.services import checkup, leads, projects
from crm_app.services.search import search

BOOKS = sorted((Path(__file__).parents[1] / "old_books").glob("*.crm.xz"))


def test_a_book_of_every_revision_is_kept() -> None:
    kept = [path.name.split(".")[0] for path in BOOKS]
    assert kept == list(migrate.REVISIONS), "python -m tools.old_book writes that of the newest revision"


@pytest.mark.parametrize("kept", BOOKS, ids=lambda path: path.name)
def test_an_old_book_opens(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.crm"
    path.write_bytes(lzma.decompress(kept.read_bytes()))
    told: list[tuple[int, int, str]] = []
    book = services.open_book(path, progress=lambda *said: told.append(said))
    try:
        assert bool(told) == (not kept.name.startswith(migrate.HEAD))
        assert services.check(book) == []
        (row,) = leads.list_leads(book, open_only=False)
        assert (row.enterprise.name, row.lead.shown("intent")) == ("旧书示例公司", "约3亿元至5亿元")
        (one,) = projects.list_projects(book)
        assert (one.project.name, one.project.pinyin) == ("旧书示例项目", "jiu shu shi li xiang mu")
        leads.log_lead(book, leads.LogLead("新公司"))
        services.undo(book)
        services.undo(book)
        assert projects.list_projects(book) == []
        assert services.check(book) == []
    finally:
        services.close_book(book)
    copies = list(tmp_path.glob("old.crm-backups/old-*-upgrade.crm"))
    assert bool(copies) == (not kept.name.startswith(migrate.HEAD))


@pytest.mark.parametrize("kept", BOOKS, ids=lambda path: path.name)
def test_of_a_damaged_old_book_the_records_are_salvaged(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.crm"
    content = lzma.decompress(kept.read_bytes())
    path.write_bytes(bytes(SMALL) + content[SMALL:])
    told = checkup.salvage(path, target=tmp_path / "new.crm")
    assert told.kept["project"] == 1
    book = services.open_book(tmp_path / "new.crm")
    try:
        (one,) = projects.list_projects(book)
        assert (one.project.name, one.project.pinyin) == ("旧书示例项目", "jiu shu shi li xiang mu")
        assert services.check(book) == []
    finally:
        services.close_book(book)


def reading(book: Book, project: UUID) -> tuple[str, str | None]:
    with book.read() as reader:
        found = reader.get(Project, project)
    return found.name, found.pinyin


def test_a_name_from_before_its_reading_was_kept_comes_back_with_it(book: Book) -> None:
    with book.unit("Make") as unit:
        project = unit.insert(Project, name="电池项目")
        made = unit.commit().unit or 0
    with book.unit("Rename") as unit:
        unit.update(Project, project, name="储能项目")
        renamed = unit.commit().unit or 0
    with book.write_outside_journal() as writing:
        # As an earlier program wrote it.
        for side in ("old", "new"):
            writing.execute(text(f"UPDATE change SET {side} = json_remove({side}, '$.pinyin')"))
    for _time in range(2):
        book.undo(renamed)
        assert reading(book, project) == ("电池项目", "dian chi xiang mu")
        book.redo(renamed)
        assert reading(book, project) == ("储能项目", "chu neng xiang mu")
    book.undo(renamed)
    assert book.check() == []
    book.undo(made)
    with book.read() as reader:
        assert reader.find(Project) == []
    book.redo(made)
    assert reading(book, project) == ("电池项目", "dian chi xiang mu")
    assert book.check() == []


def key_of(book: Book, enterprise: UUID) -> tuple[str, str | None]:
    with book.read() as reader:
        found = reader.get(Enterprise, enterprise)
    return found.name, found.name_key


def test_the_keys_of_traditional_names_are_those_of_simplified_ones_from_now_on(book: Book) -> None:
    with book.unit("Make") as unit:
        one = unit.insert(Enterprise, name="重慶巨灣技研有限公司")
        unit.commit()
    with book.unit("Rename") as unit:
        unit.update(Enterprise, one, name="鴻海精密有限公司")
        renamed = unit.commit().unit or 0
    with book.write_outside_journal() as writing:
        triggers.drop_all(writing)
        # As an earlier program wrote it.
        writing.execute(text("UPDATE enterprise SET name_key = '鴻海精密'"))
        for side, key in (("old", "巨灣技研"), ("new", "鴻海精密")):
            told = text(f"UPDATE change SET {side} = json_set({side}, '$.name_key', :key) WHERE op = 'U'")
            writing.execute(told, {"key": key})
        rev_0010_simplified.simplify_keys(writing)
        triggers.regenerate(writing)
    assert key_of(book, one) == ("鴻海精密有限公司", "鸿海精密")
    assert book.check() == []
    book.undo(renamed)
    assert key_of(book, one) == ("重慶巨灣技研有限公司", "巨湾技研")
    assert book.check() == []


def test_traditional_names_are_read_as_simplified_ones_from_now_on(book: Book) -> None:
    with book.unit("Make") as unit:
        one = unit.insert(Project, name="長沙銀行園區")
        unit.commit()
    with book.unit("Rename") as unit:
        unit.update(Project, one, name="重慶快充電站")
        renamed = unit.commit().unit or 0
    with book.write_outside_journal() as writing:
        triggers.drop_all(writing)
        # As an earlier program wrote it.
        writing.execute(text("UPDATE project SET pinyin = 'zhong qing kuai chong dian zhan'"))
        for side, read in (("old", "zhang sha yin xing yuan qu"), ("new", "zhong qing kuai chong dian zhan")):
            told = text(f"UPDATE change SET {side} = json_set({side}, '$.pinyin', :read) WHERE op = 'U'")
            writing.execute(told, {"read": read})
        rev_0011_read_simplified.read_anew(writing)
        triggers.regenerate(writing)
    checkup.rebuild_index(book)
    assert reading(book, one) == ("重慶快充電站", "chong qing kuai chong dian zhan")
    assert book.check() == []
    book.undo(renamed)
    assert reading(book, one) == ("長沙銀行園區", "chang sha yin hang yuan qu")
    assert book.check() == []


@pytest.mark.parametrize("renamed", [False, True])
def test_the_reading_of_a_traditional_surname_is_taken_back_as_before(book: Book, renamed: bool) -> None:
    def called() -> tuple[str, str | None]:
        with book.read() as reader:
            found = reader.get(Contact, one)
        return found.name, found.pinyin

    with book.unit("Make") as unit:
        one = unit.insert(Contact, name="單長慶")
        unit.commit()
    with book.unit("Read") as unit:
        unit.update(Contact, one, surname_pinyin="chan")
        read = unit.commit().unit or 0
    with book.unit("Rename") as unit:
        unit.update(Contact, one, name="王伟" if renamed else "單長青")
        last = unit.commit().unit or 0
    with book.write_outside_journal() as writing:
        triggers.drop_all(writing)
        # As an earlier program wrote it.
        told = text("UPDATE change SET new = json_set(new, '$.pinyin', 'chan chang qing') WHERE unit = :read")
        writing.execute(told, {"read": read})
        rev_0011_read_simplified.read_anew(writing)
        triggers.regenerate(writing)
    book.undo(last)
    assert called() == ("單長慶", "chan zhang qing")
    book.undo(read)
    assert called() == ("單長慶", "shan zhang qing")
    book.redo(read)
    assert called() == ("單長慶", "chan zhang qing")


def test_in_a_book_of_an_earlier_program_traditional_names_are_found_by_simplified_characters(book: Book) -> None:
    with book.unit("Make") as unit:
        one = unit.insert(Enterprise, name="重慶巨灣技研有限公司")
        unit.commit()
    with book.write_outside_journal() as writing:
        # As an earlier program indexed it: under other words.
        writing.execute(text("UPDATE search_row SET key = '重慶巨灣技研有限公司'"))
        writing.execute(text("INSERT INTO search_text(search_text) VALUES ('delete-all')"))
        writing.execute(text("UPDATE alembic_version SET version_num = '0010'"))
    services.close_book(book)
    reopened = services.open_book(book.path)
    try:
        assert [hit.id for hit in search(reopened, "重庆巨湾")] == [one]
        assert services.check(reopened) == []
    finally:
        services.close_book(reopened)
