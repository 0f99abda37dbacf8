"""Ledgers as a district's bureau keeps them, with all that people write where a day or a name belongs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from crm_app.domain.contacts import Contact, Position
from crm_app.domain.days import month_of
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import Event
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Milestone, Need, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Annual
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripMember, TripPlan
from crm_app.domain.visits import Visit
from crm_app.services import imports
from crm_app.services.book import Book
from tests.services.ledgers import Rows, all_of, imported, ledger, run

LEDGER_OF_PROJECTS: Rows = [
    ["项目名称", "投资主体", "总投资(亿元)", "落户园区", "签约时间", "协议类型", "备案时间", "环评时间", "能评时间",
     "供地时间", "开工时间", "竣工时间", "投产时间"],
    ["电池PACK", "甲公司", 12.5, "双福", "2023.1.15", "正式合同", "2023.2.20", "2023年3月", "已办结",
     "2023.3.18已摘牌", "2023.4.2", "", "预计2025年底"],
    ["轨道维保", "乙公司", "５.６亿", "德感", "23/3/5", "合同", "23/4/1", "未办理", "不需要", "待定", "未开工", "", ""],
    ["中央厨房", "丙公司", "8000万元", "待定", "三月上旬", "正式", "三月", "办理中", "—", "5月20日", "已开工", "/", ""],
]  # fmt: skip


def of(book: Book, record_type: type[Any]) -> list[Any]:
    return [one for one in all_of(book, record_type) if isinstance(one, record_type)]


def test_a_total_that_is_a_range_or_in_dollars_is_expected_and_a_dollar_contract_stays_one(
    book: Book, tmp_path: Path
) -> None:
    rows: Rows = [
        ["项目名称", "投资主体", "总投资(万元)", "签约时间"],
        ["中央厨房", "甲公司", "约3000-5000", ""],
        ["芯片封测", "乙公司", "2亿美元", "2023-06-03"],
        ["酒店", "丙公司", "5000万港元", ""],
        ["阀门", "丁公司", "3000-5000", "2023-06-05"],
    ]
    plan = imported(book, ledger(tmp_path / "台账.xlsx", "项目台账", rows), "projects", 2, 2)
    assert [one.shown("intent") for one in of(book, Project)] == ["约3000万元至5000万元", "2亿美元"]
    assert "预计金额" in plan.rows[0].remarks[0]
    assert [one.shown("amount") for one in of(book, Signing)] == ["2亿美元"]
    assert "港元" in plan.rows[2].reasons[0]
    assert "协议" in plan.rows[3].reasons[0]
    assert run(book, ledger(tmp_path / "再.xlsx", "项目台账", rows), "projects").unchanged == 2


def test_what_stands_in_traditional_characters_is_read_as_in_simplified_ones(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["項目名稱", "投資方", "總投資(億元)", "項目階段", "註冊地"],
        ["電池", "甲公司", "約3000-5000萬", "在談", "廣東省深圳市"],
        ["閥門", "乙公司", "2億圓", "洽談中", "臺灣"],
    ]
    plan = imported(book, ledger(tmp_path / "台賬.xlsx", "項目臺賬", rows), "projects", 2)
    assert [one.shown("intent") for one in of(book, Project)] == ["约3000万元至5000万元", ""]
    assert [one.total_investment for one in of(book, Project)] == [None, 200_000_000]
    assert [one.stage for one in of(book, StageEntry)] == [Stage.NEGOTIATING] * 2
    assert [one.region for one in of(book, Enterprise)] == ["广东省深圳市", "台湾省"]
    assert "“約3000-5000萬”" in plan.rows[0].remarks[0]


def test_columns_that_are_milestones_become_milestones_and_words_for_days_send_nothing_back(
    book: Book, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "台账.xlsx", "2023年招商引资项目台账", LEDGER_OF_PROJECTS, total=["", "", 18.9])
    plan = imported(book, path, "projects", 3)
    projects = {one.id: one.name for one in of(book, Project)}
    told = {(projects[one.project_id], one.kind): one.on for one in of(book, Milestone)}
    assert told == {
        ("电池PACK", "备案"): date(2023, 2, 20),
        ("电池PACK", "环评"): date(2023, 3, 31),
        ("电池PACK", "供地"): date(2023, 3, 18),
        ("轨道维保", "备案"): date(2023, 4, 1),
        ("中央厨房", "备案"): date(2023, 3, 31),
        ("中央厨房", "供地"): date(2023, 5, 20),
    }
    assert {one.name: one.agreed_production_on for one in of(book, Project)}["电池PACK"] == date(2025, 12, 31)
    assert [one.signed_on.first for one in of(book, Signing)] == [date(2023, 1, 15), date(2023, 3, 5), date(2023, 3, 1)]
    assert {one.park for one in of(book, ProjectPark)} == {"双福科技创新城", "德感消费品产业城"}
    said = ["；".join(row.remarks) for row in plan.rows]
    assert "已办结" in said[0]
    assert "开工" in said[0]
    assert "不需要" in said[1]
    assert "已开工" in said[2]


def test_a_sheet_of_milestones_may_have_a_column_for_each(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "台账.xlsx", "2023年招商引资项目台账", LEDGER_OF_PROJECTS), "projects")
    rows: Rows = [
        ["项目名称", "手续›注册时间", "施工许可证办理时间", "入统时间"],
        ["电池PACK", "2023.2.1", "2023.4.1", "未入统"],
        ["轨道维保", "2023.3.9", "", "2030年1月"],
    ]
    path = ledger(tmp_path / "手续.xlsx", "项目手续办理情况", rows)
    plan = imports.plan(book, path)
    assert plan.sheets[0].kind == "milestones"
    assert "2030年1月" in "".join(plan.rows[1].remarks)
    imports.apply(book, plan)
    assert imports.plan(book, path).result.unchanged == 2
    held = {(one.kind, one.on) for one in of(book, Milestone)}
    assert held >= {("注册", date(2023, 2, 1)), ("施工许可", date(2023, 4, 1)), ("注册", date(2023, 3, 9))}


def test_a_progress_sheet_says_what_was_reached_and_what_is_agreed(book: Book, tmp_path: Path) -> None:
    run(book, ledger(tmp_path / "台账.xlsx", "2023年招商引资项目台账", LEDGER_OF_PROJECTS), "projects")
    rows: Rows = [
        ["项目名称", "开工时间", "开工佐证", "投产时间", "备案时间"],
        ["电池PACK", "2023.4.2", "许可证1号", "2025年6月", "2023.2.20"],
        ["轨道维保", "已开工", "", "待定", ""],
    ]
    plan = imports.plan(book, ledger(tmp_path / "进度.xlsx", "项目建设进度", rows), "stages")
    assert plan.result.rejected == 0
    imports.apply(book, plan)
    assert [one.on for one in of(book, StageEntry) if one.stage is Stage.STARTED] == [date(2023, 4, 2)]
    assert of(book, Project)[0].agreed_production_on == date(2025, 6, 30)


def test_talks_bring_their_sums_sites_problems_and_next_steps(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        [
            "项目名称",
            "企业名称",
            "拟投资规模（万元）",
            "拟选址",
            "首次对接时间",
            "联系人及电话",
            "存在问题",
            "下一步工作",
        ],
        [
            "固态电池",
            "甲公司",
            "50000",
            "双福",
            "2023年3月",
            "刘某某（副总裁）13800000011",
            "用电价格",
            "6月20日前邀请来访",
        ],
        ["器械产业园", "", "3亿", "待定", "2023.4", "王总：13800000012", "", ""],
        ["显示模组", "乙公司", "面议", "珞璜", "4月", "", "", "跟踪对接"],
    ]
    plan = imported(book, ledger(tmp_path / "在谈.xlsx", "重点在谈项目进展表（2023年5月）", rows), "projects", 3)
    assert "王总" in "".join(plan.rows[1].remarks)
    assert [one.intent.low for one in of(book, Project) if one.intent.low] == [500_000_000, 300_000_000]
    assert next((one.stage, one.on) for one in of(book, StageEntry)) == (Stage.NEGOTIATING, date(2023, 3, 31))
    assert [one.text for one in of(book, Need)] == ["用电价格"]
    assert {one.what: one.due for one in of(book, Task)} == {
        "邀请来访": date(2023, 6, 20),
        "跟踪对接": date(2023, 6, 15),
    }


def test_a_list_of_outings_is_trips_with_their_leaders_posts_aside(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["外出时间", "外出地点", "带队领导", "参加人员", "拜访企业", "洽谈项目", "拟投资额", "取得成效", "下步计划"],
        [
            "1月8日-10日",
            "上海、苏州",
            "区委常委、副区长 李某某",
            "张某某、王某等3人",
            "甲公司、乙公司",
            "电驱",
            "约5亿元",
            "初步意向",
            "邀请来访",
        ],
        ["2.26-3.1", "深圳", "招商局局长赵某某", "王某", "丙公司", "储能", "8-10亿", "", ""],
        ["4月中旬", "杭州", "王某", "", "丁公司", "", "", "", ""],
    ]
    plan = imported(book, ledger(tmp_path / "外出.xlsx", "2023年1—5月外出招商活动统计表", rows), "trips", 2, 1)
    assert "2023-06-30" in plan.rows[2].reasons[0]
    assert [(one.start_on, one.end_on, one.findings) for one in of(book, Trip)] == [
        (date(2023, 1, 8), date(2023, 1, 10), "初步意向"),
        (date(2023, 2, 26), date(2023, 3, 1), None),
    ]
    people = {one.name: one.title for one in of(book, Person)}
    assert people == {"李某某": "区委常委、副区长", "张某某": None, "赵某某": "招商局局长", "王某": None}
    assert len(of(book, TripMember)) == 3
    assert len(of(book, TripPlan)) == 3


def test_problems_gathered_on_visits_are_needs(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["走访时间", "走访领导", "企业名称", "问题类别", "问题诉求", "责任单位", "办理时限", "办理进度", "是否办结"],
        ["2023.5.8", "李某某", "甲公司", "用电", "双回路供电", "区经信委、供电公司", "6月底前", "现场踏勘", "否"],
        ["2023.5.8", "李某某", "甲公司", "用工", "缺操作工200人", "区人社局", "2023年7月", "", "是"],
        ["2023/5/9", "张某", "乙公司", "融资", "贷款2000万元", "区金融办", "长期", "", "否"],
    ]
    imported(book, ledger(tmp_path / "问题清单.xlsx", "走访服务企业收集问题清单", rows), "needs", 3)
    assert [(one.kind, one.due) for one in of(book, Need)] == [
        ("用电", date(2023, 6, 30)),
        ("用工", date(2023, 7, 31)),
        ("融资", None),
    ]


def test_a_lead_of_a_month_is_dated_and_the_same_lead_once_its_day_is_told(book: Book, tmp_path: Path) -> None:
    rows: Rows = [["线索企业", "登记日期", "进展情况"], ["甲公司", "2023年3月", "已发资料"], ["乙公司", "三月上旬", ""]]
    path = ledger(tmp_path / "线索.xlsx", "2023年招商线索", rows)
    imported(book, path, "leads", 2)
    first, second = of(book, Lead)
    assert (first.registered_on, second.registered_on) == (date(2023, 3, 31), date(2023, 3, 10))
    assert first.note.startswith("已发资料\n")
    assert "2023年3月" in first.note
    later: Rows = [["线索企业", "登记日期", "进展情况"], ["甲公司", "2023-03-12", ""]]
    run(book, ledger(tmp_path / "线索2.xlsx", "2023年招商线索", later), "leads")
    assert [one.registered_on for one in of(book, Lead)] == [date(2023, 3, 12), date(2023, 3, 10)]
    assert of(book, Lead)[0].note == "已发资料"
    assert month_of(2023, 3).touches(*(one.registered_on for one in of(book, Lead)))


def test_an_event_of_another_kind_comes_in_with_its_kind_left_blank(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["活动名称", "活动类型", "活动时间", "参加人数"],
        ["西洽会专场", "推介会", "2023年5月23日—26日", "约120人"],
        ["企业家座谈会", "座谈会", "2月18日上午9:30", "30余人"],
        ["产业对接会", "供需对接会", "4.11", "２００"],
    ]
    plan = imported(book, ledger(tmp_path / "活动.xlsx", "2023年招商活动清单", rows), "events", 3)
    assert "座谈会" in "".join(plan.rows[1].remarks)
    assert [(one.kind, one.people) for one in of(book, Event)] == [("promotion", 120), (None, 30), ("promotion", 200)]


def test_when_to_speak_again_is_the_next_step_of_a_follow_up(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["日期", "对接企业", "对接方式", "对接内容", "参与人", "下次跟进时间"],
        [45078, "甲公司", "电话", "沟通用电", "张某、李某", "6月15日"],
        ["2023年6月8日（周四）", "乙公司", "微信", "发方案", "张某", "待定"],
    ]
    imported(book, ledger(tmp_path / "跟踪.xlsx", "项目跟踪日志", rows), "follow_ups", 2)
    assert [(one.what, one.due) for one in of(book, Task)] == [("再次联系", date(2023, 6, 15))]
    assert [one.name for one in of(book, Person)] == ["张某"]


def test_sections_within_a_list_are_no_rows_and_its_title_tells_the_day_of_signing(book: Book, tmp_path: Path) -> None:
    file = xlsxwriter.Workbook(path := tmp_path / "清单.xlsx")
    sheet = file.add_worksheet()
    sheet.merge_range(0, 0, 0, 6, "2023年一季度集中签约项目清单")
    sheet.merge_range(1, 0, 1, 6, "（签约日期：2023年3月28日）")
    rows: Rows = [
        ["序号", "项目名称", "投资企业", "投资金额", "产业类别", "落地镇街（园区）", "牵头部门"],
        ["合计（3个）", "", "", "21.3亿元", "", "", ""],
        ["一", "制造业项目（2个）", "", "", "", "", ""],
        [1, "零部件", "甲公司", "10亿元", "汽车", "双福工业园", "区经信委"],
        [2, "绿色建材", "乙公司", "113000万元", "先进材料", "珞璜", "区经信委"],
        ["二", "服务业项目（1个）", "", "3000万", "", "", ""],
        [3, "供应链总部", "丙公司", "3000万", "服务业", "江津综保区", "区商务委"],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(2 + number, 0, row)
    file.close()
    plan = imported(book, path, "projects", 3)
    assert plan.result.read == 3
    assert {str(one.signed_on.first) for one in of(book, Signing)} == {"2023-03-28"}
    assert {one.park for one in of(book, ProjectPark)} == {"双福科技创新城", "珞璜临港产业城", "江津综合保税区"}


def test_a_week_on_the_road_is_visits_with_who_was_there(book: Book, tmp_path: Path) -> None:
    head = [
        "日期",
        "拜访/接待企业",
        "地点",
        "我方人员",
        "企业人员及职务",
        "洽谈内容",
        "意向程度",
        "下一步打算及完成时限",
    ]
    theirs = "陈某某（董事长）、王某（投资总监）"
    rows: Rows = [
        head,
        ["3.18", "甲公司", "上海", "张某 李某", theirs, "谈封测", "较强", "3月底前报送方案"],
        ["3.19 9:00", "乙公司一行5人", "苏州", "张某", "沈总", "了解环境", "A类", "持续跟进"],
        ["3月21日-22日", "丙公司", "宁波", "张某、李某", "", "", "", ""],
    ]
    title = "驻长三角招商组工作周报（2023年3月18日—22日）"
    plan = imported(book, ledger(tmp_path / "周报.xlsx", title, rows), "visits", 3)
    assert "较强" in "".join(plan.rows[0].remarks)
    assert [(one.on, one.time, one.intent) for one in of(book, Visit)] == [
        (date(2023, 3, 18), None, None),
        (date(2023, 3, 19), "09:00", "A"),
        (date(2023, 3, 21), None, None),
    ]
    assert {one.name for one in of(book, Enterprise)} == {"甲公司", "乙公司", "丙公司"}
    assert next(one.due for one in of(book, Task)) == date(2023, 3, 31)


def test_an_enterprise_and_the_post_there_stand_in_one_cell(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "客商.tsv"
    path.write_bytes(
        "客商联系表\t\t\t\r\n姓名\t单位及职务\t联系方式\t备注\r\n"
        '陈某某\t上海示例半导体有限公司董事长\t13800000041 微信同号\t"爱好\t羽毛球"\r\n'
        "王某\t苏州示例医疗器械公司 总经理助理\t021-60000000*802\t\r\n".encode("gb18030")
    )
    imported(book, path, "contacts", 2)
    assert [one.name for one in of(book, Enterprise)] == ["上海示例半导体有限公司", "苏州示例医疗器械公司"]
    assert [one.title for one in of(book, Position)] == ["董事长", "总经理助理"]
    assert "\t" in str(of(book, Contact)[0].note)
    assert of(book, Contact)[1].phone == "+862160000000;ext=802"


def test_of_several_units_that_a_table_names_amounts_take_that_of_money(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["企业名称", "用地面积", "工业总产值", "实缴税金", "亩均税收"],
        ["甲公司", 200, 150000, "6,500.25", 32.5],
        ["乙公司", "50.5", "12000", "—", ""],
    ]
    path = ledger(tmp_path / "亩均.xlsx", "2023年度规上企业亩均效益评价表", rows, unit="单位：亩、万元、%")
    imported(book, path, "yearly_results", 2)
    assert [(one.output, one.tax) for one in of(book, Annual)] == [(1_500_000_000, 65_002_500), (120_000_000, None)]


def test_a_park_is_known_by_its_beginning_and_a_place_is_no_park(book: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "总投资(亿元)", "落户园区"],
        ["电池", 1, "珞璜"],
        ["燃机", 2, "江津"],
        ["储能", 3, "重庆"],
    ]
    plan = imported(book, ledger(tmp_path / "台账.xlsx", "项目台账", rows), "projects", 3)
    assert "珞璜临港产业城" in "".join(plan.rows[0].remarks)
    assert [one.park for one in of(book, ProjectPark)] == ["珞璜临港产业城", "江津", "重庆"]
