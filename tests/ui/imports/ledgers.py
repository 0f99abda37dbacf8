"""Ledgers as a bureau keeps them: a title, a header of two merged rows, a total, a note, and a few wrong rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Row = Sequence[str | float | None]
UPPER = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "所在地区",
    "联系人",
    "",
    "",
    "计划投资额(亿元)",
    "洽谈进展",
    "领导批示",
)
LOWER = ("", "", "", "", "姓名", "职务", "电话", "", "", "")
_ALONE = (0, 1, 2, 3, 7, 8, 9)

GOOD: tuple[Row, ...] = (
    (1, "星河电池(示例)有限公司", None, "重庆市江津区", "张三", "总经理", "13800000001", 5.6, "要5万㎡厂房", "请跟进"),
    (2, "云岭电机(示例)有限公司", None, "广东省深圳市", "李四", "副总裁", "13800000002", 1.2, "11月来渝考察", None),
    (3, "临江传感(示例)股份有限公司", None, "江苏省苏州市", "王五", "董秘", "13800000003", None, None, None),
)
WRONG: tuple[Row, ...] = (
    (4, "远帆材料(示例)有限公司", "91110000600037341X", "北京市", None, None, None, 3, None, None),
    (5, None, None, "上海市", "赵六", "经理", "13800000005", None, "未留企业名称", None),
)


def write_ledger(path: Path, rows: Sequence[Row]) -> Path:
    """Write a workbook and return its path."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("企业台账")
    sheet.merge_range(0, 0, 0, len(UPPER) - 1, "2023年上半年招商企业台账")
    for column in _ALONE:
        sheet.merge_range(1, column, 2, column, UPPER[column])
    sheet.merge_range(1, 4, 1, 6, UPPER[4])
    for column in (4, 5, 6):
        sheet.write(2, column, LOWER[column])
    for number, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    end = 3 + len(rows)
    sheet.write(end, 0, "合计")
    sheet.write(end, 7, 9.8)
    sheet.write(end + 1, 0, "注：数据截至6月底")
    book.close()
    return path
