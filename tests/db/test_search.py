import random
from datetime import date

import pytest

from crm_app.db import search, search_common, search_index
from crm_app.db.book import Book
from crm_app.db.reader import Borrowed
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName, NameKind
from crm_app.domain.records import RECORDS
from crm_app.domain.search_kinds import KINDS
from crm_app.domain.visits import Visit


def found(book: Book, query: str, **narrowed: object) -> list[tuple[str, str]]:
    with book.read() as reader:
        hits = search.find(reader, query, **narrowed)  # type: ignore[arg-type]
        return [
            (hit.matched, str(reader.get(RECORDS[hit.table], hit.id).shown(_TITLES.get(hit.table, "name"))))
            for hit in hits
        ]


_TITLES = {"lead": "title", "visit": "talk", "follow_up": "content", "trip": "title"}


def add(book: Book, *names: str) -> None:
    with book.unit("Add") as unit:
        unit.insert_many(Enterprise, [{"name": name} for name in names])
        unit.commit()


def test_every_searched_kind_has_its_number() -> None:
    searched = {name for name, record in RECORDS.items() if any(field.searched for field in record.fields)}
    assert searched - {"enterprise_name"} == set(KINDS)


def test_best_first(book: Book) -> None:
    with book.unit("Add") as unit:
        other = unit.insert(Enterprise, name="重庆长风科技有限公司")
        unit.insert(EnterpriseName, enterprise_id=other, name="长安", kind=NameKind.ALIAS)
        for name in ("北京长安汽车服务", "长安汽车股份", "长安"):
            unit.insert(Enterprise, name=name)
        unit.insert(Enterprise, name="示例电池", products="长安汽车配套")
        unit.commit()
    assert found(book, "长安") == [
        ("exact", "长安"),
        ("exact", "重庆长风科技有限公司"),
        ("prefix", "长安汽车股份"),
        ("title", "北京长安汽车服务"),
        ("inside", "示例电池"),
    ]


def test_a_common_word_hides_neither_the_exact_name_nor_the_alias(book: Book) -> None:
    add(book, *(f"{n:03}号新能源有限公司" for n in range(150)), "新能源")
    with book.unit("Alias") as unit:
        made = unit.insert(Enterprise, name="示例科技")
        unit.insert(EnterpriseName, enterprise_id=made, name="新能源汽车", kind=NameKind.SHORT)
        unit.commit()
    assert found(book, "新能源")[:2] == [("exact", "新能源"), ("prefix", "示例科技")]
    assert len(found(book, "新能源", limit=500)) == 152
    assert found(book, "新能源") == found(book, "新能源")


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("jwjy", "initials"),
        ("gzjw", "initials"),
        ("wj", "initials"),
        ("juwan", "pinyin"),
        ("juwanjiy", "pinyin"),
        ("guangzhoujuw", "pinyin"),
        ("jw技研", "pinyin"),
        ("juwan技研", "pinyin"),
        ("巨wan", "pinyin"),
        ("juwjy", "pinyin"),
        ("技研", "title"),
        ("研有", "title"),
        ("ma5u", "inside"),
        ("１０８", "inside"),
        ("广州 技研", "title"),
    ],
)
def test_a_name_is_found_as_it_is_typed(book: Book, query: str, matched: str) -> None:
    with book.unit("Add") as unit:
        unit.insert(Enterprise, name="广州巨湾技研有限公司", uscc="91500108MA5U7D3C7W")
        unit.insert(Enterprise, name="广州技术研究院")
        unit.insert(Enterprise, name="北京广汇科技", products="示技")
        unit.commit()
    assert found(book, query)[0] == (matched, "广州巨湾技研有限公司")


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("能", ["exact", "prefix", "title", "title"]),
        ("xn", ["initials", "initials"]),
        ("13", ["inside"]),
        ("谈", ["inside", "inside"]),
        ("談", ["inside", "inside"]),
        ("能 源", ["title"]),
        ("苏州 能", ["title"]),
        ("再谈 次", ["inside"]),
    ],
)
def test_what_very_many_hold_is_found_without_gathering_them(
    book: Book, monkeypatch: pytest.MonkeyPatch, query: str, matched: list[str]
) -> None:
    monkeypatch.setattr(search_common, "_MANY_PAGES", -1)
    add(book, "苏州新能源", "能", "能效", "智能", "新农")
    with book.unit("Talk") as unit:
        unit.insert(Contact, name="张三", phone="13883112233")
        unit.insert(Visit, enterprise_id=unit.find(Enterprise)[0].id, on=date(2023, 6, 14), talk="再谈一次")
        unit.insert(Visit, enterprise_id=unit.find(Enterprise)[0].id, on=date(2023, 6, 15), talk="又談了")
        unit.commit()
    assert [one for one, _name in found(book, query)] == matched


def test_a_mixture_stands_in_one_piece(book: Book) -> None:
    add(book, "中山凯江思显示科技", "中山泽盛科技")
    with book.unit("Alias") as unit:
        named = unit.insert(Enterprise, name="示例公司")
        unit.insert(EnterpriseName, enterprise_id=named, name="周氏科技", kind=NameKind.ALIAS)
        unit.commit()
    assert found(book, "zs科技") == [("pinyin", "中山泽盛科技"), ("pinyin", "示例公司")]


def test_a_mixture_that_very_many_could_be_is_found_by_its_initials(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_READ", 2)
    add(book, "甲乙调味品", "丙丁调味品", "阳泰调味品", "戊己控调味品")
    assert found(book, "yt调味") == [("pinyin", "阳泰调味品")]
    assert found(book, "wjk调味") == [("pinyin", "戊己控调味品")]


def test_a_long_name_is_found_wherever_it_stands_and_nothing_that_begins_like_it(book: Book) -> None:
    whole = "苏州清源智能装备有限公司"
    add(book, whole, "苏州清源智能装备股份有限公司", f"原{whole}")
    with book.unit("Alias") as unit:
        named = unit.insert(Enterprise, name="示例公司", products=f"为（{whole}）配套")
        unit.insert(EnterpriseName, enterprise_id=named, name="清源", kind=NameKind.ALIAS)
        renamed = unit.insert(Enterprise, name="清源")
        unit.insert(EnterpriseName, enterprise_id=renamed, name=f"原{whole}一厂", kind=NameKind.ALIAS)
        unit.commit()
    assert found(book, whole) == [
        ("exact", whole),
        ("title", f"原{whole}"),
        ("inside", "清源"),
        ("inside", "示例公司"),
    ]


def test_phones_are_found_by_any_piece_however_grouped(book: Book) -> None:
    with book.unit("Add") as unit:
        unit.insert(Contact, name="王磊", phone="13987654321")
        unit.insert(Contact, name="李明", phone="13812345678")
        unit.commit()
    for query in ("8765", "139 8765 4321", "13987654321", "+86 139-8765-4321", "4321", "21", "987654"):
        assert [name for _matched, name in found(book, query)] == ["王磊"], query
    assert found(book, "13987654321")[0][0] == "exact"


def test_a_long_number_is_found_by_some_of_its_windows_and_then_looked_at(book: Book) -> None:
    with book.unit("Add") as unit:
        unit.insert(Contact, name="王磊", phone="13987654321")
        # All windows that are asked for, in another order.
        unit.insert(Contact, name="李明", phone="13215435654")
        unit.insert(Enterprise, name="示例集团", uscc="91410300B001875579")
        unit.insert(Enterprise, name="示例3dx12346y科技", products="配套9876543件")
        unit.commit()
    assert found(book, "654321") == [("inside", "王磊")]
    assert found(book, "9876543") == [("inside", "王磊"), ("inside", "示例3dx12346y科技")]
    assert found(book, "300b00187") == [("inside", "示例集团")]
    assert found(book, "91410300b001875579") == [("exact", "示例集团")]
    assert found(book, "dx12346") == [("title", "示例3dx12346y科技")]
    assert found(book, "3333333") == []


def test_the_index_after_units_at_random_is_as_one_made_anew(book: Book) -> None:
    chance = random.Random(7)
    names = ["长安", "比亚迪", "巨湾技研", "宁德时代", "BYD 电池", "示例（重庆）"]
    made: list[tuple[type, object]] = []
    for _round in range(25):
        with book.unit("Random") as unit:
            for _step in range(chance.randrange(1, 5)):
                match chance.randrange(5):
                    case 0:
                        made.append((Enterprise, unit.insert(Enterprise, name=chance.choice(names))))
                    case 1:
                        made.append((Contact, unit.insert(Contact, name="王磊", phone="13987654321")))
                    case 2 if made and made[0][0] is Enterprise:
                        of = next(row for kind, row in made if kind is Enterprise)
                        made.append(
                            (EnterpriseName, unit.insert(EnterpriseName, enterprise_id=of, name=chance.choice(names)))
                        )
                    case 3 if len(made) > 3:
                        kind, row = made[chance.randrange(1, len(made))]
                        if unit.look_up(kind, row).deleted_at is None:  # type: ignore[arg-type, union-attr]
                            unit.update(kind, row, name=chance.choice(names))  # type: ignore[arg-type]
                    case 4 if len(made) > 3:
                        kind, row = made[chance.randrange(1, len(made))]
                        if kind is not Enterprise and unit.look_up(kind, row).deleted_at is None:  # type: ignore[arg-type, union-attr]
                            unit.delete(kind, row)  # type: ignore[arg-type]
                if chance.random() < 0.3:
                    unit.bring_index_in_step()
            unit.commit()
        if chance.random() < 0.2:
            book.undo()
        with book.read() as reader:
            assert search_index.out_of_step(reader) == search_index.OutOfStep([], 0)
    queries = ["长安", "jwjy", "迪", "8765", "byd", "重庆", "ningde"]
    before = [set(found(book, query, limit=200)) for query in queries]
    with book.write_outside_journal() as connection:
        search_index.rebuild(Borrowed(connection))
    assert [set(found(book, query, limit=200)) for query in queries] == before
    assert any(before)


def test_the_same_search_sees_posts_and_texts(book: Book) -> None:
    with book.unit("Add") as unit:
        enterprise = unit.insert(Enterprise, name="示例电池")
        contact = unit.insert(Contact, name="曾小明", surname_pinyin="zeng")
        unit.insert(Position, contact_id=contact, enterprise_id=enterprise, title="总经理")
        unit.commit()
    assert found(book, "zxm") == [("initials", "曾小明")]
    assert found(book, "曾小", table="enterprise") == []


def test_a_ledger_that_is_undone_leaves_the_others_in_the_index(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    add(book, "长安汽车")
    with book.unit("Alias") as unit:
        named = unit.find(Enterprise)[0].id
        unit.insert(EnterpriseName, enterprise_id=named, name="长安集团", kind=NameKind.ALIAS)
        unit.commit()
    for few in (1, 2_000):
        # Where few are left, the index is made anew; else those that went are let go of.
        monkeypatch.setattr(search_index, "BLOCK", few)
        add(book, *(f"长安{n:02}厂" for n in range(30)))
        assert len(found(book, "长安", limit=100)) == 31
        book.undo()
        assert found(book, "长安") == [("prefix", "长安汽车")]
        assert found(book, "安集") == [("inside", "长安汽车")]
        assert book.check() == []
