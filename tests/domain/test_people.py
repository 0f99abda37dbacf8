"""People are addressed by surname and title, and without the 副 to the face."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import people


@pytest.mark.parametrize(
    ("name", "title", "written"),
    [
        ("张三", "总经理", "张总"),
        ("李四", "副主任", "李副主任"),
        ("欧阳锋", "董事长", "欧阳董事长"),
        ("歐陽鋒", "董事长", "歐陽董事长"),
        ("欧阳", "经理", "欧经理"),
        ("王五", "招商部副部长", "王副部长"),
        ("赵六", "市场部总监", "赵总监"),
        ("钱七", "执行副总裁", "钱总"),
        ("周九", "副总经理、财务总监", "周总"),
        ("吴十", "江津区招商投资局副局长", "吴副局长"),
        ("郑一", "CEO", "郑总"),
        ("蒋六", "副董事长", "蒋副董事长"),
        ("沈七", "执行董事", "沈董"),
        ("冯二", "区域经理", "冯经理"),
        ("孙八", "", "孙八"),
        ("John Smith", "CEO", "John Smith"),
        ("买买提·艾力", "经理", "买买提·艾力"),
    ],
)
def test_salutations(name: str, title: str, written: str) -> None:
    assert people.salutation(name, title) == written


def test_a_salutation_of_ones_own_goes_before_all_rules() -> None:
    assert people.salutation("张三", "总经理", "三哥") == "三哥"


@given(st.text("张李欧阳王三四小明", min_size=1, max_size=4), st.text("副总经理主任局长部、", max_size=8))
def test_a_salutation_begins_with_the_surname(name: str, title: str) -> None:
    assert people.salutation(name, title).startswith(people.surname(name))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("王某某董事长", ("王某某", "董事长")),
        ("李某投资总监", ("李某", "投资总监")),
        ("王明总经理", ("王明", "总经理")),
        ("李四副总经理", ("李四", "副总经理")),
        ("张文总工程师", ("张文", "总工程师")),
        ("欧阳某某总经理", ("欧阳某某", "总经理")),
        ("周某某常务副区长", ("周某某", "常务副区长")),
        ("张三经理", ("张三", "经理")),
        *(
            (said, (said, ""))
            for said in ("张总", "李副主任", "王副总经理", "张常务副区长", "李总工程师", "张市长助理")
        ),
        *(
            (said, (said, ""))
            for said in (
                "王董事长",
                "欧阳总经理",
                "赵部门经理",
                "钱投资总监",
                "陈党委书记",
                "郑客户经理",
                "李分公司经理",
                "单晓",
                "John Smith",
            )
        ),
    ],
)
def test_a_post_written_to_a_name_is_told_from_it(written: str, expected: tuple[str, str]) -> None:
    assert people.parted(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("张总 董事长", ("张总", "董事长")),
        (" 曾伟  战略投资部 总监", ("曾伟", "战略投资部 总监")),
        ("王 伟 总经理", ("王伟", "总经理")),
        ("欧阳 锋", ("欧阳锋", "")),
        ("Anna Schmidt 首席财务官", ("Anna Schmidt", "首席财务官")),
        ("John Smith", ("John Smith", "")),
        ("解总", ("解总", "")),
        ("", ("", "")),
    ],
)
def test_a_title_stands_apart_behind_a_name(written: str, expected: tuple[str, str]) -> None:
    assert people.with_post(written) == expected


def test_a_cell_lists_people_with_what_stands_behind_their_names() -> None:
    said = "单晓 副局长、曾小示 2天；仇小示 区小示（3天）"
    assert people.listed(said) == ["单晓 副局长", "曾小示 2天", "仇小示", "区小示（3天）"]
    assert people.listed("李局长一行3人") == ["李局长"]
    assert people.listed("单晓、曾小示等5人") == ["单晓", "曾小示"]
    assert people.listed("John Smith Jr 单晓 李华, Mary Jones 2") == ["John Smith Jr", "单晓", "李华", "Mary Jones 2"]


def test_people_are_named_from_the_head_down() -> None:
    ours = ["区委书记", "副区长", "招商局局长", "区招商局副局长", "招商一科科长", "招商一科副科长", "招商专员"]
    theirs = ["董事长", "副董事长", "总经理", "常务副总经理", "总监", "市场部总监", "市场部副经理", "工程师"]
    for named in (ours, theirs):
        standings = [people.standing(title) for title in named]
        assert standings == sorted(set(standings)), named
