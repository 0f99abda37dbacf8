"""What was deleted comes back whole: with its parts, and with what it needs to stand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from crm_app.domain.contacts import Position
from crm_app.domain.fields import Record
from crm_app.domain.leads import Lead
from crm_app.domain.records import RECORDS
from crm_app.domain.tasks import Task
from crm_app.domain.trees import HELD_BY, PARTS
from crm_app.domain.visits import Visit, VisitContact
from crm_app.errors import Refused
from crm_app.services import book as books
from crm_app.services import follow_ups, leads, recycle_bin, search, visits
from crm_app.services.book import Book
from tests.projects import new_project
from tests.services.conftest import Bureau


def living(book: Book) -> dict[str, set[UUID]]:
    with book.read() as reader:
        found = {name: {one.id for one in reader.find(record_type)} for name, record_type in RECORDS.items()}
    return {name: ids for name, ids in found.items() if ids}


@pytest.fixture
def met(bureau: Bureau) -> UUID:
    """A visit with people of both sides and a next step, and a lead beside it."""
    leads.log_lead(bureau.book, leads.LogLead("渝能电池(示例)", contact="张总", next_step="下周三 回访"))
    asked = visits.WriteVisit(
        enterprise_id=bureau.battery,
        on=date(2023, 6, 12),
        their_people=("张总",),
        our_people=(bureau.me,),
        talk="要5万㎡厂房",
        next_step="下周五 送资料",
    )
    return visits.write_visit(bureau.book, asked).value


def test_an_enterprise_goes_with_its_dealings_and_comes_back_with_them(bureau: Bureau, met: UUID) -> None:
    book, before = bureau.book, living(bureau.book)
    going = recycle_bin.would_go(book, "enterprise", bureau.battery).counts
    assert going["visit"] == going["lead"] == 1
    assert going["task"] == 2
    recycle_bin.delete(book, "enterprise", bureau.battery)
    assert met not in living(book).get("visit", set())
    (binned,) = recycle_bin.list_deleted(book)
    assert binned.row == bureau.battery
    assert binned.counts == going
    recycle_bin.restore(book, binned.line.n)
    assert living(book) == before
    assert recycle_bin.list_deleted(book) == []
    assert books.check(book) == []
    # Restoring is a step like any other.
    books.undo(book)
    assert [one.row for one in recycle_bin.list_deleted(book)] == [bureau.battery]


def test_a_visit_brings_back_the_enterprise_it_needs(bureau: Bureau, met: UUID) -> None:
    book, before = bureau.book, living(bureau.book)
    recycle_bin.delete(book, "visit", met)
    recycle_bin.delete(book, "enterprise", bureau.battery)
    newer, older = recycle_bin.list_deleted(book)
    assert (newer.table, older.table) == ("enterprise", "visit")
    seen = recycle_bin.preview_restore(book, older.line.n)
    assert "企业 渝能电池(示例)" in seen.needed
    recycle_bin.restore(book, older.line.n)
    assert living(book) == before
    assert recycle_bin.list_deleted(book) == []
    assert search.search(book, "渝能电池", limit=3)


def test_the_bin_is_asked_by_kind_and_read_in_pages(bureau: Bureau) -> None:
    book = bureau.book
    made = [leads.log_lead(book, leads.LogLead(f"线索{n}公司(示例)")).value.lead_id for n in range(5)]
    for lead in made:
        recycle_bin.delete(book, "lead", lead)
    recycle_bin.delete(book, "enterprise", bureau.motors)
    assert [one.row for one in recycle_bin.list_deleted(book, table="lead")] == made[::-1]
    assert [one.row for one in recycle_bin.list_deleted(book, table="enterprise")] == [bureau.motors]
    first = recycle_bin.list_deleted(book, limit=2)
    assert len(recycle_bin.list_deleted(book, before=first[-1].line.n)) == 4


def test_undoing_a_making_is_no_deletion(bureau: Bureau) -> None:
    leads.log_lead(bureau.book, leads.LogLead("新公司(示例)"))
    books.undo(bureau.book)
    assert recycle_bin.list_deleted(bureau.book) == []


def test_a_deletion_undone_and_done_again_is_in_the_bin(bureau: Bureau) -> None:
    book = bureau.book
    recycle_bin.delete(book, "enterprise", bureau.motors)
    books.undo(book)
    assert recycle_bin.list_deleted(book) == []
    books.redo(book)
    (binned,) = recycle_bin.list_deleted(book)
    recycle_bin.restore(book, binned.line.n)
    assert bureau.motors in living(book)["enterprise"]


def test_a_follow_up_goes_with_the_step_it_set(bureau: Bureau) -> None:
    book, before = bureau.book, living(bureau.book)
    made = follow_ups.log_follow_up(
        book, content="催报", mode="电话", enterprise_id=bureau.battery, next_step="明天 回访"
    ).value
    recycle_bin.delete(book, "follow_up", made)
    assert living(book) == before
    with book.read() as reader:
        assert reader.find(Task) == []


def test_nothing_of_it_in_the_bin_is_said(bureau: Bureau) -> None:
    recycle_bin.delete(bureau.book, "enterprise", bureau.motors)
    (binned,) = recycle_bin.list_deleted(bureau.book)
    recycle_bin.restore(bureau.book, binned.line.n)
    for again in (recycle_bin.preview_restore, recycle_bin.restore):
        with pytest.raises(Refused):
            again(bureau.book, binned.line.n)


def test_every_part_and_holder_names_a_reference_that_is_there() -> None:
    for owner, parts in PARTS.items():
        for table, column in parts:
            assert refers(RECORDS[table], column) == owner
    for held, holders in HELD_BY.items():
        for table, column, _sentence in holders:
            assert refers(RECORDS[table], column) == held


def refers(record_type: type[Record], column: str) -> str:
    return record_type.field(column).kind.columns[0].refers_to or ""


def test_the_people_of_a_visit_stay_where_only_the_visit_goes(bureau: Bureau, met: UUID) -> None:
    recycle_bin.delete(bureau.book, "visit", met)
    with bureau.book.read() as reader:
        assert reader.find(VisitContact) == []
        assert reader.find(Visit) == []
        assert reader.find(Position)
        assert reader.find(Lead)


def test_deleting_any_record_says_before_what_goes_and_refuses_what_is_kept(bureau: Bureau, met: UUID) -> None:
    book = bureau.book
    going = recycle_bin.would_go(book, "visit", met)
    assert going.counts["visit"] == 1
    done = recycle_bin.delete(book, "visit", met)
    assert len(done.changes.ids("visit")) == 1
    assert met not in living(book).get("visit", set())
    book.undo()
    assert met in living(book)["visit"]
    made = new_project(book, "电池项目(示例)", [bureau.battery]).value
    with pytest.raises(Refused):
        recycle_bin.would_go(book, "enterprise", bureau.battery)
    with pytest.raises(Refused):
        recycle_bin.delete(book, "enterprise", bureau.battery)
    recycle_bin.delete(book, "project", made)
    assert bureau.battery in living(book)["enterprise"]
