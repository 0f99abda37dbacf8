"""History comes in from ledgers as offices write them: linked by name, code or number, twice without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from crm_app import i18n
from crm_app.domain.amounts import Currency
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Fund, Project, Signing, StageEntry
from crm_app.domain.staff import Person
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Metric, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Reception, Visit
from crm_app.files.reading import read_tables
from crm_app.services import book as books
from crm_app.services import enterprises, exports, imports, merging
from crm_app.services.book import Book
from crm_app.services.imports import Action, ImportPlan, ImportResult

CODE, OTHER_CODE = "91440600549QX0810K", "9142010057482G482Q"
Rows = Sequence[Sequence[object]]

PROJECTS: Rows = [
    ["项目名称", "项目编号", "投资主体", "总投资(亿元)", "协议类型", "签约时间"],
    ["电池基地(示例)", "XM-1", "甲公司", 72, "正式合同", "2023-06-01"],
    ["燃机项目", "XM-2", "乙公司60%、丙公司40%", 27, "正式合同", "2023-03-01"],
    ["储能(示例)", "", "丁公司", 5, "", ""],
]


def ledger(path: Path, title: str, rows: Rows, *, total: Sequence[object] = (), unit: str = "") -> Path:
    """Write a ledger as an office keeps it: a merged title, a serial column, its total and a note below."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sheet1")
    width = len(rows[0])
    sheet.merge_range(0, 0, 0, width, title)
    sheet.write(1, 0, unit)
    for number, row in enumerate(rows):
        sheet.write_row(2 + number, 0, [number or "序号", *row])
    if total:
        sheet.write_row(2 + len(rows), 0, ["合计", *total])
    sheet.merge_range(3 + len(rows), 0, 3 + len(rows), width, "注：以上为示例数据")
    book.close()
    return path


def run(book: Book, path: Path, kind: str = "auto") -> ImportResult:
    return imports.apply(book, imports.plan(book, path, kind)).value


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    assert result.read == result.created + result.updated + result.unchanged + result.rejected
    return result.created, result.updated, result.unchanged, result.rejected


def all_of(book: Book, record_type: type[Record]) -> list[Record]:
    with book.read() as reader:
        return list(reader.find(record_type))


def imported(book: Book, path: Path, kind: str, created: int, rejected: int = 0) -> ImportPlan:
    """Import a ledger that must be known for what it is, and once more, which must change nothing."""
    plan = imports.plan(book, path)
    assert plan.sheets[0].kind == kind
    assert counts(plan.result) == (created, 0, plan.result.unchanged, rejected), [row.reasons for row in plan.rows]
    imports.apply(book, plan)
    again = imports.plan(book, path)
    assert counts(again.result)[::3] == (0, rejected)
    assert again.result.updated == 0, [(row.changes, row.added) for row in again.rows]
    assert books.check(book) == []
    return plan


@pytest.fixture
def signed(book: Book, tmp_path: Path) -> Book:
    """Give the book three projects, two of them signed."""
    path = ledger(tmp_path / "项目.xlsx", "项目台账", PROJECTS)
    assert counts(run(book, path, "projects")) == (3, 0, 0, 0)
    return book


CONTACTS: Rows = [
    ["姓名", "称呼", "姓氏读音", "单位名称", "职务", "手机", "邮箱", "备注"],
    ["曾小示", "曾老师", "zeng", "甲公司", "董事长", "138 0000 0001", "a@b.cn", "爱茶"],
    ["John Smith", "", "", "甲公司", "CEO", "+1 650 253 0000", "", ""],
    ["李小示", "", "", "乙公司、丙公司", "顾问", 13800000003, "", ""],
    ["王小示", "", "", "", "", "", "", ""],
]


def test_contacts_come_with_their_posts(book: Book, tmp_path: Path) -> None:
    plan = imported(book, ledger(tmp_path / "通讯录.xlsx", "客商通讯录", CONTACTS), "contacts", 3, 1)
    assert "王小示" in plan.rows[3].reasons[0]
    first, second, _third = all_of(book, Contact)
    assert (first.name, first.salutation, first.surname_pinyin, first.note) == ("曾小示", "曾老师", "zeng", "爱茶")  # type: ignore[attr-defined]
    assert second.name == "John Smith"  # type: ignore[attr-defined]
    assert [post.title for post in all_of(book, Position)] == ["董事长", "CEO", "顾问", None]  # type: ignore[attr-defined]
    assert len(all_of(book, Enterprise)) == 3


TRIPS: Rows = [
    ["批次名称", "起止时间", "目的地", "带队领导", "随行人员", "拟访企业", "外出目的"],
    ["赴苏州招商", "2023年6月1日至6月3日", "苏州、无锡", "单晓", "曾敏(1.5天)、李华", "甲公司、乙公司", "对接电池企业"],
    ["", "2023-05-10", "泰国曼谷", "单晓", "", "", ""],
    ["赴上海招商", "2023年6月", "上海", "", "", "", ""],
]


def test_trips_come_with_who_went_and_whom_they_mean_to_meet(book: Book, tmp_path: Path) -> None:
    run(book, _visits(tmp_path))
    plan = imported(book, ledger(tmp_path / "外出.xlsx", "2023年外出招商情况表", TRIPS), "trips", 2, 1)
    assert "2023-06-01" in plan.rows[2].reasons[0]
    trip, other = all_of(book, Trip)
    assert isinstance(trip, Trip)
    assert isinstance(other, Trip)
    assert (trip.start_on, trip.end_on, trip.regions) == (date(2023, 6, 1), date(2023, 6, 3), ("苏州", "无锡"))
    assert (other.start_on, other.end_on, other.kind) == (date(2023, 5, 10), date(2023, 5, 10), TripKind.OUTING)
    assert [one.days for one in all_of(book, TripMember)] == [Decimal("1.5"), Decimal(3)]  # type: ignore[attr-defined]
    assert [one.state for one in all_of(book, TripPlan)] == [PlanState.DONE, PlanState.TO_ASK]  # type: ignore[attr-defined]
    assert {one.name for one in all_of(book, Person)} >= {"单晓", "曾敏", "李华"}  # type: ignore[attr-defined]


def _visits(tmp_path: Path) -> Path:
    return ledger(
        tmp_path / "拜访.xlsx", "拜访", [["拜访企业", "拜访日期", "下一步"], ["甲公司", "2023.6.2", "下周三 回访"]]
    )


def test_a_next_step_of_a_visit_is_a_task_from_its_own_day_on(book: Book, tmp_path: Path) -> None:
    imported(book, _visits(tmp_path), "visits", 1)
    (task,), (visit,) = all_of(book, Task), all_of(book, Visit)
    assert isinstance(task, Task)
    assert (task.what, task.due, task.visit_id) == ("回访", date(2023, 6, 7), visit.id)


RECEPTIONS: Rows = [
    ["来访企业", "统一社会信用代码", "来访时间", "来访人员", "接待人", "考察点位", "接待情况", "下一步"],
    [
        "甲公司",
        CODE,
        "2023-06-05 09:30",
        "张某某一行5人",
        "单晓、曾敏",
        "双福园区、标准厂房",
        "有意向",
        "6月20日前报送方案",
    ],
    ["甲公司", CODE, "2023-06-05 15:00", "", "单晓", "珞璜", "再谈", ""],
    ["", "", "2023-06-06", "省商会考察团", "", "", "", ""],
    ["", "", "2023-06-07", "", "", "", "", ""],
]


def test_receptions_are_no_visits(book: Book, tmp_path: Path) -> None:
    imported(book, ledger(tmp_path / "接待.xlsx", "来访接待台账", RECEPTIONS), "receptions", 3, 1)
    first, second, third = all_of(book, Reception)
    assert isinstance(first, Reception)
    assert (first.guests, first.time, first.sites) == ("张某某一行5人", "09:30", ("双福园区", "标准厂房"))
    assert first.result is not None
    assert "曾敏" in first.result
    assert (second.guests, second.time) == ("甲公司", "15:00")  # type: ignore[attr-defined]
    assert (third.guests, third.enterprise_id) == ("省商会考察团", None)  # type: ignore[attr-defined]
    (task,) = all_of(book, Task)
    assert (task.due, task.reception_id) == (date(2023, 6, 20), first.id)  # type: ignore[attr-defined]
    assert all_of(book, Visit) == []


FOLLOW_UPS: Rows = [
    ["统一社会信用代码", "企业名称", "时间", "方式", "跟进人", "下一步", "内容"],
    [CODE, "甲公司", "2023-06-01 10:00", "电话", "单晓", "组织专家论证", "对方关注用电价格"],
    [CODE, "", "2023-06-08 15:30", "微信", "", "签订框架协议", "同意来区考察"],
    [OTHER_CODE, "", "2023-06-09", "邮件", "", "", "发去材料"],
    ["", "甲公司", "2023-06-10", "", "", "", ""],
]


def test_follow_ups_keep_their_authors_and_leave_only_the_last_step_open(book: Book, tmp_path: Path) -> None:
    plan = imported(book, ledger(tmp_path / "跟进.xlsx", "跟进台账", FOLLOW_UPS), "follow_ups", 2, 2)
    assert OTHER_CODE in plan.rows[2].reasons[0]
    first, second = all_of(book, FollowUp)
    assert isinstance(first, FollowUp)
    assert (first.on, first.time, first.mode) == (date(2023, 6, 1), "10:00", "电话")
    assert isinstance(second, FollowUp)
    assert second.person_id is None
    steps = [(one.what, one.due, one.done_on) for one in all_of(book, Task) if isinstance(one, Task)]
    assert steps == [
        ("组织专家论证", date(2023, 6, 2), date(2023, 6, 8)),
        ("签订框架协议", date(2023, 6, 9), None),
    ]


def test_follow_ups_of_a_project_are_linked_to_it(signed: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "跟进日期", "跟进方式", "跟进情况"],
        ["电池基地（示例）", "2023.6.5", "电话", "已拿地"],
        ["不存在的项目", "2023.6.5", "电话", "略"],
    ]
    plan = imported(signed, ledger(tmp_path / "跟进.xlsx", "重点项目跟进", rows), "follow_ups", 1, 1)
    assert "项目编号" in plan.rows[1].reasons[0]
    (one,) = all_of(signed, FollowUp)
    assert one.project_id == all_of(signed, Project)[0].id  # type: ignore[attr-defined]
    assert one.enterprise_id is not None  # type: ignore[attr-defined]


FUNDS: Rows = [
    ["项目名称", "项目编号", "企业名称", "到位时间", "到位金额", "资金性质", "备注"],
    ["电池基地（示例）", "", "", "2023-06-05", 12000, "注册资本", ""],
    ["", "XM-2", "", "2023年6月6日", "1.5亿", "", ""],
    ["", "", "丁公司", 45090, "300万美元", "", "外资"],
    ["没有的项目", "", "", "2023-06-05", 1, "", ""],
    ["电池基地(示例)", "", "", "2023年6月", 1, "", ""],
    ["电池基地(示例)", "", "", "2023-06-07", "一些", "", ""],
]


def test_funds_are_dated_amounts_of_a_project(signed: Book, tmp_path: Path) -> None:
    path = ledger(tmp_path / "资金.xlsx", "到位资金台账", FUNDS, total=["", "", "", "", 27000], unit="单位：万元")
    plan = imported(signed, path, "funds", 3, 3)
    assert (plan.sheets[0].totals, plan.sheets[0].notes) == (1, 1)
    amounts = [(one.on, one.amount) for one in all_of(signed, Fund) if isinstance(one, Fund)]
    assert amounts == [
        (date(2023, 6, 5), Amount(120_000_000)),
        (date(2023, 6, 6), Amount(150_000_000)),
        (date(2023, 6, 13), Amount(300_000_000, Currency.USD)),
    ]
    books.undo(signed)
    assert all_of(signed, Fund) == []


STAGES: Rows = [
    ["项目名称", "阶段", "日期", "佐证材料", "理由"],
    ["电池基地(示例)", "投产", "2023-06-13", "验收单", ""],
    ["电池基地(示例)", "开工", "2023-06-10", "施工许可证", ""],
    ["电池基地(示例)", "在谈", "2023-01-05", "", ""],
    ["燃机项目", "开工", "2023-06-01", "", ""],
    ["燃机项目", "研判评审", "2023-06-01", "", ""],
    ["储能(示例)", "正式签约", "2023-06-01", "", ""],
    ["储能(示例)", "搁置", "2023-06-02", "", "资金未落实"],
]


def test_progress_comes_in_any_order_and_never_runs_backwards(signed: Book, tmp_path: Path) -> None:
    plan = imported(signed, ledger(tmp_path / "进展.xlsx", "项目进展记录", STAGES), "stages", 4, 3)
    assert "佐证" in plan.rows[3].reasons[0]
    assert "倒退" in plan.rows[4].reasons[0]
    assert "正式合同" in plan.rows[5].reasons[0]
    battery = all_of(signed, Project)[0].id
    log = [(one.stage, one.on) for one in all_of(signed, StageEntry) if one.project_id == battery]  # type: ignore[attr-defined]
    assert sorted(log, key=lambda entry: entry[1]) == [
        (Stage.NEGOTIATING, date(2023, 1, 5)),
        (Stage.SIGNED, date(2023, 6, 1)),
        (Stage.STARTED, date(2023, 6, 10)),
        (Stage.PRODUCING, date(2023, 6, 13)),
    ]


def test_a_column_of_days_for_each_stage_tells_a_whole_history(signed: Book, tmp_path: Path) -> None:
    rows: Rows = [
        ["项目名称", "洽谈时间", "评审时间", "签约时间", "开工时间", "开工佐证"],
        ["电池基地(示例)", "2022-11-01", "2023.3.1", "2023-06-01", "2023-06-12", "许可证1号"],
        ["燃机项目", "2022-11-01", "", "2023-03-01", "2023-06-12", ""],
    ]
    plan = imported(signed, ledger(tmp_path / "进度.xlsx", "项目进度表", rows), "stages", 1, 1)
    assert plan.rows[1].action is Action.REJECT
    assert len(all_of(signed, StageEntry)) == 5


SIGNINGS: Rows = [
    ["项目名称", "协议类型", "签署日期", "金额(亿元)", "汇率", "汇率日期", "备注"],
    ["电池基地(示例)", "补充协议", "2023-06-12", 3, "", "", "增资"],
    ["储能(示例)", "框架协议", "2023年5月", 5, "", "", ""],
    ["储能(示例)", "解除", "2023-06-10", "", "", "", ""],
    ["电池基地(示例)", "正式合同", "2023-06-13", 3, "", "", ""],
    ["燃机项目", "解除协议", "2023-06-10", "", "", "", ""],
]


def test_agreements_follow_one_another_as_the_rules_say(signed: Book, tmp_path: Path) -> None:
    plan = imported(signed, ledger(tmp_path / "协议.xlsx", "协议台账", SIGNINGS), "signings", 3, 2)
    assert [bool(row.reasons) for row in plan.rows] == [False, False, True, True, False]
    signings = [one for one in all_of(signed, Signing) if isinstance(one, Signing)]
    assert [one.kind for one in signings][2:] == [Agreement.SUPPLEMENT, Agreement.FRAMEWORK, Agreement.CANCELLATION]
    assert signings[4].amount == signings[1].amount


TARGETS: Rows = [
    ["指标", "责任单位", "考核期", "目标值", "单位", "下达单位", "文号"],
    ["签约项目数", "招商一局", "2023年", 30, "个", "区委办", "津委办〔2023〕1号"],
    ["签约金额", "招商一局", "2023年上半年", 534, "亿元", "区委办", ""],
    ["实际使用外资", "", "2023年", "1.2亿美元", "", "", ""],
    ["签约金额", "招商二局", "2023年", 100, "", "", ""],
    ["到位资金", "招商一局", "", 100, "亿元", "", ""],
]


def test_targets_are_read_in_the_unit_of_their_metric_and_revised_by_a_later_ledger(book: Book, tmp_path: Path) -> None:
    imported(book, ledger(tmp_path / "指标.xlsx", "2023年目标任务分解表", TARGETS), "targets", 3, 2)
    targets = [one for one in all_of(book, Target) if isinstance(one, Target)]
    assert [(one.metric, one.value) for one in targets] == [
        (Metric.SIGNED_COUNT, 30),
        (Metric.SIGNED_YUAN, 53_400_000_000),
        (Metric.FDI_USD, 12_000_000_000),
    ]
    revised: Rows = [TARGETS[0], ["签约项目数", "招商一局", "2023年", 35, "个", "区委办", "津委办〔2023〕9号"]]
    imported(book, ledger(tmp_path / "调整.xlsx", "调整", revised), "targets", 1)
    assert all_of(book, Target)[3].supersedes_id == targets[0].id  # type: ignore[attr-defined]
    assert counts(run(book, ledger(tmp_path / "又.xlsx", "又", TARGETS[:2]))) == (0, 0, 1, 0)


LEADS: Rows = [
    [
        "线索名称",
        "企业名称",
        "统一社会信用代码",
        "线索来源",
        "首报人",
        "登记日期",
        "意向投资额(亿元)",
        "初判结论",
        "联系人",
    ],
    ["甲电池扩产", "甲公司", CODE, "引荐", "单晓", "2023-05-01", "约3-5", "跟进", "张小示 总经理 13800000001"],
    ["乙", "乙公司", "", "", "曾敏", "2023.5.2", "面议", "", ""],
]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Export a book that holds something of every kind."""
    folder = tmp_path_factory.mktemp("sheets")
    i18n.set_language("zh_CN")
    first = books.create_book(folder / "first.crm")
    ledgers = {
        "leads": LEADS,
        "contacts": CONTACTS[:4],
        "projects": PROJECTS,
        "trips": TRIPS[:3],
        "visits": [
            ["拜访企业", "拜访日期", "我方人员", "对方人员", "洽谈内容"],
            ["甲公司", "2023.6.2", "单晓", "张小示 总经理", "谈"],
        ],
        "receptions": RECEPTIONS[:4],
        "follow_ups": FOLLOW_UPS[:3],
        "signings": SIGNINGS[:3],
        "funds": FUNDS[:4],
        "stages": STAGES[:4],
        "targets": TARGETS[:4],
    }
    for kind, rows in ledgers.items():
        result = run(first, ledger(folder / f"{kind}.xlsx", "台账", rows, unit="单位：万元"), kind)
        assert result.created == len(rows) - 1, (kind, result)
    made = _exported(first, folder)
    books.close_book(first)
    return made


def _exported(book: Book, folder: Path) -> dict[str, Path]:
    for kind in imports.KINDS[1:]:
        exports.export(book, kind, folder / f"出_{kind}.xlsx", personal=True)
    return {kind: folder / f"出_{kind}.xlsx" for kind in imports.KINDS[1:]}


def test_sheets_of_every_kind_make_the_same_book_on_another_laptop(
    book: Book, sheets: dict[str, Path], tmp_path: Path
) -> None:
    for path in sheets.values():
        plan = imports.plan(book, path)
        assert plan.sheets[0].kind == path.stem.removeprefix("出_")
        assert plan.result.rejected == 0, (path.stem, [row.reasons for row in plan.rows])
        imports.apply(book, plan)
    assert books.check(book) == []
    for kind, path in _exported(book, tmp_path).items():
        ours, theirs = read_tables(path), read_tables(sheets[kind])
        # The entry that follows from an agreement has an id of its own on every laptop.
        width = -1 if kind == "stages" else None
        assert _sorted(ours[0].rows, width) == _sorted(theirs[0].rows, width), kind
        again = imports.plan(book, sheets[kind])
        assert again.result.unchanged == again.result.read, (kind, [(r.action, r.changes, r.added) for r in again.rows])


def _sorted(rows: Rows, width: int | None) -> list[list[str]]:
    return sorted([str(cell) for cell in row[:width]] for row in rows)


def test_a_row_with_an_id_is_that_record_wherever_it_went(book: Book, tmp_path: Path) -> None:
    known, other, gone = (
        enterprises.create_enterprise(book, name=name).value for name in ("甲公司", "乙公司", "丙公司")
    )
    merging.merge(book, known, [other])
    enterprises.delete_enterprise(book, gone)
    elsewhere = "01a217da-4904-7103-bf55-02c6df66d561"
    rows: Rows = [
        ["企业名称", "行业", "记录标识"],
        ["甲公司改名", "电池", known],
        ["乙公司", "电池", other],
        ["丙公司", "电机", gone],
        ["丁公司", "电控", elsewhere],
        ["戊公司", "", "不是标识"],
    ]
    path = ledger(tmp_path / "企业.xlsx", "企业", [[str(cell) for cell in row] for row in rows])
    plan = imports.plan(book, path)
    assert [row.action for row in plan.rows] == [
        Action.UPDATE,
        Action.UNCHANGED,
        Action.CREATE,
        Action.CREATE,
        Action.REJECT,
    ]
    imports.apply(book, plan)
    found = {str(one.id): one.name for one in all_of(book, Enterprise)}  # type: ignore[attr-defined]
    assert found[str(known)] == "甲公司改名"
    assert found[elsewhere] == "丁公司"
    assert sorted(found.values()) == ["丁公司", "丙公司", "甲公司改名"]
