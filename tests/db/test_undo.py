from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from crm_app.db import journal, opening, search, tables, undo
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.staff import Person
from crm_app.errors import Cancelled, NotFound, Refused


def names(book: Book) -> list[str]:
    with book.read() as reader:
        return [person.name for person in reader.find(Person)]


def add(book: Book, name: str):
    with book.unit(f"Add {name}") as unit:
        made = unit.insert(Person, name=name)
        unit.commit()
    return made


def test_undo_takes_back_an_insert_and_redo_brings_it_back(book: Book) -> None:
    add(book, "甲")
    add(book, "乙")
    assert book.undo().touches("person")
    assert names(book) == ["甲"]
    book.undo()
    assert names(book) == []
    assert book.redo().label.endswith("Add 甲")
    assert names(book) == ["甲"]
    book.redo()
    assert names(book) == ["甲", "乙"]
    with pytest.raises(Refused):
        book.redo()


def test_undo_after_redo_takes_back_the_same_unit(book: Book) -> None:
    add(book, "甲")
    for _round in range(3):
        book.undo()
        assert names(book) == []
        book.redo()
        assert names(book) == ["甲"]


def test_undo_works_across_a_restart(book: Book) -> None:
    made = add(book, "甲")
    with book.unit("Rename") as unit:
        unit.update(Person, made, name="乙", title="科长")
        unit.commit()
    path = book.path
    book.close()
    again = opening.open_book(path)
    try:
        again.undo()
        with again.read() as reader:
            person = reader.get(Person, made)
        assert (person.name, person.title) == ("甲", None)
        again.redo()
        assert names(again) == ["乙"]
    finally:
        again.close()


def test_a_new_change_ends_what_could_be_redone(book: Book) -> None:
    add(book, "甲")
    book.undo()
    add(book, "乙")
    with pytest.raises(Refused):
        book.redo()
    assert names(book) == ["乙"]


def test_nothing_to_undo_is_said(book: Book) -> None:
    with pytest.raises(Refused):
        book.undo()


def test_what_stands_in_the_way_is_listed_and_nothing_is_half_applied(book: Book) -> None:
    made = add(book, "甲")
    with book.unit("Two fields") as unit:
        unit.update(Person, made, name="乙", title="科长")
        changes = unit.commit()
    with book.unit("Later") as unit:
        unit.update(Person, made, title="处长")
        unit.commit()
    with book.unit("Take back the earlier one") as unit, pytest.raises(Refused) as told:
        undo.take_back(unit, changes.unit or 0)
    assert "乙" in str(told.value)
    assert names(book) == ["乙"]


def test_a_record_others_refer_to_stays(book: Book) -> None:
    with book.unit("Make") as unit:
        enterprise = unit.insert(Enterprise, name="示例甲公司")
        first = unit.commit()
    with book.unit("Alias") as unit:
        unit.insert(EnterpriseName, enterprise_id=enterprise, name="甲")
        unit.commit()
    with book.unit("Take back") as unit, pytest.raises(Refused):
        undo.take_back(unit, first.unit or 0)
    with book.read() as reader:
        assert reader.get(Enterprise, enterprise).name == "示例甲公司"


def test_soft_delete_and_its_undo(book: Book) -> None:
    made = add(book, "甲")
    with book.unit("Delete") as unit:
        unit.delete(Person, made)
        unit.commit()
    assert names(book) == []
    with book.read() as reader, pytest.raises(NotFound):
        reader.get(Person, made)
    book.undo()
    assert names(book) == ["甲"]


def test_leaving_uncommitted_rolls_back(book: Book) -> None:
    with book.unit("Left") as unit:
        unit.insert(Person, name="甲")
    assert names(book) == []
    add(book, "乙")
    assert names(book) == ["乙"]


def test_an_exception_rolls_back_and_frees_the_writer(book: Book) -> None:
    def fail_halfway() -> None:
        with book.unit("Broken") as unit:
            unit.insert(Person, name="甲")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    add(book, "乙")
    assert names(book) == ["乙"]


def test_a_final_unit_is_passed_over(book: Book) -> None:
    add(book, "甲")
    with book.unit("Final", final=True) as unit:
        unit.insert(Person, name="定")
        unit.commit()
    book.undo()
    assert names(book) == ["定"]


def test_history_tells_each_field(book: Book, tmp_path: Path) -> None:
    made = add(book, "甲")
    with book.unit("Rename") as unit:
        unit.update(Person, made, title="科长")
        unit.commit()
    with book.read() as reader:
        made_change, changed = journal.history(reader, "person", made)
    assert made_change.field == ""
    assert (changed.old, changed.new, changed.label) == ("", "科长", "Rename")


def test_a_deletion_is_done_again_though_rows_refer_to_it(book: Book) -> None:
    with book.unit("Company") as unit:
        company = unit.insert(Enterprise, name="示例公司")
        unit.commit()
    with book.unit("Name") as unit:
        unit.insert(EnterpriseName, enterprise_id=company, name="示例")
        unit.commit()
    with book.unit("Delete") as unit:
        unit.delete(Enterprise, company)
        unit.commit()
    for _time in range(2):
        book.undo()
        book.redo()
        with book.read() as reader:
            assert reader.find(Enterprise) == []
            assert len(reader.find(EnterpriseName)) == 1
    assert book.check() == []


def numbered(book: Book, label: str, made: UUID, **values: str) -> int:
    with book.unit(label) as unit:
        unit.update(Person, made, **values)
        return unit.commit().unit or 0


def test_a_made_row_that_was_changed_since_stays_until_the_change_is_undone(book: Book) -> None:
    with book.unit("Add") as unit:
        made = unit.insert(Person, name="甲")
        first = unit.commit().unit or 0
    later = numbered(book, "Give a post", made, title="科长")
    with pytest.raises(Refused) as told:
        book.undo(first)
    assert "Give a post" in str(told.value)
    assert str(later) in str(told.value)
    assert names(book) == ["甲"]
    book.undo(later)
    book.undo(first)
    assert names(book) == []
    book.redo(first)
    book.redo(later)
    with book.read() as reader:
        assert reader.get(Person, made).title == "科长"


def test_what_a_final_unit_settled_is_not_taken_from_under_it(book: Book) -> None:
    add(book, "甲")
    with book.unit("Draft") as unit:
        made = unit.insert(Person, name="定")
        draft = unit.commit().unit or 0
    with book.unit("Final", final=True) as unit:
        unit.update(Person, made, title="定稿")
        unit.commit()
    with pytest.raises(Refused):
        book.undo(draft)
    assert book.undo().label.endswith("Add 甲")
    assert names(book) == ["定"]
    with pytest.raises(Refused):
        book.undo()


def test_a_row_does_not_come_back_to_what_was_deleted_since(book: Book) -> None:
    with book.unit("Make") as unit:
        company = unit.insert(Enterprise, name="示例公司")
        alias = unit.insert(EnterpriseName, enterprise_id=company, name="示例")
        unit.commit()
    with book.unit("Drop the name") as unit:
        unit.delete(EnterpriseName, alias)
        dropped = unit.commit().unit or 0
    with book.unit("Drop the company") as unit:
        unit.delete(Enterprise, company)
        later = unit.commit().unit or 0
    with pytest.raises(Refused) as told:
        book.undo(dropped)
    assert "Drop the company" in str(told.value)
    book.undo(later)
    book.undo(dropped)
    with book.read() as reader:
        assert len(reader.find(EnterpriseName)) == 1


def test_many_obstacles_are_counted_not_listed(book: Book) -> None:
    with book.unit("Many") as unit:
        unit.insert_many(Person, [{"name": f"甲{n}"} for n in range(60)])
        first = unit.commit().unit or 0
    with book.unit("Change them all") as unit:
        for person in unit.find(Person):
            unit.update(Person, person.id, title="科长")
        unit.commit()
    with pytest.raises(Refused) as told:
        book.undo(first)
    assert 20 < len(str(told.value).splitlines()) < 30
    assert "40" in str(told.value)


def test_stopping_a_long_undo_changes_nothing(book: Book) -> None:
    with book.unit("Many") as unit:
        unit.insert_many(Person, [{"name": f"甲{n}"} for n in range(2_500)])
        first = unit.commit().unit or 0
    heard: list[int] = []

    def stop_late(done: int, total: int, _words: str) -> None:
        heard.append(done)
        if total > 1_000 and done:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        book.undo(first, stop_late)
    assert len(names(book)) == 2_500
    assert len(heard) > 5
    book.undo(first)
    assert names(book) == []


def test_of_thousands_of_made_rows_those_written_since_are_found(book: Book) -> None:
    with book.unit("Ledger") as unit:
        companies = unit.insert_many(Enterprise, [{"name": f"示例{n}号公司"} for n in range(1_500)])
        unit.insert_many(EnterpriseName, [{"enterprise_id": one, "name": "简称"} for one in companies])
        ledger = unit.commit().unit or 0
    for _time in range(2):
        book.undo(ledger)
        book.redo(ledger)
    with book.unit("Rename") as unit:
        unit.update(Enterprise, companies[7], name="更名公司")
        rename = unit.commit().unit or 0
    with book.unit("Alias") as unit:
        alias = unit.insert(EnterpriseName, enterprise_id=companies[9], name="别名")
        named = unit.commit().unit or 0
    with pytest.raises(Refused) as told:
        book.undo(ledger)
    assert len(str(told.value).splitlines()) == 1 + 2 + 2
    assert "更名公司" in str(told.value)
    assert "别名" in str(told.value)
    book.undo(rename)
    book.undo(named)
    assert {name: len(ids) for name, ids in book.undo(ledger).rows.items()} == {
        "enterprise": 1_500,
        "enterprise_name": 1_500,
    }
    with book.read() as reader:
        assert reader.find(Enterprise) == []
    with pytest.raises(Refused) as told:
        book.redo(named)
    assert "示例9号公司" in str(told.value)
    book.redo(ledger)
    book.redo(named)
    with book.read() as reader:
        assert reader.get(EnterpriseName, alias).name == "别名"
    assert book.check() == []


def test_thousands_of_rows_leave_beside_others_and_edited_ones_and_are_noted_one_by_one(book: Book) -> None:
    with book.unit("Before") as unit:
        kept = unit.insert_many(Enterprise, [{"name": f"原有{n}号公司"} for n in range(3)])
        unit.commit()
    with book.unit("Ledger") as unit:
        made = unit.insert_many(Enterprise, [{"name": f"示例{n}号公司"} for n in range(2_100)])
        unit.update(Enterprise, kept[0], address="合肥市")
        unit.delete(Enterprise, kept[1])
        unit.update(Enterprise, made[0], address="合肥市")
        ledger = unit.commit().unit or 0
    for _time in range(2):
        undone = book.undo(ledger)
        assert len(undone.ids("enterprise")) == 2_102
        with book.read() as reader:
            assert {one.id: one.address for one in reader.find(Enterprise)} == dict.fromkeys(kept)
            last = journal.history(reader, "enterprise", made[7])[-1]
            assert (last.old, bool(last.new)) == ("", True)
            assert search.find(reader, "示例7号") == []
            assert len(search.find(reader, "原有")) == 3
        assert book.check() == []
        book.redo(ledger)
        with book.read() as reader:
            assert len(reader.find(Enterprise)) == 2_102
            assert [reader.get(Enterprise, row).address for row in (kept[0], made[0], kept[2])] == ["合肥市"] * 2 + [
                None
            ]
            assert journal.history(reader, "enterprise", made[7])[-1].new == ""
            assert len(search.find(reader, "示例7号")) == 1
        assert book.check() == []


def test_what_the_unit_made_and_deleted_itself_comes_to_nothing(book: Book) -> None:
    kept = add(book, "甲")
    with book.unit("To and fro") as unit:
        made = unit.insert(Person, name="乙")
        unit.update(Person, made, title="科长")
        unit.delete(Person, made)
        unit.update(Person, kept, title="处长")
        both = unit.commit().unit or 0
    assert book.undo(both).ids("person") == {kept}
    assert book.redo(both).ids("person") == {kept}
    with book.read() as reader:
        assert [person.title for person in reader.find(Person)] == ["处长"]


def test_a_deletion_and_another_field_in_one_write_is_told_once(book: Book) -> None:
    made = add(book, "甲")
    with book.unit("Both at once") as unit:
        table = tables.RECORD_TABLES["person"]
        unit.connection.execute(update(table).where(table.c.id == made.bytes).values(deleted_at=7, title="科长"))
        unit.commit()
    with book.read() as reader:
        assert len(journal.history(reader, "person", made)) == 3
    book.undo()
    assert names(book) == ["甲"]
    with book.read() as reader:
        assert reader.get(Person, made).title is None
