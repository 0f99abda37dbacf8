from __future__ import annotations

from dataclasses import replace

from crm_app.briefs import bulletin, pdf
from crm_app.briefs.bulletin import BulletinData
from crm_app.briefs.content import gaps
from crm_app.domain.amounts import YI
from crm_app.domain.counting import Tally
from crm_app.domain.papers import PaperState
from crm_app.domain.targets import Forecast
from tests.briefs import reading
from tests.briefs.half_year import BULLETIN, CONTRACTS, FORECAST, HALF, figures


def text_of(data: BulletinData) -> str:
    return reading.text_of(pdf.render(bulletin.compose(data), state=PaperState.REVIEW)).replace(" ", "")


def compared_with(last_year: Tally | None) -> str:
    return text_of(replace(BULLETIN, figures=figures(HALF, CONTRACTS[:70], last_year)))


def test_it_says_what_was_published() -> None:
    text = text_of(BULLETIN)
    for words in (
        "正式签约项目70个、总投资534亿元",
        "10亿元以上项目14个",
        "50亿元以上项目2个",
        "智能网联新能源汽车产业签约项目11个，总投资超140亿元",
        "外出招商50余批次，拜访企业300余家",
        "合计总投资超100亿元",
        "泰国、老挝、马来西亚",
    ):
        assert words in text
    for name in ("巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团"):
        assert name in text
    for amount in ("72亿元", "56亿元", "32亿元", "27亿元", "10亿元"):
        assert f"总投资{amount}" in text


def test_each_figure_keeps_its_own_window() -> None:
    text = text_of(BULLETIN)
    assert "截至目前（2023年1月1日至7月12日）" in text
    assert "统计时段为2023年1月1日至2023年6月30日" in text


def test_growth_over_nothing_has_no_rate_and_no_book_is_not_nought() -> None:
    assert "增加248亿元、增长86.7%" in compared_with(Tally(48, 286 * YI, ()))
    nothing = compared_with(Tally(0, 0, ()))
    assert "项目数增加70个，总投资增加534亿元。" in nothing
    assert "增长" not in nothing
    assert "无同期数据" in compared_with(None)
    assert "下降10.0%" in compared_with(Tally(70, 53_400_000_000 * 10 // 9, ()))


def test_no_rank_is_claimed_without_its_document() -> None:
    text = text_of(BULLETIN)
    assert "位列第2名，共12个单位（示例招商发〔2023〕18号" in text
    assert "无文号榜单" not in text


def test_expectations_come_from_forecasts_alone() -> None:
    def with_forecasts(*forecasts: Forecast) -> str:
        changed = replace(BULLETIN.figures.forecasts, value=forecasts)
        return text_of(replace(BULLETIN, figures=replace(BULLETIN.figures, forecasts=changed)))

    assert "预计" not in with_forecasts()
    assert "超额" not in with_forecasts()
    assert "预计" in with_forecasts(FORECAST)
    assert "超额完成目标" in with_forecasts(FORECAST)


def test_dollars_stand_beside_yuan() -> None:
    text = text_of(BULLETIN)
    assert "到位资金86.2亿元（另有外币1200万美元" in text
    assert "实际使用外资1200万美元" in text


def test_an_issue_number_is_never_made_up() -> None:
    unnumbered = replace(BULLETIN, issue="")
    assert [gap.text for gap in gaps(bulletin.compose(unnumbered))] == ["期号尚未编定"]
    assert "第12期" in text_of(BULLETIN)
    assert "期）" not in text_of(unnumbered)
    assert gaps(bulletin.compose(BULLETIN)) == ()


def test_the_parts_of_every_distribution_are_followed_by_the_whole() -> None:
    assert text_of(BULLETIN).count("合计70534.00100.0%") == 4


def test_the_foot_of_the_last_page_says_who_gets_it() -> None:
    last = reading.pages_of(pdf.render(bulletin.compose(BULLETIN), state=PaperState.FINAL))[-1]
    assert "报：区委书记" in last
    assert "（共印50份）" in last
