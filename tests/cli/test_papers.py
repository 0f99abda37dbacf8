"""Papers and figures at the command line: what they say, what they leave, and where they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from docx import Document

from crm_app.app import main
from crm_app.domain.papers import PaperKind
from crm_app.domain.typefaces import Typeface
from crm_app.services import book as books
from crm_app.services import enterprises, trips, visits
from tests.briefs.reading import count_of, text_of
from tests.cli.shell import BAD_INPUT, Shell

HALF = ("--from", "2023-01-01", "--to", "2023-06-30")


def test_a_font_that_is_not_at_hand_is_told(sample: Shell, tmp_path: Path) -> None:
    book = books.open_book(sample.book)
    books.change_setting(book, Typeface.BODY.key, str(tmp_path / "simfang.ttf"))
    books.close_book(book)
    main(["--book", str(sample.book), "brief", "obstacles", "-o", str(tmp_path / "清单.pdf")])
    assert "改用随附字体" in sample.capsys.readouterr().err


def test_the_figures_of_the_acceptance_half_year(sample: Shell) -> None:
    found = sample.json("figures", *HALF)
    assert found["signed"]["value"] == {"count": 70, "amount_yuan": 53_400_000_000}
    assert found["signed"]["window"] == {"from": "2023-01-01", "to": "2023-06-30"}
    bands = {band["at_least_yuan"]: band["count"] for band in found["bands"]["value"]}
    assert (bands[10**9], bands[5 * 10**9]) == (14, 2)
    vehicles = next(one for one in found["by_cluster"]["value"] if one["name"] == "智能网联新能源汽车")
    assert (vehicles["count"], vehicles["amount_yuan"]) == (10, 14_020_000_000)
    for key in ("by_cluster", "by_channel", "by_park", "by_origin"):
        assert sum(one["count"] for one in found[key]["value"]) == 70
        assert sum(one["amount_yuan"] for one in found[key]["value"]) == 53_400_000_000

    later = sample.json("figures", "--from", "2023-01-01", "--to", "2023-07-12")
    vehicles = next(one for one in later["by_cluster"]["value"] if one["name"] == "智能网联新能源汽车")
    assert (vehicles["count"], vehicles["amount_yuan"]) == (11, 14_140_000_000)
    assert later["trips"]["value"]["count"] == 53
    assert later["visits"]["value"] == {"enterprises": 312, "visits": 431}


def test_figures_are_readable_without_json(sample: Shell) -> None:
    told = sample("figures", *HALF)
    assert "70个" in told
    assert "534亿元" in told


def pages(path: Path) -> int:
    return count_of(path.read_bytes())


def read(path: Path) -> str:
    """Return the text of every page, without the breaks of lines and words."""
    return re.sub(r"\s", "", text_of(path.read_bytes()))


def test_the_bulletin_says_the_published_half_year(sample: Shell, tmp_path: Path) -> None:
    out = tmp_path / "简报.pdf"
    assert sample("brief", "bulletin", *HALF, "-o", str(out)).strip() == str(out)
    text = read(out)
    for words in ("70个", "534亿元", "14个", "2个", "巨湾技研", "拓博尔", "东风小康", "中国大唐", "康硕集团"):
        assert words in text, words


def ids(sample: Shell) -> dict[PaperKind, str]:
    opened = books.open_book(sample.book)
    try:
        visit = visits.recent_visits(opened)[0][0]
        trip = next(row.trip.id for row in trips.list_trips(opened) if row.visits)
    finally:
        books.close_book(opened)
    return {
        PaperKind.VISIT: str(visit.id),
        PaperKind.ONE_PAGER: str(visit.enterprise_id),
        PaperKind.TRIP: str(trip),
        PaperKind.TRIP_PACK: str(trip),
    }


def test_a_paper_of_a_record(sample: Shell, tmp_path: Path) -> None:
    for kind, record in ids(sample).items():
        out = tmp_path / f"{kind}.pdf"
        sample("brief", kind.value, "--of", record, "-o", str(out))
        assert out.read_bytes().startswith(b"%PDF-")


def test_papers_of_several_records_in_one_file_or_a_file_each(sample: Shell, tmp_path: Path) -> None:
    opened = books.open_book(sample.book)
    first, *others = [str(one.id) for one in enterprises.all_enterprises(opened)[:3]]
    books.close_book(opened)
    asked = ("brief", "one_pager", "--of", first, "--of", *others)
    out = tmp_path / "一页纸.pdf"
    sample(*asked, "--both-sides", "-o", str(out))
    with pypdfium2.PdfDocument(out) as together:
        assert len(together) == 5, "each on a leaf of its own"
    folder = tmp_path / "一页纸"
    printed = sample(*asked, "-o", f"{folder}/")
    assert {Path(line) for line in printed.splitlines()} == set(folder.iterdir())
    assert len(printed.splitlines()) == 3
    assert "--of" in sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(folder))


def test_a_week_is_two_pages_on_paper_and_a_document_to_edit(sample: Shell, tmp_path: Path) -> None:
    for name in ("周报.pdf", "周报.docx"):
        sample("brief", "weekly", "--from", "2023-06-26", "--to", "2023-07-02", "-o", str(tmp_path / name))
    assert pages(tmp_path / "周报.pdf") == 2
    assert Document(str(tmp_path / "周报.docx")).paragraphs[0].text == "招商引资工作周报"


def test_a_ledger_of_a_list(sample: Shell, tmp_path: Path) -> None:
    out = tmp_path / "台账.pdf"
    sample("brief", "ledger", "--list", "trips", "-o", str(out))
    assert "外出招商台账" in read(out)
    assert "projects" in sample.refused(BAD_INPUT, "brief", "ledger", "--list", "nonsense", "-o", str(out))
    editable = tmp_path / "台账.docx"
    sample("brief", "ledger", "--list", "trips", "-o", str(editable))
    assert Document(str(editable)).paragraphs[0].text == "外出招商台账"


def test_a_paper_that_cannot_be_made_leaves_no_file(sample: Shell, tmp_path: Path) -> None:
    out = str(tmp_path / "a.pdf")
    sample.refused(BAD_INPUT, "brief", "visit", "-o", out)
    sample.refused(BAD_INPUT, "brief", "visit", "--of", "nonsense", "-o", out)
    sample.refused(BAD_INPUT, "brief", "bulletin", "-o", out)
    assert "weekly" in sample.refused(BAD_INPUT, "brief", "daily", *HALF, "-o", out)
    sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(tmp_path / "a.odt"))
    sample.refused(BAD_INPUT, "brief", "bulletin", *HALF, "-o", str(tmp_path / "nowhere" / "a.pdf"))
    assert not list(tmp_path.glob("a.*"))


def test_whole_phones_go_out_only_when_asked(shell: Shell, tmp_path: Path) -> None:
    made = shell.json("log", "渝能电池(示例)", "--contact", "王小示", "--phone", "13800000001")
    out = tmp_path / "人.csv"
    shell("export", "contacts", str(out))
    assert "138****0001" in out.read_text("utf-8-sig")
    shell("export", "contacts", str(out), "--personal")
    assert "138 0000 0001" in out.read_text("utf-8-sig")
    pdf = tmp_path / "页.pdf"
    shell("brief", "one_pager", "--of", made["enterprise"], "-o", str(pdf))
    assert "138****0001" in read(pdf)
    shell("brief", "one_pager", "--of", made["enterprise"], "--whole-phones", "-o", str(pdf))
    assert "13800000001" in read(pdf)
