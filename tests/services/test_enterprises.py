from __future__ import annotations

import pytest

from crm_app.domain.enterprises import NameKind
from crm_app.errors import BadInput, NotFound
from crm_app.services import book as books
from crm_app.services import enterprises, leads, recycle_bin
from crm_app.services.leads import LogLead
from tests.services.conftest import Bureau

USCC = "91350100M000100Y43"


def why(bureau: Bureau, typed: str) -> list[tuple[str, str]]:
    return [(match.enterprise.name, match.why) for match in enterprises.suggest(bureau.book, typed)]


def test_what_is_typed_suggests_the_enterprises_it_may_mean(bureau: Bureau) -> None:
    enterprises.change_enterprise(bureau.book, bureau.battery, uscc=USCC)
    enterprises.add_contact(bureau.book, bureau.motors, name="单工", phone="+8613800138000")
    assert why(bureau, "渝能电池（示例）")[0] == ("渝能电池(示例)", "same_name")
    assert why(bureau, USCC.lower())[0] == ("渝能电池(示例)", "same_uscc")
    assert why(bureau, "138 0013 8000")[0] == ("江驰电机(示例)", "same_phone")
    assert ("江驰电机(示例)", "search") in why(bureau, "jcdj")
    assert ("渝能电池(示例)", "search") in why(bureau, "电池")
    assert why(bureau, " ") == []


def test_legal_suffixes_do_not_hide_a_duplicate(bureau: Bureau) -> None:
    enterprises.create_enterprise(bureau.book, name="重庆渝光科技有限公司")
    assert ("重庆渝光科技有限公司", "same_key") in why(bureau, "渝光科技有限责任公司")


def test_an_alias_finds_its_enterprise(bureau: Bureau) -> None:
    enterprises.add_name(bureau.book, bureau.battery, "巨浪能源", NameKind.SHORT)
    assert why(bureau, "巨浪能源") == [("渝能电池(示例)", "same_key")]


def test_a_wrong_credit_code_is_refused(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as refused:
        enterprises.change_enterprise(bureau.book, bureau.battery, uscc="91350100M000100Y44")
    assert refused.value.field == "uscc"


def test_a_new_name_keeps_the_former_one_findable(bureau: Bureau) -> None:
    enterprises.change_enterprise(bureau.book, bureau.battery, name="新渝电池(示例)")
    enterprises.change_enterprise(bureau.book, bureau.battery, name="新渝电池(示例)")
    (former,) = enterprises.enterprise_page(bureau.book, bureau.battery).names
    assert (former.name, former.kind) == ("渝能电池(示例)", NameKind.FORMER)
    assert ("新渝电池(示例)", "same_key") in why(bureau, "渝能电池(示例)")


def test_a_deleted_enterprise_leaves_the_list_and_comes_back(bureau: Bureau) -> None:
    recycle_bin.delete(bureau.book, "enterprise", bureau.motors)
    assert len(enterprises.all_enterprises(bureau.book)) == 2
    assert why(bureau, "江驰电机(示例)") == []
    with pytest.raises(NotFound, match=r"企业 江驰电机\(示例\)已被删除.*变更记录"):
        enterprises.enterprise_page(bureau.book, bureau.motors)
    books.undo(bureau.book)
    assert why(bureau, "江驰电机(示例)")[0][1] == "same_name"


def test_edits_stand_in_the_timeline_in_words(bureau: Bureau) -> None:
    enterprises.change_enterprise(bureau.book, bureau.battery, cluster="先进材料")
    enterprises.add_label(bureau.book, bureau.battery, honour="独角兽", issuer="长城战略咨询", year=2022)
    page = enterprises.enterprise_page(bureau.book, bureau.battery)
    assert [entry.text for entry in page.timeline if entry.kind == "edit"] == ["产业集群：先进材料"]
    assert page.labels[0].year == 2022


def test_contacts_are_addressed_by_surname_and_title(bureau: Bureau) -> None:
    enterprises.add_contact(bureau.book, bureau.battery, name="单志强", title="副总经理")
    enterprises.add_contact(bureau.book, bureau.battery, name="曾敏", title="总经理", salutation="曾姐")
    spoken = [one.salutation for one in enterprises.enterprise_page(bureau.book, bureau.battery).contacts]
    assert spoken[0].startswith("单")
    assert spoken[1] == "曾姐"


def test_the_phone_of_a_deleted_enterprise_suggests_nothing(bureau: Bureau) -> None:
    enterprises.add_contact(bureau.book, bureau.battery, name="张三", phone="13800000000")
    assert [match.why for match in enterprises.suggest(bureau.book, "13800000000")] == ["same_phone"]
    recycle_bin.delete(bureau.book, "enterprise", bureau.battery)
    assert enterprises.suggest(bureau.book, "13800000000") == []


def test_a_former_name_finds_its_enterprise(bureau: Bureau) -> None:
    before = enterprises.enterprise_page(bureau.book, bureau.motors).enterprise.name
    enterprises.change_enterprise(bureau.book, bureau.motors, name="更名电机(示例)")
    assert leads.log_lead(bureau.book, LogLead(name=before)).value.enterprise_id == bureau.motors


def test_a_fact_that_changed_elsewhere_is_not_overwritten_unseen(bureau: Bureau) -> None:
    enterprises.change_fact(bureau.book, bureau.battery, "address", "双福街道", before=None)
    with pytest.raises(enterprises.ChangedMeanwhile, match="双福街道") as told:
        enterprises.change_fact(bureau.book, bureau.battery, "address", "白沙大道", before=None)
    enterprises.change_fact(bureau.book, bureau.battery, "address", "白沙大道", before=told.value.held)
    assert enterprises.enterprise_page(bureau.book, bureau.battery).enterprise.address == "白沙大道"
    books.undo(bureau.book)
    assert enterprises.enterprise_page(bureau.book, bureau.battery).enterprise.address == "双福街道"


def test_the_page_knows_the_group_and_who_stands_where_in_the_chain(bureau: Bureau) -> None:
    made = {
        name: enterprises.create_enterprise(bureau.book, name=name, cluster="先进材料", chain_position=place).value
        for name, place in (("甲矿(示例)", "上游原材料"), ("乙辊(示例)", "中游轧制"), ("丙件(示例)", "下游零件"))
    }
    enterprises.change_enterprise(bureau.book, made["乙辊(示例)"], parent_id=bureau.motors)
    enterprises.change_enterprise(bureau.book, made["丙件(示例)"], parent_id=bureau.motors)
    page = enterprises.enterprise_page(bureau.book, made["乙辊(示例)"])
    assert [one.name for one in page.chain.upstream] == ["甲矿(示例)"]
    assert [one.name for one in page.chain.downstream] == ["丙件(示例)"]
    assert page.parent == "江驰电机(示例)"
    assert [one.name for one in page.group.beside] == ["丙件(示例)"]
    assert len(enterprises.enterprise_page(bureau.book, bureau.motors).group.below) == 2


def test_one_contact_is_the_main_one_and_stands_first(bureau: Bureau) -> None:
    for name in ("曾工", "单工"):
        enterprises.add_contact(bureau.book, bureau.motors, name=name)
    posts = [one.position.id for one in enterprises.enterprise_page(bureau.book, bureau.motors).contacts]
    for post in reversed(posts):
        enterprises.set_main_contact(bureau.book, post)
        known = enterprises.enterprise_page(bureau.book, bureau.motors).contacts
        assert [bool(one.position.main) for one in known] == [True, False]
        assert known[0].position.id == post
