"""No paper and no export of the sample holds a whole mobile number, in a field or in a text, unless asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm_app.briefs.content import Paper
from crm_app.briefs.texts import texts
from crm_app.domain import phones
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.papers import ABOUT_TABLE, MadeOf, PaperKind, made_of
from crm_app.domain.projects import Investor, Project
from crm_app.domain.records import RECORDS
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Visit
from crm_app.services import book as books
from crm_app.services import enterprises, exports, imports, papers, visits
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.services.visits import WriteVisit, write_visit
from tests.cells import rows_of
from tests.templates import sample_file

START, END = date(2023, 1, 1), date(2023, 7, 12)
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = books.open_book(sample_file(tmp_path_factory.mktemp("demo") / "demo.crm"))
    yield made
    books.close_book(made)


def mobiles(book: Book) -> list[str]:
    with book.read() as reader:
        stored = [one.phone for one in reader.find(Contact) if one.phone]
    return [phone.removeprefix("+86") for phone in stored if MOBILE.fullmatch(phone.removeprefix("+86"))]


def every_paper(book: Book, *, unmasked: bool = False) -> Iterator[Paper]:
    """Compose each kind: of every fifth record with contacts, and of each window and list."""
    with book.read() as reader:
        with_people = {post.enterprise_id for post in reader.find(Position)}
        about = {
            "enterprise": [one.id for one in reader.find(Enterprise) if one.id in with_people][::40],
            "visit": [one.id for one in reader.find(Visit)][::60],
            "trip": [one.id for one in reader.find(Trip)][::20],
            "project": [one.id for one in reader.find(Project)][::30],
        }
    for kind, table in ABOUT_TABLE.items():
        for record in about[table]:
            yield papers.compose(book, kind, Asked(ids=(record,), unmasked=unmasked))
    for kind in PaperKind:
        if made_of(kind) is MadeOf.WINDOW:
            yield papers.compose(book, kind, Asked(start=START, end=END, unmasked=unmasked))
    for name, _title in papers.printed_lists():
        yield papers.compose(book, PaperKind.LEDGER, Asked(list_name=name, unmasked=unmasked))


def whole_in(paper: Paper, known: list[str]) -> list[str]:
    # Text by text: amounts and counts of cells side by side hold any digits.
    digits = [found for found in map(phones.fragment, texts(paper)) if len(found) >= 11]
    return [one for one in known if any(one in found for found in digits)]


def test_no_paper_of_the_sample_holds_a_whole_mobile(sample: Book) -> None:
    known = mobiles(sample)
    assert len(known) > 100
    printed = list(every_paper(sample))
    assert {paper.kind for paper in printed} == {kind.value for kind in PaperKind}
    assert [paper.title for paper in printed if whole_in(paper, known)] == []


def test_some_paper_of_the_sample_does_when_asked(sample: Book) -> None:
    assert any(whole_in(paper, mobiles(sample)) for paper in every_paper(sample, unmasked=True))


@pytest.mark.parametrize("kind", list(exports.KINDS))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_export_of_the_sample_does(sample: Book, kind: str, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"a{suffix}"
    exports.export(sample, kind, out)
    # Cell by cell: amounts and ids side by side hold any digits.
    digits = [phones.fragment(str(cell)) for row in rows_of(out) for cell in row if cell]
    known = mobiles(sample)
    assert not [cell for cell in digits if len(cell) >= 11 and any(one in cell for one in known)]
    heads = {str(cell) for cell in rows_of(out)[0]}
    personal = {field.title for field in RECORDS["contact"].fields if field.name in ("email", "note")}
    assert not heads & personal


TYPED = "对方张总 13800138000，微信同号；备用 139-0013-9000"


@pytest.fixture
def typed(book: Book) -> Book:
    """A book with mobile numbers typed into every kind of free text a paper prints."""
    made = enterprises.create_enterprise(
        book, name="渝能电池(示例)", products=TYPED, expansion_signal=TYPED, topics=TYPED, fit=TYPED, address=TYPED
    ).value
    write_visit(
        book,
        WriteVisit(
            name="渝能电池(示例)", on=date(2023, 6, 1), talk=TYPED, asks=TYPED, consensus=TYPED, next_step=TYPED
        ),
    )
    with book.unit("项目") as unit:
        project = unit.insert(Project, name="电池基地", content=TYPED)
        unit.insert(Investor, project_id=project, enterprise_id=made)
        unit.commit()
    return book


def test_a_number_typed_into_a_text_is_masked_on_paper(typed: Book) -> None:
    visit = visits.recent_visits(typed)[0][0]
    with typed.read() as reader:
        project = reader.find(Project)[0].id
    for kind, record in (
        (PaperKind.VISIT, visit.id),
        (PaperKind.ONE_PAGER, visit.enterprise_id),
        (PaperKind.PROJECT, project),
    ):
        masked = "\n".join(texts(papers.compose(typed, kind, Asked(ids=(record,)))))
        assert "138****8000" in masked
        assert not any(number in phones.fragment(masked) for number in ("13800138000", "13900139000"))
        whole = "\n".join(texts(papers.compose(typed, kind, Asked(ids=(record,), unmasked=True))))
        assert "13800138000" in whole


@pytest.mark.parametrize("kind", ["enterprises", "visits", "projects"])
def test_masked_texts_come_back_from_an_export_without_harm(typed: Book, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    exports.export(typed, kind, out)
    cells = str(rows_of(out))
    assert "138****8000" in cells
    assert "13800138000" not in cells
    assert {row.action.value for row in imports.plan(typed, out, kind).rows} == {"unchanged"}
