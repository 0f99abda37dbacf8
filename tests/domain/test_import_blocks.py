"""A block of rows read column by column says what its rows say one by one, and finds the same ones plain."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import grams, pinyin
from crm_app.domain.import_blocks import BlockReader
from crm_app.domain.import_plain_rows import PlainRows
from crm_app.domain.import_rows import Parsed, RowReader
from crm_app.domain.imports import Column

NAMES = ["甲公司", "重庆乙科技有限公司", "丙（中国）有限公司", "3D打印", " 丁 集团 ", "无", "长行", "\ud800"]
CELLS: dict[str, list[Any]] = {
    "enterprise.name": NAMES,
    "enterprise.uscc": ["91440600549QX0810K", "91440600549qx0810k", "123"],
    "enterprise.category": ["企业", "协会", "什么"],
    "enterprise.province": ["重庆市", "广东省"],
    "enterprise.city": ["重庆市", "佛山市", "/"],
    "enterprise.region": ["重庆市江津区"],
    "enterprise.former_name": ["旧名公司", "暂无"],
    "enterprise.industry": ["新材料", "物流"],
    "enterprise.staff": ["约500人", 12, "很多"],
    "contact.people": ["单晓", "曾小明", "欧阳示", "单晓、曾敏", "张某 总经理 13800000001", "John Smith", "电话"],
    "contact.name": ["曾敏", "李 四"],
    "contact.phone": ["13800000001", "138 0000 0001", "138****0001", "023-87654321", "13800000001、13900000002", "一"],
    "contact.title": ["总经理", " ", "董事长、总经理"],
    "contact.email": ["a@b.cn", "微信：b"],
    "contact.id": ["0190a5a4-0000-7000-8000-000000000000"],
    "lead.title": ["一条线索"],
    "lead.content": ["建设生产线"],
    "lead.note": ["对方关注电价", "A-1234 ㎡", "待定"],
    "lead.intent": ["3", 3.5, "3-5", "面议", "一些", "约1.2亿美元"],
    "lead.registered_on": ["2023-06-14", date(2023, 6, 14), "去年"],
    "lead.owner": ["李华"],
}


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Column], list[list[Any]]]:
    """Return columns and rows; some columns are there twice, some rows end early."""
    targets = draw(st.lists(st.sampled_from([*CELLS, "lead.note"]), min_size=1, max_size=9))
    targets.insert(draw(st.integers(0, len(targets))), "enterprise.name")
    columns = [Column(place, f"列{place}", "亿元", target) for place, target in enumerate(targets)]
    row = st.tuples(*(st.sampled_from([None, *CELLS[target]]) for target in targets)).map(list)
    rows = draw(st.lists(st.tuples(row, st.integers(1, 40)).map(lambda one: one[0][: one[1]]), max_size=6))
    return columns, rows


def meant(row: Parsed) -> dict[str, Any]:
    """Return what a row says, without what it says nothing of."""
    people = tuple({name: value for name, value in one.items() if value} for one in row.values.get("contacts", ()))
    return {**row.values, "contacts": people}


@given(ledgers(), st.booleans(), st.booleans())
def test_a_block_says_what_its_rows_say(
    ledger: tuple[list[Column], list[list[Any]]], leads: bool, indexed: bool
) -> None:
    columns, rows = ledger
    one_by_one = RowReader(columns, {})
    wanted = [one_by_one.read(row) for row in rows]
    plain, others = BlockReader(columns, {}, leads=leads, indexed=indexed).read(rows)
    is_plain = PlainRows([column.target for column in columns], leads=leads).is_plain
    places = [place for place, row in enumerate(wanted) if is_plain(row)]
    assert (list(plain.places) if plain else []) == places
    assert others == {place: row for place, row in enumerate(wanted) if place not in places}
    for at, place in enumerate(places):
        assert plain is not None
        assert meant(plain.row(at)) == meant(wanted[place])


def test_a_block_comes_with_how_its_names_are_read_and_found() -> None:
    targets = ["enterprise.name", "contact.people", "lead.note"]
    columns = [Column(place, target, "", target) for place, target in enumerate(targets)]
    names = ["甲公司", "3D打印(重庆)", "重庆长安汽车"]
    rows = [[names[0], None, None], [names[1], "单晓", None], [names[2], "曾敏", "建3D工厂 x1234"]]
    plain, _others = BlockReader(columns, {}, indexed=True).read(rows)
    assert plain is not None
    assert plain.enterprise.columns["pinyin"] == list(map(pinyin.full, names))
    assert plain.enterprise.columns["initials"] == list(map(pinyin.initials, names))
    assert plain.contact.columns["pinyin"] == ["shan xiao", "zeng min"]
    _enterprises, _contacts, packed = plain.pack()
    *_others, words = json.loads(packed.words)
    assert words.split() == [
        *grams.pairs(grams.fold(names), grams.NAME)[-1].split(),
        *grams.codes(["cqcaqc"], grams.INITIALS, begins=True)[0].split(),
        *grams.syllables(["chong qing chang an qi che"])[0].split(),
        *grams.pairs(grams.fold(["建3D工厂 x1234"]))[0].split(),
        *grams.codes(["x1234"])[0].split(),
    ]
