"""Regions are found as people write them, and only where there is no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app import paths
from crm_app.domain import regions

CODES = [line[:6] for line in (paths.resources() / "regions" / "regions.csv").read_text("utf-8").split()[1:]]


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("重庆市江津区", "500116", "重庆市江津区"),
        ("江津", "500116", "重庆市江津区"),
        ("重庆江津", "500116", "重庆市江津区"),
        ("深圳", "440300", "广东省深圳市"),
        ("江苏省苏州市", "320500", "江苏省苏州市"),
        ("江苏苏州", "320500", "江苏省苏州市"),
        ("广东省-深圳市-南山区", "440305", "广东省深圳市南山区"),
        ("北京市市辖区东城区", "110101", "北京市东城区"),
        ("北京朝阳", "110105", "北京市朝阳区"),
        ("上海浦东新区", "310115", "上海市浦东新区"),
        ("内蒙古", "150000", "内蒙古自治区"),
        ("恩施州", "422800", "湖北省恩施土家族苗族自治州"),
        ("吉林", "220000", "吉林省"),
        ("吉林市", "220200", "吉林省吉林市"),
        ("中国香港", "810000", "香港特别行政区"),
    ],
)
def test_written_forms(typed: str, code: str, name: str) -> None:
    found = regions.find(typed)
    assert found is not None
    assert (found.code, regions.name(found.code)) == (code, name)


@pytest.mark.parametrize("typed", ["朝阳区", "和平", "重庆江津双福", "苏州工业园区", "曼谷", "", "区", "重庆江苏"])
def test_what_is_unknown_or_in_doubt_is_not_found(typed: str) -> None:
    assert regions.find(typed) is None


@given(st.sampled_from(CODES))
def test_every_whole_name_is_found_again(code: str) -> None:
    region = regions.find(regions.name(code))
    assert region is not None
    assert region.code == code
    assert (region.parent is None) == code.endswith("0000")
    assert region.parent is None or code.startswith(region.parent.rstrip("0")[:2])


def test_the_region_at_the_head_of_a_name() -> None:
    found = regions.leading("江津区双福街道")
    assert found is not None
    assert (found[0].code, found[1]) == ("500116", 3)
    assert regions.leading("和平机械") is None, "a county's bare name is too often a common word"


@given(st.text(max_size=12))
def test_any_text_is_a_region_or_none(text: str) -> None:
    found = regions.find(text)
    assert found is None or regions.name(found.code)
