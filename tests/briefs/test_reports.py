"""The period reports and the lists beside them: what each carries, with no row, with some and with very many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm_app import i18n
from crm_app.briefs import calendar, follow_ups, obstacles, pdf, progress, report
from crm_app.briefs.calendar import OnDays
from crm_app.briefs.content import Chart, ChartForm, Heading, Month, Paper, Table
from crm_app.briefs.layout import lay_out
from crm_app.briefs.marks import Ink, Rect, Text
from crm_app.briefs.texts import mapped, texts
from crm_app.domain.counting import Tally, Window
from crm_app.domain.figures import Figure
from crm_app.domain.paper_sections import sections_of
from crm_app.domain.papers import PaperKind, PaperState
from tests.briefs import report_samples as made
from tests.briefs.reading import count_of, pages_of
from tests.briefs.samples import uid

PERIODS = (PaperKind.WEEKLY, PaperKind.MONTHLY, PaperKind.HALF_YEAR, PaperKind.ANNUAL)
OF_ROWS: dict[str, Callable[[int], Paper]] = {
    **{kind.value: (lambda rows, kind=kind: report.compose(made.report(kind, rows))) for kind in PERIODS},
    "follow_ups": lambda rows: follow_ups.compose(made.follow_ups(rows)),
    "obstacles": lambda rows: obstacles.compose(made.obstacles(rows)),
    "progress": lambda rows: progress.compose(made.progress(rows)),
    "calendar": lambda rows: calendar.compose(made.month(rows)),
}


def said(paper: Paper) -> str:
    return "\n".join(texts(paper))


def titles(paper: Paper) -> list[str]:
    return [block.title for block in paper.blocks if isinstance(block, Heading) and block.level == 1 and block.title]


def test_a_report_is_in_the_order_of_the_field() -> None:
    assert titles(report.compose(made.report(PaperKind.HALF_YEAR))) == [
        "目标完成与时序进度",
        "项目签约情况",
        "项目落地与资金到位情况",
        "重点项目与拟签约项目",
        "外出招商与接待情况",
        "考核排名",
        "存在问题",
        "下一步工作打算",
    ]


@pytest.mark.parametrize("kind", PERIODS)
def test_templates_know_every_section_of_a_report(kind: PaperKind) -> None:
    known = {section.key for section in sections_of(kind)}
    headings = [block for block in report.compose(made.report(kind)).blocks if isinstance(block, Heading)]
    assert {block.key for block in headings if block.level == 1} <= known


def test_a_half_year_draws_each_distribution_beside_its_table() -> None:
    blocks = report.compose(made.report(PaperKind.HALF_YEAR)).blocks
    charts = [block for block in blocks if isinstance(block, Chart)]
    assert {chart.form for chart in charts} == set(ChartForm)
    for chart in charts:
        assert isinstance(blocks[blocks.index(chart) + 1], Table)
    months = next(chart for chart in charts if chart.form is ChartForm.COLUMNS)
    assert months.names == ("2023年上半年", "2022年上半年")
    assert all(bar.then is not None for bar in months.bars)
    tables = [block.caption.partition("：")[2] or block.caption for block in blocks if isinstance(block, Table)]
    assert any("签约项目明细表" in caption for caption in tables)


def test_a_week_and_a_month_are_shorter_than_a_half_year() -> None:
    week, month, whole = (len(report.compose(made.report(kind)).blocks) for kind in PERIODS[:3])
    assert week < month < whole


def test_the_year_nets_what_was_cancelled() -> None:
    data = made.report(PaperKind.ANNUAL)
    gone, left = Tally(1, 325_000_000, (made.uid(9000),)), Tally(69, 53_075_000_000, (made.uid(9001),))
    window = data.figures.signed.window
    with_one = replace(data.figures, cancelled=Figure(window, gone, gone.rows), net=Figure(window, left, left.rows))
    year = said(report.compose(replace(data, figures=with_one)))
    assert "本期解除项目1个、涉及投资3.25亿元。扣除后，净签约项目69个、总投资530.75亿元。" in year
    half = said(report.compose(replace(data, figures=with_one, kind=PaperKind.HALF_YEAR)))
    assert "本期解除项目1个" in half
    assert "净签约" not in half


@pytest.mark.parametrize("name", OF_ROWS)
@pytest.mark.parametrize("rows", [0, 200])
def test_a_paper_of_no_rows_and_of_very_many_keeps_within_its_page(name: str, rows: int) -> None:
    paper = OF_ROWS[name](rows)
    layout = lay_out(paper)
    for page in layout.pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert 0 <= mark.x <= layout.form.width
                assert 0 <= mark.y <= layout.form.height - 20
    for block in paper.blocks:
        if isinstance(block, Table):
            assert block.rows or block.empty


@pytest.mark.parametrize("kind", PERIODS)
def test_a_report_in_english_takes_about_as_many_pages_as_in_chinese(kind: PaperKind) -> None:
    chinese = len(lay_out(report.compose(made.report(kind))).pages)
    i18n.set_language("en")
    english = len(lay_out(report.compose(made.report(kind))).pages)
    assert english <= chinese + 1
    assert kind is not PaperKind.WEEKLY or english == 2


def test_nothing_is_claimed_where_nothing_was() -> None:
    week = made.report(PaperKind.WEEKLY, 0)
    text = said(report.compose(week))
    assert "无新增正式签约项目" in text
    assert "同比" not in text
    assert "对照2023年目标，还需完成" in text


def test_the_lists_put_first_what_is_late_and_last_what_is_nobodys() -> None:
    tables = [block for block in follow_ups.compose(made.follow_ups()).blocks if isinstance(block, Table)]
    assert [table.caption.split("：")[0] for table in tables] == ["单雪", "周晓", "未落实到人"]
    for table in tables:
        late = ["逾期" in row[1].text for row in table.rows]
        assert late == sorted(late, reverse=True)
    assert "另有7项未列" in said(follow_ups.compose(replace(made.follow_ups(), more=7)))
    waiting = [block for block in obstacles.compose(made.obstacles()).blocks if isinstance(block, Table)]
    assert waiting[0].caption == "规划和自然资源局：共11项，其中逾期10项"
    assert waiting[-1].caption.startswith("未明确责任部门")


@pytest.mark.parametrize(("language", "late"), [("zh_CN", "（逾期）"), ("en", " (overdue)")])
def test_a_day_and_that_it_is_over_stand_on_one_line_beside_the_longest_names(language: str, late: str) -> None:
    i18n.set_language(language)
    for paper in (follow_ups.compose(made.follow_ups()), obstacles.compose(made.obstacles())):
        layout = lay_out(
            mapped(paper, lambda text: text.replace("示例", "西部陆海新通道智能网联新能源汽车零部件产业示例"))
        )
        said = [mark.text for page in layout.pages for mark in page.marks if isinstance(mark, Text)]
        assert any(text.endswith(late) for text in said)
        assert late.strip() not in said


def test_progress_prints_every_project_in_talks_and_names_the_quiet_signed_ones() -> None:
    text = said(progress.compose(made.progress(24)))
    assert all(f"示例谐波减速器生产基地项目{n}" in text for n in range(24))
    assert "本期无新进展" in text


def test_a_month_is_one_page_with_its_days_off_and_counts_what_it_has_no_room_for() -> None:
    paper = calendar.compose(made.month(12))
    made_pdf = pdf.render(paper, state=PaperState.DRAFT)
    assert count_of(made_pdf) == 1
    page = pages_of(made_pdf)[0]
    assert "端午节" in page
    assert "另" in page
    weeks = next(block for block in paper.blocks if isinstance(block, Month)).weeks
    assert [len(week.days) for week in weeks] == [7] * 5
    # A trip over a Sunday is a band in both weeks.
    assert sum(len(week.bands) for week in weeks) > 8


@pytest.mark.parametrize("trips", [3, 12, 40])
def test_trips_of_which_a_week_cannot_hold_the_bands_are_counted_on_their_days(trips: int) -> None:
    days = (date(2023, 6, 5), date(2023, 6, 9))
    planned = tuple(OnDays(first=days[0], last=days[1], words=f"赴某{n}招商", id=uid(n)) for n in range(trips))
    layout = lay_out(calendar.compose(replace(made.month(2), trips=planned)))
    (page,) = layout.pages
    bands = [mark for mark in page.marks if isinstance(mark, Rect) and mark.ink is Ink.PALE]
    assert all(mark.y + mark.height < layout.form.bottom for mark in bands)
    texts_of_days = [mark.text for mark in page.marks if isinstance(mark, Text)]
    monday = texts_of_days[texts_of_days.index("5") + 1 : texts_of_days.index("6")]
    counted = sum(int(text[1:-1]) for text in monday if text.startswith("另"))
    told = sum(not text.startswith("另") for text in monday)
    # Two visits of that day are told or counted with them.
    assert len(bands) + told + counted == trips + 2
    assert len(bands) == min(trips, 4)


def test_of_a_year_under_way_only_the_time_until_today_is_gone() -> None:
    data = made.report(PaperKind.ANNUAL)
    year = Window(date(2023, 1, 1), date(2023, 12, 31))
    line = replace(data.figures.targets.value[0], window=year)
    figures = replace(data.figures, targets=Figure(year, (line,)))
    text = said(report.compose(replace(data, figures=figures)))
    assert "时序52.9%" in text
    assert "完成数截至2023年7月12日" in text


def test_a_target_of_nothing_is_behind_nothing() -> None:
    month = made.report(PaperKind.MONTHLY)
    line = month.figures.targets.value[0]
    for ratio, behind in ((Decimal("0.01"), True), (None, False)):
        targets = replace(month.figures.targets, value=(replace(line, ratio=ratio),))
        told = said(report.compose(replace(month, figures=replace(month.figures, targets=targets))))
        assert ("未达到时序进度" in told) is behind, ratio


def test_of_a_month_that_is_still_to_come_nothing_is_told() -> None:
    data = made.report(PaperKind.HALF_YEAR)
    paper = report.compose(replace(data, published=date(2023, 4, 30)))
    (table,) = [one for one in paper.blocks if isinstance(one, Table) and "分月情况" in one.caption]
    told = {row[0].text: [row[1].text, row[2].text, *(cell.text for cell in row[-3:])] for row in table.rows}
    assert set(told["2023年6月"]) == {"—"}
    assert "—" not in told["2023年4月"]
