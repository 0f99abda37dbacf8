"""Papers of the sample half-year: what they say."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from crm_app import clock
from crm_app.briefs.content import Photos, Qr, Table
from crm_app.briefs.texts import texts
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.papers import MadeOf, PaperKind, made_of
from crm_app.domain.projects import Need
from crm_app.domain.staff import Setting
from crm_app.errors import BadInput, Refused
from crm_app.services import attachments, enterprises, figures, papers, projects, search, staff, trips, visits
from crm_app.services import book as books
from crm_app.services.attachments import Given
from crm_app.services.book import Book
from crm_app.services.papers import Asked, PaperWords
from tests.briefs.reading import text_of

FIRST, HALF, PUBLISHED = date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 12)
HALF_YEAR = Asked(start=FIRST, end=HALF)
WEEK = Asked(start=date(2023, 6, 26), end=date(2023, 7, 2))
PUBLISHED_PROJECTS = ("巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团")


def read(pdf: bytes) -> str:
    """Return the text of every page, without the breaks of lines and words."""
    return re.sub(r"\s", "", text_of(pdf))


def asked_for(sample: Book, kind: PaperKind) -> Asked:
    """Return what a paper of a kind can be asked for in the sample."""
    visit = visits.recent_visits(sample)[0][0]
    trip = next(row.trip.id for row in trips.list_trips(sample) if row.visits)
    known = {
        PaperKind.BULLETIN: HALF_YEAR,
        PaperKind.LEDGER: Asked(list_name="projects"),
        PaperKind.WEEKLY: WEEK,
        PaperKind.MONTHLY: Asked(start=date(2023, 6, 1), end=HALF),
        PaperKind.HALF_YEAR: HALF_YEAR,
        PaperKind.ANNUAL: Asked(start=FIRST, end=date(2023, 12, 31)),
        PaperKind.PROGRESS: Asked(start=date(2023, 6, 26), end=date(2023, 7, 9)),
        PaperKind.FOLLOW_UPS: Asked(start=FIRST, end=date(2023, 7, 31)),
        PaperKind.OBSTACLES: Asked(start=FIRST, end=PUBLISHED),
        PaperKind.CALENDAR: Asked(start=date(2023, 6, 1), end=HALF),
        PaperKind.VISIT: Asked(ids=(visit.id,)),
        PaperKind.ONE_PAGER: Asked(ids=(visit.enterprise_id,)),
        PaperKind.TRIP: Asked(ids=(trip,)),
        PaperKind.TRIP_PACK: Asked(ids=(trip,)),
        PaperKind.PROJECT: Asked(ids=(projects.list_projects(sample)[0].project.id,)),
    }
    assert kind in known, "a new kind of paper: say here what it can be made of in the sample"
    return known[kind]


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_is_composed_from_the_sample(sample: Book, kind: PaperKind) -> None:
    paper = papers.compose(sample, kind, asked_for(sample, kind))
    text = read(papers.pages(sample, paper))
    assert PaperKind(paper.kind) is kind
    # A cover sets the title in parts.
    for part in re.split(r"[\s：]", paper.title):
        assert part in text


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if made_of(kind) is MadeOf.WINDOW])
def test_every_row_of_a_paper_of_a_window_can_be_gone_to(sample: Book, kind: PaperKind) -> None:
    stood_on = {
        row
        for spot in papers.standing_of(sample, papers.compose(sample, kind, asked_for(sample, kind)), None).figures
        for row in spot.rows
    }
    assert {row.id for row in figures.rows(sample, stood_on)} == stood_on
    assert stood_on


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_says_what_it_needs(sample: Book, kind: PaperKind) -> None:
    with pytest.raises(BadInput):
        papers.compose(sample, kind, Asked())


def test_what_is_promised_by_a_day_stands_in_the_follow_up_list_under_its_department(sample: Book) -> None:
    firm = visits.recent_visits(sample)[0][1].id
    with sample.unit("承诺") as unit:
        unit.insert(Need, kind="其他", text="答复电价", dept="经信委", due=HALF, promised_on=FIRST, enterprise_id=firm)
        unit.commit()
    asked = asked_for(sample, PaperKind.FOLLOW_UPS)
    everybody = papers.compose(sample, PaperKind.FOLLOW_UPS, asked)
    (table,) = [one for one in everybody.blocks if isinstance(one, Table) and one.caption.startswith("经信委")]
    assert [row[3].text for row in table.rows] == ["承诺：答复电价"]
    mine = replace(asked, ids=(staff.colleagues(sample)[0].id,))
    of_one = " ".join(texts(papers.compose(sample, PaperKind.FOLLOW_UPS, mine)))
    assert "经信委" not in of_one, "departments keep promises, not people"
    june = papers.compose(sample, PaperKind.CALENDAR, asked_for(sample, PaperKind.CALENDAR))
    assert any("承诺：答复电价" in text for text in texts(june))


def test_the_bulletin_tells_the_published_half_year(sample: Book) -> None:
    text = read(papers.pages(sample, papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR)))
    assert "正式签约项目70个、总投资534亿元" in text
    assert "10亿元以上项目14个、50亿元以上项目2个" in text
    assert "较去年同期取得重大突破" in text
    assert "智能网联新能源汽车产业签约项目11个，总投资超140亿元" in text
    assert "外出招商50余批次，拜访企业300余家" in text
    for enterprise in PUBLISHED_PROJECTS:
        assert enterprise in text
    assert "招商工作简报" in text
    assert "示例区委、区政府主要领导及分管领导(示例)" in text


def test_a_judgement_of_the_half_year_is_said_of_no_other_window(sample: Book) -> None:
    for kind, said in ((PaperKind.HALF_YEAR, True), (PaperKind.MONTHLY, False), (PaperKind.ANNUAL, False)):
        paper = papers.compose(sample, kind, asked_for(sample, kind))
        assert any("重大突破" in text for text in texts(paper)) is said, kind
    # Nothing is known of the year before, and of the set nothing was signed.
    for kind, window in (
        (PaperKind.HALF_YEAR, Asked(start=date(2022, 1, 1), end=date(2022, 6, 30))),
        (PaperKind.BULLETIN, Asked(start=date(2019, 3, 1), end=date(2019, 3, 31))),
    ):
        told = " ".join(texts(papers.compose(sample, kind, window)))
        assert "重大突破" not in told
        assert "巨湾" not in told
        assert "无项目" not in told
    # Where nobody reached anything, nobody leads.
    month = Asked(start=date(2019, 3, 1), end=date(2019, 3, 31))
    assert "赛马榜" not in " ".join(texts(papers.compose(sample, PaperKind.MONTHLY, month)))


def test_every_figure_of_the_bulletin_leads_to_its_rows(sample: Book) -> None:
    spots = papers.standing_of(sample, papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR), None).figures
    signed = figures.figures(sample, FIRST, HALF).signed
    assert set(signed.rows) in [set(spot.rows) for spot in spots]
    rows = {row for spot in spots for row in spot.rows}
    assert {line.id for line in figures.rows(sample, sorted(rows, key=str))} == rows


def test_a_phone_is_masked_unless_asked_otherwise(sample: Book) -> None:
    known = next(
        page
        for page in (enterprises.enterprise_page(sample, one.id) for one in enterprises.all_enterprises(sample))
        if any((one.contact.phone or "").startswith("+861") for one in page.contacts)
    )
    whole = read(
        papers.pages(sample, papers.compose(sample, PaperKind.ONE_PAGER, Asked((known.enterprise.id,), unmasked=True)))
    )
    masked = read(papers.pages(sample, papers.compose(sample, PaperKind.ONE_PAGER, Asked((known.enterprise.id,)))))
    assert re.search(r"1\d{2}\*{4}\d{4}", masked)
    assert not re.search(r"1\d{2}\*{4}\d{4}", whole)


def test_words_are_those_of_their_window_and_the_address_is_carried_on(sample: Book) -> None:
    words = PaperWords(issue="12", name="示例简报", plans="一件事\n\n另一件事", copies=5)
    papers.change_paper_words(sample, FIRST, HALF, words)
    assert papers.paper_words(sample, FIRST, HALF) == words
    paper = papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR)
    text = read(papers.pages(sample, paper))
    assert "示例简报" in text
    assert "1.一件事" in text
    assert "2.另一件事" in text
    assert not any("期号" in gap.text for gap in papers.gaps_of(paper))
    assert "1. 一件事" in " ".join(texts(papers.compose(sample, PaperKind.HALF_YEAR, HALF_YEAR)))
    year = papers.paper_words(sample, FIRST, date(2023, 12, 31))
    assert year == PaperWords(name="示例简报", copies=5)
    assert papers.words_before(sample, FIRST, date(2023, 12, 31)) == PaperWords(plans="一件事\n\n另一件事")
    assert papers.words_before(sample, FIRST, date(2023, 3, 31)) == PaperWords(), "of days to come"
    with sample.unit("as an earlier version kept them") as unit:
        (kept,) = unit.find(Setting, key="bulletin_words")
        unit.update(Setting, kept.id, value='{"judgement": "势头向好", "basis": "同期数", "plans": "稳签约"}')
        unit.commit()
    before = papers.words_before(sample, FIRST, date(2023, 3, 31))
    assert before == PaperWords(judgement="势头向好", basis="同期数", plans="稳签约")


def test_where_nobody_planned_what_is_left_is_told_from_the_rows(sample: Book) -> None:
    trips.create_trip(sample, start_on=date(2023, 9, 4), end_on=date(2023, 9, 6), title="赴深圳招商")
    told = {
        kind: list(texts(papers.compose(sample, kind, asked_for(sample, kind))))
        for kind in (PaperKind.MONTHLY, PaperKind.ANNUAL)
    }
    for kind, said in told.items():
        assert not any("力争三季度" in text for text in said), kind
        assert any("已签约未开工项目开工建设" in text for text in said), kind
    goal = [text for text in told[PaperKind.MONTHLY] if "还需完成" in text]
    assert any("2023年" in text for text in goal)
    # A year under way stands beside as many days of the last one.
    assert any("2022年1月1日至7月12日签约" in text for text in told[PaperKind.ANNUAL])
    assert "2022年1月1日至7月12日" in told[PaperKind.ANNUAL], "the legend of the chart by month"
    assert "2022年" not in told[PaperKind.ANNUAL]
    assert any("上年同月计至2022年7月12日" in text for text in told[PaperKind.ANNUAL])
    # A trip of what is left of that year is yet to be made, and no batch.
    assert any("已安排的3批次" in text for text in told[PaperKind.ANNUAL])
    assert any("外出招商53批次" in text for text in told[PaperKind.ANNUAL])
    # A year that is over asks for nothing more.
    clock.pin_today(date(2024, 3, 1))
    late = list(texts(papers.compose(sample, PaperKind.ANNUAL, asked_for(sample, PaperKind.ANNUAL))))
    assert not any("还需完成" in text for text in late)


def test_a_judgement_wants_its_basis(sample: Book) -> None:
    with pytest.raises(BadInput) as refused:
        papers.change_paper_words(sample, FIRST, HALF, PaperWords(judgement="取得重大突破"))
    assert refused.value.field == "basis"


def test_a_character_without_a_face_is_told(sample: Book) -> None:
    known = enterprises.all_enterprises(sample)[0]
    enterprises.change_enterprise(sample, known.id, products="\U0001f600")
    paper = papers.compose(sample, PaperKind.ONE_PAGER, Asked((known.id,)))
    with pytest.raises(Refused, match="\U0001f600"):
        papers.pages(sample, paper)


def test_photos_of_a_visit_and_the_code_of_its_record(sample: Book) -> None:
    visit, enterprise = visits.recent_visits(sample)[0][:2]
    picture = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    camera, named = io.BytesIO(), io.BytesIO()
    picture.save(camera, "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00secret")
    picture.resize((300, 400)).convert("RGBA").save(named, "PNG")
    given = (("IMG_20230516_101112.jpg", camera.getvalue()), ("总装车间.png", named.getvalue()))
    for name, content in (*given, ("坏.jpg", b"\xff\xd8\xff\xe0 broken"), ("说明.txt", b"text")):
        attachments.attach(sample, [Given(name, content)], visit_id=visit.id)
    paper = papers.compose(sample, PaperKind.VISIT, Asked(ids=(visit.id,)))
    photos = next(block for block in paper.blocks if isinstance(block, Photos)).photos
    assert [(one.width, one.height) for one in photos] == [(720, 540), (300, 400)]
    assert "走访" in photos[0].caption
    assert photos[1].caption.startswith("图2　总装车间（")
    assert not any(b"secret" in one.jpeg or len(one.jpeg) > 150_000 for one in photos)
    assert any("坏.jpg" in gap.text and gap.rows == (visit.id,) for gap in papers.gaps_of(paper))
    assert "总装车间" in read(papers.pages(sample, paper))
    trip = papers.compose(sample, PaperKind.TRIP, Asked(ids=(visit.trip_id,))) if visit.trip_id else paper
    assert any(isinstance(block, Photos) for block in trip.blocks)

    code = next(block for block in paper.blocks if isinstance(block, Qr))
    assert enterprise.name in code.text
    assert [hit.id for hit in search.search(sample, code.text)] == [visit.id], "what a telephone read, pasted"
    books.change_setting(sample, books.QR_CODES, "no")
    later = papers.compose(sample, PaperKind.VISIT, Asked(ids=(visit.id,)))
    assert not any(isinstance(block, Qr) for block in later.blocks)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (PaperKind.ONE_PAGER, "企业一页纸 {title} 2023-07-12.pdf"),
        (PaperKind.PROJECT, "项目简表 {title} 2023-07-12.pdf"),
        (PaperKind.BULLETIN, "工作简报 2023年上半年招商引资工作情况 2023-07-12.pdf"),
        (PaperKind.VISIT, "{title} 2023-07-12.pdf"),
        (PaperKind.HALF_YEAR, "2023年上半年招商引资成绩单 2023-07-12.pdf"),
        (PaperKind.CALENDAR, "2023年6月工作日程 2023-07-12.pdf"),
    ],
)
def test_a_file_is_named_by_its_kind_where_the_title_does_not_say_it(sample: Book, kind: PaperKind, name: str) -> None:
    paper = papers.compose(sample, kind, asked_for(sample, kind))
    assert papers.file_name(paper, ".pdf") == name.format(title=paper.title)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    papers.write_file(tmp_path / "a.pdf", b"pages")
    assert (tmp_path / "a.pdf").read_bytes() == b"pages"
    with pytest.raises(BadInput):
        papers.write_file(tmp_path / "nowhere" / "a.pdf", b"pages")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_trip_pack_is_printed_without_the_page_of_an_enterprise_deleted_since(sample: Book) -> None:
    kept, gone = (enterprises.create_enterprise(sample, name=f"{name}电机(示例)").value for name in ("留存", "撤销"))
    trip = trips.create_trip(sample, start_on=PUBLISHED, members=()).value.id
    trips.plan_visits(sample, trip, [kept, gone])
    # Books written before the plans went along have such rows.
    with sample.unit("Delete") as unit:
        unit.delete(Enterprise, gone)
        unit.commit()
    text = read(papers.pages(sample, papers.compose(sample, PaperKind.TRIP_PACK, Asked(ids=(trip,)))))
    assert "留存电机" in text
    assert "撤销电机" in text
