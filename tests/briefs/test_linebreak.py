from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crm_app.briefs.linebreak import HANGING, NO_END, NO_START, break_lines, fragments

TEXT = st.text(st.sampled_from("招商签约项目，。、；：？！）》”（《“— …%亿元534AbC.3 \n"), max_size=120)


def lines(text: str, width: int, *, hang: bool = False) -> list[str]:
    return [text[a:b] for a, b in break_lines(text, [1.0] * len(text), width, width, hang=hang)]


@given(TEXT)
def test_fragments_are_the_text_cut(text: str) -> None:
    assert "".join(fragments(text)) == text


@given(TEXT, st.integers(1, 20), st.booleans())
def test_lines_hold_everything_but_spaces_in_order(text: str, width: int, hang: bool) -> None:
    assert "".join(lines(text, width, hang=hang)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(TEXT, st.integers(1, 20), st.booleans())
def test_no_line_is_wider_than_the_measure_but_for_one_hung_point(text: str, width: int, hang: bool) -> None:
    for line in lines(text, width, hang=hang):
        assert len(line) <= width or (hang and len(line) == width + 1 and line[-1] in HANGING)


@given(TEXT, st.integers(8, 30))
def test_closing_marks_begin_no_line_and_opening_marks_end_none(text: str, width: int) -> None:
    for paragraph in text.split("\n"):
        if any(len(piece) > width for piece in fragments(paragraph)):
            continue
        for above, below in zip(lines(paragraph, width), lines(paragraph, width)[1:], strict=False):
            # A space is a place to break whatever stands beside it.
            if f"{above} {below}".strip() not in paragraph:
                assert not below or below[0] not in NO_START
                assert not above or above[-1] not in NO_END


def test_latin_words_and_amounts_with_their_units_stay_whole() -> None:
    assert lines("与Siemens联合", 6) == ["与Sieme", "ns联合"]
    assert lines("与Siemens联合", 8) == ["与Siemens", "联合"]
    assert lines("总投资达534亿元以上", 8) == ["总投资达", "534亿元以上"]
    assert lines("拜访企业300余家企业", 8) == ["拜访企业", "300余家企业"]
    assert lines("增长了86.7%左右", 6) == ["增长了", "86.7%左", "右"]
    assert lines("须在约定的3个月内开工", 7) == ["须在约定的", "3个月内开工"]
    assert lines("完成时限2023.3.6（逾期）", 14) == ["完成时限2023.3.6", "（逾期）"]
    assert lines("强度达350万元/亩以上", 8) == ["强度达", "350万元/亩以", "上"]
    assert lines("需两路10 kV供电", 6) == ["需两路", "10 kV供", "电"]
    assert lines("与Łukasz、Қасымова会谈", 9) == ["与Łukasz、", "Қасымова会", "谈"]


def test_in_english_a_number_stands_with_what_it_counts() -> None:
    assert lines("They made 12 visits until 9 July 2023.", 14) == ["They made", "12 visits", "until 9 July", "2023."]
    assert lines("of 1 enterprise; 1,200 people came", 13) == ["of", "1 enterprise;", "1,200 people", "came"]
    assert lines("a share of 12 microelectronics plants", 14) == ["a share of 12", "microelectroni", "cs plants"]


def test_a_dash_and_an_ellipsis_are_not_split() -> None:
    assert lines("一二三——四", 4) == ["一二三", "——四"]
    assert lines("一二三……四", 4) == ["一二三", "……四"]


def test_line_feeds_end_lines() -> None:
    assert lines("一\n\n二", 4) == ["一", "", "二"]
    assert lines("", 4) == [""]


def test_an_amount_in_english_is_divided_only_where_it_is_wider_than_a_line() -> None:
    text = "worth CNY 5.925 billion"
    assert [text[start:end] for start, end in break_lines(text, [1.0] * len(text), 20, 20)] == [
        "worth",
        "CNY 5.925 billion",
    ]
    assert [text[start:end] for start, end in break_lines(text, [1.0] * len(text), 10, 10)] == [
        "worth CNY",
        "5.925",
        "billion",
    ]
