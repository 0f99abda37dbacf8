"""A superior's notice in prose: each sentence read with its evidence, kept only as confirmed, cited by its document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from crm_app.domain import notices as reading
from crm_app.domain.claims import doubted
from crm_app.domain.papers import PaperKind
from crm_app.domain.staff import Setting
from crm_app.domain.targets import Metric
from crm_app.errors import BadInput
from crm_app.files import prose_reader
from crm_app.files.unreadable import Unreadable
from crm_app.services import notices, targets
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.services.papers.evidence import evidence_for
from tests.files import hostile

TEXT = """关于2023年上半年全市招商引资情况的通报
截至6月底，高新区签约项目70个，总投资534亿元，位居全市第二；江津区新签约项目65个、总投资500.2亿元，分别列全市第3位、第4位。
实际使用外资1.2亿美元，排名全市第2/12。上半年，高新区综合考核列全市第三名，第二产业投资增长10%，第二季度再接再厉。
招商工作走在全市前列。
示例市招商投资促进局
2023年7月10日"""
DAY = date(2023, 7, 12)


def test_each_sentence_is_read_with_whom_what_when_how_much_and_which_place() -> None:
    notice = reading.read(TEXT, DAY)
    assert (notice.board, notice.issuer) == ("全市招商引资", "示例市招商投资促进局")
    assert (notice.document, notice.announced_on) == (
        "《关于2023年上半年全市招商引资情况的通报》",
        date(2023, 7, 10),
    )
    told = [(one.who, one.metric, one.value, one.rank, one.of) for one in notice.statements]
    yuan = 100_000_000
    assert told == [
        ("高新区", Metric.SIGNED_COUNT, 70, None, None),
        ("高新区", Metric.SIGNED_YUAN, 534 * yuan, 2, None),
        ("江津区", Metric.SIGNED_COUNT, 65, 3, None),
        ("江津区", Metric.SIGNED_YUAN, 50_020_000_000, 4, None),
        ("", Metric.FDI_USD, 12_000_000_000, 2, 12),
        ("高新区", None, None, 3, None),
        ("", None, None, None, None),
    ], "neither 第二产业 nor 第二季度 nor 前列 is a place"
    assert notice.statements[-1].vague == "走在全市前列"
    assert {(one.first, one.last) for one in notice.statements} == {(date(2023, 1, 1), date(2023, 6, 30))}
    assert all(one.source in TEXT for one in notice.statements)
    assert not reading.is_notice("7月3日拜访甲公司，第二次洽谈，第一批设备已到，预计签约项目2个。")


@given(st.text("截至月底，高新区签约项目总投资亿元个位居全市第前列0123456789一二。；\n", max_size=60))
def test_no_place_is_read_that_the_text_does_not_write(text: str) -> None:
    for one in reading.read(text, DAY).statements:
        assert one.source in text.replace("\r", "\n")
        assert one.rank is None or "第" in one.source or "排" in one.source or "首" in one.source


def test_a_notice_is_read_from_its_file_and_kept_with_its_words(book: Book, tmp_path: Path) -> None:
    with book.unit("name") as unit:
        unit.insert(Setting, key="bureau", value="示例高新区招商局")
        unit.commit()
    path = tmp_path / "通报.docx"
    made = Document()
    for line in TEXT.splitlines():
        made.add_paragraph(line)
    made.save(str(path))
    assert notices.read_file(path) == TEXT
    found = notices.read(book, TEXT)
    assert [one.ours for one in found] == [True, True, False, False, None, True, None]
    assert [one.ours for one in notices.read(book, "上半年，全市新签约项目2300个；全区签约项目70个。")] == [None, True]
    own = [one.values for one in found if one.ours and one.statement.rank]
    notices.keep(book, own)
    notices.keep(book, own)
    kept = {one.metric: one for one in targets.list_rankings(book) if one.document}
    assert {metric: one.rank for metric, one in kept.items()} == {Metric.SIGNED_YUAN: 2, None: 3}
    assert kept[Metric.SIGNED_YUAN].source == "截至6月底，高新区签约项目70个，总投资534亿元，位居全市第二；"
    shown = evidence_for(book, PaperKind.BULLETIN, Asked(start=date(2023, 1, 1), end=date(2023, 6, 30)), None)
    assert not list(doubted("签约项目70个，总投资534亿元，位居全市第二", shown)), "the notice's own words are the basis"
    assert list(doubted("签约项目70个，位居全市第一", shown))
    notices.keep(book, [{name: own[0][name] for name in ("board", "period", "metric")} | {"rank": 1}])
    kept = {one.metric: one for one in targets.list_rankings(book)}
    newer = kept[own[0]["metric"]]
    assert (newer.rank, newer.document, newer.source) == (1, None, None), "the document told of another place"
    with pytest.raises(BadInput, match="榜单"):
        notices.keep(book, [own[0] | {"board": ""}])


def test_what_holds_no_prose_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    torn = bytearray(hostile.word("截至6月底，签约项目70个。"))
    packed = torn.index(b"word/document.xml") + len(b"word/document.xml")
    torn[packed : packed + 2] = b"\0\0"
    for content in (b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\0\0", b"", bytes(torn)):
        path.write_bytes(content)
        with pytest.raises(BadInput, match=r"坏\.docx"):
            notices.read_file(path)
    with pytest.raises(Unreadable):
        prose_reader.lines_of(bytes(torn))
    path.write_bytes(hostile.word("&lt;甲&gt;", "<b>乙</b>"))
    assert notices.read_file(path) == "&lt;甲&gt;\n<b>乙</b>"
