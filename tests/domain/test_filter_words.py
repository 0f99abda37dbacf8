from datetime import date

import pytest

from crm_app import i18n
from crm_app.domain import filter_words
from crm_app.domain.listed import ENTERPRISES, LEADS
from crm_app.domain.views import Filter, Op
from crm_app.errors import BadInput

TODAY = date(2023, 6, 14)


@pytest.mark.parametrize(
    ("column", "typed", "op", "values"),
    [
        ("name", " 新能源 ", Op.CONTAINS, ("新能源",)),
        ("region", "江津区", Op.UNDER, ("重庆市江津区",)),
        ("region", "自由港", Op.UNDER, ("自由港",)),
        ("revenue", "≥5000万", Op.FROM_TO, ("50000000", "")),
        ("revenue", "<1亿", Op.FROM_TO, ("", "100000000")),
        ("revenue", "1亿~3亿", Op.FROM_TO, ("100000000", "300000000")),
        ("revenue", "1亿-3亿", Op.FROM_TO, ("100000000", "300000000")),
        ("staff", "100-500", Op.FROM_TO, ("100", "500")),
        ("last_on", "2023-05", Op.FROM_TO, ("2023-05-01", "2023-05-31")),
        ("last_on", "2023-05-03~2023-05-09", Op.FROM_TO, ("2023-05-03", "2023-05-09")),
        ("last_on", ">30", Op.OLDER, ("30",)),
        ("last_on", "30天以前", Op.OLDER, ("30",)),
        ("last_on", "over 30 days ago", Op.OLDER, ("30",)),
    ],
)
def test_what_is_typed_under_a_head_is_read_by_its_kind(
    column: str, typed: str, op: Op, values: tuple[str, ...]
) -> None:
    assert filter_words.read(ENTERPRISES.column(column), typed, TODAY) == Filter(column, op, values)


def test_nothing_typed_narrows_nothing_and_nonsense_is_told() -> None:
    assert filter_words.read(ENTERPRISES.column("name"), "  ", TODAY) is None
    for column, typed in (("revenue", "很多"), ("last_on", "不知道"), ("staff", "若干")):
        with pytest.raises(BadInput):
            filter_words.read(ENTERPRISES.column(column), typed, TODAY)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Filter("revenue", Op.FROM_TO, ("100000000", "")), "1亿元起"),
        (Filter("stage", Op.ONE_OF, ("signed",)), "正式签约"),
        (Filter("next_due", Op.WITHIN, ("overdue",)), "今天之前"),
        (Filter("last_on", Op.OLDER, ("30",)), "30天以前"),
        (Filter("last_on", Op.FROM_TO, ("", "2023-05-09")), "截至2023年5月9日"),
        (Filter("revenue", Op.FROM_TO, ("", "100000000")), "不超过1亿元"),
        (Filter("last_on", Op.FILLED), "已填"),
    ],
)
def test_a_filter_is_said_in_words(one: Filter, words: str) -> None:
    column = ENTERPRISES.column(one.column)
    assert filter_words.value_of(column, one, {}) == words
    assert filter_words.said(column, one, {}) == f"{column.title}：{words}"


def test_a_person_is_said_by_name() -> None:
    one = Filter("owner", Op.ONE_OF, ("7",))
    assert filter_words.value_of(LEADS.column("owner"), one, {"7": "曾敏"}) == "曾敏"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "one",
    [
        Filter("last_on", Op.OLDER, ("1",)),
        Filter("last_on", Op.OLDER, ("30",)),
        Filter("last_on", Op.FROM_TO, ("2022-12-03", "2023-05-09")),
        Filter("last_on", Op.FROM_TO, ("2023-05-01", "2023-05-31")),
        Filter("last_on", Op.FROM_TO, ("2023-05-03", "2023-05-03")),
        Filter("last_on", Op.FROM_TO, ("2023-05-03", "")),
        Filter("last_on", Op.FROM_TO, ("", "2023-05-09")),
        Filter("revenue", Op.FROM_TO, ("100000000", "")),
        Filter("revenue", Op.FROM_TO, ("", "250000000")),
        Filter("revenue", Op.FROM_TO, ("100000000", "250000000")),
        Filter("staff", Op.FROM_TO, ("", "500")),
    ],
)
def test_what_is_said_of_a_span_can_be_typed(language: str, one: Filter) -> None:
    i18n.set_language(language)
    column = ENTERPRISES.column(one.column)
    assert filter_words.read(column, filter_words.value_of(column, one, {}), TODAY) == one
