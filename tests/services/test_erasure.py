"""The approved erasure of a person: gone from rows, journal, drafts, index, file and copies; what stays is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from crm_app.db import drafts, search, tables, triggers, undo
from crm_app.db.book import Book
from crm_app.db.journal import history, last_undoable
from crm_app.db.tables import RECORD_TABLES
from crm_app.domain import phones
from crm_app.domain.contacts import Contact
from crm_app.domain.leads import Lead
from crm_app.domain.papers import PaperKind
from crm_app.domain.projects import Project
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput, NotFound, Refused
from crm_app.services import access, attachments, enterprises, erasure, leads, merging, papers, recycle_bin
from crm_app.services import book as books
from crm_app.services.papers import Asked
from tests.services.erased import (
    APPROVAL,
    NAME,
    PHONE,
    SECRETS,
    Known,
    hits,
    known,
    tokens,
)

__all__ = ["known"]


def test_nothing_of_the_person_is_left_in_the_file(known: Known) -> None:
    path = known.book.path
    assert tokens(path) >= {"=逯晴", "=晴岚", "+lu_qing", "#398"}
    known.book.write_anew()
    assert set(hits(path)[path.name]) == set(SECRETS)
    erasure.erase(known.book, known.contact, APPROVAL)
    assert hits(path) == {}
    words = {word.lstrip("=~+#") for word in tokens(path)}
    assert not words & {"逯晴", "晴岚", "逯小", "小岚", "qing_lan", "876", "765", "87", "76"}
    known.book.close()
    assert hits(path) == {}


def test_the_book_is_sound_and_shows_a_tombstone(known: Known) -> None:
    page = enterprises.enterprise_page(known.book, known.enterprise)
    enterprises.set_main_contact(known.book, page.contacts[0].position.id)
    erasure.erase(known.book, known.contact, APPROVAL)
    assert books.check(known.book) == []
    with known.book.read() as reader:
        assert triggers.present(reader.connection) == triggers.expected()
        gone = reader.look_up(Contact, known.contact)
        assert gone is not None
        assert gone.name == "（已清除的联系人）"
        assert gone.deleted_at is not None
        assert [gone.phone, gone.email, gone.note, gone.salutation] == [None] * 4
        assert reader.get(Lead, known.lead).note == "××× 说下周回话，电话 ×××"
        assert reader.get(Visit, known.visit).talk == "与×××谈"
        assert [task.what for task in reader.find(Task)] == ["致电×××"]
        assert search.find(reader, "逯晴岚") == search.find(reader, PHONE) == []
        assert [(one.field, one.old, one.new) for one in history(reader, "contact", known.contact)] == [("", "", "")]
        post = RECORD_TABLES["position"]
        held = reader.rows(select(post).where(post.c.contact_id == known.contact.bytes))
        assert {one[name] for one in held for name in ("title", "from_on", "to_on", "main")} == {None}
        row = reader.rows(select(tables.erasure).order_by(tables.erasure.c.n))[0]
        assert (row["approval"], row["who"], row["row"]) == (APPROVAL, "单晓", known.contact.bytes)
    assert [one.contact.name for one in enterprises.enterprise_page(known.book, known.enterprise).contacts] == [
        "王小示"
    ]
    assert drafts.keys(known.book) == ["other"]
    noted = access.entries(known.book)[0]
    assert (noted.act, noted.what) == ("清除联系人", "联系人 （已清除的联系人）")


def test_a_paper_composed_afterwards_names_nobody(known: Known) -> None:
    erasure.erase(known.book, known.contact, APPROVAL)
    paper = papers.compose(known.book, PaperKind.VISIT, Asked(ids=(known.visit,)))
    assert "（已清除的联系人）" in str(paper)
    assert "王小示" in str(paper)
    assert NAME not in str(paper)


def test_texts_that_name_the_person_are_listed_and_left_unless_chosen(known: Known) -> None:
    listed = erasure.preview(known.book, known.contact)
    assert listed.posts == ("渝能电池(示例) 总监", "渝能电池(示例) 首席增长官")
    assert (listed.visits, listed.drafts) == (1, 2)
    assert {(one.table, one.field) for one in listed.mentions} == {
        ("lead", "备注"),
        ("visit", Visit.field("talk").title),
        ("task", Task.field("what").title),
    }
    note = next(one for one in listed.mentions if one.table == "lead")
    assert NAME in note.before
    assert note.after == "××× 说下周回话，电话 ×××"
    done = erasure.erase(known.book, known.contact, APPROVAL, replaced=[note]).value
    assert {one.table for one in done.left} == {"visit", "task"}
    with known.book.read() as reader:
        assert NAME in (reader.get(Visit, known.visit).talk or "")
        assert NAME not in (reader.get(Lead, known.lead).note or "")
    assert sum("仍提到" in line for line in erasure.told(done)) == 2
    assert books.check(known.book) == []


def test_texts_that_name_the_person_in_traditional_characters_are_listed(known: Known) -> None:
    leads.change_lead(known.book, known.lead, note="逯晴嵐說下週回話")
    notes = [one for one in erasure.preview(known.book, known.contact).mentions if one.field == "备注"]
    assert [(one.before, one.after) for one in notes] == [("逯晴嵐說下週回話", "×××說下週回話")]


def test_what_only_the_journal_remembers_is_listed_and_replaced(known: Known) -> None:
    leads.change_lead(known.book, known.lead, note="不再提名")
    listed = erasure.preview(known.book, known.contact)
    assert [one.field for one in listed.mentions if one.table == "lead"] == [""]
    erasure.erase(known.book, known.contact, APPROVAL)
    assert hits(known.book.path) == {}


def test_of_a_renamed_project_neither_name_nor_reading_is_left_in_the_journal(known: Known) -> None:
    with known.book.unit("项目") as unit:
        project = unit.insert(Project, name=f"{NAME}引荐的项目")
        unit.commit()
    with known.book.unit("改名") as unit:
        unit.update(Project, project, name="储能项目")
        renamed = unit.commit().unit
    assert hits(known.book.path, ("lu qing lan yin jian",)) != {}
    erasure.erase(known.book, known.contact, APPROVAL)
    assert hits(known.book.path) == {}
    known.book.undo(renamed)
    with known.book.read() as reader:
        back = reader.get(Project, project)
    assert (back.name, back.pinyin) == ("×××引荐的项目", "yin jian de xiang mu")
    assert books.check(known.book) == []


def undo_everything(book: Book) -> Iterator[str]:
    while True:
        try:
            yield books.undo(book).label
        except Refused as error:
            yield str(error)
            return


def test_undo_never_brings_the_name_back(known: Known) -> None:
    erasure.erase(known.book, known.contact, APPROVAL)
    assert list(undo_everything(known.book)) == [
        "在此之后清除过联系人，清除不能撤销。要撤销更早的操作，请到变更记录里选择。"
    ]
    with pytest.raises(Refused):
        books.redo(known.book)
    enterprises.create_enterprise(known.book, name="后来的公司(示例)")
    assert [one[:3] for one in undo_everything(known.book)] == ["撤销：", "在此之"]
    books.redo(known.book)
    assert hits(known.book.path) == {}
    with known.book.read() as reader:
        gone = reader.look_up(Contact, known.contact)
        assert gone is not None
        assert gone.deleted_at is not None
    assert books.check(known.book) == []


def test_an_erasure_itself_is_never_undone(known: Known) -> None:
    done = erasure.erase(known.book, known.contact, APPROVAL)
    assert done.changes.unit is not None
    assert not done.changes.undoable
    with pytest.raises(Refused, match="依批准清除联系人"), known.book.unit("撤销") as unit:
        undo.take_back(unit, done.changes.unit)


def test_no_earlier_unit_can_be_undone_into_life(known: Known) -> None:
    """Each unit by itself, oldest first, as far as anything stands in its way."""
    erasure.erase(known.book, known.contact, APPROVAL)
    with known.book.read() as reader:
        numbers = [row["n"] for row in reader.rows(select(tables.unit.c.n))]
    for n in numbers:
        try:
            with known.book.unit("撤销") as unit:
                undo.take_back(unit, n)
                unit.commit()
        except Refused:
            continue
    assert hits(known.book.path) == {}
    with known.book.read() as reader:
        gone = reader.look_up(Contact, known.contact)
        assert gone is not None
        assert gone.deleted_at is not None


def test_undoing_an_earlier_change_of_a_replaced_text_works_without_the_name(known: Known) -> None:
    leads.change_lead(known.book, known.lead, note=f"找{NAME}")
    with known.book.read() as reader:
        step = last_undoable(reader)
    assert step is not None
    erasure.erase(known.book, known.contact, APPROVAL)
    known.book.undo(step.n)
    with known.book.read() as reader:
        assert reader.get(Lead, known.lead).note == "××× 说下周回话，电话 ×××"


def test_what_comes_back_from_the_recycle_bin_brings_no_tombstone_along(known: Known) -> None:
    with known.book.unit("删除线索") as unit:
        unit.delete(Lead, known.lead)
        unit.commit()
    erasure.erase(known.book, known.contact, APPROVAL)
    (binned,) = recycle_bin.list_deleted(known.book)
    recycle_bin.restore(known.book, binned.line.n)
    with known.book.read() as reader:
        assert reader.get(Lead, known.lead).contact_id == known.contact
        gone = reader.look_up(Contact, known.contact)
        assert gone is not None
        assert gone.deleted_at is not None
    assert recycle_bin.list_deleted(known.book) == []
    assert books.check(known.book) == []


def test_an_attachment_named_after_the_person_is_listed_and_renamed(known: Known) -> None:
    given = attachments.Given(f"{NAME}名片.txt", "名片".encode())
    attachments.attach(known.book, [given], enterprise_id=known.enterprise)
    listed = erasure.preview(known.book, known.contact).mentions
    assert [one.after for one in listed if one.table == "attachment"] == ["×××名片.txt"]
    done = erasure.erase(known.book, known.contact, APPROVAL).value
    assert any("附件" in line and "内容" in line for line in erasure.told(done))
    assert hits(known.book.path) == {}


def test_a_final_paper_that_keeps_the_name_is_named_and_stays(known: Known) -> None:
    asked = Asked(ids=(known.visit,))
    kept = papers.draft(known.book, papers.compose(known.book, PaperKind.VISIT, asked), asked).value
    for _step in range(2):
        for point in papers.barring(known.book, papers.issued(known.book, kept)):
            papers.answer(known.book, kept, point.key, "已核")
        papers.advance(known.book, kept)
    before = papers.final_bytes(known.book, kept)
    done = erasure.erase(known.book, known.contact, APPROVAL).value
    ((paper, title),) = done.before.papers
    assert paper == kept
    assert any(title in line and "保留" in line for line in erasure.told(done))
    assert papers.final_bytes(known.book, kept) == before


def test_a_kept_draft_of_a_paper_is_a_text_like_others(known: Known) -> None:
    asked = Asked(ids=(known.visit,))
    kept = papers.draft(known.book, papers.compose(known.book, PaperKind.VISIT, asked), asked).value
    erasure.erase(known.book, known.contact, APPROVAL)
    assert "×××" in str(papers.paper_of(papers.issued(known.book, kept)))
    assert hits(known.book.path) == {}


def test_an_erasure_wants_an_approval_that_does_not_name_the_person(known: Known) -> None:
    for approval in ("", "  ", f"{NAME}本人申请", "139-8765-4321 来电"):
        with pytest.raises(BadInput):
            erasure.erase(known.book, known.contact, approval)
    with known.book.read() as reader:
        assert reader.get(Contact, known.contact).name == NAME
    assert access.entries(known.book) == []


def test_an_entry_that_was_merged_into_the_person_goes_along(known: Known) -> None:
    second = enterprises.create_enterprise(known.book, name="同一家(示例)").value
    enterprises.add_contact(known.book, second, name=NAME, phone=phones.parse(PHONE), note="另一条备注")
    merging.merge(known.book, known.enterprise, [second])
    assert all(mention.table != "contact" for mention in erasure.preview(known.book, known.contact).mentions)
    erasure.erase(known.book, known.contact, APPROVAL)
    with known.book.read() as reader:
        assert NAME not in {one["name"] for one in reader.rows(select(RECORD_TABLES["contact"]))}
    known.book.write_anew()
    assert "另一条备注".encode() not in known.book.path.read_bytes()


def test_a_person_is_erased_once(known: Known) -> None:
    erasure.erase(known.book, known.contact, APPROVAL)
    with pytest.raises(NotFound):
        erasure.erase(known.book, known.contact, APPROVAL)
    with pytest.raises(NotFound):
        erasure.erase(known.book, known.enterprise, APPROVAL)


def test_a_contact_in_the_recycle_bin_before_is_gone_as_well(known: Known) -> None:
    """Nothing of a deleted contact comes back either: undoing the deletion finds nothing to bring back."""
    with known.book.unit("删除") as unit:
        unit.delete(Contact, known.contact)
        unit.commit()
    with known.book.unit("恢复") as unit:
        unit.connection.execute(
            tables.RECORD_TABLES["contact"]
            .update()
            .where(tables.RECORD_TABLES["contact"].c.id == known.contact.bytes)
            .values(deleted_at=None)
        )
        unit.commit()
    erasure.erase(known.book, known.contact, APPROVAL)
    list(undo_everything(known.book))
    assert hits(known.book.path) == {}


def test_the_same_name_may_be_entered_again(known: Known) -> None:
    erasure.erase(known.book, known.contact, APPROVAL)
    again = enterprises.add_contact(known.book, known.enterprise, name=NAME, phone=f"+86{PHONE}").value
    assert again != known.contact
    with known.book.read() as reader:
        assert [hit.id for hit in search.find(reader, "逯晴岚")] == [again]
    assert erasure.erase_again(known.book) == erasure.Reached()
