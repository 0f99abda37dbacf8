"""Sheets as superiors send them: the year's tasks by department and metric, a ranking notice, results per mu."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from crm_app.domain.import_titles import period_in, told
from crm_app.domain.staff import Setting
from crm_app.domain.targets import Annual, Metric, Ranking, Target
from crm_app.services import imports, targets
from crm_app.services.book import Book
from crm_app.services.imports import Choices, ImportPlan, SheetChoice
from tests.services.ledgers import Rows, all_of, counts, run

TASKS: Rows = [
    ["示例区招商引资工作领导小组关于下达2023年招商引资目标任务的通知"],
    ["示例招〔2023〕1号"],
    ["序号", "责任单位", "签约", "", "到位资金(亿元)", "实际使用外资(万美元)", "外出招商(批次)", "备注"],
    ["", "", "项目数(个)", "金额(亿元)", "", "", "", ""],
    [1, "汽车专班", 60, 400, 60, 3000, 40, ""],
    [2, "材料专班", 40, "280", 40, "—", 35, "含新材料园"],
    [3, "驻外专班", 20, 120.5, 20, 0, 25, ""],
    ["合计", "", 120, 800.5, 120, 3000, 100, ""],
]
BY_QUARTER: Rows = [
    ["2023年招商引资任务分解表"],
    ["指标", "单位", "全年目标", "一季度", "上半年", "前三季度"],
    ["正式签约项目个数", "个", 120, 25, 65, 95],
    ["实际利用外资", "万美元", 6000, 1200, 3000, 4500],
]
NOTICE: Rows = [
    ["关于2023年上半年招商引资考核排名情况的通报"],
    ["示例考〔2023〕7号    2023年7月10日"],
    ["名次", "区县", "综合得分"],
    ["第1名", "甲区", 98.5],
    ["第2名", "示例区", 97.25],
    ["第3名", "乙县", 95],
]
PER_MU: Rows = [
    ["2022年度规上工业企业亩均效益评价表"],
    ["序号", "企业名称", "用地面积(亩)", "工业总产值(万元)", "实缴税金(万元)"],
    [1, "渝能电池(示例)", 120.5, 56000, "2,300"],
    [2, "江驰电机(示例)", 80, 31000, 900],
    [3, "无数据(示例)", 12, "", ""],
]


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float)


def written(path: Path, rows: Rows) -> Path:
    """Write rows as they stand: titles above, a head that spans two columns."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sheet1")
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        if len(row) == 1:
            sheet.merge_range(number, 0, number, width - 1, row[0])
        else:
            sheet.write_row(number, 0, row)
        for at, cell in enumerate(row):
            over = next((n for n in range(at + 1, len(row)) if row[n] != ""), len(row)) - 1
            below = rows[number + 1] if number + 1 < len(rows) else []
            if cell and over > at and all(below[at : over + 1]) and not any(map(_is_number, below)):
                sheet.merge_range(number, at, number, over, cell)
    book.close()
    return path


def test_a_task_sheet_gives_a_target_for_each_metric_of_each_team(book: Book, tmp_path: Path) -> None:
    plan = run(book, written(tmp_path / "任务.xlsx", TASKS), kind="auto")
    assert counts(plan) == (3, 0, 0, 0)
    made = {(one.subject, one.metric): one for one in all_of(book, Target) if isinstance(one, Target)}
    assert len(made) == 5 + 4 + 4
    assert made["汽车专班", Metric.SIGNED_COUNT].value == 60
    assert made["驻外专班", Metric.SIGNED_YUAN].value == 12_050_000_000
    assert made["汽车专班", Metric.FDI_USD].value == 3000 * 10_000 * 100
    assert ("材料专班", Metric.FDI_USD) not in made
    one = made["材料专班", Metric.TRIPS]
    assert (one.value, one.from_on, one.to_on) == (35, date(2023, 1, 1), date(2023, 12, 31))
    assert (one.document, one.issuer) == ("示例招〔2023〕1号", "示例区招商引资工作领导小组")
    assert counts(run(book, written(tmp_path / "又.xlsx", TASKS), kind="auto")) == (0, 0, 3, 0)
    raised = [*TASKS[:4], [1, "汽车专班", 65, 400, 60, 3000, 40, ""]]
    run(book, written(tmp_path / "调整.xlsx", raised), kind="auto")
    assert {t.value for t in targets.list_targets(book) if t.subject == "汽车专班"} >= {65}
    assert 60 not in {t.value for t in targets.list_targets(book) if t.metric is Metric.SIGNED_COUNT}


def test_parts_of_the_year_may_be_columns_and_metrics_be_called_as_superiors_do(book: Book, tmp_path: Path) -> None:
    plan = run(book, written(tmp_path / "分解.xlsx", BY_QUARTER), kind="auto")
    assert counts(plan) == (2, 0, 0, 0)
    signed = {
        (one.to_on.month, one.value)
        for one in all_of(book, Target)
        if isinstance(one, Target) and one.metric is Metric.SIGNED_COUNT
    }
    assert signed == {(12, 120), (3, 25), (6, 65), (9, 95)}


def test_a_ranking_notice_gives_the_bureaus_own_place_among_all(book: Book, tmp_path: Path) -> None:
    notice = written(tmp_path / "通报.xlsx", NOTICE)
    assert counts(run(book, notice, kind="auto")) == (0, 0, 0, 3), "whose place it is cannot be told"
    named(book)
    plan = run(book, notice, kind="auto")
    assert counts(plan) == (1, 0, 2, 0)
    (one,) = all_of(book, Ranking)
    assert isinstance(one, Ranking)
    assert (one.board, one.period, one.rank, one.of) == ("招商引资考核", "2023年上半年", 2, 3)
    assert (one.document, one.announced_on) == ("示例考〔2023〕7号", date(2023, 7, 10))
    assert counts(run(book, notice, kind="auto")) == (0, 0, 3, 0)
    own: Rows = [
        ["榜单", "时期", "名次", "文号"],
        ["赛马榜", "2023年一季度", "3/12", ""],
        ["赛马榜", "2023年二季度", "", ""],
    ]
    assert counts(run(book, written(tmp_path / "榜.xlsx", own), kind="rankings")) == (1, 0, 0, 1)


def test_results_of_a_year_find_their_enterprises(book: Book, tmp_path: Path) -> None:
    plan = run(book, written(tmp_path / "亩均.xlsx", PER_MU), kind="auto")
    assert counts(plan) == (2, 0, 0, 1)
    first, _second = all_of(book, Annual)
    assert isinstance(first, Annual)
    assert (first.year, first.output, first.tax, first.land) == (2022, 560_000_000, 23_000_000, Decimal("120.5"))
    assert counts(run(book, written(tmp_path / "又.xlsx", PER_MU), kind="auto")) == (0, 0, 2, 1)


def test_a_title_names_one_period_or_none() -> None:
    assert period_in("2023年1-9月任务") == (date(2023, 1, 1), date(2023, 9, 30))
    assert period_in("2023年前三季度任务") == (date(2023, 1, 1), date(2023, 9, 30))
    half = (date(2023, 1, 1), date(2023, 6, 30))
    for said in (
        "2023.1-6月",
        "2023．1—6月份",
        "2023/1-6月",
        "2023年1月至6月",
        "2023年1月-6月",
        "2023上半年",
        "2023 年度上半年",
    ):
        assert period_in(f"全市{said}招商引资任务") == half, said
    assert period_in("2023.06月任务（2023.7.3）") == (date(2023, 6, 1), date(2023, 6, 30))
    assert period_in("2022年7月-2023年6月任务") is None
    assert period_in("2023.13-15月任务") is None
    assert period_in("2022年完成情况和2023年任务") is None
    assert period_in("任务分解表") is None
    assert told("visits", "2023年拜访") == {}
    assert told("rankings", "全市招商引资“赛马”2023年二季度排名通报")["ranking.board"] == "全市招商引资赛马"
    notice = told("rankings", "2023.1-6月招商引资排名")
    assert "ranking.announced_on" not in notice, "a span of months is no day"
    assert (notice["ranking.period"], notice["ranking.board"]) == ("2023年1-6月", "招商引资")
    assert told("rankings", "2023年招商引资排名")["ranking.period"] == "2023年"
    assert told("rankings", "2023年一季度排名（2023.4.10）")["ranking.announced_on"] == date(2023, 4, 10)


DONE_BY_METRIC: Rows = [
    ["2023年1-6月招商引资完成情况通报"],
    ["序号", "指标", "单位", "目标", "完成", "完成率", "排名"],
    [1, "正式签约项目个数", "个", 60, 70, "116.7%", "2/12"],
    [2, "实际利用外资（万美元）", "", 3000, 1200, "40%", 9],
    [3, "营商环境满意度", "分", 95, 96, "101%", 3],
]
DONE_BY_DISTRICT: Rows = [
    ["2023年上半年招商引资主要指标完成情况表"],
    ["区县", "正式签约项目数", "", "", "实际利用外资(万美元)", "", ""],
    ["", "目标", "完成", "排名", "目标", "完成", "排名"],
    ["甲区", 60, 90, 1, 3000, 2000, 2],
    ["示例区", 60, 70, 2, 3000, 2500, 1],
    ["乙县", 60, 20, 3, 3000, 10, 3],
    ["合计", 180, 180, "", 9000, 4510, ""],
]
DONE_WITHOUT_A_WORD: Rows = [
    ["2023年上半年目标任务完成进度"],
    ["单位", "签约项目数(个)", "签约金额(亿元)"],
    ["示例区", 70, 534],
    ["甲区", 90, 600],
]
TASKS_AFTER_LAST_YEAR: Rows = [
    ["2023年招商引资目标任务分解表"],
    ["指标", "2022年完成", "2023年目标"],
    ["正式签约项目个数", 41, 120],
]


def named(book: Book, bureau: str = "示例区招商投资促进局") -> None:
    with book.unit("name") as unit:
        unit.insert(Setting, key="bureau", value=bureau)
        unit.commit()


def done(book: Book, path: Path, kind: str = "auto") -> ImportPlan:
    """Import a file and return its plan."""
    plan = imports.plan(book, path, kind)
    imports.apply(book, plan)
    return plan


def test_what_was_achieved_never_becomes_a_target(book: Book, tmp_path: Path) -> None:
    named(book)
    targets.set_target(
        book,
        metric=Metric.SIGNED_COUNT,
        from_on=date(2023, 1, 1),
        to_on=date(2023, 6, 30),
        subject="全局",
        value=65,
    )
    for name, rows in (("指标", DONE_BY_METRIC), ("区县", DONE_BY_DISTRICT), ("无字", DONE_WITHOUT_A_WORD)):
        plan = done(book, written(tmp_path / f"{name}.xlsx", rows))
        assert (plan.sheets[0].kind, plan.sheets[0].achieved) == ("rankings", True), name
        assert plan.result.rejected == 0, [row.reasons for row in plan.rows]
        told = [(one.metric, one.value) for row in plan.rows for one in row.announced]
        assert (Metric.SIGNED_COUNT, 70) in told, name
    assert [one.value for one in targets.list_targets(book, superseded=True)] == [65]
    found = {(one.board, one.metric): one for one in targets.list_rankings(book)}
    assert {(metric, one.rank, one.of) for (_board, metric), one in found.items()} == {
        (Metric.SIGNED_COUNT, 2, 12),
        (Metric.FDI_USD, 9, None),
        (None, 3, None),
        (Metric.SIGNED_COUNT, 2, 3),
        (Metric.FDI_USD, 1, 3),
    }
    assert found["招商引资主要指标", Metric.FDI_USD].value == 2500 * 10_000 * 100
    assert "营商环境满意度" in next(board for board, metric in found if metric is None)


def test_targets_beside_what_was_achieved_are_taken_when_one_says_so(book: Book, tmp_path: Path) -> None:
    path = written(tmp_path / "区县.xlsx", DONE_BY_DISTRICT)
    assert done(book, path, "targets").sheets[0].achieved
    assert {(one.subject, one.metric, one.value) for one in targets.list_targets(book)} == {
        (name, metric, value)
        for name in ("甲区", "示例区", "乙县")
        for metric, value in ((Metric.SIGNED_COUNT, 60), (Metric.FDI_USD, 3000 * 10_000 * 100))
    }
    named(book)
    chosen = imports.plan(book, path, choices=Choices(sheets={"Sheet1": SheetChoice(kind="targets")}))
    imports.learn(book, [chosen])
    assert imports.plan(book, path).sheets[0].kind == "rankings", "what was said once is not said for the next notice"
    last = done(book, written(tmp_path / "任务.xlsx", TASKS_AFTER_LAST_YEAR))
    assert (last.sheets[0].kind, last.sheets[0].achieved) == ("targets", False)
    assert ("全局", Metric.SIGNED_COUNT, 120) in {(t.subject, t.metric, t.value) for t in targets.list_targets(book)}


BY_TEAM: Rows = [
    ["2023年招商引资目标任务分解表"],
    ["序号", "指标", "单位", "各科室任务", "", "", "备注"],
    ["", "", "", "招商一局", "张三", "合计", ""],
    [1, "签约项目", "个", 20, 30, 50, ""],
    [2, "到位资金", "亿元", 12, "3.5", 15.5, "含续建"],
    ["合计", "", "", "", "", "", ""],
]
BY_METRIC_AND_QUARTER: Rows = [
    ["2023年目标任务"],
    ["责任单位", "签约项目数(个)", "", "实际利用外资(万美元)", ""],
    ["", "一季度", "全年", "上半年", "全年"],
    ["招商一局", 5, 20, 100, 300],
    ["总计", 5, 20, 100, 300],
]
BY_PERIOD_CELL: Rows = [
    ["2023年招商任务分解"],
    ["责任单位", "考核期", "任务名称", "任务数（万美元）"],
    ["招商一局", "上半年", "实际利用外资", 150],
    ["招商一局", "", "实际利用外资（万美元）", 300],
]


def test_a_sheet_of_progress_without_targets_does_not_speak_of_them(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["项目名称", "投资方", "计划总投资(亿元)"], ["甲项目", "甲公司", 3]]
    (sheet,) = imports.plan(book, written(tmp_path / "项目推进情况.xlsx", rows)).sheets
    assert (sheet.kind, sheet.achieved) == ("projects", False)


def test_teams_quarters_and_units_may_stand_in_headers_and_the_period_in_the_title(book: Book, tmp_path: Path) -> None:
    plan = done(book, written(tmp_path / "科室.xlsx", BY_TEAM))
    columns = {one.header: one for one in plan.sheets[0].columns}
    assert "团队" in columns["各科室任务›张三"].evidence
    assert columns["各科室任务›合计"].target == "", "a total is no team"
    done(book, written(tmp_path / "季度.xlsx", BY_METRIC_AND_QUARTER))
    done(book, written(tmp_path / "考核期.xlsx", BY_PERIOD_CELL))
    cents = 10_000 * 100
    assert {(one.subject, one.metric, one.to_on.month, one.value) for one in targets.list_targets(book)} == {
        ("招商一局", Metric.SIGNED_COUNT, 12, 20),
        ("张三", Metric.SIGNED_COUNT, 12, 30),
        ("招商一局", Metric.FUNDS_YUAN, 12, 1_200_000_000),
        ("张三", Metric.FUNDS_YUAN, 12, 350_000_000),
        ("招商一局", Metric.SIGNED_COUNT, 3, 5),
        ("招商一局", Metric.FDI_USD, 6, 100 * cents),
        ("招商一局", Metric.FDI_USD, 12, 300 * cents),
        ("招商一局", Metric.FDI_USD, 6, 150 * cents),
    } - {("招商一局", Metric.FDI_USD, 6, 100 * cents)}, "the later sheet revises the half-year"
    choice = SheetChoice(kind="targets", targets={5: "target.goal:@全局", 4: ""})
    path = written(tmp_path / "科室二.xlsx", BY_TEAM)
    chosen = imports.plan(book, path, choices=Choices(sheets={"Sheet1": choice}))
    imports.apply(book, chosen)
    assert ("全局", 50) in {(one.subject, one.value) for one in targets.list_targets(book)}
