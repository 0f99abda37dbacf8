"""A card's text says who somebody is: Chinese and foreign, downwards and letter-spaced, pasted from a chat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import card_chats, cards
from crm_app.domain.cards import WHY_LABELS, Card, Part, Why

PLAIN = """渝江新能源科技有限公司
张  伟
销售总监
手机：138 0000 0001
电话：023-8765 4321 转 8001
传真：023-87654322
邮箱：zhangwei@yujiang.example.com
地址：重庆市江津区双福新区祥福大道5号
网址：www.yujiang.example.com"""
FOREIGN = """John Smith
Sales Director
Northwind Battery Technology Co., Ltd.
No. 88 Century Avenue, Pudong District, Shanghai 200120
Tel: +86 21 5888 8888 ext. 102
Fax: +86 21 5888 8889
Mobile: +49 171 1234567
j.smith@northwind.example.com
northwind.com"""


def said(card: Card) -> dict[str, list[str]]:
    return {part.value: card.all(part) for part in Part if card.all(part)}


def test_a_chinese_card_is_read_whole() -> None:
    card = cards.read(PLAIN)
    assert said(card) == {
        "name": ["张伟"],
        "title": ["销售总监"],
        "enterprise": ["渝江新能源科技有限公司"],
        "phone": ["138 0000 0001", "023-8765 4321 转 8001"],
        "fax": ["023-87654322"],
        "email": ["zhangwei@yujiang.example.com"],
        "address": ["重庆市江津区双福新区祥福大道5号"],
        "web": ["www.yujiang.example.com"],
    }
    assert card.rest == ()


def test_a_foreign_card_is_read_whole() -> None:
    assert said(cards.read(FOREIGN)) == {
        "name": ["John Smith"],
        "title": ["Sales Director"],
        "enterprise": ["Northwind Battery Technology Co., Ltd."],
        "phone": ["+86 21 5888 8888 ext. 102", "+49 171 1234567"],
        "fax": ["+86 21 5888 8889"],
        "email": ["j.smith@northwind.example.com"],
        "address": ["No. 88 Century Avenue, Pudong District, Shanghai 200120"],
        "web": ["northwind.com"],
    }


@pytest.mark.parametrize(
    ("text", "name", "title", "enterprise"),
    [
        ("张\n某\n某\n总\n经\n理\n\n某某科技有限公司\n13800000003", "张某某", "总经理", "某某科技有限公司"),
        ("张 某 某\n总 经 理\n江 南 装 备 有 限 公 司", "张某某", "总经理", "江南装备有限公司"),
        ("总 经 理  张 伟\n江南装备有限公司", "张伟", "总经理", "江南装备有限公司"),
        ("渝江电池有限公司总经理张伟13800000004", "张伟", "总经理", "渝江电池有限公司"),
        ("张伟销售部总监 渝江电池有限公司", "张伟", "销售部总监", "渝江电池有限公司"),
        ("欧阳晓东 副总裁兼首席技术官 示例装备集团", "欧阳晓东", "副总裁兼首席技术官", "示例装备集团"),
        ("高级经理 高飞 重庆大学机械工程学院", "高飞", "高级经理", "重庆大学机械工程学院"),
        ("王五(示例)\n云岭电机(示例)股份有限公司\n副总裁", "王五(示例)", "副总裁", "云岭电机(示例)股份有限公司"),
        ("姓名：安徽 职务：董事长 单位：华东制造厂", "安徽", "董事长", "华东制造厂"),
        ("商会介绍的李四，云岭电机股份有限公司副总裁", "李四", "副总裁", "云岭电机股份有限公司"),
        ("张总 13800000001，渝江电池有限公司，想看厂房", "张总", "", "渝江电池有限公司"),
        ("江苏某某电机有限公司\n安徽分公司", "", "", "江苏某某电机有限公司"),
    ],
)
def test_names_titles_and_enterprises_are_told_apart(text: str, name: str, title: str, enterprise: str) -> None:
    card = cards.read(text)
    assert (card.first(Part.NAME), card.first(Part.TITLE), card.first(Part.ENTERPRISE)) == (name, title, enterprise)


def test_a_fax_is_no_phone_and_a_mobile_comes_first() -> None:
    card = cards.read("T: 023-87654321  F: 023-87654322  M: +86 138-0000-0002")
    assert card.all(Part.PHONE) == ["+86 138-0000-0002", "023-87654321"]
    assert card.all(Part.FAX) == ["023-87654322"]


def test_several_enterprises_are_all_there() -> None:
    card = cards.read("李某某 董事长\n星河集团股份有限公司（示例）\n重庆星河电池有限公司")
    assert card.all(Part.ENTERPRISE) == ["星河集团股份有限公司(示例)", "重庆星河电池有限公司"]


def test_what_is_not_understood_is_left_to_be_kept_as_a_note() -> None:
    assert cards.read("张总 13800000001，渝江电池有限公司，想看厂房").rest == ("想看厂房",)


def test_a_credit_code_is_no_phone() -> None:
    card = cards.read("渝江电池有限公司 91440600549QX0810K 13800000001")
    assert card.all(Part.PHONE) == ["13800000001"]
    assert card.first(Part.USCC) == "91440600549QX0810K"


def test_what_a_later_message_adds_goes_to_the_person_before_and_talk_to_nobody() -> None:
    found = card_chats.people(
        "王小明 2024-6-13 10:20\n在吗\n王小明 2024-6-13 10:21\n刚加上远帆材料的陈总，电话 138 0000 0055\n"
        "李示例 2024-6-13 10:25\n他们在东莞松山湖，chen@example.com\n李示例 2024-6-13 10:26\n收到\n"
        "王小明 2024-6-13 10:31\n他同事 13900000002"
    )
    assert [card.first(Part.PHONE) for card in found] == ["138 0000 0055", "13900000002"]
    assert (found[0].first(Part.NAME), found[0].first(Part.EMAIL)) == ("陈总", "chen@example.com")
    assert "松山湖" in found[0].text
    assert not any("收到" in card.text or "在吗" in card.text for card in found)


@pytest.mark.parametrize(
    "line", ["A上海市浦东新区(示例)大道1号", "Add.上海市浦东新区(示例)大道1号", "A 上海市浦东新区(示例)大道1号"]
)
def test_a_letter_that_marks_an_address_is_no_part_of_it(line: str) -> None:
    assert cards.read(f"李晓燕\n{line}").first(Part.ADDRESS) == "上海市浦东新区(示例)大道1号"


def test_a_chat_holds_a_person_a_message_and_not_its_senders() -> None:
    found = card_chats.people(
        "单晓 2023/6/14 10:20\n张总 13800000001，渝江电池有限公司\n\n"
        "周科长 2023/6/14 10:21\n收到\n\n单晓 10:25\n李四 副总裁 云岭电机股份有限公司 13800000002"
    )
    assert [(card.first(Part.NAME), card.first(Part.ENTERPRISE)) for card in found] == [
        ("张总", "渝江电池有限公司"),
        ("李四", "云岭电机股份有限公司"),
    ]


def test_lines_and_paragraphs_may_be_people_but_a_card_stays_one() -> None:
    lines = "张总 13800000001，渝江电池有限公司\n李四，13800000002，云岭电机股份有限公司\n要5万㎡厂房"
    found = card_chats.people(lines)
    assert [card.first(Part.NAME) for card in found] == ["张总", "李四"]
    assert "要5万㎡厂房" in found[1].rest
    assert len(card_chats.people(PLAIN)) == 1
    assert [card.first(Part.NAME) for card in card_chats.people(PLAIN + "\n\n" + FOREIGN)] == ["张伟", "John Smith"]


@pytest.mark.parametrize("text", ["", "  \n ", "明天上午开会", "https://example.com/a"])
def test_other_text_names_nobody(text: str) -> None:
    assert not card_chats.is_like_people(text)


def test_every_evidence_has_its_word() -> None:
    assert set(WHY_LABELS) == set(Why)


_LETTERS = st.sampled_from("张伟总经理有限公司电话手机：: ,，\n\t·(（)）138000000001+86-转@w.com路号A座TFM某示例﨎 　")


@given(st.text(_LETTERS, max_size=80) | st.text(max_size=80))
def test_whatever_is_pasted_every_part_stands_where_it_is_said_to(text: str) -> None:
    card = cards.read(text)
    taken = [False] * len(text)
    for one in card.found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.value
        assert not any(taken[one.start : one.end])
        taken[one.start : one.end] = [True] * (one.end - one.start)
    card_chats.people(text)
