from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from crm_app.db import search, search_index
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName
from crm_app.domain.fields import Record, store_all
from crm_app.domain.leads import Lead
from crm_app.domain.search_documents import BrokenEntries, KnownEntries, PackedEntries, entries, pack
from tests.templates import bare_book

ENTERPRISES = [
    {"name": "广州巨湾技研有限公司", "uscc": "91500108MA5U7D3C7W", "products": "快充电池 A12345"},
    {"name": "重庆示例（长安）汽车", "region": "重庆市"},
    {"name": "BYD 电池 𠮷", "business": "磷酸铁锂\n储能"},
]
CONTACTS = [
    {"name": "曾小明", "surname_pinyin": "zeng", "phone": "+8613987654321"},
    {"name": "王磊", "note": "喜欢喝茶"},
    {"name": "John Smith", "email": "js@example.com"},
]
QUERIES = [
    "巨湾",
    "jwjy",
    "长安",
    "byd",
    "ma5u",
    "8765",
    "zxm",
    "快充",
    "示例",
    "王磊",
    "线索",
    "a1234",
    "甲方",
    "储能",
]


def stored(unit: Unit, record_type: type[Record], many: Sequence[Mapping[str, Any]], *, indexed: bool) -> list[UUID]:
    columns = store_all(record_type, many)
    known = KnownEntries(pack([entries(record_type.table, columns)]), range(len(many))) if indexed else None
    return [UUID(bytes=row) for row in unit.insert_stored(record_type, columns, known)]


def made(unit: Unit, record_type: type[Record], many: Sequence[Mapping[str, Any]], *, indexed: bool) -> list[UUID]:
    return unit.insert_many(record_type, many)


def ledger(unit: Unit, insert: Any, *, many: bool) -> None:
    """Write a ledger's blocks, and between them what is written one by one."""
    if many:
        unit.expect_many()
    earlier = unit.insert(Enterprise, name="示例甲方")
    for block in range(2):
        companies = insert(unit, Enterprise, ENTERPRISES, indexed=True)
        people = insert(unit, Contact, CONTACTS, indexed=True)
        posts = [{"enterprise_id": one, "contact_id": two} for one, two in zip(companies, people, strict=True)]
        insert(unit, Position, posts, indexed=False)
        leads = [{"enterprise_id": one, "title": f"线索{block}"} for one in companies]
        insert(unit, Lead, leads, indexed=block == 0)
        unit.update(Enterprise, companies[0], products="改了的产品")
        unit.update(Enterprise, earlier, region=f"重庆市{block}")
        unit.insert(EnterpriseName, enterprise_id=companies[1], name=f"长安之友{block}")
        unit.insert(Contact, name="后来的王磊")
    unit.delete(Contact, people[1])


def state(book: Book) -> tuple[Any, ...]:
    """Return everything a book and its index say, without the ids."""
    with book.read() as reader:
        assert search_index.out_of_step(reader) == search_index.OutOfStep([], 0)
        index = [tuple(row) for row in reader.rows_of('SELECT n, digest, "key" FROM search_row ORDER BY n')]
        names = [tuple(row) for row in reader.rows_of('SELECT n, "key" FROM search_name ORDER BY 1, 2')]
        noted = sorted(tuple(row) for row in reader.rows_of('SELECT "table", op, length("row") FROM change'))
        shown = [sorted((hit.table, hit.matched) for hit in search.find(reader, query, limit=200)) for query in QUERIES]
        rows = [
            (*row[1:-1], row[-1] is None)
            for table in ("enterprise", "contact", "position", "lead")
            for row in reader.rows_of(f"SELECT * FROM {table} ORDER BY id")
        ]
    plain = [[value for value in row if not isinstance(value, bytes)] for row in rows]
    return index, names, noted, plain, shown


@pytest.mark.parametrize("many", [False, True])
def test_what_is_inserted_as_stored_is_as_what_is_inserted_by_value(tmp_path: Path, many: bool) -> None:
    found = []
    for name, insert in (("stored", stored), ("made", made)):
        book = bare_book(tmp_path / f"{name}.crm")
        with book.unit("Take") as unit:
            ledger(unit, insert, many=many)
            changes = unit.commit()
        assert len(changes.ids("enterprise")) == 7
        assert book.check() == []
        before = state(book)
        with book.unit("Look") as unit:
            # SQLite's own look at the pages of the index raises where one is not as it writes them.
            unit.connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('integrity-check')")
        book.undo()
        assert book.check() == []
        gone = state(book)
        assert not any(gone[0])
        book.redo()
        assert book.check() == []
        again = state(book)
        assert again[3:] == before[3:]
        found.append(before)
        book.close()
    # The numbers come in the order of indexing, which is another: all else is the same.
    (index, *rest), (index_of_made, *rest_of_made) = found
    assert sorted(row[1:] for row in index) == sorted(row[1:] for row in index_of_made)
    assert rest[1:] == rest_of_made[1:]


def test_another_name_given_while_a_block_waits_is_in_the_index(book: Book) -> None:
    with book.unit("Keep") as unit:
        known = unit.insert(Enterprise, name="示例公司")
        unit.commit()
    with book.unit("Take") as unit:
        (made, *_more) = stored(unit, Enterprise, ENTERPRISES, indexed=True)
        for enterprise, name in ((known, "老牌电池"), (made, "新牌电池")):
            unit.insert(EnterpriseName, enterprise_id=enterprise, name=name)
        stored(unit, Enterprise, ENTERPRISES, indexed=True)
        unit.commit()
    assert book.check() == []
    with book.read() as reader:
        assert [hit.id for hit in search.find(reader, "老牌")] == [known]
        assert [hit.id for hit in search.find(reader, "新牌")] == [made]


def test_what_is_not_committed_leaves_nothing(book: Book) -> None:
    with book.unit("Keep") as unit:
        unit.insert(Enterprise, name="示例公司")
        unit.commit()
    before = state(book)
    with book.unit("Break off") as unit:
        ledger(unit, stored, many=True)
    with book.unit("Refused") as unit:
        stored(unit, Enterprise, ENTERPRISES, indexed=True)
        with pytest.raises(IntegrityError):
            unit.insert_stored(Enterprise, {"region": ["重庆市"]})
    assert state(book) == before
    assert book.check() == []


def test_what_is_written_past_the_unit_meanwhile_is_in_the_index_too(book: Book) -> None:
    with book.unit("Take") as unit:
        unit.expect_many()
        stored(unit, Enterprise, ENTERPRISES, indexed=True)
        stored(unit, Contact, CONTACTS, indexed=True)
        unit.connection.exec_driver_sql("UPDATE contact SET name = '曾大明' WHERE name = '曾小明'")
        stored(unit, Enterprise, ENTERPRISES, indexed=True)
        unit.commit()
    assert book.check() == []
    with book.read() as reader:
        assert [hit.matched for hit in search.find(reader, "曾大明")] == ["exact"]


WORDS = '["a","b"]'


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("[[1,null],", WORDS),
        ("[[1,null]]", WORDS),
        ('{"0":[1,null],"1":[2,null]}', WORDS),
        ("[[1,null],[2,null]]", ""),
        ("[[1,null],[2,null]]", "[[]]"),
        ("[[1,null],[2,null]]", '["a",null]'),
        ("[[1,null],[2,null]]", '["a",{"b":["c"]}]'),
        # What SQLite would keep, and nobody could read again.
        ('[[1,"\\ud800"],[2,null]]', WORDS),
        (b'[[1,"\xff"],[2,null]]', WORDS),
    ],
)
def test_what_is_no_block_of_entries_is_refused(book: Book, marks: str | bytes, words: str, many: bool) -> None:
    known = KnownEntries(
        PackedEntries(marks.encode() if isinstance(marks, str) else marks, words.encode(), 2), range(2)
    )
    columns = store_all(Enterprise, ENTERPRISES[:2])
    with book.unit("Take") as unit:
        if many:
            unit.expect_many()
        unit.insert_stored(Enterprise, columns, known)
        with pytest.raises(BrokenEntries):
            unit.commit()
    assert book.check() == []


def test_entries_of_a_block_may_be_left_out(book: Book) -> None:
    columns = store_all(Enterprise, ENTERPRISES)
    packed = pack([entries("enterprise", columns)])
    for kept in ([1], [0, 2]):
        with book.unit("Take") as unit:
            some = {name: [column[at] for at in kept] for name, column in columns.items()}
            unit.insert_stored(Enterprise, some, KnownEntries(packed, range(3)).only(kept))
            unit.commit()
    assert book.check() == []
    with book.read() as reader:
        assert [hit.matched for hit in search.find(reader, "长安")] == ["title"]


def test_entries_that_say_nonsense_are_told_by_the_check(book: Book) -> None:
    known = KnownEntries(PackedEntries(b'[["x",7],[8]]', b'["b","=a"]', 2), range(2))
    with book.unit("Take") as unit:
        unit.insert_stored(Enterprise, store_all(Enterprise, ENTERPRISES[:2]), known)
        unit.commit()
    with book.read() as reader:
        assert len(search_index.out_of_step(reader).records) == 2
