"""Ledgers as offices write them, one of every kind, and how they are imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from crm_app.domain.fields import Record
from crm_app.services import book as books
from crm_app.services import imports
from crm_app.services.book import Book
from crm_app.services.imports import ImportPlan, ImportResult

CODE, OTHER_CODE = "91440600549QX0810K", "9142010057482G482Q"
Rows = Sequence[Sequence[object]]

PROJECTS: Rows = [
    ["项目名称", "项目编号", "投资主体", "总投资(亿元)", "协议类型", "签约时间"],
    ["电池基地(示例)", "XM-1", "甲公司", 72, "正式合同", "2023-06-01"],
    ["燃机项目", "XM-2", "乙公司60%、丙公司40%", 27, "正式合同", "2023-03-01"],
    ["储能(示例)", "", "丁公司", 5, "", ""],
]
CONTACTS: Rows = [
    ["姓名", "称呼", "姓氏读音", "单位名称", "职务", "手机", "邮箱", "备注"],
    ["曾小示", "曾老师", "zeng", "甲公司", "董事长", "138 0000 0001", "a@b.cn", "爱茶"],
    ["John Smith", "", "", "甲公司", "CEO", "+1 650 253 0000", "", ""],
    ["李小示", "", "", "乙公司、丙公司", "顾问", 13800000003, "", ""],
    ["王小示", "", "", "", "", "", "", ""],
]
TRIPS: Rows = [
    ["批次名称", "起止时间", "目的地", "带队领导", "随行人员", "拟访企业", "外出目的"],
    ["赴苏州招商", "2023年6月1日至6月3日", "苏州、无锡", "单晓", "曾敏(1.5天)、李华", "甲公司、乙公司", "对接电池企业"],
    ["", "2023-05-10", "泰国曼谷", "单晓", "", "", ""],
    ["赴上海招商", "2023年6月", "上海", "", "", "", ""],
]
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
FOLLOW_UPS: Rows = [
    ["统一社会信用代码", "企业名称", "时间", "方式", "跟进人", "下一步", "内容"],
    [CODE, "甲公司", "2023-06-01 10:00", "电话", "单晓", "组织专家论证", "对方关注用电价格"],
    [CODE, "", "2023-06-08 15:30", "微信", "", "签订框架协议", "同意来区考察"],
    [OTHER_CODE, "", "2023-06-09", "邮件", "", "", "发去材料"],
    ["", "甲公司", "2023-06-10", "", "", "", ""],
]
FUNDS: Rows = [
    ["项目名称", "项目编号", "企业名称", "到位时间", "到位金额", "资金性质", "备注"],
    ["电池基地（示例）", "", "", "2023-06-05", 12000, "注册资本", ""],
    ["", "XM-2", "", "2023年6月6日", "1.5亿", "", ""],
    ["", "", "丁公司", 45090, "300万美元", "", "外资"],
    ["没有的项目", "", "", "2023-06-05", 1, "", ""],
    ["电池基地(示例)", "", "", "2023年6月", 1, "", ""],
    ["电池基地(示例)", "", "", "2023-06-07", "一些", "", ""],
]
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
SIGNINGS: Rows = [
    ["项目名称", "协议类型", "签署日期", "金额(亿元)", "汇率", "汇率日期", "备注"],
    ["电池基地(示例)", "补充协议", "2023-06-12", 3, "", "", "增资"],
    ["储能(示例)", "框架协议", "2023年5月", 5, "", "", ""],
    ["储能(示例)", "解除", "2023-06-10", "", "", "", ""],
    ["电池基地(示例)", "正式合同", "2023-06-13", 3, "", "", ""],
    ["燃机项目", "解除协议", "2023-06-10", "", "", "", ""],
]
TARGETS: Rows = [
    ["指标", "责任单位", "考核期", "目标值", "单位", "下达单位", "文号"],
    ["签约项目数", "招商一局", "2023年", 30, "个", "区委办", "津委办〔2023〕1号"],
    ["签约金额", "招商一局", "2023年上半年", 534, "亿元", "区委办", ""],
    ["实际使用外资", "", "2023年", "1.2亿美元", "", "", ""],
    ["签约金额", "招商二局", "2023年", 100, "", "", ""],
    ["到位资金", "招商一局", "", 100, "亿元", "", ""],
]
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
