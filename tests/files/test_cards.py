"""Contact cards and calendars as telephones and mail programs write them: rows under the headers of a ledger."""

from __future__ import annotations

import quopri
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.errors import BadInput
from crm_app.files import calendars, cards
from crm_app.files.csv_text import UnknownEncoding
from crm_app.files.reading import read_tables
from crm_app.files.unreadable import Unreadable

READERS = (lambda data: [list(cards.read_contacts(data))], lambda data: calendars.read_calendar(data).values())


def card(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode()


def contact(*lines: str) -> list[object]:
    _header, row = cards.read_contacts(card(*lines))
    return list(row)


def test_a_card_is_a_contact_at_its_enterprise() -> None:
    row = contact(
        "N:张;小示;;;",
        "FN:张小示",
        "ORG:渝能电池(示例);市场部",
        "TITLE:副总经理",
        "TEL;TYPE=WORK:023-12345678",
        "item1.TEL;TYPE=CELL,VOICE:138 0000 0001",
        "TEL;TYPE=FAX:023-12345679",
        "EMAIL;TYPE=INTERNET:zhang@example.com",
        "NOTE:爱茶",
        "ADR;TYPE=WORK:;;双福街道 1 号;江津区;重庆市;402247;中国",
    )
    assert row == [
        "渝能电池(示例)",
        "张小示",
        "副总经理",
        "138 0000 0001; 023-12345678",
        "zhang@example.com",
        "中国重庆市江津区双福街道 1 号",
        "爱茶",
        None,
    ]


def test_a_card_without_a_full_name_has_it_from_its_parts() -> None:
    assert contact("N:张;小示;;;")[1] == "张小示"
    assert contact("N:Smith;John;;;")[1] == "John Smith"


@pytest.mark.parametrize("charset", ["GBK", "UTF-8", "gb2312", "NO-SUCH", "idna"])
def test_an_old_telephone_writes_quoted_printable(charset: str) -> None:
    coded = quopri.encodestring("张小示".encode("utf-8" if charset in ("NO-SUCH", "idna") else charset)).decode()
    half = len(coded) // 6 * 3
    row = contact(f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{coded[:half]}=", coded[half:])
    assert row[1] == "张小示"


def test_a_folded_line_an_escape_and_a_quoted_colon_are_understood() -> None:
    row = contact(
        "ORG:渝能\\;电", " 池\\, 示例;部", 'TEL;TYPE=CELL;X-A="a:b":tel:+8613800000001', "PHOTO;ENCODING=b:AA", " AA"
    )
    assert (row[0], row[3]) == ("渝能;电池, 示例", "+8613800000001")


def test_an_event_is_a_visit() -> None:
    event = "\n".join(
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "SUMMARY:拜访 渝能电池(示例)",
            "DESCRIPTION:看生产线",
            "DTSTART;TZID=Asia/Shanghai:20230614T093000",
            "LOCATION:双福街道",
            "BEGIN:VALARM",
            "DESCRIPTION:提醒",
            "END:VALARM",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "SUMMARY:全天会议",
            "DTSTART;VALUE=DATE:20230615",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "DTSTART:20230614T013000Z",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
    _header, visit, meeting, abroad = calendars.read_calendar(event.encode())["visit"]
    assert visit == [date(2023, 6, 14), "09:30", "渝能电池(示例)", "拜访 渝能电池(示例)\n看生产线", "双福街道", None]
    assert meeting[:3] == [date(2023, 6, 15), None, None]
    assert abroad[:2] == [date(2023, 6, 14), "09:30"]


@given(
    st.lists(
        st.sampled_from(["BEGIN:VCARD", "END:VCARD", "BEGIN:VEVENT", "N:;;", "FN:=", " ", "=", "TEL;:", "ADR:;;;"])
    )
)
def test_no_order_of_lines_is_a_bug(lines: list[str]) -> None:
    for read in READERS:
        try:
            tables = read("\n".join(lines).encode())
        except Unreadable:
            continue
        for rows in tables:
            assert {len(row) for row in rows} == {len(rows[0])}


@given(st.binary(max_size=300))
def test_no_bytes_are_a_bug(data: bytes) -> None:
    body = b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=x:" + data + b"\nDTSTART:" + data + b"\nEND:VCARD"
    for content in (data, body, body.replace(b"VCARD", b"VEVENT")):
        for read in READERS:
            try:
                read(content)
            except (Unreadable, UnknownEncoding):
                continue


def test_through_the_child_a_file_is_a_table_or_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(card("FN:张小示", "ORG:渝能电池(示例)") * 3)
    (sheet,) = read_tables(path)
    assert [row[:2] for row in sheet.rows] == [["企业名称", "联系人"], *[["渝能电池(示例)", "张小示"]] * 3]
    for content, sentence in ((b"BEGIN:VCALENDAR\n", "没有"), (card("FN:x") * 50_001, "太大"), (b"", "空")):
        path.write_bytes(content)
        with pytest.raises(BadInput, match=sentence):
            read_tables(path)


def test_a_card_of_one_endless_value_is_read_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(card("FN:" + "长" * 5_000_000, *[" 续" * 10] * 50_000, "ORG:" + ";" * 5_000_000))
    (sheet,) = read_tables(path)
    assert len(str(sheet.rows[1][1])) == 10_000
