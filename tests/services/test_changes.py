"""Any earlier step is taken back whole or not at all, done again, and listed in words, also after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.db.unit import Unit
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.errors import NotFound, Refused
from crm_app.services import book as books
from crm_app.services import changes, enterprises, imports, leads
from crm_app.services.book import Book
from crm_app.services.changes import Asked, Standing
from tests.services.conftest import Bureau


def newest(book: Book) -> int:
    return changes.list_units(book, limit=1)[0].n


def regions(book: Book) -> dict[str, str | None]:
    with book.read() as reader:
        return {one.name: one.region for one in reader.find(Enterprise)}


def test_an_earlier_step_is_taken_back_and_done_again_after_a_restart(bureau: Bureau) -> None:
    book = bureau.book
    enterprises.change_enterprise(book, bureau.battery, region="重庆市")
    first = newest(book)
    leads.log_lead(book, leads.LogLead("后来的公司(示例)"))
    books.close_book(book)
    again = books.open_book(book.path)
    try:
        told = changes.undo_unit(again, first)
        assert told.ids("enterprise") == {bureau.battery}
        assert regions(again)["渝能电池(示例)"] is None
        assert "后来的公司(示例)" in regions(again)
        assert changes.unit_line(again, first).standing is Standing.UNDONE
        changes.redo_unit(again, first)
        assert regions(again)["渝能电池(示例)"] == "重庆市"
        assert changes.unit_line(again, first).standing is Standing.STANDS
        assert books.check(again) == []
    finally:
        books.close_book(again)


def test_what_stands_in_the_way_is_listed_and_nothing_is_half_done(bureau: Bureau) -> None:
    book = bureau.book
    enterprises.change_enterprise(book, bureau.battery, region="重庆市", address="双福大道1号")
    first = newest(book)
    enterprises.change_enterprise(book, bureau.battery, region="四川省")
    second = newest(book)
    seen = changes.preview_undo(book, first)
    assert len(seen.in_the_way) == 1
    assert [step.n for step in seen.first] == [second]
    before = regions(book)
    with pytest.raises(Refused) as told:
        changes.undo_unit(book, first)
    assert "注册地" in str(told.value)
    with book.read() as reader:
        assert reader.get(Enterprise, bureau.battery).address == "双福大道1号"
    assert regions(book) == before
    # The steps that are named, taken back first, clear the way.
    changes.undo_unit(book, second)
    assert changes.preview_undo(book, first).in_the_way == ()
    changes.undo_unit(book, first)
    assert regions(book)["渝能电池(示例)"] is None


def test_a_row_that_others_lean_on_names_the_step_that_made_them(bureau: Bureau) -> None:
    book = bureau.book
    made = enterprises.create_enterprise(book, name="被引用公司(示例)").changes.unit
    assert made is not None
    leads.log_lead(book, leads.LogLead("被引用公司(示例)"))
    seen = changes.preview_undo(book, made)
    assert seen.in_the_way
    assert [step.n for step in seen.first] == [newest(book)]


def test_a_step_is_undone_once_and_an_undo_is_no_step_of_its_own(bureau: Bureau) -> None:
    book = bureau.book
    enterprises.change_enterprise(book, bureau.battery, region="重庆市")
    first = newest(book)
    changes.undo_unit(book, first)
    for wrong in (first, newest(book)):
        with pytest.raises(Refused):
            changes.undo_unit(book, wrong)
    with pytest.raises(Refused):
        changes.redo_unit(book, newest(book))
    with pytest.raises(NotFound):
        changes.unit_line(book, 9_999)


def test_a_final_step_is_refused_in_words(bureau: Bureau) -> None:
    final = next(line for line in changes.list_units(bureau.book) if line.standing is Standing.FINAL)
    with pytest.raises(Refused):
        changes.preview_undo(bureau.book, final.n)
    with pytest.raises(Refused):
        changes.undo_unit(bureau.book, final.n)


def test_steps_are_found_by_words_person_kind_and_read_in_pages(bureau: Bureau) -> None:
    book = bureau.book
    for n in range(7):
        leads.log_lead(book, leads.LogLead(f"线索{n}公司(示例)"))
    book.write_as("曾敏")
    enterprises.change_enterprise(book, bureau.battery, region="重庆市")
    (mine,) = changes.list_units(book, Asked(who="曾敏"))
    assert mine.counts == {"enterprise": 1}
    assert {line.n for line in changes.list_units(book, Asked(table="lead"))} == {
        line.n
        for line in changes.list_units(book, Asked(words="线索3")) + changes.list_units(book, Asked(words="线索"))
    }
    assert changes.list_units(book, Asked(words="%")) == []
    read, before = [], None
    while block := changes.list_units(book, before=before, limit=3):
        read += [line.n for line in block]
        before = block[-1].n
    assert read == sorted(read, reverse=True)
    assert len(read) == len(changes.list_units(book, limit=1_000))
    assert set(changes.writers(book)) >= {"单晓", "曾敏"}


def test_a_step_tells_field_by_field_what_it_did(bureau: Bureau) -> None:
    enterprises.change_enterprise(bureau.book, bureau.battery, region="重庆市")
    (row,) = changes.row_changes(bureau.book, newest(bureau.book))
    assert row.row == bureau.battery
    assert not row.made
    assert [(one.field, one.old, one.new) for one in row.fields] == [("注册地", "", "重庆市")]


def test_an_import_is_one_step_that_goes_and_comes_back_later(bureau: Bureau, tmp_path: Path) -> None:
    book = bureau.book
    ledger = tmp_path / "企业.csv"
    ledger.write_text("企业名称\n" + "".join(f"导入{n}公司(示例)\n" for n in range(150)), encoding="utf-8")
    imports.apply(book, imports.plan(book, ledger))
    imported = newest(book)
    leads.log_lead(book, leads.LogLead("之后(示例)"))
    assert changes.unit_line(book, imported).counts["enterprise"] == 150
    assert changes.preview_undo(book, imported).rows["enterprise"] == 150
    changes.undo_unit(book, imported)
    assert not any(name.startswith("导入") for name in regions(book))
    changes.redo_unit(book, imported)
    assert sum(name.startswith("导入") for name in regions(book)) == 150
    assert books.check(book) == []


def test_a_place_taken_meanwhile_is_said(book: Book) -> None:
    with book.unit("甲") as unit:
        one = add(unit, "甲")
        unit.commit()
    with book.unit("删除甲") as unit:
        unit.delete(Person, one)
        deleted = unit.commit().unit
    assert deleted is not None
    with book.unit("又一个甲") as unit:
        add(unit, "甲")
        unit.commit()
    changes.undo_unit(book, deleted)
    assert books.check(book) == []


def add(unit: Unit, name: str) -> object:
    return unit.insert(Person, name=name)


def test_a_step_of_tens_of_thousands_counts_each_row_once_and_goes_and_comes_back(book: Book) -> None:
    there = enterprises.create_enterprise(book, name="原有公司(示例)").value
    with book.unit("many") as unit:
        unit.expect_many()
        made = unit.insert_many(DictionaryEntry, [{"list_name": "示例", "name": f"示例{n}"} for n in range(20_500)])
        # Written twice each, and still one row each.
        unit.update(Enterprise, there, region="四川省")
        unit.update(DictionaryEntry, made[-1], heading="其他")
        unit.update(Enterprise, there, region="重庆市")
        step = unit.commit().unit
    assert step is not None
    touched = {"enterprise": 1, DictionaryEntry.table: 20_500}
    assert changes.unit_line(book, step).counts == touched
    assert changes.preview_undo(book, step).rows == touched
    assert changes.undo_unit(book, step).ids(DictionaryEntry.table) == set(made)
    assert regions(book) == {"原有公司(示例)": None}
    assert [line.counts for line in changes.list_units(book, limit=2)] == [touched, touched]
    assert changes.preview_redo(book, step).rows == touched
    changes.redo_unit(book, step)
    assert regions(book) == {"原有公司(示例)": "重庆市"}
    with book.read() as reader:
        assert len(reader.find(DictionaryEntry, list_name="示例")) == 20_500
        assert reader.get(DictionaryEntry, made[-1]).heading == "其他"
    assert books.check(book) == []
