"""A confirmed card becomes a contact with a post at an enterprise found or made, all in one unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, NameKind
from crm_app.errors import BadInput
from crm_app.services import book as books
from crm_app.services import cards, enterprises
from crm_app.services.book import Book
from crm_app.services.cards import Confirmed

CODE = "91440600549QX0810K"
ZHANG = Confirmed(
    "张伟",
    "渝江电池(示例)有限公司",
    title="销售总监",
    phones=("138 0000 0001", "023-8765 4321 转 8001"),
    email="z@yujiang.example",
    address="重庆市江津区滨江路88号",
    note="想看厂房",
)


def test_a_card_makes_an_enterprise_a_contact_and_a_post_and_one_undo_takes_them_back(book: Book) -> None:
    made = cards.keep(book, [ZHANG]).value
    with book.read() as reader:
        contact = reader.get(Contact, made[0])
        post = reader.find(Position, contact_id=made[0])[0]
        enterprise = reader.get(Enterprise, post.enterprise_id)
    assert (contact.phone, contact.email) == ("+8613800000001", "z@yujiang.example")
    assert contact.note is not None
    assert "8001" in contact.note
    assert "想看厂房" in contact.note
    assert (post.title, enterprise.name) == ("销售总监", "渝江电池(示例)有限公司")
    assert enterprise.address == "重庆市江津区滨江路88号"
    books.undo(book)
    assert len(enterprises.all_enterprises(book)) == 0


def test_the_enterprise_is_found_by_alias_and_code_and_blanks_alone_are_filled(book: Book) -> None:
    known = enterprises.create_enterprise(book, name="渝江电池(示例)股份有限公司", address="成都市").value
    enterprises.add_name(book, known, "渝江电池", NameKind.SHORT)
    cards.keep(book, [replace(ZHANG, enterprise="渝江电池")])
    cards.keep(book, [replace(ZHANG, name="李四", enterprise="", enterprise_id=known, uscc=CODE)])
    with book.read() as reader:
        enterprise = reader.get(Enterprise, known)
        assert len(reader.find(Position, enterprise_id=known)) == 2
        assert reader.find(Contact, name="张伟")[0].note is not None
    assert (enterprise.uscc, enterprise.address) == (CODE, "成都市")


def test_somebody_known_keeps_what_is_known_and_what_differs_is_noted(book: Book) -> None:
    first = cards.keep(book, [replace(ZHANG, email="", note="")]).value
    second = cards.keep(book, [replace(ZHANG, phones=("13900000009",), title="副总裁")]).value
    assert first == second
    with book.read() as reader:
        contact = reader.get(Contact, first[0])
        posts = reader.find(Position, contact_id=first[0])
    assert (contact.phone, contact.email) == ("+8613800000001", "z@yujiang.example")
    assert "139 0000 0009" in (contact.note or "")
    assert [(post.title, post.to_on is None) for post in posts] == [("销售总监", False), ("副总裁", True)]
    assert cards.keep(book, [replace(ZHANG, phones=("13900000009",), title="副总裁")]).changes.unit is None


def test_what_a_card_may_mean_is_named_with_its_evidence(book: Book) -> None:
    cards.keep(book, [ZHANG])
    by_name = cards.look_up(book, "渝江电池(示例)有限公司")
    assert [(one.why, one.sure) for one in by_name] == [("same_name", True)]
    assert [one.why for one in cards.look_up(book, "渝江电池(示例)股份有限公司")] == ["same_key"]
    phone = cards.look_up(book, "别家公司", phone="138-0000-0001")
    assert [(one.why, one.who) for one in phone] == [("same_phone", "张伟")]
    assert set(cards.WHY_KNOWN) >= {one.why for one in (*by_name, *phone)}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"enterprise": ""}, "enterprise"), ({"phones": ("123",)}, None), ({"uscc": "1"}, None)],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(book: Book, wrong: dict[str, object], field: str | None) -> None:
    with pytest.raises(BadInput) as refused:
        cards.keep(book, [ZHANG, replace(ZHANG, **wrong)])  # type: ignore[arg-type]
    assert refused.value.field == field
    assert len(enterprises.all_enterprises(book)) == 0


def test_the_picture_is_kept_with_the_enterprise_in_the_same_unit(book: Book) -> None:
    cards.keep(book, [replace(ZHANG, picture=("名片 张伟.png", b"\x89PNG\r\n\x1a\nx"))])
    with book.read() as reader:
        held = reader.find(Attachment)[0]
        enterprise = reader.find(Enterprise)[0]
    assert (held.name, held.kind, held.enterprise_id) == ("名片 张伟.png", "image/png", enterprise.id)
    books.undo(book)
    with book.read() as reader:
        assert reader.find(Attachment) == []


def test_where_reading_pictures_is_not_installed_the_command_is_said(book: Book) -> None:
    if not cards.can_read_pictures():
        with pytest.raises(BadInput, match="outreach-crm"):
            cards.read_picture(b"x", "card.png")
