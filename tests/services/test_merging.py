"""Merging enterprises: everything relinked, nothing lost, taken back at any time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from crm_app.db.tables import RECORD_TABLES
from crm_app.db.unit import Unit
from crm_app.domain.duplicates import ALIKE, TOLD_ONLY, DistinctPair, Merger
from crm_app.domain.enterprises import Enterprise, EnterpriseName, Label, NameKind
from crm_app.domain.fields import RECORDS, Field, Record, When
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import AnyMoney, Choice, Day, Fuzzy, Money, Option, Ref, Text, Whole
from crm_app.domain.projects import Investor, Project
from crm_app.domain.targets import Annual
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.services import book as books
from crm_app.services import drafts, duplicates, enterprises, merging, recycle_bin
from crm_app.services.book import Book
from crm_app.services.merging import Choices
from tests.services.whole_book import in_step, rows

CODE, OTHER_CODE = "91350900587527783P", "91110000600037341L"


def made(book: Book, name: str, **values: Any) -> UUID:
    return enterprises.create_enterprise(book, name=name, **values).value


class Filler:
    """Makes a row of any table, whose references to some tables are given; needed rows are made on the way."""

    def __init__(self, unit: Unit, given_rows: dict[str, UUID]) -> None:
        self.unit, self.rows = unit, given_rows

    def row(self, record_type: type[Record]) -> UUID:
        values: dict[str, Any] = {}
        for field in record_type.fields:
            if isinstance(field.kind, Ref):
                target = field.kind.table
                if target in self.rows or field.required is When.CREATE:
                    values[field.name] = self.rows.get(target) or self.row(RECORDS[target])
            elif field.required is When.CREATE:
                values[field.name] = self.value(field)
        return self.unit.insert(record_type, **values)

    def value(self, field: Field) -> Any:
        kind = field.kind
        if isinstance(kind, Option):
            return next(iter(kind.options))
        if isinstance(kind, Day):
            return date(2023, 6, 1)
        if isinstance(kind, (Whole, Money)):
            return 2023
        if isinstance(kind, (Fuzzy, AnyMoney)):
            return kind.parse("2023-06-01" if isinstance(kind, Fuzzy) else "1亿")
        assert isinstance(kind, (Text, Choice)), f"{field.name}: what does a {type(kind).__name__} look like?"
        return f"样{field.name}"


def test_everything_that_refers_to_a_merged_record_is_relinked(book: Book) -> None:
    """A reference that is new in a table is walked here; one that cannot move must be named in TOLD_ONLY."""
    phone = "+8613800000000"
    winner, loser, third = made(book, "甲"), made(book, "乙"), made(book, "丙")
    stays = enterprises.add_contact(book, winner, name="张三", phone=phone).value
    goes = enterprises.add_contact(book, loser, name="张三", phone=phone).value
    walked = [
        (table, key.parent.name, key.column.table.name)
        for table in RECORD_TABLES.values()
        for key in table.foreign_keys
        if key.column.table.name in ("enterprise", "contact") and table.name not in TOLD_ONLY
    ]
    with book.unit("一切") as unit:
        for name in {table.name for table, _column, _target in walked} - {"distinct_pair"}:
            Filler(unit, {"enterprise": loser, "contact": goes}).row(RECORDS[name])
        unit.commit()
    duplicates.tell_apart(book, [(loser, third)])
    before = rows(book)
    undo = merging.merge(book, winner, [loser]).changes.unit
    went = {"enterprise": (loser, winner), "contact": (goes, stays)}
    with book.read() as reader:
        for table, column, target in walked:
            old, new = (row.bytes for row in went[target])
            left = reader.rows(select(table.c.id).where(table.c[column] == old))
            living = [row for row in left if (table.name, row["id"]) in rows(book)]
            assert not living, f"{table.name}.{column} still refers to what was merged"
            # Of a pair told apart the smaller id stands first.
            found = reader.rows(select(table.c.id).where(table.c[column] == new))
            assert found or table.name == "distinct_pair", f"{table.name}.{column}"
    assert in_step(book)
    # Of the made-up attachment there is no file.
    assert ["附件" in sentence for sentence in book.check()] == [True]
    book.undo(undo)
    assert rows(book) == before
    assert in_step(book)


def test_what_may_become_one_row_is_referred_to_by_nothing() -> None:
    """A row that leaves for another takes no reference with it; a table that gains one needs a rule of its own."""
    joined = {*ALIKE, *(name for name, kind in RECORDS.items() if kind.unique)}
    referred = {key.column.table.name for table in RECORD_TABLES.values() for key in table.foreign_keys}
    assert not joined & referred


def test_the_losing_name_becomes_another_name(book: Book) -> None:
    winner = made(book, "宁德时代新能源科技股份有限公司", uscc=CODE)
    loser = made(book, "宁德时代", products="动力电池")
    enterprises.add_name(book, loser, "宁王", NameKind.SHORT)
    shown = merging.preview(book, winner, [loser])
    assert shown.names == (("宁德时代", NameKind.ALIAS),)
    merging.merge(book, winner, [loser], Choices(kinds={"宁德时代": NameKind.SHORT}))
    page = enterprises.enterprise_page(book, winner)
    assert {(one.name, one.kind) for one in page.names} == {("宁德时代", NameKind.SHORT), ("宁王", NameKind.SHORT)}
    assert page.enterprise.products == "动力电池"
    assert [one.enterprise.id for one in enterprises.suggest(book, "宁德时代")] == [winner]


def test_the_preview_proposes_what_is_filled_in_the_newer_and_the_code(book: Book) -> None:
    winner = made(book, "甲", address="旧址", revenue=100, revenue_year=2022, industry="制造")
    loser = made(book, "乙", uscc=CODE, address="新址", revenue=50, revenue_year=2021)
    enterprises.change_enterprise(book, winner, address="更新的地址")
    kept = {line.name: line.kept for line in merging.preview(book, winner, [loser]).fields}
    assert kept["name"] == winner
    assert kept["uscc"] == loser
    assert kept["address"] == winner
    assert kept["revenue"] == kept["revenue_year"] == winner
    enterprises.change_enterprise(book, loser, address="最新的地址")
    assert {line.name: line.kept for line in merging.preview(book, winner, [loser]).fields}["address"] == loser
    enterprises.change_enterprise(book, winner, products="动力电池、储能")
    enterprises.change_enterprise(book, loser, products="动力电池")
    assert {line.name: line.kept for line in merging.preview(book, winner, [loser]).fields}["products"] == winner
    merging.merge(book, winner, [loser], Choices({"name": loser, "address": winner}))
    page = enterprises.enterprise_page(book, winner)
    assert (page.enterprise.name, page.enterprise.uscc, page.enterprise.address) == ("乙", CODE, "更新的地址")
    assert [one.name for one in page.names] == ["甲"]


def test_rows_that_would_clash_become_one_and_the_preview_says_so(book: Book) -> None:
    winner, loser = made(book, "甲"), made(book, "乙")
    with book.unit("两份") as unit:
        project = unit.insert(Project, name="项目")
        for row, share, output in ((winner, "60", 100), (loser, "40", 200)):
            unit.insert(Investor, project_id=project, enterprise_id=row, share=Decimal(share))
            unit.insert(Annual, enterprise_id=row, year=2022, output=output, tax=None if row == winner else 5)
            unit.insert(Label, enterprise_id=row, honour="高新技术企业", year=2022)
        unit.insert(Label, enterprise_id=loser, honour="瞪羚企业", year=2022)
        unit.insert(EnterpriseName, enterprise_id=loser, name="甲", kind=NameKind.ALIAS)
        unit.commit()
    before = rows(book)
    shown = merging.preview(book, winner, [loser])
    assert shown.moves == {"label": 1}
    assert len(shown.joins) == 3
    assert any("200" in sentence for sentence in shown.joins)
    undo = merging.merge(book, winner, [loser]).changes.unit
    with book.read() as reader:
        (investor,) = reader.find(Investor)
        (annual,) = reader.find(Annual)
        assert (investor.enterprise_id, investor.share) == (winner, Decimal(100))
        assert (annual.output, annual.tax) == (100, 5)
        assert len(reader.find(Label, enterprise_id=winner)) == 2
        assert [one.name for one in reader.find(EnterpriseName)] == ["乙"]
    book.undo(undo)
    assert rows(book) == before


def test_one_person_entered_twice_becomes_one_contact(book: Book) -> None:
    winner, loser = made(book, "甲"), made(book, "乙")
    phone = "+8613800000000"
    stays = enterprises.add_contact(book, winner, name="张三", title="总经理", phone=phone, note="爱喝茶").value
    goes = enterprises.add_contact(book, loser, name="张三", title="总经理", phone=phone, note="爱下棋").value
    other = enterprises.add_contact(book, loser, name="张三", phone="+8613900000000").value
    assert len(merging.preview(book, winner, [loser]).people) == 1
    merging.merge(book, winner, [loser])
    people = {one.contact.id: one.contact for one in enterprises.enterprise_page(book, winner).contacts}
    assert set(people) == {stays, other}
    assert people[stays].note == "爱喝茶\n爱下棋"
    assert enterprises.enterprise_of(book, goes) == winner


def test_of_two_main_contacts_that_of_the_enterprise_that_stays_remains(book: Book) -> None:
    winner, loser, third = made(book, "甲"), made(book, "乙"), made(book, "丙")
    phone = "+8613800000000"
    for row, name in ((winner, "张三"), (winner, "王五"), (loser, "李四"), (third, "张三")):
        enterprises.add_contact(book, row, name=name, phone=phone if name == "张三" else None)
    for row, at in ((winner, 1), (loser, 0), (third, 0)):
        enterprises.set_main_contact(book, enterprises.enterprise_page(book, row).contacts[at].position.id)
    before = rows(book)
    undo = merging.merge(book, winner, [loser, third]).changes.unit
    contacts = enterprises.enterprise_page(book, winner).contacts
    assert [one.contact.name for one in contacts if one.position.main] == ["王五"]
    book.undo(undo)
    assert rows(book) == before


def test_whoever_asks_for_a_merged_one_is_led_on(book: Book) -> None:
    one, two, three = made(book, "甲"), made(book, "乙"), made(book, "丙")
    merging.merge(book, two, [one])
    merging.merge(book, three, [two])
    assert merging.survivor(book, one) == three
    assert enterprises.enterprise_page(book, one).enterprise.id == three
    assert enterprises.enterprise_of(book, one) == three
    assert books.find_record(book, str(one)).id == three


def test_it_is_taken_back_after_other_work(book: Book) -> None:
    winner, loser = made(book, "甲"), made(book, "乙", address="某路1号")
    with book.unit("记") as unit:
        unit.insert(Visit, enterprise_id=loser, on=date(2023, 5, 1))
        unit.commit()
    undo = merging.merge(book, winner, [loser]).changes.unit
    with book.unit("后来") as unit:
        later = unit.insert(Visit, enterprise_id=winner, on=date(2023, 6, 1))
        unit.insert(FollowUp, enterprise_id=winner, on=date(2023, 6, 2), content="后来的", mode="电话")
        unit.commit()
    enterprises.change_enterprise(book, winner, products="改了别的")
    book.undo(undo)
    with book.read() as reader:
        assert [one.on for one in reader.find(Visit, enterprise_id=loser)] == [date(2023, 5, 1)]
        assert [one.id for one in reader.find(Visit, enterprise_id=winner)] == [later]
        assert reader.get(Enterprise, winner).address is None
    assert in_step(book)


def test_later_changes_of_the_same_field_are_named_with_their_step(book: Book) -> None:
    winner, loser = made(book, "甲"), made(book, "乙", address="某路1号")
    undo = merging.merge(book, winner, [loser]).changes.unit
    later = enterprises.change_enterprise(book, winner, address="改过的").changes.unit
    with pytest.raises(Refused) as refused:
        book.undo(undo)
    assert str(later) in str(refused.value)
    book.undo(later)
    book.undo(undo)
    assert enterprises.enterprise_page(book, loser).enterprise.id == loser


def test_several_go_into_one_and_back(book: Book) -> None:
    winner, *losers = (made(book, name) for name in ("甲", "乙", "丙"))
    with book.unit("上级") as unit:
        daughter = unit.insert(Enterprise, name="丁", parent_id=losers[0])
        unit.update(Enterprise, winner, parent_id=losers[1])
        unit.commit()
    before = rows(book)
    undo = merging.merge(book, winner, losers).changes.unit
    with book.read() as reader:
        assert reader.get(Enterprise, daughter).parent_id == winner
        assert reader.get(Enterprise, winner).parent_id is None
        assert len(reader.find(Merger)) == 2
    book.undo(undo)
    assert rows(book) == before
    book.redo()
    assert [one.name for one in enterprises.all_enterprises(book)] == ["丁", "甲"]


def test_no_enterprise_comes_to_stand_above_itself(book: Book) -> None:
    winner, loser = made(book, "甲"), made(book, "乙")
    daughter = made(book, "丙", parent_id=loser)
    enterprises.change_enterprise(book, winner, parent_id=daughter)
    other = made(book, "丁")
    assert any("丙" in one for one in merging.preview(book, winner, [loser]).joins)
    done = merging.merge(book, winner, [loser]).changes.unit
    with book.read() as reader:
        assert reader.get(Enterprise, daughter).parent_id == winner
        assert reader.get(Enterprise, winner).parent_id is None
    for below in (winner, daughter):
        with pytest.raises(BadInput) as refused:
            enterprises.change_enterprise(book, winner, parent_id=below)
        assert refused.value.field == "parent_id"
    book.undo(done)
    freed = enterprises.change_enterprise(book, daughter, parent_id=other).changes.unit
    enterprises.change_enterprise(book, loser, parent_id=winner)
    with pytest.raises(Refused):
        book.undo(freed)
    assert books.check(book) == []
    with book.unit("绕") as unit:
        unit.update(Enterprise, daughter, parent_id=loser)
        unit.commit()
    (told,) = books.check(book)
    assert all(name in told for name in "甲乙丙")


def test_a_draft_of_a_merged_enterprise_is_found_on_the_page_of_the_one_it_went_into(book: Book) -> None:
    winner, loser, other = (made(book, name) for name in ("甲", "乙", "丙"))
    drafts.keep(book, f"enterprise:{loser}", {"note": "写到一半"})
    drafts.keep(book, f"visit:new:{loser}", {"enterprise": str(loser), "talk": "谈了厂房"})
    drafts.keep(book, f"next_step:{loser}", {"next_step": "明天回访"})
    drafts.keep(book, f"next_step:{winner}", {"next_step": "后天回访"})
    drafts.keep(book, f"next_step:{other}", {"next_step": "不动"})
    merging.merge(book, winner, [loser])
    assert drafts.load(book, f"enterprise:{winner}") == {"note": "写到一半"}
    assert drafts.load(book, f"visit:new:{winner}") == {"enterprise": str(winner), "talk": "谈了厂房"}
    assert drafts.load(book, f"next_step:{winner}") == {"next_step": "后天回访"}
    assert drafts.load(book, f"next_step:{other}") == {"next_step": "不动"}
    assert {one.values["next_step"] for one in drafts.waiting(book) if one.gone} == {"明天回访"}


def test_what_was_told_apart_from_a_merged_one_is_told_apart_from_the_winner(book: Book) -> None:
    winner, loser, third = made(book, "宁德时代"), made(book, "宁德时代新能源"), made(book, "宁德时代科技")
    duplicates.tell_apart(book, [(loser, third), (winner, third), (winner, loser)])
    merging.merge(book, winner, [loser])
    with book.read() as reader:
        (pair,) = reader.find(DistinctPair)
    assert {pair.one_id, pair.other_id} == {winner, third}
    assert duplicates.scan(book).groups == ()


def test_pairs_told_apart_among_several_that_are_merged_leave(book: Book) -> None:
    winner, *losers = (made(book, name) for name in ("甲", "乙", "丙"))
    third = made(book, "丁")
    duplicates.tell_apart(book, [(winner, losers[0]), (winner, losers[1]), (losers[0], losers[1]), (losers[1], third)])
    before = rows(book)
    undo = merging.merge(book, winner, losers).changes.unit
    with book.read() as reader:
        (pair,) = reader.find(DistinctPair)
    assert {pair.one_id, pair.other_id} == {winner, third}
    book.undo(undo)
    assert rows(book) == before


def test_two_that_went_into_one_another_lead_to_one_of_them(book: Book) -> None:
    one, two = made(book, "甲"), made(book, "乙")
    recycle_bin.restore(book, merging.merge(book, two, [one]).changes.unit or 0)
    merging.merge(book, one, [two])
    assert merging.survivor(book, two) == one
    recycle_bin.delete(book, "enterprise", one)
    assert merging.survivor(book, two) in (one, two)


def test_a_merge_is_no_deletion_to_restore(book: Book) -> None:
    merging.merge(book, made(book, "甲"), [made(book, "乙")])
    assert recycle_bin.list_deleted(book) == []


def test_nobody_goes_into_itself_or_into_one_that_is_gone(book: Book) -> None:
    one, gone = made(book, "甲"), made(book, "乙")
    with pytest.raises(BadInput):
        merging.preview(book, one, [one])
    with pytest.raises(BadInput):
        merging.merge(book, one, [])
    recycle_bin.delete(book, "enterprise", gone)
    with pytest.raises(NotFound):
        merging.merge(book, one, [gone])
    with pytest.raises(BadInput):
        merging.preview(book, one, [made(book, "丙")], Choices({"address": gone}))


def test_the_one_with_a_code_is_proposed_to_stay(book: Book) -> None:
    one, two = made(book, "甲", address="某路1号", products="电池"), made(book, "乙", uscc=CODE)
    assert merging.propose_winner(book, [one, two]) == two
    third = made(book, "丙", uscc=OTHER_CODE)
    assert merging.preview(book, two, [third]).codes
    assert not merging.preview(book, two, [one]).codes
