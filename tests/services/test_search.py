from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_app.db.book import Book
from crm_app.domain import grams
from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise, EnterpriseName, NameKind
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Project
from crm_app.domain.traditional import simplified
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput
from crm_app.services.search import Hit, search
from tests.templates import new_book


def fill(book: Book) -> None:
    with book.unit("Add") as unit:
        made = unit.insert(Enterprise, name="渝能电池（示例）有限公司", address="九龙坡区石桥铺")
        unit.insert(EnterpriseName, enterprise_id=made, name="旧渝锂电", kind=NameKind.FORMER)
        person = unit.insert(Contact, name="王示例", phone="13987654321")
        former = unit.insert(Enterprise, name="前东家")
        unit.insert(Position, contact_id=person, enterprise_id=former, to_on=date(2022, 1, 1))
        unit.insert(Position, contact_id=person, enterprise_id=made)
        unit.insert(
            Lead, enterprise_id=made, title="渝能电池 年产两吉瓦时", note="要" * 80 + "落实用地指标" + "后" * 80
        )
        visit = unit.insert(Visit, enterprise_id=made, on=date(2023, 6, 1), talk="谈到固态电解质的中试线")
        unit.insert(FollowUp, enterprise_id=made, on=date(2023, 6, 2), mode="电话", content="对方寄来可研报告")
        project = unit.insert(Project, name="西部锂电基地")
        unit.insert(Trip, title="赴长三角招商", start_on=date(2023, 5, 1), end_on=date(2023, 5, 4))
        unit.insert(Attachment, sha256="0" * 64, name="中试线布置图.pdf", visit_id=visit)
        unit.insert(Attachment, sha256="1" * 64, name="地块红线.pdf", project_id=project)
        call = unit.insert(FollowUp, project_id=project, on=date(2023, 6, 3), mode="电话", content="来电")
        unit.insert(Attachment, sha256="2" * 64, name="通话记要.docx", follow_up_id=call)
        unit.commit()


def one(book: Book, query: str, **narrowed: str) -> Hit:
    return search(book, query, **narrowed)[0]  # type: ignore[arg-type]


def emphasised(hit: Hit) -> tuple[list[str], list[str]]:
    return [hit.title[a:b] for a, b in hit.spans], [hit.excerpt[a:b] for a, b in hit.excerpt_spans]


@pytest.mark.parametrize(
    ("query", "table", "title", "elsewhere", "subtitle"),
    [
        ("渝能", "enterprise", ["渝能"], [], ""),
        ("yndc", "enterprise", ["渝能电池"], [], ""),
        ("yuneng电", "enterprise", ["渝能电"], [], ""),
        ("石桥", "enterprise", [], ["石桥"], ""),
        ("旧渝", "enterprise", [], ["旧渝"], ""),
        ("wsl", "contact", ["王示例"], [], "渝能电池(示例)有限公司"),
        ("8765", "contact", [], ["8765"], "渝能电池(示例)有限公司"),
        ("用地指标", "lead", [], ["用地指标"], "渝能电池(示例)有限公司"),
        ("电解", "visit", ["电解"], [], "渝能电池(示例)有限公司"),
        ("可研", "follow_up", ["可研"], [], "渝能电池(示例)有限公司"),
        ("锂电基", "project", ["锂电基"], [], ""),
        ("长三", "trip", ["长三"], [], ""),
        ("布置图", "attachment", ["布置图"], [], "渝能电池(示例)有限公司"),
        ("红线", "attachment", ["红线"], [], "西部锂电基地"),
        ("记要", "attachment", ["记要"], [], "西部锂电基地"),
    ],
)
def test_every_kind_is_found_with_what_matched(
    book: Book, query: str, table: str, title: list[str], elsewhere: list[str], subtitle: str
) -> None:
    fill(book)
    hit = one(book, query)
    where = emphasised(hit)
    assert (hit.table, *where, hit.subtitle) == (table, title, elsewhere, subtitle)
    assert len(hit.excerpt) <= 62
    assert search(book, query, kind=table)[0] == hit


def test_traditional_characters_find_what_is_kept_in_simplified_ones(book: Book) -> None:
    with book.unit("Add") as unit:
        unit.insert(Enterprise, name="重庆巨湾技研有限公司")
        unit.insert(Enterprise, name="巨灣貿易有限公司")
        unit.commit()
    found = [(hit.title, [hit.title[start:end] for start, end in hit.spans]) for hit in search(book, "巨灣")]
    assert found == [("巨灣貿易有限公司", ["巨灣"]), ("重庆巨湾技研有限公司", ["巨湾"])]
    assert search(book, "巨灣") == search(book, "巨湾")
    assert [hit.title for hit in search(book, "juwan")] == ["巨灣貿易有限公司", "重庆巨湾技研有限公司"]


@pytest.mark.parametrize(
    ("query", "title", "elsewhere", "matched"),
    [
        ("台积电", ["臺積電"], [], "exact"),
        ("重庆", ["重慶"], [], "prefix"),
        ("灣技研", ["灣技研"], [], "title"),
        ("技研有限公司", ["技研有限公司"], [], "title"),
        ("cqjw", ["重慶巨灣"], [], "initials"),
        ("chongqing", ["重慶"], [], "pinyin"),
        ("chongq巨湾", ["重慶巨灣"], [], "pinyin"),
        ("晶圆代工", ["晶圓代工"], [], "inside"),
        ("两千片 晶圆", ["晶圓", "兩千片"], [], "inside"),
        ("鸿海", [], ["鴻海"], "prefix"),
        ("欧阳", ["歐陽"], [], "prefix"),
    ],
)
def test_simplified_characters_find_what_is_kept_in_traditional_ones(
    book: Book, query: str, title: list[str], elsewhere: list[str], matched: str
) -> None:
    with book.unit("Add") as unit:
        unit.insert(Enterprise, name="臺積電")
        made = unit.insert(Enterprise, name="重慶巨灣技研有限公司")
        unit.insert(EnterpriseName, enterprise_id=made, name="鴻海精密", kind=NameKind.FORMER)
        unit.insert(FollowUp, enterprise_id=made, on=date(2023, 6, 2), mode="电话", content="晶圓代工，月產兩千片")
        unit.insert(Contact, name="歐陽修")
        unit.commit()
    hit = one(book, query)
    assert (*emphasised(hit), hit.matched) == (title, elsewhere, matched)


def test_what_was_deleted_is_found_no_more_and_again_after_undo(book: Book) -> None:
    fill(book)
    hit = one(book, "西部锂电")
    with book.unit("Delete") as unit:
        unit.delete(Project, hit.id)
        unit.commit()
    assert search(book, "西部锂电") == []
    book.undo()
    assert search(book, "西部锂电") == [hit]


def test_a_kind_that_is_not_searched_finds_nothing_and_one_that_is_none_is_refused(book: Book) -> None:
    fill(book)
    assert search(book, "渝能", kind="position") == []
    with pytest.raises(BadInput):
        search(book, "渝能", kind="nothing")
    with pytest.raises(BadInput):
        search(book, "渝能", limit=0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.text("新能源，AＢ１2３ 巨湾é-", min_size=2, max_size=12), min_size=1, max_size=4))
def test_any_two_letters_in_a_row_are_found(book: Book, texts: list[str]) -> None:
    with book.unit("Add") as unit:
        company = unit.insert(Enterprise, name="示例")
        made = [
            unit.insert(FollowUp, enterprise_id=company, on=date(2023, 6, 2), mode="电话", content=f"甲{text}")
            for text in texts
        ]
        unit.commit()
    for text, row in zip(texts, made, strict=True):
        for run in grams.runs(text):
            for place in range(len(run) - 1):
                query = run[place : place + 2]
                assert row in {hit.id for hit in search(book, query, limit=10_000)}, query


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.text("臺台灣积積電重ＢB2", min_size=2, max_size=8), min_size=1, max_size=4))
def test_either_spelling_finds_both_and_shows_what_is_kept(book: Book, names: list[str]) -> None:
    with book.unit("Add") as unit:
        made = {unit.insert(Enterprise, name=f"甲{name}"): f"甲{name}" for name in names}
        unit.commit()
    for row, name in made.items():
        for query in (name, simplified(name)):
            hits = {hit.id: hit for hit in search(book, query, limit=10_000)}
            assert row in hits, query
            shown = "".join(hits[row].title[a:b] for a, b in hits[row].spans)
            assert grams.key(shown) == grams.key(query)


def test_a_book_in_traditional_characters_answers_as_one_in_simplified_ones(book: Book, tmp_path: Path) -> None:
    twin = new_book(tmp_path / "twin.crm")
    try:
        for one, write in ((book, str), (twin, simplified)):
            with one.unit("Add") as unit:
                for name, person in (
                    ("重慶長安汽車", "單國強"),
                    ("長沙銀行", "歐陽鋒"),
                    ("廈門鎢業", "曾憲梓"),
                    ("藥明康德", "葉楊"),
                ):
                    made = unit.insert(Enterprise, name=write(name))
                    unit.insert(Contact, name=write(person))
                    unit.insert(Lead, enterprise_id=made, title=write(name), note=write("談晶圓廠二期，環評還沒過會"))
                unit.commit()
        for query in (
            "长安",
            "cqca",
            "changsha",
            "yinh",
            "xm钨",
            "shanguo",
            "oyf",
            "zeng宪",
            "晶圆 环评",
            "厂",
            "叶",
            "l",
        ):
            mine, theirs = search(book, query), search(twin, query)
            assert [(simplified(hit.title), hit.matched, hit.spans, hit.excerpt_spans) for hit in mine] == [
                (hit.title, hit.matched, hit.spans, hit.excerpt_spans) for hit in theirs
            ], query
    finally:
        twin.close()
