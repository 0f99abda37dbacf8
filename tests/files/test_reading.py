"""What becomes of good, odd and hostile files: rows, or a sentence."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from crm_app.errors import BadInput, Cancelled
from crm_app.files import asking
from crm_app.files.code_pages import spelling
from crm_app.files.hidden import hidden_in
from crm_app.files.reading import read_tables
from tests.ready_readers import started_anew


@pytest.fixture(autouse=True)
def as_for_users() -> Iterator[None]:
    """Start every child as the program does."""
    with started_anew():
        yield


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("企业")
    sheet.merge_range(0, 0, 0, 2, "客商台账")
    sheet.write_row(1, 0, ["企业名称", "员工数", "日期"])
    sheet.write_string(2, 0, "=甲公司")
    sheet.write_number(2, 1, 500)
    sheet.write_datetime(2, 2, datetime(2023, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
    book.add_worksheet("空")
    hidden = book.add_worksheet("隐藏")
    hidden.write(0, 0, "企业名称")
    hidden.hide()
    book.close()
    return path


def test_a_workbook_keeps_its_types_its_merges_and_its_row_numbers(tmp_path: Path) -> None:
    (sheet,) = read_tables(workbook(tmp_path / "a.xlsx"))
    assert sheet.name == "企业"
    assert sheet.merges == [(0, 0, 0, 2)]
    assert sheet.rows[2] == ["=甲公司", 500, date(2023, 6, 30)]


def test_an_xls_of_the_last_century_is_read_with_its_merges() -> None:
    (sheet,) = read_tables(Path(__file__).parent / "data" / "ledger.xls")
    assert sheet.rows[3] == ["渝能电池（示例）有限公司", "张小示", 13800000001, date(2023, 6, 1)]
    assert (1, 0, 2, 0) in sheet.merges


@pytest.mark.parametrize("name", ["ledger.xls", "excel95.xls"])
@pytest.mark.parametrize("code_page", [936, 1252, 1200, 437, 0])
def test_an_old_workbook_is_read_whatever_code_page_it_names(tmp_path: Path, name: str, code_page: int) -> None:
    kept = (Path(__file__).parent / "data" / name).read_bytes()
    at = kept.index(b"\x42\x00\x02\x00") + 4
    path = tmp_path / name
    path.write_bytes(kept[:at] + code_page.to_bytes(2, "little") + kept[at + 2 :])
    (sheet,) = read_tables(path)
    texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str)]
    assert {"企业名称", "联系人"} <= {text[:4] for text in texts}, texts
    if name == "excel95.xls":
        assert sheet.name == "企业"
        assert sheet.rows[2] == ["旧码科技(示例)有限公司", "张三", "13800000041", 500]


def test_an_old_workbook_in_a_western_language_stays_as_it_is(tmp_path: Path) -> None:
    texts = [["Name", "Straße"], ["Münchner Käse GmbH", "Löwengrube 3, München"]]
    assert [spelling("", texts)(one) for one in texts[1]] == texts[1]


def test_a_workbook_under_the_name_of_another_kind_is_read_as_what_it_is(tmp_path: Path) -> None:
    new = workbook(tmp_path / "a.xlsx").rename(tmp_path / "a.xls")
    old = tmp_path / "b.xlsx"
    old.write_bytes((Path(__file__).parent / "data" / "ledger.xls").read_bytes())
    assert read_tables(new)[0].merges == [(0, 0, 0, 2)]
    assert (1, 0, 2, 0) in read_tables(old)[0].merges


@pytest.mark.parametrize("rows", [20, 20_000])
def test_what_is_hidden_in_a_workbook_is_counted_and_named(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("封面").write(0, 0, "目录")
    sheet = book.add_worksheet("企业 & 项目")
    sheet.write_row(0, 0, ["企业名称", "注册地", "领导批示"])
    for row in range(1, rows):
        sheet.write_row(row, 0, [f"公司{row}", "重庆", "阅" * 20])
    sheet.set_column(2, 16_383, None, None, {"hidden": True})
    sheet.autofilter(0, 0, rows - 1, 2)
    sheet.filter_column(0, "x == 公司1")
    for row in (3, 5, rows - 1, rows + 7):
        sheet.set_row(row, None, None, {"hidden": True})
    book.close()
    hidden = hidden_in(path)
    assert set(hidden) == {"封面", "企业 & 项目"}
    assert hidden["封面"] == (frozenset(), frozenset())
    assert sorted(hidden["企业 & 项目"].rows) == [3, 5, rows - 1]
    assert min(hidden["企业 & 项目"].columns) == 2
    assert hidden_in(Path(__file__)) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_whatever_an_office_saves(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        separator.join(["企业名称", "备注"]) + "\n" + separator.join(["䶮山公司", '"两\n行"']) + "\n", encoding
    )
    (sheet,) = read_tables(path)
    assert sheet.rows == [["企业名称", "备注"], ["䶮山公司", "两\n行"]]


_PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"><style>td{}</style>
</head><body><table border=1><tr><th colspan=3>企业导出</th></tr>
<tr><th rowspan=2>企业名称<th colspan=2>联系人</tr><tr><th>姓名</th><th>手机</th></tr>
<tr><td>网表&amp;科技<br>(示例)</td><td>&nbsp;</td><td style="mso-number-format:'@'">013800000031</td></tr></table>
<table><tr><td>说明</td></tr></table></body></html>"""
_WORKBOOK_OF_2003 = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="企业"><Table><Row><Cell><Data ss:Type="String">企业名称</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">员工数</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">甲公司</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">500</Data></Cell>
<Cell><Data ss:Type="DateTime">2023-06-30T00:00:00.000</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="二"><Table><Row><Cell><Data>乙</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_a_page_a_system_exported_as_xls_is_read_with_its_merges(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text(_PAGE, "gb18030")
    (sheet,) = read_tables(path)
    assert sheet.encoding == "gb18030"
    assert sheet.rows == [
        ["企业导出", None, None],
        ["企业名称", "联系人", None],
        [None, "姓名", "手机"],
        ["网表&科技\n(示例)", None, "013800000031"],
        [],
        ["说明"],
    ]
    assert sheet.merges == [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2)]


def test_a_workbook_of_2003_in_xml_and_a_text_called_xls_are_read(tmp_path: Path) -> None:
    path, text = tmp_path / "导出.xls", tmp_path / "文本.xls"
    path.write_text(_WORKBOOK_OF_2003, "utf-8")
    first, second = read_tables(path)
    assert (first.name, second.name) == ("企业", "二")
    assert first.rows == [["企业名称", None, "员工数"], [], ["甲公司", None, 500, date(2023, 6, 30)]]
    text.write_text("企业名称\t手机\n甲公司\t13800000001\n", "gb18030")
    assert read_tables(text)[0].rows == [["企业名称", "手机"], ["甲公司", "13800000001"]]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF", "另存为"),
        ("a.csv", b"", "空"),
        ("a.csv", b"\xff\xff\x81", "编码"),
        ("a.xlsx", b"hello", "不是"),
        ("a.xls", b"hello", "不是"),
        ("a.xls", b"<html><body>hello</body></html>", "不是"),
        ("a.xls", b"<table><tr>" + b"<td colspan=999>" * 20, "列"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600), "密码"),
    ],
)
def test_what_cannot_be_read_becomes_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        read_tables(path)


def test_a_truncated_workbook_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(BadInput, match="损坏"):
        read_tables(path)


def test_a_bomb_meets_the_memory_limit_and_not_this_program(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for part in good.namelist():
            content = good.read(part)
            if part == "xl/sharedStrings.xml":
                content = content.replace(b"</sst>", b"<si><t>" + b"x" * 400_000_000 + b"</t></si></sst>")
            bad.writestr(part, content)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(BadInput):
        read_tables(bomb, memory=512 * 1024 * 1024)


def test_a_child_that_dies_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx")
    monkeypatch.setattr(asking, "_command", lambda: ["sh", "-c", f"kill -{signal.SIGSEGV} $$"])
    with pytest.raises(BadInput, match="损坏"):
        read_tables(path)


def test_a_child_that_says_nothing_is_stopped_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx")
    monkeypatch.setattr(asking, "_command", lambda: ["sleep", "60"])
    with pytest.raises(BadInput, match="时间"):
        read_tables(path, seconds=0.3)


def children() -> set[str]:
    """Return the processes this one started, where the system tells."""
    told = Path(f"/proc/self/task/{os.getpid()}/children")
    return set(told.read_text().split()) if told.exists() else set()


def test_cancelling_stops_the_child(tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled("停")

    # Other tests of this process may have left a helper of theirs, or a child that is about to be gone.
    before = children()
    with pytest.raises(Cancelled):
        read_tables(workbook(tmp_path / "a.xlsx"), cancel=stop)
    assert children() <= before


def test_no_password_in_the_environment_reaches_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PASSPHRASE", "雨后的江津 6 点")
    monkeypatch.setenv("LANGUAGE", "zh")
    said = tmp_path / "said"
    monkeypatch.setattr(asking, "_command", lambda: ["sh", "-c", f"env > {said}"])
    with pytest.raises(BadInput):
        read_tables(workbook(tmp_path / "a.xlsx"))
    told = said.read_text("utf-8")
    assert "LANGUAGE=zh" in told
    assert "雨后" not in told
